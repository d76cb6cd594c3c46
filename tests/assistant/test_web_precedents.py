"""The drafting desk as HTML: groups of wording, a draft beside precedent, clauses side by side, the basket."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.precedents.types import (
    Across,
    Aligned,
    Collected,
    Counterpart,
    DraftCheck,
    DraftSentence,
    Group,
    Naming,
    Pick,
    Precedents,
    Quotation,
    Similarity,
    Variant,
)
from assistant.precedents.wording import compare
from assistant.types import Citation
from assistant.web.across_panel import across_html
from assistant.web.basket import MOST, picks_of, render_basket
from assistant.web.differences import newer, redline, render_namings, render_similarity
from assistant.web.precedent_groups import SHOWN, render_draft, render_precedents
from assistant.web.precedents_tab import compared
from assistant.web.reader import render_reader
from assistant.web.render import render_answer
from assistant.web.side_by_side import BESIDE, render_across
from index.base import Scope
from tests.assistant.fake_assistant import FakeAssistant
from tests.assistant.page_text import Seen

BAD = '<script>x()</script><img src=x onerror="x()">&amp;"'
OURS, THEIRS = "到2025年，能耗下降14.5%。", "到2025年，全市能耗下降16%以上。"
NEAR = Similarity(0.87, 0.91, 0.83)
PIECES = compare(OURS, THEIRS)
NAMINGS = (Naming("figure", "14.5%", "16%以上"), Naming("place", "", "全市"))


def quotation(text: str = OURS, *, document: str = "d", start: int = 5, expired: bool = False) -> Quotation:
    end = start + len(text)
    cited = Citation(
        1, f"{document}:一", document, "某.txt", "某市方案", "某市", ("一",), "一、目标", start, end, text, expired=expired
    )
    return Quotation(cited, f"《某市方案》{document}一、")


def group(*others: Variant, documents: int = 1, only: bool = True, common: bool = False, sources: int = 1) -> Group:
    first = Variant(THEIRS, NEAR, (), (), tuple(quotation(THEIRS, document=f"d{n}") for n in range(sources)))
    return Group(THEIRS, NEAR, 0, (first, *others), documents, only, common, PIECES, NAMINGS)


def found(*groups: Group, theme: bool = False, sentences: tuple[str, ...] = (OURS,), documents: int = 5) -> Precedents:
    return Precedents(OURS, theme, sentences, documents, groups)


def test_the_part_that_answers_is_marked() -> None:
    start, end = THEIRS.index("能耗"), THEIRS.index("。")
    shown = render_precedents(found(replace(group(), core=(start, end))))
    assert f"{THEIRS[:start]}<mark>{THEIRS[start:end]}</mark>。</p>" in shown
    assert "<mark>" not in render_precedents(found(group()))


def inside(markup: str, tag: str) -> str:
    return Seen(markup, within=tag).marked


def picks_in(markup: str) -> list[dict[str, object]]:
    return [json.loads(each["data-pick"] or "") for _, each in Seen(markup).tags if "data-pick" in each]


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_difference_holds_both_texts_and_hides_none_of_their_marks(ours: str, theirs: str) -> None:
    pieces = compare(ours, theirs)
    plain = theirs.replace("\r\n", "\n").replace("\r", "\n")  # a parser of HTML reads every line end as \n
    if "\x00" not in theirs:
        assert Seen(newer(pieces)).shown.replace("\r\n", "\n").replace("\r", "\n") == plain
    assert inside(redline(pieces), "del") == "".join(p.text for p in pieces if p.kind == "left_out")
    assert Seen(redline(pieces)).names() <= {"ins", "del"}


def test_insertions_and_deletions_are_elements_with_a_name() -> None:
    markup = redline(PIECES)
    assert "全市" in inside(markup, "ins") and "14.5" in inside(markup, "del")
    titles = {tag: attributes["title"] for tag, attributes in Seen(markup).tags}
    assert titles == {"ins": "增加", "del": "没有写"}
    assert inside(newer(PIECES), "del") == "" and Seen(newer(PIECES)).shown == THEIRS


def test_what_only_one_text_names_is_called_out_where_no_difference_is_in_sight() -> None:
    assert Seen(render_namings(NAMINGS)).shown == "数值 14.5% ↔ 16%以上"
    assert "地区 （无） ↔ 全市" in Seen(render_namings(NAMINGS, single=True)).shown
    assert render_namings(NAMINGS[1:]) == ""
    assert Seen(render_namings((Naming("place", BAD, BAD + "x"),))).names() == {"ul", "li"}


@pytest.mark.parametrize(
    ("theme", "clause", "said"), [(False, False, "两句话的字词"), (True, False, "主题中的字词"), (False, True, "逐句")]
)
def test_similarity_says_what_was_measured(theme: bool, clause: bool, said: str) -> None:
    markup = render_similarity(NEAR, theme=theme, clause=clause)
    title = next(attributes["title"] for tag, attributes in Seen(markup).tags if tag == "summary")
    assert title and title == inside(markup, "p")
    assert "0.87" in inside(markup, "summary") and "0.91" in title and "0.83" in title and said in title
    assert "不说明内容" in title


def test_a_group_says_who_adopts_it_and_what_differs() -> None:
    other = Variant(OURS, NEAR, compare(THEIRS, OURS), (Naming("figure", "16%以上", "14.5%"),), (quotation(),))
    seen = Seen(render_precedents(found(group(other, documents=4, only=False, common=True))))
    assert "5 个文件中 4 个采用" in seen.shown and "通用表述" in seen.shown and "独有" not in seen.shown
    assert "数值 16%以上 ↔ 14.5%" in seen.shown and "又作" in seen.shown
    assert "独有" in Seen(render_precedents(found(group()))).shown
    assert "5 个文件中至少 4 个采用" in render_precedents(found(replace(group(documents=4), at_least=True)))


def test_sources_open_are_picked_and_compared_in_their_place() -> None:
    markup = render_precedents(found(group()))
    (link,) = Seen(markup).links()
    assert (link["data-document"], link["data-start"], link["data-end"]) == ("d0", "5", str(5 + len(THEIRS)))
    assert picks_in(markup) == [{"document": "d0", "start": 5, "end": 5 + len(THEIRS), "quote": THEIRS}]
    buttons = [attributes for tag, attributes in Seen(markup).tags if tag == "button"]
    assert [each["data-copy"] for each in buttons if "data-copy" in each] == [f"{THEIRS}\n——《某市方案》d0一、"]
    assert [(e["data-across"], e["data-of"]) for e in buttons if "data-across" in e] == [("d0:一", "d0")]


@pytest.mark.parametrize(("sources", "folded"), [(SHOWN, False), (SHOWN + 3, True)])
def test_many_sources_are_folded_not_dropped(sources: int, folded: bool) -> None:
    markup = render_precedents(found(group(sources=sources)))
    assert len(Seen(markup).links()) == sources and ("其余 3 处" in markup) is folded


@pytest.mark.parametrize("sentences", [(OURS,), (OURS, THEIRS)])
def test_the_sentence_answered_is_named_where_there_are_several(sentences: tuple[str, ...]) -> None:
    assert ("对应所给文字第 1 句" in render_precedents(found(group(), sentences=sentences))) is (len(sentences) > 1)


def test_the_same_words_are_said_to_be_the_same() -> None:
    alike = replace(group(), wording=OURS, pieces=compare(OURS, OURS), namings=())
    assert "与所给文字一字不差" in render_precedents(found(alike))
    assert "一字不差" not in render_precedents(found(replace(alike, pieces=()), theme=True))


def test_text_of_documents_and_readers_is_escaped() -> None:
    bad = Quotation(replace(quotation(BAD).citation, document=BAD, clause=BAD), BAD)
    pieces = compare("好", BAD)
    one = Group(BAD, NEAR, 0, (Variant(BAD, NEAR, pieces, (), (bad,)),) * 2, 1, True, False, pieces, (Naming("place", BAD, "x"),))
    draft = DraftCheck(
        BAD, 1, (DraftSentence(BAD, 0, len(BAD), bad, NEAR, pieces, ()), DraftSentence(BAD, 0, 1, None, None, (), ()))
    )
    beside = Counterpart(BAD, BAD, BAD, bad, NEAR, (Aligned(bad, bad, NEAR, pieces, ()), Aligned(None, bad, None, (), ())))
    pages = [
        render_precedents(found(one)),
        render_draft(draft),
        render_across(Across(bad, (bad,), (beside, replace(beside, clause=None, similarity=None, rows=())))),
        render_basket([Collected(Pick(BAD, 0, 1, BAD), bad, ""), Collected(Pick(BAD, 1, 2, BAD), None, BAD)]),
    ]
    for markup in pages:
        seen = Seen(markup)
        assert not {"script", "img"} & seen.names() and "<script>" in seen.shown
        assert not any(name.startswith("on") for _, attributes in seen.tags for name in attributes)


def test_a_draft_stands_beside_its_nearest_precedent() -> None:
    near = DraftSentence(THEIRS, 0, len(THEIRS), quotation(), NEAR, PIECES, NAMINGS)
    markup = render_draft(DraftCheck(THEIRS + "无。", 3, (near, DraftSentence("无。", 9, 11, None, None, (), ()))))
    seen = Seen(markup)
    assert "草稿共 2 句：1 句有相近的写法，1 句没有" in seen.shown and "没有相近的写法" in seen.shown
    assert "地区 （无） ↔ 全市" in seen.shown and OURS in seen.shown
    assert "全市" in inside(markup, "ins") and picks_in(markup)[0]["quote"] == OURS


@pytest.mark.parametrize(("documents", "said"), [(5, "所查 5 个文件中没有相近的写法"), (0, "所选范围内没有文件")])
def test_nothing_near_is_a_notice(documents: int, said: str) -> None:
    none = DraftCheck("无。", documents, (DraftSentence("无。", 0, 2, None, None, (), ()),))
    for markup in (render_precedents(found(documents=documents)), render_draft(none)):
        assert said in markup and 'class="notice"' in markup and "table" not in markup


@pytest.mark.parametrize(
    ("text", "said", "css"),
    [
        ("", "没有可比对的文字", "unfit"),
        ("。\n", "没有找到", "notice"),
        ("节" * 2001, "所给文字有 2001 字，一次最多比对 2000 字", "unfit"),
        ("龙舟", "没有找到", "notice"),
        ("进不去", "文件库打不开。", "error"),
        ("坏了", "程序内部出错", "error"),
    ],
)
def test_each_outcome_of_a_comparison_is_its_own(text: str, said: str, css: str) -> None:
    markup = compared(FakeAssistant(), text, "wording", Scope())
    assert said in markup and css in markup and ("error" in markup) is (css == "error")
    assert ("unfit" in markup) is (css == "unfit")


def beside(name: str, *rows: Aligned, clause: bool = True) -> Counterpart:
    own = quotation(THEIRS, document=name) if clause else None
    return Counterpart(name, f"{name}方案", name, own, NEAR if clause else None, rows)


def cells(markup: str, name: str) -> list[str]:
    parts = markup.split(f'<td data-name="{name}"')[1:]
    return [Seen("<td" + part.split("</td>")[0] + "</td>").shown for part in parts]


def test_sentences_stand_in_the_row_of_ours_and_the_rest_in_a_row_of_its_own() -> None:
    first, second = quotation("甲句。", start=0), quotation("乙句。", start=3)
    a = beside(
        "子市",
        Aligned(second, quotation("乙句！"), NEAR, compare("乙句。", "乙句！"), ()),
        Aligned(None, quotation("丙句。"), None, (), ()),
    )
    b = beside("丑市", Aligned(first, quotation("甲句。"), NEAR, compare("甲句。", "甲句。"), ()))
    markup = render_across(Across(quotation(), (first, second), (a, b, beside("寅市", clause=False)), 7))
    own, others = cells(markup, "子市"), cells(markup, "丑市")
    assert [own[1], others[2], others[3]] == ["没有对应的句子", "没有对应的句子", "无"]
    assert own[2].startswith("乙句！") and own[3].startswith("丙句。") and "与本条一字不差" in others[1]
    assert "其他 10 个文件中，2 个有对应条款" in markup
    assert "寅市：《寅市方案》" in markup and "另有 7 个文件没有对应条款" in markup


def test_marks_stand_only_where_most_of_a_sentence_is_ours() -> None:
    ours = quotation(OURS)
    other = "到2030年，全面建成现代化治理体系，形成各方共治格局。"
    near = Aligned(ours, quotation(THEIRS), NEAR, PIECES, NAMINGS)
    far = Aligned(ours, quotation(other), NEAR, compare(OURS, other), NAMINGS)
    assert any(piece.kind == "kept" for piece in far.pieces)
    for row, marked in ((near, True), (far, False)):
        table = render_across(Across(ours, (ours,), (beside("子市", row),))).partition("<table")[2]
        assert ("<ins" in table) is marked and ("naming" in table) is marked


@pytest.mark.parametrize(("documents", "widths"), [(1, [2]), (BESIDE, [5]), (BESIDE + 1, [3, 4]), (9, [4, 4, 4])])
def test_more_documents_than_fit_make_more_tables(documents: int, widths: list[int]) -> None:
    markup = render_across(Across(quotation(), (quotation(),), tuple(beside(f"市{n}") for n in range(documents))))
    assert [table.count('scope="col"') for table in markup.split("<table")[1:]] == widths


def test_without_other_documents_or_counterparts_that_is_said() -> None:
    assert "没有其他文件可以对照" in render_across(Across(quotation(), (quotation(),), ()))
    alone = render_across(Across(quotation(), (quotation(),), (beside("子市", clause=False),)))
    assert "其他 1 个文件中都没有对应条款" in alone and "<table" not in alone


def test_a_clause_that_is_gone_is_an_error_with_a_way_back() -> None:
    for document, clause in (("yc", "没有"), ("没有", "x")):
        markup = across_html(FakeAssistant(), document, clause)
        assert "未能完成" in markup and "data-leave" in markup


GOOD = {"document": "d", "start": 0, "end": 2, "quote": "甲句"}


@pytest.mark.parametrize(
    ("data", "count"),
    [
        ({"picks": [GOOD]}, 1),
        ({"picks": [GOOD, {**GOOD, "quote": "乙句"}]}, 1),
        ({"picks": [GOOD, {**GOOD, "start": 1}]}, 2),
        ({"picks": [{**GOOD, "start": -1}, {**GOOD, "end": 0}, {**GOOD, "start": "0"}, {**GOOD, "quote": "甲" * 20_001}]}, 0),
        ({"picks": [None, 3, [], {}, {**GOOD, "document": 1}]}, 0),
        ({"picks": "甲"}, 0),
        ({}, 0),
        (None, 0),
        ({"picks": [{**GOOD, "end": n} for n in range(1, MOST + 9)]}, MOST),
    ],
)
def test_only_picks_are_taken_from_a_browser(data: object, count: int) -> None:
    assert len(picks_of(data)) == count


def test_the_basket_shows_each_sentence_as_it_stands_and_what_no_longer_does() -> None:
    there = Collected(Pick("d", 5, 20, OURS), quotation(expired=True), "")
    gone = Collected(Pick("e", 0, 2, "旧句"), None, "已有变动。")
    markup = render_basket([there, gone])
    seen = Seen(markup, within="blockquote")
    assert seen.marked == OURS + "旧句" and "其中 1 条与文件库不符" in seen.shown and "不再可用已有变动。" in seen.shown
    assert "——《某市方案》d一、已过有效期" in seen.shown
    assert [attributes["data-key"] for _, attributes in seen.tags if "data-key" in attributes] == ["d 5 20", "e 0 2"]
    off = [attributes["aria-label"] for tag, attributes in seen.tags if tag == "button" and "disabled" in attributes]
    assert off == ["上移第 1 条", "下移第 2 条"]
    assert "还没有摘录" in render_basket([])


def test_every_clause_of_the_reader_and_every_citation_leads_to_other_documents() -> None:
    fake = FakeAssistant()
    for document in fake.documents():
        seen = Seen(render_reader(document, fake.clauses(document.id)), within="button")
        offered = [(e["data-of"], e["data-across"]) for _, e in seen.tags if "data-across" in e]
        assert offered == [(document.id, clause.id) for clause in fake.clauses(document.id)]
        assert seen.marked == "关闭"  # nothing is put among the words of the text
    answer = fake.ask("谁负责")
    markup = render_answer(answer)
    assert [pick["quote"] for pick in picks_in(markup)] == [citation.quote for citation in answer.citations]
    assert markup.count("data-across") == len(answer.citations)
