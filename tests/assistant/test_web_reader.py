"""A document in the reader."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.reader import AROUND, OUTLINE, WHOLE, outline_entries, render_reader, segments, window
from corpus.types import Cell, Clause, Document, Facts, Row, Table
from tests.assistant.fake_assistant import DOCUMENTS, SCRIPT, YUNCHUAN, clauses_of
from tests.assistant.page_text import Seen

YC = DOCUMENTS[0]


def document(text: str) -> Document:
    return Document("d", "d.txt", text, Facts("题", None, None, None, None, False, None, ()))


def clause(start: int, end: int, text: str, path: tuple[str, ...] = ("一",), heading: str = "") -> Clause:
    headings = (*("",) * (len(path) - 1), heading)
    return Clause(f"d:{start}", "d", path, "part", f"标{start}", headings, text[start:end], start, end)


def body(page: str) -> str:
    return page.split('<div class="reader-body" tabindex="0">')[1].removesuffix("</div></section>")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_quotation_is_marked_in_its_place() -> None:
    start = YUNCHUAN.index("市生态环境局牵头")
    end = YUNCHUAN.index("。", start)
    page = render_reader(YC, clauses_of("yc", YUNCHUAN), (start, end))
    assert Seen(page).marked == YUNCHUAN[start:end]
    before, after = page.split("<mark>")
    assert "更换低挥发性原料。" in before and "农业农村节能减排" in after


def test_text_between_clauses_is_grey_and_clauses_are_not() -> None:
    page = render_reader(YC, clauses_of("yc", YUNCHUAN))
    grey = re.findall(r'<div class="between">(.*?)</div>', page)
    assert len(grey) == 1 and "本站讯" in grey[0] and "节能减排工作方案" not in grey[0]


def sheet_clause() -> tuple[Document, Clause]:
    text = "附件1\n指标\t数值\n县区\n<甲县>\t12\n乙县\t\n完。"
    rows = tuple(
        Row(cells, "县区", cells[0].start, cells[-1].end)
        for cells in (
            (cell(text, "<甲县>"), cell(text, "12")),
            (cell(text, "乙县"), Cell("", text.index("乙县") + 3, text.index("乙县") + 3)),
        )
    )
    table = Table(("指标", "数值"), rows, "万吨", text.index("指标"), text.index("\n完"))
    doc = document(text)
    return doc, replace(clause(0, len(text), text, ("附件1",)), tables=(table,))


def cell(text: str, words: str) -> Cell:
    at = text.index(words)
    return Cell(words, at, at + len(words))


def test_a_table_is_a_table_and_its_text_is_kept() -> None:
    doc, annex = sheet_clause()
    at = doc.text.index("12")
    page = render_reader(doc, [annex], (at, at + 2))
    assert "<td>&lt;甲县&gt;</td><td><mark>12</mark></td>" in page and '<th scope="col">指标</th>' in page
    assert "单位：万吨" in page and page.count("<mark>") == 1 and "<td></td>" in page
    assert page.index("附件1</p>") < page.index("<table") < page.index("完。")
    assert squeezed(Seen(page, within="details").marked).endswith("指标数值县区<甲县>12乙县")


def test_a_mark_that_no_cell_holds_shows_the_text_of_the_table() -> None:
    doc, annex = sheet_clause()
    at = doc.text.index("县区")
    page = render_reader(doc, [annex], (at, at + 2))
    assert "<table" not in page and "<mark>县区</mark>" in page


def test_the_outline_leads_to_every_numbered_part() -> None:
    page = render_reader(YC, clauses_of("yc", YUNCHUAN))
    goals = re.findall(r'data-goto="(at-\d+)"', page)
    assert len(goals) == 6 and all(f'id="{goal}"' in page for goal in goals)
    assert ">（一）挥发性有机物治理</a>" in page


def test_headings_stand_out() -> None:
    assert "<strong>（一）挥发性有机物治理</strong>" in render_reader(YC, clauses_of("yc", YUNCHUAN))


def test_hostile_text_is_text() -> None:
    bad = DOCUMENTS[2]
    seen = Seen(render_reader(bad, clauses_of("bl", bad.text), (0, 3)))
    assert not {"script", "img"} & seen.names()
    assert seen.shown.count(SCRIPT) >= 3


@st.composite
def marked_documents(draw: st.DrawFn) -> tuple[Document, list[Clause], tuple[int, int]]:
    text = draw(st.text(st.sampled_from("甲乙<&>\"' \t\n　、\r\x0b\u2028"), max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    made = [clause(a, b, text) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    return document(text), made, (start, end)


@given(marked_documents())
def test_nothing_is_lost_added_or_marked_elsewhere(
    case: tuple[Document, list[Clause], tuple[int, int]],
) -> None:
    doc, clauses, mark = case
    seen = Seen(body(render_reader(doc, clauses, mark)))
    assert squeezed(seen.shown) == squeezed(doc.text)
    assert squeezed(seen.marked) == squeezed(doc.text[mark[0] : mark[1]])


@given(marked_documents(), st.integers(0, 60), st.integers(0, 60))
def test_segments_cover_what_is_shown(case: tuple[Document, list[Clause], tuple[int, int]], one: int, other: int) -> None:
    doc, clauses, _ = case
    low, high = sorted((min(one, len(doc.text)), min(other, len(doc.text))))
    found = list(segments(doc, clauses, (low, high)))
    ends = [low, *(extent[1] for extent, _ in found)]
    assert [extent[0] for extent, _ in found] == ends[:-1] and ends[-1] == high
    for (start, end), inside in found:
        assert start < end and (inside is None or inside.start <= start <= end <= inside.end)


def test_a_long_text_is_cut_to_whole_lines_around_the_quotation() -> None:
    line = "这是一行没有别的意思的文字。\n"
    text = line * (1_000_000 // len(line))
    mark = (line and len(line) * 30_000, len(line) * 30_000 + 5)
    low, high = window(text, mark, AROUND)
    assert text[low - 1] == "\n" and text[high] == "\n"
    assert low <= mark[0] - AROUND and high >= mark[1] + AROUND and high - low < 3 * AROUND
    page = render_reader(document(text), [], mark)
    assert len(page) < 4 * AROUND and page.count("显示更多原文") == 2 and f'data-around="{2 * AROUND}"' in page
    assert Seen(page).marked == text[mark[0] : mark[1]]


@pytest.mark.parametrize(("mark", "buttons"), [((0, 5), 1), ((99_990, 100_000), 1)])
def test_a_long_line_is_cut_too_and_the_ends_have_no_more(mark: tuple[int, int], buttons: int) -> None:
    page = render_reader(document("字" * 100_000), [], mark)
    assert page.count("显示更多原文") == buttons and len(page) < 4 * AROUND


def test_a_text_up_to_the_limit_is_shown_whole() -> None:
    assert window("字" * WHOLE, (5, 6), AROUND) == (0, WHOLE)


def test_an_outline_leaves_out_its_deepest_levels_when_it_is_long() -> None:
    text = "字" * 2_000
    chapters = [clause(i * 100, i * 100 + 1, text, (str(i),)) for i in range(10)]
    articles = [clause(i * 100 + j, i * 100 + j + 1, text, (str(i), str(j))) for i in range(10) for j in range(1, 60)]
    every = sorted([*chapters, *articles], key=lambda each: each.start)
    assert len(every) > OUTLINE
    assert outline_entries(every) == chapters
    assert outline_entries(every[:200]) == every[:200]
    assert outline_entries([replace(each, path=("一",)) for each in every]) == []
