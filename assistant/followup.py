"""Follow-up questions: `那海宁呢` asks the question before it again, for another place, year or role.

Kept to what can be meant in one way only; every other question is returned as it is.
"""

import re
from collections.abc import Iterable

from assistant.question import short_name
from corpus.lexicon.regions import find_regions, load_regions

LONGEST = 12  # characters of a follow-up question
_END = re.compile(r"[\s？?！!。，,]+$")
_THEN = re.compile(r"^那么?[\s，,]*")
_ELSE = re.compile(r"(?:的?呢|的?情况呢|怎么样呢?|又如何)$")
_AND = "[、和与及跟，]"
_EVERY = re.compile(r"^(?:全部|所有|[各几两三四五六七八九十]个?)(?:市|地|县|区|城市|地区)(?:的|都|之间)?(?![级直委])")
_LEVEL = re.compile(r"^(?:市(?![场民政容域区])|县(?![域城])|区(?!域)|州)")
_YEAR = re.compile(r"(?<![〔\[（(\d])20\d\d(?!\d)年?|[“\"]?十[三四五]五[”\"]?(?:时期|期间)?")
_ROLE = re.compile(
    r"(?:由?谁|由?哪个?(?:部门|单位))?(?P<role>牵头|配合|责任|负责)(?:的?(?:单位|部门))?(?:的|是谁|是哪[个些]|有哪些)?"
)
_VERBS = {"牵头": "牵头", "配合": "配合", "责任": "负责", "负责": "负责"}
_NOUNS = {"牵头": "牵头单位", "配合": "配合单位", "责任": "责任单位", "负责": "责任单位"}
_SPOT = re.compile(
    r"(?P<noun>(?:牵头|配合|责任|负责|主管)的?(?:单位|部门))"
    r"|(?:(?<=谁)|(?<=谁来)|(?<=哪个部门)|(?<=哪些部门)|(?<=哪个单位)|(?<=哪些单位))(?:负责|牵头|配合|主管|管)"
    r"|(?:负责|牵头|配合|承担)(?=[了着]?(?:哪|什么|几项|多少|啥))"
)


def complete(question: str, previous: str | None, known_regions: Iterable[str]) -> str:
    """The whole question a follow-up stands for, else the question itself.

    A follow-up has up to LONGEST characters, begins with 那 or ends in 呢, and holds one thing: a place (or several
    side by side), a year or a role. `known_regions`: places of the library.
    """
    text = _END.sub("", question.strip())
    bare = _ELSE.sub("", text)
    if not previous or len(question.strip()) > LONGEST or (bare == text and not _THEN.match(text)):
        return question
    known = tuple(known_regions)
    for core in dict.fromkeys((bare, _THEN.sub("", bare))):  # 那曲 is a place, 那海宁 holds one
        asked = _asked(core, previous, known)
        if asked is not None:
            return asked
    return question


def _asked(core: str, previous: str, known: tuple[str, ...]) -> str | None:
    if names := _only_regions(core, known):
        return _for_regions(previous, names, known)
    if _YEAR.fullmatch(core):
        return _for_year(previous, f"{core}年" if core.isdecimal() else core)
    if role := _ROLE.fullmatch(core):
        return _for_role(previous, role["role"])
    return None


def _forms(names: Iterable[str]) -> str:
    """A pattern of the ways these regions are written, the longest first."""
    shorts = {r.name: r.short for r in load_regions()}
    words = {form for name in names for form in (name, short_name(name), shorts.get(name, name))}
    level = "(?:市(?!场)|县(?!域)|区(?!域)|省|州)?"
    return "|".join(
        re.escape(word) + ("(?!场)" if word.endswith("市") else level) for word in sorted(words, key=lambda w: (-len(w), w))
    )


def _only_regions(core: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The regions a text consists of, () where it holds anything else."""
    names = find_regions(core, known)
    if not names:
        return ()
    rest = re.sub(_forms(names), "", core)
    if outer := find_regions(rest):  # 浙江海宁
        rest = re.sub(_forms(outer), "", rest)
    return () if re.sub(_AND, "", rest) else names


def _for_regions(previous: str, names: tuple[str, ...], known: tuple[str, ...]) -> str | None:
    said, held = "、".join(names), find_regions(previous, known)
    if not held:
        # 临江市 and 市水利局 make 临江市水利局
        return said + _LEVEL.sub("", _EVERY.sub("", previous))
    form = _forms(held)
    places = list(re.finditer(f"(?:{form})(?:{_AND}(?:{form}))*", previous))
    if len(places) != 1:
        return None
    return previous[: places[0].start()] + said + previous[places[0].end() :]


def _for_year(previous: str, said: str) -> str | None:
    years = list(_YEAR.finditer(previous))
    if len(years) > 1:
        return None
    return _YEAR.sub(lambda _: said, previous) if years else said + previous


def _for_role(previous: str, role: str) -> str | None:
    spots = list(_SPOT.finditer(previous))
    if len(spots) != 1:
        return None
    said = _SPOT.sub(lambda m: (_NOUNS if m["noun"] else _VERBS)[role], previous)
    return re.sub(r"归(?=谁|哪)", "由", said)
