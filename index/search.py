"""Searcher: question and scope → clauses, with the sentence of each that answers best.

BM25 over passages and vectors over passages and sentences are scaled and added. A clause scores with its best passage in
BM25, and with the mean of its best passage and its best sentence in vectors. The weights were measured: docs/search.md.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus.errors import QueryError
from corpus.lexicon.terms import Thesaurus
from corpus.store import Library
from corpus.types import Document
from index import fusion
from index.base import EVERYTHING, Encoder, Hit, Scope, Vectors, Why
from index.build import Progress, current_folder, ensure, index_root
from index.layout import Mask
from index.regions import named_regions
from index.snapshot import Snapshot, open_snapshot
from index.tokens import normalise, tokenise

DENSE_WEIGHT = 0.6
EXPANSION_WEIGHT = 0.1  # of a thesaurus term's tokens, where the question's own count 1
QUOTE_WEIGHT = 0.5  # of vectors when the sentence to quote is chosen
ELSEWHERE = -3.0  # more than scores differ: the places named come first, whatever the others say
UNITS_PER_CLAUSE = 5  # vectors fetched for each clause wanted
MAX_QUERY = 2000  # characters
_DECIMALS = 6  # equal texts must tie: sums of float32 differ in the seventh place

Scores = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Query:
    """A question as both sides ask it."""

    text: str
    weights: dict[str, float]
    expansions: tuple[str, ...]
    vector: Vectors  # [1, dim]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Clauses looked at closely, ascending, with the scores of both sides; `units` and `cosines` of all their units."""

    clauses: Numbers
    lexical: Scores
    dense: Scores
    units: Numbers
    cosines: Scores


@dataclass(frozen=True, slots=True)
class Found:
    """A clause of a result: its number, and what its Hit says. `units`, `cosines`: what may be quoted of it."""

    clause: int
    score: float
    bm25: float
    cosine: float
    bm25_rank: int | None
    dense_rank: int | None
    units: Numbers
    cosines: Scores


