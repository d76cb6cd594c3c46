"""Draws training pairs: bags of features that should come to lie close together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.builtin.features import Rows, Vocabulary
from index.training.material import Material

_SENTENCE_END = re.compile(r"(?<=[。；：\n])")
_KINDS = {"statute": ("statute",), "written": ("written", "bank")}  # kinds of pairs → kinds of questions
_SHORTEST = 3  # characters: what is no longer is no sentence


@dataclass(frozen=True, slots=True)
class Mixture:
    """What a batch is made of: the share of each kind, the rest being cloze; dropout: share of features left out.

    written: the shared written questions and our own together, each question as likely as any other.
    """

    batch: int = 1536
    statute: float = 0.1
    written: float = 0.5
    terms: float = 0.15
    dropout: float = 0.35
    reports: float = 0.2  # of the cloze pairs


class Pair(NamedTuple):
    """Two bags of one meaning. who: pairs with the same number are not held against each other."""

    query: Rows
    passage: Rows
    who: int


class Sampler:
    """Bags of all texts, computed once, and the four kinds of pairs drawn from them.

    cloze: a sentence ~ the rest of its passage.  statute, written: a question ~ its passage.
    terms: an everyday word ~ official terms for it, with some of what stands beside them.
    """

    def __init__(self, material: Material, vocabulary: Vocabulary, mixture: Mixture) -> None:
        self._mixture = mixture
        titles = list(dict.fromkeys(p.title for p in material.passages))
        bags = dict(zip(titles, vocabulary.bags(titles), strict=True))
        self._titles = [bags[p.title] for p in material.passages]
        split = [_sentences(p.body) for p in material.passages]
        flat = iter(vocabulary.bags([s for sentences in split for s in sentences]))
        self._sentences = [list(islice(flat, len(sentences))) for sentences in split]
        many = np.array([i for i, s in enumerate(self._sentences) if len(s) > 1], np.int64)
        self._many = (many[many < material.searched], many[many >= material.searched])
        self._questions = {
            kind: [
                (vocabulary.rows(q.query), place)
                for part in parts
                for q in material.questions.get(part, ())
                if not q.held
                for place in q.wanted
            ]
            for kind, parts in _KINDS.items()
        }
        terms = [[vocabulary.bags(words) for words in (t.say, t.official, t.related)] for t in material.terms]
        self._terms = [t for t in terms if any(map(len, t[0])) and any(map(len, t[1]))]

    def whole(self, place: int) -> Rows:
        """The bag of a passage with its title."""
        return np.concatenate([self._titles[place], *self._sentences[place]])

    def batch(self, rng: np.random.Generator) -> list[Pair]:
        """A batch of the mixture's size, or a little less: pairs with an empty side are left out."""
        mixture = self._mixture
        statute, written, terms = (int(mixture.batch * share) for share in (mixture.statute, mixture.written, mixture.terms))
        drawn = [
            *self._cloze(rng, mixture.batch - statute - written - terms),
            *self._answers(rng, "statute", statute),
            *self._answers(rng, "written", written),
            *self._synonyms(rng, terms),
        ]
        return [
            Pair(self._thin(rng, pair.query), self._thin(rng, pair.passage), pair.who)
            for pair in drawn
            if len(pair.query) and len(pair.passage)
        ]

    def _thin(self, rng: np.random.Generator, bag: Rows) -> Rows:
        kept = bag[rng.random(len(bag)) > self._mixture.dropout]
        return kept if len(kept) else bag

    def _cloze(self, rng: np.random.Generator, n: int) -> Iterator[Pair]:
        laws, reports = self._many
        from_reports = int(n * self._mixture.reports) if len(reports) else 0
        places = [_choice(rng, laws, n - from_reports), _choice(rng, reports, from_reports)]
        for place in np.concatenate(places):
            sentences, title = self._sentences[place], self._titles[place]
            width = 1 if rng.random() < 0.7 or len(sentences) < 3 else 2
            at = int(rng.integers(0, len(sentences) - width + 1))
            query = sentences[at : at + width]
            rest = sentences[:at] + sentences[at + width :]
            chance = rng.random()  # half of the passages keep their title; of some it stands with the sentence instead
            if chance < 0.5:
                rest = [title, *rest]
            elif chance < 0.65:
                query = [title, *query]
            yield Pair(np.concatenate(query), np.concatenate(rest), int(place))

    def _answers(self, rng: np.random.Generator, kind: str, n: int) -> Iterator[Pair]:
        questions = self._questions[kind]
        for i in _choice(rng, np.arange(len(questions)), n):
            query, place = questions[i]
            yield Pair(query, self.whole(place), place)

    def _synonyms(self, rng: np.random.Generator, n: int) -> Iterator[Pair]:
        for i in _choice(rng, np.arange(len(self._terms)), n):
            say, official, related = self._terms[i]
            some = rng.permutation(len(official))[: rng.integers(1, len(official) + 1)]
            beside = [bag for bag in related if rng.random() < 0.4]
            passage = np.concatenate([official[j] for j in some] + beside)
            yield Pair(say[rng.integers(len(say))], passage, -1 - int(i))


def _sentences(body: str) -> list[str]:
    """The sentences of a text, or the text if it has none."""
    return [s for s in _SENTENCE_END.split(body) if len(s.strip()) > _SHORTEST] or [body]


def _choice(rng: np.random.Generator, values: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """n of the values, with repeats; none if there are no values."""
    return rng.choice(values, n) if len(values) else values
