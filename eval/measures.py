"""Values of a ranking, a question at a time, by ir-measures (github.com/terrierteam/ir_measures).

Gains are binary. A name below a relevant one stands for it: clause 三/九/1 counts as 三/九, and what stands for the same
relevant name counts once, at its first rank.
"""

from collections.abc import Iterable, Mapping, Sequence

import ir_measures
from ir_measures import RR, R, Success, nDCG

from eval.gold import Name, Question

_MEASURES = {str(m): m for m in (nDCG @ 10, RR @ 10, Success @ 3, R @ 10, R @ 100)}
MEASURES = tuple(_MEASURES)  # in the order of the tables
_SHOWN = {
    "RR@10": "MRR@10",
    "Success@3": "前三条",
    "R@10": "recall@10",
    "R@100": "recall@100",
    "kind": "类别",
    "outcome": "结果",
    "clauses": "条款",
    "units": "单位",
    "values": "数值",
    "inherited": "统一落实",
    "all": "全部",
}
DEPTH = 100  # how far rankings are followed

Values = dict[str, float]  # measure → value in [0, 1]


def shown(measure: str) -> str:
    """What the tables call a measure, of search or of answers."""
    return _SHOWN.get(measure, measure)


def measure(questions: Sequence[Question], rankings: Mapping[str, Sequence[Name]]) -> dict[str, Values]:
    """Question id → values; zero for a question without a ranking. `rankings`: question id → names, best first."""
    values: dict[str, Values] = {q.id: dict.fromkeys(MEASURES, 0.0) for q in questions}
    names = {q.id: {name: f"r{n}" for n, name in enumerate(sorted(q.relevant))} for q in questions}
    qrels = {id: dict.fromkeys(known.values(), 1) for id, known in names.items()}
    run = {q.id: _scores(credited(rankings.get(q.id, ()), q.relevant), names[q.id]) for q in questions}
    for found in ir_measures.iter_calc(list(_MEASURES.values()), qrels, run):
        values[found.query_id][str(found.measure)] = float(found.value)
    return values


def first_rank(ranking: Iterable[Name], relevant: frozenset[Name]) -> int | None:
    """The 1-based rank of the first relevant name, None if there is none."""
    return next((rank for rank, name in enumerate(credited(ranking, relevant), 1) if name in relevant), None)


def credited(ranking: Iterable[Name], relevant: frozenset[Name]) -> list[Name]:
    """The ranking with every name replaced by the relevant one it stands for, repeats left out."""
    return list(dict.fromkeys(_stands_for(name, relevant) for name in ranking))


def _stands_for(name: Name, relevant: frozenset[Name]) -> Name:
    return next((name[:n] for n in range(1, len(name) + 1) if name[:n] in relevant), name)


def _scores(ranking: Sequence[Name], known: Mapping[Name, str]) -> dict[str, float]:
    """Scores that fall strictly, since trec_eval orders equal ones by its own rule."""
    return {known.get(name, f"x{rank}"): float(-rank) for rank, name in enumerate(ranking[:DEPTH])}
