"""The levels and the parts of an outline, while it is read."""

from dataclasses import dataclass, field

from corpus.types import ClauseKind, Table

FRONT, NOTICE, CLOSING = "[前言]", "[通知]", "[结尾]"


@dataclass(slots=True)
class Level:
    """One open level of the outline."""

    style: str
    number: int
    label: str
    shown: str
    heading: str


@dataclass(slots=True)
class Part:
    """A numbered part before its end is known."""

    line: int
    start: int
    levels: list[Level]
    kind: ClauseKind
    end: int = 0
    tables: list[Table] = field(default_factory=list)
