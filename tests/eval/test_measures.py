"""Our use of ir-measures against values computed by hand."""

from math import log2

import pytest

from eval.gold import Name, Question
from eval.measures import MEASURES, credited, first_rank, measure

ACCEPTED = frozenset({("a.txt", "三", "九"), ("b.txt", "附件1")})


@pytest.mark.parametrize(
    ("hits", "rank"),
    [
        ([("a.txt", "三", "九")], 1),
        ([("a.txt", "三", "九", "1")], 1),
        ([("a.txt", "三"), ("a.txt", "三", "九")], 2),
        ([("b.txt", "三", "九"), ("a.txt", "三", "十"), ("b.txt", "附件1", "一")], 3),
        ([("c.txt", "三", "九")], None),
        ([], None),
    ],
)
def test_a_clause_below_an_accepted_one_is_accepted(hits: list[Name], rank: int | None) -> None:
    assert first_rank(hits, ACCEPTED) == rank


def test_what_stands_for_the_same_name_counts_once_at_its_first_rank() -> None:
    hits = [("a.txt", "三", "九", "2"), ("c.txt",), ("a.txt", "三", "九"), ("b.txt", "附件1", "一")]
    assert credited(hits, ACCEPTED) == [("a.txt", "三", "九"), ("c.txt",), ("b.txt", "附件1")]


def test_values_by_hand() -> None:
    """Two relevant names, at ranks 2 and 11; by the definitions of Järvelin and Kekäläinen (2002) and of the others."""
    relevant = frozenset({("r",), ("s",)})
    ranking: list[Name] = [("x1",), ("r",), *((f"x{n}",) for n in range(2, 10)), ("s",)]
    values = measure([Question("q", "find", "问", relevant)], {"q": ranking})["q"]
    assert values == pytest.approx(
        {
            "nDCG@10": (1 / log2(3)) / (1 + 1 / log2(3)),
            "RR@10": 1 / 2,
            "Success@3": 1.0,
            "R@10": 1 / 2,
            "R@100": 1.0,
        }
    )
    assert tuple(values) == MEASURES


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (0, (1.0, 1.0, 1.0, 1.0)),
        (3, (1 / 4, 0.0, 1.0, 1.0)),
        (10, (0.0, 0.0, 0.0, 1.0)),
        (99, (0.0, 0.0, 0.0, 1.0)),
        (100, (0.0, 0.0, 0.0, 0.0)),
    ],
)
def test_the_depth_of_each_measure(before: int, expected: tuple[float, ...]) -> None:
    ranking: list[Name] = [(f"x{n:03}",) for n in range(before)] + [("r",)]
    values = measure([Question("q", "find", "问", frozenset({("r",)}))], {"q": ranking})["q"]
    assert tuple(values[m] for m in ("RR@10", "Success@3", "R@10", "R@100")) == pytest.approx(expected)


def test_a_question_without_a_ranking_counts_as_zero() -> None:
    questions = [Question(id, "find", "问", frozenset({("r",)})) for id in ("none", "empty", "found")]
    values = measure(questions, {"empty": [], "found": [("r",)]})
    assert [values[id]["nDCG@10"] for id in ("none", "empty", "found")] == [0.0, 0.0, 1.0]
