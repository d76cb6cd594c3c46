"""Stand-ins whose results can be computed by hand."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.store import Library
from corpus.types import Clause, Document, Facts
from index.base import Vectors

TOPICS = ("水", "气", "电", "林")


class FakeEncoder:
    """One dimension for each topic character: a text's vector is how often each occurs, scaled to length 1.

    `水水气` → (2, 1, 0, 0) / √5; a text without any of them → zeros. `seen` lists the passages it was asked to encode.
    """

    def __init__(self, topics: Sequence[str] = TOPICS, name: str = "fake") -> None:
        self.topics = tuple(topics)
        self.name = name
        self.seen: list[str] = []

    @property
    def dim(self) -> int:
        return len(self.topics)

    @property
    def fingerprint(self) -> str:
        return "fake:" + "".join(self.topics)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.seen.extend(texts)
        return self._encode(texts)

    def coverage(self, query: str, texts: Sequence[str]) -> None:
        """It has no vectors of words; see tests/index/test_ranking.py for encoders that have."""

    def _encode(self, texts: Sequence[str]) -> Vectors:
        counts = np.array([[text.count(t) for t in self.topics] for text in texts], np.float32)
        counts = counts.reshape(len(texts), self.dim)
        lengths = np.linalg.norm(counts, axis=1, keepdims=True)
        return (counts / np.where(lengths == 0, 1, lengths)).astype(np.float32)


def plan(id: str, region: str | None, parts: Sequence[tuple[str, str, str]]) -> tuple[Document, tuple[Clause, ...]]:
    """A document of clauses given as (number, heading, text after the heading), `一、heading。text` each on its line."""
    text, clauses = "", []
    for number, heading, body in parts:
        start = len(text)
        text += f"{number}、{heading}。{body}" if heading else body
        label = f"{number}、{heading}"
        clauses.append(Clause(f"{id}:{number}", id, (number,), "part", label, (heading,), text[start:], start, len(text)))
        text += "\n"
    facts = Facts(f"{region or ''}工作方案", None, None, region, None, False, None, ())
    return Document(id, f"{id}.txt", text, facts), tuple(clauses)


def store(library: Library, id: str, region: str | None, parts: Sequence[tuple[str, str, str]]) -> Document:
    """Saves a `plan` in the library, replacing what had its id."""
    document, clauses = plan(id, region, parts)
    library.save(document, clauses, origin=f"/{id}.txt", reader="test")
    return document


def open_library(folder: Path) -> Library:
    """A library of two invented cities' plans of three clauses each."""
    library = Library(folder)
    store(
        library,
        "a",
        "云泽市",
        [
            ("一", "水的事", "治水护水。节约用水，提高水的利用率。"),
            ("二", "气的事", "减少废气。收集废气并处理。"),
            ("三", "电的事", "节约用电。"),
        ],
    )
    store(
        library,
        "b",
        "松陵市",
        [
            ("一", "水的事", "保护水源。节约用水。"),
            ("二", "林的事", "植树造林。管护林地。"),
            ("三", "考核", "每年考核一次。"),
        ],
    )
    return library
