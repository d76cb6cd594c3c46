"""Word's automatic numbering (numbering.xml, ECMA-376 part 1, 17.9): the mark that a reader sees before a paragraph."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from corpus.reading.container import attribute, child, local
from corpus.reading.doc_lists import Restarts
from corpus.reading.docx_styles import Styles, is_on, number
from corpus.reading.numerals import numbered, set_apart, written_mark

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: what its marks look like and when its numbers begin anew."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None  # begins anew after a level of this depth or above it (from 1); 0: never
    arabic: bool = False  # every number in Arabic figures
    hidden: bool = False
    paragraph: str | None = None  # the paragraph style it is linked to


@dataclass(slots=True)
class _List:
    """A list in use (num): its levels and the list (abstractNum) whose numbers it goes on with."""

    counts: dict[int, int]
    levels: dict[int, _Level]
    overrides: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts through a document: ask for the mark of every paragraph once, in order."""

    def __init__(self, root: Any | None, styles: Styles, restarts: Restarts | None = None) -> None:
        """restarts: those of levels that the numbering does not say itself."""
        self._styles, self._restarts = styles, restarts or {}
        self._lists: dict[str, _List] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        abstract = {attribute(each, "abstractNumId"): each for each in root if local(each) == "abstractNum"}
        by_style = {attribute(link, "val"): each for each in abstract.values() if (link := child(each, "styleLink")) is not None}
        counts: dict[int, dict[int, int]] = {}
        for num in root:
            if local(num) != "num":
                continue
            base = abstract.get(_value(num, "abstractNumId"))
            if base is not None and (link := child(base, "numStyleLink")) is not None:
                base = by_style.get(attribute(link, "val"), base)
            levels = _levels(base, self._restarts) if base is not None else {}
            made = _List(counts.setdefault(id(base), {}), levels)
            for override in (each for each in num if local(each) == "lvlOverride"):
                depth = number(attribute(override, "ilvl"))
                made.levels.update(_levels(override, self._restarts))
                if (start := _value(override, "startOverride")) is not None:
                    made.overrides[depth] = number(start, 1)
            self._lists[attribute(num, "numId") or ""] = made

    def mark(self, properties: Any | None, style: str | None) -> str:
        """The mark of the next paragraph with the space that parts it from the text; "" if it has none.

        properties: its w:pPr; style: the id of its style.
        """
        if (shown := child(properties, "listPr", "t")) is not None:  # Word 2003 XML says what a reader sees
            return written_mark(attribute(shown, "val") or "")
        own = child(properties, "numPr")
        id = _value(own, "numId") if own is not None else None
        depth = _value(own, "ilvl") if own is not None else None
        inherited_id, inherited_depth = self._styles.numbering(style)
        found = self._lists.get((id if id is not None else inherited_id) or "0")
        if found is None:
            return ""
        at = number(depth) if depth is not None else self._linked(found, style, inherited_depth if id is None else None)
        return self._next(found, at)

    def _linked(self, found: _List, style: str | None, inherited: int | None) -> int:
        """The depth of a paragraph that names none: of the level linked with its style, of its style, or the first."""
        chain = self._styles.chain(style)
        linked = (depth for each in chain for depth, level in found.levels.items() if level.paragraph == each)
        return next(linked, inherited or 0)

    def _next(self, found: _List, depth: int) -> str:
        level, counts = found.levels.get(depth), found.counts
        if level is None:
            return ""
        override = found.overrides.pop(depth, None)  # holds once, where the list first appears
        counts[depth] = override if override is not None else counts.get(depth, level.start - 1) + 1
        for deeper, other in found.levels.items():
            limit = deeper if other.restart is None else other.restart
            if deeper > depth and depth < limit:
                counts.pop(deeper, None)
        for above in range(depth):
            counts.setdefault(above, found.levels[above].start if above in found.levels else 1)
        return "" if level.hidden or level.style == "bullet" else self._shown(found, level)

    @staticmethod
    def _shown(found: _List, level: _Level) -> str:
        def place(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            style = found.levels[at].style if at in found.levels else "decimal"
            return numbered(found.counts.get(at, 1), "decimal" if level.arabic and style != "none" else style)

        mark = _PLACE.sub(place, level.text).strip()
        return mark if level.suffix == "nothing" else set_apart(mark)


def _value(element: Any | None, *path: str) -> str | None:
    found = child(element, *path)
    return None if found is None else attribute(found, "val")


def _levels(parent: Any, restarts: Restarts) -> dict[int, _Level]:
    found = {number(attribute(each, "ilvl")): _level(each) for each in parent if local(each) == "lvl"}
    return {
        depth: replace(level, restart=restarts.get((depth, level.text))) if level.restart is None else level
        for depth, level in found.items()
    }


def _level(element: Any) -> _Level:
    style = child(element, "numFmt")
    if style is None:  # a newer format, with one for older readers beside it
        style = child(element, "AlternateContent", "Fallback", "numFmt")
    restart = _value(element, "lvlRestart")
    level = _Level(
        start=number(_value(element, "start"), 0 if child(element, "start") is None else 1),
        text=_value(element, "lvlText") or "",
        suffix=_value(element, "suff") or "tab",
        restart=None if restart is None else number(restart),
        arabic=is_on(child(element, "isLgl")),
        hidden=is_on(child(element, "rPr", "vanish")),
        paragraph=_value(element, "pStyle"),
    )
    return level if style is None else replace(level, style=attribute(style, "val") or "decimal")
