"""Runs whose figures can be computed by hand."""

from collections.abc import Mapping

from eval.runs import Asked, Made, Result, Run, State

MADE = Made("2026-01-02T03:04:05Z", "0123456789abcdef+", "builtin", "fedcba9876543210", 512, "Linux x86_64", 2, "3.11.7")


def asked(id: str, rank: int | None, kind: str = "find", **values: float) -> Asked:
    """A question with RR@10 from its rank unless values are given."""
    return Asked(id, kind, f"问题{id}", rank, values or {"RR@10": 1 / rank if rank else 0.0})


def run(*results: Result, state: str = "s" * 64) -> Run:
    return Run(MADE, {"plans": State(5, 144, 1134, state)}, results)


def result(ranks: Mapping[str, int | None], system: str = "Searcher", set: str = "plans") -> Result:
    return Result(set, system, "plans", tuple(asked(id, rank) for id, rank in ranks.items()))
