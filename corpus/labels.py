"""The pieces of a responsibility statement: labels such as 责任单位：, list pieces between separators, times."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.brackets import depth_zero
from corpus.types import Role

LEAD, SUPPORT = "牵头|主办|主责|主抓", "配合|协办|协助|参与|参加|协同|协作|支持|会办|联办"
_DOING = "责任|负责|实施|落实|承办|承担|执行|主管|督办|督导|督查|分管|归口管理|归口|具体实施|组织实施"
_NOUN = "单位|部门|科室|处室|股室|机构|主体|地区|地方|企业|院校"
_WORD = f"(?:{LEAD}|{SUPPORT}|{_DOING})"
_TIME_LABEL = (
    r"(?:完成|办结|整改|推进|实施|落实|计划|预计|总体|工作|任务|起止|建成|目标)?(?:完成)?"
    r"(?:时限|时间|期限|日期|时间节点|节点|进度|时序|周期)(?:要求|安排|节点|进度)?"
)
_SPACED = "|".join(
    r"[ \u3000]{1,4}".join(label) for label in ("责任单位", "牵头单位", "配合单位", "责任部门", "牵头部门", "配合部门")
)
_UNIT_LABEL = (
    r"(?:[省市县区州镇](?:[级直]|政府)?)?(?:第[一二三]|主要|首要|共同|联合|总|具体|其他|相关|有关)?"
    rf"{_WORD}(?:[和与及、/（(]?{_WORD}[）)]?){{0,2}}(?:{_NOUN})(?:[（(][^（()）：:]{{0,20}}[）)])?"
    rf"(?:[和与及、/](?:责任人|负责人|责任领导|{_TIME_LABEL}))?|(?:责任|任务|职责|工作)分工|成员单位|{_SPACED}"
)
_BARE_LABEL = r"(?:牵头|配合|责任|主办|协办|参与)"
_PERSON_LABEL = r"[一-龥]{0,8}(?:领导|责任人|负责人|联系人|牵头人|市长|县长|区长|省长|州长|秘书长|人员|同志|电话|联系方式)(?:[（(][^（()）：:]{0,20}[）)])?"
_COLON = r"\s*[:：∶︰]\s*"
# where a form leaves the colon out: `牵头单位  市教育局`, `完成时限 2023年6月`
_SPACE = (
    r"(?:(?<=单位)|(?<=部门)|(?<=科室))[ \t\u3000]+(?=[省市县区州各团])|(?<=时限)[ \t\u3000]+(?=20\d\d|\d{1,2}月|长期|全年|持续)"
)
LABEL = re.compile(rf"(?P<unit>{_UNIT_LABEL}|{_BARE_LABEL}(?={_COLON}))|(?P<person>{_PERSON_LABEL})|(?P<time>{_TIME_LABEL})")
LABELLED = re.compile(
    rf"[【〔［\[]?(?:{LABEL.pattern})(?:[】〕］\]]\s*(?:{_COLON})?|{_COLON}|(?:为|是)(?=[省市县区州各])|{_SPACE})"
)
_OTHER_LABEL = re.compile(rf"[一-龥]{{2,8}}{_COLON}")
_MISSING_COLON = re.compile(rf"(?:{_UNIT_LABEL})(?<=[位门室])\s*(?=[省市县区州各])")

_DATE = re.compile(
    r"(?:于|在|力争|确保)?(?P<when>(?:20\d\d\s*年)?(?:\d{1,2}\s*月)?(?:\d{1,2}\s*日)?(?:上旬|中旬|下旬|上半年|下半年|第[一二三四]季度)?(?:底|末|初)?"
    r"(?:前|之前|以前)?)(?:基本|全面|全部)?(?:完成|实施|启动|办结|落实|到位|出台|建成)?(?:[，,]?并[^、，,；;]{1,10})?$"
)
_BY_DATE = re.compile(
    r"(?P<when>(?:20\d\d\s*年|年)(?:\d{1,2}\s*月)?(?:\d{1,2}\s*日)?(?:[上下]半年|第?[一二三四]季度|底|末|内)?(?:之前|以前|前)?)"
    r"(?!\d|[^、，,；;]*(?:牵头|负责|配合))[^、，,；;]{2,30}$"
)
_STANDING = re.compile(
    r"(?:并|以后|今后|此后)?(?P<when>长期坚持|长期推进|长期|持续推进|持续实施|持续坚持|持续|常态化推进|常态化|立即实施|立即)$"
)


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a list between separators: text[start:end] of its section, and the separator before it."""

    text: str
    start: int
    end: int
    mark: str


def atoms(text: str) -> Iterator[Atom]:
    """The pieces between separators outside brackets."""
    at, mark = 0, ""
    for cut in [*depth_zero(text, "、，,；;。､"), len(text)]:
        if text[at:cut].strip():
            yield Atom(text[at:cut], at, cut, mark)
        if cut < len(text):
            at, mark = cut + 1, text[cut]


def when(text: str) -> str | None:
    """The time of a piece that is a time: `2025年12月底前完成` → `2025年12月底前`; None otherwise."""
    text = text.strip(" 。")
    m = _STANDING.match(text) or _DATE.match(text) or _BY_DATE.match(text)
    found = m.group("when") if m else ""
    return found if len(found) > 1 and found not in ("上旬", "中旬", "下旬") else None


def label_at(text: str, at: int, end: int) -> tuple[str, int] | None:
    """The label at `at` and where it ends, also where a line break falls inside it (`责任单` ⏎ `位：`); None if none is there."""
    if m := LABELLED.match(text, at, end):
        return m.group(), m.end()
    places = [i for i in range(at, min(end, at + 40)) if not text[i].isspace()]
    m = LABELLED.match("".join(text[i] for i in places))
    if m and m.group("unit") and "\n" in text[at : places[m.end("unit") - 1]]:
        return m.group(), places[m.end() - 1] + 1
    return None


def sections(text: str) -> list[tuple[str, str, str]]:
    """(kind, label, value) of a statement divided at its labels; kind is unit, person, time, other or "" (no label)."""
    cuts: list[tuple[int, int, str, str]] = []
    starts = [0, *(i + 1 for i in depth_zero(text, "，,；;。、"))]
    for at in starts:
        if cuts and at < cuts[-1][1]:
            continue
        if m := LABELLED.match(text, at):
            kind = next(k for k in ("unit", "person", "time") if m.group(k))
            cuts.append((at, m.end(), kind, m.group(kind)))
        elif m := _MISSING_COLON.match(text, at) if at == 0 else None:
            cuts.append((at, m.end(), "unit", m.group()))
        elif m := _OTHER_LABEL.match(text, at):
            cuts.append((at, m.end(), "other", m.group()))
    found = [("", "", text[: cuts[0][0]] if cuts else text)]
    for (_, end, kind, label), following in zip(cuts, [*(c[0] for c in cuts[1:]), len(text)], strict=False):
        found.append((kind, label, text[end:following]))
    return [f for f in found if f[0] or f[2].strip("，,；;。、 ")]


def label_role(label: str) -> Role:
    """牵头… → lead, 配合… → support, everything else responsible. A remark in brackets is not part of the label."""
    label = re.sub(r"[（(][^（()）]{5,}[）)]", "", label)
    if re.search(LEAD, label):
        return "lead"
    return "support" if re.search(SUPPORT, label) else "responsible"
