"""Figures of tables: places in rows, indicators in rows, and which columns hold goals."""

from dataclasses import replace

import pytest

from corpus.targets import read_targets
from corpus.types import Cell, Clause, Row, Table, Target


def table_clause(heading: str, header: list[str], rows: list[list[str]], unit: str = "") -> tuple[str, Clause]:
    """A document that is one annex with one table, a cell a line."""
    text, made = heading + "\n", []
    begin = len(text)
    for row in rows:
        cells = []
        for words in row:
            cells.append(Cell(words, len(text), len(text) + len(words)))
            text += words + "\n"
        made.append(Row(tuple(cells), "", cells[0].start, cells[-1].end))
    table = Table(tuple(header), tuple(made), unit, begin, len(text))
    return text, Clause("d:附件1", "d", ("附件1",), "annex", heading, (heading,), text, 0, len(text), (table,))


def read(heading: str, header: list[str], rows: list[list[str]], unit: str = "") -> list[Target]:
    text, clause = table_clause(heading, header, rows, unit)
    (targets,) = read_targets(text, [clause])
    for t in targets:
        assert t.value in text[t.start : t.end]
    return list(targets)


def brief(targets: list[Target]) -> list[tuple[str | None, str, str, int | None]]:
    return [(t.place, t.indicator, t.value + t.unit, t.year) for t in targets]


def test_places_with_two_goals() -> None:
    got = read("“十四五”各镇（街道）能耗强度降低目标", ["镇（街道）", "“十四五”/基本目标", "“十四五”/激励目标"],
               [["青石镇", "17.0", "18.0"], ["白塔街道", "16.5", "17.5"]], "%")  # fmt: skip
    assert brief(got) == [
        ("青石镇", "能耗强度降低基本目标", "17.0%", 2025),
        ("青石镇", "能耗强度降低激励目标", "18.0%", 2025),
        ("白塔街道", "能耗强度降低基本目标", "16.5%", 2025),
        ("白塔街道", "能耗强度降低激励目标", "17.5%", 2025),
    ]
    assert {t.change for t in got} == {"down"}


def test_units_in_the_header_and_the_noun_of_the_caption() -> None:
    got = read(
        "“十五五”各县区主要污染物重点工程减排量目标",
        ["地区", "氨氮（吨）", "总磷\n（千克）"],
        [["云溪县", "30", "0"]],
    )
    assert brief(got) == [
        ("云溪县", "氨氮重点工程减排量", "30吨", 2030),
        ("云溪县", "总磷重点工程减排量", "0千克", 2030),
    ]
    assert {t.change for t in got} == {"level"}


HEADER = ["指标", "单位", "2020年指标/实际值", "2025年指标/目标值", "2025年指标/变化幅度", "责任单位"]
ROWS = [
    ["水泥综合\n能耗", "千克标准煤/吨", "108", "101", "减少7", "市经信局"],
    ["可再生能源比重", "%", "12.5", "18左右", "增加5.5\n左右", ""],
    ["数据中心电能利用效率", "-", "-", "＜1.3", "-", ""],
    ["人均综合能耗", "千克标准煤/人", "70", "65", "下降[7%]", "市管局"],
    ["绿色建筑比例", "%", "—", "完成省下达任务", "", "市住建局"],
]  # fmt: skip


def test_indicators_in_rows() -> None:
    got = read("“十四五”行业节能指标", HEADER, ROWS)
    assert [(t.indicator, t.value, t.unit, t.bound, t.change) for t in got] == [
        ("水泥综合能耗", "101", "千克标准煤/吨", "=", "level"),
        ("水泥综合能耗", "7", "千克标准煤/吨", "=", "down"),
        ("可再生能源比重", "18", "%", "~", "level"),
        ("可再生能源比重", "5.5", "%", "~", "up"),
        ("数据中心电能利用效率", "1.3", "", "<=", "level"),
        ("人均综合能耗", "65", "千克标准煤/人", "=", "level"),
        ("人均综合能耗", "7", "%", "=", "down"),
    ]
    assert {(t.year, t.place) for t in got} == {(2025, None)}


@pytest.mark.parametrize(
    ("cell", "value", "bound"),
    [
        ("≥90", "90", ">="),
        ("90以上", "90", ">="),
        ("≤5%", "5", "<="),
        ("不低于90%", "90", ">="),
        ("约30", "30", "~"),
        ("95", "95", "="),
    ],
)
def test_bounds_of_cells(cell: str, value: str, bound: str) -> None:
    (target,) = read("主要指标", ["指标", "2025年目标值"], [["绿化覆盖率", cell]])
    assert (target.value, target.bound) == (value, bound)


def test_earlier_years_are_history() -> None:
    got = read("主要指标", ["序号", "类别", "指标名称", "2020年", "2025年", "属性"],
               [["1", "生态", "森林覆盖率（%）", "40", "45", "约束性"],
                ["2", "", "湿地保护率（%）", "50", "55", "预期性"]])  # fmt: skip
    assert [(t.value, t.year) for t in got] == [("45", 2025), ("55", 2025)]
    assert [(t.indicator, t.unit) for t in got] == [("森林覆盖率", "%"), ("湿地保护率", "%")]


def test_a_table_without_goals_gives_none() -> None:
    assert read("领导小组成员名单", ["姓名", "职务", "电话"], [["张某", "组长", "12345"]]) == []
    assert read("基本情况", ["地区", "现状值"], [["云溪县", "12"]]) == []


def test_figures_of_a_table_are_not_read_as_prose() -> None:
    text, clause = table_clause("主要指标", ["指标", "2025年目标值"], [["到2025年，绿化率达到45%", "45%"]])
    (targets,) = read_targets(text, [clause])
    assert len(targets) == 1
    (prose,) = read_targets(text, [replace(clause, tables=())])
    assert [t.indicator for t in prose] == ["绿化率"]
