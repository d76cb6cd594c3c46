"""who and lead: topic → for every document who leads, who assists, who is responsible, and who inherits it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.answers.desk import Desk, marks, place
from assistant.answers.listing import PAGE, unlisted
from assistant.answers.naming import by_any_name
from assistant.aspects import aspects
from assistant.match import Aspect, Standing, coverage, facets, fold, standing
from assistant.types import Answer, Item, UnitRole
from corpus.types import Clause, Responsibility

# A document joins the answer if its best clause scores at least this share of the best clause of all.
NEAR = 0.5
# Below these no clause is about the topic; calibrated on questions about things the development plans do not treat.
LEAST_COSINE = 0.3
LEAST_SAID = 0.5
ENOUGH_COSINE = 0.62  # near enough where everyday words share none with the clause
ALL_SAID = 0.95  # a long clause that says every word is about the topic, far as its vector may be
TABLE = 0.85  # a row of a table gives way to a clause of the text
MOST = 1000
# By how it names the thing, a clause brings its document in sooner or later.
BRINGS: dict[Standing, float] = {"headed": 1.4, "work": 1.12, "named": 1.0, "listed": 0.88}
# Beside a document's best clause stand others that give out the same work, if they bring it in at least this much as well:
# 新能源汽车 is one department's in 交通, another's in 公共机构.
BESIDE = 0.75
HEADING = 0.6  # how much a heading that says all of the topic adds to a clause's score
_SENTENCE = re.compile(r"[。；\n]")
_WORDS = {"lead": "牵头", "support": "配合", "responsible": "负责"}


@dataclass(frozen=True, slots=True)
class Found:
    """A clause (or rows of its table) about the topic, as asked, with the duties it states; none where it names no unit."""

    score: float
    asked: tuple[Aspect, ...]
    clause: Clause
    duties: tuple[Responsibility, ...]
    quote: tuple[int, int]


def _by_row(clause: Clause, asked: tuple[Aspect, ...]) -> tuple[Responsibility, ...]:
    """The duties of a clause; in a table of tasks, of the rows that say most of the topic."""
    rows = [(row, fold("".join(c.text for c in row.cells))) for table in clause.tables for row in table.rows]
    if not rows:
        return clause.responsibilities
    best = max((coverage(asked, text) for _, text in rows), default=0.0) if asked else 0.0
    if best < LEAST_SAID:
        return ()
    fitting = [row for row, text in rows if coverage(asked, text) >= 0.9 * best]
    return tuple(d for d in clause.responsibilities if any(r.start <= d.start < max(r.end, r.start + 1) for r in fitting))


def _above(clause: Clause, clauses: dict[str, Clause]) -> Iterator[Clause]:
    """The clauses above one, nearest first."""
    by_path = {c.path: c for c in clauses.values()}
    for n in range(len(clause.path) - 1, 0, -1):
        if clause.path[:n] in by_path:
            yield by_path[clause.path[:n]]


def _duties(clause: Clause, clauses: dict[str, Clause], asked: tuple[Aspect, ...]) -> tuple[Responsibility, ...]:
    """A clause's duties; those of the nearest clause above it where it has no statement of its own."""
    if any(not d.inherited for d in clause.responsibilities):
        return _by_row(clause, asked)
    for holder in _above(clause, clauses):
        if any(not d.inherited for d in holder.responsibilities):
            return holder.responsibilities
    return clause.responsibilities


def _below(clause: Clause, clauses: dict[str, Clause]) -> tuple[Clause, tuple[Responsibility, ...]] | None:
    """The first of a clause's items that states whose work it is: often the last item states it for all."""
    items = (c for c in clauses.values() if len(c.path) > len(clause.path) and c.path[: len(clause.path)] == clause.path)
    return next(((c, c.responsibilities) for c in items if any(not d.inherited for d in c.responsibilities)), None)


def _heading(clause: Clause) -> str:
    return next(filter(None, reversed(clause.headings)), "")


def _whole(found: Found, clauses: dict[str, Clause]) -> list[Found]:
    """Where the heading above names the topic and its items share the work, all of them; else the clause alone."""
    asked = found.asked
    for parent in _above(found.clause, clauses) if asked else ():
        named = coverage(asked, fold(parent.heading)) if parent.heading else 0.0
        if named >= max(LEAST_SAID, coverage(asked, fold(found.clause.text))):
            below = [c for c in clauses.values() if c.path[: len(parent.path)] == parent.path]
            stating = [c for c in below if any(not d.inherited for d in c.responsibilities)]
            return [Found(found.score, asked, c, c.responsibilities, (c.start, c.end)) for c in stating] or [found]
    return [found]


def _states(found: Found) -> bool:
    return any(not d.inherited for d in found.duties)


