"""Records ↔ JSON, for the store: plain dataclasses of strings, numbers, tuples and each other."""

import json
from dataclasses import fields
from functools import cache
from typing import Any

from corpus.types import Cell, Clause, Facts, Page, Responsibility, Row, Table, Target


def dump(record: Any) -> str:
    """A frozen record as compact JSON, keys in the order of its fields."""
    return json.dumps(record, default=_fields, ensure_ascii=False, separators=(",", ":"))


def _fields(record: Any) -> dict[str, Any]:
    """As dataclasses.asdict, one level: json asks again for the records inside, and copies nothing."""
    return {name: getattr(record, name) for name in _names(record.__class__)}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def load_facts(data: str) -> Facts:
    """The inverse of `dump` for Facts."""
    row = json.loads(data)
    return Facts(**{**row, "cites": tuple(row["cites"])})


def load_pages(data: str) -> tuple[Page, ...]:
    """The inverse of `dump` for the pages of a document."""
    return tuple(Page(**row) for row in json.loads(data))


def _table(data: dict[str, Any]) -> Table:
    rows = tuple(Row(tuple(Cell(**c) for c in r["cells"]), r["group"], r["start"], r["end"]) for r in data["rows"])
    return Table(tuple(data["header"]), rows, data["unit"], data["start"], data["end"])


def load_clause(data: str, text: str) -> Clause:
    """The inverse of `dump` for a Clause stored without its text; `text` is the stored text of its document."""
    row = json.loads(data)
    return Clause(
        **{
            **row,
            "text": text[row["start"] : row["end"]],
            "path": tuple(row["path"]),
            "headings": tuple(row["headings"]),
            "tables": tuple(map(_table, row["tables"])),
            "responsibilities": tuple(Responsibility(**r) for r in row["responsibilities"]),
            "targets": tuple(Target(**t) for t in row["targets"]),
        }
    )
