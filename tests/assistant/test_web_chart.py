"""The bar chart of a comparison: like with like, every bar to its clause."""

from dataclasses import replace

import pytest

from assistant.types import Answer, Citation, Item
from assistant.web.chart import bar_of, groups, render_charts
from assistant.web.render import render_answer
from tests.assistant.page_text import Seen

CITED = Citation(1, "d:一", "d", "某.txt", "河湾市方案", "河湾市", ("一",), "一、目标", 5, 13, "下降14%")


def item(value: str, mark: int = 1) -> Item:
    return Item(f"d{mark}", "某.txt", "河湾市", ("一",), "一、目标", (), (value,), "下降14%", (mark,))


def bars(*rows: tuple[str, str]) -> list:  # type: ignore[type-arg]
    return [bar for value, line in rows if (bar := bar_of(item(value), line, "河湾市", CITED))]


@pytest.mark.parametrize(
    ("value", "line", "size", "group", "base"),
    [
        ("14%", "2025年能耗下降14%", 14.0, ("%", "2025", "下降"), ""),
        ("16.5％", "2025年能耗降低16.5％（比2020年）", 16.5, ("%", "2025", "下降"), "2020"),
        ("22%", "2025年非化石能源消费占比22%左右", 22.0, ("%", "2025", ""), ""),
        ("1,200万吨", "新增产能1,200万吨", 1200.0, ("万吨", "", "上升"), ""),
        ("0.22万吨", "2030年减排量0.22万吨", 0.22, ("万吨", "2030", ""), ""),
        ("106千克标准煤/吨", "2025年能耗106千克标准煤/吨", 106.0, ("千克标准煤/吨", "2025", ""), ""),
    ],
)
def test_a_figure_is_read_as_written(value: str, line: str, size: float, group: tuple[str, str, str], base: str) -> None:
    (bar,) = bars((value, line))
    assert (bar.size, bar.group, bar.base, bar.said) == (size, group, base, value)


@pytest.mark.parametrize("value", ["", "多于14", "15%—20%", "15—20%", "14", "一半", "-3%", "14%15%", "１４"])
def test_what_is_no_single_figure_with_a_unit_is_not_drawn(value: str) -> None:
    assert bars((value, f"2025年能耗下降{value}")) == []
    assert bar_of(replace(item("14%"), values=("14%", "15%")), "下降14%", "河湾市", CITED) is None


@pytest.mark.parametrize(
    ("rows", "sizes"),
    [
        ([("14%", "2025年能耗下降14%"), ("15%", "2025年能耗降低15%")], [[15, 14]]),
        ([("14%", "2025年能耗下降14%"), ("15%", "2030年能耗下降15%")], []),  # unlike years
        ([("14%", "2025年能耗下降14%"), ("15吨", "2025年能耗下降15吨")], []),  # unlike units
        ([("14%", "2025年能耗下降14%"), ("22%", "2025年占比22%")], []),  # a fall and a share
        ([("14%", "2025年降14%（比2020年）"), ("15%", "2025年降15%（比2015年）")], []),  # unlike baselines
        ([("14%", "2025年降14%（比2020年）"), ("15%", "2025年降15%")], [[15, 14]]),
        ([("1%", "2025年占1%"), ("3吨", "2025年3吨"), ("2%", "2025年占2%"), ("4吨", "2025年4吨")], [[2, 1], [4, 3]]),
    ],
)
def test_only_like_is_drawn_with_like(rows: list[tuple[str, str]], sizes: list[list[float]]) -> None:
    assert [[bar.size for bar in group] for group in groups(bars(*rows))] == sizes


def test_what_is_not_drawn_is_said() -> None:
    alike, unlike = ("14%", "2025年降14%"), ("15吨", "2025年降15吨")
    assert "未作图" not in render_charts(bars(alike, alike), 2)
    assert "不同，未作图：1 项" in render_charts(bars(alike, alike, unlike), 3)
    assert Seen(render_charts(bars(alike, unlike), 2)).shown == "单位、年份或升降不同，未作图：2 项。"
    assert render_charts(bars(alike), 1) == ""


def test_lengths_are_in_proportion_and_a_zero_is_no_division() -> None:
    page = render_charts(bars(("5%", "2025年降5%"), ("20%", "2025年降20%")), 2)
    assert "--share:1.0000" in page and "--share:0.2500" in page
    assert render_charts(bars(("0%", "2025年降0%"), ("0%", "2025年降0%")), 2).count("--share:0.0000") == 2


def test_bars_and_values_of_a_comparison_lead_to_their_clause() -> None:
    other = replace(CITED, n=2, document="e", start=7, end=9)
    text = "2 项：\n河湾市：2025年能耗下降14%[1]\n河湾市：2025年能耗下降15%[2]"
    answer = Answer("对比", "compare", "answered", text, (item("14%"), item("15%", 2)), (CITED, other))
    page = render_answer(answer)
    links = [(a["data-document"], a["data-start"]) for a in Seen(page).links() if "strip" in str(a["class"])]
    assert links == [("e", "7"), ("d", "5")]
    assert '<td data-name="数值" class="value"><div><a class="jump" href="#reader" data-document="e"' in page
    assert "chart" not in render_answer(replace(answer, kind="target"))


def test_hostile_text_stays_text() -> None:
    bad = '<script>x()</script>"'
    page = Seen(render_charts([replace(each, place=bad, name=bad) for each in bars(("1%", "占1%"), ("2%", "占2%"))], 2))
    assert "script" not in page.names() and bad in page.shown
