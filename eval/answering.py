"""The answers as part of a run: every aspect of `eval.answers`, and the responsibilities read from two plans."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.config import Settings
from assistant.service import Assistant
from corpus.types import Clause
from eval.answers import ASPECTS, Verdict, ask_all, read_gold
from eval.corpora import add_all, up_to_date
from eval.runs import Asked, Result
from eval.suites import ANSWERS, DUTIES, GOLD, PLANS, SAMPLE_FILES, SAMPLE_QUESTIONS, SAMPLES, SEEDS, Asking, spread
from index.base import Encoder
from index.manifest import Manifest

RESPONSIBILITY = "responsibility"
PRODUCT = "Assistant"


def measure_answers(asking: Asking, folder: Path, encoder: Encoder) -> Iterator[tuple[Result, Manifest]]:
    """Answers over the plans, the responsibilities of two of them, answers over the samples; each with its index.

    The libraries lie in `folder`.
    """
    shared = asking.shared
    for corpus, documents, files in (
        (PLANS, shared / SEEDS, [shared / name for name in GOLD]),
        (SAMPLES, SAMPLE_FILES, [SAMPLE_QUESTIONS]),
    ):
        assistant = Assistant(Settings(library=folder / corpus, encoder=encoder.name))
        add_all(assistant.library, [documents])
        manifest = up_to_date(assistant.library, encoder)
        questions = spread([wanted for file in files for wanted in read_gold(file)], asking.sample)
        verdicts = ask_all(assistant, questions)
        yield Result(f"{ANSWERS} {corpus}", PRODUCT, corpus, tuple(map(_asked, verdicts))), manifest
        if corpus == PLANS:
            yield Result(RESPONSIBILITY, PRODUCT, corpus, _duties(assistant, shared / DUTIES)), manifest
        assistant.library.close()


def _asked(verdict: Verdict) -> Asked:
    values = {aspect: float(aspect not in verdict.wrong) for aspect in ASPECTS} | {"all": float(not verdict.wrong)}
    return Asked(verdict.wanted.id, verdict.wanted.kind, verdict.wanted.question, None, values)


def _duties(assistant: Assistant, gold: Path) -> tuple[Asked, ...]:
    """A "question" for each clause of the gold; one that was not read at all is wrong unless nothing stands in it."""
    sources = {d.id: d.source for d in assistant.library.documents()}
    clauses = {(sources[c.document], "/".join(c.path)): c for c in assistant.library.clauses()}
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(_duty(row, clauses.get((row["file"], row["path"]))) for row in rows)


def _duty(row: dict[str, Any], clause: Clause | None) -> Asked:
    found = clause.responsibilities if clause else ()
    direct = [(r.unit, r.role) for r in found if not r.inherited]
    below = list(dict.fromkeys(r.unit for r in found if r.inherited))
    values = {
        "units": float(direct == [(unit["name"], unit["role"]) for unit in row["units"]]),
        "inherited": float(below == row["inherited"]),
    }
    return Asked(f"{row['file']}:{row['path']}", RESPONSIBILITY, row["heading"], None, values)
