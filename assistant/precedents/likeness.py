"""How near the sentences of a library are to the sentences asked: the cosine of their vectors and the words in common."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from assistant.precedents.types import Similarity
from index.base import Encoder, Vectors
from index.lexical import LexicalIndex
from index.tokens import tokenise

# of the words only the text asked has, and only the other has: what a precedent says besides weighs less (Tversky 1977)
ASKED_WEIGHT, BESIDES_WEIGHT = 0.7, 0.3

Matrix = NDArray[np.float64]
Tokens = frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Sentences asked, with what they are compared by. `theme`: only what they say counts, not what else is said."""

    texts: tuple[str, ...]
    theme: bool
    vectors: Vectors  # [texts, dim]
    whole: Vectors  # [1, dim]: of the text they are sentences of
    places: dict[str, int]  # token → its column
    weights: Matrix  # [texts, tokens]: idf, 0 for a token the text has not
    own: tuple[dict[str, float], ...]  # the tokens of each text with their weights
    sums: tuple[float, ...]  # of the weights of each text


@dataclass(frozen=True, slots=True)
class Likeness:
    """[asked, sentences] each: the mean of the other two, the cosine, the words in common; all in [0, 1]."""

    values: Matrix
    cosines: Matrix
    words: Matrix

    def similarity(self, asked: int, sentence: int) -> Similarity:
        """One of them as a record, rounded to four places."""
        value, cosine, words = (round(float(m[asked, sentence]), 4) for m in (self.values, self.cosines, self.words))
        return Similarity(value, cosine, words)


def ask(whole: str, texts: Sequence[str], encoder: Encoder, lexical: LexicalIndex, *, theme: bool = False) -> Asked:
    """The sentences of a text as they are compared: encoded together."""
    tokens = [dict.fromkeys(tokenise(text)) for text in texts]
    places = {token: n for n, token in enumerate(dict.fromkeys(t for one in tokens for t in one))}
    rare = float(np.log(len(lexical) + 1))  # the idf of a token that stands nowhere, or once
    idf = np.array([lexical.idf(token) or rare for token in places])
    weights = np.zeros((len(texts), len(places)))
    for n, one in enumerate(tokens):
        columns = [places[t] for t in one]
        weights[n, columns] = idf[columns]
    own = tuple({t: w for t in one if (w := float(idf[places[t]])) > 0} for one in tokens)
    vectors = encoder.encode_queries([*texts, whole])
    return Asked(tuple(texts), theme, vectors[:-1], vectors[-1:], places, weights, own, tuple(sum(one.values()) for one in own))


def compare_all(asked: Asked, tokens: Sequence[Tokens], vectors: Sequence[Vectors]) -> Likeness:
    """Every text, by its tokens, against every sentence asked. `vectors`: one or more rows a text; the best cosine counts."""
    columns = [[asked.places[t] for t in own & asked.places.keys()] for own in tokens]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.array([c for own in columns for c in own], np.int64)
    present = csr_array((np.ones(len(flat)), flat, ends), shape=(len(tokens), len(asked.places)))
    sizes = np.array([len(own) for own in tokens], np.float64)
    words, near = _words(asked, present, sizes), cosines(asked, vectors)
    return Likeness((words + near) / 2, near, words)


def cosines(asked: Asked, vectors: Sequence[Vectors]) -> Matrix:
    """[asked, texts], in [0, 1]. `vectors`: one or more rows a text; the best cosine counts."""
    return np.asarray(np.clip(np.max([_products(asked.vectors, rows) for rows in vectors], axis=0), 0, 1), np.float64)


def said(asked: Asked, n: int, tokens: Tokens, *, besides: float = BESIDES_WEIGHT) -> float:
    """The words of sentence n in common with these tokens, as `compare_all` weighs them."""
    own, whole = asked.own[n], asked.sums[n]
    shared = [own[token] for token in tokens & own.keys()]
    common = sum(shared)
    below = common + ASKED_WEIGHT * (whole - common) + besides * whole / max(len(own), 1) * (len(tokens) - len(shared))
    return common / below if below > 0 else 0.0


def _products(ours: Vectors, theirs: Vectors) -> Vectors:
    """Inner products of all pairs of rows; so few that starting the threads of a matrix library would take longer."""
    return np.asarray(np.einsum("id,jd->ij", ours, theirs), np.float32)


def _words(asked: Asked, present: csr_array, sizes: Matrix) -> Matrix:
    """[asked, texts]: the weight in common over the weight of both; a token the question lacks has its mean weight."""
    common = (present @ asked.weights.T).T
    whole = asked.weights.sum(axis=1, keepdims=True)
    counts = (asked.weights > 0).sum(axis=1, keepdims=True)
    if asked.theme:
        return np.asarray(common / np.where(whole > 0, whole, 1))
    mean = whole / np.where(counts > 0, counts, 1)
    besides = mean * (sizes - (present @ (asked.weights > 0).T).T)
    below = common + ASKED_WEIGHT * (whole - common) + BESIDES_WEIGHT * besides
    return np.asarray(common / np.where(below > 0, below, 1))
