"""Fusing two lists of scores over the same candidates: pure functions.

Every candidate carries its full score on both sides; a candidate is never given zero because the other side's list
ended before it. Ties are broken by the caller's order of candidates (clause id).
"""

import numpy as np
from numpy.typing import NDArray

RRF_K = 60  # Cormack, Clarke, Büttcher, SIGIR 2009
DEPTH = 200  # where each list's scale ends

Scores = NDArray[np.float64]


def minmax(scores: Scores, depth: int = DEPTH) -> Scores:
    """Scaled so that the best is 1 and the `depth`-th best (the last of a shorter list) is 0; worse ones are below 0.

    All zero where the best and the `depth`-th best are equal.
    """
    if not len(scores):
        return np.zeros(0)
    first = np.sort(scores)[::-1][:depth]
    spread = first[0] - first[-1]
    return (scores - first[-1]) / spread if spread > 0 else np.zeros(len(scores))


def zscore(scores: Scores) -> Scores:
    """Mean 0, standard deviation 1; all zero where every score is the same."""
    spread = float(scores.std()) if len(scores) else 0.0
    return (scores - scores.mean()) / spread if spread > 0 else np.zeros(len(scores))


def ranks(scores: Scores) -> NDArray[np.int64]:
    """1-based rank of each score, best first; equal scores rank in their order here."""
    place = np.empty(len(scores), np.int64)
    place[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return place


def rrf(*lists: Scores) -> Scores:
    """Reciprocal rank fusion: the sum over lists of 1 / (60 + rank)."""
    return np.asarray(sum(1.0 / (RRF_K + ranks(scores)) for scores in lists), np.float64)


def weighted(lexical: Scores, dense: Scores, weight: float) -> Scores:
    """(1 - weight) × min-max of `lexical` + weight × min-max of `dense`. Raises ValueError unless 0 ≤ weight ≤ 1."""
    if not 0 <= weight <= 1:
        raise ValueError(f"weight must lie in [0, 1], got {weight}")
    return (1 - weight) * minmax(lexical) + weight * minmax(dense)
