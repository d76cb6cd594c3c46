"""What training is worth, measured over a small invented library: both trainings are told and taken back."""

from pathlib import Path

import pytest

from eval.adaptation import Groups, main, measure_training
from eval.corpora import Corpus
from eval.gold import Question
from index.adapt.fit import Schedule
from index.adapt.shelf import names
from tests.index.adapt.invented import WORLD, open_invented


def questions() -> list[Question]:
    return [Question(thing, "find", f"{thing}的安排", frozenset({("d0.txt", str(n * 10))})) for n, thing in enumerate(WORLD)]


def test_half_of_the_questions_are_answered_beforehand() -> None:
    groups = Groups.of(questions())
    assert set(groups.marked) | set(groups.others) == set(questions()) and groups.marked and groups.others
    assert not set(groups.marked) & set(groups.others)


def test_both_trainings_are_told_and_taken_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library = open_invented(tmp_path)
    corpus = Corpus(library, {c.id: (f"{c.document}.txt", *c.path) for c in library.clauses()})
    groups = Groups.of(questions())
    measure_training(corpus, groups, Schedule(steps=10, batch=64, rate=0.01))
    said = capsys.readouterr().out
    alone, marked = said.split("== 并标记")
    assert "标记过的问题与条款 0 对" in alone and "标记过的问题与条款 0 对" not in marked
    for part in (alone, marked):
        assert (
            "已采用" in part and f"标记过的问题：{len(groups.marked)} 问" in part and f"其余问题：{len(groups.others)} 问" in part
        )
    assert {m.question for m in library.marks()} == {q.text for q in groups.marked} and names(library) == ()


def test_missing_data_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shared", str(tmp_path)]) == 1 and "gold/find.dev.jsonl" in capsys.readouterr().err
