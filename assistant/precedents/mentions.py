"""The figures, years, places and departments a text names, and what each is said of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.precedents.subjects import core, measured, part_before, part_of, read_around
from assistant.precedents.types import NamingKind
from assistant.question import short_name
from corpus.lexicon.departments import Departments
from corpus.lexicon.regions import find_regions
from corpus.quantities import find_quantities

_YEAR = re.compile(
    r"(?:20\d\d年?(?:[—–～~-]{1,2}|至|到))?20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:上半年|下半年|[底末])?(?:之?前|以前)?"
    r"|[“\"]?十[一二三四五六七]五[”\"]?"
)
_BASE_BEFORE, _BASE_AFTER = re.compile(r"[比较与同从自]$"), re.compile(r"的?(?:水平|基础上|同期|为基|以来)")
_INTO = re.compile(r"[到至在]$")
_LEVEL = re.compile(r"(?:自治区|自治州|国家|[省市县区州盟旗])$")
_SENTENCE = re.compile(r"[；;。！？\n]")
_AHEAD = 3  # characters before the name of a department in which its level stands


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing named: text[start:end].

    sort: only mentions of one sort are held against each other: the kind of unit of a figure with the change it states, a year
    that is only compared with, the function of a department.  about: what it is said of, by assistant.precedents.subjects.
    """

    kind: NamingKind
    text: str
    start: int
    end: int
    sort: str = ""
    about: str = ""
    leads: bool = False  # a time the sentence begins with


def mentions(text: str, departments: Departments, places: tuple[str, ...]) -> list[Mention]:
    """In order of appearance, none overlapping another. places: of the library, which need not be in any table."""
    found = [*_years(text), *_figures(text), *_departments(text, departments), *_places(text, places)]
    taken: list[Mention] = []
    at = 0
    for mention in sorted(found, key=lambda m: (m.start, -m.end, m.kind)):
        if mention.start >= at:
            taken.append(mention)
            at = mention.end
    return taken


def _years(text: str) -> Iterator[Mention]:
    found = list(_YEAR.finditer(text))
    based = [bool(_BASE_BEFORE.search(text, 0, m.start()) or _BASE_AFTER.match(text, m.end())) for m in found]
    for n, (m, base) in enumerate(zip(found, based, strict=True)):
        begin, stop = part_of(text, m.start(), m.end())
        if not base:  # a time holds for all that follows up to the next time
            later = (f.start() for f, b in zip(found[n + 1 :], based[n + 1 :], strict=True) if not b)
            end = _SENTENCE.search(text, m.end())
            stop = min(next(later, len(text)), end.start() if end else len(text))
        before = _INTO.sub("", text[: m.start()])
        about = core(before[begin:] + text[m.end() : stop]) or core(part_before(text, begin))
        leads = not base and not core(_SENTENCE.split(before)[-1])
        yield Mention("year", m.group(), m.start(), m.end(), "base" if base else "", about, leads)


def _figures(text: str) -> Iterator[Mention]:
    known = measured(text)
    for q in find_quantities(text, 0, len(text)):
        if q.unit:
            found = known.get(q.start) or read_around(text, q.start, q.after)
            sort = f"{q.kind} {found.change}{' yearly' if found.yearly else ''}"
            yield Mention("figure", text[q.start : q.after], q.start, q.after, sort, found.core)


def _departments(text: str, departments: Departments) -> Iterator[Mention]:
    for m in departments.find(text):
        level = _LEVEL.search(text, max(0, m.start - _AHEAD), m.start)
        start = level.start() if level else m.start
        yield Mention("department", text[start : m.end], start, m.end, m.department)


def _places(text: str, known: tuple[str, ...]) -> Iterator[Mention]:
    """A place the library knows is looked for only where its short name stands: a library may know hundreds."""
    for name in find_regions(text, [p for p in known if short_name(p) in text]):
        written = name if name in text else short_name(name)
        for m in re.finditer(re.escape(written), text):
            begin, stop = part_of(text, m.start(), m.end())
            yield Mention("place", written, m.start(), m.end(), "", core(text[begin : m.start()] + text[m.end() : stop]))
