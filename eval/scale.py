"""How the library bears many files: `python -m eval.scale FOLDER --shared ../shared`.

Adds FOLDER to a library, asks questions of it, and prints: seconds for reading and for indexing (by the clock, and of one
core), the most memory held, milliseconds a search takes, how many of its first ten hits a search ten times as deep has, and milliseconds a whole
answer takes, by kind of question.
"""

import json
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
import numpy as np

from assistant.config import Settings
from assistant.service import open_assistant
from assistant.streams import bar
from assistant.types import Kind
from corpus.ingest import add_paths
from corpus.lexicon.terms import Thesaurus, load_terms
from corpus.store import Library
from index.build import ensure
from index.encoder import open_encoder
from index.fusion import DEPTH
from index.search import Searcher

SHOWN = 10
DEEPER = 10  # times DEPTH
CHECKED = 50  # questions asked twice
ANSWERED = 50  # questions answered in full

T = TypeVar("T")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--shared", type=click.Path(path_type=Path, exists=True), default=Path("../shared"), help="放有问题的目录。")
@click.option("--library", type=click.Path(path_type=Path, file_okay=False), help="保留文件库的文件夹。")
@click.option("--questions", "count", type=click.IntRange(10), default=200, show_default=True, help="提多少个问题。")
def main(folder: Path, shared: Path, library: Path | None, count: int) -> None:
    """测量大量文件的入库与检索用时。"""
    lines = (shared / "questions" / "written.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["query"] for line in lines[:: max(1, len(lines) // count)]][:count]
    with tempfile.TemporaryDirectory() as scratch:
        kept = library or Path(scratch)
        opened, encoder = Library(kept), open_encoder("builtin")
        outcomes = _timed("读取", lambda: list(add_paths(opened, [folder])))
        manifest = _timed("建立索引", lambda: ensure(opened, encoder, progress=bar("建立索引")))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # kilobytes on Linux
        _say(f"文件 {len(outcomes)} 件，条款 {manifest.clauses:,} 个，文本 {manifest.texts:,} 段，内存最多 {peak:.1f} GB")
        _ask(Searcher.open(opened, encoder, Thesaurus(load_terms())), questions)
        opened.close()
        _answer(kept, questions[:: max(1, count // ANSWERED)])


def _ask(searcher: Searcher, questions: list[str]) -> None:
    for question in questions[:5]:
        searcher.search(question, SHOWN)
    clock, core = [], []
    for question in questions:
        began, used = time.perf_counter(), time.process_time()
        searcher.search(question, SHOWN)
        clock.append(1000 * (time.perf_counter() - began))
        core.append(1000 * (time.process_time() - used))
    _say(f"检索 {len(questions)} 问：中位 {np.median(clock):.1f} 毫秒，九成以内 {np.quantile(clock, 0.9):.1f} 毫秒；")
    _say(f"处理器时间中位 {np.median(core):.1f} 毫秒")
    shares = []
    for question in questions[:CHECKED]:
        deep = searcher.search(question, DEEPER * DEPTH)[:SHOWN]
        shares.append(len({h.clause for h in deep} & {h.clause for h in searcher.search(question, SHOWN)}) / max(len(deep), 1))
    _say(f"前 {SHOWN} 条与候选多 {DEEPER} 倍时相同的比例：{np.mean(shares):.4f}（{len(shares)} 问）")


def _answer(library: Path, questions: list[str]) -> None:
    """What a user waits for: the whole answer, which for some kinds of question looks through every document."""
    assistant = open_assistant(Settings(library))
    _timed("第一问作答", lambda: assistant.ask(questions[0]))
    clock: defaultdict[Kind, list[float]] = defaultdict(list)
    for question in questions:
        began = time.perf_counter()
        kind = assistant.ask(question).kind
        clock[kind].append(1000 * (time.perf_counter() - began))
    assistant.library.close()
    for kind, times in sorted(clock.items(), key=lambda each: -len(each[1])):
        _say(f"作答 {kind} {len(times)} 问：中位 {np.median(times):.0f} 毫秒，最多 {max(times):.0f} 毫秒")


def _timed(what: str, work: Callable[[], T]) -> T:
    began, used = time.perf_counter(), time.process_time()
    made = work()
    _say(f"{what}：{time.perf_counter() - began:.0f} 秒，处理器时间 {time.process_time() - used:.0f} 秒")
    return made


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
