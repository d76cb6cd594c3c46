"""An index as it is read: opened once, never changed, replaced whole when a build switches."""

import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from corpus.errors import IndexStateError
from index.base import Scope
from index.build import VECTORS, current_folder
from index.faiss_index import FaissIndex
from index.layout import Layout, Mask
from index.lexical import LexicalIndex
from index.manifest import REBUILD, Manifest

_TRIES = 5


@dataclass(frozen=True)
class Snapshot:
    """The parts of one index folder."""

    folder: Path
    manifest: Manifest
    layout: Layout
    lexical: LexicalIndex
    vectors: FaissIndex

    @cached_property
    def regions(self) -> frozenset[str]:
        """The places whose documents are in the index."""
        return frozenset(d.region for d in self.layout.documents if d.region)

    def mask(self, scope: Scope, revisions: dict[str, str]) -> Mask:
        """bool [clauses]: within `scope`, and of documents that are still in the library as they were indexed."""
        allowed = [
            revisions.get(d.id) == d.revision
            and (not scope.documents or d.id in scope.documents)
            and (not scope.regions or d.region in scope.regions)
            for d in self.layout.documents
        ]
        return np.array(allowed, np.bool_)[self.layout.clauses[:, 0]] if allowed else np.zeros(0, np.bool_)

    def of_regions(self, regions: frozenset[str]) -> Mask:
        """bool [clauses]: of documents of these places."""
        inside = [d.region in regions for d in self.layout.documents]
        return np.array(inside, np.bool_)[self.layout.clauses[:, 0]] if inside else np.zeros(0, np.bool_)


def open_snapshot(root: Path) -> Snapshot:
    """The index that serves. Raises IndexStateError if there is none or it is damaged."""
    for _ in range(_TRIES):
        folder = current_folder(root)
        if folder is None:
            break
        try:
            return _open(folder)
        except FileNotFoundError:
            time.sleep(0.05)  # a build switched and removed it between two reads
        except (ValueError, OSError, KeyError, TypeError) as error:
            raise IndexStateError(f"索引已损坏（{error}）。{REBUILD}") from error
    raise IndexStateError(f"尚未建立索引，或索引文件不完整。{REBUILD}")


def _open(folder: Path) -> Snapshot:
    manifest = Manifest.read(folder)
    manifest.check_sizes(folder)
    return Snapshot(folder, manifest, Layout.load(folder), LexicalIndex.load(folder), FaissIndex.load(folder / VECTORS))
