"""A statement of responsibility, and what its words say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.brackets import Flat
from corpus.conventions import Assignment, Convention, take_assignments, take_convention
from corpus.parties import Parties, Party, PartyReader
from corpus.units import UnitReader

LONGEST = 3000  # characters of a statement; the longest seen in plans holds some sixty names
ROLE_WORD = re.compile(r"牵头|负责|配合|单位|部门|落实|责任|会同|参与|协助|下同|以下|主办|承办")
_REST = re.compile(r"(?:[。！？；;]|—{2})\s*+|\s++")
_BULLETS = re.compile(r"[·•◆■●▲\-—*＊\s]*+")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of responsibility: text[start:end], its bodies, its deadline, and what it says of later ones."""

    start: int
    end: int
    parties: tuple[Party, ...]
    deadline: str | None = None
    assignments: tuple[Assignment, ...] = ()
    convention: Convention | None = None


def interpret(flat: Flat, units: UnitReader) -> tuple[Parties, tuple[Assignment, ...], Convention | None]:
    """The bodies of a statement, what it assigns to everything below, and the convention it lays down."""
    convention, flat = take_convention(flat)
    assignments, flat = take_assignments(flat, units)
    return PartyReader(units, flat.text).read(), tuple(assignments), convention


def without(parties: tuple[Party, ...], assignments: tuple[Assignment, ...]) -> tuple[Party, ...]:
    """Bodies that the statement assigns to everything below are inherited here too, not named a second time."""
    inherited = {name for a in assignments for name in a.names}
    return tuple(p for p in parties if p.name not in inherited)


def starts(text: str, start: int, end: int) -> Iterator[int]:
    """Where a line, a sentence, or a piece set off by two spaces begins, bullets passed over."""
    yield _past_bullets(text, start, end)
    for m in _REST.finditer(text, start, end):
        gap = m.group()
        if m.end() < end and (len(gap) > 1 or gap[0] in "。！？；;—\n"):
            yield _past_bullets(text, m.end(), end)


def _past_bullets(text: str, at: int, end: int) -> int:
    m = _BULLETS.match(text, at, end)
    return m.end() if m else at
