"""The command line against its machine-readable contract, in real processes and in ours."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import main
from tests.assistant.conftest import SAMPLES

PLAN = (
    "云泽市节能方案（示例）\n（征求意见稿）\n为节能，制定本方案。\n一、目标\n到2025年，单位产值能耗比2020年下降10%。\n二、措施\n"
    "（一）挥发性有机物整治工程。治理涂装废气。（市生态环境局牵头，市工信局配合）\n（二）绿色建筑工程。推广绿色建材。（市住建局负责）\n"
)


def policy(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


def lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def library(tmp_path: Path) -> str:
    """A library with one small plan."""
    file = tmp_path / "云泽.txt"
    file.write_text(PLAN, "utf-8")
    result = policy("add", str(file), "--library", str(tmp_path / "库"), "--json")
    assert result.exit_code == 0, result.output
    return str(tmp_path / "库")


def test_add_reports_every_file_and_one_bad_file_stops_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "文件"
    folder.mkdir()
    (folder / "甲.txt").write_text(PLAN, "gb18030")
    (folder / "乙.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (folder / "丙.txt").write_text("", "utf-8")
    (folder / "丁.md").write_text(PLAN, "utf-16")
    result = policy("add", str(folder), "--library", str(tmp_path / "库"), "--json")
    rows = {str(r["source"]): r for r in lines(result)}
    assert result.exit_code == 1
    assert {k: r["status"] for k, r in rows.items()} == {
        "甲.txt": "duplicate",
        "乙.txt": "failed",
        "丙.txt": "failed",
        "丁.md": "added",
    }
    assert rows["丁.md"]["error"] is None and rows["丁.md"]["clauses"] == 5
    assert all(set(r) >= {"source", "status", "document", "clauses", "error"} for r in rows.values())
    again = policy("add", str(folder / "丁.md"), "--library", str(tmp_path / "库"), "--json")
    assert [r["status"] for r in lines(again)] == ["unchanged"] and again.exit_code == 0


def test_an_edited_file_keeps_its_id_and_its_clause_ids(library: str, tmp_path: Path) -> None:
    before = {str(c["clause"]): c for c in lines(policy("clauses", "--library", library, "--json"))}
    (tmp_path / "云泽.txt").write_text(PLAN.replace("10%", "12%"), "utf-8")
    assert [r["status"] for r in lines(policy("add", str(tmp_path / "云泽.txt"), "--library", library, "--json"))] == ["updated"]
    after = {str(c["clause"]): c for c in lines(policy("clauses", "--library", library, "--json"))}
    assert list(before) == list(after)
    answer = lines(policy("ask", "单位产值能耗下降多少", "--library", library, "--json"))[0]
    assert "12%" in str(answer["text"]) and "10%" not in str(answer["text"])


def test_a_renamed_file_is_the_same_document_under_its_new_name(library: str, tmp_path: Path) -> None:
    (before,) = lines(policy("documents", "--library", library, "--json"))
    (tmp_path / "云泽.txt").rename(tmp_path / "新名.txt")
    (row,) = lines(policy("add", str(tmp_path / "新名.txt"), "--library", library, "--json"))
    (after,) = lines(policy("documents", "--library", library, "--json"))
    assert (row["status"], after["source"], after["document"]) == ("updated", "新名.txt", before["document"])


def test_a_file_that_becomes_the_same_as_another_leaves_nothing_old_behind(library: str, tmp_path: Path) -> None:
    other = tmp_path / "乙.txt"
    other.write_text(PLAN.replace("10%", "77%"), "utf-8")
    policy("add", str(other), "--library", library)
    other.write_text(PLAN, "utf-8")
    assert [r["status"] for r in lines(policy("add", str(other), "--library", library, "--json"))] == ["updated"]
    assert "77%" not in policy("clauses", "--library", library, "--json").stdout


def test_documents_and_clauses(library: str) -> None:
    (document,) = lines(policy("documents", "--library", library, "--json"))
    assert set(document) >= {
        "document",
        "source",
        "title",
        "doc_number",
        "issuer",
        "region",
        "date",
        "draft",
        "valid",
        "cites",
        "clauses",
    }
    assert (document["region"], document["draft"], document["source"]) == ("云泽市", True, "云泽.txt")
    clauses = lines(policy("clauses", "--document", str(document["document"]), "--library", library, "--json"))
    assert [c["path"] for c in clauses] == [["[前言]"], ["一"], ["二"], ["二", "一"], ["二", "二"]]
    keys = {"clause", "document", "source", "path", "label", "heading", "text", "start", "end", "responsibilities", "targets"}
    assert all(set(c) >= keys for c in clauses)
    assert all(PLAN[int(str(c["start"])) : int(str(c["end"]))] == c["text"] for c in clauses)
    duties = clauses[3]["responsibilities"]
    assert isinstance(duties, list) and [(d["unit"], d["role"]) for d in duties] == [
        ("市生态环境局", "lead"),
        ("市工信局", "support"),
    ]


def test_search_and_ask_from_standard_input(library: str) -> None:
    stdin = '{"id": "a", "query": "VOC"}\n这不是JSON\n\n{"id": "b", "query": ""}\n{"id": "c", "query": "绿色建材"}\n'
    result = policy("search", "-", "-k", "2", "--library", library, "--json", stdin=stdin)
    rows = lines(result)
    assert [(r["id"], "error" in r) for r in rows] == [("a", False), (2, True), ("b", True), ("c", False)]
    assert result.exit_code == 1
    hits = rows[0]["hits"]
    assert isinstance(hits, list) and hits[0]["path"] == ["二", "一"] and [h["rank"] for h in hits] == [1, 2]
    assert all(set(h) >= {"rank", "clause", "source", "path", "heading", "score", "quote"} for h in hits)
    assert all(h["quote"] in PLAN for h in hits)


def test_ask_quotes_what_stands_in_the_text(library: str) -> None:
    (answer,) = lines(policy("ask", "谁负责挥发性有机物整治", "--library", library, "--json"))
    assert set(answer) >= {"id", "question", "kind", "outcome", "text", "items", "citations"}
    assert (answer["kind"], answer["outcome"]) == ("who", "answered")
    (citation,) = answer["citations"]  # type: ignore[misc]
    assert citation["quote"] == PLAN[citation["start"] : citation["end"]] == "（市生态环境局牵头，市工信局配合）"
    (item,) = answer["items"]  # type: ignore[misc]
    assert [(u["unit"], u["role"], u["inherited"]) for u in item["units"]] == [
        ("市生态环境局", "lead", False),
        ("市工信局", "support", False),
    ]


def test_removal_takes_effect_at_once(library: str) -> None:
    (document,) = lines(policy("documents", "--library", library, "--json"))
    id = str(document["document"])
    assert lines(policy("remove", id, "无此", "--library", library, "--json")) == [
        {"document": id, "status": "removed"},
        {"document": "无此", "status": "missing"},
    ]
    (answer,) = lines(policy("ask", "谁负责挥发性有机物整治", "--library", library, "--json"))
    assert answer["outcome"] == "not_found" and "还没有文件" in str(answer["text"])
    assert lines(policy("search", "挥发性有机物", "--library", library, "--json"))[0]["hits"] == []


def test_region_scope(library: str) -> None:
    assert policy("ask", "谁负责绿色建筑", "--region", "云泽", "--library", library).exit_code == 0
    result = policy("ask", "谁负责绿色建筑", "--region", "海市", "--library", library)
    assert result.exit_code == 1 and "没有地区“海市”" in result.stderr and "云泽市" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ask"], "缺少参数"),
        (["ask", "x", "--nope"], "没有选项 --nope"),
        (["nope"], "没有命令 nope"),
        (["search", "x", "-k", "0"], "参数"),
        (["ask", "谁", "负责"], "多出了参数"),
        ([], "命令"),
    ],
)
def test_wrong_usage_is_a_sentence_and_exit_code_2(arguments: list[str], says: str) -> None:
    result = policy(*arguments)
    assert result.exit_code == 2
    assert says in result.output and "Error" not in result.output


@pytest.mark.parametrize(("question", "says"), [("", "为空"), ("？！", "为空"), ("问" * 10_000, "10000 个字")])
def test_questions_that_cannot_be_taken(library: str, question: str, says: str) -> None:
    for command in ("ask", "search", "precedents"):
        result = policy(command, question, "--library", library, "--json")
        assert result.exit_code == 1 and says in str(lines(result)[0]["error"])


def test_missing_files_and_unknown_models(tmp_path: Path, library: str) -> None:
    result = policy("add", str(tmp_path / "没有.txt"), "--library", library, "--json")
    assert result.exit_code == 1 and lines(result)[0]["status"] == "failed"
    result = policy("ask", "谁负责", "--encoder", str(tmp_path / "没有模型"), "--library", library)
    assert result.exit_code == 1 and "模型" in result.stderr


def test_the_real_command_prints_json_lines_only_and_imports_no_torch(tmp_path: Path) -> None:
    code = "import sys; from assistant.cli import main\ntry: main()\nfinally: sys.stderr.write(str('torch' in sys.modules or 'gradio' in sys.modules))"
    library = str(tmp_path / "库")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, *arguments, "--library", library, "--json"]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)

    added = run("add", str(SAMPLES))
    assert added.returncode == 0, added.stderr
    asked = run("ask", "谁负责挥发性有机物整治")
    answer = json.loads(asked.stdout)
    assert asked.returncode == 0 and asked.stderr.endswith("False")
    assert len({c["source"] for c in answer["citations"]}) >= 2