def _about(desk: Desk, topic: str, asked: tuple[Aspect, ...]) -> Iterator[tuple[Found, float, float]]:
    """Clauses about the topic, with the share of its words they say and what they do to bring in their document."""
    wanted = min(MOST, max(60, 4 * len(desk.in_scope())))  # every document gets its chance
    for hit, asked_so in by_any_name(desk, topic, asked, wanted):
        clause, (cosine, share) = desk.clause(hit), desk.support(hit, asked_so)
        how = standing(asked_so, fold(_heading(clause)), fold(clause.text))
        if share >= ALL_SAID or (cosine >= LEAST_COSINE and share >= LEAST_SAID) or cosine >= ENOUGH_COSINE:
            score = hit.score * (1 + HEADING * (coverage(asked_so, fold(_heading(clause))) if asked_so else 0.0))
            score *= TABLE if clause.tables else 1.0
            stating = desk.states_duties(hit.document)
            duties = _duties(clause, desk.clauses_of(hit.document), asked_so) if stating else ()
            if stating and how == "headed" and all(d.inherited for d in duties):
                clause, duties = _below(clause, desk.clauses_of(hit.document)) or (clause, duties)
            yield Found(score, asked_so, clause, duties, (hit.start, hit.end)), share, score * BRINGS[how]


def _found(desk: Desk) -> list[list[Found]]:
    """The best clauses for the topic; for each of its parts where it lists several and no clause says them all."""
    topic = desk.question.topic
    asked = aspects(topic, desk.opens.thesaurus)
    whole = _best(desk, topic, asked)
    parts = facets(topic)
    if len(parts) == 1 or any(
        coverage(asked, fold("".join(f.clause.headings) + f.clause.text)) >= ALL_SAID for g in whole for f in g
    ):
        return whole
    groups: dict[str, list[Found]] = {}
    for part in parts:
        for group in _best(desk, part, aspects(part, desk.opens.thesaurus)):
            groups.setdefault(group[0].clause.id, group)
    return list(groups.values()) or whole


def _best(desk: Desk, topic: str, asked: tuple[Aspect, ...]) -> list[list[Found]]:
    """For each document that is near, its best clause with a statement, else its best without; best document first."""
    nearest: dict[str, float] = {}
    found: dict[str, Found] = {}
    others: dict[str, dict[str, tuple[Found, float]]] = {}
    top = 0.0
    for one, share, brings in _about(desk, topic, asked):
        document = one.clause.document
        nearest[document] = max(nearest.get(document, 0.0), brings)
        top = max(top, one.score)
        if _states(one) and share >= ALL_SAID and not one.clause.tables and _says_all(one):
            others.setdefault(document, {})[one.clause.id] = one, brings
        held = found.get(document)
        better = held is None or (_states(one), one.score) > (_states(held), held.score)
        if better and (_states(one) or share >= LEAST_SAID):
            found[document] = one
    ordered = sorted(found.values(), key=lambda f: (not _states(f), -f.score, f.clause.id))
    of_places = _of_places(desk, (f.clause.document for f in ordered)) | _saying(desk, ordered)
    near = [f for f in ordered if f.clause.document in of_places or nearest[f.clause.document] >= NEAR * top or _headed(f)]
    groups = [_whole(f, desk.clauses_of(f.clause.document)) if desk.states_duties(f.clause.document) else [f] for f in near]
    return [_with_others(group, others.get(group[0].clause.document, {})) for group in groups]


def _with_others(group: list[Found], others: dict[str, tuple[Found, float]]) -> list[Found]:
    """A document's best clause, and in their order the others of its work; clauses above and below one another are one."""
    best = group[0].clause
    if len(group) > 1 or best.id not in others:
        return group
    least = BESIDE * others[best.id][1]
    told = {(d.start, d.end) for d in group[0].duties}
    for found, brings in sorted(others.values(), key=lambda each: each[0].clause.start):
        own = {(d.start, d.end) for d in found.duties if not d.inherited}
        if brings >= least and not _within(found.clause, best) and not own & told:
            group = [*group, found]
            told |= own
    return group


def _within(one: Clause, other: Clause) -> bool:
    depth = min(len(one.path), len(other.path))
    return one.path[:depth] == other.path[:depth]


def _headed(found: Found) -> bool:
    """Whether a clause that names somebody is headed with the topic: it answers, however many others say it in more words."""
    return _states(found) and standing(found.asked, fold(_heading(found.clause)), fold(found.clause.text)) == "headed"


def _of_places(desk: Desk, documents: Iterable[str]) -> set[str]:
    """The first document of every place that the question names: each has its answer, however far it is."""
    first: dict[str | None, str] = {}
    for document in documents:
        first.setdefault(desk.documents[document].facts.region, document)
    return {first[region] for region in desk.question.regions if region in first}


