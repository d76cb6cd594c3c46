"""Which sentences of the library are worth comparing.

A theme is searched for as any query is. Sentences are looked up by their rarest words (BM25) and by the vector of the whole
text, all of them in one pass over the index; places named in them do not narrow the search, since what another city says
is what is wanted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from assistant.precedents.likeness import Asked
from index.base import Scope
from index.layout import Layout, Mask
from index.lexical import LexicalIndex
from index.search import Searcher
from index.snapshot import Snapshot

CLAUSES = 60  # taken of the search for a theme
RARE = 16  # words of a sentence it is looked up by
PASSAGES = 60  # taken for the rare words, shared among the sentences, but for each of them at least
EACH = 10
UNITS = 200  # passages and sentences taken for the vector of the text

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the library: document.text[start:end], in a clause that begins at `clause_start`; its unit in the index."""

    document: str
    clause: str
    clause_start: int
    start: int
    end: int
    unit: int


def on_theme(searcher: Searcher, theme: str, scope: Scope) -> list[Sentence]:
    """The sentences of the clauses that a search for the theme finds. Raises QueryError as the search does."""
    layout = searcher.snapshot().layout
    documents = {entry.id: n for n, entry in enumerate(layout.documents)}
    hits = searcher.search(theme, CLAUSES, scope)
    numbers = {_number(layout, documents.get(hit.document), hit.clause) for hit in hits}
    return _sentences(layout, (n for n in numbers if n is not None))


def like(snapshot: Snapshot, asked: Asked, mask: Mask) -> list[Sentence]:
    """The sentences of the clauses within `mask` that share rare words with a sentence, or lie near the whole text."""
    layout = snapshot.layout
    allowed = None if mask.all() else layout.inside(mask)
    units = np.concatenate([_with_rare_words(snapshot, asked, mask), snapshot.vectors.likely(asked.whole, UNITS, allowed)])
    return _sentences(layout, layout.units[units, 0].tolist())


def depth(asked: Asked) -> int:
    """About how many clauses with one wording are found for a sentence: where a group has half as many, there may be more."""
    return CLAUSES if asked.theme else max(PASSAGES // len(asked.texts), EACH)


def _number(layout: Layout, document: int | None, clause: str) -> int | None:
    """The number of a clause in the index; None where the index has been built anew since."""
    if document is None:
        return None
    first, last = np.searchsorted(layout.clauses[:, 0], (document, document + 1))
    return next((n for n in range(first, last) if layout.clause_ids[n] == clause), None)


def _sentences(layout: Layout, clauses: Iterable[int]) -> list[Sentence]:
    """The sentences of these clauses, by document and place; the clause itself where it is of its heading alone."""
    found = []
    for clause in sorted(set(clauses)):
        units = layout.sentences(clause)
        document, clause_start, _ = layout.clauses[clause].tolist()
        for unit in units if len(units) else layout.passages_of(clause)[:1]:
            _, start, end = layout.units[unit].tolist()
            found.append(Sentence(layout.documents[document].id, layout.clause_ids[clause], clause_start, start, end, int(unit)))
    return found


def _with_rare_words(snapshot: Snapshot, asked: Asked, mask: Mask) -> Numbers:
    """The passages that have most of the rarest words of each sentence, by BM25."""
    lexical = snapshot.lexical
    wanted = [_rarest(lexical, asked, n) for n in range(len(asked.texts))]
    rows = sorted({row for one in wanted for row in one})
    if not rows:
        return np.zeros(0, np.int64)
    ends = np.cumsum([0, *map(len, wanted)])
    columns = np.searchsorted(rows, [row for one in wanted for row in one])
    chosen = csr_array((np.ones(len(columns), np.float32), columns, ends), shape=(len(wanted), len(rows)))
    scores = (chosen @ lexical.matrix[rows]).tocsr()
    take = depth(asked)
    owners = snapshot.layout.units[:, 0]
    best = []
    for n in range(len(wanted)):
        own = slice(scores.indptr[n], scores.indptr[n + 1])
        places, values = scores.indices[own], scores.data[own]
        inside = mask[owners[places]]
        places, values = places[inside], values[inside]
        best.append(places[np.lexsort((places, -values))[:take]])
    return np.concatenate(best).astype(np.int64)


def _rarest(lexical: LexicalIndex, asked: Asked, n: int) -> list[int]:
    """Rows of the rarest words and pairs of characters of a sentence."""
    weights = asked.weights[n]
    tokens = [t for t, column in asked.places.items() if weights[column] > 0 and len(t) > 1]
    tokens.sort(key=lambda t: (-weights[asked.places[t]], t))
    return list(islice((row for t in tokens if (row := lexical.lexicon.row(t)) is not None), RARE))
