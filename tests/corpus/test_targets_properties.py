"""Properties of the reader of figures: lists read back, any text is read, long lines take linear time."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.targets import read_targets
from tests.corpus.test_targets import brief, clause, read
from tests.limits import that_ends

POLLUTANTS = ["化学需氧量", "氨氮", "氮氧化物", "挥发性有机物", "二氧化硫", "总磷", "总氮", "颗粒物"]
number = st.decimals(min_value=0, max_value=99999, places=2).map(str)


@given(st.lists(st.sampled_from(POLLUTANTS), min_size=2, max_size=6, unique=True), st.data())
def test_lists_read_back(members: list[str], data: st.DataObject) -> None:
    values = [data.draw(number) for _ in members]
    etc = data.draw(st.sampled_from(["", "等主要污染物"]))
    verb = data.draw(st.sampled_from(["分别达到", "分别为", "分别完成"]))
    once = data.draw(st.booleans())
    figures = [v + ("" if once and i < len(values) - 1 else "吨") for i, v in enumerate(values)]
    text = f"到2025年，{'、'.join(members)}{etc}重点工程减排量{verb}{'、'.join(figures)}。"
    got = read(text)
    assert brief(got) == [(m + "重点工程减排量", v + "吨") for m, v in zip(members, values, strict=True)]
    assert {t.year for t in got} == {2025}


PIECES = [
    "到2025年", "，", "。", "、", "（", "）", "“", "”",
    "分别", "达到", "下降", "森林覆盖率", "全市", "新建", "12",
    "3.5", "%", "吨", "家", "以上", "的", "比2020年", "：",
    "—", "〔2021〕", "绿色工厂", "和", "年均", "１２", "万",
    "/", "个百分点", "\n", "\t", " ",
]  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_any_text_is_read_without_error(text: str) -> None:
    for t in read(text):
        assert 0 <= t.start < t.end <= len(text)
        assert t.indicator and t.indicator == t.indicator.strip()
        assert re.search(r"\d", t.value)


@pytest.mark.parametrize(
    "piece",
    [
        "到2025年达到35%以上",
        "1,000",
        "新建3个千亿、",
        "市、县",
        "分别",
        "（",
        "1—",
        "20%的",
        "“十四五”",
        "氨氮5吨、",
        "达",
    ],
)
def test_a_long_line_without_a_full_stop_ends(piece: str) -> None:
    line = piece * (200_000 // len(piece))
    with that_ends():
        read_targets(line, [clause(line)])
