"""A closer look at the first clauses of a search: how much of the question does each say, word by word?

The first look, over everything, knows a passage by one vector and by the words it shares; this one reads the few
that came first, and puts them in order by both sides, by the share of the question they say, and by length: a long text
says more words by chance. The weights were fitted on questions held out of training: docs/search.md.
"""

from collections.abc import Sequence

import numpy as np

from index.base import Scores

FIRST = 12  # clauses that are looked at, those that came first
OTHERS = 12  # and the best of as many other documents: one that treats nothing else must not keep them all out
WANTED_PER_OTHER = 4  # clauses; where many are wanted, an answer is sought in every document
LONGEST = 800  # characters of a clause that are read; of a longer one, its best passages
COVERAGE_WEIGHT = 0.45
LEXICAL_WEIGHT = 0.2  # of the share of its ceiling that BM25 reaches: it knows how common a word is in this library
LENGTH_WEIGHT = 0.02  # for each unit of the natural logarithm of the number of characters
SHORT = 100  # characters: what is shorter says nothing by chance, and a bare heading is no better for being short


def closer(cosines: Scores, lexical: Scores, coverages: Scores, lengths: Scores) -> Scores:
    """One score for each clause; all four [clauses]: `lexical` as shares of the ceiling, `lengths` in characters."""
    scores: Scores = (
        cosines + LEXICAL_WEIGHT * lexical + COVERAGE_WEIGHT * coverages - LENGTH_WEIGHT * np.log(np.maximum(lengths, SHORT))
    )
    return scores


def worth_a_look(order: Sequence[int], documents: Sequence[int], wanted: int) -> list[int]:
    """The FIRST places of `order`, then the first of each of OTHERS further documents, or more where many are wanted.

    documents: of each place in `order`.
    """
    most = FIRST + max(OTHERS, wanted // WANTED_PER_OTHER)
    taken, seen = list(order[:FIRST]), set(documents[:FIRST])
    for place, document in zip(order[FIRST:], documents[FIRST:], strict=True):
        if len(taken) == most:
            break
        if document not in seen:
            seen.add(document)
            taken.append(place)
    return taken


def below(first: Scores, looked_at: Scores, places: list[int]) -> Scores:
    """The scores `looked_at` at `places`; the others of `first` follow them at the distances they have among themselves."""
    others = np.ones(len(first), np.bool_)
    others[places] = False
    scores: Scores = first + (looked_at.min() - first[others].max() if others.any() else 0.0)
    scores[places] = looked_at
    return scores
