"""The local vector index: FAISS, exact inner product, one file.

Up to FULL_PRECISION vectors are kept as float32; above, as float16, which halves memory at an error below 0.001.
"""

from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index.base import Ids, Vectors

FULL_PRECISION = 200_000


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
        if ids.min() <= self._largest:
            self.delete(ids)
        self._largest = max(self._largest, int(ids.max()))
        self._index.add_with_ids(np.ascontiguousarray(vectors[kept], np.float32), _ids(ids)[kept])

    def delete(self, ids: Ids) -> None:
        """Remove; unknown ids are passed over."""
        if len(ids) and self.count():
            self._index.remove_ids(_ids(ids))

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
        """The stored ids, in no order."""
        return np.array(faiss.vector_to_array(self._index.id_map), np.int64)

    def vectors(self, ids: Ids) -> Vectors:
        """float32 [len(ids), dim]: the stored vectors of `ids`, each of which must be there."""
        if not len(ids):
            return np.zeros((0, self.dim), np.float32)
        return np.asarray(self._index.reconstruct_batch(_ids(ids)), np.float32)

    def save(self, path: Path) -> None:
        """Writes the whole index into one file."""
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> "FaissIndex":
        """Raises OSError if there is no such file, ValueError if it is no index of ours."""
        if not path.is_file():
            raise FileNotFoundError(path)
        try:
            stored = faiss.read_index(str(path))
        except RuntimeError as error:
            raise ValueError(f"not a FAISS index: {path}") from error
        made = cls.__new__(cls)
        made._index = stored
        made._largest = int(made.ids().max(initial=-1))
        return made

    def _present(self, allowed: Ids) -> int:
        return int(np.isin(self.ids(), _ids(allowed)).sum())


def _limit(allowed: Ids) -> Any:
    parameters: Any = faiss.SearchParameters  # its stub knows no arguments
    return parameters(sel=faiss.IDSelectorBatch(allowed))


def _ids(ids: Ids) -> Ids:
    return np.ascontiguousarray(ids, np.int64)


def _ordered(scores: Vectors, ids: Ids, k: int) -> tuple[Vectors, Ids]:
    order = np.lexsort((ids, -scores), axis=1)[:, :k]
    return np.take_along_axis(scores, order, 1), np.take_along_axis(ids, order, 1)
