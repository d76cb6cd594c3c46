"""The order of the clauses looked at: both sides fused, and the first of them looked at once more, word by word."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from index import fusion
from index.base import Encoder, Scores
from index.candidates import Candidates, Numbers, candidates
from index.closer import LONGEST, below, closer, worth_a_look
from index.evidence import Query
from index.fusion import DECIMALS
from index.layout import Mask
from index.snapshot import Snapshot

DENSE_WEIGHT = 0.5
NARROW = 0.05  # of a cosine: where no place is named, what holds everywhere goes before a place's own rules

Text = Callable[[str], tuple[str, str]]  # document id → its short title and its text


@dataclass(frozen=True, slots=True)
class Found:
    """A clause of a result: its number, and what its Hit says. `units`, `cosines`: what may be quoted of it."""

    clause: int
    score: float
    bm25: float
    cosine: float
    coverage: float | None
    bm25_rank: int | None
    dense_rank: int | None
    units: Numbers
    cosines: Scores


@dataclass(frozen=True, slots=True)
class Ranker:
    """One question over one index."""

    snapshot: Snapshot
    asked: Query
    encoder: Encoder
    text: Text

    def ranked(self, mask: Mask, k: int, taken: set[int] | None) -> list[Found]:
        """Up to k clauses of `mask`, best first, ties by clause id. Wordings in `taken`, which grows, are left out."""
        among = candidates(self.snapshot, self.asked, mask, max(k, fusion.DEPTH))
        dense = among.dense - NARROW * self.snapshot.narrow[among.clauses]
        scores = fusion.absolute(among.lexical, self.asked.ceiling, dense, DENSE_WEIGHT)
        ids = [self.snapshot.layout.clause_ids[n] for n in among.clauses.tolist()]
        order = _ordered(range(len(ids)), scores, ids)
        if taken is not None:
            order = _distinct(order, self.snapshot.layout.wordings[among.clauses], taken)
        near = worth_a_look(order, self.snapshot.layout.clauses[among.clauses[order], 0].tolist(), k)
        texts = [self._said(among, i) for i in near]
        coverages = self.encoder.coverage(self.asked.text, texts)
        if coverages is not None and near:
            said = fusion.share(among.lexical[near], self.asked.ceiling)
            looked_at = closer(dense[near], said, coverages, np.array([len(text) for text in texts]))
            scores = below(scores, looked_at, near)
            order = _ordered(order, scores, ids)
        shares = dict(zip(near, map(float, coverages), strict=True)) if coverages is not None else {}
        return self._found(among, np.round(np.clip(fusion.minmax(scores), -1, 1), DECIMALS), order[:k], shares)

    def _said(self, among: Candidates, place: int) -> str:
        """What the closer look reads of a candidate: the document's title, and the clause or the best passages of a long one."""
        layout = self.snapshot.layout
        clause = among.clauses[place]
        document, start, end = (int(n) for n in layout.clauses[clause])
        title, text = self.text(layout.documents[document].id)
        if end - start <= LONGEST:
            return f"{title}\n{text[start:end]}"
        units = layout.passages_of(clause)
        best = units[np.argsort(-among.cosines[np.searchsorted(among.units, units)], kind="stable")]
        return f"{title}\n" + "\n".join(text[start:end] for _, start, end in layout.units[best])[:LONGEST]

    def _found(self, among: Candidates, scores: Scores, order: Sequence[int], shares: dict[int, float]) -> list[Found]:
        lexical_ranks, dense_ranks = fusion.ranks(among.lexical), fusion.ranks(among.dense)
        found = []
        for i in order:
            units = self._quotable(int(among.clauses[i]))
            found.append(
                Found(
                    clause=int(among.clauses[i]),
                    score=float(scores[i]),
                    bm25=float(among.lexical[i]),
                    cosine=float(among.dense[i]),
                    coverage=shares.get(i),
                    bm25_rank=int(lexical_ranks[i]) if among.lexical[i] > 0 else None,
                    dense_rank=int(dense_ranks[i]) if among.dense[i] > 0 else None,
                    units=units,
                    cosines=among.cosines[np.searchsorted(among.units, units)],
                )
            )
        return found

    def _quotable(self, clause: int) -> Numbers:
        """The units one of which is quoted: the sentences, or the passage of a clause of its heading alone."""
        sentences = self.snapshot.layout.sentences(clause)
        return sentences if len(sentences) else self.snapshot.layout.passages_of(clause)[:1]


def _ordered(places: Sequence[int], scores: Scores, ids: Sequence[str]) -> list[int]:
    """`places` by score, best first, ties by id. Sorted twice: strings alone and numbers alone are compared quickest."""
    by_id = sorted(places, key=ids.__getitem__)
    return sorted(by_id, key=(-np.round(scores, DECIMALS)).tolist().__getitem__)


def _distinct(order: list[int], wordings: Numbers, taken: set[int]) -> list[int]:
    """`order` without repeats of a wording; 0 repeats nothing."""
    kept = []
    for i in order:
        wording = int(wordings[i])
        if wording not in taken:
            kept.append(i)
            taken |= {wording} - {0}
    return kept
