"""Reads the figures a document commits to: indicator, value, unit, bound, change, year and baseline year.

Right before complete: a figure whose indicator cannot be told, or that reports what has been, gives no target.
The forms that are read: docs/targets.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.layout import read_lines, wrap_width
from corpus.target_prose import Figure, read_sentence
from corpus.target_sentences import split_sentences
from corpus.target_tables import read_table_targets
from corpus.target_tense import Setting, Tense, read_settings
from corpus.types import Clause, Target


def read_targets(text: str, clauses: Sequence[Clause]) -> tuple[tuple[Target, ...], ...]:
    """The targets of every clause, one tuple a clause, in the order of the clauses; targets in document order.

    text: the document's stored text.  clauses: disjoint, in order, `text[c.start:c.end] == c.text`.
    Offsets are document offsets; `text[t.start:t.end]` holds the value and, outside tables, what the indicator was
    read from. Never raises; time is linear in the text.
    """
    settings, breaks = read_settings(text, clauses), _soft_breaks(text)
    found = []
    for clause, setting in zip(clauses, settings, strict=True):
        rows = [t for table in clause.tables for t in read_table_targets(table, clause, setting.year, setting.now)]
        found.append(tuple(sorted([*_read_prose(clause, setting, breaks), *rows], key=lambda t: t.end)))
    return tuple(found)


def _soft_breaks(text: str) -> frozenset[int]:
    """Offsets of line breaks within a sentence, where a page of fixed width broke the lines."""
    lines = read_lines(text)
    width = wrap_width(lines)
    if not width:
        return frozenset()
    pairs = pairwise(lines)
    return frozenset(a.end for a, b in pairs if not (a.blank or b.blank or a.finished) and len(a.body) >= 0.8 * width)


@dataclass(frozen=True, slots=True)
class _Prose:
    """The running text of a clause without tables and soft line breaks; `offsets[i]` is where character i stands."""

    text: str
    offsets: Sequence[int]


def _prose(clause: Clause, breaks: frozenset[int]) -> _Prose:
    tables = sorted((t.start, t.end) for t in clause.tables)
    if not tables and not breaks:
        return _Prose(clause.text, range(clause.start, clause.end))
    offsets: list[int] = []
    at = clause.start
    for start, end in [*tables, (clause.end, clause.end)]:
        offsets += [i for i in range(at, start) if i not in breaks]
        if start < end:
            offsets.append(start)  # stands for the table, as a line break
        at = max(at, end)
    first = {start for start, end in tables if start < end}
    return _Prose("".join("\n" if i in first else clause.text[i - clause.start] for i in offsets), offsets)


def _read_prose(clause: Clause, setting: Setting, breaks: frozenset[int]) -> Iterator[Target]:
    prose = _prose(clause, breaks)
    tense = Tense(prose.text, setting)
    for parts in split_sentences(prose.text):
        begin = parts[0].start
        for figure in read_sentence(prose.text, parts):
            frame = tense.frame(begin, figure.quantity.start)
            if tense.is_goal(figure, frame, begin):
                yield _target(figure, frame.year if frame and frame.year else setting.year, prose.offsets)


def _target(figure: Figure, year: int | None, offsets: Sequence[int]) -> Target:
    return Target(
        indicator=figure.indicator,
        value=figure.quantity.value,
        unit=figure.unit,
        bound=figure.bound,
        change=figure.change,
        year=year,
        baseline_year=figure.baseline_year,
        start=offsets[figure.start],
        end=offsets[figure.end - 1] + 1,
    )
