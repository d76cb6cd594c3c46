"""The vectors of an index's texts: those known already are taken over, the others encoded, each text once."""

import secrets
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.base import Encoder, Ids, Progress, Vectors
from index.faiss_index import FaissIndex

HASH_SIZE = 16  # bytes
CHUNK = 1024  # texts encoded at once
KEEP_AFTER = 2.0  # seconds: a chunk that took longer is kept on disk until the build is done

Hashes = NDArray[np.uint8]  # [n, HASH_SIZE]


class Source(Protocol):
    """Where a known vector can be read."""

    def vectors(self, ids: Ids) -> Vectors:
        """float32 [len(ids), dim]."""


Known: TypeAlias = dict[bytes, tuple[Source, int]]  # hash of a text → where its vector is, and its number there


class Held:
    """A Source in memory."""

    def __init__(self, rows: Vectors) -> None:
        self._rows = rows

    def vectors(self, ids: Ids) -> Vectors:
        return self._rows[ids]


class PartialStore:
    """Chunks of vectors on disk, so that a killed build of hours loses minutes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save(self, hashes: Sequence[bytes], vectors: Vectors) -> None:
        """Writes one chunk; a kill in the middle leaves a file that `load` does not look at."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = secrets.token_hex(8)
        rows = np.frombuffer(b"".join(hashes), np.uint8).reshape(-1, HASH_SIZE)
        with (self.folder / f"{name}.new").open("wb") as file:
            np.savez(file, hashes=rows, vectors=vectors)
        (self.folder / f"{name}.new").rename(self.folder / f"{name}.npz")

    def load(self, dim: int) -> Known:
        """Every whole chunk with vectors of `dim`."""
        known: Known = {}
        for path in sorted(self.folder.glob("*.npz")):
            try:
                with path.open("rb") as file, np.load(file, allow_pickle=False) as chunk:
                    hashes, rows = chunk["hashes"], chunk["vectors"]
            except (OSError, ValueError, KeyError, zipfile.BadZipFile):
                continue  # its texts are encoded again
            if rows.ndim == 2 and rows.shape == (len(hashes), dim):
                source = Held(rows)
                known.update((row.tobytes(), (source, n)) for n, row in enumerate(hashes))
        return known


class VectorMaker:
    """Makes the vectors of texts with one encoder. `known` grows by what is encoded."""

    def __init__(self, encoder: Encoder, known: Known, partial: PartialStore) -> None:
        self._encoder = encoder
        self._known = known
        self._partial = partial

    def fill(
        self,
        texts: Sequence[str],
        hashes: Sequence[bytes],
        progress: Progress | None = None,
    ) -> FaissIndex:
        """An index of the vectors of `texts`, numbered from 0; equal hashes stand for equal texts."""
        known = self._known
        index = FaissIndex(self._encoder.dim, expected=len(texts))
        for start in range(0, len(texts), CHUNK):
            chunk = range(start, min(start + CHUNK, len(texts)))
            self._encode({hashes[i]: texts[i] for i in chunk if hashes[i] not in known})
            places = [known[hashes[i]] for i in chunk]
            index.upsert(np.array(chunk, np.int64), _gather(places, self._encoder.dim))
            # from here on the index itself holds them: chunks in memory are let go
            known.update((hashes[i], (index, i)) for i in chunk)
            if progress is not None:
                progress(chunk.stop, len(texts))
        return index

    def _encode(self, missing: dict[bytes, str]) -> None:
        if not missing:
            return
        began = time.monotonic()
        rows = self._encoder.encode_passages(list(missing.values()))
        if time.monotonic() - began > KEEP_AFTER:
            self._partial.save(list(missing), rows)
        source = Held(rows)
        self._known.update((key, (source, n)) for n, key in enumerate(missing))


def _gather(places: Sequence[tuple[Source, int]], dim: int) -> Vectors:
    out = np.zeros((len(places), dim), np.float32)
    for source, rows, numbers in _by_source(places):
        out[rows] = source.vectors(numbers)
    return out


def _by_source(places: Sequence[tuple[Source, int]]) -> Iterator[tuple[Source, Ids, Ids]]:
    groups: dict[int, tuple[Source, list[int], list[int]]] = {}
    for row, (source, number) in enumerate(places):
        _, rows, numbers = groups.setdefault(id(source), (source, [], []))
        rows.append(row)
        numbers.append(number)
    for source, rows, numbers in groups.values():
        yield source, np.array(rows, np.int64), np.array(numbers, np.int64)
