"""The basket as HTML, and what a browser may say of it."""

import pytest

from assistant.precedents.types import Collected, Pick
from assistant.web.basket import MOST, picks_of, render_basket
from tests.assistant.desk_records import OURS, quotation
from tests.assistant.page_text import Seen

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
