import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import fusion

scores = st.lists(st.integers(-50, 50), max_size=30).map(lambda row: np.array(row, np.float64))


@pytest.mark.parametrize(
    ("given_", "depth", "expected"),
    [
        ([3, 1, 2], 200, [1, 0, 0.5]),
        ([3, 1, 2], 2, [1, -1, 0]),
        ([0, 10, 0, 5], 200, [0, 1, 0, 0.5]),
        ([4, 4], 200, [0, 0]),
        ([4], 200, [0]),
        ([], 200, []),
    ],
)
def test_minmax(given_: list[float], depth: int, expected: list[float]) -> None:
    assert fusion.minmax(np.array(given_, np.float64), depth).tolist() == expected


def test_zscore() -> None:
    np.testing.assert_allclose(fusion.zscore(np.array([1.0, 3.0])), [-1, 1])
    assert fusion.zscore(np.array([2.0, 2.0])).tolist() == [0, 0]
    assert fusion.zscore(np.array([])).tolist() == []


def test_ranks_of_equal_scores_follow_their_order() -> None:
    assert fusion.ranks(np.array([5.0, 9.0, 5.0, 1.0])).tolist() == [2, 1, 3, 4]


def test_rrf() -> None:
    fused = fusion.rrf(np.array([9.0, 5.0]), np.array([1.0, 2.0]))
    np.testing.assert_allclose(fused, [1 / 61 + 1 / 62, 1 / 62 + 1 / 61])


def test_weighted_by_hand() -> None:
    fused = fusion.weighted(np.array([10.0, 0, 5]), np.array([0.2, 0.6, 0.4]), 0.75)
    np.testing.assert_allclose(fused, [0.25, 0.75, 0.5])


@pytest.mark.parametrize("weight", [-0.1, 1.1])
def test_weight_must_lie_between(weight: float) -> None:
    with pytest.raises(ValueError, match="weight"):
        fusion.weighted(np.zeros(1), np.zeros(1), weight)


@given(scores)
def test_scaling_keeps_the_order(row: np.ndarray) -> None:
    if len(set(row.tolist())) > 1:
        np.testing.assert_array_equal(fusion.ranks(fusion.minmax(row)), fusion.ranks(row))
    assert sorted(fusion.ranks(row)) == list(range(1, len(row) + 1))


@given(scores, st.floats(0.01, 100), st.floats(-100, 100))
def test_minmax_does_not_depend_on_unit_or_origin(row: np.ndarray, unit: float, origin: float) -> None:
    np.testing.assert_allclose(fusion.minmax(row * unit + origin), fusion.minmax(row), atol=1e-6)


def test_absolute_by_hand() -> None:
    fused = fusion.absolute(np.array([5.0, 0.0]), 10.0, np.array([0.2, 0.6]), 0.75)
    np.testing.assert_allclose(fused, [0.275, 0.45])
    np.testing.assert_allclose(fusion.absolute(np.zeros(1), 0.0, np.array([0.4]), 0.5), [0.2])  # no known word


def test_the_absolute_weight_must_lie_between() -> None:
    with pytest.raises(ValueError, match="weight"):
        fusion.absolute(np.zeros(1), 1.0, np.zeros(1), 1.1)


@given(scores, st.integers(1, 40))
def test_top_are_the_first_of_a_stable_sort(row: np.ndarray, k: int) -> None:
    assert fusion.top(row, k).tolist() == sorted(np.argsort(-row, kind="stable")[:k].tolist())


@given(st.integers(0, 2**32 - 1), st.sampled_from([2, 50, 10_000]), st.integers(1, 60))
def test_top_of_a_long_row_with_many_equal_scores(seed: int, values: int, k: int) -> None:
    row = np.random.default_rng(seed).integers(0, values, 3000).astype(np.float32)
    assert fusion.top(row, k).tolist() == sorted(np.argsort(-row, kind="stable")[:k].tolist())
