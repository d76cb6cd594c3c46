"""The local vector index: FAISS, inner product, a file that is mapped.

Up to FULL_PRECISION vectors are kept as float32; above, as float16, which halves memory at an error below 0.001.
`search` looks at every vector. `likely` takes the ids from a shortlist where there are many, for the caller to score.
"""

from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.base import Ids, Scores, Vectors
from index.fusion import top
from index.shortlist import Shortlist, read_mapped

FULL_PRECISION = 200_000
_DEEPEST = 20_000  # ids taken from a shortlist, or scored one by one
_AT_ONCE = 256  # vectors: they stay in the processor's cache while they are worked on
_SHORTLIST = ".shortlist"  # suffix of the second file


class FaissIndex:
    """The VectorIndex protocol over FAISS."""

    def __init__(self, dim: int, *, expected: int = 0) -> None:
        """`expected`: how many vectors it will hold, which chooses the precision."""
        flat = (
            faiss.IndexFlatIP(dim)
            if expected <= FULL_PRECISION
            else faiss.IndexScalarQuantizer(dim, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        )
        self._index: Any = faiss.IndexIDMap2(flat)
        self._largest = -1  # id ever inserted: what is above it cannot be there, and need not be looked for
        self._shortlist: Shortlist | None = None
        self._mapped = False  # a mapped file cannot be changed: it is copied into memory first
        self._stored: Ids | None = None  # the ids, once they were asked for
        self._rows: NDArray[np.floating[Any]] | None = None  # the vectors where they lie, by id, where a file has them so

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def upsert(self, ids: Ids, vectors: Vectors) -> None:
        """Insert, or replace where an id is there already; of an id given twice the last vector counts.

        Raises ValueError if the shapes do not fit.
        """
        if vectors.ndim != 2 or vectors.shape != (len(ids), self.dim):
            raise ValueError(f"expected vectors of shape ({len(ids)}, {self.dim}), got {vectors.shape}")
        last = {int(one): row for row, one in enumerate(ids)}
        kept = np.fromiter(last.values(), np.int64, len(last))
        if not len(kept):
            return
        self._changing()
        if ids.min() <= self._largest:
            self.delete(ids)
        self._largest = max(self._largest, int(ids.max()))
        self._index.add_with_ids(np.ascontiguousarray(vectors[kept], np.float32), _ids(ids)[kept])

    def delete(self, ids: Ids) -> None:
        """Remove; unknown ids are passed over."""
        if len(ids) and self.count():
            self._changing()
            self._index.remove_ids(_ids(ids))

    def condense(self, first: int) -> None:
        """Makes the shortlist, of the `first` vectors inserted, where there are many vectors; any change undoes it."""
        if first and self.count() > FULL_PRECISION:
            stored = self.ids()
            self._shortlist = Shortlist.of(self.dim, first, lambda places: self.vectors(stored[places]))

    def likely(self, vector: Vectors, k: int, allowed: NDArray[np.bool_] | None = None) -> Ids:
        """About `k` ids that are near `vector` [1, dim], in no order: by the shortlist, of what it holds, or else exactly.

        allowed: bool, by id, for every id stored; None: all are.
        """
        if self._shortlist is not None:
            listed = self.ids()[: len(self._shortlist)]
            share = 1.0 if allowed is None else np.count_nonzero(allowed[listed]) / len(listed)
            if k <= _DEEPEST * share:
                near: Ids = listed[self._shortlist.search(vector, int(k / share))[0]]
                return near if allowed is None else near[allowed[near]]
        some = None if allowed is None else np.flatnonzero(allowed)
        if some is not None and len(some) <= _DEEPEST:  # FAISS would pass over all that are stored
            return np.asarray(some[top(self.products(some, vector), k)], np.int64)
        found: Ids = self.search(vector, k, some)[1][0]
        return found

    def search(self, vectors: Vectors, k: int, allowed: Ids | None = None) -> tuple[Vectors, Ids]:
        """(scores, ids), each [n, m] with m = min(k, candidates): best first, ties by id. Raises ValueError if k < 1."""
        if k < 1:
            raise ValueError(f"k must be at least 1, got {k}")
        queries = np.ascontiguousarray(vectors, np.float32)
        candidates = self.count() if allowed is None else self._present(allowed)
        wanted = min(k, candidates)
        if not wanted:
            return np.zeros((len(queries), 0), np.float32), np.zeros((len(queries), 0), np.int64)
        params = None if allowed is None else _limit(_ids(allowed))
        take = wanted
        while True:
            # FAISS breaks a tie at the last place at will: take more until the last score is below the k-th.
            take = min(candidates, 2 * take)
            scores, ids = self._index.search(queries, take, params=params)
            if take == candidates or bool((scores[:, -1] < scores[:, wanted - 1]).all()):
                return _ordered(scores, ids, wanted)

    def count(self) -> int:
        """How many ids are stored."""
        return int(self._index.ntotal)

    def ids(self) -> Ids:
        """The stored ids, in no order; not to be written to."""
        if self._stored is None:
            self._stored = np.asarray(faiss.vector_to_array(self._index.id_map), np.int64)
        return self._stored

    def vectors(self, ids: Ids) -> Vectors:
        """float32 [len(ids), dim]: the stored vectors of `ids`, each of which must be there."""
        if not len(ids):
            return np.zeros((0, self.dim), np.float32)
        if self._rows is not None:
            rows = self._rows[ids]
            return widened(rows) if rows.dtype == np.float16 else rows
        return np.asarray(self._index.reconstruct_batch(_ids(ids)), np.float32)

    def products(self, ids: Ids, vector: Vectors) -> Scores:
        """float32 [len(ids)]: the inner products of `vector` [1, dim] with the vectors of `ids`, each of which must be there."""
        scores = np.empty(len(ids), np.float32)
        for start in range(0, len(ids), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            scores[part] = np.einsum("nd,d->n", self.vectors(ids[part]), vector[0])  # starts no threads, unlike @
        return scores

    def save(self, path: Path) -> None:
        """Writes the index into a file, its shortlist into a second one beside it."""
        faiss.write_index(self._index, str(path))
        if self._shortlist is not None:
            self._shortlist.save(path.with_suffix(_SHORTLIST))

    @classmethod
    def load(cls, path: Path) -> "FaissIndex":
        """Raises OSError if there is no such file, ValueError if it is no index of ours."""
        if not path.is_file():
            raise FileNotFoundError(path)
        made = cls.__new__(cls)
        made._index, made._mapped = read_mapped(path), True
        made._stored = None
        stored = made.ids()
        made._largest = int(stored.max(initial=-1))
        made._rows = made._in_place() if np.array_equal(stored, np.arange(len(stored))) else None
        beside = path.with_suffix(_SHORTLIST)
        made._shortlist = Shortlist.load(beside) if beside.is_file() else None
        return made

    def _changing(self) -> None:
        self._shortlist = self._stored = self._rows = None
        if self._mapped:
            self._index, self._mapped = faiss.deserialize_index(faiss.serialize_index(self._index)), False

    def _in_place(self) -> NDArray[np.floating[Any]]:
        """The stored vectors, float16 or float32 [count, dim], in order, where they lie: FAISS copies one at a time, slowly."""
        flat: Any = faiss.downcast_index(self._index.index)
        stored: NDArray[np.uint8] = faiss.rev_swig_ptr(flat.codes.data(), flat.ntotal * flat.code_size)
        halves = flat.code_size == 2 * self.dim
        return (stored.view(np.float16) if halves else stored.view(np.float32)).reshape(-1, self.dim)

    def _present(self, allowed: Ids) -> int:
        return int(np.isin(self.ids(), _ids(allowed)).sum())


def widened(rows: NDArray[np.float16]) -> Vectors:
    """float16 → float32, of finite values: as `astype`, by moving the bits, which takes a third of the time."""
    bits = rows.view(np.int16).astype(np.int32)
    bits <<= 13  # the fraction has 13 bits more
    bits &= ~0x7000_0000  # copies of the sign below the sign
    wide: Vectors = bits.view(np.float32)
    wide *= np.float32(2.0**112)  # an exponent of 0 is written as 15 in one, as 127 in the other
    return wide


def _limit(allowed: Ids) -> Any:
    parameters: Any = faiss.SearchParameters  # its stub knows no arguments
    return parameters(sel=faiss.IDSelectorBatch(allowed))


def _ids(ids: Ids) -> Ids:
    return np.ascontiguousarray(ids, np.int64)


def _ordered(scores: Vectors, ids: Ids, k: int) -> tuple[Vectors, Ids]:
    order = np.lexsort((ids, -scores), axis=1)[:, :k]
    return np.take_along_axis(scores, order, 1), np.take_along_axis(ids, order, 1)
