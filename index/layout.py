"""Which matched text belongs to which clause of which document: the part of an index that is no score.

Units are numbered passages first, then sentences, each in document order, so that the units of a clause stand together.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.store import Library
from corpus.types import Document
from index.passages import Passage, passages

_NAMES, _UNITS, _CLAUSES = "layout.json", "units.npy", "clauses.npy"

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in an index: `revision` is the library's when it was read."""

    id: str
    region: str | None
    revision: str


@dataclass(frozen=True)
class Layout:
    """`clauses`: int32 [clauses, 3]: document (its number), start, end.  `units`: int32 [units, 3]: clause, start, end.

    `passages`: how many of the units are passages; the others are sentences.
    """

    documents: tuple[Entry, ...]
    clause_ids: tuple[str, ...]
    clauses: NDArray[np.int32]
    units: NDArray[np.int32]
    passages: int

    @cached_property
    def passage_starts(self) -> Ints:
        """The first passage of each clause; every clause has one."""
        return np.searchsorted(self.units[: self.passages, 0], np.arange(len(self.clauses)))

    def best_passages(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Scores of all passages → the best of each clause."""
        return np.maximum.reduceat(scores, self.passage_starts) if len(self.clauses) else np.zeros(0)

    def sentences(self, clause: int) -> Ints:
        """The units that are sentences of `clause`, in document order."""
        owners = self.units[self.passages :, 0]
        first, last = np.searchsorted(owners, (clause, clause + 1))
        return np.arange(self.passages + first, self.passages + last)

    def units_of(self, clauses: Mask) -> Ints:
        """The units of the clauses that are True."""
        return np.flatnonzero(clauses[self.units[:, 0]]) if len(self.clauses) else np.zeros(0, np.int64)

    def save(self, folder: Path) -> None:
        """Writes `layout.json`, `units.npy` and `clauses.npy`."""
        names = {
            "documents": [[d.id, d.region, d.revision] for d in self.documents],
            "clauses": self.clause_ids,
            "passages": self.passages,
        }
        (folder / _NAMES).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
        np.save(folder / _UNITS, self.units, allow_pickle=False)
        np.save(folder / _CLAUSES, self.clauses, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> "Layout":
        """What `save` wrote."""
        names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
        return cls(
            documents=tuple(Entry(*row) for row in names["documents"]),
            clause_ids=tuple(names["clauses"]),
            clauses=np.load(folder / _CLAUSES, allow_pickle=False),
            units=np.load(folder / _UNITS, allow_pickle=False),
            passages=int(names["passages"]),
        )


def read_library(library: Library) -> tuple[Layout, list[str]]:
    """The layout of the library as it is now, and the matched text of every unit."""
    revisions = library.revisions()
    documents: list[Entry] = []
    clause_ids: list[str] = []
    clauses: list[tuple[int, int, int]] = []
    found: list[tuple[int, Passage]] = []
    for document in library.documents():
        if document.id not in revisions:
            continue  # added since: the next build has it
        for id, start, end, parts in _clauses(library, document):
            found.extend((len(clauses), part) for part in parts)
            clause_ids.append(id)
            clauses.append((len(documents), start, end))
        documents.append(Entry(document.id, document.facts.region, revisions[document.id]))
    ordered = [f for f in found if f[1].level == "passage"]
    count = len(ordered)
    ordered += [f for f in found if f[1].level == "sentence"]
    units = np.array([(clause, p.start, p.end) for clause, p in ordered], np.int32).reshape(-1, 3)
    layout = Layout(tuple(documents), tuple(clause_ids), np.array(clauses, np.int32).reshape(-1, 3), units, count)
    return layout, [p.text for _, p in ordered]


def _clauses(library: Library, document: Document) -> Iterator[tuple[str, int, int, list[Passage]]]:
    for clause in library.clauses(document.id):
        yield clause.id, clause.start, clause.end, passages(document, clause)
