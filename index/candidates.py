"""The clauses of a search that are looked at: the first of each side, BM25 and vectors, each with its full scores on both."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.base import Scores
from index.evidence import Query
from index.layout import Mask
from index.snapshot import Snapshot

UNITS_PER_CLAUSE = 2  # vectors fetched for each clause wanted
PASSAGE_WEIGHT = 0.7  # of a clause's vectors, its best passage's; the rest is its best sentence's

_LEVELS = np.array([PASSAGE_WEIGHT, 1 - PASSAGE_WEIGHT])

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Clauses looked at closely, ascending, with the scores of both sides; `units` and `cosines` of all their units."""

    clauses: Numbers
    lexical: Scores
    dense: Scores
    units: Numbers
    cosines: Scores


def candidates(snapshot: Snapshot, asked: Query, mask: Mask, depth: int) -> Candidates:
    """The first `depth` clauses of each side within `mask`, each with its full scores on both."""
    layout = snapshot.layout
    lexical = snapshot.lexical.matches(asked.weights)
    clauses = np.flatnonzero(mask)
    if len(clauses) > depth:
        inside = snapshot.inside(mask) if len(clauses) < len(mask) else None
        near = snapshot.vectors.likely(asked.vector, depth * UNITS_PER_CLAUSE, inside)
        first = layout.best_clauses(lexical, depth, None if inside is None else inside[: layout.passages])
        clauses = np.union1d(first, layout.units[near, 0])
    units = layout.units_of(clauses)
    cosines = snapshot.vectors.products(units, asked.vector)
    best = np.zeros((2, len(clauses)))  # a clause of its heading alone has no sentence: that level counts 0
    level = (units >= layout.passages).astype(np.int64)
    np.maximum.at(best, (level, np.searchsorted(clauses, layout.units[units, 0])), cosines)
    return Candidates(clauses, layout.best_passages(lexical, clauses), _LEVELS @ best, units, cosines)
