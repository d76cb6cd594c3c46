"""The measuring of precedent wording, and the planted sentences among the sample plans."""

from collections.abc import Iterator

import pytest

from assistant.service import Assistant
from eval.gold import Question
from eval.precedents import GRADES, QUESTIONS, SAMPLES, is_first, judge, opened, read_planted

PLANTED = read_planted(QUESTIONS / "planted.jsonl")


@pytest.fixture(scope="module")
def samples() -> Iterator[Assistant]:
    with opened(None, SAMPLES) as assistant:
        yield assistant


def test_every_original_stands_in_its_sample_plan_and_has_every_grade(samples: Assistant) -> None:
    texts = {d.source: d.text for d in samples.documents()}
    assert len(PLANTED) >= 40 and all(texts[p.source].count(p.original) == 1 for p in PLANTED)
    originals = {p.original for p in PLANTED}
    assert all([p.grade for p in PLANTED if p.original == o] == list(GRADES) for o in originals)


@pytest.mark.parametrize("planted", [p for p in PLANTED if p.grade != "subject"][::5], ids=lambda p: p.id)
def test_the_original_comes_first(samples: Assistant, planted: object) -> None:
    texts = {d.source: d.text for d in samples.documents()}
    row = next(p for p in PLANTED if p is planted)
    assert is_first(row, samples.precedents(row.text), texts)
    assert not is_first(row, samples.precedents("养老机构护理人员"), texts)


def test_an_accepted_clause_counts_and_so_does_one_below_it(samples: Assistant) -> None:
    groups = samples.precedents("溶剂型原料使用量比2020年减少35%以上").groups
    name = groups[0].quotations[0].citation
    parent = (name.source, *name.path[:-1])
    outcome = judge(Question("q", "precedent", "", frozenset({parent, ("没有.txt", "一")})), groups)
    assert (outcome.rank, outcome.recall) == (1, 0.5)
    assert judge(Question("q", "precedent", "", frozenset({("没有.txt", "一")})), groups).rank is None
