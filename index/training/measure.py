"""How well questions held out of training find their passages: nDCG@10 and recall@100 with 95 % intervals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.lexicon.terms import Term
from index.base import Vectors
from index.training.material import Material, Question

_SHOWN, _DEPTH = 10, 100
_CHUNK = 128  # questions at once: their scores over 150,000 passages take 77 MB
_RESAMPLES = 2000

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over questions and its 95 % interval from bootstrap resamples of the questions."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f}（{self.low:.3f}–{self.high:.3f}）"


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on one kind of held-out questions."""

    kind: str
    questions: int
    ndcg: Mean
    recall: Mean

    def __str__(self) -> str:
        return f"{self.kind}（{self.questions} 问）nDCG@{_SHOWN} {self.ndcg}，recall@{_DEPTH} {self.recall}"


def evaluate(material: Material, passages: Vectors, queries: Mapping[str, Vectors]) -> list[Figures]:
    """Figures for every kind of question.

    passages: vectors of the first `material.searched` passages.  queries: those of `material.held(kind)`, by kind.
    """
    figures = []
    for kind, vectors in queries.items():
        held = material.held(kind)
        found = nearest(vectors, passages, _DEPTH)
        ndcg, recall = score(found, held)
        figures.append(Figures(kind, len(held), bootstrap(ndcg), bootstrap(recall)))
    return figures


def evaluate_terms(rows: Sequence[Term], held: Sequence[Term], encode: Callable[[Sequence[str]], Vectors]) -> Figures:
    """How well everyday words of held-out rows of the thesaurus find an official term of their row.

    Searched are the official terms of `rows` and `held` together, each once; every everyday word is a question.
    """
    official = {word: place for place, word in enumerate(dict.fromkeys(w for row in (*rows, *held) for w in row.official))}
    questions = [Question(said, tuple(official[w] for w in row.official), held=True) for row in held for said in row.say]
    found = nearest(encode([q.query for q in questions]), encode(list(official)), _DEPTH)
    ndcg, recall = score(found, questions)
    return Figures("terms", len(questions), bootstrap(ndcg), bootstrap(recall))


def nearest(queries: Vectors, passages: Vectors, k: int) -> Places:
    """int64 [queries, min(k, passages)]: places of the passages of highest inner product, best first.

    Equal ones stand by place; which of them is left out at the end of the list is not defined.
    """
    k = min(k, len(passages))
    found = np.zeros((len(queries), k), np.int64)
    for start in range(0, len(queries), _CHUNK):
        scores = queries[start : start + _CHUNK] @ passages.T
        some = np.sort(np.argpartition(scores, len(passages) - k, axis=1)[:, len(passages) - k :], axis=1)
        order = np.argsort(-np.take_along_axis(scores, some, axis=1), axis=1, kind="stable")
        found[start : start + _CHUNK] = np.take_along_axis(some, order, axis=1)
    return found


def score(found: Places, questions: Sequence[Question]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """nDCG@10 (binary gains) and recall@100, a value for each question."""
    discount = 1 / np.log2(np.arange(_SHOWN) + 2)
    ndcg, recall = np.zeros(len(questions)), np.zeros(len(questions))
    for n, (run, question) in enumerate(zip(found, questions, strict=True)):
        wanted = np.array(sorted(set(question.wanted)))
        hits = np.isin(run, wanted)
        shown = hits[:_SHOWN]
        ndcg[n] = discount[: len(shown)][shown].sum() / discount[: len(wanted)].sum()
        recall[n] = hits.sum() / len(wanted)
    return ndcg, recall


def bootstrap(values: NDArray[np.float64], seed: int = 0) -> Mean:
    """The mean with a percentile interval (Efron and Tibshirani 1993, ch. 13); NaN if there are no values."""
    if not len(values):
        return Mean(np.nan, np.nan, np.nan)
    rng = np.random.default_rng(seed)
    means = [values[rng.integers(0, len(values), len(values))].mean() for _ in range(_RESAMPLES)]
    low, high = np.percentile(means, [2.5, 97.5])
    return Mean(float(values.mean()), float(low), float(high))
