"""Everything the encoder is trained and measured on, from the folder of shared data."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from index.training.texts import Passage, fold, read_laws, read_reports

LAWS, REPORTS = "laws/laws.tar.xz", "reports/reports.tar.xz"
STATUTE, WRITTEN, TERMS = "stard/queries.dev.jsonl", "questions/written.jsonl", "thesaurus/terms.jsonl"
_HELD_STATUTE = 6  # every sixth question is held out of training
_HELD_WRITTEN = (12, 6)  # questions to articles whose id leaves 6 when divided by 12


class Question(NamedTuple):
    """wanted: places in Material.passages of the texts that answer it.  held: measured with, never trained on."""

    query: str
    wanted: tuple[int, ...]
    held: bool


class Term(NamedTuple):
    """A row of the thesaurus: everyday words, official terms, and what stands beside these."""

    say: tuple[str, ...]
    official: tuple[str, ...]
    related: tuple[str, ...]


@dataclass(frozen=True)
class Material:
    """passages: first `searched` that are searched when measuring, then the reports'. questions: by kind."""

    passages: list[Passage]
    searched: int
    questions: Mapping[str, list[Question]]
    terms: list[Term]

    def held(self, kind: str) -> list[Question]:
        """The questions of a kind that are measured with."""
        return [q for q in self.questions[kind] if q.held]


def missing_files(shared: Path) -> list[str]:
    """Which of the files that training reads are not there."""
    return [name for name in (LAWS, REPORTS, STATUTE, WRITTEN, TERMS) if not (shared / name).is_file()]


def read_material(shared: Path) -> Material:
    """Reads laws, reports, both kinds of questions and the thesaurus. Raises OSError if one is missing."""
    passages = read_laws(shared / LAWS)
    places: dict[str, int] = {}
    for place, passage in enumerate(passages):
        places.setdefault(fold(passage.body), place)

    def locate(row: Mapping[str, Any]) -> tuple[int, ...]:
        wanted = []
        for relevant in row["relevant"]:
            place = places.setdefault(fold(relevant["text"]), len(passages))
            if place == len(passages):
                passages.append(Passage(relevant["article"], relevant["text"]))
            wanted.append(place)
        return tuple(wanted)

    modulus, rest = _HELD_WRITTEN
    questions = {
        "statute": [Question(row["query"], locate(row), n % _HELD_STATUTE == 0) for n, row in enumerate(_rows(shared / STATUTE))],
        "written": [
            Question(row["query"], locate(row), row["relevant"][0]["id"] % modulus == rest) for row in _rows(shared / WRITTEN)
        ],
    }
    terms = [Term(*(tuple(row[k]) for k in Term._fields)) for row in _rows(shared / TERMS)]
    searched = len(passages)
    return Material(passages + read_reports(shared / REPORTS), searched, questions, terms)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
