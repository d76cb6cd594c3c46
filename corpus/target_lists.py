"""Lists said once: `A、B、C重点工程减排量分别为…` → an indicator for each member, with the noun they share."""

import re

from corpus.target_words import MEASURE_NOUN

_SCOPE = re.compile(r"(?:全市|全省|全县|全区|全州|全国|我市|我省|我县|我区|全域|全自治区|全社会|城乡)(?=.)")
_POLLUTANT = re.compile(
    r"化学需氧量|氨氮|氮氧化物|挥发性有机物|二氧化硫|二氧化碳|总氮|总磷|细颗粒物|可吸入颗粒物|颗粒物|烟粉尘|烟尘|粉尘|臭氧|一氧化碳|重金属|甲烷|"
    r"VOCs?|NO[xX2]|SO2|COD|NH3-N|PM2\.5|PM10|CO2",
    re.I,
)
CATEGORY = re.compile(
    r"(?:[\d一二三四五六七八九十两]*[项种类个])?(?:主要|重点)?(?:大气|水)?(?:污染物|指标|行业|作物|领域)(?=.{2})|[\d一二三四五六七八九十两]+[项种类个]"
)
# words that open what the members share: `油墨|使用比例`, `县|污泥无害化处置率`, `农村|居民人均可支配收入`
_HEAD = re.compile(
    r"重点工程|主要|排放|减排|削减|使用|利用|综合|无害化|处理|处置|污泥|污水|垃圾|生活|回收|资源化|居民|常住|人均|单位|增加值|总产值|产值|增速|"
    r"占比|占|比重|比例|达标|覆盖|普及|收入|投入|投资|消费|累计|年均|新增|总量|浓度|能耗|水耗|产量|面积|毛入学|入学|入园|巩固|参保|登记|"
    r"优良|空气|水质|森林|绿化|建成区|城镇|自来水|供水|人口|数量|总数|总额|余额|规模|装机|客运|货运|吞吐|接待|从业|就业|用水|用能|用电"
)
_JOINT = re.compile(r"以及|、|和|及|与")
_OPEN, _CLOSE = "（(〔[", "）)〕]"


def split_members(subject: str, count: int) -> list[str] | None:
    """The `count` members of a list as written, the last with what it shares; None if they do not come out even."""
    pieces = _cut(subject, re.compile("、"))
    if len(pieces) != count:
        pieces = _cut(subject, _JOINT)
    if len(pieces) != count:  # 和 within a name: join again from the left, cut only the last 、-piece
        parts = _cut(subject, re.compile("、"))
        pieces = [*parts[:-1], *_cut(parts[-1], _JOINT)]
    return pieces if len(pieces) == count and all(pieces) else None


def _cut(words: str, mark: re.Pattern[str]) -> list[str]:
    """Split outside brackets."""
    pieces, depth, at = [], 0, 0
    for m in re.finditer(rf"[{re.escape(_OPEN)}]|[{re.escape(_CLOSE)}]|{mark.pattern}", words):
        if m[0] in _OPEN:
            depth += 1
        elif m[0] in _CLOSE:
            depth = max(0, depth - 1)
        elif not depth:
            pieces.append(words[at : m.start()])
            at = m.end()
    return [*pieces, words[at:]]


def distribute(subject: str, count: int) -> list[str] | None:
    """One indicator a member: member and shared noun (`氨氮` + `重点工程减排量`); None if the list has another length.

    A scope before the list (`全市`) goes to every member; `等主要污染物` is left out. Where the noun they share cannot
    be told from the last member, the whole list is named: `甲、乙建设情况（甲）`.
    """
    scope = m[0] if (m := _SCOPE.match(subject)) else ""
    members = split_members(subject[len(scope) :], count)
    if members is None:
        return None
    last, head = _head(members)
    if head is None:
        return [f"{subject}（{x}）" for x in members]
    return [scope + x + head for x in [*members[:-1], last]]


def _head(members: list[str]) -> tuple[str, str | None]:
    """The last member alone and the noun all share: "" if each is complete, None if it cannot be told."""
    last = members[-1]
    if (m := re.match(r"(.{1,30}?)等(.{2,})", last)) and not MEASURE_NOUN.search(m[1]):
        head = m[2][c.end() :] if (c := CATEGORY.match(m[2])) else m[2]
        return m[1], head
    if m := _POLLUTANT.match(last):
        return m[0], last[m.end() :]
    if all(MEASURE_NOUN.search(x) for x in members) and not any(_POLLUTANT.fullmatch(x) for x in members):
        return last, ""
    if len({x[-2:] for x in members}) == 1 and min(map(len, members)) > 3:
        return last, ""
    least = 1 if min(map(len, members[:-1])) == 1 else 2
    if (m := _HEAD.search(last, least)) and MEASURE_NOUN.search(last):
        return last[: m.start()], last[m.start() :]
    return last, None
