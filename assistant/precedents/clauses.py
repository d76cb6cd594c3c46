"""The same clause across documents: the matching clause of every other one, aligned sentence by sentence."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.precedents.candidates import Sentence
from assistant.precedents.desk import Desk, Found, Near
from assistant.precedents.types import Across, Aligned, Counterpart, Quotation, Similarity
from corpus.types import Clause, Document
from index.passages import passages

ALIGNED = 0.35  # two sentences at least so near stand in one row
MATCHING = 0.35  # two clauses at least so near treat the same thing: docs/precedents.md
TRIED = 3  # clauses of a document looked at closely
LISTED = 30  # other documents shown one by one

Lengths = NDArray[np.float64]
Best = tuple[float, list[int]]  # how near a clause is, and its sentences


def across(desk: Desk, document: str, clause: str) -> Across:
    """The clause and its counterparts, nearest first, then the documents without one. Raises LibraryError for no such clause."""
    own = desk.sources.clause(document, clause)
    home = desk.sources.documents[document]
    extents = [(p.start, p.end) for p in passages(home, own) if p.level == "sentence"] or [(own.start, own.end)]
    ours = desk.sources.quotations([(document, clause, s, e) for s, e in extents])
    others = {d.id: d for d in desk.in_scope() if d.id != document}
    found = desk.like(_text(own), [q.citation.quote for q in ours])
    near = desk.compared(found, _likely(found))
    best = {id: clause for id, clause in _best_clauses(near).items() if id in others}
    listed = sorted(best, key=lambda id: (-best[id][0], id))[:LISTED]
    matched = [_counterpart(desk, near, ours, others[id], best[id]) for id in listed]
    without = [_none(others[id]) for id in sorted(others.keys() - best.keys())][: LISTED - len(matched)]
    return Across(
        desk.sources.quotation(document, clause, own.start, own.end),
        ours,
        (*matched, *without),
        len(others) - len(matched) - len(without),
    )


def _text(clause: Clause) -> str:
    """What is searched for: the headings above the clause, and its text."""
    return " ".join([*(h for h in clause.headings[:-1] if h), clause.text])


def _likely(found: Found) -> list[int]:
    """The sentences of the TRIED clauses of each document that are nearest by their vectors."""
    ours = np.array([len(t) for t in found.asked.texts], np.float64)
    scored: defaultdict[str, list[Best]] = defaultdict(list)
    for sentences in _by_clause(found.sentences):
        theirs = np.array([len(found.texts[i]) for i in sentences], np.float64)
        score = _match(found.cosines[:, sentences], ours, theirs)
        scored[found.sentences[sentences[0]].document].append((score, sentences))
    chosen = [one for clauses in scored.values() for one in sorted(clauses, key=lambda c: (-c[0], c[1]))[:TRIED]]
    return sorted(i for _, sentences in chosen for i in sentences)


def _by_clause(sentences: Sequence[Sentence]) -> list[list[int]]:
    """The places of the sentences of each clause."""
    members: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for i, sentence in enumerate(sentences):
        members[sentence.document, sentence.clause].append(i)
    return list(members.values())


def _best_clauses(near: Near) -> dict[str, Best]:
    """The nearest clause of each document that has one near enough; the first of equals."""
    ours = np.array([len(t) for t in near.asked.texts], np.float64)
    best: dict[str, Best] = {}
    for sentences in _by_clause(near.sentences):
        theirs = np.array([len(near.texts[i]) for i in sentences], np.float64)
        score, document = _match(near.likeness.values[:, sentences], ours, theirs), near.sentences[sentences[0]].document
        if score >= MATCHING and score > best.get(document, (0.0, []))[0]:
            best[document] = score, sentences
    return best


def _match(values: NDArray[np.float64], ours: Lengths, theirs: Lengths) -> float:
    """The mean over both clauses of how near each sentence's nearest one is, by length."""
    covered = np.average(values.max(axis=1), weights=ours) + np.average(values.max(axis=0), weights=theirs)
    return round(float(covered) / 2, 6)


def _counterpart(desk: Desk, near: Near, ours: tuple[Quotation, ...], document: Document, best: Best) -> Counterpart:
    close = desk.of(near, best[1])
    theirs = desk.sources.quotations([(s.document, s.clause, s.start, s.end) for s in close.sentences])
    partner = _pairs(close.likeness.values)
    rows = [
        _row(desk, quotation, theirs[partner[i]], close.likeness.similarity(i, partner[i]))
        if i in partner
        else Aligned(quotation, None, None, (), ())
        for i, quotation in enumerate(ours)
    ]
    rows += [Aligned(None, quotation, None, (), ()) for j, quotation in enumerate(theirs) if j not in partner.values()]
    clause = desk.sources.clause(document.id, close.sentences[0].clause)
    own = np.array([len(q.citation.quote) for q in ours], np.float64)
    lengths = np.array([len(t) for t in close.texts], np.float64)
    value, cosine, words = (
        _match(m, own, lengths) for m in (close.likeness.values, close.likeness.cosines, close.likeness.words)
    )
    return Counterpart(
        document.id,
        document.facts.title,
        document.facts.region,
        desk.sources.quotation(document.id, clause.id, clause.start, clause.end),
        Similarity(round(value, 4), round(cosine, 4), round(words, 4)),
        tuple(rows),
    )


def _pairs(values: NDArray[np.float64]) -> dict[int, int]:
    """Our sentence → theirs: the nearest pair first, each sentence once, none farther than ALIGNED."""
    nearest = sorted((-round(float(values[i, j]), 6), i, j) for i, j in np.argwhere(values >= ALIGNED))
    partner: dict[int, int] = {}
    for _, i, j in nearest:
        if i not in partner and j not in partner.values():
            partner[int(i)] = int(j)
    return partner


def _row(desk: Desk, ours: Quotation, theirs: Quotation, similarity: Similarity) -> Aligned:
    pieces, named = desk.differences(ours.citation.quote, theirs.citation.quote)
    return Aligned(ours, theirs, similarity, pieces, named)


def _none(document: Document) -> Counterpart:
    return Counterpart(document.id, document.facts.title, document.facts.region, None, None, ())
