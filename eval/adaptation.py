"""What `policy train` is worth on real files: `python -m eval.adaptation --shared ../shared`.

A library of the five plans and thirty reports is adapted twice: from its own texts alone, and with marks, for which half
of the questions of the gold are answered beforehand as a user would. The whole search is then asked the questions.
"""

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from assistant.streams import bar
from assistant.training import outcome_text
from corpus.lexicon.terms import Thesaurus, load_terms
from eval.corpora import Corpus, open_plans
from eval.gold import Name, Question, read_clause_gold
from eval.search import judge, product, rank_all
from eval.statistics import paired
from eval.suites import GOLD, SEEDS
from index.adapt.adaptation import Given, adapt, undo
from index.adapt.fit import Schedule
from index.adapt.shelf import open_serving
from index.search import Searcher
from index.training.material import REPORTS
from index.training.texts import read_members

REPORTS_USED = 30
MEASURE = "RR@10"
MARKED, OTHERS = "标记过的问题", "其余问题"

Values = dict[str, list[float]]  # group of questions → a value for each


@dataclass(frozen=True, slots=True)
class Groups:
    """The questions that are answered beforehand, and those that are not."""

    marked: tuple[Question, ...]
    others: tuple[Question, ...]

    @classmethod
    def of(cls, questions: Sequence[Question]) -> "Groups":
        """Halves, by a hash of the question."""
        told = {q.id for q in questions if blake2b(q.text.encode(), digest_size=1).digest()[0] % 2}
        return cls(tuple(q for q in questions if q.id in told), tuple(q for q in questions if q.id not in told))


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval.adaptation", description="测量按本库训练编码器的作用")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="数据目录（默认 ../shared）")
    shared = parser.parse_args(arguments).shared
    missing = [name for name in (*GOLD, SEEDS, REPORTS) if not (shared / name).exists()]
    if missing:
        sys.stderr.write(f"数据目录 {shared} 中缺少：{'、'.join(missing)}。请用 --shared 指定数据目录\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        corpus = open_corpus(Path(folder), shared)
        measure_training(corpus, Groups.of([q for name in GOLD for q in read_clause_gold(shared / name)]))
        corpus.library.close()
    return 0


def open_corpus(folder: Path, shared: Path) -> Corpus:
    """The five plans and the first REPORTS_USED reports as a library in `folder`."""
    reports = folder / "reports"
    reports.mkdir()
    for path, text in islice(sorted(read_members(shared / REPORTS, ".txt")), REPORTS_USED):
        (reports / path.name).write_text(text, encoding="utf-8")
    return open_plans(folder / "library", [shared / SEEDS, reports])


def measure_training(corpus: Corpus, groups: Groups, schedule: Schedule | None = None) -> None:
    """Adapts twice and prints what became of it, and what the whole search finds before and after."""
    before = asked(corpus, groups)
    for name, questions in (("只用本库文本", ()), (f"并标记 {len(groups.marked)} 个问题的条款", groups.marked)):
        _say(f"\n== {name} ==")
        mark(corpus, questions)
        terms = load_terms()
        given = Given((), terms, corpus.library.marks())
        outcome = adapt(corpus.library, given, schedule=schedule, training=bar("训练", "步"), indexing=bar("建立索引"))
        _say(outcome_text(outcome))
        if outcome.verdict == "adopted":
            _say("完整检索（关键词与语义合并）的 MRR@10，括号内为差值及其 95% 置信区间：")
            _compare(before, asked(corpus, groups))
            undo(corpus.library)


def mark(corpus: Corpus, questions: Sequence[Question]) -> None:
    """Marks the clauses that the gold accepts as right."""
    ids: dict[Name, str] = {}
    for id, name in corpus.names.items():
        ids.setdefault(name, id)
    for question in questions:
        for name in sorted(question.relevant):
            if name in ids:
                corpus.library.mark(question.text, ids[name], good=True)


def asked(corpus: Corpus, groups: Groups) -> Values:
    """The reciprocal rank of every question by the product's search, with the encoder that serves."""
    searcher = Searcher.open(corpus.library, open_serving(corpus.library), Thesaurus(load_terms()))
    found: Values = {}
    for name, questions in ((MARKED, groups.marked), (OTHERS, groups.others)):
        rankings = rank_all(corpus, product(searcher), questions, bar("提问"))
        found[name] = [one.values[MEASURE] for one in judge(questions, rankings)]
    return found


def _compare(before: Mapping[str, list[float]], after: Mapping[str, list[float]]) -> None:
    for name, values in before.items():
        found = paired(values, after[name])
        interval = f"{found.value:+.3f}，{found.low:+.3f} 至 {found.high:+.3f}"
        _say(f"  {name}：{len(values)} 问，{found.before:.3f} → {found.after:.3f}（{interval}）")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
