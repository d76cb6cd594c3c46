"""The command from end to end, over a small folder of laws and over the real plans."""

import io
import json
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from eval import suites
from eval.run import main
from eval.runs import read_run
from index.training.bank import Banked
from index.training.texts import Passage
from tests.shared import SHARED, needs_shared

LAWS = {
    "环境/林法(2019-01-01).md": "# 林法\n\n第一条 禁止盗伐林木，违者处以罚款。\n\n第二条 国家鼓励公民植树造林、绿化荒山。\n",
    "环境/林法(2001-01-01).md": "# 林法\n\n第一条 已经失效的旧条文，不应被检索到。\n",
    "环境/水法(2016-01-01).md": "# 水法\n\n第一条 一切单位和个人都有节约用水的义务。\n",
}
STATUTE = [
    {"id": 0, "query": "偷砍树要罚钱吗", "relevant": [{"article": "林法第一条", "text": "禁止盗伐林木，违者处以罚款。"}]},
    {"id": 1, "query": "谁要省水", "relevant": [{"article": "水法第一条", "text": "一切单位和个人都有节约用水的义务。"}]},
]
WRITTEN = [
    {
        "id": "w-1",
        "query": "村里的路谁来修",
        "relevant": [{"id": 18, "article": "某市报告", "text": "新建改建农村公路一百公里。"}],
    },
    {"id": "w-2", "query": "种树", "relevant": [{"id": 19, "article": "林法", "text": "国家鼓励公民植树造林、绿化荒山。"}]},
]


def _lines(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")


def _archive(path: Path, files: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:xz") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            tar.addfile(member, io.BytesIO(text.encode()))


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(suites, "read_bank", list)  # the texts of its questions are not here
    folder = tmp_path / "shared"
    _archive(folder / "laws" / "laws.tar.xz", LAWS)
    _archive(folder / "reports" / "reports.tar.xz", {})
    _lines(folder / "stard" / "queries.dev.jsonl", STATUTE)
    _lines(folder / "questions" / "written.jsonl", WRITTEN)
    return folder


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_articles_are_measured_by_what_is_held_out(shared: Path, tmp_path: Path) -> None:
    given = ("--shared", shared, "--on", "articles", "--library", tmp_path / "kept", "--out", tmp_path / "out")
    result = _run(*given)
    assert result.exit_code == 0, result.output
    run = read_run(tmp_path / "out" / "run.json")
    assert {r.set: [q.id for q in r.questions] for r in run.results} == {"statute": ["0"], "written": ["w-1"]}
    assert (run.corpora["articles"].documents, run.corpora["articles"].clauses) == (3, 4)
    assert [q.rank for r in run.results for q in r.questions] == [1, 1]
    assert "statute（Searcher）" in result.output
    assert (tmp_path / "out" / "report.md").is_file()
    assert _run(*given).exit_code == 0
    assert read_run(tmp_path / "out" / "run.json").results == run.results


def test_of_the_bank_only_what_is_held_out_is_asked(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held, trained, lost = (Banked(id, "work", "种树", "林法", f"{n:016x}") for id, n in (("h", 12), ("t", 13), ("l", 24)))
    passage = Passage("林法", "国家鼓励公民植树造林、绿化荒山。")
    monkeypatch.setattr(suites, "by_digest", lambda _: {one.digest: passage for one in (held, trained)})
    monkeypatch.setattr(suites, "read_bank", lambda: [held, trained])
    assert _run("--shared", shared, "--on", "articles", "--out", tmp_path).exit_code == 0
    asked = {r.set: [(q.id, q.rank) for q in r.questions] for r in read_run(tmp_path / "run.json").results}
    assert asked["bank"] == [("h", 1)]
    monkeypatch.setattr(suites, "read_bank", lambda: [held, lost])
    assert "题库中的问题 l " in _run("--shared", shared, "--on", "articles", "--out", tmp_path).stderr


def test_a_file_of_ones_own_is_measured_whole(shared: Path, tmp_path: Path) -> None:
    _lines(tmp_path / "own.jsonl", [*STATUTE, {"id": 2, "query": "农村公路", "relevant": WRITTEN[0]["relevant"]}])
    result = _run("--shared", shared, "--gold", tmp_path / "own.jsonl", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    (measured,) = read_run(tmp_path / "run.json").results
    assert (measured.set, [q.id for q in measured.questions]) == ("own", ["0", "1", "2"])
    _run("--shared", shared, "--gold", tmp_path / "own.jsonl", "--out", tmp_path, "--sample", 2)
    assert [q.id for q in read_run(tmp_path / "run.json").results[0].questions] == ["0", "1"]


def test_clauses_of_other_documents_are_measured(shared: Path, tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "方案.txt").write_text(
        "节能方案\n\n一、节水。推广节水器具。\n\n二、治气。收集废气。\n", encoding="utf-8"
    )
    row = {"id": "1", "kind": "find", "question": "节水器具", "clauses": [["方案.txt", "一"]]}
    _lines(tmp_path / "own.jsonl", [row])
    given = ("--shared", shared, "--gold", tmp_path / "own.jsonl", "--out", tmp_path)
    assert _run(*given, "--documents", tmp_path / "plans").exit_code == 0
    assert read_run(tmp_path / "run.json").results[0].questions[0].rank == 1
    lost = _run(*given)
    assert (lost.exit_code, "缺少：seeds" in lost.stderr) == (1, True)
    _lines(tmp_path / "own.jsonl", [row, row])
    assert "重复" in _run(*given, "--documents", tmp_path / "plans").stderr


def test_the_ablation_ends_with_the_product(shared: Path, tmp_path: Path) -> None:
    _lines(tmp_path / "own.jsonl", STATUTE)
    result = _run("ablation", "--shared", shared, "--gold", tmp_path / "own.jsonl", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    systems = [r.system for r in read_run(tmp_path / "run.json").results]
    assert len(systems) > 20
    assert systems[-1] == "Searcher"
    assert not any("地名优先" in system for system in systems if "：" not in system)  # these laws are of no place
    compared = _run("compare", tmp_path / "run.json", tmp_path / "run.json", "--systems", "BM25，两字", "Searcher")
    assert compared.exit_code == 0
    assert "own（BM25，两字 → Searcher，2 问）" in compared.output


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    result = _run("--shared", tmp_path, "--on", "articles")
    assert (result.exit_code, "laws/laws.tar.xz" in result.stderr) == (1, True)
    (tmp_path / "run.json").write_text("{}", encoding="utf-8")
    assert _run("compare", tmp_path / "run.json", tmp_path / "run.json").exit_code == 1
    assert _run("--on", "nothing").exit_code == 2


@needs_shared
def test_the_search_stays_as_good_as_it_was_measured(tmp_path: Path) -> None:
    """Five questions of 88 below the figures in docs/search.md."""
    result = _run("--shared", SHARED, "--on", "plans", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    (measured,) = read_run(tmp_path / "run.json").results
    assert len(measured.questions) == 88
    means = {m: sum(q.values[m] for q in measured.questions) / 88 for m in measured.measures}
    assert means["RR@10"] > 0.81
    assert means["Success@3"] > 0.85


@needs_shared
def test_the_responsibilities_of_two_plans_are_all_right(tmp_path: Path) -> None:
    result = _run("--shared", SHARED, "--on", "answers", "--sample", 3, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    results = {r.set: r for r in read_run(tmp_path / "run.json").results}
    assert {name: len(r.questions) for name, r in results.items()} == {
        "answers plans": 3,
        "responsibility": 52,
        "answers samples": 3,
    }
    assert all(set(q.values.values()) == {1.0} for q in results["responsibility"].questions)
