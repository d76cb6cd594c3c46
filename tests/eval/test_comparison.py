import pytest

from corpus.errors import PolicyError
from eval.comparison import changes, compare, table, warnings
from eval.runs import Result
from tests.eval.fakes import asked, result, run

BEFORE = run(result({"a": 1, "b": 2, "c": None, "d": 4, "lone": 1}))
AFTER = run(result({"d": 4, "c": 1, "b": 4, "a": 1}))


def test_questions_are_paired_by_themselves() -> None:
    (compared,) = compare(BEFORE, AFTER)
    found = compared.differences()["RR@10"]
    assert (found.before, found.after) == ((1 + 1 / 2 + 0 + 1 / 4) / 4, (1 + 1 / 4 + 1 + 1 / 4) / 4)
    assert compared.lone == 1
    assert "另有 1 问只在一方" in table(compared).title


def test_changed_questions_with_their_ranks_greatest_loss_first() -> None:
    (compared,) = compare(BEFORE, AFTER)
    head, *lines = changes(compared, 10)
    assert head == "有变化的 2 问：变差 1，变好 1"
    assert [line.split("，")[0].strip() for line in lines] == ["第 2 → 4 位", "第 — → 1 位"]
    assert lines[0].endswith("b  问题b")
    assert len(changes(compared, 1)) == 2


def test_of_many_changes_both_ends_are_shown() -> None:
    ranks = range(2, 12)
    (compared,) = compare(run(result({f"q{n:02}": n for n in ranks})), run(result({f"q{n:02}": 13 - n for n in ranks})))
    shown = [line.split()[-2] for line in changes(compared, 4)[1:]]
    assert shown == ["q02", "q03", "q10", "q11"]


def test_two_ways_of_one_run() -> None:
    both = run(result({"a": 2}, "甲"), result({"a": 1}, "乙"))
    (compared,) = compare(both, both, ("甲", "乙"))
    assert compared.differences()["RR@10"].value == 0.5
    assert "甲 → 乙" in table(compared).title


def test_answers_say_what_became_right_and_wrong() -> None:
    before = run(Result("answers", "Assistant", "plans", (asked("a", None, units=1.0, values=0.0),)))
    after = run(Result("answers", "Assistant", "plans", (asked("a", None, units=0.0, values=1.0),)))
    assert changes(compare(before, after)[0], 5)[1].split()[:2] == ["-单位", "+数值"]


def test_nothing_in_common_is_said() -> None:
    with pytest.raises(PolicyError, match=r"plans（Searcher）.*written（Searcher）"):
        compare(BEFORE, run(result({"a": 1}, set="written")))
    with pytest.raises(PolicyError, match="没有可以对照"):
        compare(BEFORE, run(result({"z": 1})))


def test_other_texts_are_warned_of() -> None:
    assert list(warnings(BEFORE, AFTER)) == []
    (line,) = warnings(BEFORE, run(result({"a": 1}), state="t" * 64))
    assert "plans" in line
