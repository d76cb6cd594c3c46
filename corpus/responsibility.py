"""Who is responsible: responsibility statements of every clause → bodies, roles, deadlines, inherited ones included."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.conventions import Assignment, Rule
from corpus.lexicon.departments import Departments, default_departments
from corpus.parties import Party
from corpus.statement import Statement
from corpus.statements import find_statements
from corpus.task_tables import table_statements
from corpus.types import Clause, Responsibility
from corpus.units import UnitReader

_NUMBERED = frozenset({"part", "item", "article"})


@dataclass(frozen=True, slots=True)
class _Scope:
    """Assignments and the convention in force, within the document's body or one of its annexes."""

    assignments: tuple[Assignment, ...] = ()
    rule: Rule | None = None


def clause_statements(
    text: str, clauses: Sequence[Clause], departments: Departments | None = None
) -> tuple[tuple[Statement, ...], ...]:
    """The statements of every clause, in order, with the roles their own words give (no convention applied)."""
    units = UnitReader(text, departments or default_departments())
    rows = table_statements(text, clauses, units)
    tables = sorted({(t.start, t.end) for clause in clauses for t in clause.tables})
    found = []
    for i, clause in enumerate(clauses):
        within = [t for t in tables if t[0] < clause.end and t[1] > clause.start]
        statements = find_statements(text, clause.start, clause.end, units, within)
        found.append(tuple(statements) + tuple(rows.get(i, ())))
    return tuple(found)


def read_responsibilities(
    text: str, clauses: Sequence[Clause], departments: Departments | None = None
) -> tuple[tuple[Responsibility, ...], ...]:
    """The bodies responsible for every clause: one tuple a clause, same order; direct ones as written, then inherited.

    text: the document's stored text; clauses: disjoint, in document order. Offsets are document offsets: of the
    statement, or of the sentence that assigns an inherited body. A clause without a statement of its own has only
    inherited bodies, or none. The role follows the statement's words, then the document's own convention
    (`列第一位的为牵头单位，下同`). Linear in the length of the text.
    """
    departments = departments or default_departments()
    statements = clause_statements(text, clauses, departments)
    annexes = [c.path[0] if c.path and c.path[0].startswith("附") else "" for c in clauses]
    scopes = _scopes(annexes, statements)
    result = []
    for i in range(len(clauses)):
        scope = scopes[annexes[i]] = _widen(scopes[annexes[i]], statements[i])
        direct = [
            Responsibility(p.name, departments.of(p.name), p.role, False, s.deadline, s.start, s.end)
            for s in statements[i]
            for p in _by_convention(s, scope.rule)
        ]
        says = any(s.assignments for s in statements[i])
        covered = scope.assignments if says or _has_task(clauses, i) else ()
        result.append((*direct, *_inherited(covered, direct, departments)))
    return tuple(result)


def _widen(scope: _Scope, statements: Sequence[Statement]) -> _Scope:
    """The scope with what these statements say of later ones."""
    for s in statements:
        if s.assignments:
            names = {n for a in s.assignments for n in a.names}
            kept = tuple(a for a in scope.assignments if not set(a.names) <= names)
            scope = replace(scope, assignments=(*kept, *s.assignments))
        if s.convention and (s.convention.following or not s.parties):
            scope = replace(scope, rule=s.convention.rule)
    return scope


def _scopes(annexes: Sequence[str], statements: Sequence[Sequence[Statement]]) -> dict[str, _Scope]:
    """The scope each part begins with. A covering letter's convention holds for the annexes that carry the tasks."""
    flat = {a: [s for b, group in zip(annexes, statements, strict=True) if a == b for s in group] for a in dict.fromkeys(annexes)}
    letter = flat.get("", [])
    told = [s.convention.rule for s in letter if s.convention] if not any(s.parties for s in letter) else []
    return {a: _Scope(rule=_closing_rule(found) or next(iter(told), None)) for a, found in flat.items()}


def _closing_rule(statements: Sequence[Statement]) -> Rule | None:
    """A convention noted after the last statement (注：列首位的为牵头单位) holds for all before it."""
    last = max((n for n, s in enumerate(statements) if s.parties), default=-1)
    notes = [s.convention.rule for s in statements[last + 1 :] if s.convention]
    return notes[0] if notes and last >= 0 else None


def _by_convention(statement: Statement, rule: Rule | None) -> tuple[Party, ...]:
    """The bodies with the role the document's convention gives them; a lead named in words stands."""
    rule = statement.convention.rule if statement.convention else rule
    parties = statement.parties
    if rule is None or not parties or any(p.role == "lead" for p in parties) or parties[0].role == "support":
        return parties
    if rule == "first or each" and parties[0].severally:
        return tuple(replace(p, role="lead") for p in parties)
    if rule in ("first", "first or each"):
        return (replace(parties[0], role="lead"), *parties[1:])
    if rule == "comma":
        first = parties[0].group
        return tuple(replace(p, role="lead" if p.group == first else "support") for p in parties)
    return tuple(replace(p, role="lead") if p.marked else p for p in parties)


def _has_task(clauses: Sequence[Clause], i: int) -> bool:
    """Whether a numbered clause says something of its own; a section that is a heading above others does not."""
    clause = clauses[i]
    if clause.kind not in _NUMBERED:
        return False
    following = clauses[i + 1].path if i + 1 < len(clauses) else ()
    above_others = len(following) > len(clause.path) and following[: len(clause.path)] == clause.path
    if not above_others:
        return True
    body, heading = _letters(clause.text), _letters(clause.heading)
    at = body.find(heading) if heading else -1
    return len(body) - (at + len(heading)) > 1 if at >= 0 else len(body) > 8


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _inherited(
    assignments: Sequence[Assignment], direct: Sequence[Responsibility], departments: Departments
) -> list[Responsibility]:
    named = {r.unit for r in direct}
    found: list[Responsibility] = []
    for a in assignments:
        for name in a.names:
            if name not in named:
                named.add(name)
                found.append(Responsibility(name, departments.of(name), a.role, True, None, a.start, a.end))
    return found
