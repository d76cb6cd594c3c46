"""How well the search finds clauses, and what each part adds: `python -m eval.search --shared ../shared`.

Questions: the development questions of `gold/` over the five plans of `seeds/`. A question is answered at the first rank
whose clause is accepted, or lies below an accepted one (三/九/1 counts as 三/九).  MRR@10: mean of 1 / rank, 0 beyond ten.
first three: share of the questions answered by rank three.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from corpus.ingest import add_paths
from corpus.lexicon.terms import Thesaurus, load_terms
from corpus.store import Library
from eval.ablation import Table, variants
from index.encoder import open_encoder
from index.search import Searcher

KINDS = ("find", "precedent", "who", "lead", "target", "table", "compare")
PLAIN = ("find", "precedent", "who")
DEPTH = 10

ClauseName = tuple[str, tuple[str, ...]]  # source, path
Ranking = Callable[[str], Sequence[ClauseName]]  # question → clauses, best first


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and what a careful reader accepts: (source, path) of clauses."""

    id: str
    kind: str
    text: str
    accepted: frozenset[ClauseName]


@dataclass(frozen=True, slots=True)
class Score:
    """Means over `questions` questions, in [0, 1]."""

    mrr: float
    first_three: float
    questions: int


def read_questions(gold: Path) -> list[Judged]:
    """The development questions that are answered by clauses, of KINDS."""
    rows = [
        json.loads(line)
        for name in ("find.dev.jsonl", "questions.dev.jsonl")
        for line in (gold / name).read_text(encoding="utf-8").splitlines()
    ]
    return [
        Judged(
            row["id"],
            row["kind"],
            row["question"],
            frozenset((s, tuple(p.split("/"))) for s, p in row["clauses"]),
        )
        for row in rows
        if row["kind"] in KINDS and row["clauses"]
    ]


def first_accepted(hits: Sequence[ClauseName], accepted: frozenset[ClauseName]) -> int | None:
    """The 1-based rank of the first hit that is an accepted clause or lies below one, None if there is none."""
    for rank, (source, path) in enumerate(hits, start=1):
        if any((source, path[:n]) in accepted for n in range(1, len(path) + 1)):
            return rank
    return None


def evaluate(ranking: Ranking, questions: Sequence[Judged]) -> Score:
    """Means over all questions; one that is not answered counts as 0. Raises ValueError for no questions."""
    if not questions:
        raise ValueError("no questions")
    ranks = [first_accepted(ranking(q.text)[:DEPTH], q.accepted) for q in questions]
    mrr = sum(1 / rank for rank in ranks if rank) / len(ranks)
    return Score(mrr, sum(1 for rank in ranks if rank and rank <= 3) / len(ranks), len(ranks))


def searcher_ranking(library: Library, searcher: Searcher) -> Ranking:
    """The product's own search."""
    names = {c.id: (library.document(c.document).source, c.path) for c in library.clauses()}
    return lambda question: [names[hit.clause] for hit in searcher.search(question, DEPTH)]


def table_ranking(library: Library, table: Table) -> Ranking:
    """An ablation's search: clauses by its scores, ties by clause id."""
    names = {c.id: (library.document(c.document).source, c.path) for c in library.clauses()}
    return lambda question: [names[id] for id in table(question)[:DEPTH]]


@click.command()
@click.option(
    "--shared",
    type=click.Path(path_type=Path, exists=True),
    required=True,
    help="放有 seeds 与 gold 的目录。",
)
@click.option("--encoder", default="builtin", show_default=True, help="编码器名称或文件夹。")
def main(shared: Path, encoder: str) -> None:
    """在开发用问题上测量检索，逐项列出各部分的作用。"""
    questions = read_questions(shared / "gold")
    plain = [q for q in questions if q.kind in PLAIN]
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder))
        failed = [o for o in add_paths(library, [shared / "seeds"]) if o.status == "failed"]
        if failed:
            raise click.ClickException(f"{failed[0].source}：{failed[0].error}")
        opened, thesaurus = open_encoder(encoder), Thesaurus(load_terms())
        rankings = {name: table_ranking(library, t) for name, t in variants(library, opened, thesaurus).items()}
        rankings["Searcher"] = searcher_ranking(library, Searcher.open(library, opened, thesaurus))
        sys.stdout.write(f"MRR@10 / first three: {len(plain)} find, precedent, who; all {len(questions)}\n")
        for name, ranking in rankings.items():
            first, every = evaluate(ranking, plain), evaluate(ranking, questions)
            sys.stdout.write(f"{name:<44} {_shown(first)}   {_shown(every)}\n")
        library.close()


def _shown(score: Score) -> str:
    return f"{score.mrr:.3f} / {score.first_three:.3f}"


if __name__ == "__main__":
    main()
