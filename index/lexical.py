"""BM25 over passages as a sparse matrix: one row a term, one column a passage.

The scores are those of rank-bm25's BM25Plus (Lv & Zhai, "Lower-bounding term frequency normalization", CIKM 2011, as
implemented there), to rounding; tests hold this. There a term adds its lower bound to every passage, with the term or
without; that constant, `floor`, is kept apart, so that the matrix is sparse and a query reads the rows of its terms only.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

# rank-bm25's defaults; other values were no better on the development questions: docs/search.md
K1 = 1.5
B = 0.75
DELTA = 1.0
_REMEMBERED = 20_000  # terms of questions whose rows are kept: questions are made of the same characters

Scores = NDArray[np.floating[Any]]


class Lexicon:
    """Terms in byte order, found by bisection in one mapped block: opening it reads nothing."""

    def __init__(self, block: NDArray[np.uint8], offsets: NDArray[np.int64]) -> None:
        self.block = np.asarray(block)  # plain views: slicing a memmap object is slow
        self.offsets = np.asarray(offsets)
        self.row = lru_cache(_REMEMBERED)(self._row)

    @classmethod
    def of(cls, terms: Iterable[str]) -> "Lexicon":
        """`terms` need not be sorted; each must occur once."""
        encoded = sorted(term.encode() for term in terms)
        offsets = np.zeros(len(encoded) + 1, np.int64)
        np.cumsum([len(term) for term in encoded], out=offsets[1:])
        return cls(np.frombuffer(b"".join(encoded), np.uint8), offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def _row(self, term: str) -> int | None:
        """The row of `term`, None if it is unknown."""
        wanted = term.encode()
        at = bisect_left(range(len(self)), wanted, key=self._term)
        return at if at < len(self) and self._term(at) == wanted else None

    def _term(self, row: int) -> bytes:
        return self.block[self.offsets[row] : self.offsets[row + 1]].tobytes()


class LexicalIndex:
    """BM25 scores of every passage for weighted terms."""

    def __init__(self, lexicon: Lexicon, matrix: csr_array) -> None:
        self.lexicon = lexicon
        self.matrix = matrix
        self._idf = lru_cache(_REMEMBERED)(self._row_idf)

    @classmethod
    def of(cls, texts: Iterable[list[str]]) -> "LexicalIndex":
        """From the tokens of each passage, in order. No passage at all is a valid index."""
        rows, columns, lengths, vocabulary = _postings(texts)
        lexicon = Lexicon.of(vocabulary)
        place = np.empty(len(vocabulary), np.int32)  # order of first occurrence → byte order
        place[[vocabulary[t] for t in sorted(vocabulary, key=str.encode)]] = np.arange(len(vocabulary), dtype=np.int32)
        shape = (len(vocabulary), len(lengths))
        counts = coo_array((np.ones(len(rows), np.float32), (place[rows], columns)), shape=shape).tocsr()
        return cls(lexicon, _weigh(counts, lengths))

    def __len__(self) -> int:
        return int(self.matrix.shape[1])

    def scores(self, weights: Mapping[str, float]) -> Scores:
        """float32 [passages]: the sum over terms of weight × BM25Plus; unknown terms add nothing.

        A term that occurs twice in a question has weight 2 in rank-bm25's scores.
        """
        return self.matches(weights) + self.floor(weights)

    def matches(self, weights: Mapping[str, float]) -> Scores:
        """float32 [passages], ≥ 0: `scores` above the floor; 0 for a passage with none of the terms."""
        known = self._known(weights)
        if not known:
            return np.zeros(len(self), np.float32)
        rows, factors = zip(*known.items(), strict=True)
        return np.asarray(np.asarray(factors, np.float32) @ self.matrix[list(rows)], np.float32)

    def ceiling(self, weights: Mapping[str, float]) -> float:
        """More than `matches` gives any passage: what terms repeated without end would score."""
        return (K1 + 1) * sum(weight * self._idf(row) for row, weight in self._known(weights).items())

    def floor(self, weights: Mapping[str, float]) -> float:
        """What every passage scores for these terms, whether it has them or not."""
        return DELTA * sum(weight * self._idf(row) for row, weight in self._known(weights).items())

    def holds(self, term: str) -> bool:
        """Whether any text has this token."""
        return self.lexicon.row(term) is not None

    def idf(self, term: str) -> float:
        """log((passages + 1) / passages with the term), above 0; 0 for an unknown term."""
        row = self.lexicon.row(term)
        return 0.0 if row is None else self._idf(row)

    def _known(self, weights: Mapping[str, float]) -> dict[int, float]:
        return {row: weight for term, weight in weights.items() if (row := self.lexicon.row(term)) is not None}

    def _row_idf(self, row: int) -> float:
        return float(np.log((len(self) + 1) / (self.matrix.indptr[row + 1] - self.matrix.indptr[row])))

    def save(self, folder: Path) -> None:
        """Writes `terms.npy`, `term_offsets.npy` and `bm25_*.npy`."""
        for name, array in self._arrays().items():
            np.save(folder / name, array, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Maps the files of `save`; nothing is read before it is asked for."""
        block, offsets, data, indices, indptr, shape = (
            np.load(folder / name, mmap_mode="r" if name in _MAPPED else None, allow_pickle=False) for name in _FILES
        )
        matrix = csr_array((data, indices, indptr), shape=tuple(shape), copy=False)
        return cls(Lexicon(block, offsets), matrix)

    def _arrays(self) -> dict[str, NDArray[Any]]:
        matrix = self.matrix
        values = (self.lexicon.block, self.lexicon.offsets, matrix.data, matrix.indices, matrix.indptr)
        return dict(zip(_FILES, (*values, np.asarray(matrix.shape)), strict=True))


_FILES = (
    "terms.npy",
    "term_offsets.npy",
    "bm25_data.npy",
    "bm25_indices.npy",
    "bm25_indptr.npy",
    "bm25_shape.npy",
)
_MAPPED = frozenset(_FILES[:4])


def _postings(
    texts: Iterable[list[str]],
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64], dict[str, int]]:
    vocabulary: defaultdict[str, int] = defaultdict()
    vocabulary.default_factory = vocabulary.__len__  # a new token has the next number
    rows: list[NDArray[np.int32]] = []
    lengths: list[int] = []
    for tokens in texts:
        rows.append(np.fromiter(map(vocabulary.__getitem__, tokens), np.int32, len(tokens)))
        lengths.append(len(tokens))
    sizes = np.array(lengths, np.int64)
    joined = np.concatenate(rows) if rows else np.zeros(0, np.int32)
    return joined, np.repeat(np.arange(len(sizes), dtype=np.int32), sizes), sizes, vocabulary


def _weigh(counts: csr_array, lengths: NDArray[np.int64]) -> csr_array:
    """Term counts → BM25Plus weights without the lower bound."""
    if counts.nnz == 0:
        return csr_array(counts.shape, dtype=np.float32)
    frequency = np.diff(counts.indptr)
    idf = np.log((counts.shape[1] + 1) / frequency)
    saturation = K1 * (1 - B + B * lengths / lengths.mean())
    tf = counts.data
    data = np.repeat(idf, frequency) * tf * (K1 + 1) / (tf + saturation[counts.indices])
    # scipy gives both kinds of numbers one type: int32 halves the files where it suffices
    ends = counts.indptr.astype(np.int32 if counts.nnz < 2**31 else np.int64)
    return csr_array((data.astype(np.float32), counts.indices.astype(ends.dtype), ends), shape=counts.shape)
