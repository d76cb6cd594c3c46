"""Old versions and corrected facts on the command line, against the machine-readable contract."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assistant.cli import main
from tests.versioned import DRAFT, ISSUED, LATER, SECRET, TITLE, write


@pytest.fixture
def library(tmp_path: Path) -> str:
    """A library with a draft, the issued text and a later one, added in another order."""
    paths = write(tmp_path / "文件", ISSUED, LATER, DRAFT)
    rows = lines(run(str(tmp_path / "库"), "add", *map(str, paths), "--json"))
    assert [r["status"] for r in rows] == ["added", "updated", "updated"]
    assert rows[0]["told"] is None and "新版本" in rows[1]["told"] and "旧版本保存" in rows[2]["told"]
    assert rows[1]["document"] == rows[0]["document"] != rows[2]["document"]
    return str(tmp_path / "库")


def run(library: str, *arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [*arguments, "--library", library], input=stdin)


def lines(result: Result) -> list[Any]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def ids(library: str) -> dict[str, str]:
    """Source → id, of all versions."""
    return {r["source"]: r["document"] for r in lines(run(library, "documents", "--versions", "--json"))}


def test_documents_tell_their_versions(library: str) -> None:
    (row,) = lines(run(library, "documents", "--json"))
    assert (row["source"], row["version"], row["versions"], row["current"], row["corrected"]) == (LATER, 3, 3, True, [])
    every = {r["source"]: r for r in lines(run(library, "documents", "--versions", "--json"))}
    assert {s: (r["version"], r["current"]) for s, r in every.items()} == {
        DRAFT: (1, False),
        ISSUED: (2, False),
        LATER: (3, True),
    }
    assert [r["source"] for r in lines(run(library, "versions", TITLE, "--json"))] == [DRAFT, ISSUED, LATER]
    assert "第 1 版（共 3 版，旧版本）" in run(library, "versions", every[DRAFT]["document"]).stdout


@pytest.mark.parametrize(
    ("command", "text"), [("search", f"建设{SECRET}"), ("ask", f"{SECRET}有多少处"), ("precedents", f"建设{SECRET}36处。")]
)
def test_old_versions_are_found_only_where_they_are_asked_for(library: str, command: str, text: str) -> None:
    old = ids(library)[DRAFT]
    key = {"search": "hits", "ask": "citations", "precedents": "groups"}[command]
    (without,) = lines(run(library, command, text, "--json"))
    assert old not in json.dumps(without[key]) and SECRET not in json.dumps(without[key], ensure_ascii=False)
    (found,) = lines(run(library, command, text, "--versions", "--json"))
    assert old in json.dumps(found[key]) and SECRET in json.dumps(found[key], ensure_ascii=False)
    (batch,) = lines(run(library, command, "-", "--versions", "--json", stdin=json.dumps({"text": text}) + "\n"))
    assert batch[key] == found[key]


def test_a_hit_in_an_old_version_is_marked(library: str) -> None:
    (row,) = lines(run(library, "search", SECRET, "--versions", "-k", "1", "--json"))
    assert row["hits"][0]["old"] is True
    assert f"{DRAFT}（旧版本）" in run(library, "search", SECRET, "--versions", "-k", "1").stdout
    assert "旧版本" not in run(library, "search", "改造老旧管网").stdout


def test_one_document_is_compared_with_its_version_before(library: str) -> None:
    names = ids(library)
    said = run(library, "compare", TITLE).stdout
    assert said == run(library, "compare", names[ISSUED], names[LATER]).stdout and "【-120公里】" in said
    first = run(library, "compare", names[DRAFT])
    assert first.exit_code == 1 and "没有更早的版本" in first.stderr


def test_clauses_of_old_versions(library: str) -> None:
    names = ids(library)
    assert {c["source"] for c in lines(run(library, "clauses", "--json"))} == {LATER}
    assert {c["source"] for c in lines(run(library, "clauses", "--versions", "--json"))} == {DRAFT, ISSUED, LATER}
    whole = lines(run(library, "clauses", "--document", names[LATER], "--versions", "--json"))
    assert {c["source"] for c in whole} == {DRAFT, ISSUED, LATER}  # the document with all its versions
    (only,) = {c["document"] for c in lines(run(library, "clauses", "--document", names[DRAFT], "--versions", "--json"))}
    assert only == names[DRAFT]
    refused = run(library, "clauses", "--document", names[DRAFT])
    assert refused.exit_code == 1 and "--versions" in refused.stderr


def test_compare(library: str) -> None:
    names = ids(library)
    rows = lines(run(library, "compare", names[DRAFT], names[LATER], "--json"))
    assert all(set(r) == {"status", "renumbered", "similarity", "old", "new", "pieces"} for r in rows)
    assert {r["status"] for r in rows} == {"same", "changed", "removed"}
    (removed,) = [r for r in rows if r["status"] == "removed"]
    assert SECRET in removed["old"]["text"] and removed["new"] is None
    (changed,) = [r for r in rows if r["status"] == "changed" and r["old"]["path"] == ["二", "一"]]
    assert [p["text"] for p in changed["pieces"] if p["kind"] != "kept"] == ["120公里", "150公里"]
    assert changed["new"]["document"] == names[LATER]
    text = run(library, "compare", DRAFT, LATER).stdout
    assert "改造老旧管网【-120公里】【+150公里】" in text and "删除  " in text and "未变  " not in text
    assert "未变  " in run(library, "compare", DRAFT, LATER, "--all").stdout
    failed = run(library, "compare", DRAFT, "没有", "--json")
    assert failed.exit_code == 1 and "没有文件" in json.loads(failed.stdout)["error"]


def test_a_correction_is_told_and_followed(library: str) -> None:
    id = ids(library)[LATER]
    (row,) = lines(run(library, "correct", id, "--region", "松陵市", "--number", "松政〔2023〕6号", "--json"))
    assert (row["document"], row["status"], row["region"], row["doc_number"]) == (id, "corrected", "松陵市", "松政〔2023〕6号")
    assert row["corrected"] == ["doc_number", "region"]
    assert row["corrections"][1] == {"field": "region", "read": "云泽市", "value": "松陵市"}
    (document,) = lines(run(library, "documents", "--json"))
    assert document["region"] == "松陵市" and document["corrected"] == ["doc_number", "region"]
    assert lines(run(library, "search", "管网改造", "--region", "松陵", "--json"))[0]["hits"]
    assert "人工更正：文号、地区" in run(library, "documents").stdout
    (undone,) = lines(run(library, "correct", id, "--undo", "--json"))
    assert (undone["status"], undone["region"], undone["corrected"]) == ("undone", "云泽市", [])
    assert lines(run(library, "correct", id, "--undo", "--json"))[0]["status"] == "nothing"


def test_a_correction_may_make_an_old_version_current(library: str) -> None:
    names = ids(library)
    (row,) = lines(run(library, "correct", names[ISSUED], "--date", "2024年1月1日", "--json"))
    assert (row["document"], row["source"], row["current"], row["version"]) == (names[LATER], ISSUED, True, 3)
    assert [d["source"] for d in lines(run(library, "documents", "--json"))] == [ISSUED]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--date", "去年"), 1, "不是日期"),
        (("--region", "吉林"), 1, "请写全称"),
        (("--title", ""), 1, "不能为空"),
        ((), 2, "请写明要更正的信息"),
        (("--undo", "--region", "云泽市"), 2, "二者取一"),
    ],
)
def test_a_correction_that_cannot_be_taken(library: str, arguments: tuple[str, ...], code: int, says: str) -> None:
    result = run(library, "correct", LATER, *arguments)
    assert result.exit_code == code and says in result.output


def test_removal_of_one_version_and_of_all(library: str) -> None:
    names = ids(library)
    assert lines(run(library, "remove", names[DRAFT], "--json")) == [{"document": names[DRAFT], "status": "removed"}]
    assert set(ids(library)) == {ISSUED, LATER}
    assert lines(run(library, "remove", names[LATER], "--json"))[0]["status"] == "removed"
    assert ids(library) == {}
