"""What was removed, and what became an old version, is in nothing the assistant says or writes from that moment on."""

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from docx import Document as Word
from openpyxl import load_workbook

from assistant.config import Settings
from assistant.export import answers_xlsx, duties_docx, duties_xlsx
from assistant.precedents.types import Pick
from assistant.service import Assistant, open_assistant
from assistant.types import Answer
from corpus.errors import LibraryError
from index.adapt.examples import chosen_clauses, mark_examples
from index.base import Scope
from tests.versioned import TITLE, plan

# stand in the text that goes away, and nowhere else
SIGNS = ("雨水花园", "海绵城市", "城市管理局", "征求意见")
MORE = (
    "（三）海绵城市。建设雨水花园36处，2024年6月底前完成。（市城市管理局牵头）\n"
    "附件1\n海绵城市建设目标表\n| 地区 | 雨水花园数量（处） |\n| --- | --- |\n| 东川县 | 21 |\n| 西川县 | 15 |\n"
)
Case = Literal["removed", "old"]
Says = Callable[[Assistant], str]


def asked(question: str) -> Says:
    """What an answer rests on: it may name what was looked for."""

    def says(assistant: Assistant) -> str:
        answer = assistant.ask(question)
        return repr((answer.items, answer.citations))

    return says


def sheets(data: bytes) -> str:
    return repr([list(sheet.values) for sheet in load_workbook(io.BytesIO(data))])


def paragraphs(data: bytes) -> str:
    word = Word(io.BytesIO(data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in word.paragraphs), *cells])


def across(assistant: Assistant) -> str:
    """From a clause of the document that stays."""
    staying = next(d for d in assistant.documents() if d.source == "留.txt")
    clause = assistant.clauses(staying.id)[-1]
    return repr(assistant.across(staying.id, clause.id).counterparts)


def batch(assistant: Assistant) -> str:
    """Without the column of questions."""
    answers: list[tuple[str, Answer | str]] = [("问", a) for _, a in assistant.ask_all(["谁负责海绵城市建设"])]
    quotes = [c.quote + c.label for _, a in answers if isinstance(a, Answer) for c in a.citations]
    return sheets(answers_xlsx([("问", a) for _, a in answers])) if quotes else ""


SAYS: dict[str, Says] = {
    "who": asked("谁负责海绵城市建设"),
    "lead": asked("海绵城市建设由谁牵头"),
    "tasks": asked("市城市管理局有哪些任务"),
    "when": asked("雨水花园什么时候建成"),
    "target": asked("雨水花园要建多少处"),
    "table": asked("东川县雨水花园数量是多少"),
    "compare": asked("各地雨水花园数量对比"),
    "find": asked("海绵城市有什么要求"),
    "precedent": asked("哪些文件有“建设雨水花园36处”的表述"),
    "meta": asked("哪些文件还是征求意见稿"),
    "search": lambda a: repr([a.clause(h.document, h.clause).text for h in a.search("建设雨水花园")]),
    "precedents": lambda a: repr(a.precedents("建设雨水花园20处", 10).groups),
    "draft check": lambda a: repr([s.nearest for s in a.against_draft("建设雨水花园36处。").sentences]),
    "across": across,
    "duties": lambda a: repr(a.duties()),
    "duties in Excel": lambda a: sheets(duties_xlsx(a.duties())),
    "duties in Word": lambda a: paragraphs(duties_docx(a.duties())),
    "batch": batch,
    "documents": lambda a: repr(a.documents()),
    "clauses": lambda a: repr(a.clauses()),
    "training": lambda a: repr(chosen_clauses(a.library)),
}


def settled(folder: Path) -> tuple[Assistant, str, Path]:
    """An assistant of two documents, the id of the one that goes away, and its file."""
    going, staying = folder / "去.txt", folder / "留.txt"
    going.write_text(plan(f"{TITLE}（征求意见稿）", date="2022年3月1日", more=MORE), "utf-8")
    staying.write_text(
        plan("松陵市节水行动方案", "松陵市水利局", more="（三）屋顶绿化。建设屋顶花园30处。（市园林局负责）\n"), "utf-8"
    )
    assistant = open_assistant(Settings(library=folder / "库"))
    first, _ = assistant.add([going, staying])
    assistant.refresh()
    assert first.document is not None
    return assistant, first.document, going


def goes(assistant: Assistant, id: str, file: Path, case: Case) -> None:
    """The document is removed, or an issued text takes its place."""
    if case == "removed":
        assert assistant.remove(id)
        return
    file.with_name("印发.txt").write_text(plan(), "utf-8")
    (outcome,) = assistant.add([file.with_name("印发.txt")])
    assert (outcome.status, outcome.document) == ("updated", id)


