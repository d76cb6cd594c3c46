"""Provinces, prefectures and county-level cities, and which of them a text names.

Rows lie in `regions.jsonl`; their source is named in docs/lexicon.md.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

Level = Literal["province", "prefecture", "county"]
Bare = Literal["free", "break", "known", "never"]

_TABLE = Path(__file__).with_name("regions.jsonl")
_RANK = {"province": 0, "prefecture": 1, "county": 2}
# What may stand before a short name that is also a part of other words (确|保定, 其|中卫).
_BREAK = re.compile(
    r"[^\u4e00-\u9fff]|[和与及或跟同在由对比较查看问请把将从向到至按据于是让叫像如给为替就以省州的了解下道知找帮我你]"
)
# A short name before one of these heads the name of another place or body (吉林大学, 朝阳区, 邢台县).
_ELSEWHERE = re.compile(r"县(?![区市级城域乡])|区(?![县域划级])|[镇乡](?![镇街村])|街道|大学|大道|路(?![网面况段政长])")
_ETHNIC = re.compile(r"^(.{2,}?)(?:[\u4e00-\u9fff]{1,3}族)+自治[州县旗]$")
_SUFFIX = re.compile(r"^(.{2,}?)(?:特别行政区|自治[区州县旗]|地区|街道|[省市县区州盟旗镇乡])$")
# Names of a part that every city has: never a region by their short form.
_GENERIC = re.compile("高新(技术)?|经济(技术)?(开发)?|开发|工业|园区|城市|新城|和平|中心|示范")


@dataclass(frozen=True, slots=True)
class Region:
    """A row. `province` is the name itself for a province.

    bare: when the short name counts without 省, 市 …: always (`free`), after a word break (`break`, 保定 is also in
    确保定期), there and only if the library knows the region (`known`, 灯塔), or not at all (`never`, 合作).
    not_before, not_after: what makes it another word when it follows or precedes (长治|久安, 真金|白银).
    """

    name: str
    short: str
    level: Level
    province: str
    bare: Bare = "free"
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Form:
    """A string that may name `region`; `full` if it names nothing else."""

    text: str
    region: Region
    full: bool


@cache
def load_regions() -> tuple[Region, ...]:
    """All rows: province after province, in each its prefectures, then its county-level cities."""
    return tuple(_region(json.loads(line)) for line in _TABLE.read_text(encoding="utf-8").splitlines())


def _region(row: dict[str, Any]) -> Region:
    return Region(
        name=row["name"],
        short=row["short"],
        level=row["level"],
        province=row["province"],
        bare=row["bare"],
        not_before=tuple(row.get("not_before", ())),
        not_after=tuple(row.get("not_after", ())),
    )


def find_regions(text: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Canonical names of the regions a text names, in order of occurrence, once each.

    known: the regions of the user's library; they may be places no table holds (`云泽市`, `袁花镇`), and a short
    name shared by several regions means the known ones among them (吉林 → 吉林市), else the largest.
    The longest name wins. A region written right before one that lies in it is left out (四川省达州市 → 达州市).
    """
    names = dict.fromkeys(known)
    forms = _known_forms(names)
    found: list[tuple[int, int, tuple[Region, ...]]] = []
    position = 0
    while position < len(text):
        after_region = bool(found) and found[-1][1] == position
        end, regions = _match(text, position, forms, names, after_region=after_region)
        if regions:
            found.append((position, end, regions))
        position = end
    return tuple(dict.fromkeys(_innermost(found)))


def _match(
    text: str, start: int, known: Mapping[str, list[_Form]], names: Mapping[str, None], *, after_region: bool
) -> tuple[int, tuple[Region, ...]]:
    """(end, regions) of the longest name at `start`; (start + 1, ()) where none begins."""
    head = text[start : start + 2]
    forms = [form for form in (*known.get(head, ()), *_table_forms().get(head, ())) if text.startswith(form.text, start)]
    for length in sorted({len(form.text) for form in forms}, reverse=True):
        fitting = [
            form.region
            for form in forms
            if len(form.text) == length and _fits(text, start, form, names, after_region=after_region)
        ]
        if fitting:
            of_library = tuple(region for region in fitting if region.name in names)
            best = min(fitting, key=lambda region: _RANK[region.level])
            return start + length, tuple(dict.fromkeys(of_library)) or (best,)
    return start + 1, ()


def _fits(text: str, start: int, form: _Form, names: Mapping[str, None], *, after_region: bool) -> bool:
    region, end = form.region, start + len(form.text)
    at_break = start == 0 or after_region or bool(_BREAK.match(text[start - 1]))
    if form.full:
        if form.text.endswith("市") and text.startswith("场", end):  # 合作|市场
            return False
        return at_break or region.bare == "free" or not form.text.endswith("城市")  # 沿海|城市
    if _ELSEWHERE.match(text, end) or text.startswith(region.not_before, end):
        return False
    if text.endswith(region.not_after, 0, start):
        return False
    if region.bare == "free":
        return True
    if region.bare == "known" and region.name not in names:
        return False
    return at_break


@cache
def _table_forms() -> dict[str, list[_Form]]:
    """Forms of the table under their first two characters."""
    return _index(form for region in load_regions() for form in _forms(region))


def _forms(region: Region) -> Iterator[_Form]:
    yield _Form(region.name, region, True)
    if region.name.endswith(("自治州", "自治县", "自治旗")):
        yield _Form(region.short + region.name[-1], region, True)
    if region.short != region.name and region.bare != "never":
        yield _Form(region.short, region, False)


def _known_forms(names: Iterable[str]) -> dict[str, list[_Form]]:
    """Forms of the regions no table holds."""
    table = {region.name for region in load_regions()}
    return _index(form for name in names if len(name) > 1 and name not in table for form in _forms(_custom(name)))


def _custom(name: str) -> Region:
    match = _ETHNIC.match(name) or _SUFFIX.match(name)
    short = match[1] if match and not _GENERIC.fullmatch(match[1]) else name
    bare: Bare = "free" if name.endswith(("市", "县", "州")) else "break"
    return Region(name, short, "county", "", bare)


def _index(forms: Iterable[_Form]) -> dict[str, list[_Form]]:
    index: defaultdict[str, list[_Form]] = defaultdict(list)
    for form in forms:
        index[form.text[:2]].append(form)
    return dict(index)


def _innermost(found: list[tuple[int, int, tuple[Region, ...]]]) -> Iterator[str]:
    """Names in order, without a region that only says where the next one lies."""
    following = [*found[1:], (-1, -1, ())]
    for (_, end, regions), (start, _, inner) in zip(found, following, strict=False):
        for region in regions:
            if start != end or not any(_lies_in(other, region) for other in inner):
                yield region.name


def _lies_in(inner: Region, outer: Region) -> bool:
    """Whether `inner` may lie in `outer`: of its province, or of no known province."""
    return _RANK[inner.level] > _RANK[outer.level] and inner.province in ("", outer.province)
