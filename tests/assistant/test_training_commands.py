"""`policy feedback` and `policy train` against their contract, over the real encoder."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import main
from assistant.config import Settings
from assistant.service import open_assistant
from assistant.training import outcome_json, outcome_text
from index.adapt import adaptation
from index.adapt.adaptation import Outcome, Verdict
from index.adapt.fit import Schedule
from index.adapt.measure import Change
from tests.index.adapt.invented import open_invented

QUESTION = "谁负责涂装废气"
PLAN = (
    "云泽市节能方案（示例）\n为节能，制定本方案。\n一、目标\n到2025年，单位产值能耗比2020年下降10%。\n二、措施\n治理涂装废气。\n"
)


def policy(*arguments: str, library: Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [*arguments, "--library", str(library)], input=stdin)


def lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    file = tmp_path / "云泽.txt"
    file.write_text(PLAN, "utf-8")
    assert policy("add", str(file), library=tmp_path / "库").exit_code == 0
    return tmp_path / "库"


@pytest.fixture
def clause(library: Path) -> str:
    (found,) = [str(row["clause"]) for row in lines(policy("clauses", "--json", library=library)) if row["path"] == ["二"]]
    return found


def test_a_mark_is_kept_listed_changed_and_removed(library: Path, clause: str) -> None:
    (said,) = lines(policy("feedback", QUESTION, clause, "--good", "--json", library=library))
    assert said["status"] == "recorded" and said["label"] == "《云泽市节能方案（示例）》二、措施"
    (listed,) = lines(policy("feedback", "--list", "--json", library=library))
    assert {"number", "question", "clause", "good", "label", "used"} <= set(listed) and listed["good"] is True
    policy("feedback", QUESTION, clause, "--bad", library=library)
    (changed,) = lines(policy("feedback", "--list", "--json", library=library))
    assert changed["good"] is False, "one mark for a question and a clause"
    people = policy("feedback", "--list", library=library).stdout
    assert "不对" in people and QUESTION in people and "二、措施" in people
    number = str(changed["number"])
    assert lines(policy("feedback", "--remove", number, "--json", library=library)) == [
        {"number": int(number), "status": "removed"}
    ]
    again = policy("feedback", "--remove", number, library=library)
    assert again.exit_code == 1 and "没有序号" in again.stdout
    assert "还没有标记" in policy("feedback", "--list", library=library).stdout


def test_lines_of_stdin_are_marked_one_by_one_and_a_bad_one_stops_nothing(library: Path, clause: str) -> None:
    rows = [
        json.dumps({"id": "a", "question": QUESTION, "clause": clause, "good": True}),
        "没有括号",
        json.dumps({"id": "b", "question": QUESTION, "clause": "无此条款", "good": True}),
        json.dumps({"id": "c", "question": QUESTION, "clause": clause, "good": "是"}),
        json.dumps({"id": "d", "question": " ", "clause": clause, "good": True}),
        json.dumps({"id": "e", "question": "另一问", "clause": clause, "good": False}),
    ]
    result = policy("feedback", "-", "--json", library=library, stdin="\n".join(rows))
    found = lines(result)
    assert result.exit_code == 1 and [row["id"] for row in found] == ["a", 2, "b", "c", "d", "e"]
    assert [("status" in row, "error" in row) for row in found] == [(True, False), *[(False, True)] * 4, (True, False)]
    assert "第 2 行" in str(found[1]["error"]) and "没有条款" in str(found[2]["error"])
    assert len(lines(policy("feedback", "--list", "--json", library=library))) == 2


@pytest.mark.parametrize(
    "arguments", [(), (QUESTION,), (QUESTION, "x"), ("--list", "--remove", "1"), (QUESTION, "x", "--good", "--list")]
)
def test_wrong_usage_is_told_apart(library: Path, arguments: tuple[str, ...]) -> None:
    assert policy("feedback", *arguments, library=library).exit_code == 2


def test_a_mark_outlives_its_document(library: Path, clause: str, tmp_path: Path) -> None:
    policy("feedback", QUESTION, clause, "--good", library=library)
    policy("remove", clause.partition(":")[0], library=library)
    (gone,) = lines(policy("feedback", "--list", "--json", library=library))
    assert gone["used"] is False and gone["label"] is None
    assert "训练时不计" in policy("feedback", "--list", library=library).stdout
    policy("add", str(tmp_path / "云泽.txt"), library=library)
    (back,) = lines(policy("feedback", "--list", "--json", library=library))
    assert back["used"] is True and back["clause"] == clause


def test_training_says_by_how_much_and_undo_goes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adaptation, "DEFAULT", Schedule(steps=10, batch=64, rate=0.01))
    library = tmp_path / "库"
    open_invented(library).close()
    before = lines(policy("search", "海洋牧场怎么办", "--json", library=library))
    (row,) = lines(policy("train", "--json", library=library))
    assert row["status"] == "adopted" and row["whole"]["low"] > 0 and row["learnt"]["heading"] > 0  # type: ignore[index]
    after = lines(policy("search", "海洋牧场怎么办", "--json", library=library))
    assert after != before
    assert lines(policy("train", "--undo", "--json", library=library)) == [{"status": "undone"}]
    assert lines(policy("search", "海洋牧场怎么办", "--json", library=library)) == before
    assert "没有可恢复的" in policy("train", "--undo", library=library).stdout


def test_the_users_own_terms_are_learnt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terms = tmp_path / "自备.jsonl"
    terms.write_text('{"say": ["黑烟车", "冒烟车"], "official": ["高排放机动车"]}\n', "utf-8")
    monkeypatch.setenv("POLICY_TERMS", str(terms))
    monkeypatch.setattr(adaptation, "DEFAULT", Schedule(steps=1))
    library = tmp_path / "库"
    open_invented(library).close()
    (row,) = lines(policy("train", "--json", library=library))
    assert row["learnt"]["term"] == 2  # type: ignore[index]


def test_a_library_too_small_and_another_encoder_are_refused(library: Path) -> None:
    small = policy("train", library=library)
    assert small.exit_code == 0 and "没有训练" in small.stdout
    other = policy("train", "--encoder", "某模型", library=library)
    assert other.exit_code == 1 and "只有内置编码器" in other.stderr and "--encoder builtin" in other.stderr


def test_training_does_not_see_other_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adaptation, "DEFAULT", Schedule(steps=10, batch=64, rate=0.01))
    for name in ("甲", "乙"):
        open_invented(tmp_path / name).close()
    before = lines(policy("search", "海洋牧场怎么办", "--json", library=tmp_path / "乙"))
    assert lines(policy("train", "--json", library=tmp_path / "甲"))[0]["status"] == "adopted"
    assert lines(policy("search", "海洋牧场怎么办", "--json", library=tmp_path / "乙")) == before


def test_an_assistant_at_work_takes_up_the_new_encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adaptation, "DEFAULT", Schedule(steps=10, batch=64, rate=0.01))
    open_invented(tmp_path / "库").close()
    working = open_assistant(Settings(library=tmp_path / "库"))
    before = working.search("海洋牧场怎么办")
    assert lines(policy("train", "--json", library=tmp_path / "库"))[0]["status"] == "adopted"
    assert [hit.why.cosine for hit in working.search("海洋牧场怎么办")] != [hit.why.cosine for hit in before]
    working.undo_training()
    assert working.search("海洋牧场怎么办") == before
    working.library.close()


GOOD, NOTHING = Change(100, 0.5, 0.6, 0.05, 0.15), Change(0, 0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("adopted", "已采用"),
        ("too_little", "没有训练"),
        ("no_gain", "没有采用"),
        ("part_lost", "没有采用"),
        ("forgets", "通用能力下降"),
        ("not_better", "不如正在使用的"),
    ],
)
def test_every_verdict_is_a_sentence_with_its_figures(verdict: Verdict, said: str) -> None:
    measured = verdict != "too_little"
    outcome = Outcome(
        verdict,
        {"cloze": 7},
        {"cloze": GOOD} if measured else {},
        GOOD if measured else NOTHING,
        GOOD,
        GOOD if measured else None,
    )
    text = outcome_text(outcome)
    assert said in text.splitlines()[-1] and "句子与上下文 7 对" in text and "自备词表的说法与规范用语 0 对" in text
    assert ("+0.100，+0.050 至 +0.150" in text) == measured
    assert outcome_json(outcome)["status"] == ("adopted" if verdict == "adopted" else "kept")
