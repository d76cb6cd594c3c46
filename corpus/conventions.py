"""What a document says about its own statements: who is in the lead, and who is responsible without being named again."""

import re
from dataclasses import dataclass
from typing import Literal

from corpus.brackets import Flat, depth_zero
from corpus.labels import label_role
from corpus.names import is_territorial
from corpus.parties import PartyReader
from corpus.types import Role
from corpus.units import UnitReader

Rule = Literal["first", "first or each", "comma", "marked"]
_FOLLOWING = re.compile(r"下同|后同|以下(?:均)?(?:同|相同)|以下")
_FIRST = re.compile(
    r"(?:[^。；;，,、（(]{0,16}?)(?:(?:列|排|排名|排序|排列|排在|列在|位列|名列|位居|位于|居|署名)?(?:在)?(?:第一|首|最前|第1)(?:位|个|名|家|面)?)(?:的)?"
    r"(?:责任)?(?:单位|部门|者)?(?:的)?[，,]?(?:为|是|系|作为|即为?)(?:各?(?:该|此)?项?(?:工作|任务)?的?)?(?:总?牵头|主办|主责)(?:责任)?(?:单位|部门)?"
    r"|(?:总?牵头|主办)(?:单位|部门)(?:为|是|系)?(?:排名?|列|排在)?(?:第一|首)(?:位|个|名)?(?:的)?(?:单位|部门)?"
)
_EACH = re.compile(
    r"[，,；;。]?分别负责的?(?:为|是|系|指|由)各(?:有关|相关|责任)?(?:部门|单位)?(?:按[^，,。；;]{2,8})?(?:分别|各自)?牵头(?:负责)?"
)
_COMMA = re.compile(
    r"(?:(?:注|以下|上述|各项|责任单位|其中|任务|表中|名单)[^。；;（(，,、]{0,16}?[，,：:]?)?(?:第一个)?(?:逗号|分号)(?:之)?前(?:面)?的?(?:单位|部门)?(?:为|是|系)(?:总?牵头|主办)(?:责任)?(?:单位|部门)?"
    r"(?:[，,、；;]?(?:逗号|分号)?(?:之)?后(?:面)?的?(?:单位|部门)?(?:为|是|系)(?:配合|责任|参与|协办)(?:单位|部门)?)?"
)
_MARKED = re.compile(
    r"(?:(?:注|以下|上述|各项|责任单位|其中|任务|表中|名单)[^。；;（(，,、]{0,16}?[，,：:]?)?(?:带|标|标有|标注|加|注|打)[“\"]?(?:[*＊★▲△●]|星号|星)[”\"]?(?:号|标)?的?(?:责任)?(?:单位|部门)?(?:为|是|系)(?:总?牵头|主办)(?:责任)?(?:单位|部门)?"
)
_RULES: tuple[tuple[Rule, re.Pattern[str]], ...] = (("first", _FIRST), ("comma", _COMMA), ("marked", _MARKED))

_OMITTED = r"(?:[，,；;]?(?:以下|后面)?(?:不再|不另|不)(?:一一|逐一|逐条|逐项|逐个|单独|分别|重复|另行|再)?(?:列出|列示|列明|列举|赘述|标注|单列|罗列|说明|列|注明|体现))"
_DOING = (
    r"(?:共同|组织|具体|分别|抓好|负责|贯彻|落实|实施|执行|推进|完成|配合|参与|做好|为?(?:责任|实施|落实|配合)(?:单位|部门|主体))"
)
_BELOW = re.compile(
    rf"以下[^。；;，,、]{{0,14}}?(?:均|都|皆|全部)(?:需要|需|须|应|由|含有|含|包括|包含|涉及|要|为|请|有|还)*(?P<names>[^。]{{1,300}}?)"
    rf"(?P<act>(?:(?:按|根据)[^，,。]{{2,10}}?)?{_DOING}*){_OMITTED}?(?=$|[。])"
)
_SAME = re.compile(rf"(?P<same>[，,；;]?(?:下同|后同|以下(?:均)?(?:同|相同|不再[^。]{{0,8}}))|{_OMITTED})(?=$|[。，,；;）)])")


@dataclass(frozen=True, slots=True)
class Convention:
    """How the lead is told: the first body, those before the first comma, those with a star. `following`: 下同.

    `first or each`: the first body, but every one of those who are responsible one by one (分别负责为各部门分别牵头).
    """

    rule: Rule
    following: bool


@dataclass(frozen=True, slots=True)
class Assignment:
    """Bodies responsible from here on without being named again; start and end are the sentence that says so."""

    names: tuple[str, ...]
    role: Role
    start: int
    end: int


def take_convention(flat: Flat) -> tuple[Convention | None, Flat]:
    """The convention stated in a text, and the text without it."""
    if not re.search("牵头|主办|主责", flat.text):
        return None, flat
    for rule, pattern in _RULES:
        if m := pattern.search(flat.text):
            following = bool(_FOLLOWING.search(flat.text[m.start() :]) or "以下" in flat.text[: m.start() + 4])
            if each := _EACH.search(flat.text, m.end()) if rule == "first" else None:
                flat = flat.cut(*each.span())
            return Convention("first or each" if each else rule, following), flat.cut(
                *_with_separator(flat.text, m.start(), m.end())
            )
    return None, flat


def _with_separator(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the separator after it (or, at the end, before it), so that no empty piece is left."""
    if end < len(text) and text[end] in "，,；;。":
        return start, end + 1
    return (start - 1 if start and text[start - 1] in "，,；;。" else start), end


def take_assignments(flat: Flat, units: UnitReader) -> tuple[list[Assignment], Flat]:
    """The sentences that assign bodies to everything below, and the text without them."""
    found: list[Assignment] = []
    if m := _BELOW.search(flat.text):
        names = _names(m.group("names"), units)
        if names:
            start, end = flat.span(m.start(), m.end())
            found.append(Assignment(names, _role(m.group("act")), start, end))
            flat = flat.cut(*_with_separator(flat.text, m.start(), m.end()))
    elif m := _SAME.search(flat.text):
        flat = _same(flat, m, units, found)
    return found, flat


def _same(flat: Flat, m: re.Match[str], units: UnitReader, found: list[Assignment]) -> Flat:
    """`各镇为责任主体，下同`: the places named just before 下同 go on being responsible."""
    head = flat.text[: m.start()]
    at = _last_list(head, units)
    names = _names(head[at:], units)
    if names and (at > 0 or PartyReader(units, head).read().acted):  # （高新区管委会，下同） alone defines a term
        start, end = flat.span(at, m.end())
        found.append(Assignment(names, _role(head[at:]), start, end))
        return flat.cut(*_with_separator(flat.text, at, m.end()))
    return flat.cut(m.start(), m.end())


def _last_list(head: str, units: UnitReader) -> int:
    """Where the run of places at the end of `head` begins; len(head) if it ends with none."""
    begin = len(head)
    for cut in [*reversed(depth_zero(head, "、，,；;。：:")), -1]:
        read = PartyReader(units, head[cut + 1 : begin].strip("，,；;。、：:")).read()
        if not read.sound or not all(is_territorial(p.name) for p in read.parties):
            break
        begin = cut + 1
        if cut >= 0 and head[cut] in "；;。：:":
            break
    return begin


def _names(text: str, units: UnitReader) -> tuple[str, ...]:
    read = PartyReader(units, text.strip("，,；;、")).read()
    return tuple(p.name for p in read.parties) if read.sound else ()


def _role(act: str) -> Role:
    role = label_role(act)
    return role if role == "support" and not re.search("负责|责任", act) else "responsible"
