"""The narrow seams of the index: what an encoder, a vector index and a hit are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]  # [n, dim], rows of unit length (or all zero for a text without features)
Ids = NDArray[np.int64]
Scores = NDArray[np.floating[Any]]
Progress = Callable[[int, int], None]  # done so far, in all; a task of several stages counts each from 0


class Encoder(Protocol):
    """Turns texts into vectors. Queries and passages may be treated differently (prompts)."""

    @property
    def name(self) -> str:
        """What the manifest and the messages call it: `builtin`, a folder, or a hub id."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the vectors would: a hash of the weights, or the model's name and revision."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """float32 [len(texts), dim], rows of unit length, in order."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """float32 [len(texts), dim], rows of unit length, in order."""

    def coverage(self, query: str, texts: Sequence[str]) -> Scores | None:
        """float64 [len(texts)], in [-1, 1]: how much of the query each text says, word by word; None: it cannot tell."""


class VectorIndex(Protocol):
    """A backend: four verbs, cosine by inner product of unit rows."""

    def upsert(self, ids: Ids, vectors: Vectors) -> None:
        """Insert, or replace where an id is there already."""

    def delete(self, ids: Ids) -> None:
        """Remove; unknown ids are passed over."""

    def search(self, vectors: Vectors, k: int, allowed: Ids | None = None) -> tuple[Vectors, Ids]:
        """(scores, ids), each [n, m] with m = min(k, candidates): best first, ties by id. `allowed` limits the ids."""

    def count(self) -> int:
        """How many ids are stored."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search may look at; empty means everything. Document ids; region names as in Facts.region.

    versions: old versions of documents too, which are left out otherwise.
    """

    documents: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    versions: bool = False


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Why:
    """Why a hit is there: matched words, scores before fusion and 1-based ranks (None: not in that list).

    coverage: how much of the question the clause says, in [-1, 1]; None where it was not looked at closely.
    """

    words: tuple[str, ...]
    bm25: float
    cosine: float
    bm25_rank: int | None
    dense_rank: int | None
    coverage: float | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clause stands."""

    clause: str
    document: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that matches, with the extent (document offsets) of its best sentence or passage.

    also: the clauses of the same wording that stand elsewhere, by clause id, where hits were asked to be distinct.
    """

    clause: str
    document: str
    score: float
    start: int
    end: int
    why: Why
    also: tuple[Place, ...] = ()
