"""Records ↔ JSON, for the store: plain dataclasses of strings, numbers, tuples and each other."""

import json
from dataclasses import fields, replace
from functools import cache
from typing import Any

from corpus.types import Cell, Clause, Fact, Facts, Page, Responsibility, Row, Table, Target


def dump(record: Any) -> str:
    """A frozen record as compact JSON, keys in the order of its fields."""
    return json.dumps(record, default=_fields, ensure_ascii=False, separators=(",", ":"))


def _fields(record: Any) -> dict[str, Any]:
    """As dataclasses.asdict, one level: json asks again for the records inside, and copies nothing."""
    return {name: getattr(record, name) for name in _names(record.__class__)}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def load_facts(data: str, corrections: str = "{}") -> Facts:
    """The inverse of `dump` for Facts. corrections: field → what holds in place of what is in `data`."""
    row = json.loads(data)
    facts = Facts(**{**row, "cites": tuple(row["cites"])})
    return facts if corrections == "{}" else replace(facts, **json.loads(corrections))


def load_corrections(data: str) -> dict[str, Fact]:
    """The inverse of `dump` for corrections: field → value, in the order of the fields of Facts."""
    row = json.loads(data)
    return {name: row[name] for name in _names(Facts) if name in row}


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


def moved_clause(data: str, id: str, document: str) -> str:
    """A stored clause with these ids in place of its own; nothing else is altered."""
    return dump({**json.loads(data), "id": id, "document": document})
