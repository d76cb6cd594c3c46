"""The search taken apart, over one library: every part alone, and one part more at a time.

Scores of all clauses are computed whole, so a variant differs from the product in what its name says and nothing else.
"""

from collections import Counter
from collections.abc import Callable
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from corpus.lexicon.terms import Thesaurus
from corpus.store import Library
from index import fusion
from index.base import Encoder
from index.layout import Layout, read_library
from index.lexical import LexicalIndex
from index.passages import clean
from index.regions import named_regions
from index.search import DENSE_WEIGHT, EXPANSION_WEIGHT
from index.tokens import normalise, tokenise

Table = Callable[[str], list[str]]  # question → clause ids, best first
Tokenise = Callable[[str], list[str]]
Scores = NDArray[np.float64]


def characters(text: str) -> list[str]:
    """Single characters; Latin words and numbers whole."""
    return [token for token in tokenise(text) if len(token) != 2 or token.isascii()]


def pairs(text: str) -> list[str]:
    """Pairs of characters; Latin words and numbers whole."""
    return [token for token in tokenise(text) if len(token) > 1 or token.isascii()]


def words(text: str) -> list[str]:
    """jieba's words."""
    import jieba

    jieba.setLogLevel(60)
    return [word for word in jieba.cut(normalise(text), HMM=False) if any(c.isalnum() for c in word)]


def with_words(text: str) -> list[str]:
    """Characters, pairs, and jieba's words of three characters or more."""
    return [*tokenise(text), *(word for word in words(text) if len(word) > 2 and not word.isascii())]


class Apart:
    """The matched texts of a library with the parts of the search over them."""

    def __init__(self, layout: Layout, texts: list[str], encoder: Encoder, thesaurus: Thesaurus) -> None:
        self.layout = layout
        self.regions = frozenset(d.region for d in layout.documents if d.region)
        self.places = np.array([d.region or "" for d in layout.documents])[layout.clauses[:, 0]]
        vectors = encoder.encode_passages(texts)
        self.cosines = cache(lambda text: vectors @ encoder.encode_queries([text])[0])
        self.expand = cache(thesaurus.expand)
        self.bm25 = cache(lambda split: LexicalIndex.of(map(split, texts[: layout.passages])))

    def lexical(self, text: str, split: Tokenise = tokenise, expansion: float = 0.0) -> Scores:
        """BM25 of every clause."""
        weights: dict[str, float] = dict(Counter(split(text)))
        if expansion:
            added = {token for term in self.expand(text) for token in split(term)} - weights.keys()
            weights |= dict.fromkeys(added, expansion)
        return self.layout.best_passages(self.bm25(split).matches(weights))

    def dense(self, text: str, *, passages: bool = True, sentences: bool = True) -> Scores:
        """Cosine of every clause: its best passage, its best sentence, or the mean of both."""
        cosines = self.cosines(text)
        best = np.zeros((2, len(self.layout.clauses)))
        level = (np.arange(len(cosines)) >= self.layout.passages).astype(np.int64)
        np.maximum.at(best, (level, self.layout.units[:, 0]), cosines)
        used = [row for row, wanted in zip(best, (passages, sentences), strict=True) if wanted]
        return np.asarray(np.mean(used, axis=0), np.float64)

    def fused(self, text: str, weight: float = DENSE_WEIGHT, expansion: float = EXPANSION_WEIGHT) -> Scores:
        """Both sides on one scale."""
        return fusion.weighted(self.lexical(text, expansion=expansion), self.dense(text), weight)

    def placed(self, text: str, score: Callable[[str], Scores]) -> Scores:
        """`score` of the question without the places it names; clauses of these places first."""
        named, topic = named_regions(text, self.regions)
        return score(topic) + 10 * np.isin(self.places, sorted(named))

    def table(self, score: Callable[[str], Scores]) -> Table:
        """Clause ids by score, ties by id."""

        def ranked(question: str) -> list[str]:
            scores = np.round(score(question), 6)
            order = sorted(range(len(scores)), key=lambda i: (-scores[i], self.layout.clause_ids[i]))
            return [self.layout.clause_ids[i] for i in order]

        return ranked


def variants(library: Library, encoder: Encoder, thesaurus: Thesaurus) -> dict[str, Table]:
    """Name → ranking, from the simplest to what is shipped."""
    layout, texts = read_library(library)
    full = Apart(layout, texts, encoder, thesaurus)
    bare = Apart(layout, _bare_texts(library, layout), encoder, thesaurus)
    made: dict[str, Table] = {}
    for name, split in (
        ("jieba", words),
        ("characters", characters),
        ("pairs", pairs),
        ("both", tokenise),
        ("both and jieba", with_words),
    ):
        made[f"BM25 {name}"] = full.table(partial(full.lexical, split=split))
    for weight in (0.1, 0.2, 0.4):
        made[f"BM25 both, thesaurus {weight}"] = full.table(partial(full.lexical, expansion=weight))
    made["dense passages"] = full.table(partial(full.dense, sentences=False))
    made["dense sentences"] = full.table(partial(full.dense, passages=False))
    made["dense both levels"] = full.table(full.dense)
    for weight in (0.3, 0.5, 0.6, 0.7, 0.8):
        made[f"fused {weight}"] = full.table(partial(full.fused, weight=weight, expansion=0.0))
    made["fused, thesaurus"] = full.table(full.fused)
    made["fused, places first"] = full.table(partial(full.placed, score=partial(full.fused, expansion=0.0)))
    made["fused, thesaurus, places first"] = full.table(partial(full.placed, score=full.fused))
    made["… without place, title and headings"] = bare.table(partial(bare.placed, score=bare.fused))
    made["… by reciprocal ranks"] = full.table(partial(full.placed, score=partial(_rrf, full)))
    made["… by z-scores"] = full.table(partial(full.placed, score=partial(_zscores, full)))
    return made


def _rrf(apart: Apart, text: str) -> Scores:
    return fusion.rrf(apart.lexical(text, expansion=EXPANSION_WEIGHT), apart.dense(text))


def _zscores(apart: Apart, text: str) -> Scores:
    lexical, dense = apart.lexical(text, expansion=EXPANSION_WEIGHT), apart.dense(text)
    return (1 - DENSE_WEIGHT) * fusion.zscore(lexical) + DENSE_WEIGHT * fusion.zscore(dense)


def _bare_texts(library: Library, layout: Layout) -> list[str]:
    """The units' own text, nothing put before it (rows of tables without their header)."""
    texts = {d.id: d.text for d in library.documents()}
    ids = [layout.documents[layout.clauses[clause, 0]].id for clause in layout.units[:, 0]]
    return [clean(texts[id][start:end]) for id, (_, start, end) in zip(ids, layout.units, strict=True)]
