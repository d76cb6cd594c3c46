"""How good it is: `python -m eval.run`, `… ablation`, `… compare BEFORE AFTER`.

Measures the search on questions over real plans, sample plans and law articles, and the answers; prints tables, writes
`run.json` and `report.md`. What each figure means: docs/evaluation.md.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click

from assistant.chinese_click import Group
from assistant.streams import bar, told
from corpus.errors import PolicyError
from corpus.lexicon.terms import Thesaurus, load_terms
from eval import comparison
from eval.ablation import ablate
from eval.answering import measure_answers
from eval.corpora import up_to_date
from eval.report import write_report
from eval.runs import Made, Result, Run, State, read_run, write_run
from eval.search import PRODUCT, judge, product, rank_all
from eval.suites import ANSWERS, ARTICLES, PLANS, SAMPLES, Asking, Suite, missing_files, open_suites
from eval.tables import as_text, heading, tables
from index.base import Encoder
from index.encoder import open_encoder
from index.manifest import Manifest
from index.search import Searcher

OUT = Path("build/eval")
SUITES = (PLANS, SAMPLES, ARTICLES, ANSWERS)


class _Measuring(Group):
    """`measure` is the command where none is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click.Group."""
        if not args or (args[0].startswith("-") and args[0] != "--help"):
            args = ["measure", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Measuring)
def main() -> None:
    """测量检索与问答。不写命令即为 measure。"""


def asking(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say what is asked of what."""
    path, file = click.Path(path_type=Path, exists=True), click.Path(path_type=Path, exists=True, dir_okay=False)
    for option in (
        click.option(
            "--out", type=click.Path(path_type=Path, file_okay=False), default=OUT, show_default=True, help="结果写到哪里。"
        ),
        click.option("--sample", type=click.IntRange(1, 1_000_000), help="每组至多取多少问（等距抽取）。默认全取。"),
        click.option("--encoder", default="builtin", show_default=True, help="编码器名称或文件夹。"),
        click.option(
            "--library", type=click.Path(path_type=Path, file_okay=False), help="保留测量用文件库的文件夹，再次测量时不必重建。"
        ),
        click.option("--documents", type=path, help="按条款评判的 --gold 文件所问的文件夹，默认为 --shared 中的 seeds。"),
        click.option("--gold", type=file, multiple=True, help="另外的问题文件（JSONL），可多次给出；不写 --on 时只测这些。"),
        click.option("--shared", type=path, default=Path("../shared"), show_default=True, help="放有法规、方案与问题的目录。"),
    ):
        command = option(command)
    return command


@main.command()
@asking
@click.option("--on", "suites", type=click.Choice(SUITES), multiple=True, help="测哪些，可多次给出。默认全测。")
def measure(suites: tuple[str, ...], **options: Any) -> None:
    """测量实际使用的检索与问答。"""
    _run(suites or (() if options["gold"] else SUITES), _searched, **options)


@main.command()
@asking
@click.option(
    "--on", "suites", type=click.Choice(SUITES[:-1]), multiple=True, help="测哪些，可多次给出。默认 plans 与 articles。"
)
def ablation(suites: tuple[str, ...], **options: Any) -> None:
    """逐项测量检索各部分的作用。"""
    _run(suites or (() if options["gold"] else (PLANS, ARTICLES)), partial(ablate, progress=bar("各种做法")), **options)


def _run(
    suites: tuple[str, ...],
    results_of: Callable[[Suite, Encoder, Thesaurus], Iterator[Result]],
    *,
    out: Path,
    encoder: str,
    library: Path | None,
    **asked: Any,
) -> None:
    wanted = Asking(suites=suites, **asked)
    with _told(), _folder(library) as folder:
        opened, thesaurus = open_encoder(encoder), Thesaurus(load_terms())
        results: list[Result] = []
        states: dict[str, State] = {}
        for suite, manifest in _indexed(wanted, folder, opened):
            states[suite.name] = State.of(manifest)
            results += results_of(suite, opened, thesaurus)
        if ANSWERS in suites:
            for result, manifest in measure_answers(wanted, folder, opened):
                states[result.corpus] = State.of(manifest)
                results.append(result)
        _finish(out, Run(Made.now(opened), states, tuple(results)))


def _searched(suite: Suite, encoder: Encoder, thesaurus: Thesaurus) -> Iterator[Result]:
    rank = product(Searcher(suite.corpus.library, encoder, thesaurus))
    for name, questions in suite.sets.items():
        yield Result(name, PRODUCT, suite.name, judge(questions, rank_all(suite.corpus, rank, questions, bar(f"检索 {name}"))))


def _indexed(wanted: Asking, folder: Path, encoder: Encoder) -> Iterator[tuple[Suite, Manifest]]:
    """The suites with their indexes up to date; each library is closed when the next suite is asked for."""
    if missing := missing_files(wanted):
        raise PolicyError(
            f"数据目录 {wanted.shared} 中缺少：{'、'.join(missing)}。请用 --shared 指定数据目录，或用 --on 选择其他项目。"
        )
    for suite in open_suites(wanted, folder):
        yield suite, up_to_date(suite.corpus.library, encoder, bar(f"建立索引 {suite.name}"))
        suite.corpus.library.close()


def _finish(out: Path, run: Run) -> None:
    out.mkdir(parents=True, exist_ok=True)
    write_run(out / "run.json", run)
    report = write_report(out, run)
    click.echo("\n".join(heading(run)))
    for table in tables(run):
        click.echo(f"\n{as_text(table)}")
    click.echo(f"\n已写入 {out / 'run.json'} 与 {report}")


@main.command()
@click.argument("before", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="前一次")
@click.argument("after", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="后一次")
@click.option("--systems", nargs=2, metavar="做法 做法", help="对照前者的一种做法与后者的另一种；默认对照同名的做法。")
@click.option(
    "--questions", type=click.IntRange(0, 100_000), default=40, show_default=True, help="每组至多列出多少个有变化的问题。"
)
def compare(before: Path, after: Path, systems: tuple[str, str] | None, questions: int) -> None:
    """对照两次测量的 run.json：差别是否显著，哪些问题变了。"""
    with _told():
        first, second = read_run(before), read_run(after)
        for line in comparison.warnings(first, second):
            click.echo(line)
        for compared in comparison.compare(first, second, systems):
            click.echo(f"\n{as_text(comparison.table(compared))}")
            click.echo("\n".join(comparison.changes(compared, questions)))


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept:
        yield kept
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def _told() -> Iterator[None]:
    """Errors as a sentence on stderr and exit code 1."""
    try:
        yield
    except (PolicyError, OSError) as error:
        click.echo(told(error), err=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
