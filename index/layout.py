"""Which matched text belongs to which clause of which document: the part of an index that is no score.

Units are numbered passages first, then sentences, each in document order, so that the units of a clause stand together.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.store import Library
from corpus.types import Facts
from index.base import Progress, Scores
from index.fusion import top
from index.passages import Passage, passages
from index.wording import wording

_NAMES, _UNITS, _CLAUSES, _WORDINGS = "layout.json", "units.npy", "clauses.npy", "wordings.npy"
_COURTS = "最高人民"  # the supreme court and procuratorate

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in an index: `revision` is the library's when it was read.

    narrow: it holds for a place of its own, or interprets what others laid down: a court's interpretation of a law.
    """

    id: str
    region: str | None
    revision: str
    narrow: bool = False


@dataclass(frozen=True)
class Layout:
    """`clauses`: int32 [clauses, 3]: document (its number), start, end.  `units`: int32 [units, 3]: clause, start, end.

    `passages`: how many of the units are passages; the others are sentences.  `wordings`: int64 [clauses], equal for
    clauses of equal wording, 0 for those never compared.
    """

    documents: tuple[Entry, ...]
    clause_ids: tuple[str, ...]
    clauses: NDArray[np.int32]
    units: NDArray[np.int32]
    passages: int
    wordings: Ints

    @cached_property
    def _bounds(self) -> tuple[Ints, Ints]:
        """Where the passages and the sentences of each clause begin, and in the last place end: two int64 [clauses + 1]."""
        numbers = np.arange(len(self.clauses) + 1)
        passages, sentences = self.units[: self.passages, 0], self.units[self.passages :, 0]
        return np.searchsorted(passages, numbers), self.passages + np.searchsorted(sentences, numbers)

    @cached_property
    def _owners(self) -> Ints:
        """int64 [units]: the clause of each; numbers of another kind and stride cost three times as much to look up by."""
        return self.units[:, 0].astype(np.int64)

    @cached_property
    def _by_wording(self) -> tuple[Ints, Ints]:
        """The clauses in the order of their wordings, of equal ones ascending, and the wordings in this order."""
        order = np.argsort(self.wordings, kind="stable")
        return order, self.wordings[order]

    def best_passages(self, scores: Scores, clauses: Ints | None = None) -> Scores:
        """Scores of all passages → the best of each clause, or of these, ascending."""
        starts, ends = self._bounds[0][:-1], self._bounds[0][1:]
        if clauses is not None:
            starts, ends = starts[clauses], ends[clauses]
            scores = scores[_ranges(starts, ends)]
            starts = np.cumsum(ends - starts) - (ends - starts)
        return np.maximum.reduceat(scores, starts) if len(starts) else np.zeros(0)

    def best_clauses(self, scores: Scores, k: int, inside: Mask | None = None) -> Ints:
        """The `k` clauses that own the best passages, of those `inside` [passages] if given; all where there are no more."""
        owners = self._owners[: self.passages]
        if inside is not None:
            scores = np.where(inside, scores, -np.inf)
        take = k
        while True:
            take = min(2 * take, len(scores))
            best = top(scores, take)
            clauses, first = np.unique(owners[best[np.argsort(-scores[best], kind="stable")]], return_index=True)
            if len(clauses) >= k or take == len(scores):
                return np.sort(clauses[np.argsort(first)[:k]])

    def sentences(self, clause: int) -> Ints:
        """The units that are sentences of `clause`, in document order."""
        bounds = self._bounds[1]
        return np.arange(bounds[clause], bounds[clause + 1])

    def passages_of(self, clause: int) -> Ints:
        """The units that are passages of `clause`, in document order."""
        bounds = self._bounds[0]
        return np.arange(bounds[clause], bounds[clause + 1])

    def clauses_of(self, documents: Sequence[bool]) -> Mask:
        """bool [clauses]: of the documents that are True here, one for each."""
        return np.asarray(np.array(documents, np.bool_)[self.clauses[:, 0]], np.bool_)

    def inside(self, mask: Mask) -> Mask:
        """bool [units]: of the clauses in `mask`."""
        return np.asarray(mask[self._owners], np.bool_)

    def units_of(self, clauses: Ints) -> Ints:
        """The units of these clauses, ascending if they are."""
        if 2 * len(clauses) > len(self.clauses):  # all but a few, as where old versions are left out: quicker looked through
            wanted = np.zeros(len(self.clauses), np.bool_)
            wanted[clauses] = True
            return np.flatnonzero(wanted[self._owners])
        return np.concatenate([_ranges(bounds[clauses], bounds[clauses + 1]) for bounds in self._bounds])

    def alike(self, clause: int) -> Ints:
        """The clauses of the same wording, itself included, ascending."""
        same = self.wordings[clause]
        if not same:
            return np.array([clause])
        order, ordered = self._by_wording
        return order[np.searchsorted(ordered, same) : np.searchsorted(ordered, same, "right")]

    def save(self, folder: Path) -> None:
        """Writes `layout.json`, `units.npy`, `clauses.npy` and `wordings.npy`."""
        names = {
            "documents": [[d.id, d.region, d.revision, d.narrow] for d in self.documents],
            "clauses": self.clause_ids,
            "passages": self.passages,
        }
        (folder / _NAMES).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
        np.save(folder / _UNITS, self.units, allow_pickle=False)
        np.save(folder / _CLAUSES, self.clauses, allow_pickle=False)
        np.save(folder / _WORDINGS, self.wordings, allow_pickle=False)

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
            wordings=np.load(folder / _WORDINGS, allow_pickle=False),
        )


def _narrow(facts: Facts) -> bool:
    return facts.region is not None or (facts.issuer or "").startswith(_COURTS)


def _ranges(starts: Ints, ends: Ints) -> Ints:
    """start, start + 1 … end - 1 of each, one after another."""
    lengths = ends - starts
    return np.repeat(ends - np.cumsum(lengths), lengths) + np.arange(lengths.sum())


def read_library(library: Library, progress: Progress | None = None) -> tuple[Layout, list[str]]:
    """The layout of the library as it is now, old versions included, and the matched text of every unit.

    `progress` counts clauses.
    """
    counts = library.counts(versions=True)
    revisions = library.revisions(versions=True)
    documents: list[Entry] = []
    clause_ids: list[str] = []
    clauses: list[tuple[int, int, int]] = []
    wordings: list[int] = []
    found: list[tuple[int, Passage]] = []
    for document in library.documents(versions=True):
        revision = revisions.get(document.id)
        read = list(library.clauses(document.id))
        if revision is None or library.revisions(versions=True).get(document.id) != revision:
            continue  # added, removed or read anew since: the next build has it
        for clause in read:
            parts = passages(document, clause)
            found.extend((len(clauses), part) for part in parts)
            clause_ids.append(clause.id)
            clauses.append((len(documents), clause.start, clause.end))
            wordings.append(wording(document, parts))
        documents.append(Entry(document.id, document.facts.region, revision, _narrow(document.facts)))
        if progress is not None:
            progress(len(clauses), sum(counts.values()))
    ordered = [f for f in found if f[1].level == "passage"]
    count = len(ordered)
    ordered += [f for f in found if f[1].level == "sentence"]
    units = np.array([(clause, p.start, p.end) for clause, p in ordered], np.int32).reshape(-1, 3)
    layout = Layout(
        documents=tuple(documents),
        clause_ids=tuple(clause_ids),
        clauses=np.array(clauses, np.int32).reshape(-1, 3),
        units=units,
        passages=count,
        wordings=np.array(wordings, np.int64),
    )
    return layout, [p.text for _, p in ordered]
