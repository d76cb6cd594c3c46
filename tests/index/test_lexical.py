import mmap
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from index.lexical import DELTA, K1, B, LexicalIndex, Lexicon
from index.tokens import tokenise

TEXTS = [
    "加强污水处理厂建设，污水处理率达到95%。",
    "推进挥发性有机物治理。",
    "污水管网改造，管网混接改造。",
    "每年考核一次。",
    "。",
    "推进公共机构节能，推进公共机构节水，推进公共机构垃圾分类。",
]
words = st.lists(st.sampled_from(["水", "气", "电", "污水", "pm2.5", "林", "a", "b"]), max_size=12)
corpora = st.lists(words, min_size=1, max_size=12).filter(any)  # rank-bm25 divides by the mean length


def reference(corpus: list[list[str]], query: list[str]) -> list[float]:
    return list(BM25Plus(corpus, k1=K1, b=B, delta=DELTA).get_scores(query))


def is_mapped(array: object) -> bool:
    while array is not None and not isinstance(array, mmap.mmap):
        array = getattr(array, "base", None)
    return array is not None


@pytest.mark.parametrize("query", ["污水处理", "污水污水", "推进", "。", "完全陌生的词xyz", "95% 管网", "考核", ""], ids=repr)
def test_scores_are_those_of_rank_bm25(query: str) -> None:
    corpus = [tokenise(text) for text in TEXTS]
    scores = LexicalIndex.of(corpus).scores(Counter(tokenise(query)))
    np.testing.assert_allclose(scores, reference(corpus, tokenise(query)), rtol=1e-5, atol=1e-5)


@given(corpora, words)
@settings(deadline=None)
def test_scores_are_those_of_rank_bm25_on_any_corpus(corpus: list[list[str]], query: list[str]) -> None:
    scores = LexicalIndex.of(corpus).scores(Counter(query))
    np.testing.assert_allclose(scores, reference(corpus, query), rtol=1e-5, atol=1e-5)


def test_a_term_in_every_passage_counts_above_zero() -> None:
    index = LexicalIndex.of([["水"], ["水", "气"], ["水"]])
    assert (index.matches({"水": 1}) > 0).all()
    assert index.idf("水") == pytest.approx(np.log(4 / 3))


def test_a_passage_without_the_terms_matches_zero() -> None:
    index = LexicalIndex.of([["水"], ["气"], []])
    assert index.matches({"水": 1}).tolist()[1:] == [0, 0]
    assert index.matches({"火": 1}).tolist() == [0, 0, 0]
    assert (index.idf("火"), index.floor({"火": 1})) == (0, 0)


def test_weights_scale_what_a_term_adds() -> None:
    index = LexicalIndex.of([["水", "气"], ["气"], ["林"]])
    both = index.matches({"水": 1, "气": 0.25})
    np.testing.assert_allclose(both, index.matches({"水": 1}) + 0.25 * index.matches({"气": 1}))


@pytest.mark.parametrize("corpus", [[], [[]], [[], []]], ids=repr)
def test_nothing_to_index(corpus: list[list[str]], tmp_path: Path) -> None:
    LexicalIndex.of(corpus).save(tmp_path)
    for index in (LexicalIndex.of(corpus), LexicalIndex.load(tmp_path)):
        assert index.scores({"水": 1}).tolist() == [0] * len(corpus)
        assert len(index) == len(corpus)


def test_saved_and_loaded_it_scores_the_same(tmp_path: Path) -> None:
    index = LexicalIndex.of(map(tokenise, TEXTS))
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    query = Counter(tokenise("推进污水管网pm2.5"))
    np.testing.assert_array_equal(loaded.scores(query), index.scores(query))
    assert is_mapped(loaded.matrix.data)
    assert is_mapped(loaded.matrix.indices)
    assert loaded.matrix.indices.dtype == np.int32


@given(
    st.sets(st.text(min_size=1, max_size=4).filter(lambda t: t.isprintable()), max_size=30),
    st.text(max_size=4),
)
def test_lexicon_finds_every_term_and_no_other(terms: set[str], other: str) -> None:
    lexicon = Lexicon.of(terms)
    rows = [lexicon.row(term) for term in terms]
    assert sorted(row for row in rows if row is not None) == list(range(len(terms)))
    assert (lexicon.row(other) is not None) == (other in terms) or not other.isprintable()


@given(corpora, words)
@settings(deadline=None)
def test_no_passage_matches_beyond_the_ceiling(corpus: list[list[str]], query: list[str]) -> None:
    index = LexicalIndex.of(corpus)
    weights = Counter(query)
    assert index.matches(weights).max(initial=0) <= index.ceiling(weights) * (1 + 1e-6)
    assert index.ceiling({}) == 0
