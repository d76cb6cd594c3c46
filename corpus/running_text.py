"""Statements in running text: `由…牵头，…参与`, and sentences that say nothing else. Other duties are not guessed."""

import re

from corpus.brackets import Flat
from corpus.breaks import flatten
from corpus.parties import Parties, leading
from corpus.statement import ROLE_WORD, Statement, interpret, starts, without
from corpus.units import UnitReader

_BY = re.compile(r"(?<![自理缘经案事来])由(?!于|此|来|上|下|里|小|大|表)")
_BOTH = re.compile(r"牵头(?:负责)?[，,].*(?:配合|参与|协助)$")
_STOP = re.compile(r"[。！？；;：:]|\n\s*\n")


def running_text(text: str, start: int, end: int, units: UnitReader) -> list[Statement]:
    """The statements in sentences of text[start:end], in order."""
    found: list[Statement] = []
    done = start
    places = [(m.start(), True) for m in _BY.finditer(text, start, end)]
    places += [(a, False) for a in starts(text, start, end) if units.begins_body(text[a : min(end, a + 30)])]
    for at, by in sorted(places):
        if at < done:
            continue
        begin = at + by
        stop = _STOP.search(text, begin, min(end, begin + 300))
        limit = stop.start() if stop else min(end, begin + 300)
        window = "".join(text[begin:limit].split())
        if not ROLE_WORD.search(window) or (by and not leading(window, units)):
            continue
        flat = flatten(text, begin, limit, units)
        used = leading(flat.text, units)
        after = flat.text[used : used + 1]
        if not used or (after in ("的", "、") if by else not _whole(flat, used, text, end)):
            continue
        read, assignments, convention = interpret(flat.part(0, used), units)
        if read.sound and read.acted and _certain(read, units):
            done = flat.span(0, used)[1]
            left = without(read.parties, assignments)
            found.append(Statement(at, done, left, read.deadline, assignments, convention))
    return found


def _certain(read: Parties, units: UnitReader) -> bool:
    """In running text a lead makes a statement; without one only offices do (由建设单位负责 assigns no task)."""
    if any(p.role == "lead" for p in read.parties):
        return all(units.is_named(p.name) for p in read.parties)
    return all(units.is_office(p.name) for p in read.parties) and read.responsible


def _whole(flat: Flat, used: int, text: str, end: int) -> bool:
    """Whether the list and its role words are the whole sentence or line, or name both lead and support before its object."""
    stop = flat.span(0, used)[1]
    if flat.text[used : used + 1] in ("，", ",") and _BOTH.search(flat.text[:used]):
        return True
    return used == len(flat.text) or stop >= end or re.match(r"[ \t]*(?:\n|$)", text[stop:end][:4]) is not None
