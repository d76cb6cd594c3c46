"""The drafting desk as HTML: groups of wording, a draft beside precedent."""

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
    Variant,
)
from assistant.precedents.wording import compare
from assistant.web.basket import render_basket
from assistant.web.differences import newer, redline, render_namings, render_similarity
from assistant.web.precedent_groups import SHOWN, render_draft, render_precedents
from assistant.web.precedents_tab import compared
from assistant.web.side_by_side import render_across
from index.base import Scope
from tests.assistant.desk_records import BAD, NAMINGS, NEAR, OURS, PIECES, THEIRS, inside, picks_in, quotation
from tests.assistant.fake_assistant import FakeAssistant
from tests.assistant.page_text import Seen


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
