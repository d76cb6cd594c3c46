"""Tables of tasks: a column 责任单位, 牵头单位 … → one statement a row."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from corpus.brackets import Flat
from corpus.breaks import flatten
from corpus.conventions import Convention, take_convention
from corpus.labels import LABEL, LABELLED
from corpus.parties import PartyReader
from corpus.statement import Statement
from corpus.types import Cell, Clause, Table
from corpus.units import UnitReader

Column = Literal["unit", "time", ""]


def _column(title: str) -> tuple[Column, str]:
    """What a column holds by its title, and the label that gives its bodies their role."""
    name = "".join(title.split("/")[-1].split()) or "".join(title.split())
    for part in (name, "".join(title.split("/")[0].split())):
        m = LABEL.fullmatch(part)
        if m and m.group("unit"):
            return "unit", part
        if m and m.group("time"):
            return "time", part
    return "", ""


def _content(text: str, cell: Cell, units: UnitReader) -> tuple[Convention | None, str]:
    """The convention a cell lays down for its own row, and what else it says."""
    convention, flat = take_convention(flatten(text, cell.start, cell.end, units))
    return convention, re.sub(r"[（(][）)]$", "", flat.text).strip("，,；;。、 ")


def _statements(text: str, table: Table, units: UnitReader) -> Iterator[Statement]:
    columns = [_column(title) for title in table.header]
    if not any(kind == "unit" for kind, _ in columns):
        return
    convention = next((c for t in table.header if (c := take_convention(Flat(t, tuple(range(len(t)))))[0])), None)
    for row in table.rows:
        said, deadline, told = [], None, convention
        for (kind, label), cell in zip(columns, row.cells, strict=False):
            own, content = _content(text, cell, units) if kind and cell.text.strip() else (None, "")
            told = own or told
            if kind == "time":
                deadline = deadline or content or None
            elif kind == "unit" and content:
                said.append(content if LABELLED.match(content) else f"{label}：{content}")
        read = PartyReader(units, "；".join(said)).read()
        if read.parties:
            yield Statement(row.start, row.end, read.parties, deadline or read.deadline, (), told)


def table_statements(text: str, clauses: Sequence[Clause], units: UnitReader) -> dict[int, list[Statement]]:
    """One statement for every row that names bodies, under the number of the clause in which the row begins.

    A table may run on over several clauses and is then carried by more than one of them; a row counts once.
    """
    tables = {t.start: t for clause in clauses for t in clause.tables}
    found: dict[int, list[Statement]] = {}
    for table in tables.values():
        for s in _statements(text, table, units):
            at = bisect_right(clauses, s.start, key=lambda c: c.start) - 1
            found.setdefault(max(at, 0), []).append(replace(s, end=max(s.end, s.start)))
    return found
