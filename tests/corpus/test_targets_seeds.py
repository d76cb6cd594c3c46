"""The five real plans: what is asked about figures is among the targets of the clause that answers."""

import json

from corpus.outline import read_clauses
from corpus.targets import read_targets
from corpus.types import Target
from tests.shared import SEEDS, SHARED, needs_shared

pytestmark = needs_shared

# thresholds that say whom a rule concerns: found with corpus.quantities, no goals
THRESHOLDS = {"target-034"}


def targets_of(source: str) -> dict[str, tuple[Target, ...]]:
    text = (SEEDS / source).read_text(encoding="utf-8")
    clauses = read_clauses(text, "d")
    return {"/".join(c.path): t for c, t in zip(clauses, read_targets(text, clauses), strict=True)}


def test_every_figure_asked_for_is_read() -> None:
    plans = {path.name: targets_of(path.name) for path in SEEDS.glob("*.txt")}
    lines = (SHARED / "gold" / "questions.dev.jsonl").read_text(encoding="utf-8").splitlines()
    asked = missing = 0
    for row in map(json.loads, lines):
        if row["kind"] not in ("target", "compare", "table") or not row["values"] or row["id"] in THRESHOLDS:
            continue
        found = [t for source, path in row["clauses"] for t in plans[source].get(path, ())]
        values = {t.value for t in found} | {(t.value + t.unit).replace("％", "%") for t in found}
        asked += len(row["values"])
        missing += sum(v.replace("％", "%") not in values for v in row["values"])
    assert asked >= 30
    assert missing == 0


def test_offsets_hold_the_value() -> None:
    for path in SEEDS.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        clauses = read_clauses(text, "d")
        for clause, targets in zip(clauses, read_targets(text, clauses), strict=True):
            for t in targets:
                assert clause.start <= t.start < t.end <= clause.end
                assert t.value in text[t.start : t.end]


def test_number_of_targets() -> None:
    """Read by hand: 24, 26, 17, 42 and 31 in running text, 43 and 84 in the tables of the last two."""
    counts = [sum(map(len, targets_of(p.name).values())) for p in sorted(SEEDS.glob("*.txt"))]
    assert counts == [24, 26, 17, 85, 115]
