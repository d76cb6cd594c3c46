"""Figures with a unit in running text: `14.5%`, `1.017万吨`, `15%—20%`, `295克标准煤/千瓦时以下`.

Dates, document numbers, ordinals and figures inside a word (`PM2.5`, `5G`, `500亿级`) are no quantities.
"""

import re
from dataclasses import dataclass
from functools import cache

from corpus.lexicon.units import Kind, kind_of, unit_pattern
from corpus.types import Bound

NUMBER = r"\d{1,15}(?:,\d{3}){0,4}(?:[.．]\d{1,9})?"
SUFFIX: dict[str, Bound] = {"以上": ">=", "以下": "<=", "以内": "<=", "之内": "<=", "左右": "~", "上下": "~"}
_NOT_AFTER = r"(?<![\d.．A-Za-z〔\[【第前×/／-])"
# a bare number is a figure only where no other word goes on with it
_BARE = r"(?![\d.．,，]?\d)(?!\s?[年月日号时点版期级届轮类股线路楼层批次十百千万亿A-Za-z+×:：〕\]）)”/／.．—–～~-])(?!、(?!\d))"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as written. `value` and `unit` are slices; of a range the value runs up to the last unit (`15%—20`).

    text[start:end] is the figure with its unit, text[end:after] a bound behind it (`以上`), which gives `bound`.
    `inclusive` marks 及以上 / 及以下, which name a class more often than a goal. kind is None without a unit.
    """

    value: str
    unit: str
    kind: Kind | None
    bound: Bound | None
    inclusive: bool
    start: int
    end: int
    after: int


@cache
def _pattern() -> re.Pattern[str]:
    unit = unit_pattern()
    return re.compile(
        rf"{_NOT_AFTER}(?P<value>{NUMBER}(?!\d)(?:[ ]?(?:{unit})?[ ]?(?:[—–～~至到-]|——){NUMBER}(?!\d))?)"
        rf"(?:[ \u3000]?(?P<unit>{unit})|{_BARE})"
        rf"(?:\s?(?P<and>[及或]?)(?P<bound>{'|'.join(SUFFIX)}))?"
    )


def find_quantities(text: str, start: int, end: int) -> list[Quantity]:
    """The quantities within text[start:end], in order."""
    return [_quantity(m) for m in _pattern().finditer(text, start, end)]


def _quantity(m: re.Match[str]) -> Quantity:
    unit, bound = m["unit"] or "", m["bound"]
    kind = kind_of(unit) if unit else None
    stop = m.end("unit") if unit else m.end("value")
    return Quantity(m["value"], unit, kind, SUFFIX.get(bound or ""), bool(m["and"]), m.start(), stop, m.end())
