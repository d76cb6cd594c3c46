"""A run as tables: rows by kind of question, or by system where several were asked the same."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from eval.measures import shown
from eval.runs import Asked, Result, Run
from eval.statistics import Difference, mean, paired

ALL = "全部"


@dataclass(frozen=True, slots=True)
class Table:
    """Text cells; every row is as long as the head."""

    title: str
    head: list[str]
    body: list[list[str]]


def by_set(run: Run) -> dict[str, list[Result]]:
    """Set → its results, in the order of the run; results without questions are left out."""
    sets: dict[str, list[Result]] = {}
    for result in run.results:
        if result.questions:
            sets.setdefault(result.set, []).append(result)
    return sets


def rows(results: Sequence[Result]) -> dict[str, tuple[Asked, ...]]:
    """Name of a row → its questions: by system where there are several results, else every kind and then all of them."""
    if len(results) > 1:
        return {result.system: result.questions for result in results}
    kinds = results[0].by_kind()
    return {results[0].set: results[0].questions} if len(kinds) < 2 else {**kinds, ALL: results[0].questions}


def tables(run: Run) -> list[Table]:
    """A table for each set."""
    return [_table(name, results) for name, results in by_set(run).items()]


def _table(name: str, results: Sequence[Result]) -> Table:
    """Of several results the last is the one the others are compared with, on the first measure."""
    measures = results[0].measures
    body = [
        [row, str(len(some)), *(str(mean([q.values[m] for q in some])) for m in measures)] for row, some in rows(results).items()
    ]
    head = ["", "问数", *map(shown, measures)]
    if len(results) > 1:
        last, first = results[-1], measures[0]
        head.append(f"比末行（{shown(first)}）")
        for row, result in zip(body, results, strict=True):
            row.append("" if result is last else difference(_difference(last, result, first)))
    return Table(f"{name}（{results[0].system if len(results) == 1 else results[0].corpus}）", head, body)


def _difference(before: Result, after: Result, measure: str) -> Difference:
    return paired([q.values[measure] for q in before.questions], [q.values[measure] for q in after.questions])


def difference(found: Difference) -> str:
    """`+0.012（-0.003 至 +0.027），p=0.131`."""
    p = "p<0.001" if found.p < 0.001 else f"p={found.p:.3f}"
    return f"{found.value:+.3f}（{found.low:+.3f} 至 {found.high:+.3f}），{p}"


def heading(run: Run) -> list[str]:
    """What was measured with what, a line each."""
    made = run.made
    lines = [
        f"编码器：{made.encoder}，{made.dim} 维，指纹 {made.fingerprint[:12]}",
        f"程序：提交 {made.short_commit}；{made.time}",
        f"机器：{made.machine}，{made.cpus} 核，Python {made.python}",
    ]
    for name, state in run.corpora.items():
        counts = f"{state.documents:,} 份文件，{state.clauses:,} 个条款，{state.texts:,} 段文本"
        lines.append(f"文本 {name}：{counts}，状态 {state.state[:12]}")
    return lines


def as_text(table: Table) -> str:
    """For the terminal, columns aligned."""
    lines = [table.head, *table.body]
    widths = [max(_width(row[i]) for row in lines) for i in range(len(table.head))]
    padded = ("  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)) for row in lines)
    return "\n".join([table.title, *(line.rstrip() for line in padded)])


def as_markdown(table: Table) -> str:
    """For the report, under a heading."""
    lines = [table.head, ["---"] * len(table.head), *table.body]
    return "\n".join([f"## {table.title}", "", *(f"| {' | '.join(map(_cell, row))} |" for row in lines)])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _width(text: str) -> int:
    """Columns of a terminal: Chinese characters and full-width marks take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
