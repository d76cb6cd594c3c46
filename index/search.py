"""Searcher: question and scope → clauses, with the sentence of each that answers best.

BM25 over passages and vectors over passages and sentences are scaled and added. A clause scores with its best passage in
BM25, and with its best passage and its best sentence in vectors; the first clauses are looked at once more, word by word
(index/closer.py). The weights were measured: docs/search.md.
"""

import re
from collections import Counter
from dataclasses import replace
from functools import cache

from corpus.errors import IndexStateError, LibraryError, QueryError
from corpus.lexicon.terms import Thesaurus
from corpus.store import Library
from corpus.types import Document
from index.base import EVERYTHING, Encoder, Hit, Place, Progress, Scope, Why
from index.build import current_folder, ensure, index_root
from index.evidence import Query, best_sentence, matched_words
from index.layout import Mask
from index.lexical import LexicalIndex
from index.manifest import BUILTIN
from index.passages import short_title
from index.ranking import Found, Ranker
from index.regions import named_regions
from index.snapshot import Snapshot, open_snapshot
from index.tokens import tokenise

EXPANSION_WEIGHT = 0.1  # of a thesaurus term's tokens, where the question's own count 1
ELSEWHERE = -3.0  # more than scores differ: the places named come first, whatever the others say
MAX_QUERY = 2000  # characters
_TRIES = 5
# What stands for the figure that is asked for would match any other figure (几个百分点 and 3个百分点); its unit may stay.
_FIGURE_ASKED = re.compile(
    r"(?<![许众])多少个?(?:百分点)?|(?<!十)几个?百分点|百分之(?:几(?!十)|多少)|(?<!十)几(?=[个家户倍成项条处所座台辆吨年天次百千万亿度])"
)


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
        A document removed or read anew since the index was built is left out until it is indexed; what changes during
        a search is looked for once more, so that no quote is cut from another text.
        Raises QueryError for an empty or too long query, ValueError if k < 1, IndexStateError without a fitting index.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, got {k}")
        _checked(query)
        for _ in range(_TRIES):
            revisions = self._library.revisions(versions=scope.versions)
            try:
                hits = self._found(query, k, scope, distinct, revisions)
            except LibraryError:
                if self._library.revisions(versions=scope.versions) is revisions:
                    raise
                continue  # a document found was removed before its text was read
            now = self._library.revisions(versions=scope.versions)
            if all(now.get(hit.document) == revisions[hit.document] for hit in hits):
                return hits
        raise IndexStateError("检索期间文件库一直在变动，没有得到完整的结果。请稍后再试。")

    def _found(self, query: str, k: int, scope: Scope, distinct: bool, revisions: dict[str, str]) -> list[Hit]:
        """The hits in a library of these revisions."""
        snapshot = self.snapshot()
        regions, topic = named_regions(query.strip(), snapshot.regions)
        asked = self._ask(topic, snapshot.lexical)
        document = cache(self._library.document)
        ranker = Ranker(snapshot, asked, self._encoder, lambda id: (short_title(document(id)), document(id).text))
        mask = snapshot.mask(scope, revisions)
        groups = [(mask, 0.0)]
        if regions and (named := mask & snapshot.of_regions(regions)).any():
            groups = [(named, 0.0), (mask & ~named, ELSEWHERE)]
        found: list[Found] = []
        taken: set[int] | None = set() if distinct else None
        for group, shift in groups:
            if len(found) < k:
                found += [replace(one, score=one.score + shift) for one in ranker.ranked(group, k - len(found), taken)]
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
        words = _FIGURE_ASKED.sub(" ", text)
        words = words if tokenise(words) else text
        own = Counter(tokenise(words))
        if not own:
            raise QueryError("问题中没有可以检索的文字，请写明要找的事项。")
        expansions = self._thesaurus.expand(text)
        added = {token for term in expansions for token in tokenise(term)} - own.keys()
        weights = {**own, **dict.fromkeys(sorted(added), EXPANSION_WEIGHT)}
        gains = {token: weight * lexical.idf(token) for token, weight in weights.items()}
        return Query(words, weights, gains, lexical.ceiling(weights), expansions, self._encoder.encode_queries([text]))

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


def _checked(query: str) -> None:
    text = query.strip()
    if not text:
        raise QueryError("问题为空，请写明要找的事项。")
    if len(text) > MAX_QUERY:
        raise QueryError(f"问题有 {len(text)} 字，超过 {MAX_QUERY} 字的上限，请缩短后再问。")


def _document_id(snapshot: Snapshot, clause: int) -> str:
    return snapshot.layout.documents[int(snapshot.layout.clauses[clause, 0])].id


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
        Why(words, found.bm25, found.cosine, found.bm25_rank, found.dense_rank, found.coverage),
        also,
    )
