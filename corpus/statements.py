"""Where a clause says who is responsible: in brackets, on labelled lines, in `由…牵头`, in sentences, in tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.brackets import CLOSER, Pair, pairs
from corpus.breaks import flatten
from corpus.conventions import take_assignments, take_convention
from corpus.labelled_lines import block_end, labelled_lines
from corpus.labels import LABELLED, sections, when
from corpus.names import PLACE_BODY
from corpus.parties import Parties
from corpus.running_text import running_text
from corpus.statement import LONGEST, ROLE_WORD, Statement, interpret, without
from corpus.units import UnitReader

_NESTED = 4  # levels of brackets inside one: names carry one or two
_ABOUT = re.compile(
    r"以下[^。；;]{0,14}?(?:均|都|皆|全部)|下同|后同|(?:第一|首)[位个名]?[^。；;]{0,12}牵头|[逗分]号之?前|号的?[^。；;]{0,4}为牵头"
)


def find_statements(
    text: str, start: int, end: int, units: UnitReader, tables: Sequence[tuple[int, int]] = ()
) -> list[Statement]:
    """The statements in text[start:end], in order, disjoint. `tables` are extents read elsewhere, skipped but for brackets."""
    found = _bracketed(text, start, end, units)
    found = [s for s in found if s.parties or s.assignments or not any(a <= s.start < b for a, b in tables)]  # a row's own remark
    for reader in (labelled_lines, running_text, _remarks):
        taken = sorted([*((s.start, s.end) for s in found), *tables])
        for a, b in _gaps(start, end, taken):
            found += reader(text, a, b, units)
    return sorted(found, key=lambda s: (s.start, s.end))


def _gaps(start: int, end: int, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for a, b in taken:
        if a > start:
            yield start, a
        start = max(start, b)
    if end > start:
        yield start, end


# --- brackets ---------------------------------------------------------------------------------------------------------


def _bracketed(text: str, start: int, end: int, units: UnitReader) -> list[Statement]:
    body = text[start:end]
    closed, lost = pairs(body)
    found: list[Statement] = []
    done = 0
    for pair in sorted([*closed, *_unclosed(body, lost, units)], key=lambda p: p.start):
        if pair.start < done or pair.height > _NESTED or pair.end - pair.start > LONGEST:
            continue
        statement = _bracket(body, pair, text, start, units)
        if not statement:
            continue
        done = pair.end
        last = found[-1] if found else None
        only_time = not statement.parties and statement.deadline
        if last and only_time and not text[last.end : statement.start].strip(" \n。"):
            found[-1] = replace(last, end=statement.end, deadline=last.deadline or statement.deadline)
        elif statement.parties or statement.assignments or statement.convention:
            found.append(statement)
    return found


def _unclosed(body: str, lost: list[int], units: UnitReader) -> Iterator[Pair]:
    """A bracket that a label follows and nothing closes ends where a labelled line would."""
    for at in lost:
        if label := LABELLED.match(body, at + 1):
            yield Pair(at, block_end(body, label.end(), len(body), units), 0)


def _bracket(body: str, pair: Pair, text: str, start: int, units: UnitReader) -> Statement | None:
    inner_end = pair.end - (body[pair.end - 1] in CLOSER)
    inner = "".join(body[pair.start + 1 : inner_end].split())
    at_rest = _at_rest(body, pair)
    if len(inner) < 3 or not (at_rest or ROLE_WORD.search(inner) or when(inner)):
        return None
    flat = flatten(text, start + pair.start + 1, start + inner_end, units)
    read, assignments, convention = interpret(flat, units)
    whole = Statement(start + pair.start, start + pair.end, (), None, assignments, convention)
    listed = at_rest or assignments or convention
    if read.parties and (read.labelled or (_acted(read, units) if read.acted else listed and _listed(read, units))):
        return replace(whole, parties=without(read.parties, assignments), deadline=read.deadline)
    only_time = all(kind == "time" for kind, _, _ in sections(flat.text))
    return replace(whole, deadline=read.deadline) if assignments or convention or only_time else None


def _at_rest(body: str, pair: Pair) -> bool:
    """Whether a bracket closes a line after a full sentence or a heading: there a bare list of names is a statement."""
    if not re.match(r"[。；;]?[ \t\u3000]*(?:\n|$)", body[pair.end : pair.end + 8]):
        return False
    before = body[max(0, pair.start - 80) : pair.start].rstrip()
    return before[-1:] in tuple("。；;！？”）") or (pair.start < 80 and "\n" not in before.lstrip())


def _acted(read: Parties, units: UnitReader) -> bool:
    """Whether role words belong to bodies: to all of them, or with one stray piece (`…，确保如期建成`) to certain ones."""
    return read.sound or (read.strays < len(read.parties) and all(units.is_named(p.name) for p in read.parties))


def _listed(read: Parties, units: UnitReader) -> bool:
    """Whether a list without any label or role word is a list of bodies."""
    first = read.parties[0].name
    return read.sound and (units.is_named(first) or (len(read.parties) > 1 and PLACE_BODY.search(first) is not None))


# --- remarks that name nobody: conventions, 以下均需… -------------------------------------------------------------------


def _remarks(text: str, start: int, end: int, units: UnitReader) -> list[Statement]:
    found: list[Statement] = []
    done = start
    for m in _ABOUT.finditer(text, start, end):
        if m.start() < done:
            continue
        begin = max((text.rfind(c, done, m.start()) for c in "。！？\n（("), default=-1) + 1 or done
        begin = max(begin, done, m.start() - 300)
        stops = [i for i in (text.find(c, m.end(), min(end, m.end() + 300)) for c in "。！？\n）)") if i >= 0]
        done = min(stops, default=min(end, m.end() + 300))
        flat = flatten(text, begin, done, units)
        convention, rest = take_convention(flat)
        assignments, _ = take_assignments(rest, units)
        if convention or assignments:
            found.append(Statement(begin, done, (), None, tuple(assignments), convention))
    return found
