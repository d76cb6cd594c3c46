"""The measure of the answers: what counts as right, and that the sample questions can be measured."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.types import Answer, Citation, Item, UnitRole
from eval.answers import Wanted, fold, judge, main, read_gold, table

ROOT = Path(__file__).resolve().parents[2]
SAMPLES, QUESTIONS = ROOT / "corpus" / "samples", ROOT / "eval" / "questions" / "samples.jsonl"

LEAD, SUPPORT, BELOW = (
    UnitRole("市港务局", "lead", False),
    UnitRole("市档案局", "support", False),
    UnitRole("市水运中心", "responsible", True),
)
WANTED = Wanted(
    "x",
    "who",
    "问",
    (("甲.txt", ("三", "二")),),
    frozenset({"市港务局", "市档案局"}),
    frozenset({"市港务局"}),
    ("5％",),
    ("甲市",),
    "",
)


def _citation(source: str, *path: str) -> Citation:
    return Citation(1, "c", "d", source, "题", None, path, "三、（二）", 0, 1, "文")


def _answer(
    *citations: Citation, units: tuple[UnitRole, ...] = (LEAD, SUPPORT, BELOW), values: tuple[str, ...] = ("5%",)
) -> Answer:
    item = Item("d", "甲.txt", None, ("三", "二"), "三、（二）", units, values, "文", (1,))
    return Answer("问", "who", "answered", "文[1]", (item,), citations or (_citation("甲.txt", "三", "二"),))


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        (_answer(), ()),
        (_answer(_citation("甲.txt", "三", "二", "1")), ()),
        (_answer(_citation("甲.txt", "三")), ("clauses",)),
        (_answer(_citation("甲.txt", "三", "二"), _citation("乙.txt", "一")), ("clauses",)),
        (_answer(units=(LEAD, SUPPORT, UnitRole("各县政府", "responsible", False))), ()),
        (_answer(units=(LEAD,)), ("units",)),
        (_answer(units=(LEAD, replace(SUPPORT, role="lead"))), ("units",)),
        (_answer(units=(LEAD, SUPPORT, UnitRole("市水务局", "support", False))), ("units",)),
        (_answer(values=("14.5%",)), ("values",)),
        (replace(_answer(), kind="find"), ("kind",)),
        (None, ("kind", "outcome", "clauses", "units", "values")),
    ],
)
def test_each_aspect_is_judged_by_itself(answer: Answer | None, wrong: tuple[str, ...]) -> None:
    assert judge(WANTED, answer).wrong == wrong


def test_other_documents_are_welcome_where_no_city_is_named() -> None:
    answer = _answer(_citation("甲.txt", "三", "二"), _citation("乙.txt", "一"))
    assert judge(replace(WANTED, regions=()), answer).wrong == ()


@pytest.mark.parametrize(("rank", "wrong"), [(3, ()), (4, ("clauses",))])
def test_a_passage_must_stand_among_the_first_three(rank: int, wrong: tuple[str, ...]) -> None:
    citations = [_citation("乙.txt", "一")] * (rank - 1) + [_citation("甲.txt", "三", "二")]
    wanted = replace(WANTED, kind="find", units=frozenset(), leads=frozenset(), values=())
    assert judge(wanted, replace(_answer(*citations), kind="find")).wrong == wrong


def test_a_question_without_answer_must_be_declined_without_figures() -> None:
    wanted, declined = replace(WANTED, kind="none"), replace(_answer(), outcome="not_found", items=())
    assert judge(wanted, declined).wrong == ()
    assert judge(wanted, replace(_answer(), outcome="not_found")).wrong == ("outcome",)
    assert judge(wanted, replace(declined, outcome="answered")).wrong == ("outcome",)


def test_inherited_bodies_count_where_their_tasks_are_asked_for() -> None:
    wanted = replace(WANTED, kind="tasks", units=frozenset({"市水运中心"}), leads=frozenset())
    assert judge(wanted, replace(_answer(), kind="tasks")).wrong == ()


def test_full_width_figures_are_the_same_figures() -> None:
    assert fold("＜80 ％") == "<80%"


def test_table_gives_shares_by_kind_and_in_total() -> None:
    lines = table([judge(WANTED, _answer()), judge(WANTED, _answer(values=()))]).splitlines()
    assert lines[1].split() == ["who", "2", "1.000", "1.000", "1.000", "1.000", "0.500", "0.500"]
    assert lines[-1].split()[0] == "total"
    with pytest.raises(ValueError):
        table([])


def test_sample_questions_name_clauses_and_words_of_the_samples() -> None:
    questions = read_gold(QUESTIONS)
    assert len({q.id for q in questions}) == len(questions) == 80
    for source, _ in {clause for q in questions for clause in q.clauses}:
        assert (SAMPLES / source).is_file()


def test_command_measures_the_samples(tmp_path: Path) -> None:
    chosen = {"who-002", "lead-001", "tasks-002", "target-001", "none-002"}
    lines = [line for line in QUESTIONS.read_text(encoding="utf-8").splitlines() if json.loads(line)["id"] in chosen]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(lines), encoding="utf-8")
    result = CliRunner().invoke(main, ["--gold", str(gold), "--documents", str(SAMPLES), "--failures"])
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1].split() == ["total", "5"] + ["1.000"] * 6, result.output
