"""A few careful steps from the vectors that serve: within a batch each query is to find its own passage among all.

The vector of a text is a weighted sum scaled to length 1, so its gradient is written out; numpy and scipy suffice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from index.adapt.examples import KINDS, Example, Kind
from index.base import Progress
from index.builtin.features import Rows, Vocabulary
from index.builtin.model import weigh

Table = NDArray[np.float32]  # [rows, dim]
Numbers = NDArray[np.int64]

MOST_REPEATS = 4  # of one example in a batch
_TINY = np.float32(1e-20)  # a row without gradient stays


@dataclass(frozen=True, slots=True)
class Schedule:
    """rate: of Adagrad with one sum of squares for each row, falling to 0; scale: of cosines before the softmax.

    heading, term, mark: shares of a batch, for each kind that there is; cloze takes the rest.
    dropout: share of features left out.
    kept: how much of the change is kept at the end, in (0, 1]; the rest goes back to where it began, which
    keeps what the encoder could do before (Wortsman et al., Robust fine-tuning of zero-shot models, CVPR 2022).
    """

    steps: int = 100
    batch: int = 512
    rate: float = 0.005
    scale: float = 20.0
    dropout: float = 0.35
    kept: float = 0.7
    heading: float = 0.3
    term: float = 0.1
    mark: float = 0.2
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Sides:
    """The features of all examples as csr [examples, rows]; `group` numbers their groups."""

    query: csr_array
    passage: csr_array
    against: csr_array
    group: Numbers


def sides(examples: Sequence[Example], vocabulary: Vocabulary) -> tuple[Sides, Rows]:
    """The examples over the rows they use, and these rows (ascending) of the whole table."""
    bags = [vocabulary.bags([getattr(e, side) for e in examples]) for side in ("query", "passage", "against")]
    used = np.unique(np.concatenate([bag for side in bags for bag in side]))
    place = np.zeros(len(vocabulary), np.int32)
    place[used] = np.arange(len(used))
    query, passage, against = (weigh([place[bag] for bag in side], len(used)) for side in bags)
    numbers = {group: n for n, group in enumerate(dict.fromkeys(e.group for e in examples))}
    return Sides(query, passage, against, np.array([numbers[e.group] for e in examples])), used


def fit(start: Table, examples: Sequence[Example], given: Sides, schedule: Schedule, report: Progress) -> Table:
    """The adapted rows; the same for the same examples."""
    rng = np.random.default_rng(schedule.seed)
    table, seen = start.copy(), np.zeros((len(start), 1), np.float32)
    kinds = {kind: np.array([n for n, e in enumerate(examples) if e.kind == kind], np.int64) for kind in KINDS}
    for step in range(schedule.steps):
        rows, gradient = _gradient(table, given, _draw(rng, kinds, schedule), schedule, rng)
        seen[rows] += np.square(gradient).mean(axis=1, keepdims=True)
        gradient *= schedule.rate * (1 - step / schedule.steps) / np.sqrt(seen[rows] + _TINY)
        table[rows] -= gradient
        report(step + 1, schedule.steps)
    adapted: Table = start + np.float32(schedule.kept) * (table - start)
    return adapted


def _draw(rng: np.random.Generator, kinds: Mapping[Kind, Numbers], schedule: Schedule) -> Numbers:
    """The examples of a batch: of each kind its share, as far as there are any."""
    shares: dict[Kind, float] = {"mark": schedule.mark, "term": schedule.term, "heading": schedule.heading}
    counts = {kind: min(int(schedule.batch * shares[kind]), MOST_REPEATS * len(kinds[kind])) for kind in shares}
    counts["cloze"] = schedule.batch - sum(counts.values()) if len(kinds["cloze"]) else 0
    return np.concatenate([rng.choice(kinds[kind], n) for kind, n in counts.items() if n])


def _gradient(table: Table, given: Sides, chosen: Numbers, schedule: Schedule, rng: np.random.Generator) -> tuple[Numbers, Table]:
    """The rows that the chosen examples use, ascending, and the gradient of the mean loss over these rows."""
    wrong = chosen[np.diff(given.against.indptr)[chosen] > 0]
    queries = _thin(given.query[chosen], schedule.dropout, rng)
    passages = _thin(_stacked(given.passage[chosen], given.against[wrong]), schedule.dropout, rng)
    rows = np.unique(np.concatenate([queries.indices, passages.indices]))
    queries, passages = (_narrowed(side, rows, len(table)) for side in (queries, passages))
    part = table[rows]
    q, q_length = _units(queries @ part)
    p, p_length = _units(passages @ part)
    group = given.group[chosen]
    same = group[:, None] == np.concatenate([group, np.full(len(wrong), -1)])[None, :]
    np.fill_diagonal(same, False)
    scores = np.where(same, np.float32(-1e4), schedule.scale * (q @ p.T))
    error = np.exp(scores - scores.max(axis=1, keepdims=True))
    error /= error.sum(axis=1, keepdims=True)
    error[np.arange(len(chosen)), np.arange(len(chosen))] -= 1
    error *= np.float32(schedule.scale / len(chosen))
    gradient = queries.T @ _through_units(error @ p, q, q_length) + passages.T @ _through_units(error.T @ q, p, p_length)
    return rows, gradient


def _units(sums: Table) -> tuple[Table, Table]:
    """Rows scaled to length 1, and their lengths [n, 1]; rows of zeros stay, of length 1."""
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return sums / lengths, lengths


def _through_units(gradient: Table, units: Table, lengths: Table) -> Table:
    """The gradient by the sums, given that by the unit rows."""
    inward: Table = (gradient - (gradient * units).sum(axis=1, keepdims=True) * units) / lengths
    return inward


def _thin(side: csr_array, dropout: float, rng: np.random.Generator) -> csr_array:
    """Some features of each row left out."""
    kept = side.copy()
    kept.data = kept.data * (rng.random(len(kept.data)) >= dropout)
    kept.eliminate_zeros()
    return kept


def _stacked(upper: csr_array, lower: csr_array) -> csr_array:
    ends = np.concatenate([upper.indptr, upper.indptr[-1] + lower.indptr[1:]])
    parts = (np.concatenate([upper.data, lower.data]), np.concatenate([upper.indices, lower.indices]), ends)
    return csr_array(parts, shape=(upper.shape[0] + lower.shape[0], upper.shape[1]))


def _narrowed(side: csr_array, rows: Numbers, size: int) -> csr_array:
    """The same over these columns alone, which hold all there is."""
    place = np.zeros(size, np.int32)
    place[rows] = np.arange(len(rows))
    return csr_array((side.data, place[side.indices], side.indptr), shape=(side.shape[0], len(rows)))
