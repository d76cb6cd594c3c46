"""Targets in tables: a cell with its row, its column and the table's name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.lexicon.units import is_unit, unit_pattern
from corpus.quantities import NUMBER, SUFFIX
from corpus.target_lists import CATEGORY
from corpus.target_words import BOUNDS, MEASURE_NOUN
from corpus.types import Bound, Cell, Change, Clause, Row, Table, Target
from corpus.years import find_frames, plan_year

_PLACE_COLUMN = re.compile(
    r"地区|县区|区县|县市|市县|市州|地市|州市|[县市镇区乡][（(]|街道|乡镇|镇街|行政区|区域|城市$|园区|旗县|盟市|[县市镇]名|^[县市区镇]$|责任主体"
)
_NAME_COLUMN = re.compile(r"指标|项目|名称|内容|类别|领域|任务|行业|产品|品种|污染物")
_NO_NAME = re.compile(r"指标值|目标值|20\d\d")
_UNIT_COLUMN = re.compile(r"(?:计量|指标)?单位")
_OTHER_COLUMN = re.compile(r"责任|牵头|配合|部门|备注|属性|序号|编号|性质|类型|依据|来源|说明|时限|进度安排|联系")
_PAST_COLUMN = re.compile(r"实际|现状|基期|基数|完成值|完成情况|基准|历史|现值")
_CHANGE_COLUMN = re.compile(r"变化|增幅|降幅|增减|增速|增长|下降|降低|提高|年均|累计")
_GOAL_COLUMN = re.compile(r"目标|计划|任务|规划|预期|力争|要求")
_UNIT_IN_NAME = re.compile(r"[（(\[［]([^（()）\[\]［］]{1,16})[）)\]］]")
_NONE = ("", "-", "—", "/", "－", "–")
_UNIT = unit_pattern()
_CELL = re.compile(
    rf"(?P<verb>(?:累计|年均|力争|约|不低于|不少于|不高于|不超过|小于|大于|低于|高于|达到|达|控制在|稳定在|"
    rf"下降|降低|减少|压减|削减|增长|提高|提升|增加|上升)*)(?P<sign>[≥≤<>＜＞＝=]{{0,2}})"
    rf"(?P<rate>[\[［]?)(?P<value>{NUMBER}(?:[—–～~-]{NUMBER})?)(?P<unit>(?:{_UNIT})?)[\]］]?"
    rf"(?P<behind>(?:{'|'.join(SUFFIX)})?)(?P<unit2>(?:{_UNIT})?)"
)
_DOWN, _UP = re.compile(r"下降|降低|减少|压减|削减|降幅"), re.compile(r"增长|提高|提升|增加|增幅|增速|上升")
_PERIOD = re.compile(r"[“\"]?十[一二三四五六七]五[”\"]?(?:目标|时期|期间)?|20\d\d年?")
_CAPTION_LEAD = re.compile(
    r"[“\"]?十[一二三四五六七]五[”\"]?(?:时期|期间)?|\d{4}年|(?:附件|附表|表)\s?\d*|各(?:[县市区镇乡州盟旗]|街道|地区|开发区|[（(、/）)])+(?=.{3})|"
    r"全[市省县区](?=.{3})"
)


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a table is read: the column that names the rows, whether these are places, the unit column, the caption."""

    name: int
    by_place: bool
    unit: int | None
    caption: str


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of figures: its name without unit, its unit, its year, and whether it says how much changes."""

    index: int
    name: str
    unit: str
    year: int | None
    is_change: bool


def read_table_targets(table: Table, clause: Clause, year: int | None, now: int | None) -> Iterator[Target]:
    """The target of every cell with a figure in a column of goals, row by row; columns of past values are left out.

    In a table by place the indicator is the column and `place` the row's name; else the indicator is the row's name.
    year: what holds where the table names none.  now: the least year the document can be of.
    """
    header = [_bare(h) for h in table.header]
    caption = _bare(clause.heading)
    layout = _layout(header, table, caption)
    if layout is None:
        return
    columns = _columns(header, table, layout, _year(caption) or year, now)
    named = (
        _GOAL_COLUMN.search(caption) or "指标" in caption or any(_GOAL_COLUMN.search(c.name) or _year(c.name) for c in columns)
    )
    for row in table.rows if named else ():
        label = _bare(_text(row, layout.name))
        for column in columns if label else ():
            m = _CELL.fullmatch(_bare(_text(row, column.index)))
            if m:
                yield _target(row, column, m, layout, label)


def _bare(words: str) -> str:
    return re.sub(r"\s+", "", words)


def _text(row: Row, index: int) -> str:
    return row.cells[index].text if index < len(row.cells) else ""


def _year(words: str) -> int | None:
    """The last year a name speaks of: `2025年目标值`, `“十四五”各县区…目标`."""
    years = [f.year for f in find_frames(words + " ") if f.year] + [int(y) for y in re.findall(r"(20\d\d)(?:年|$|目标)", words)]
    return max(years, default=None) or plan_year(words)


def _layout(header: list[str], table: Table, caption: str) -> _Layout | None:
    unit = next((i for i, h in enumerate(header) if _UNIT_COLUMN.fullmatch(h) and _holds_units(table, i)), None)
    place = next((i for i, h in enumerate(header[:3]) if _PLACE_COLUMN.search(h) and not _OTHER_COLUMN.search(h)), None)
    if place is not None:
        return _Layout(place, True, unit, caption)
    named = [
        i
        for i, h in enumerate(header[:4])
        if _NAME_COLUMN.search(h) and i != unit and not _NO_NAME.search(h) and not _OTHER_COLUMN.search(h)
    ]
    # of several, the last that names most rows: 类别 before 指标 is merged over rows
    wide = [i for i in named if len({_text(r, i) for r in table.rows} - {""}) * 2 > len(table.rows)]
    name = (wide or named)[-1] if named else 0 if header and not header[0] else None
    return None if name is None else _Layout(name, False, unit, caption)


def _holds_units(table: Table, i: int) -> bool:
    filled = [c for c in (_bare(_text(r, i)) for r in table.rows) if c not in _NONE]
    return sum(map(is_unit, filled)) * 2 > len(filled)


def _columns(header: list[str], table: Table, layout: _Layout, year: int | None, now: int | None) -> list[_Column]:
    """The columns of figures to come. Of several years the earlier ones are past unless called a goal."""
    years = [_year(h) for h in header]
    latest = max((y for y in years if y), default=None)
    columns = []
    for i, h in enumerate(header):
        own, change = years[i], bool(_CHANGE_COLUMN.search(h))
        if i in (layout.name, layout.unit) or _PAST_COLUMN.search(h) or (_OTHER_COLUMN.search(h) and not change):
            continue
        if own and latest and own < latest and not _GOAL_COLUMN.search(h) and (not now or own < now):
            continue
        columns.append(_Column(i, _without_unit(h), _unit_in(h) or table.unit, own or latest or year, change))
    return columns


def _target(row: Row, column: _Column, m: re.Match[str], layout: _Layout, label: str) -> Target:
    cell: Cell = row.cells[column.index]
    said = m["verb"]
    if layout.by_place:
        name, place = _indicator(column.name, layout.caption), label
        said += column.name + name
    else:
        kind = next((k for k in ("基本目标", "激励目标", "奋斗目标") if k in column.name), "")
        name, place = _without_unit(label) + kind, None
        said += column.name if column.is_change else ""
    change: Change = "down" if _DOWN.search(said) else "up" if _UP.search(said) else "level"
    unit = _unit(row, column, m, layout, label)
    return Target(name, m["value"], unit, _bound(m), change, column.year, None, cell.start, cell.end, place)


def _unit(row: Row, column: _Column, m: re.Match[str], layout: _Layout, label: str) -> str:
    """The unit nearest to the figure: in the cell, the unit column, the row's name, the column or above the table."""
    if own := m["unit"] or m["unit2"] or ("%" if m["rate"] else ""):  # `下降[5%]`: the bracket marks a rate
        return own
    listed = _bare(_text(row, layout.unit)) if layout.unit is not None else ""
    return ("" if listed in _NONE else listed) or _unit_in(label) or column.unit


