"""A search by every name of the thing: a clause answers to the name it writes, as it would to the one asked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.answers.desk import Desk
from assistant.aspects import aspects
from assistant.match import WEAK, Aspect, cuts, fold, says, segments, standing
from assistant.names import defined, plain
from corpus.lexicon.terms import Thesaurus
from index.base import Hit

MOST_NAMES = 4  # each is a search of its own
COVERAGE = 0.45  # of the words said beside the cosine, as in the search (index/closer.py)

Asked = tuple[Aspect, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """The topic by another name. documents: those that define the name; None for a name of the thesaurus."""

    name: str
    topic: str
    asked: Asked
    documents: frozenset[str] | None = None


def _by_thesaurus(desk: Desk, topic: str, asked: Asked) -> Iterator[Naming]:
    """The other names of what is asked that stand in the library, the exact ones first."""
    knows, words = desk.opens.searcher().knows, fold(topic)
    for own, names in ((a.forms[0], a.names) for a in asked):
        own = f"{own}s" if own.isascii() and f"{own}s" in words else own
        for name in (spelling for n in names for spelling in ((n, f"{n}s") if n.isascii() else (n,))):
            if own in words and knows(name):
                yield Naming(name, words.replace(own, _with_act(name, own), 1), asked)


def _with_act(name: str, own: str) -> str:
    """A name with what is done with the thing, where the word it stands for says that: 老旧小区 for 城镇老旧小区改造."""
    act = segments(own)[-1]
    return name + act if act in WEAK and len(act) < len(own) and act not in name else name


def _whole(own: str, words: str, borders: set[int]) -> bool:
    """Whether folded words have a folded name as words of their own."""
    if own.isascii():
        return bool(says(own, words))
    return any(words.startswith(own, at) and at + len(own) in borders for at in borders)


def _by_definition(desk: Desk, topic: str) -> Iterator[Naming]:
    """The topic by the names that documents in scope define; a name is theirs alone."""
    words, definers = fold(topic), dict[tuple[str, str], set[str]]()
    borders = cuts(words)
    for document in desk.in_scope():
        for full, short in defined(document.text):
            for own, name in ((full, short), (short, full)):
                if own in words and name not in words and _whole(own, words, borders):
                    definers.setdefault((own, name), set()).add(document.id)
    for (own, name), documents in definers.items():
        other = words.replace(own, name, 1)
        yield Naming(name, other, aspects(other, desk.opens.thesaurus), frozenset(documents))


def namings_of(desk: Desk, topic: str, asked: Asked) -> list[Naming]:
    """The topic by at most MOST_NAMES other names, those that everybody knows before those that a document defines."""
    return [*_by_thesaurus(desk, topic, asked), *_by_definition(desk, topic)][:MOST_NAMES]


def _written(name: str, thesaurus: Thesaurus) -> str:
    """A folded name as the thesaurus writes it: vocs → VOCs."""
    rows = thesaurus.rows(name) or thesaurus.rows(name.removesuffix("s"))
    return next((form for term in rows for form in (*term.official, *term.say) if name in (fold(form), plain(form))), name)


def _worth(hits: list[Hit]) -> float:
    """How well the best hit fits its question, comparable between questions as scores are not; 0.0 where there is none."""
    return max((h.why.cosine + COVERAGE * (h.why.coverage or 0.0) for h in hits[:1]), default=0.0)


def by_any_name(desk: Desk, topic: str, asked: Asked, k: int) -> Iterator[tuple[Hit, Asked]]:
    """The k best clauses for the topic, and those for the topic by each other name that name the thing so; in no order.

    With each what it was asked. Scores are on one scale: each search's is as long as its best hit fits.
    """
    namings = namings_of(desk, topic, asked)
    desk.names += [_written(naming.name, desk.opens.thesaurus) for naming in namings]
    own, others = desk.search(topic, k), [(naming, desk.search(naming.topic, k)) for naming in namings]
    best = max(map(_worth, [own, *(hits for _, hits in others)]))
    if best <= 0:
        return iter([(hit, asked) for hit in own])
    found = {hit.clause: (replace(hit, score=hit.score * _worth(own) / best), asked) for hit in own}
    heard = _heard(desk, own, asked) if others else frozenset[str]()
    for naming, hits in others:
        for hit in (h for h in hits if _answers(desk, h, naming, heard)):
            score = hit.score * _worth(hits) / best
            if hit.clause not in found or score > found[hit.clause][0].score:
                found[hit.clause] = (replace(hit, score=score), naming.asked)
    return iter(found.values())


def _heard(desk: Desk, own: list[Hit], asked: Asked) -> frozenset[str]:
    """The documents that give somebody the work by the very name asked: they need no other."""
    words = tuple(replace(a, forms=a.forms[:1]) for a in asked if a.names)
    return frozenset(
        hit.document
        for hit in own
        if (clause := desk.clause(hit)).responsibilities
        and standing(words, fold(clause.heading), desk.words_of(hit.document, hit.clause)) in ("headed", "work")
    )


def _answers(desk: Desk, hit: Hit, naming: Naming, heard: frozenset[str]) -> bool:
    """Whether a hit is one by this name; in a document that needs no other name, a clause headed with it."""
    clause = desk.clause(hit)
    if naming.documents is None and hit.document in heard:
        return bool(says(naming.name, fold(clause.heading)))
    theirs = naming.documents is None or hit.document in naming.documents
    return theirs and bool(says(naming.name, desk.words_of(hit.document, hit.clause)))