class Searcher:
    """Finds clauses. One instance serves many threads; it picks up a new index by itself."""

    def __init__(self, library: Library, encoder: Encoder, thesaurus: Thesaurus) -> None:
        self._library = library
        self._encoder = encoder
        self._thesaurus = thesaurus
        self._snapshot: Snapshot | None = None

    @classmethod
    def open(cls, library: Library, encoder: Encoder, thesaurus: Thesaurus, *, progress: Progress | None = None) -> "Searcher":
        """Builds the index where it is missing or stale. Raises IndexStateError if another encoder made it."""
        ensure(library, encoder, progress=progress)
        return cls(library, encoder, thesaurus)

    def search(self, query: str, k: int = 10, scope: Scope = EVERYTHING) -> list[Hit]:
        """Up to k clauses, best first; ties by clause id.

        score: in [-1, 1], the higher the better, comparable within one result only. Where the query names a place of
        the library, its clauses come first and ELSEWHERE is added to the scores of all others.
        A document removed or read anew since the index was built is left out until it is indexed.
        Raises QueryError for an empty or too long query, ValueError if k < 1, IndexStateError without a fitting index.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, got {k}")
        snapshot = self._current()
        regions, topic = named_regions(_checked(query), snapshot.regions)
        asked = self._ask(topic)
        mask = snapshot.mask(scope, self._library.revisions())
        named = mask & snapshot.of_regions(regions)
        groups = [(named, 0.0), (mask & ~named, ELSEWHERE)] if named.any() else [(mask, 0.0)]
        found: list[Found] = []
        for group, shift in groups:
            if len(found) < k:
                found += _ranked(snapshot, asked, group, k - len(found), shift)
        document = cache(self._library.document)
        return [_hit(snapshot, asked, one, document(_document_id(snapshot, one.clause))) for one in found]

    def knows(self, words: str) -> bool:
        """Whether every pair of neighbouring characters of `words` stands in some indexed text."""
        lexicon = self._current().lexical
        return all(lexicon.holds(token) for token in tokenise(words) if len(token) > 1)

    def _ask(self, text: str) -> Query:
        own = Counter(tokenise(text))
        if not own:
            raise QueryError("问题中没有可以检索的文字，请写明要找的事项。")
        expansions = self._thesaurus.expand(text)
        added = {token for term in expansions for token in tokenise(term)} - own.keys()
        weights = {**own, **dict.fromkeys(sorted(added), EXPANSION_WEIGHT)}
        return Query(text, weights, expansions, self._encoder.encode_queries([text]))

    def _current(self) -> Snapshot:
        """The index that serves now; opened again when a build has switched."""
        root = index_root(self._library)
        held = self._snapshot
        if held is None or held.folder != current_folder(root):
            held = open_snapshot(root)
            held.manifest.check_encoder(self._encoder)
            self._snapshot = held
        return held


def _checked(query: str) -> str:
    text = query.strip()
    if not text:
        raise QueryError("问题为空，请写明要找的事项。")
    if len(text) > MAX_QUERY:
        raise QueryError(f"问题有 {len(text)} 字，超过 {MAX_QUERY} 字的上限，请缩短后再问。")
    return text


def _ranked(snapshot: Snapshot, asked: Query, mask: Mask, k: int, shift: float) -> list[Found]:
    """Up to k clauses of `mask`, best first; `shift` is added to their scores."""
    among = _candidates(snapshot, asked, mask, max(k, fusion.DEPTH))
    fused = np.clip(fusion.weighted(among.lexical, among.dense, DENSE_WEIGHT), -1, 1)
    scores = np.round(fused + shift, _DECIMALS)
    ids = snapshot.layout.clause_ids
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], ids[among.clauses[i]]))[:k]
    lexical_ranks, dense_ranks = fusion.ranks(among.lexical), fusion.ranks(among.dense)
    found = []
    for i in order:
        clause = int(among.clauses[i])
        units = _quotable(snapshot, clause)
        found.append(
            Found(
                clause=clause,
                score=float(scores[i]),
                bm25=float(among.lexical[i]),
                cosine=float(among.dense[i]),
                bm25_rank=int(lexical_ranks[i]) if among.lexical[i] > 0 else None,
                dense_rank=int(dense_ranks[i]) if among.dense[i] > 0 else None,
                units=units,
                cosines=among.cosines[np.searchsorted(among.units, units)],
            )
        )
    return found


def _quotable(snapshot: Snapshot, clause: int) -> Numbers:
    """The units one of which is quoted: the sentences, or the passage of a clause of its heading alone."""
    sentences = snapshot.layout.sentences(clause)
    return sentences if len(sentences) else snapshot.layout.passage_starts[clause : clause + 1]


def _candidates(snapshot: Snapshot, asked: Query, mask: Mask, depth: int) -> Candidates:
    """The first `depth` clauses of each side within `mask`, each with its full scores on both."""
    layout = snapshot.layout
    lexical = layout.best_passages(snapshot.lexical.matches(asked.weights))
    clauses = np.flatnonzero(mask)
    if len(clauses) > depth:
        first = clauses[np.argsort(-lexical[clauses], kind="stable")[:depth]]
        allowed = None if mask.all() else layout.units_of(mask)
        _, near = snapshot.vectors.search(asked.vector, depth * UNITS_PER_CLAUSE, allowed)
        clauses = np.union1d(first, layout.units[near[0], 0])
    looked_at = np.zeros(len(mask), np.bool_)
    looked_at[clauses] = True
    units = layout.units_of(looked_at)
    cosines = _cosines(snapshot, asked.vector, units)
    dense = np.zeros((2, len(mask)))  # a clause of its heading alone has no sentence: that level counts 0
    np.maximum.at(dense, ((units >= layout.passages).astype(np.int64), layout.units[units, 0]), cosines)
    return Candidates(clauses, lexical[clauses], dense.mean(axis=0)[clauses], units, cosines)


def _cosines(snapshot: Snapshot, vector: Vectors, units: Numbers) -> Scores:
    """float64 [units], in the order of `units`, which ascend."""
    cosines = np.zeros(len(units))
    if len(units):
        scores, ids = snapshot.vectors.search(vector, len(units), units)
        cosines[np.searchsorted(units, ids[0])] = scores[0]
    return cosines


def _document_id(snapshot: Snapshot, clause: int) -> str:
    return snapshot.layout.documents[int(snapshot.layout.clauses[clause, 0])].id


def _hit(snapshot: Snapshot, asked: Query, found: Found, document: Document) -> Hit:
    _, start, end = snapshot.layout.clauses[found.clause]
    return Hit(
        snapshot.layout.clause_ids[found.clause],
        document.id,
        found.score,
        *_quote(snapshot, asked, found, document.text),
        Why(
            matched_words(asked, document.text[start:end]),
            found.bm25,
            found.cosine,
            found.bm25_rank,
            found.dense_rank,
        ),
    )


def _quote(snapshot: Snapshot, asked: Query, found: Found, text: str) -> tuple[int, int]:
    """Document offsets of the sentence of the clause that answers best; the first of equals."""
    extents = [(int(start), int(end)) for _, start, end in snapshot.layout.units[found.units]]
    lexical = np.array([_overlap(snapshot, asked, text[start:end]) for start, end in extents])
    scores = fusion.weighted(lexical, found.cosines, QUOTE_WEIGHT)
    return extents[int(np.argmax(np.round(scores, _DECIMALS)))]


def _overlap(snapshot: Snapshot, asked: Query, sentence: str) -> float:
    """Summed weight × idf of the question's tokens that stand in the sentence."""
    present = asked.weights.keys() & set(tokenise(sentence))
    return sum(asked.weights[token] * snapshot.lexical.idf(token) for token in sorted(present))


def matched_words(asked: Query, text: str) -> tuple[str, ...]:
    """The question's words that stand in `text`, longest runs of two characters and more, then the terms added."""
    question, where = normalise(asked.text), normalise(text)
    words: dict[str, None] = {}
    at = 0
    while at < len(question):
        end = at
        while end < len(question) and question[at : end + 1] in where and question[end].isalnum():
            end += 1
        if end - at > 1:
            words[question[at:end]] = None
        at = max(end, at + 1)
    words.update(dict.fromkeys(term for term in asked.expansions if normalise(term) in where))
    return tuple(words)
