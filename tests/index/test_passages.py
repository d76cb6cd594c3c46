import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Cell, Clause, Document, Facts, Row, Table
from index.passages import LONGEST, PASSAGE_LENGTH, Passage, clean, passages, short_title, split_sentences


def document(text: str, title: str = "云泽市节水工作方案", region: str | None = "云泽市") -> Document:
    return Document("d", "d.txt", text, Facts(title, None, None, region, None, False, None, ()))


def clause(text: str, heading: str = "", tables: tuple[Table, ...] = (), start: int = 0) -> Clause:
    return Clause("d:一", "d", ("一",), "part", "一、", (heading,), text, start, start + len(text), tables)


def of(text: str, heading: str = "") -> list[Passage]:
    return passages(document(text), clause(text, heading))


def level(found: list[Passage], name: str) -> list[Passage]:
    return [p for p in found if p.level == name]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("治水。治气。", ["治水。", "治气。"]),
        ("治水；治气；", ["治水；", "治气；"]),
        ("治水\n治气", ["治水", "治气"]),
        ("他说“先治水。”再治气。", ["他说“先治水。”", "再治气。"]),
        ("推进节水。（市水务局、市财政局负责）", ["推进节水。（市水务局、市财政局负责）"]),
        (
            "推进节水。（市水务局牵头；市财政局配合）\n治气。",
            ["推进节水。（市水务局牵头；市财政局配合）", "治气。"],
        ),
        ("推进节水。〔市水务局负责。以下均需各县落实〕", ["推进节水。〔市水务局负责。以下均需各县落实〕"]),
        ("推进节水。（市水务局负责）。治气。", ["推进节水。（市水务局负责）。", "治气。"]),
        ("推进节水。（市水务局负责）治气。", ["推进节水。（市水务局负责）", "治气。"]),
        ("推进节水。（二十一）治气。", ["推进节水。", "（二十一）治气。"]),
        ("推进节水。(1)治气。", ["推进节水。", "(1)治气。"]),
        ("推进节水（含雨水。）工作。治气。", ["推进节水（含雨水。）工作。", "治气。"]),
        ("推进节水。（未闭合的括号。治气。", ["推进节水。", "（未闭合的括号。", "治气。"]),
        ("推进（甲（乙。）丙。）节水。", ["推进（甲（乙。）丙。）节水。"]),
        ("  治水。 　治气。  ", ["治水。", "治气。"]),
        ("到2025年下降14.5%。", ["到2025年下降14.5%。"]),
        ("", []),
        ("　\n ", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[s:e] for s, e in split_sentences(text, 0, len(text))] == sentences


def test_a_very_long_sentence_is_cut_at_a_comma_or_anywhere() -> None:
    text = "推进节水改造，" * 100 + "完。"
    parts = [text[s:e] for s, e in split_sentences(text, 0, len(text))]
    assert "".join(parts) == text
    assert all(len(part) <= LONGEST for part in parts)
    assert all(part.endswith("，") for part in parts[:-1])
    solid = "水" * 1000
    assert [e - s for s, e in split_sentences(solid, 0, 1000)] == [LONGEST, LONGEST, 1000 - 2 * LONGEST]


@given(st.text(alphabet="水气。；！\n（）〔〕”“， a1", max_size=80), st.integers(0, 10), st.integers(0, 10))
def test_sentences_are_disjoint_trimmed_and_lose_no_letter(text: str, before: int, after: int) -> None:
    start, end = min(before, len(text)), max(min(before, len(text)), len(text) - after)
    spans = split_sentences(text, start, end)
    at = start
    for s, e in spans:
        assert at <= s < e <= end
        assert text[at:s].strip() == ""
        assert text[s:e] == text[s:e].strip()
        at = e
    assert text[at:end].strip() == ""


def test_passages_are_made_of_whole_sentences_and_sentences_follow() -> None:
    text = "一、节水。" + "".join(f"第{n}条措施是推进节约用水改造工程建设。" for n in range(30))
    found = of(text, "节水")
    pieces, sentences = level(found, "passage"), level(found, "sentence")
    assert found == pieces + sentences
    assert len(sentences) == 30
    assert all(p.end - p.start <= PASSAGE_LENGTH + 25 for p in pieces)
    assert "".join(text[p.start : p.end] for p in pieces) == text[5:]
    assert {p.end for p in pieces} <= {s.end for s in sentences}


