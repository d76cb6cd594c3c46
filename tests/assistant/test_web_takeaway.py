"""A walk in a real browser through what a reader takes away: copies, lists of duties, answers in bulk."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest

from assistant.export import COLUMNS
from tests.assistant.fake_assistant import SCRIPT, VOC
from tests.assistant.walk import QUESTION, Visit, a_page, ask, in_view

if TYPE_CHECKING:
    from playwright.sync_api import Download as PageDownload
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def open_page() -> Iterator[Visit]:
    with a_page() as visits:
        yield visits


@pytest.mark.parametrize("encrypted", [True, False])
def test_an_answer_is_copied_with_its_sources(open_page: Visit, encrypted: bool) -> None:
    with open_page() as page:
        if encrypted:
            page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        else:
            page.evaluate(
                "() => { Object.defineProperty(navigator, 'clipboard', { value: undefined });"
                " document.execCommand = () => { window.kept = document.activeElement.value; return true; }; }"
            )
        ask(page, QUESTION)
        page.get_by_role("button", name="复制答案").click()
        page.get_by_role("button", name="已复制").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()" if encrypted else "window.kept")
        sources = page.locator("#answer blockquote").all_inner_texts()
        assert "出处：" in copied and len(sources) == 3 and all(f"“{each}”" in copied for each in sources)
        assert page.locator("body > textarea").count() == 0


def test_an_answer_is_taken_away_as_word(open_page: Visit) -> None:
    with open_page() as page:
        for question in (QUESTION, f"{QUESTION}？"):
            ask(page, question)
            page.locator(f"#answer [data-copy*='{VOC}']").wait_for()
            with page.expect_download() as taken:
                page.get_by_role("button", name="导出 Word").locator("visible=true").click()
            assert taken.value.suggested_filename == "答案.docx"
            text = "\n".join(each.text for each in docx.Document(str(taken.value.path())).paragraphs)
            assert all(f"“{each}”" in text for each in page.locator("#answer blockquote").all_inner_texts())
            assert text.splitlines()[0] == question and page.locator("#reader .reader").count() == 0


def open_duties(page: "Page") -> None:
    page.get_by_role("tab", name="职责清单").click()
    page.locator("#duties table").wait_for()


def choose_unit(page: "Page", name: str) -> None:
    page.locator("#duty-units input").fill(name)
    page.keyboard.press("Enter")


def sheet_of(download: "PageDownload") -> Any:
    return openpyxl.load_workbook(io.BytesIO(Path(download.path()).read_bytes())).active


def rows_shown(page: "Page") -> list[list[str]]:
    """The cells as text, as the exported table has them."""
    rows = page.locator("#duties tbody tr").all()
    return [["" if text == "—" else text for text in row.locator("td > div").all_inner_texts()] for row in rows]


def test_duties_are_narrowed_and_open_their_statement(open_page: Visit) -> None:
    with open_page() as page:
        open_duties(page)
        page.get_by_text("共 209 项，显示第 1—200 项").wait_for()
        page.locator("#duties a").nth(150).click()
        page.locator("#reader mark").first.wait_for()
        assert page.evaluate("scrollY") > 1000 and in_view(page, "#reader h2") and in_view(page, "#reader mark")
        page.get_by_role("button", name="关闭").click()
        page.get_by_role("button", name="下一页").click()
        page.get_by_text("显示第 201—209 项").wait_for()
        assert page.locator("#duties tbody tr").count() == 9
        choose_unit(page, "市生态环境局")
        page.get_by_text("共 3 项").wait_for()
        assert page.locator("#duties tbody tr").count() == 3
        assert page.get_by_role("button", name="下一页").count() == 0
        page.locator("#duties a", has_text="云川市").click()
        page.locator("#reader mark").first.wait_for()
        marked = "".join(page.locator("#reader mark").all_inner_texts())
        assert marked == "市生态环境局牵头，市工业和信息化局、市市场监管局配合。" and in_view(page, "#reader mark")
        page.get_by_label("字词").fill("没有的字词")
        page.get_by_text("共 0 项").wait_for()
        assert page.locator("#duties-excel").count() == 0


def test_the_duties_shown_are_the_duties_exported(open_page: Visit) -> None:
    with open_page() as page:
        open_duties(page)
        choose_unit(page, "市环保局")
        page.get_by_text("共 3 项").wait_for()
        page.locator("#duty-order input").click()
        page.get_by_role("option", name="按单位").click()
        page.locator("#duty-role input").click()
        page.get_by_role("option", name="责任").click()
        page.get_by_text("共 2 项").wait_for()
        shown = rows_shown(page)
        with page.expect_download() as taken:
            page.get_by_role("button", name="导出 Excel").click()
        assert taken.value.suggested_filename == "责任分工表.xlsx"
        sheet = sheet_of(taken.value)
        assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == [list(COLUMNS), *shown]
        assert sheet.cell(2, 1).value == f"=1+1{SCRIPT}" and sheet.cell(2, 1).data_type == "s"
        with page.expect_download() as taken:
            page.get_by_role("button", name="导出 Word").locator("visible=true").click()
        assert taken.value.suggested_filename == "责任分工表.docx"
        table = docx.Document(str(taken.value.path())).tables[0]
        assert [[cell.text for cell in row.cells] for row in table.rows] == [list(COLUMNS), *shown]
        assert page.evaluate("window.hurt") is None


def test_questions_come_back_answered(open_page: Visit, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for question in ("问题", QUESTION, SCRIPT, "=1+1"):
        book.active.append([question])
    book.active["A4"].data_type = "s"
    book.save(tmp_path / "问题.xlsx")
    (tmp_path / "坏.xlsx").write_text("no workbook", encoding="utf-8")
    with open_page() as page:
        page.get_by_role("tab", name="批量提问").click()
        page.locator("#questions input[type=file]").set_input_files(tmp_path / "坏.xlsx")
        page.get_by_role("alert").filter(has_text="不是可读的 Excel 工作簿").wait_for()
        assert page.locator("#batch-save").count() == 0
        page.locator("#questions input[type=file]").set_input_files(tmp_path / "问题.xlsx")
        page.get_by_text("共 3 个问题：已回答 1 个，没有找到 2 个，未能回答 0 个。").wait_for()
        with page.expect_download() as taken:
            page.get_by_role("button", name="下载回答").click()
        assert taken.value.suggested_filename == "回答.xlsx"
        sheet = sheet_of(taken.value)
        rows = [[cell.value for cell in row[:2]] for row in sheet.iter_rows()]
        assert rows == [["问题", "结果"], [QUESTION, "已回答"], [SCRIPT, "没有找到"], ["=1+1", "没有找到"]]
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
