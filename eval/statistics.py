"""How sure a mean over questions is, and a difference between two runs: bootstrap over questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.training.measure import Mean

RESAMPLES = 10_000
_BLOCK = 1000  # resamples at once: 1,500 questions take 12 MB
_INTERVAL = [2.5, 97.5]  # percentiles


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean of the second run less that of the first, its 95 % interval, and the p of no difference (two-sided)."""

    before: float
    after: float
    low: float
    high: float
    p: float

    @property
    def value(self) -> float:
        """After less before."""
        return self.after - self.before


def mean(values: Sequence[float]) -> Mean:
    """The mean with its 95 % percentile interval (Efron and Tibshirani 1993, ch. 13); NaN if there are no values."""
    return _mean(tuple(values))


@lru_cache(maxsize=10_000)  # table, report and chart show the same means
def _mean(values: tuple[float, ...]) -> Mean:
    if not values:
        return Mean(np.nan, np.nan, np.nan)
    given = np.asarray(values, np.float64)
    low, high = np.percentile(_resampled(given), _INTERVAL)
    return Mean(float(given.mean()), float(low), float(high))


def paired(before: Sequence[float], after: Sequence[float]) -> Difference:
    """Two runs over the same questions, in the same order. Raises ValueError for none, or for unequal numbers of them.

    p: share of resamples whose mean difference, moved to zero, is as far from zero as the one measured; Efron and
    Tibshirani 1993, ch. 16. It is never below 1 / (RESAMPLES + 1).
    """
    if not before or len(before) != len(after):
        raise ValueError(f"expected as many values before as after, got {len(before)} and {len(after)}")
    differences = np.asarray(after, np.float64) - np.asarray(before, np.float64)
    means = _resampled(differences)
    low, high = np.percentile(means, _INTERVAL)
    observed = float(differences.mean())
    as_far = int((np.abs(means - observed) >= abs(observed) - 1e-12).sum())
    p = (as_far + 1) / (RESAMPLES + 1)
    return Difference(float(np.mean(before)), float(np.mean(after)), float(low), float(high), p)


def _resampled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The means of RESAMPLES resamples; always the same for the same values."""
    rng = np.random.default_rng(0)
    blocks = [values[rng.integers(0, len(values), (_BLOCK, len(values)))].mean(axis=1) for _ in range(RESAMPLES // _BLOCK)]
    return np.concatenate(blocks)
