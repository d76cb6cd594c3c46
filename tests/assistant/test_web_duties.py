"""The list of duties: narrowing, order, pages; questions in bulk."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from assistant.export import COLUMNS, cells_of, duties_xlsx
from assistant.service import Assistant
from assistant.types import Answer
from assistant.web.batch_tab import batch_html
from assistant.web.duties_tab import duty_rows
from assistant.web.duty_table import PAGE, Narrowing, meant_units, narrowed, pages, render_duties, unit_choices
from index.base import EVERYTHING, Scope
from tests.assistant.fake_assistant import DOCUMENTS, SCRIPT, VOC, FakeAssistant, duties_of
from tests.assistant.page_text import Seen

ALL = duties_of(DOCUMENTS)
FEW = [each for each in ALL if "巡查" not in each.task]
HOSTILE = "=1+1" + SCRIPT


@pytest.mark.parametrize(
    ("wanted", "tasks"),
    [
        (Narrowing(), [HOSTILE, f"{VOC}行动", VOC, "农业农村节能减排"]),
        (Narrowing(("市生态环境局",)), [HOSTILE, f"{VOC}行动", VOC]),
        (Narrowing(("市环保局",)), [HOSTILE, f"{VOC}行动", VOC]),  # another name of the same department
        (Narrowing(("市生态环境局",), "lead"), [VOC]),
        (Narrowing(("市生态环境局",), "responsible"), [HOSTILE, f"{VOC}行动"]),
        (Narrowing(("市生态环境局",), "support"), []),
        (Narrowing(("市农业农村局", "市工业和信息化局")), [VOC, "农业农村节能减排"]),
        (Narrowing((), "support"), [VOC]),
        (Narrowing((), "responsible"), [HOSTILE, f"{VOC}行动", "农业农村节能减排"]),
        (Narrowing(words="2025年"), ["农业农村节能减排"]),
        (Narrowing(words="云川  农业"), ["农业农村节能减排"]),
        (Narrowing(words="市场监管局"), [VOC]),
        (Narrowing(words="没有这样的字词"), []),
        (Narrowing(order="region"), [HOSTILE, f"{VOC}行动", VOC, "农业农村节能减排"]),
        (Narrowing(order="unit"), ["农业农村节能减排", HOSTILE, f"{VOC}行动", VOC]),
    ],
)
def test_narrowing_and_order(wanted: Narrowing, tasks: list[str]) -> None:
    assert [each.task for each in narrowed(FEW, wanted)] == tasks


def test_rows_of_a_file_keep_the_order_of_its_text() -> None:
    shuffled = [*reversed(ALL[:2]), *ALL[2:]]
    rows = narrowed(ALL, Narrowing())
    assert [r.start for r in rows if r.document == "yc"] == sorted(r.start for r in ALL if r.document == "yc")
    assert len(narrowed(shuffled, Narrowing())) == len(ALL)


def test_a_department_is_one_choice_whatever_it_is_called() -> None:
    choices = dict(unit_choices(ALL))
    assert choices["市生态环境局、市环保局"] == "市生态环境局"
    assert sorted(choices.values()) == sorted({"市生态环境局", "市农业农村局", "市工业和信息化局", "市市场监管局", "市水利局"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["市生态环境局"], ("市生态环境局",)),
        ([" 环保局 "], ("环保局",)),
        (["市场监"], ("市市场监管局",)),
        (["农村"], ("市农业农村局",)),
        (["市档案局"], ("市档案局",)),
        (["", " "], ()),
    ],
)
def test_what_is_typed_is_looked_for_among_the_units(typed: list[str], meant: tuple[str, ...]) -> None:
    assert meant_units(typed, ALL) == meant


def test_scope_and_units_reach_the_service() -> None:
    service = FakeAssistant()
    assert [r.task for r in duty_rows(service, Scope(documents=frozenset({"yc"})), Narrowing(("环保局",)))] == [VOC]
    assert duty_rows(service, Scope(regions=frozenset({"云川市"})), Narrowing(("市水利局",))) == []
    assert len(duty_rows(service, EVERYTHING, Narrowing(("市水利局",)))) == len(ALL) - len(FEW)


def test_a_row_leads_to_its_statement_and_every_text_is_escaped() -> None:
    page = Seen(render_duties(narrowed(FEW, Narrowing())))
    assert "共 4 项" in page.shown and HOSTILE in page.shown and not {"script", "img"} & page.names()
    assert [name for name in COLUMNS if name in page.shown] == list(COLUMNS)
    texts = {document.id: document.text for document in DOCUMENTS}
    marked = {texts[str(a["data-document"])][int(str(a["data-start"])) : int(str(a["data-end"]))] for a in page.links()}
    assert marked == {texts[each.document][each.start : each.end] for each in FEW} and "" not in marked
    assert "各县区政府（落实）" in page.shown


def test_pages_hold_every_row_once() -> None:
    rows = narrowed(ALL, Narrowing())
    assert pages(len(rows)) == 2 and pages(0) == pages(1) == pages(PAGE) == 1
    shown = [render_duties(rows, n) for n in range(2)]
    assert f"共 {len(rows)} 项，显示第 1—{PAGE} 项" in shown[0] and f"显示第 {PAGE + 1}—{len(rows)} 项" in shown[1]
    assert sum(len(Seen(each).links()) for each in shown) == len(rows)
    assert render_duties(rows, 99) == shown[1] and render_duties(rows, -1) == shown[0]
    assert "没有符合条件的职责" in render_duties([])


def test_the_workbook_holds_the_rows_shown_in_their_order() -> None:
    rows = narrowed(ALL, Narrowing(order="unit", role="responsible"))
    sheet = openpyxl.load_workbook(io.BytesIO(duties_xlsx(rows))).active
    assert [tuple(c.value or "" for c in row) for row in sheet.iter_rows(min_row=2)] == [cells_of(r) for r in rows]
    assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row)


def test_a_sample_row_is_narrowed_by_another_name_of_its_department(samples: Assistant) -> None:
    by_name = {n: duty_rows(samples, EVERYTHING, Narrowing((n,))) for n in ("市发改委", "市发展改革委")}
    assert by_name["市发改委"] == by_name["市发展改革委"] != []
    texts = {d.id: d.text for d in samples.documents()}
    assert all("发" in texts[r.document][r.start : r.end] for r in by_name["市发改委"])


def workbook(folder: Path, *questions: str) -> Path:
    book = openpyxl.Workbook()
    for question in questions:
        book.active.append([question])
    book.save(path := folder / "问题.xlsx")
    return path


def test_questions_in_bulk_are_counted_as_they_are_answered(tmp_path: Path) -> None:
    said = list(batch_html(FakeAssistant(), workbook(tmp_path, "问题", f"谁负责{VOC}", "没有的事", "？")))
    assert [Seen(each).shown for each, _ in said[:3]] == [f"正在作答：{n}／3" for n in range(3)]
    assert "共 3 个问题：已回答 1 个，没有找到 2 个，未能回答 0 个。" in said[-1][0]
    assert [len(answers) for _, answers in said] == [0, 0, 0, 3]
    assert all(isinstance(answer, Answer) for _, answer in said[-1][1])


@pytest.mark.parametrize(("questions", "said"), [((), "没有问题"), (("问题",), "没有问题"), (("坏了",), "答到第 1 个问题时停止")])
def test_a_workbook_that_cannot_be_answered_is_an_error(tmp_path: Path, questions: tuple[str, ...], said: str) -> None:
    page, answers = list(batch_html(FakeAssistant(), workbook(tmp_path, *questions)))[-1]
    assert 'role="alert"' in page and said in page and answers == []


def test_what_is_no_workbook_is_said(tmp_path: Path) -> None:
    (tmp_path / "a<b>.xlsx").write_bytes(b"text")
    for name, said in (("a<b>.xlsx", "不是可读的 Excel 工作簿"), ("missing.xlsx", "无法读取")):
        page, answers = list(batch_html(FakeAssistant(), tmp_path / name))[-1]
        assert said in page and "<b>.xlsx" not in page and answers == []


def test_a_duty_without_a_region_comes_last_by_region() -> None:
    rows = [replace(FEW[0], region=None), FEW[1]]
    assert narrowed(rows, Narrowing(order="region")) == [rows[1], rows[0]]
