"""Fusing two lists of scores over the same candidates: pure functions.

Every candidate carries its full score on both sides; a candidate is never given zero because the other side's list
ended before it. Ties are broken by the caller's order of candidates (clause id).
"""

import numpy as np
from numpy.typing import NDArray

from index.base import Scores

_STRIDE = 16

RRF_K = 60  # Cormack, Clarke, Büttcher, SIGIR 2009
DEPTH = 200  # where each list's scale ends
DECIMALS = 6  # of a score: equal texts must tie, and sums of float32 differ in the seventh place


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


def top(scores: Scores, k: int) -> NDArray[np.int64]:
    """The places of the k best scores, ascending; of equal ones at the end of the list the first. All if there are fewer."""
    if len(scores) <= k:
        return np.arange(len(scores))
    sample = scores[::_STRIDE]
    wanted = 2 * k // _STRIDE + 1  # of the sample: twice as many as there should be among it
    if len(sample) > 4 * wanted:  # long: only what may be among the best is sorted
        some = np.flatnonzero(scores >= np.partition(sample, len(sample) - wanted)[len(sample) - wanted])
        if k <= len(some) < len(scores):
            return np.asarray(some[top(scores[some], k)], np.int64)
    least = np.partition(scores, len(scores) - k)[len(scores) - k]
    above, equal = np.flatnonzero(scores > least), np.flatnonzero(scores == least)
    return np.union1d(above, equal[: k - len(above)])


def rrf(*lists: Scores) -> Scores:
    """Reciprocal rank fusion: the sum over lists of 1 / (60 + rank)."""
    return np.asarray(sum(1.0 / (RRF_K + ranks(scores)) for scores in lists), np.float64)


def share(lexical: Scores, ceiling: float) -> Scores:
    """In [0, 1]: what part of `ceiling`, which none exceeds, each score reaches; all zero without a ceiling."""
    return lexical / ceiling if ceiling > 0 else np.zeros(len(lexical))


def absolute(lexical: Scores, ceiling: float, dense: Scores, weight: float) -> Scores:
    """(1 - weight) × share of `ceiling` that `lexical` reaches + weight × `dense`: a candidate's sum owes nothing to others.

    Scaling by bounds, not by what a list holds: Bruch, Gai, Ingber, "An Analysis of Fusion Functions for Hybrid
    Retrieval", TOIS 2023. lexical: in [0, ceiling].  dense: cosines.  Raises ValueError unless 0 ≤ weight ≤ 1.
    """
    _check(weight)
    return (1 - weight) * share(lexical, ceiling) + weight * dense


def weighted(lexical: Scores, dense: Scores, weight: float) -> Scores:
    """(1 - weight) × min-max of `lexical` + weight × min-max of `dense`. Raises ValueError unless 0 ≤ weight ≤ 1."""
    _check(weight)
    return (1 - weight) * minmax(lexical) + weight * minmax(dense)


def _check(weight: float) -> None:
    if not 0 <= weight <= 1:
        raise ValueError(f"weight must lie in [0, 1], got {weight}")
