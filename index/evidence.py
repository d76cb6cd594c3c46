"""Why a clause is found: the sentence that answers best, the question's words in it, and both in Chinese for a reader."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index import fusion
from index.base import Scores, Vectors, Why
from index.fusion import DECIMALS
from index.tokens import normalise, tokenise

QUOTE_WEIGHT = 0.5  # of vectors when the sentence to quote is chosen

_folded = lru_cache(maxsize=1024)(normalise)  # of a question and its terms, which every hit asks for


@dataclass(frozen=True, slots=True)
class Query:
    """A question as both sides ask it. gains: weight × idf of each token.  ceiling: BM25 that no passage exceeds."""

    text: str
    weights: dict[str, float]
    gains: dict[str, float]
    ceiling: float
    expansions: tuple[str, ...]
    vector: Vectors  # [1, dim]


def best_sentence(asked: Query, text: str, extents: NDArray[np.int32], cosines: Scores) -> tuple[int, int]:
    """Which of the `extents` [n, 2] of `text` answers best; the first of equals. cosines: float64 [n], theirs."""
    spans = [(start, end) for start, end in extents.tolist()]
    if len(spans) == 1:
        return spans[0]
    lexical = np.array([_overlap(asked, text[start:end]) for start, end in spans])
    scores = fusion.weighted(lexical, cosines, QUOTE_WEIGHT)
    return spans[int(np.argmax(np.round(scores, DECIMALS)))]


def _overlap(asked: Query, sentence: str) -> float:
    """Summed weight × idf of the question's tokens that stand in the sentence."""
    return sum(asked.gains[token] for token in sorted(asked.gains.keys() & set(tokenise(sentence))))


def matched_words(asked: Query, text: str) -> tuple[str, ...]:
    """The question's words that stand in `text`, longest runs of two characters and more, then the terms added."""
    question, where = _folded(asked.text), normalise(text)
    words: dict[str, None] = {}
    at = 0
    while at < len(question):
        end = at
        while end < len(question) and question[at : end + 1] in where and question[end].isalnum():
            end += 1
        if end - at > 1:
            words[question[at:end]] = None
        at = max(end, at + 1)
    words.update(dict.fromkeys(term for term in asked.expansions if _folded(term) in where))
    return tuple(words)


def explained(why: Why) -> str:
    """One line for a reader: 命中“秸秆”“焚烧”；关键词第 3 名；语义第 1 名（相似度 0.62）；逐词核对，问题的用语对应上 83%。"""
    words = "命中" + "".join(f"“{word}”" for word in why.words) if why.words else "没有连续两字以上的相同字词"
    lexical = "关键词未命中" if why.bm25_rank is None else f"关键词第 {why.bm25_rank} 名"
    dense = "语义不相近" if why.dense_rank is None else f"语义第 {why.dense_rank} 名（相似度 {why.cosine:.2f}）"
    closer = "" if why.coverage is None else f"；逐词核对，问题的用语对应上 {max(0.0, why.coverage):.0%}"
    return f"{words}；{lexical}；{dense}{closer}。"
