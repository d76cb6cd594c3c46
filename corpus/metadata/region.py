"""The place a document governs."""

import re
from pathlib import PurePath

from corpus.lexicon.regions import Region, load_regions

_LEAD = re.compile(
    r"^(?:关于(?:印发|发布|公布|转发|对|就)?|中国共产党|中共|共青团|政协|(?:20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})\s?年度?|中国(?=[（(])|[《〈“\"（(\s])+"
)
_FORBIDDEN = "沿关于各全本我该的和与对在为以及第做若其这此"
# Words that end like a place: 城市, 上市, 直辖市, 社区, 园区, 开发区, 国旗, 联盟 …
_NOT_PLACE = "点贫境粮部市节级会属内外大"  # 试点县, 边境县, 大市
_NOT_CITY = "城市上门夜集闹黑都早股楼辖级地大区建菜米誉明"
_NOT_DISTRICT = "社园地小牧林矿景灾校片特发开范护郊厂辖政治流域岛库街能洪养老税作验贸养服业住活"
_NO_DISTRICT = frozenset({"高新", "主城", "老城", "建成", "中心城", "城", "山", "库", "自治", "功能"})
_PLAIN = re.compile(r"([\u4e00-\u9fff]{2,3}?)(省|市|县|区|旗|盟)(?!场)")
_SHORT_COUNTY = re.compile(r"([\u4e00-\u9fff])(县)(?=人民|政府|委|“|\d|十|城|发)")
_ETHNIC = re.compile(r"[\u4e00-\u9fff]{1,6}族自治[州县旗]|[\u4e00-\u9fff]{2,4}自治[州县旗]")
_SHORT_PREFECTURE = re.compile(r"[\u4e00-\u9fff]{2}州(?=人民政府|政府|委|“|\d|十[一二三四五]五)")
_CONGRESS = re.compile(r"在([\u4e00-\u9fff]{2,12}?)第[一二三四五六七八九十\d]{1,3}届人民代表大会")
_SPEAKER = re.compile(r"代表([\u4e00-\u9fff]{2,10}[省市县区州盟旗])人民政府")


def read_region(title: str, notice: str, issuer: str | None, source: str, text: str) -> str | None:
    """From the title, the notice, the issuer, the opening words of a report, the file name, in this order."""
    if title.startswith(("中华人民共和国", "国务院", "最高人民")):
        return None
    for name in (title, notice):
        if place := leading_region(name) or _short_region(name, text):
            return place
    if place := leading_region(issuer or ""):
        return place
    opening = text[:1500]
    for pattern in (_CONGRESS, _SPEAKER):
        if (match := pattern.search(opening)) and (place := leading_region(match[1])):
            return place
    stem = PurePath(source).stem
    return leading_region(stem) or _short_region(stem, text)


def leading_region(name: str) -> str | None:
    """The place a name begins with, the innermost of a chain (`四川省达州市…` → `达州市`); None if it begins with none.

    Places no table holds are told by their form: 云泽市, 青石县; not 城市, 社区, 各县.
    """
    rest = _LEAD.sub("", name[:80])
    found: str | None = None
    while rest:
        place = _table_name(rest) or _shaped_name(rest)
        if place is None:
            return found
        found = place
        rest = rest[len(place) :]
    return found


def _table_name(text: str) -> str | None:
    names = [r.name for r in load_regions() if text.startswith(r.name)]
    name = max(names, key=len, default=None)
    return None if name and name.endswith("市") and text[len(name) : len(name) + 1] == "场" else name


def _shaped_name(text: str) -> str | None:
    for pattern in (_PLAIN, _SHORT_COUNTY):
        match = pattern.match(text)
        if match and _is_name(match[1], match[2]):
            return match[0]
    match = _ETHNIC.match(text) or _SHORT_PREFECTURE.match(text)
    return match[0] if match and not set(match[0]) & set(_FORBIDDEN) else None


def _is_name(body: str, suffix: str) -> bool:
    if set(body) & set(_FORBIDDEN) or body[-1] in _NOT_PLACE:
        return False
    if suffix == "区":
        return body[-1] not in _NOT_DISTRICT and body not in _NO_DISTRICT
    refused = {"市": _NOT_CITY, "旗": "国军党红锦团彩队", "盟": "联同欧结", "县": "古困区小产郊本邻范", "省": ""}
    return body[-1] not in refused[suffix]


def _short_region(name: str, text: str) -> str | None:
    """A region by its short name at the beginning of a title or file name (`淮北` → `淮北市`).

    Of several that share it (吉林), the one whose level the text speaks of: 全市 or 全省.
    """
    rest = _LEAD.sub("", name[:80])
    fitting = [r for r in load_regions() if _begins_with(rest, r, text)]
    longest = max((len(r.short) for r in fitting), default=0)
    fitting = [r for r in fitting if len(r.short) == longest]
    if not fitting:
        return None
    sample = text[:200_000]
    return max(fitting, key=lambda r: _speaks_of(sample, r)).name


def _begins_with(name: str, region: Region, text: str) -> bool:
    """Whether the short name begins `name`. One that is also a common word stands alone or is full in the text."""
    if not name.startswith(region.short) or len(region.short) < 2:
        return False
    rest = name[len(region.short) :]
    if not rest or not "\u4e00" <= rest[0] <= "\u9fff":
        return True
    if rest.startswith((*region.not_before, "大学", "路", "县", "区", "镇", "乡")):
        return False
    return region.bare == "free" or region.name in text[:5000]


def _speaks_of(text: str, region: Region) -> tuple[int, int, int]:
    """How often the text speaks for a government of that kind, and of its own territory; then the larger region."""
    kind = "区" if region.name.endswith("自治区") else region.name[-1]
    own = text.count(f"全{kind}") + text.count(f"我{kind}")
    return text[:1500].count(f"代表{kind}"), own, {"province": 2, "prefecture": 1, "county": 0}[region.level]
