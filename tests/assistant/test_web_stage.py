"""Two documents compared and the original of a document, as HTML."""

import re
from base64 import b64decode
from dataclasses import replace

import pytest

from assistant.originals import Leaf
from assistant.versions import ClausePair, Comparison, Status
from assistant.web.comparison import NAMES, render_comparison
from assistant.web.gone import GONE
from assistant.web.links import paged
from assistant.web.original_view import render_original
from assistant.web.reader import render_reader
from assistant.web.stage import stage_html
from corpus.types import Document, Page
from tests.assistant.fake_assistant import DOCUMENTS, SCRIPT, FakeAssistant, clauses_of, document_of
from tests.assistant.page_text import Seen

OLD = "云川市方案\n一、目标\n下降12%。\n二、任务\n（一）宣传。加强宣传。\n（二）督查。加强督查。\n三、附则\n试行。"
NEW = "云川市方案\n一、目标\n下降15%。\n二、任务\n（一）督查。加强督查。\n（二）考核。严格考核。\n三、附则\n试行。"


class Two(FakeAssistant):
    """Two versions of one text."""

    def __init__(self) -> None:
        old = replace(
            document_of("old", "旧.txt", OLD, "云川市"), current=False, pages=(Page(1, 0), Page(2, OLD.index("二、"), 0.9))
        )
        super().__init__([old, document_of("new", "新.txt", NEW, "云川市")])


def compared() -> str:
    return stage_html(Two(), {"view": "compare", "document": "old", "other": "new"})


def row(markup: str, status: str) -> str:
    """The first row of a status."""
    return markup.split(f'<tr class="row-{status}">')[1].split("</tr>")[0]


def test_each_clause_is_same_changed_added_or_removed() -> None:
    markup = compared()
    shown = Seen(markup).shown
    assert "修改 1 条，新增 1 条，删除 1 条" in shown and "只列有变化的条款" in shown and "旧版本" in shown
    changed = row(markup, "changed")
    assert "<del" in changed and Seen(changed, within="del").marked == "12" and Seen(changed, within="ins").marked == "15"
    assert "严格考核" in Seen(row(markup, "added"), within="ins").marked and "加强宣传" in row(markup, "removed")
    assert "编号变动" in row(markup, "renumbered")


def test_every_clause_opens_in_its_place_and_names_its_page() -> None:
    markup = compared()
    opened = {(each["data-document"], each["data-start"]) for each in Seen(row(markup, "renumbered")).links()}
    assert opened == {("old", str(OLD.index("（二）督查"))), ("new", str(NEW.index("（一）督查")))}
    assert "第2页" in row(markup, "removed") and "扫描识别" in row(markup, "removed") and "第2页" not in row(markup, "added")


@pytest.mark.parametrize("status", ["moved", "same"])
def test_nothing_changed_is_said(status: Status) -> None:
    document, (clause, *_) = DOCUMENTS[0], clauses_of("yc", DOCUMENTS[0].text)
    markup = render_comparison(Comparison(document, document, (ClausePair(status, clause, clause, (), 1.0),)))
    assert ("逐条相同" in markup) is (status == "same") and NAMES[status] in markup


def test_texts_of_documents_are_escaped() -> None:
    markup = stage_html(FakeAssistant(), {"view": "compare", "document": "bl", "other": "lt"})
    seen = Seen(markup)
    assert SCRIPT in seen.shown and not {"script", "img"} & seen.names()
    leaf = Leaf(replace(DOCUMENTS[2], source=SCRIPT), text=SCRIPT, notes=(SCRIPT,))
    seen = Seen(render_original(leaf))
    assert seen.shown.count(SCRIPT) == 3 and not {"script", "img"} & seen.names()


def test_a_page_is_a_picture_between_its_neighbours() -> None:
    def steps(page: int) -> list[bool]:
        seen = Seen(render_original(Leaf(DOCUMENTS[0], b"\x00picture", page, 3)))
        return ["disabled" in each for tag, each in seen.tags if "data-page" in each]

    markup = render_original(Leaf(DOCUMENTS[0], b"\x00picture", 2, 3))
    assert steps(1) == [True, False] and steps(2) == [False, False] and steps(3) == [False, True]
    source = re.search(r'src="data:image/webp;base64,([^"]+)"', markup)
    assert source and b64decode(source[1]) == b"\x00picture" and "共 3 页" in markup and 'alt="原件第 2 页"' in markup


def test_a_file_that_is_gone_offers_nothing_to_take_away() -> None:
    markup = stage_html(FakeAssistant(), {"view": "original", "document": "yc", "page": 1, "start": 0})
    assert "原件已不在原处。" in markup and "data-export" not in markup and "data-leave" in markup


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"view": "compare", "document": "没有", "other": "yc"}, GONE),
        ({"view": "original", "document": "没有", "page": "x"}, GONE),
        ({"view": "别的"}, "没有这种对照"),
        ({}, "没有这种对照"),
    ],
)
def test_what_cannot_be_shown_is_an_error_with_a_way_back(data: dict[str, object], said: str) -> None:
    markup = stage_html(FakeAssistant(), data)
    assert said in markup and 'role="alert"' in markup and "data-leave" in markup


def test_an_unforeseen_failure_is_an_error_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(FakeAssistant):
        def leaf(self, document: str, page: int, start: int) -> Leaf:
            raise RuntimeError("boom")

    markup = stage_html(Broken(), {"view": "original", "document": "yc"})
    assert "程序内部出错" in markup and "boom" not in markup and "boom" in caplog.text


def test_the_reader_marks_where_pages_begin() -> None:
    document: Document = Two().document("old")
    markup = render_reader(document, clauses_of("old", OLD))
    signs = [each["data-name"] for _, each in Seen(markup).tags if each.get("class") == "page-sign"]
    assert signs == ["第1页", "第2页（扫描识别）"] and Seen(markup).shown.count("第2页") == 0
    assert re.search(r'data-name="第2页（扫描识别）"[^>]*></button><strong>二、任务', markup)


def test_the_reader_marks_pictures_of_a_file_without_pages() -> None:
    at = OLD.index("二、")
    document = replace(Two().document("old"), pages=(Page(0, 0), Page(0, at, 0.9), Page(0, at + 5)))
    markup = render_reader(document, clauses_of("old", OLD))
    (sign,) = [each for _, each in Seen(markup).tags if each.get("class") == "page-sign"]
    assert (sign["data-name"], sign["data-page"], sign["data-start"]) == ("图片（扫描识别）", "0", str(at))
    assert "页" not in paged(None, True) and "扫描识别" in paged(None, True) and paged(None, False) == ""
