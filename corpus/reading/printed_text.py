"""Printed lines of all pages → stored text: paragraphs, a line each, without what is printed again on every page."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from corpus.layout import CLOSERS, SENTENCE_END
from corpus.markers import read_mark
from corpus.reading.grid import table_lines
from corpus.reading.printed import Block, Grid, LaidOut, PrintedPage, Row
from corpus.reading.printed_margins import without_margins
from corpus.reading.printed_rows import needed, rows_of
from corpus.reading.printed_tables import take_tables
from corpus.reading.types import Page, Reading

_NARROWEST = 12  # em: columns of text are wider
_SLACK = 0.6  # em: how far from the edge the lines of one paragraph may end
_INDENT = 1.2  # em: an indented line; the usual indent is 2
_SET_RIGHT = 4  # em: a full line that begins further in is set to the right, as who signs and the date are
_LEAP = 1.45  # times the usual distance of lines: space between paragraphs
_ANNEX = re.compile(
    r"附[ \u3000]*[件录表图][ \u3000]*(?:[\d一二三四五六七八九十]{1,3}(?:[ \u3000:：]|$)|[:：]|$)"
)  # a line of its own
_OTHER_SIZE = 0.15  # lines of one paragraph differ less in size; more where recognised from a picture
_OTHER_SIZE_SCANNED = 0.4


def lay_out(page: PrintedPage, near: float = 3.0) -> LaidOut:
    """The lines and tables of a page. `near`: how far apart rules may end that ought to meet, in its unit."""
    tables, rest = take_tables(page.glyphs, page.rules, near)
    blocks: list[Block] = list(rows_of(rest))
    for table in tables:
        blocks.insert(_place(blocks, table), table)
    return LaidOut(page.number, page.height, tuple(blocks), page.confidence)


def _place(blocks: Sequence[Block], table: Grid) -> int:
    """Before the first line that stands wholly below the beginning of the table."""
    return next((n for n, block in enumerate(blocks) if block.middle > table.middle), len(blocks))


def compose(pages: Sequence[LaidOut]) -> Reading:
    """The stored text of all pages, and where each begins in it."""
    composer = _Composer(without_margins(pages))
    return composer.reading()


@dataclass(slots=True)
class _Edges:
    """The left and right edges of the column a line stands in, and the usual distance of its lines."""

    left: float
    right: float
    pitch: float


@dataclass(slots=True)
class _Composer:
    pages: Sequence[LaidOut]
    _lines: list[str] = field(default_factory=list)
    _length: int = 0  # of all lines before the last, line breaks included
    _starts: list[Page] = field(default_factory=list)

    def reading(self) -> Reading:
        edges = _edges(self.pages)
        hanging = _marks_at_edge(self.pages, edges)
        before: Block | None = None
        place = first = (-1, 0)
        head: Row | None = None  # the first line of the paragraph
        for n, page in enumerate(self.pages):
            fresh = True
            for block in page.blocks:
                here = (n, block.column if isinstance(block, Row) else 0)
                if isinstance(block, Grid):
                    self._table(block, before if fresh else None, page, fresh=fresh)
                elif isinstance(before, Grid):
                    self._start("", page, fresh=False)  # as below a table in any text: it tells where the table ends
                    self._start(block.text, page, fresh=fresh)
                    head, first = block, here
                elif (
                    before is None
                    or head is None
                    or _begins(
                        _Step(
                            block, edges[here], before, edges[place], head, edges[first], here == place, hanging, page.confidence
                        )
                    )
                ):
                    self._start(block.text, page, fresh=fresh)
                    head, first = block, here
                else:
                    self._go_on(block.text, page, fresh=fresh)
                before, place, fresh = block, here, False
            if fresh:  # nothing on the page: it ends where the next begins
                self._mark_page(page, self._length + len(self._lines[-1]) if self._lines else 0)
                before = None  # a picture that was not read, or a blank page: no paragraph goes on over it
        return Reading("\n".join(self._lines), tuple(self._starts))

    def _mark_page(self, page: LaidOut, start: int) -> None:
        self._starts.append(Page(page.number, start, page.confidence))

    def _start(self, line: str, page: LaidOut, *, fresh: bool) -> None:
        if self._lines:
            self._length += len(self._lines[-1]) + 1
        self._lines.append(line)
        if fresh:
            self._mark_page(page, self._length)

    def _go_on(self, text: str, page: LaidOut, *, fresh: bool) -> None:
        last = self._lines[-1]
        letters = last[-1:].isascii() and last[-1:].isalpha() and text[:1].isascii() and text[:1].isalpha()
        self._lines[-1] = last + " " * letters
        if fresh:
            self._mark_page(page, self._length + len(self._lines[-1]))
        self._lines[-1] += text

    def _table(self, table: Grid, before: Block | None, page: LaidOut, *, fresh: bool) -> None:
        rows = table.rows
        if isinstance(before, Grid) and len(before.rows[0]) == len(rows[0]):  # goes on from the page before
            repeated = 0
            while repeated < min(2, len(rows), len(before.rows)) and rows[repeated] == before.rows[repeated]:
                repeated += 1
            rows = rows[repeated:]
        for n, line in enumerate(table_lines(rows)):
            self._start(line, page, fresh=fresh and n == 0)


@dataclass(frozen=True, slots=True)
class _Step:
    """A line, the line before it and the first line of the paragraph that one belongs to, each with its edges."""

    row: Row
    edges: _Edges
    before: Row
    before_edges: _Edges
    head: Row
    head_edges: _Edges
    same_place: bool
    marks_at_edge: bool
    confidence: float | None


def _begins(step: _Step) -> bool:
    """Whether a line begins a paragraph."""
    row, before = step.row, step.before
    em = max(row.size, before.size)
    tolerance = _OTHER_SIZE if step.confidence is None else _OTHER_SIZE_SCANNED
    if abs(row.size - before.size) > tolerance * em:
        return True
    if step.same_place and row.middle - before.middle > _LEAP * step.edges.pitch:
        return True
    if "\t" in row.text + before.text or not _full(before, step.before_edges, row):
        return True
    ended = before.text.rstrip(CLOSERS)[-1:] in tuple(SENTENCE_END)
    if ended and _ANNEX.match(row.text):
        return True
    marked = read_mark(row.text) is not None
    # At the edge, a mark after a full line begins a part only where that line ends a sentence: not in `第二、第|二、第三`.
    at_edge = marked and step.marks_at_edge and ended
    inset, inset_before = row.left - step.edges.left, before.left - step.before_edges.left
    if before is step.head and inset_before > _SET_RIGHT * em and read_mark(before.text) is None:
        return True
    if before is not step.head:
        deeper = inset > inset_before + 0.8 * em
        return deeper or at_edge or (marked and inset > _INDENT * em)
    if inset <= _INDENT * em:
        return at_edge
    if inset > inset_before + 0.8 * em and read_mark(step.head.text) and not marked:
        return False  # a number that hangs out before its text
    return inset >= inset_before - 0.8 * em


def _full(row: Row, edges: _Edges, following: Row) -> bool:
    """Whether a line goes as far as it can: to the edge, or so far that the next word would not fit."""
    if edges.right - edges.left < _NARROWEST * row.size:
        return False  # a page of a few short lines: none shows how wide it is
    return edges.right - row.right < (needed(following.text) + _SLACK) * row.size


def _edges(pages: Sequence[LaidOut]) -> dict[tuple[int, int], _Edges]:
    """The edges for every (index of page, column); a page of few lines has those of the others."""
    rows: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for n, page in enumerate(pages):
        for block in page.blocks:
            if isinstance(block, Row):
                rows[n, block.column].append(block)
    own = {key: _own_edges(found) for key, found in rows.items()}
    made = {(-1, 0): _Edges(0, 0, 0)} | {(n, 0): _Edges(0, 0, 0) for n in range(len(pages))}
    for key, edges in own.items():
        others = [each for other, each in own.items() if other[1] == key[1]] if len(rows[key]) < 8 else []
        if others:
            left, right = median(each.left for each in others), median(each.right for each in others)
            pitch = min(edges.pitch, median(each.pitch for each in others)) if len(rows[key]) > 1 else edges.pitch
            edges = _Edges(min(edges.left, left), max(edges.right, right), pitch)
        made[key] = edges
    return made


def _own_edges(rows: Sequence[Row]) -> _Edges:
    lefts, rights = sorted(row.left for row in rows), sorted(row.right for row in rows)
    steps = sorted(b.middle - a.middle for a, b in pairwise(rows) if b.middle > a.middle)
    # The least of the common distances: in a text of short paragraphs most lines are set apart.
    pitch = steps[len(steps) // 4] if steps else float("inf")
    outliers = len(rows) // 20
    return _Edges(lefts[outliers], rights[len(rights) - 1 - outliers], pitch)


def _marks_at_edge(pages: Sequence[LaidOut], edges: dict[tuple[int, int], _Edges]) -> bool:
    """Whether numbered paragraphs of this document begin at the edge, without indent."""
    insets = sorted(
        (row.left - edges[n, row.column].left) / row.size
        for n, page in enumerate(pages)
        for row in page.blocks
        if isinstance(row, Row) and read_mark(row.text) is not None
    )
    return bool(insets) and bisect_left(insets, _INDENT) >= 0.5 * len(insets)
