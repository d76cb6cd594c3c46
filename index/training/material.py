"""Everything the encoder is trained and measured on: the shared texts and questions, our own questions and thesaurus."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from corpus.errors import EncoderError
from corpus.lexicon.terms import Term, load_terms
from index.training.bank import FOLDER, by_digest, digest, held, read_bank
from index.training.texts import Passage, fold, read_laws, read_reports, read_samples

LAWS, REPORTS = "laws/laws.tar.xz", "reports/reports.tar.xz"
STATUTE, WRITTEN = "stard/queries.dev.jsonl", "questions/written.jsonl"
_HELD_STATUTE = 6  # every sixth question is held out of training
_HELD_WRITTEN = (12, 6)  # questions to articles whose id leaves 6 when divided by 12


class Question(NamedTuple):
    """wanted: places in Material.passages of the texts that answer it.  held: measured with, never trained on."""

    query: str
    wanted: tuple[int, ...]
    held: bool


@dataclass(frozen=True)
class Material:
    """passages: first `searched` that are searched when measuring, then the reports'.

    questions: by kind: statute, written (both shared) and bank (our own).  terms: rows of the thesaurus; held_terms: rows
    that are never trained on.
    """

    passages: list[Passage]
    searched: int
    questions: Mapping[str, list[Question]]
    terms: list[Term]
    held_terms: list[Term] = field(default_factory=list)

    def held(self, kind: str) -> list[Question]:
        """The questions of a kind that are measured with."""
        return [q for q in self.questions[kind] if q.held]


def held_statute(number: int, row: Mapping[str, Any]) -> bool:
    """Whether the statute question in this row (counted from 0) is held out of training."""
    return number % _HELD_STATUTE == 0


def held_written(number: int, row: Mapping[str, Any]) -> bool:
    """Whether this written question is held out of training."""
    modulus, rest = _HELD_WRITTEN
    return int(row["relevant"][0]["id"]) % modulus == rest


def missing_files(shared: Path) -> list[str]:
    """Which of the files that training reads are not there."""
    return [name for name in (LAWS, REPORTS, STATUTE, WRITTEN) if not (shared / name).is_file()]


def held_term(term: Term) -> bool:
    """Whether a row of the thesaurus is held out of training."""
    return held(digest("、".join(term.official)))


def read_material(shared: Path, bank: Path = FOLDER, terms: Sequence[Term] | None = None) -> Material:
    """Reads laws, reports, the questions of `shared` and of the bank; terms: the built-in thesaurus where not given.

    Raises OSError if a file is missing, EncoderError if the passage of a question of the bank is nowhere to be found.
    """
    passages = read_laws(shared / LAWS)
    places: dict[str, int] = {}
    for place, passage in enumerate(passages):
        places.setdefault(fold(passage.body), place)

    def locate(passage: Passage) -> int:
        place = places.setdefault(fold(passage.body), len(passages))
        if place == len(passages):
            passages.append(passage)
        return place

    def locate_all(row: Mapping[str, Any]) -> tuple[int, ...]:
        return tuple(locate(Passage(relevant["article"], relevant["text"])) for relevant in row["relevant"])

    questions = {
        kind: [Question(row["query"], locate_all(row), held(n, row)) for n, row in enumerate(_rows(shared / file))]
        for kind, file, held in (("statute", STATUTE, held_statute), ("written", WRITTEN, held_written))
    }
    reports = read_reports(shared / REPORTS)
    known = by_digest([*passages, *reports, *read_samples()])
    questions["bank"] = []
    for each in read_bank(bank):
        found = known.get(each.digest)
        if found is None:
            raise EncoderError(f"题库中的问题 {each.id} 所据的“{each.article}”不在训练数据中。请核对训练数据目录是否完整。")
        questions["bank"].append(Question(each.query, (locate(Passage(each.article, found.body)),), each.held))
    rows = load_terms() if terms is None else terms
    searched = len(passages)
    return Material(
        passages + reports,
        searched,
        questions,
        [row for row in rows if not held_term(row)],
        [row for row in rows if held_term(row)],
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
