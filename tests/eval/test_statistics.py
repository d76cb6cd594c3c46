import numpy as np
import pytest

from eval.statistics import RESAMPLES, mean, paired


def test_the_interval_of_a_mean_is_that_of_its_standard_error() -> None:
    """200 values of 0 and 1: a standard error of 0.5 / √200 ≈ 0.0354, the interval ± 1.96 of these."""
    found = mean([0.0, 1.0] * 100)
    assert found.value == 0.5
    assert found.low == pytest.approx(0.5 - 1.96 * 0.0354, abs=0.01)
    assert found.high == pytest.approx(0.5 + 1.96 * 0.0354, abs=0.01)


def test_a_constant_gain_is_certain_and_none_is_not() -> None:
    before = [0.2, 0.4, 0.6] * 10
    gained = paired(before, [value + 0.1 for value in before])
    assert gained.value == pytest.approx(0.1)
    assert (gained.low, gained.high) == (pytest.approx(0.1), pytest.approx(0.1))
    assert gained.p == 1 / (RESAMPLES + 1)
    assert paired(before, before).p == 1


def test_p_is_that_of_a_paired_test() -> None:
    """36 differences of mean 0.05 and deviation 0.15: z = 2, two-sided p = 0.0455."""
    rng = np.random.default_rng(1)
    differences = rng.normal(size=36)
    differences = 0.05 + 0.15 * (differences - differences.mean()) / differences.std()
    found = paired([0.0] * 36, list(differences))
    assert found.p == pytest.approx(0.0455, abs=0.012)
    assert found.low == pytest.approx(0.05 - 1.96 * 0.025, abs=0.008)
    assert paired(list(differences), [0.0] * 36).p == pytest.approx(found.p, abs=0.01)


def test_pairs_must_be_pairs() -> None:
    with pytest.raises(ValueError, match="as many"):
        paired([0.1], [0.1, 0.2])
    with pytest.raises(ValueError):
        paired([], [])