def _saying(desk: Desk, ordered: Iterable[Found]) -> set[str]:
    """The documents of the places named that give out the very work asked."""
    regions = set(desk.question.regions)
    return {
        f.clause.document
        for f in ordered
        if desk.documents[f.clause.document].facts.region in regions and _states(f) and _says_all(f)
    }


def _says_all(found: Found) -> bool:
    """Whether a clause says what the topic is about in its heading and one of its sentences, its statements of duty aside."""
    text, asked = found.clause.text, tuple(a for a in found.asked if a.weight > 1) or found.asked
    for duty in found.clause.responsibilities:
        if found.clause.start <= duty.start and duty.end <= found.clause.end:
            start, end = duty.start - found.clause.start, duty.end - found.clause.start
            text = text[:start] + " " * (end - start) + text[end:]
    heading = fold(_heading(found.clause))
    return any(coverage(asked, heading + fold(sentence)) >= ALL_SAID for sentence in _SENTENCE.split(text))


def _readable(desk: Desk, groups: list[list[Found]]) -> list[list[Found]]:
    """All that name somebody; of those that name nobody a page, and what the places named have."""
    naming = {g[0].clause.id for g in groups if any(map(_states, g))}
    silent = [g for g in groups if g[0].clause.id not in naming]
    of_places = _of_places(desk, (g[0].clause.document for g in groups))
    shown = {g[0].clause.id for n, g in enumerate(silent) if n < PAGE or g[0].clause.document in of_places}
    return [g for g in groups if g[0].clause.id in naming | shown]


def _cite(desk: Desk, found: Found) -> list[int]:
    """Marks of the statements a clause goes by; of the sentence nearest to the topic where it names nobody."""
    document, clause = desk.documents[found.clause.document], found.clause
    spans = dict.fromkeys((d.start, d.end) for d in found.duties if not d.inherited)
    if not spans:
        return [desk.cite(document, clause, *found.quote)]
    return [desk.cite(document, desk.clause_at(document, s) or clause, s, e) for s, e in spans]


def _line(desk: Desk, found: Found, direct: list[int], inherited: list[int], several: bool) -> str:
    """One clause's sentence: roles in order, each with its marks."""
    parts = []
    for role, word in _WORDS.items():
        units = [d.unit for d in found.duties if d.role == role and not d.inherited]
        if units:
            parts.append(f"{'、'.join(dict.fromkeys(units))}{word}")
    name = place(desk.documents[found.clause.document]) + (f" {found.clause.label}" if several else "")
    text = (
        f"{name}：{'，'.join(parts)}{marks(direct)}"
        if parts
        else f"{name}：写有这一内容，没有单列的责任表述，请看原文{marks(direct)}"
    )
    below = list(dict.fromkeys(d.unit for d in found.duties if d.inherited))
    return text + (f"；{'、'.join(below)}落实{marks(inherited)}。" if below else "。")


def answer_who(desk: Desk) -> Answer | None:
    """The answer, or None where no clause is about the topic."""
    every = _found(desk)
    if not every:
        return None
    groups = _readable(desk, every)
    # the statements of all documents are cited first, then the sentences that pass the work on
    cited = [(found, len(group) > 1, _cite(desk, found)) for group in groups for found in group]
    lines, items = [], []
    for found, several, numbers in cited:
        document, clause = desk.documents[found.clause.document], found.clause
        later = []
        for start, end in dict.fromkeys((d.start, d.end) for d in found.duties if d.inherited):
            if holder := desk.clause_at(document, start):
                later.append(desk.cite(document, holder, start, end))
        lines.append(_line(desk, found, numbers, later, several))
        units = tuple(dict.fromkeys(UnitRole(d.unit, d.role, d.inherited) for d in found.duties))
        quote = desk.citations[numbers[0] - 1].quote
        facts = document.facts
        items.append(
            Item(document.id, document.source, facts.region, clause.path, clause.label, units, (), quote, (*numbers, *later))
        )
    more = len(every) - len(groups)
    return Answer(
        desk.question.text,
        desk.question.kind,
        "answered",
        "\n".join([_head(desk, items), *lines])
        + unlisted(more, unit="处写有这一内容而没有单列责任单位的条款", name=desk.to_name()),
        tuple(items),
        tuple(desk.citations),
        unlisted=more,
    )


def _head(desk: Desk, items: list[Item]) -> str:
    """The first line: how many documents say it; asked who leads where nobody is named to lead, that."""
    topic, named = desk.question.topic, [i for i in items if any(not u.inherited for u in i.units)]
    if not named:
        return f"关于“{topic}”，所引条款写有这一内容，但没有单列的责任表述："
    if desk.question.kind == "lead" and not any(u.role == "lead" for i in items for u in i.units):
        return f"关于“{topic}”，所引条款均未写明牵头单位，列出的责任单位如下："
    return f"关于“{topic}”，{len({i.document for i in named})} 个文件有责任规定："
