"""How much of a question a text says, feature by feature: late interaction over the encoder's own vectors.

Every feature of the question takes its nearest feature in the text, and counts by the length of its vector: training
makes the vectors of telling words long and those of fillers short. One vector for a whole text cannot say which words of
the question it leaves out. The idea is that of ColBERT (Khattab & Zaharia, SIGIR 2020), without its transformer.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.base import Scores, Vectors
from index.builtin.features import Lookup, Rows

_SMALL = 1 << 18  # multiplications: OpenBLAS computes what takes no more by itself


def coverage(question: Rows, texts: Sequence[Rows], lookup: Lookup) -> Scores:
    """float64 [len(texts)], in [-1, 1]: 1 where a text has every feature of the question, 0 for a text without features.

    question, texts: row numbers of features, repeats included.  lookup: ascending rows, each once → float32 [n, dim].
    """
    shares = np.zeros(len(texts))
    filled = [n for n, text in enumerate(texts) if len(text)]
    if not filled or not len(question):
        return shares
    asked, counts = np.unique(question, return_counts=True)
    lengths, wanted = _directions(lookup(asked.astype(np.intp)))
    said, place = np.unique(np.concatenate([texts[n] for n in filled]), return_inverse=True)
    likeness = _products(wanted, _directions(lookup(said.astype(np.intp)))[1])
    starts = np.cumsum([0, *(len(texts[n]) for n in filled[:-1])])
    nearest = np.maximum.reduceat(likeness[:, place], starts, axis=1)
    weights = lengths * np.sqrt(counts)
    shares[filled] = weights @ nearest / weights.sum()
    return shares


def _products(left: Vectors, right: Vectors) -> NDArray[np.float32]:
    """All inner products, in parts for which no threads are started: they wait for each other where a machine is busy."""
    width = max(1, _SMALL // left.size)
    return np.concatenate([left @ right[start : start + width].T for start in range(0, len(right), width)], axis=1)


def _directions(vectors: Vectors) -> tuple[NDArray[np.float32], Vectors]:
    """Their lengths, and the vectors scaled to length 1. No feature's vector is zero."""
    lengths = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))
    return lengths, vectors / lengths[:, None]
