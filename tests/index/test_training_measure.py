"""Measuring: nDCG and recall against values worked out by hand, neighbours against a full sort."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.lexicon.terms import Term
from index.base import Vectors
from index.training.material import Material, Question
from index.training.measure import bootstrap, evaluate, evaluate_terms, nearest, score


def question(*wanted: int) -> Question:
    return Question("问", wanted, held=True)


@pytest.mark.parametrize(
    ("found", "wanted", "ndcg", "recall"),
    [
        ([5, 1, 2], (5,), 1.0, 1.0),
        ([1, 5, 2], (5,), 1 / np.log2(3), 1.0),
        ([1, 2, 3], (5,), 0.0, 0.0),
        ([5, 1, 6], (5, 6), (1 + 0.5) / (1 + 1 / np.log2(3)), 1.0),
        ([5, 1, 2], (5, 6), 1 / (1 + 1 / np.log2(3)), 0.5),
        ([5, 1, 2], (5, 5), 1.0, 1.0),
        ([*range(10), 50], (50,), 0.0, 1.0),
        ([*range(20)], tuple(range(20)), 1.0, 1.0),
    ],
)
def test_scores_of_one_question(found: list[int], wanted: tuple[int, ...], ndcg: float, recall: float) -> None:
    got = score(np.array([found]), [question(*wanted)])
    assert (got[0][0], got[1][0]) == pytest.approx((ndcg, recall))


@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 50))
def test_neighbours_agree_with_a_full_sort(seed: int, passages: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    queries = rng.standard_normal((3, 4)).astype(np.float32)
    table = rng.standard_normal((passages, 4)).astype(np.float32)
    scores = queries @ table.T
    assert np.array_equal(nearest(queries, table, k), np.argsort(-scores, axis=1, kind="stable")[:, :k])


def test_equal_scores_keep_the_order_of_passages() -> None:
    same = np.ones((6, 2), np.float32)
    assert nearest(same[:1], same, 6).tolist() == [[0, 1, 2, 3, 4, 5]]


def test_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    values = np.tile([0.0, 1.0], 20)
    few, many = bootstrap(values), bootstrap(np.tile(values, 25))
    assert few.low < few.value == 0.5 < few.high
    assert 0 < many.high - many.low < few.high - few.low
    assert few.high - few.low == pytest.approx(2 * 1.96 * 0.5 / 40**0.5, abs=0.06)
    assert bootstrap(values) == few


def test_no_questions_no_figure() -> None:
    assert np.isnan(bootstrap(np.zeros(0)).value)


def test_only_held_questions_are_measured() -> None:
    questions = {"written": [question(0), Question("练", (1,), held=False), question(1)]}
    material = Material([], 2, questions, [])
    figures = evaluate(material, np.eye(2, dtype=np.float32), {"written": np.eye(2, dtype=np.float32)})
    assert [(f.kind, f.questions, f.ndcg.value, f.recall.value) for f in figures] == [("written", 2, 1.0, 1.0)]
    assert str(figures[0]) == "written（2 问）nDCG@10 1.000（1.000–1.000），recall@100 1.000（1.000–1.000）"


def test_everyday_words_of_held_rows_look_for_their_official_terms() -> None:
    trained, held = Term("", ("种树",), ("植树",), ()), Term("", ("脏水", "臭水"), ("污水", "植树"), ())
    axes = {"植树": [1, 0, 0], "污水": [0, 1, 0], "脏水": [0, 1, 0], "臭水": [0, 0, 1]}

    def encode(texts: Sequence[str]) -> Vectors:
        return np.array([axes[text] for text in texts], np.float32)

    figures = evaluate_terms([trained], [held], encode)
    assert (figures.kind, figures.questions, figures.recall.value) == ("terms", 2, 1.0)
    assert figures.ndcg.value == 1.0  # two official terms in all, and both are accepted
