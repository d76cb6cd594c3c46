"""Records ↔ JSON, for the store: plain dataclasses of strings, numbers, tuples and each other."""

import json
from dataclasses import asdict
from typing import Any

from corpus.types import Cell, Clause, Facts, Responsibility, Row, Table, Target


def dump(record: Any) -> str:
    """A frozen record as compact JSON, keys in the order of its fields."""
    return json.dumps(asdict(record), ensure_ascii=False, separators=(",", ":"))


def load_facts(data: str) -> Facts:
    """The inverse of `dump` for Facts."""
    fields = json.loads(data)
    return Facts(**{**fields, "cites": tuple(fields["cites"])})


def _table(data: dict[str, Any]) -> Table:
    rows = tuple(Row(tuple(Cell(**c) for c in r["cells"]), r["group"], r["start"], r["end"]) for r in data["rows"])
    return Table(tuple(data["header"]), rows, data["unit"], data["start"], data["end"])


def load_clause(data: str, text: str) -> Clause:
    """The inverse of `dump` for a Clause stored without its text; `text` is the stored text of its document."""
    fields = json.loads(data)
    return Clause(
        **{
            **fields,
            "text": text[fields["start"] : fields["end"]],
            "path": tuple(fields["path"]),
            "headings": tuple(fields["headings"]),
            "tables": tuple(map(_table, fields["tables"])),
            "responsibilities": tuple(Responsibility(**r) for r in fields["responsibilities"]),
            "targets": tuple(Target(**t) for t in fields["targets"]),
        }
    )
