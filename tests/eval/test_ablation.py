from math import sqrt
from pathlib import Path

import pytest

from corpus.lexicon.terms import Term, Thesaurus
from corpus.store import Library
from eval.ablation import SHIPPED, ablate, placed_variants
from eval.apart import Apart, Split
from eval.corpora import Corpus
from eval.gold import Question
from eval.search import PRODUCT, product
from eval.splitting import characters, pairs, words
from eval.suites import Suite
from eval.texts import bare_texts, product_texts, whole_texts
from index.build import ensure
from index.search import Searcher
from tests.fakes import FakeEncoder, open_library, store

TERMS = Thesaurus([Term("", ("种树",), ("植树造林",), ())])
QUESTIONS = {"废气处理": "a:二", "种树": "b:二", "松陵市节约用水": "b:一", "考核": "b:三"}


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    library = open_library(tmp_path)
    corpus = Corpus(library, {c.id: (c.id,) for c in library.clauses()})
    questions = [Question(text, "find", text, frozenset({(clause,)})) for text, clause in QUESTIONS.items()]
    return Suite("plans", corpus, {"own": questions})


@pytest.mark.parametrize(
    ("split", "tokens"),
    [(characters, ["节", "水", "pm2.5", "5g"]), (pairs, ["节水", "pm2.5", "5g"])],
)
def test_the_tokens_compared(split: Split, tokens: list[str]) -> None:
    assert split("节水，PM2.5、5G") == tokens


def test_jieba_gives_words_of_letters_alone() -> None:
    assert "水源" in words("保护水源，节约。")
    assert "，" not in words("保护水源，节约。")


def test_the_full_way_ranks_as_the_searcher_does(suite: Suite) -> None:
    library, encoder = suite.corpus.library, FakeEncoder()
    shipped = product(Searcher.open(library, encoder, TERMS))
    apart = Apart(product_texts(library), encoder, TERMS)
    for question, parts in zip(QUESTIONS, apart.asked(list(QUESTIONS)), strict=True):
        assert apart.ranked(placed_variants()[SHIPPED](parts)) == shipped(question)
    library.close()


def test_every_way_is_measured_the_product_last(suite: Suite) -> None:
    encoder, steps = FakeEncoder(), []
    ensure(suite.corpus.library, encoder)
    results = list(ablate(suite, encoder, TERMS, lambda done, total: steps.append((done, total))))
    systems = [r.system for r in results]
    assert len(set(systems)) == len(systems) > 25
    assert systems[-1] == PRODUCT
    assert {len(r.questions) for r in results} == {len(QUESTIONS)}
    assert (4, 4) in steps
    suite.corpus.library.close()


def test_what_each_part_finds(suite: Suite) -> None:
    """Only the thesaurus leads from 种树 to 植树造林's clause in full words; only places tell the cities apart."""
    encoder = FakeEncoder()
    ensure(suite.corpus.library, encoder)
    values = {
        r.system: {q.id: q.values["RR@10"] for q in r.questions} for r in ablate(suite, encoder, TERMS, lambda done, total: None)
    }
    assert values["BM25，两字"]["种树"] == 0 or values["BM25，两字"]["种树"] < values["BM25，单字加两字，词表扩展 0.4"]["种树"]
    assert values["合并，地名优先"]["松陵市节约用水"] == 1
    assert values["向量，片段与单句，片段占 0.5"]["考核"] < values["BM25，单字加两字"]["考核"]
    suite.corpus.library.close()


def test_the_other_texts(suite: Suite) -> None:
    library = suite.corpus.library
    product = product_texts(library)
    first = product.texts[0]
    assert first.startswith("云泽市 工作方案 水的事")
    assert bare_texts(library, product.layout).texts[0] == "治水护水。节约用水，提高水的利用率。"
    whole = whole_texts(library, product.layout)
    assert whole.texts[0] == "云泽市 工作方案 水的事 一、水的事。治水护水。节约用水，提高水的利用率。"
    assert len(whole.texts) == whole.layout.passages == len(whole.layout.units) == 6
    library.close()


def test_both_levels_by_hand(tmp_path: Path) -> None:
    """Against 水, the passage is (2, 3) in 水 and 气; its sentences with the heading are (2, 1) and (1, 3)."""
    library = Library(tmp_path)
    store(library, "c", None, [("一", "水气", "治水。防气防气。"), ("二", "林", "护林。")])
    (parts,) = Apart(product_texts(library), FakeEncoder(), TERMS).asked(["水"])
    assert parts.passages == pytest.approx([2 / sqrt(13), 0], abs=1e-6)
    assert parts.sentences == pytest.approx([2 / sqrt(5), 0], abs=1e-6)
    assert parts.both(0.5) == pytest.approx([(2 / sqrt(13) + 2 / sqrt(5)) / 2, 0], abs=1e-6)
    library.close()
