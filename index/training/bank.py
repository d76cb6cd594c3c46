"""The project's own question bank: everyday and working questions, each written by hand for one passage.

Rows lie in `questions/*.jsonl`: `{"id", "register", "query", "article", "digest"}`. The passage itself is not stored: it is
found by its digest in the laws, the reports or the sample plans.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from index.training.texts import Passage, fold

FOLDER = Path(__file__).parent / "questions"
_DIGITS = 16  # hex digits kept of the sha256
_HELD = 12  # one passage in so many is held out of training, with all its questions


class Banked(NamedTuple):
    """A question. register: everyday, work, short or scenario.  article: the title of the text.  digest: of its passage."""

    id: str
    register: str
    query: str
    article: str
    digest: str

    @property
    def held(self) -> bool:
        """Whether its passage is held out of training."""
        return held(self.digest)


def digest(text: str) -> str:
    """What names a text by its letters and digits alone: 16 hex digits of a sha256."""
    return hashlib.sha256(fold(text).encode()).hexdigest()[:_DIGITS]


def held(name: str) -> bool:
    """Whether what has this digest is held out of training: one in twelve, by the digest alone."""
    return int(name, 16) % _HELD == 0


def read_bank(folder: Path = FOLDER) -> list[Banked]:
    """All questions, file by file in the order of their names."""
    return list(_read(sorted(folder.glob("*.jsonl"))))


def _read(paths: Iterable[Path]) -> Iterator[Banked]:
    for path in paths:
        with path.open(encoding="utf-8") as file:
            yield from (Banked(**json.loads(line)) for line in file)


def by_digest(passages: Iterable[Passage]) -> dict[str, Passage]:
    """The first of the passages with each digest."""
    found: dict[str, Passage] = {}
    for passage in passages:
        found.setdefault(digest(passage.body), passage)
    return found
