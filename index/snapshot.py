"""An index as it is read: opened once, never changed, replaced whole when a build switches."""

import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from corpus.errors import IndexStateError
from index.base import Scope
from index.build import VECTORS, current_folder
from index.faiss_index import FaissIndex
from index.layout import Layout, Mask
from index.lexical import LexicalIndex
from index.manifest import REBUILD, Manifest

_TRIES = 5


@dataclass(frozen=True)
class _Standing:
    """The documents that are in a library of these revisions as they were indexed; most searches are for all of them."""

    layout: Layout
    revisions: dict[str, str]

    @cached_property
    def documents(self) -> list[bool]:
        """Of the documents of the layout."""
        return [self.revisions.get(d.id) == d.revision for d in self.layout.documents]

    @cached_property
    def clauses(self) -> Mask:
        """bool [clauses]."""
        return self.layout.clauses_of(self.documents)

    @cached_property
    def units(self) -> Mask:
        """bool [units]."""
        return self.layout.inside(self.clauses)


@dataclass(frozen=True)
class Snapshot:
    """The parts of one index folder."""

    folder: Path
    manifest: Manifest
    layout: Layout
    lexical: LexicalIndex
    vectors: FaissIndex
    _kept: list[_Standing] = field(default_factory=list, repr=False, compare=False)

    @cached_property
    def regions(self) -> frozenset[str]:
        """The places whose documents are in the index."""
        return frozenset(d.region for d in self.layout.documents if d.region)

    @cached_property
    def narrow(self) -> Mask:
        """bool [clauses]: of documents that hold for a place of its own, or interpret what others laid down."""
        return self.layout.clauses_of([d.narrow for d in self.layout.documents])

    def mask(self, scope: Scope, revisions: dict[str, str]) -> Mask:
        """bool [clauses]: within `scope`, and of documents that are still in the library as they were indexed.

        revisions: of the library's documents, with old versions where the scope has them.
        """
        standing = self._standing(revisions)
        if not scope.documents and not scope.regions:
            return standing.clauses
        inside = [
            stands and (not scope.documents or d.id in scope.documents) and (not scope.regions or d.region in scope.regions)
            for d, stands in zip(self.layout.documents, standing.documents, strict=True)
        ]
        return standing.clauses if inside == standing.documents else self.layout.clauses_of(inside)

    def inside(self, mask: Mask) -> Mask:
        """bool [units]: of the clauses in `mask`."""
        for held in self._kept:
            if held.clauses is mask:
                return held.units
        return self.layout.inside(mask)

    def of_regions(self, regions: frozenset[str]) -> Mask:
        """bool [clauses]: of documents of these places."""
        return self.layout.clauses_of([d.region in regions for d in self.layout.documents])

    def _standing(self, revisions: dict[str, str]) -> _Standing:
        """Worked out anew for other revisions."""
        for held in self._kept:
            if held.revisions is revisions:
                return held
        made = _Standing(self.layout, revisions)
        self._kept[:] = [made, *self._kept[:1]]  # with old versions, and without
        return made


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
