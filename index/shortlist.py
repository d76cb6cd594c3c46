"""A quick first look at many vectors: product quantisation, four bits for two dimensions, scanned with SIMD instructions.

Jégou, Douze, Schmid, "Product Quantization for Nearest Neighbor Search", TPAMI 2011; the scan is FAISS's FastScan (André,
Kermarrec, Le Scouarnec, "Quicker ADC", TPAMI 2019). Every vector is looked at, so nothing depends on how the vectors lie;
what is near is then scored exactly by the caller. How many of the true nearest are in the list: docs/search.md.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index.base import Ids, Vectors

_TRAINED_ON = 40_000  # vectors, evenly spread: no outcome depends on chance
_CHUNK = 16_384  # vectors at once


class Shortlist:
    """The places of the vectors that are likely nearest."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def of(cls, dim: int, count: int, read: Callable[[Ids], Vectors]) -> "Shortlist":
        """`read`: places, ascending, in 0 … count - 1 → their vectors. There must be some."""
        parts = dim if dim % 2 else dim // 2
        index: Any = faiss.IndexPQFastScan(dim, parts, 4, faiss.METRIC_INNER_PRODUCT)
        index.train(read(np.unique(np.linspace(0, count - 1, min(count, _TRAINED_ON)).astype(np.int64))))
        for start in range(0, count, _CHUNK):
            index.add(read(np.arange(start, min(start + _CHUNK, count), dtype=np.int64)))
        return cls(index)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, queries: Vectors, k: int) -> Ids:
        """int64 [queries, min(k, count)]: places, likely nearest first by inner product."""
        _, places = self._index.search(queries, min(k, len(self)))
        return np.asarray(places, np.int64)

    def save(self, path: Path) -> None:
        """Writes one file."""
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> "Shortlist":
        """Maps the file that `save` wrote. Raises ValueError if it is none of ours."""
        return cls(read_mapped(path))


def read_mapped(path: Path) -> Any:
    """A FAISS index whose vectors stay in the file until they are looked at. Raises ValueError if it is no such file."""
    try:
        return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise ValueError(f"not a FAISS index: {path}") from error
