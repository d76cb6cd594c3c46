from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import Scores
from index.layout import Layout

# clause 0 has two passages and a sentence, clause 1 one passage alone, clause 2 a passage and two sentences
OWNERS = [0, 0, 1, 2, 0, 2, 2]


def layout(wordings: tuple[int, ...] = (7, 0, 7)) -> Layout:
    units = np.array([(owner, 0, 1) for owner in OWNERS], np.int32)
    clauses = np.array([(0, 0, 1)] * 3, np.int32)
    return Layout((), ("a", "b", "c"), clauses, units, 4, np.array(wordings, np.int64))


@pytest.mark.parametrize(
    ("clauses", "units"), [([0], [0, 1, 4]), ([1], [2]), ([0, 2], [0, 1, 3, 4, 5, 6]), ([0, 1, 2], list(range(7))), ([], [])]
)
def test_units_of_clauses(clauses: list[int], units: list[int]) -> None:
    assert layout().units_of(np.array(clauses, np.int64)).tolist() == units


def test_sentences_of_a_clause() -> None:
    assert [layout().sentences(n).tolist() for n in range(3)] == [[4], [], [5, 6]]


def test_the_best_passage_of_each_clause() -> None:
    scores = np.array([1.0, 3.0, 2.0, 0.5])
    assert layout().best_passages(scores).tolist() == [3, 2, 0.5]
    assert layout().best_passages(scores, np.array([0, 2])).tolist() == [3, 0.5]


@given(st.lists(st.integers(0, 4), min_size=4, max_size=4), st.integers(1, 4), st.lists(st.booleans(), min_size=3, max_size=3))
def test_the_clauses_of_the_best_passages(row: list[int], k: int, kept: list[bool]) -> None:
    scores: Scores = np.array(row, np.float32)
    best = layout().best_passages(scores)
    order = [n for n in np.argsort(-best, kind="stable") if kept[n]]
    found = [n for n in layout().best_clauses(scores, k, layout().inside(np.array(kept))[:4]).tolist() if kept[n]]
    if len(order) >= k:
        assert sorted(best[found]) == sorted(best[order[:k]])
    else:
        assert found == sorted(order)


def test_clauses_of_equal_wording() -> None:
    assert layout().alike(0).tolist() == [0, 2]
    assert layout().alike(1).tolist() == [1]
    assert layout((0, 0, 0)).alike(2).tolist() == [2]


def test_saved_and_loaded(tmp_path: Path) -> None:
    layout().save(tmp_path)
    loaded = Layout.load(tmp_path)
    assert (loaded.clause_ids, loaded.passages, loaded.wordings.tolist()) == (("a", "b", "c"), 4, [7, 0, 7])
