"""A searcher on a set of questions: what each question's ranking is worth."""

from collections.abc import Callable, Sequence

from corpus.errors import QueryError
from eval.corpora import Corpus
from eval.gold import Name, Question
from eval.measures import DEPTH, first_rank, measure
from eval.runs import Asked
from index.base import Progress
from index.search import Searcher

Ranking = Callable[[str], Sequence[str]]  # question → clause ids, best first
PRODUCT = "Searcher"


def product(searcher: Searcher) -> Ranking:
    """The product's own search; nothing for a question it refuses."""

    def ranked(question: str) -> list[str]:
        try:
            return [hit.clause for hit in searcher.search(question, DEPTH)]
        except QueryError:
            return []

    return ranked


def rank_all(corpus: Corpus, rank: Ranking, questions: Sequence[Question], progress: Progress) -> dict[str, list[Name]]:
    """Question id → names, best first."""
    rankings: dict[str, list[Name]] = {}
    for n, question in enumerate(questions, 1):
        rankings[question.id] = [corpus.names[id] for id in rank(question.text)]
        progress(n, len(questions))
    return rankings


def judge(questions: Sequence[Question], rankings: dict[str, list[Name]]) -> tuple[Asked, ...]:
    """Every question with its values. `rankings`: question id → names, best first."""
    values = measure(questions, rankings)
    return tuple(Asked(q.id, q.kind, q.text, first_rank(rankings.get(q.id, ()), q.relevant), values[q.id]) for q in questions)
