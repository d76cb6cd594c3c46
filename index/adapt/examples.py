"""What the encoder learns a library from: pairs of texts that should lie close together.

cloze: a sentence ~ the rest of its passage.  heading: a clause's heading ~ its own words.
term: an everyday word of the user's thesaurus ~ the official terms.  mark: a question ~ a clause a user marked as right.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from corpus.lexicon.terms import Term
from corpus.store import Library
from corpus.types import Clause, Document, Mark
from index.passages import Passage, clean, passages, short_title
from index.regions import named_regions

MOST_CLAUSES = 10_000  # of a large library: those of the smallest hash, so that the same ones are taken again
_HELD = 6  # one clause and one question in six is kept aside
_SHORTEST = 6  # characters of a sentence or heading that are worth asking with

Kind = Literal["cloze", "heading", "term", "mark"]
KINDS: tuple[Kind, ...] = ("mark", "term", "heading", "cloze")


@dataclass(frozen=True, slots=True)
class Example:
    """`query` should find `passage`, and not `against` ("" for none). group: its passages are not held against each other.

    of: the clause or question it comes from, by which it is learnt from or kept aside.
    """

    kind: Kind
    query: str
    passage: str
    group: str
    of: str
    against: str = ""


def is_held(key: str) -> bool:
    """Whether the clause or question of this name is kept aside: never learnt from, only measured with."""
    return _hash(key) % _HELD == 0


def chosen_clauses(library: Library) -> list[tuple[Document, Clause]]:
    """Up to MOST_CLAUSES clauses in the order of their hashes."""
    pairs = [(document, clause) for document in library.documents() for clause in library.clauses(document.id)]
    return sorted(pairs, key=lambda pair: (_hash(pair[1].id), pair[1].id))[:MOST_CLAUSES]


def cloze_examples(document: Document, clause: Clause) -> Iterator[list[Example]]:
    """For each passage of several sentences: every sentence with the rest of the passage."""
    found = passages(document, clause)
    sentences = [part for part in found if part.level == "sentence"]
    for whole in found:
        cuts = _cut(document, whole, sentences) if whole.level == "passage" else ()
        if examples := [Example("cloze", sentence, rest, clause.id, clause.id) for sentence, rest in cuts]:
            yield examples


def heading_example(document: Document, clause: Clause) -> Example | None:
    """The heading with place, title and the clause's words without it; None where either says too little.

    Clauses of one heading are one group: asked by it, each of them is right.
    """
    heading = clean(clause.heading)
    words = clean(clause.text).replace(heading, " ", 1)
    if min(len(heading), len(re.sub(r"\W", "", words))) < _SHORTEST:
        return None
    above = " ".join(h for h in clause.headings[:-1] if h)
    body = " ".join(filter(None, (document.facts.region, short_title(document), above, words)))
    return Example("heading", heading, body, f"heading:{heading}", clause.id)


def term_examples(terms: Sequence[Term]) -> Iterator[Example]:
    """Everyday words with the official terms of their row."""
    for number, term in enumerate(terms):
        official = " ".join((*term.official, *term.related))
        for word in term.say:
            yield Example("term", word, official, f"term:{number}", word)


def mark_examples(library: Library, marks: Sequence[Mark]) -> Iterator[Example]:
    """Questions with each passage of the clauses marked as right; the clauses marked as wrong stand against them.

    A question with wrong clauses alone is held to itself. Marks of clauses that are not in the library are passed over.
    """
    texts = {mark.clause: matched_texts(library, mark.clause) for mark in marks}
    regions = frozenset(d.facts.region for d in library.documents() if d.facts.region)
    for question in dict.fromkeys(mark.question for mark in marks):
        _, topic = named_regions(question, regions)
        said = [(mark, text) for mark in marks if mark.question == question for text in texts[mark.clause]]
        right = [(mark.clause, text) for mark, text in said if mark.good]
        wrong = [text for mark, text in said if not mark.good]
        if wrong and not right:
            right = [(f"question:{question}", topic)]
        for n in range(max(len(right), len(wrong)) if right else 0):
            clause, passage = right[n % len(right)]
            yield Example("mark", topic, passage, clause, question, wrong[n % len(wrong)] if wrong else "")


def matched_texts(library: Library, clause: str) -> list[str]:
    """The texts by which a clause is found, passages first; [] where the library has no such clause."""
    place = library.place_of(clause)
    return [part.text for part in passages(library.document(place), library.clause(place, clause))] if place else []


def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _cut(document: Document, whole: Passage, sentences: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    """(sentence, the rest of `whole`) for every sentence in it."""
    for part in sentences:
        if whole.start <= part.start and part.end <= whole.end:
            sentence = clean(document.text[part.start : part.end])
            others = (whole.end - whole.start) - (part.end - part.start)
            if min(len(sentence), others) >= _SHORTEST and sentence in whole.text:
                yield sentence, whole.text.replace(sentence, " ", 1)
