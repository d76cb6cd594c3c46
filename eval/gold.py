"""Questions with what answers them, from JSON Lines.

Two forms. Judged by clauses: `{"id", "kind", "question", "clauses": [[source, "三/九"], …]}`. Judged by texts:
`{"id", "query", "relevant": [{"article", "text"}, …]}`; such a text is looked for in a corpus by its letters and digits.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from corpus.errors import PolicyError
from index.training.material import STATUTE, WRITTEN, held_statute, held_written
from index.training.texts import Passage

SEARCHED = ("find", "precedent", "who", "lead", "target", "table", "compare")  # kinds that a search alone can answer
HELD = {STATUTE: held_statute, WRITTEN: held_written}  # files the encoder is trained on too: only what is held out counts

Name = tuple[str, ...]  # of a clause: source and path; of an article: its clause id
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the names of what a careful reader accepts. kind: the row of the tables it counts in."""

    id: str
    kind: str
    text: str
    relevant: frozenset[Name]


@dataclass(frozen=True, slots=True)
class Sought:
    """A question and the texts that answer it, not yet looked for in a corpus."""

    id: str
    kind: str
    text: str
    wanted: tuple[Passage, ...]


def judged_by_texts(path: Path) -> bool:
    """Which of the two forms a file has, by its first row. Raises PolicyError if it has neither."""
    first = next(iter(_rows(path, lambda row, _: row)), {})
    if "relevant" in first:
        return True
    if "clauses" in first and "question" in first:
        return False
    raise PolicyError(
        f"问题文件 {path.name} 的第一行既没有 query 与 relevant，也没有 question 与 clauses。请按 docs/evaluation.md 所列格式改正。"
    )


def read_clause_gold(path: Path) -> list[Question]:
    """The questions that are answered by clauses, of the kinds in SEARCHED. Raises PolicyError for a row of another form."""
    found = _rows(path, lambda row, _: _question(row) if row["kind"] in SEARCHED and row["clauses"] else None)
    return [question for question in found if question]


def _question(row: Mapping[str, Any]) -> Question:
    accepted = frozenset((str(source), *str(path).split("/")) for source, path in row["clauses"])
    return Question(str(row["id"]), str(row["kind"]), str(row["question"]), accepted)


def read_text_gold(path: Path, kind: str, held: Callable[[int, Mapping[str, Any]], bool] | None = None) -> list[Sought]:
    """The questions of a file as of `kind`; of these, where `held` is given, those it is true of (row number, row).

    Raises PolicyError for a row of another form.
    """

    def sought(row: Mapping[str, Any], number: int) -> Sought | None:
        if held and not held(number, row):
            return None
        wanted = tuple(Passage(str(one["article"]), str(one["text"])) for one in row["relevant"])
        return Sought(str(row["id"]), kind, str(row["query"]), wanted)

    return [one for one in _rows(path, sought) if one]


def _rows(path: Path, load: Callable[[Mapping[str, Any], int], T]) -> list[T]:
    """`load(row, number)` of every line that is not empty; numbers count rows from 0."""
    made: list[T] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            made.append(load(json.loads(line), len(made)))
        except (ValueError, KeyError, TypeError) as error:
            what = f"缺少 {error}" if isinstance(error, KeyError) else "不是所需的 JSON 对象"
            raise PolicyError(f"问题文件 {path.name} 第 {number} 行{what}。请按 docs/evaluation.md 所列格式改正。") from error
    return made
