"""The built-in encoder: the weighted sum of the vectors of a text's features, scaled to length 1. No torch."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from index.base import Scores, Vectors
from index.builtin.features import Lookup, Rows, Vocabulary, distinct
from index.builtin.interaction import coverage
from index.builtin.quantise import unpack
from index.builtin.weights import FOLDER, Weights, read_weights

_BATCH = 2048  # texts at once: about 37,000 different features, 75 MB of unpacked vectors


def weigh(bags: Sequence[Rows], size: int) -> csr_array:
    """float32 [len(bags), size], columns ascending in each row: the square root of how often a bag has a feature.

    The root keeps a word that a long text repeats from drowning what it says once.
    """
    ends = np.cumsum([0, *map(len, bags)])
    flat = np.concatenate(bags) if bags else np.zeros(0, np.int32)
    weights = csr_array((np.ones(len(flat), np.float32), flat, ends), shape=(len(bags), size))
    weights.sum_duplicates()
    np.sqrt(weights.data, out=weights.data)
    return weights


def embed(bags: Sequence[Rows], lookup: Lookup, size: int, dim: int) -> Vectors:
    """The weighted sum of the vectors of each bag, scaled to length 1; an empty bag stays all zero.

    lookup: ascending row numbers, each once → float32 [n, dim].  size: how many rows there are.
    A text's vector does not depend, to the last bit, on the texts beside it.
    """
    out = np.zeros((len(bags), dim), np.float32)
    for start in range(0, len(bags), _BATCH):
        weights = weigh(bags[start : start + _BATCH], size)
        used, place = distinct(weights.indices)
        shape = (weights.shape[0], len(used))
        known = csr_array((weights.data, place, weights.indptr), shape=shape)
        out[start : start + shape[0]] = known @ lookup(used)
    return unit_rows(out)


def unit_rows(vectors: NDArray[np.float32]) -> Vectors:
    """Scales every row to length 1 in place; rows of zeros stay."""
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors, dtype=np.float64))
    lengths[lengths == 0] = 1
    vectors /= lengths[:, None].astype(np.float32)
    return vectors


class BuiltinEncoder:
    """An Encoder over a weights folder. Questions and passages are treated alike.

    The vectors stay packed (four bits a value, 27 MB) and are unpacked batch by batch, so opening is quick.
    A text without a known feature (empty, or in a script never seen) has the zero vector: it is near nothing.
    """

    def __init__(self, weights: Weights, name: str = "builtin") -> None:
        self._weights = weights
        self._name = name
        self.vocabulary = Vocabulary(weights.keys)

    @classmethod
    def load(cls, folder: Path = FOLDER, name: str = "builtin") -> "BuiltinEncoder":
        """Opens a weights folder. Raises WeightsError if a file is missing, altered or of another format."""
        return cls(read_weights(folder), name)

    @property
    def name(self) -> str:
        """`builtin`, or the folder it was opened from."""
        return self._name

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return 2 * int(self._weights.packed.shape[1])

    @property
    def fingerprint(self) -> str:
        """sha256 over the weights, hex."""
        return self._weights.fingerprint

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """float32 [len(texts), dim], in order; rows of unit length, zero for a text without a known feature."""
        return embed(self.vocabulary.bags(texts), self._lookup, len(self.vocabulary), self.dim)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """As `encode_queries`."""
        return self.encode_queries(texts)

    def coverage(self, query: str, texts: Sequence[str]) -> Scores:
        """float64 [len(texts)], in [-1, 1]: how much of the query each text says, feature by feature."""
        question, *bags = self.vocabulary.bags([query, *texts])
        return coverage(question, bags, self._lookup)

    def table(self) -> NDArray[np.float32]:
        """All vectors unpacked, float32 [features, dim]; about 210 MB."""
        return unpack(self._weights.packed, self._weights.scales)

    def _lookup(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        return unpack(self._weights.packed[rows], self._weights.scales[rows])
