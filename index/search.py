"""Searcher: question and scope → clauses, with the sentence of each that answers best.

BM25 over passages and vectors over passages and sentences are scaled and added. A clause scores with its best passage in
BM25, and with the mean of its best passage and its best sentence in vectors. The weights were measured: docs/search.md.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexStateError, QueryError
from corpus.lexicon.terms import Thesaurus
from corpus.store import Library
from corpus.types import Document
from index import fusion
from index.base import EVERYTHING, Encoder, Hit, Place, Progress, Scope, Why
from index.build import current_folder, ensure, index_root
from index.evidence import Query, best_sentence, matched_words
from index.fusion import DECIMALS, Scores
from index.layout import Mask
from index.lexical import LexicalIndex
from index.manifest import BUILTIN
from index.regions import named_regions
from index.snapshot import Snapshot, open_snapshot
from index.tokens import tokenise

DENSE_WEIGHT = 0.5
EXPANSION_WEIGHT = 0.1  # of a thesaurus term's tokens, where the question's own count 1
ELSEWHERE = -3.0  # more than scores differ: the places named come first, whatever the others say
UNITS_PER_CLAUSE = 2  # vectors fetched for each clause wanted
MAX_QUERY = 2000  # characters

Numbers = NDArray[np.int64]


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

    def search(self, query: str, k: int = 10, scope: Scope = EVERYTHING, *, distinct: bool = False) -> list[Hit]:
        """Up to k clauses, best first; ties by clause id. `distinct`: of equal wording the best one, the others in its `also`.

        score: in [-1, 1], the higher the better, comparable within one result only. Where the query names a place of
        the library, its clauses come first and ELSEWHERE is added to the scores of all others.
        A document removed or read anew since the index was built is left out until it is indexed.
        Raises QueryError for an empty or too long query, ValueError if k < 1, IndexStateError without a fitting index.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, got {k}")
        snapshot = self.snapshot()
        regions, topic = named_regions(_checked(query), snapshot.regions)
        asked = self._ask(topic, snapshot.lexical)
        mask = snapshot.mask(scope, self._library.revisions())
        named = mask & snapshot.of_regions(regions)
        groups = [(named, 0.0), (mask & ~named, ELSEWHERE)] if named.any() else [(mask, 0.0)]
        found: list[Found] = []
        taken: set[int] | None = set() if distinct else None
        for group, shift in groups:
            if len(found) < k:
                found += _ranked(snapshot, asked, group, k - len(found), shift, taken)
        document = cache(self._library.document)
        return [
            _hit(
                snapshot, asked, one, document(_document_id(snapshot, one.clause)), _also(snapshot, one, mask) if distinct else ()
            )
            for one in found
        ]

    def knows(self, words: str) -> bool:
        """Whether every pair of neighbouring characters of `words` stands in some indexed text."""
        lexicon = self.snapshot().lexical
        return all(lexicon.holds(token) for token in tokenise(words) if len(token) > 1)

    def _ask(self, text: str, lexical: LexicalIndex) -> Query:
        own = Counter(tokenise(text))
        if not own:
            raise QueryError("问题中没有可以检索的文字，请写明要找的事项。")
        expansions = self._thesaurus.expand(text)
        added = {token for term in expansions for token in tokenise(term)} - own.keys()
        weights = {**own, **dict.fromkeys(sorted(added), EXPANSION_WEIGHT)}
        gains = {token: weight * lexical.idf(token) for token, weight in weights.items()}
        return Query(text, weights, gains, lexical.ceiling(weights), expansions, self._encoder.encode_queries([text]))

    def snapshot(self) -> Snapshot:
        """The index that serves now; opened again when a build has switched."""
        root = index_root(self._library)
        held = self._snapshot
        if held is None or held.folder != current_folder(root):
            opened = open_snapshot(root)
            try:
                opened.manifest.check_encoder(self._encoder)
            except IndexStateError:
                if held is None or not opened.manifest.encoder == self._encoder.name == BUILTIN:
                    raise
                return held  # an encoder was trained meanwhile: what was begun with the one before is finished with it
            self._snapshot = held = opened
        return held


def _checked(query: str) -> str:
    text = query.strip()
    if not text:
        raise QueryError("问题为空，请写明要找的事项。")
    if len(text) > MAX_QUERY:
        raise QueryError(f"问题有 {len(text)} 字，超过 {MAX_QUERY} 字的上限，请缩短后再问。")
    return text


def _ranked(snapshot: Snapshot, asked: Query, mask: Mask, k: int, shift: float, taken: set[int] | None) -> list[Found]:
    """Up to k clauses of `mask`, best first; `shift` is added to their scores. Wordings in `taken`, which grows, are left out."""
    among = _candidates(snapshot, asked, mask, max(k, fusion.DEPTH))
    fused = fusion.absolute(among.lexical, asked.ceiling, among.dense, DENSE_WEIGHT)
    scores = np.round(np.clip(fusion.minmax(fused), -1, 1) + shift, DECIMALS)
    ids = snapshot.layout.clause_ids
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], ids[among.clauses[i]]))
    if taken is not None:
        order = _distinct(order, snapshot.layout.wordings[among.clauses], taken)
    order = order[:k]
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
    lexical = snapshot.lexical.matches(asked.weights)
    clauses = np.flatnonzero(mask)
    if len(clauses) > depth:
        whole = len(clauses) == len(mask)
        near = snapshot.vectors.likely(asked.vector, depth * UNITS_PER_CLAUSE, None if whole else layout.units_of(clauses))
        first = layout.best_clauses(lexical, depth, None if whole else mask)
        clauses = np.union1d(first, layout.units[near, 0])
    units = layout.units_of(clauses)
    cosines = np.einsum("ud,d->u", snapshot.vectors.vectors(units), asked.vector[0])  # starts no threads, unlike @
    best = np.zeros((2, len(clauses)))  # a clause of its heading alone has no sentence: that level counts 0
    level = (units >= layout.passages).astype(np.int64)
    np.maximum.at(best, (level, np.searchsorted(clauses, layout.units[units, 0])), cosines)
    return Candidates(clauses, layout.best_passages(lexical, clauses), best.mean(axis=0), units, cosines)


def _document_id(snapshot: Snapshot, clause: int) -> str:
    return snapshot.layout.documents[int(snapshot.layout.clauses[clause, 0])].id


def _distinct(order: list[int], wordings: Numbers, taken: set[int]) -> list[int]:
    """`order` without repeats of a wording; 0 repeats nothing."""
    kept = []
    for i in order:
        wording = int(wordings[i])
        if wording not in taken:
            kept.append(i)
            taken |= {wording} - {0}
    return kept


def _also(snapshot: Snapshot, found: Found, mask: Mask) -> tuple[Place, ...]:
    """Where else within `mask` the same wording stands, by clause id."""
    others = [int(n) for n in snapshot.layout.alike(found.clause) if mask[n] and n != found.clause]
    places = (Place(snapshot.layout.clause_ids[n], _document_id(snapshot, n)) for n in others)
    return tuple(sorted(places, key=lambda place: place.clause))


def _hit(snapshot: Snapshot, asked: Query, found: Found, document: Document, also: tuple[Place, ...]) -> Hit:
    _, start, end = snapshot.layout.clauses[found.clause]
    words = matched_words(asked, document.text[start:end])
    return Hit(
        snapshot.layout.clause_ids[found.clause],
        document.id,
        found.score,
        *best_sentence(asked, document.text, snapshot.layout.units[found.units, 1:], found.cosines),
        Why(words, found.bm25, found.cosine, found.bm25_rank, found.dense_rank),
        also,
    )
