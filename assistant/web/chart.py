"""A quiet bar chart beside the table of a comparison. Pure functions.

Only like is drawn with like: the same unit, year and direction (下降14% is not set beside 占比22%), and no two
baselines; a figure without a baseline may stand beside one that names it, which is said behind its name.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from assistant.types import Citation, Item
from assistant.web.links import opener
from corpus.quantities import NUMBER

_FIGURE = re.compile(rf"({NUMBER})\s?([^\d—–～~至到-]*)")
_YEAR = re.compile(r"^(20\d\d)年")
_BASE = re.compile(r"（比(20\d\d)年）")
_CHANGES = {
    "下降": re.compile(r"(?:下降|降低|减少|压减|削减|降)[^，、。；\d]{0,4}$"),
    "上升": re.compile(r"(?:增长|提高|提升|增加|新增|增)[^，、。；\d]{0,4}$"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure: `place` and `name` say whose and what, `said` the figure as written, `size` its number."""

    place: str
    name: str
    said: str
    size: float
    group: tuple[str, str, str]  # unit, year, direction; "" where not said
    base: str  # baseline year, "" where not said
    citation: Citation


def bar_of(item: Item, statement: str, place: str, citation: Citation) -> Bar | None:
    """The bar of an item whose one value is a single number with a unit; `statement`: what it stands for."""
    if len(item.values) != 1:
        return None
    said = item.values[0]
    found = _FIGURE.fullmatch(unicodedata.normalize("NFKC", said).strip())
    if not found or not found[2]:
        return None
    before = statement.partition(said)[0] if said in statement else ""
    change = next((name for name, pattern in _CHANGES.items() if pattern.search(before)), "")
    year, base = _YEAR.search(statement), _BASE.search(statement)
    group = (found[2].strip(), year[1] if year else "", change)
    name = _YEAR.sub("", before).strip() or item.label
    return Bar(place, name, said, float(found[1].replace(",", "")), group, base[1] if base else "", citation)


def groups(bars: Sequence[Bar]) -> list[list[Bar]]:
    """Bars that may stand in one chart, two or more, the largest figure first; groups in order of appearance."""
    bases: dict[tuple[str, str, str], set[str]] = {}
    for bar in bars:
        bases.setdefault(bar.group, set()).add(bar.base)
    alike: dict[tuple[str, ...], list[Bar]] = {}
    for bar in bars:
        apart = len(bases[bar.group] - {""}) > 1
        alike.setdefault((*bar.group, bar.base if apart else ""), []).append(bar)
    return [sorted(each, key=lambda bar: -bar.size) for each in alike.values() if len(each) > 1]


def render_charts(bars: Sequence[Bar], figures: int) -> str:
    """The charts of all groups; what of `figures` is in none is counted below. "" for fewer than two figures."""
    if figures < 2:
        return ""
    drawn = groups(bars)
    left = figures - sum(map(len, drawn))
    note = f'<p class="count">单位、年份或升降不同，未作图：{left} 项。</p>' if left else ""
    return "".join(map(_chart, drawn)) + note


def _chart(bars: list[Bar]) -> str:
    unit, year, change = bars[0].group
    said = filter(None, (f"{year}年" if year else "未写明年份", change, f"单位：{unit}"))
    top = max(bar.size for bar in bars) or 1.0
    rows = "".join(_rows(bars, top))
    return f'<figure class="chart"><figcaption>{escape("，".join(said))}</figcaption><ol>{rows}</ol></figure>'


def _rows(bars: list[Bar], top: float) -> Iterator[str]:
    for bar in bars:
        cited = bar.citation
        strip = f'<span class="bar" style="--share:{bar.size / top:.4f}"></span><b>{escape(bar.said)}</b>'
        name = bar.name + (f"（比{bar.base}年）" if bar.base else "")
        link = opener(cited.document, cited.start, cited.end, strip, css="jump strip", hint=f"查看原文：{cited.label}")
        yield f'<li><span class="whose"><b>{escape(bar.place)}</b> {escape(name)}</span>{link}</li>'
