"""How much of a question a text says, feature by feature: late interaction over the encoder's own vectors.

Every feature of the question takes its nearest feature in the text, and counts by the length of its vector: training
makes the vectors of telling words long and those of fillers short. One vector for a whole text cannot say which words of
the question it leaves out. The idea is that of ColBERT (Khattab & Zaharia, SIGIR 2020), without its transformer.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.base import Scores, Vectors
from index.builtin.features import Lookup, Rows, distinct

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
    wanted = lookup(asked.astype(np.intp))
    lengths = _lengths(wanted)
    wanted /= lengths[:, None]
    said, place = distinct(np.concatenate([texts[n] for n in filled]))
    likeness = _likeness(wanted, lookup(said))
    starts = np.cumsum([0, *(len(texts[n]) for n in filled[:-1])])
    nearest = np.maximum.reduceat(likeness[:, place], starts, axis=1)
    weights = lengths * np.sqrt(counts)
    shares[filled] = weights @ nearest / weights.sum()
    return shares


def _likeness(wanted: Vectors, said: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cosines [wanted, said], in parts for which no threads are started: they wait for each other where a machine is busy."""
    width = max(1, _SMALL // wanted.size)
    products = [wanted @ said[start : start + width].T for start in range(0, len(said), width)]
    likeness: NDArray[np.float32] = np.concatenate(products, axis=1)
    likeness /= _lengths(said)
    return likeness


def _lengths(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The length of each vector. No feature's vector is zero."""
    lengths: NDArray[np.float32] = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))
    return lengths