def _unit_in(name: str) -> str:
    return next((u for u in _UNIT_IN_NAME.findall(name) if is_unit(u)), "")


def _without_unit(name: str) -> str:
    return _UNIT_IN_NAME.sub(lambda m: "" if is_unit(m[1]) else m[0], name)


def _bound(m: re.Match[str]) -> Bound:
    if m["sign"] in BOUNDS:
        return BOUNDS[m["sign"]]
    for word in sorted(BOUNDS, key=len, reverse=True):
        if m["verb"].endswith(word):
            return BOUNDS[word]
    return SUFFIX.get(m["behind"], "=")


def _indicator(name: str, caption: str) -> str:
    """The column's name, with what the caption says is measured: `氨氮` + `重点工程减排量`, `能耗强度降低` + `基本目标`."""
    own = "".join(p for p in name.split("/") if p and not _PERIOD.fullmatch(p)) or name
    about, before = caption, ""
    while about != before:
        before, about = about, about[m.end() :] if (m := _CAPTION_LEAD.match(about)) else about
    about = re.sub(r"(?:目标|任务|计划|指标)*(?:分解)?(?:表|情况)?$", "", about)
    if MEASURE_NOUN.search(own) or not about or about in own or len(about) > 24 or _DOWN.search(own) or _UP.search(own):
        return own
    if re.match(r"(?:基本|激励|奋斗|约束性?|预期性?)?(?:目标|任务)", own):
        return about + own
    return own + (about[m.end() :] if (m := CATEGORY.match(about)) else about)
