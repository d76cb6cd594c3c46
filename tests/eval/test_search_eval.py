from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.lexicon.terms import Term, Thesaurus
from eval.ablation import characters, pairs, variants, words
from eval.search import (
    Judged,
    evaluate,
    first_accepted,
    main,
    read_questions,
    searcher_ranking,
    table_ranking,
)
from index.search import Searcher
from tests.fakes import FakeEncoder, open_library
from tests.shared import SHARED, needs_shared

TERMS = Thesaurus([Term("", ("种树",), ("植树造林",), ())])
ACCEPTED = frozenset({("a.txt", ("三", "九")), ("b.txt", ("附件1",))})


@pytest.mark.parametrize(
    ("hits", "rank"),
    [
        ([("a.txt", ("三", "九"))], 1),
        ([("a.txt", ("三", "九", "1"))], 1),
        ([("a.txt", ("三",)), ("a.txt", ("三", "九"))], 2),
        ([("b.txt", ("三", "九")), ("a.txt", ("三", "十")), ("b.txt", ("附件1", "一"))], 3),
        ([("c.txt", ("三", "九"))], None),
        ([], None),
    ],
)
def test_a_clause_below_an_accepted_one_is_accepted(hits: list[tuple[str, tuple[str, ...]]], rank: int | None) -> None:
    assert first_accepted(hits, ACCEPTED) == rank


def test_means_by_hand_with_unanswered_questions_as_zero() -> None:
    wrong, right = ("x", ("一",)), ("a", ("一",))
    answers = {
        "first": [right],
        "fourth": [wrong] * 3 + [right],
        "late": [wrong] * 10 + [right],
        "never": [wrong],
    }
    score = evaluate(lambda q: answers[q], [Judged(q, "find", q, frozenset({right})) for q in answers])
    assert (score.mrr, score.first_three, score.questions) == ((1 + 1 / 4) / 4, 1 / 4, 4)
    with pytest.raises(ValueError, match="no questions"):
        evaluate(lambda q: [], [])


@pytest.mark.parametrize(
    ("split", "tokens"),
    [
        (characters, ["节", "水", "pm2.5", "5g"]),
        (pairs, ["节水", "pm2.5", "5g"]),
        (words, ["节水", "pm2.5", "5g"]),
    ],
)
def test_the_tokens_compared(split: object, tokens: list[str]) -> None:
    assert callable(split)
    assert set(tokens) - {"pm2.5", "5g"} <= set(split("节水"))
    if split is not words:
        assert split("节水，PM2.5、5G") == tokens


def test_the_last_variant_is_what_the_searcher_does(tmp_path: Path) -> None:
    library, encoder = open_library(tmp_path), FakeEncoder()
    made = variants(library, encoder, TERMS)
    product = searcher_ranking(library, Searcher.open(library, encoder, TERMS))
    shipped = table_ranking(library, made["fused, thesaurus, places first"])
    for question in ("废气处理", "种树", "松陵市节约用水", "考核"):
        assert shipped(question) == product(question)
    library.close()


@needs_shared
def test_the_questions_are_read() -> None:
    questions = read_questions(SHARED / "gold")
    assert len(questions) > 80
    assert all(q.accepted for q in questions)
    assert {len(path) for q in questions for _, path in q.accepted} <= {1, 2, 3}


@needs_shared
def test_the_search_stays_as_good_as_it_was_measured() -> None:
    """Five questions of 68 below the figures in docs/search.md."""
    result = CliRunner().invoke(main, ["--shared", str(SHARED)], catch_exceptions=False)
    assert result.exit_code == 0
    row = next(line for line in result.output.splitlines() if line.startswith("Searcher"))
    mrr, _, three, *_ = row.removeprefix("Searcher").split()
    assert float(mrr) > 0.80
    assert float(three) > 0.86
