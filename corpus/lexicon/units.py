"""Units of measure: the rows of `units.jsonl` and the patterns read from them.

A row: `kind`, `units`, `source`, and `not_before`, characters that make another word of a unit (`5处` counts, `5处理` does not).
A row of kind `denominator` holds units that stand only below a fraction line (`万立方米/日`).
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["ratio", "times", "measure", "money", "time", "count"]

_ROWS = Path(__file__).with_name("units.jsonl")
_MAGNITUDE = "(?:万亿|[百千]万|[百千]亿|[百千万亿])?"
_KINDS: tuple[Kind, ...] = ("ratio", "times", "measure", "money", "time", "count")


@cache
def unit_kinds() -> dict[str, Kind]:
    """Every unit a figure may have, with its kind."""
    return {unit: kind for kind in _KINDS for unit in _units()[kind]}


@cache
def _units() -> dict[str, dict[str, str]]:
    """kind → unit → what must not follow it, as a pattern; Latin units end where the letters end."""
    units: dict[str, dict[str, str]] = {}
    for row in map(json.loads, _ROWS.read_text(encoding="utf-8").splitlines()):
        for unit in row["units"]:
            latin = "(?![A-Za-z0-9])" if re.search("[A-Za-z0-9]$", unit) else ""
            other = row.get("not_before", {}).get(unit)
            units.setdefault(row["kind"], {})[unit] = f"(?![{other}])" if other else latin
    return units


def _either(kinds: tuple[str, ...]) -> str:
    """The units of some kinds as alternatives, longest first."""
    found = {unit: after for kind in kinds for unit, after in _units()[kind].items()}
    return "(?:" + "|".join(re.escape(u) + found[u] for u in sorted(found, key=len, reverse=True)) + ")"


@cache
def unit_pattern() -> str:
    """A regular expression for a unit as written: `万吨`, `克标准煤/千瓦时`, `万立方米/日`, `个百分点`. No groups."""
    below = _either((*_KINDS[1:], "denominator"))
    return f"{_MAGNITUDE}{_either(_KINDS)}(?:[/／·]{_MAGNITUDE}{below}){{0,2}}"


def is_unit(text: str) -> bool:
    """Whether a table cell such as `克标准煤/千瓦时` or `%` is a unit and nothing else."""
    return bool(re.fullmatch(unit_pattern(), text))


def kind_of(unit: str) -> Kind:
    """The kind of a unit as written; of a fraction, `measure`."""
    if re.search("[/／·]", unit):
        return "measure"
    kinds = unit_kinds()
    return kinds.get(unit) or kinds.get(re.sub(f"^{_MAGNITUDE}", "", unit)) or "measure"
