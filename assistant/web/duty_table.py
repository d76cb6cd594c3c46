"""The list of duties: narrowing, order, and the table a page of it is shown in. Pure functions."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from assistant.duties import Duty
from assistant.export import COLUMNS
from assistant.web.collation import by_sound
from assistant.web.links import NIL, opener, paged
from assistant.web.tables import cell, grid
from corpus.lexicon.departments import department_of
from corpus.types import Role

PAGE = 200  # rows shown at once
Order = Literal["document", "region", "unit"]
ORDERS: tuple[tuple[str, Order], ...] = (("按文件", "document"), ("按地区", "region"), ("按单位", "unit"))
ROLES: tuple[tuple[str, Role | Literal[""]], ...] = (("全部", ""), ("牵头", "lead"), ("配合", "support"), ("责任", "responsible"))
_NAMES_SHOWN = 4  # names of one department in the list of units


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What of the duties in scope is wanted: units as typed or chosen, their role, blank-separated words, the order."""

    units: tuple[str, ...] = ()
    role: Role | Literal[""] = ""
    words: str = ""
    order: Order = "document"


def _in_role(duty: Duty, role: Role | Literal[""]) -> tuple[str, ...]:
    """The units a duty names, in the order of the table; in one role only where one is given."""
    named = {"lead": duty.lead, "support": duty.support, "responsible": duty.responsible}
    return named[role] if role else duty.lead + duty.support + duty.responsible


def known_units(duties: Iterable[Duty]) -> dict[str, list[str]]:
    """Department → the names it goes by, the most frequent first; departments in the order of 拼音."""
    counts = Counter(unit for duty in duties for unit in _in_role(duty, ""))
    names: dict[str, list[str]] = {}
    for unit, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        names.setdefault(department_of(unit), []).append(unit)
    return dict(sorted(names.items(), key=lambda each: by_sound(each[1][0])))


def unit_choices(duties: Iterable[Duty]) -> list[tuple[str, str]]:
    """(what is shown, unit) of every department: `市发展改革委、市发改委` is one choice."""
    return [("、".join(names[:_NAMES_SHOWN]), names[0]) for names in known_units(duties).values()]


def meant_units(asked: Iterable[str], duties: Iterable[Duty]) -> tuple[str, ...]:
    """Units as the library names them: what is typed stays if it is a department there, else the names that hold it."""
    known = known_units(duties)
    meant: list[str] = []
    for word in filter(None, (each.strip() for each in asked)):
        within = [unit for names in known.values() for unit in names if word in unit]
        meant += [word] if department_of(word) in known or not within else within
    return tuple(dict.fromkeys(meant))


def narrowed(duties: Iterable[Duty], wanted: Narrowing) -> list[Duty]:
    """The duties that name a department of `wanted.units` in the role, hold every word, in the order asked for."""
    departments = {department_of(unit) for unit in wanted.units}
    words = wanted.words.split()

    def fits(duty: Duty) -> bool:
        named = _in_role(duty, wanted.role)
        if not (departments & set(map(department_of, named)) if departments else named or not wanted.role):
            return False
        text = "\n".join((duty.task, duty.source, duty.deadline or "", *_in_role(duty, ""), *duty.inherited))
        return all(word in text for word in words)

    return sorted(filter(fits, duties), key=lambda duty: _place(duty, wanted.order))


def _place(duty: Duty, order: Order) -> tuple[tuple[bool, bytes], ...]:
    """Sort key; equal keys keep the order of the text."""
    file = (by_sound(duty.title), (False, duty.document.encode()))
    if order == "region":
        return (by_sound(duty.region), *file)
    if order == "unit":
        first = next(iter(_in_role(duty, "")), None)
        return (by_sound(first and department_of(first)), *file)
    return file


def pages(rows: int) -> int:
    """Number of pages, at least one."""
    return max(1, -(-rows // PAGE))


def render_duties(rows: Sequence[Duty], page: int = 0) -> str:
    """The count and page `page` (from 0) of the table."""
    if not rows:
        return (
            '<p class="count" role="status">共 0 项</p><div class="notice"><p>所选范围内没有符合条件的职责。'
            "请放宽地区、文件、单位、角色或字词。</p></div>"
        )
    low = min(max(page, 0), pages(len(rows)) - 1) * PAGE
    shown = rows[low : low + PAGE]
    part = f"，显示第 {low + 1}—{low + len(shown)} 项" if len(shown) < len(rows) else ""
    return f'<p class="count" role="status">共 {len(rows)} 项{part}</p>{grid("duties", COLUMNS, list(map(_row, shown)))}'


def _row(duty: Duty) -> str:
    source = opener(duty.document, duty.start, duty.end, escape(duty.source), hint="查看原文") + paged(duty.page, duty.ocr)
    values = (
        escape(duty.task),
        _units(duty.lead),
        _units(duty.support),
        _units(duty.responsible, duty.inherited),
        escape(duty.deadline or ""),
        source,
    )
    styles = ("task", "", "", "", "due", "from")
    cells = (cell(name, value or NIL, css=css) for name, value, css in zip(COLUMNS, values, styles, strict=True))
    return f"<tr>{''.join(cells)}</tr>"


def _units(named: tuple[str, ...], inherited: tuple[str, ...] = ()) -> str:
    """Units side by side; the comma stays with the unit before it at a line's end."""
    said = [*map(escape, named), *(f"{escape(unit)}<small>（落实）</small>" for unit in inherited)]
    last = len(said) - 1
    return "".join(f'<span class="unit">{each}{"、" if n < last else ""}</span>' for n, each in enumerate(said))
