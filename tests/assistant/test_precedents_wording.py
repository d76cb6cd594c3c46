"""Differences of two wordings: words kept, added, left out; figures, years, places and departments held against each other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.precedents.mentions import mentions
from assistant.precedents.types import Naming, Piece
from assistant.precedents.wording import compare, folded, marked, namings, words
from corpus.lexicon.departments import default_departments

PLACES = ("云泽市", "澜川市")
SENTENCES = (
    "到2025年，全市能耗下降14.5%，由市经信局牵头。",
    "到2030年，全市能耗累计下降16%以上，\n由市工信局会同市财政局牵头。",
    "推动水泥、玻璃行业改造，８０％完成。",
    "推动玻璃、水泥行业改造，80%完成。",
    "",
    "　严禁 违规",
)


def named(ours: str, theirs: str) -> tuple[Naming, ...]:
    old, new = (mentions(text, default_departments(), PLACES) for text in (ours, theirs))
    return namings(compare(ours, theirs, old, new), old, new)


def joined(pieces: tuple[Piece, ...], *kinds: str) -> str:
    return "".join(p.text for p in pieces if p.kind in kinds)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES), st.text("推进2025年，。 \n%市局", max_size=12))
def test_pieces_give_both_texts_back(base: str, newer: str, tail: str) -> None:
    newer += tail
    old, new = (mentions(text, default_departments(), PLACES) for text in (base, newer))
    for pieces in (compare(base, newer), compare(base, newer, old, new)):
        assert joined(pieces, "kept", "added") == newer
        assert folded(joined(pieces, "kept", "left_out")) == folded(base)


def test_words_not_letters_and_names_whole() -> None:
    text = "市经信局推进节能改造14.5%。"
    found = words(text, mentions(text, default_departments(), ()))
    assert "".join(found) == text
    assert found[0] == "市经信局" and "14.5%" in found and "改造" in found


def test_a_replacement_reads_without_colour() -> None:
    assert marked(compare("推进燃煤锅炉改造。", "推进工业锅炉改造。")) == "推进【-燃煤锅炉】【+工业锅炉】改造。"


def test_a_line_break_and_full_width_forms_are_no_difference() -> None:
    assert [p.kind for p in compare("达到80%，\n年底完成。", "达到８０％，年底完成。")] == ["kept"]


@pytest.mark.parametrize(
    ("ours", "theirs", "differ"),
    [
        ("能耗下降14.5%。", "能耗下降16%以上。", [("figure", "14.5%", "16%以上")]),
        ("由市经信局牵头。", "由市工信局牵头。", [("department", "市经信局", "市工信局")]),
        ("到2025年底前完成。", "到2030年前完成。", [("year", "2025年底前", "2030年前")]),
        ("“十四五”期间", "“十五五”期间", [("year", "“十四五”", "“十五五”")]),
        ("云泽市带头落实", "澜川市带头落实", [("place", "云泽市", "澜川市")]),
        ("甲下降10%，乙下降5%。", "甲下降5%，乙下降10%。", [("figure", "10%", "5%"), ("figure", "5%", "10%")]),
        ("乙下降5%，甲下降10%。", "甲下降10%，乙下降5%。", []),
        ("新增10万吨，下降5%。", "新增12万吨，下降5%。", [("figure", "10万吨", "12万吨")]),
        ("安排10万元。", "占比10%。", [("figure", "10万元", ""), ("figure", "", "10%")]),
        (
            "秸秆综合利用率达到90%以上；",
            "到2025年，粪污处理率达到92%以上，秸秆综合利用率稳定在96%以上；",
            [("figure", "90%以上", "96%以上"), ("year", "", "2025年"), ("figure", "", "92%以上")],
        ),
        # a figure only with one of the same indicator, whatever stands at the same place
        ("主要农作物化肥利用率达到43%。", "主要农作物农药利用率达到45%。", [("figure", "43%", ""), ("figure", "", "45%")]),
        ("农作物秸秆综合利用率达到90%。", "畜禽粪污综合利用率达到80%。", [("figure", "90%", ""), ("figure", "", "80%")]),
        ("非化石能源消费比重达到20%。", "化石能源消费比重达到80%。", [("figure", "20%", ""), ("figure", "", "80%")]),
        ("万元GDP能耗下降13%。", "全市单位地区生产总值能源消耗比上年下降15%。", [("figure", "13%", "15%")]),
        ("农村生活污水治理率达到25%。", "全市农村生活污水治理比例达到80%。", [("figure", "25%", "80%")]),
        ("人均能耗下降6%。", "人均能耗下降率达到4%。", [("figure", "6%", "4%")]),
        ("新能源公交车占比达到90%。", "新增公交车新能源比例达到100%。", [("figure", "90%", ""), ("figure", "", "100%")]),
        ("用水量下降6%。", "用水量增长6%。", [("figure", "6%", ""), ("figure", "", "6%")]),
        ("创建绿色工厂10家。", "打造20家绿色工厂。", [("figure", "10家", "20家")]),
        (
            "氨氮、氮氧化物减排量分别达到5吨、6吨。",
            "氮氧化物、挥发性有机物减排量分别达到7吨、8吨。",
            [("figure", "6吨", "7吨"), ("figure", "5吨", ""), ("figure", "", "8吨")],
        ),
        # a time that is compared with is no time of a goal; two that begin their sentences are a pair
        ("到2025年能耗下降5%。", "能耗比2020年下降5%。", [("year", "2025年", ""), ("year", "", "2020年")]),
        ("到2025年，甲项目建成。", "到2030年，乙园区投产。", [("year", "2025年", "2030年")]),
        ("推广住宅，2025年普及。", "治理河道，2030年达标。", [("year", "2025年", ""), ("year", "", "2030年")]),
        ("到2025年，甲项目建成。", "推广住宅，2025年普及。", []),
        ("云泽市建设港口。", "澜川市培训教师。", [("place", "云泽市", ""), ("place", "", "澜川市")]),
        ("由市财政局牵头。", "由市公安局牵头。", [("department", "市财政局", ""), ("department", "", "市公安局")]),
        ("比重80％。", "比重80%。", []),
    ],
)
def test_what_is_named_otherwise(ours: str, theirs: str, differ: list[tuple[str, str, str]]) -> None:
    assert [(n.kind, n.ours, n.theirs) for n in named(ours, theirs)] == differ


def test_a_department_is_held_against_the_one_of_its_function() -> None:
    found = named("由市财政局、市发改委负责。", "由市发展改革委、市财政局负责。")
    assert [(n.ours, n.theirs) for n in found] == [("市发改委", "市发展改革委")]