@pytest.fixture(scope="module", params=["removed", "old"])
def said(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, str], ...]]:
    """What each way of asking says before, and at once after."""
    assistant, id, file = settled(tmp_path_factory.mktemp(request.param))
    before = {name: says(assistant) for name, says in SAYS.items()}
    goes(assistant, id, file, request.param)
    yield before, {name: says(assistant) for name, says in SAYS.items()}
    assistant.library.close()


@pytest.mark.parametrize("way", SAYS)
def test_nothing_says_it_any_more(said: tuple[dict[str, str], dict[str, str]], way: str) -> None:
    before, after = said
    assert any(sign in before[way] for sign in SIGNS), before[way]
    assert not [sign for sign in SIGNS if sign in after[way]]


@pytest.mark.parametrize("case", ["removed", "old"])
def test_marks_baskets_and_other_processes(tmp_path: Path, case: Case) -> None:
    assistant, id, file = settled(tmp_path)
    other = open_assistant(assistant.settings)
    hit = other.search("建设雨水花园")[0]
    assert hit.document == id
    mark = assistant.mark("谁建雨水花园", hit.clause, good=True)
    document = assistant.document(id)
    start = document.text.index("建设雨水花园")
    pick = Pick(id, start, start + 10, document.text[start : start + 10])
    assert assistant.collected([pick])[0].quotation and list(mark_examples(assistant.library, [mark]))
    goes(assistant, id, file, case)
    for each in (assistant, other):
        (found,) = each.collected([pick])
        assert found.quotation is None and found.problem.endswith("。")
        assert "雨水花园" not in paragraphs(each.basket_docx([pick]))
        assert "雨水花园" not in repr([h.document for h in each.search("建设雨水花园")] + [d.text for d in each.documents()])
        assert hit.clause not in [h.clause for h in each.search("建设雨水花园")]
        assert list(mark_examples(each.library, [mark])) == [] and each.marks() == [mark]
        with pytest.raises(LibraryError, match="没有条款"):
            each.mark("谁建雨水花园", hit.clause, good=True)


@pytest.mark.parametrize("case", ["removed", "old"])
def test_a_process_that_was_open_all_the_time(tmp_path: Path, case: Case) -> None:
    assistant, id, file = settled(tmp_path)
    program = (
        "import sys; from pathlib import Path; from assistant.config import Settings; from assistant.service import open_assistant\n"
        f"a = open_assistant(Settings(library=Path({str(assistant.library.path)!r})))\n"
        "say = lambda: print('36处' in repr(a.ask('雨水花园要建多少处').citations), flush=True)\n"
        "say(); sys.stdin.readline(); say()\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdin is not None
        assert process.stdout.readline() == "True\n"
        goes(assistant, id, file, case)
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "False\n"


def test_an_old_version_is_there_where_it_is_asked_for(tmp_path: Path) -> None:
    assistant, id, file = settled(tmp_path)
    goes(assistant, id, file, "old")
    old = assistant.versions(id)[0].document
    scope = Scope(versions=True)
    for question in ("谁负责海绵城市建设", "雨水花园要建多少处", "海绵城市有什么要求", "市城市管理局有哪些任务"):
        cited = [c for c in assistant.ask(question, scope).citations if c.document == old]
        assert cited and all(c.old for c in cited)
    assert assistant.search("建设雨水花园", 1, scope)[0].document == old
    (group, *_) = assistant.precedents("建设雨水花园36处", 10, scope).groups
    assert all("旧版本" in q.line and q.citation.old for q in group.quotations)
    assert {d.document for d in assistant.duties(scope) if d.old} == {old}
    assert any("（旧版本）" in d.source for d in assistant.duties(scope))
    only = Scope(frozenset({old}), versions=True)
    assert {h.document for h in assistant.search("管网改造", 10, only)} == {old}
    assert assistant.search("管网改造", 10, Scope(frozenset({old}))) == []


@pytest.mark.parametrize("case", ["removed", "old version removed"])
def test_no_trace_is_left_in_the_index_folder(tmp_path: Path, case: str) -> None:
    assistant, id, file = settled(tmp_path)
    if case == "removed":
        goes(assistant, id, file, "removed")
    else:
        goes(assistant, id, file, "old")
        assistant.refresh()
        assert traces(assistant)
        assert assistant.remove(assistant.versions(id)[0].document)
    assistant.refresh()
    assert traces(assistant) == []


def traces(assistant: Assistant) -> list[str]:
    """The files of the index folder that hold a word, or part of a word, of the text that went away."""
    codes = ("utf-8", "utf-16-le", "utf-32-le", "unicode_escape")
    words = [word.encode(code) for word in ("雨水花园", "海绵", "绵城") for code in codes]
    files = [path for path in (assistant.library.path / "index").rglob("*") if path.is_file()]
    return [path.name for path in files if any(word in path.read_bytes() for word in words)]