def test_what_is_matched_names_place_title_and_headings() -> None:
    text = "（一）节水。推进节水。"
    parent = Clause("d:一/一", "d", ("一", "一"), "part", "", ("重点任务", "节水"), text, 0, len(text))
    passage, sentence = passages(document(text), parent)
    assert passage.text == "云泽市 节水工作方案 重点任务 节水 推进节水。"
    assert sentence.text == "重点任务 节水 推进节水。"
    assert (text[passage.start : passage.end], sentence.clause) == ("推进节水。", "d:一/一")


def test_a_document_of_no_known_place_has_no_name_in_front() -> None:
    text = "推进节水。"
    found = passages(document(text, "节水方案", None), clause(text))
    assert [p.text for p in found] == ["节水方案 推进节水。", "推进节水。"]


def test_a_clause_of_its_heading_alone_is_a_passage_without_sentences() -> None:
    (only,) = of("一、重点任务\n", "重点任务")
    assert (only.level, only.start, only.end) == ("passage", 0, 6)
    assert only.text.endswith("重点任务 一、重点任务")


@pytest.mark.parametrize("text", ["", "　\n", "—— 3 ——", "……"])
def test_every_clause_has_a_passage(text: str) -> None:
    (only,) = of(text)
    assert only.level == "passage"
    assert 0 <= only.start <= only.end <= len(text)


def test_offsets_are_the_documents() -> None:
    text = "前言。\n一、节水。推进节水。"
    found = passages(document(text), clause(text[4:], "节水", start=4))
    assert {text[p.start : p.end] for p in found} == {"推进节水。"}


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("治水[bookmark: _GoBack]。", "治水 。"),
        ("治水\n- 3 -\n治气", "治水 治气"),
        ("治水\n— 12 —\n治气", "治水 治气"),
        ("治水\n第 3 页 共 5 页\n治气", "治水 治气"),
        ("治水\n3/5\n治气", "治水 治气"),
        ("## 第一章　总则", "第一章 总则"),
        ("**治水**和__治气__", "治水 和 治气"),
        ("治水<br>治气<!-- 注 -->。", "治水 治气 。"),
        ("到2025年下降3%-5%。", "到2025年下降3%-5%。"),
        ("单价3/5以下、a<b、1*2", "单价3/5以下、a<b、1*2"),
        ("甲 - 乙", "甲 - 乙"),
        ("2025", "2025"),
    ],
)
def test_page_remains_and_markup_are_not_matched(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("title", "region", "short"),
    [
        ("云泽市“十四五”节水方案（征求意见稿）", "云泽市", "“十四五”节水方案"),
        ("云泽市人民政府办公室关于印发《云泽市节水方案》的通知", "云泽市", "节水方案"),
        ("关于印发云泽市节水方案（试行）的通知", "云泽市", "节水方案"),
        ("节约用水管理办法", None, "节约用水管理办法"),
        ("云泽市", "云泽市", ""),
    ],
)
def test_short_title(title: str, region: str | None, short: str) -> None:
    assert short_title(document("", title, region)) == short


def table_document() -> tuple[Document, Clause]:
    text = "各镇目标：\n甲镇\t18\n乙镇\t17\n注：单位为%。"
    rows = []
    for name, figure in (("甲镇", "18"), ("乙镇", "17")):
        start = text.index(name)
        at = text.index(figure)
        cells = (Cell(name, start, start + 2), Cell(figure, at, at + 2))
        rows.append(Row(cells, "镇", start, at + 2))
    table = Table(("地区", "目标"), tuple(rows), "%", rows[0].start, rows[-1].end)
    return document(text), clause(text, tables=(table,))


def test_every_row_of_a_table_is_found_by_itself() -> None:
    found = passages(*table_document())
    text = table_document()[0].text
    assert [text[p.start : p.end] for p in level(found, "passage")] == [
        "各镇目标：", "注：单位为%。", "甲镇\t18", "乙镇\t17",
    ]  # fmt: skip
    assert [p.text for p in level(found, "sentence")] == [
        "各镇目标：", "注：单位为%。", "镇 地区 甲镇 目标 18", "镇 地区 乙镇 目标 17",
    ]  # fmt: skip


def test_no_passage_runs_across_a_table() -> None:
    doc, part = table_document()
    table = part.tables[0]
    for p in passages(doc, part):
        assert p.end <= table.start or p.start >= table.end or re.fullmatch(r".镇\t\d+", doc.text[p.start : p.end])


def test_brackets_that_never_close_are_split_as_fast_as_others() -> None:
    """Looking for the end of each on its line would take minutes."""
    text = "（(" * 100_000 + "。治气。"
    assert [text[s:e] for s, e in split_sentences(text, 0, len(text))][-1].endswith("治气。")
