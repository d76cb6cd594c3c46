"""The parts of the search over one library, each by itself: scores of all clauses, computed whole."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from corpus.lexicon.terms import Thesaurus
from eval.measures import DEPTH
from eval.texts import Matched
from index import fusion
from index.base import Encoder, Scores, Vectors
from index.candidates import PASSAGE_WEIGHT
from index.lexical import LexicalIndex
from index.ranking import DENSE_WEIGHT, NARROW
from index.regions import named_regions
from index.search import EXPANSION_WEIGHT
from index.tokens import tokenise

_ASKED_AT_ONCE = 16  # questions: their cosines over 600,000 texts take 38 MB
_ENCODED_AT_ONCE = 8192

Split = Callable[[str], list[str]]


class Apart:
    """Matched texts with the parts of the search over them. One instance asks one batch of questions after another.

    narrow: float64 [clauses]: 1 for those of a place's own rules, or of a court's interpretation.
    """

    def __init__(self, matched: Matched, encoder: Encoder, thesaurus: Thesaurus, splits: Sequence[Split] = (tokenise,)) -> None:
        self.layout, self.encoder, self.thesaurus = matched.layout, encoder, thesaurus
        self.regions = frozenset(d.region for d in self.layout.documents if d.region)
        self._places = np.array([d.region or "" for d in self.layout.documents])[self.layout.clauses[:, 0]]
        self.narrow = np.array([d.narrow for d in self.layout.documents], np.float64)[self.layout.clauses[:, 0]]
        self._by_id = np.argsort(np.argsort(np.array(self.layout.clause_ids)))
        self._vectors = _encoded(encoder, matched.texts)
        passages = matched.texts[: self.layout.passages]
        self._bm25 = {split: LexicalIndex.of(map(split, passages)) for split in splits}
        self._starts = [
            np.searchsorted(owners, np.arange(len(self.layout.clauses) + 1))
            for owners in np.split(self.layout.units[:, 0], [self.layout.passages])
        ]

    def asked(self, questions: Sequence[str], *, places: bool = True) -> "Iterator[Parts]":
        """The parts' scores for each question, in order; with `places`, of the question without the places it names."""
        named = [named_regions(question, self.regions if places else ()) for question in questions]
        for start in range(0, len(named), _ASKED_AT_ONCE):
            batch = named[start : start + _ASKED_AT_ONCE]
            cosines = self._vectors @ self.encoder.encode_queries([topic for _, topic in batch]).T
            for column, (regions, topic) in enumerate(batch):
                yield Parts(self, topic, regions, *self._best(cosines[:, column]))

    def ranked(self, scores: Scores) -> list[str]:
        """The ids of the first DEPTH clauses, by score, ties by id."""
        rounded = np.round(scores, fusion.DECIMALS)
        depth = min(DEPTH, len(rounded))
        last = np.partition(rounded, len(rounded) - depth)[len(rounded) - depth]
        some = np.flatnonzero(rounded >= last)
        order = np.lexsort((self._by_id[some], -rounded[some]))[:depth]
        return [self.layout.clause_ids[clause] for clause in some[order]]

    def weights(self, topic: str, split: Split, expansion: float) -> dict[str, float]:
        """The tokens BM25 is asked for; those of the thesaurus' terms count `expansion`."""
        weights: dict[str, float] = dict(Counter(split(topic)))
        if expansion:
            added = {token for term in self.thesaurus.expand(topic) for token in split(term)} - weights.keys()
            weights |= dict.fromkeys(sorted(added), expansion)
        return weights

    def lexical(self, weights: dict[str, float], split: Split) -> Scores:
        """BM25 of every clause, by its best passage."""
        return self.layout.best_passages(self._bm25[split].matches(weights))

    def ceiling(self, weights: dict[str, float]) -> float:
        """What no BM25 exceeds."""
        return self._bm25[tokenise].ceiling(weights)

    def of_places(self, regions: frozenset[str]) -> Scores:
        """1 for clauses of documents of these places, 0 for others."""
        return np.isin(self._places, sorted(regions)).astype(np.float64)

    def _best(self, cosines: Vectors) -> tuple[Scores, Scores]:
        """The best passage's cosine and the best sentence's of every clause; 0 for none, and none is below 0."""
        passages, sentences = np.split(cosines, [self.layout.passages])
        return _segment_max(passages, self._starts[0]), _segment_max(sentences, self._starts[1])


@dataclass(frozen=True)
class Parts:
    """One question's scores of every clause."""

    apart: Apart
    topic: str
    regions: frozenset[str]
    passages: Scores
    sentences: Scores
    _lexical: dict[tuple[Split, float], Scores] = field(default_factory=dict)

    def lexical(self, split: Split = tokenise, expansion: float = 0.0) -> Scores:
        """BM25."""
        key = (split, expansion)
        if key not in self._lexical:
            self._lexical[key] = self.apart.lexical(self.apart.weights(self.topic, split, expansion), split)
        return self._lexical[key]

    def both(self, passages: float = PASSAGE_WEIGHT) -> Scores:
        """Best passage and best sentence; `passages` is the weight of the former."""
        return passages * self.passages + (1 - passages) * self.sentences

    def fused(self, weight: float = DENSE_WEIGHT, expansion: float = EXPANSION_WEIGHT, narrow: float = NARROW) -> Scores:
        """Both sides on their own bounds, as the product adds them at its first look."""
        ceiling = self.apart.ceiling(self.apart.weights(self.topic, tokenise, expansion))
        dense = self.both() - narrow * self.apart.narrow
        return fusion.minmax(fusion.absolute(self.lexical(expansion=expansion), ceiling, dense, weight))

    def by_bests(self) -> Scores:
        """Both sides scaled by the best and the last of their lists."""
        return fusion.weighted(self.lexical(expansion=EXPANSION_WEIGHT), self.both(), DENSE_WEIGHT)

    def by_ranks(self) -> Scores:
        """Both sides by reciprocal ranks."""
        return fusion.rrf(self.lexical(expansion=EXPANSION_WEIGHT), self.both())

    def by_zscores(self) -> Scores:
        """Both sides by standard scores."""
        lexical = fusion.zscore(self.lexical(expansion=EXPANSION_WEIGHT))
        return (1 - DENSE_WEIGHT) * lexical + DENSE_WEIGHT * fusion.zscore(self.both())

    def placed(self, scores: Scores) -> Scores:
        """Clauses of the places named before all others."""
        return scores + 10 * self.apart.of_places(self.regions)


def _encoded(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    vectors = np.zeros((len(texts), encoder.dim), np.float32)
    for start in range(0, len(texts), _ENCODED_AT_ONCE):
        vectors[start : start + _ENCODED_AT_ONCE] = encoder.encode_passages(texts[start : start + _ENCODED_AT_ONCE])
    return vectors


def _segment_max(values: Vectors, starts: NDArray[np.int64]) -> Scores:
    """The greatest value from each start to the next, 0 for none, and none below 0."""
    best = np.zeros(len(starts) - 1)
    filled = starts[:-1] < starts[1:]
    if filled.any():
        best[filled] = np.maximum(np.maximum.reduceat(values, starts[:-1][filled]), 0)
    return best
