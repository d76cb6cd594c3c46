"""How well questions are answered: `python -m eval.answers --gold FILE --documents FOLDER [--failures]`.

A temporary library is built from the folder and every question of the gold file goes through `Assistant.ask`. By kind of
question, the share of the questions on which the answer is right in each respect; a respect a question says nothing
about counts as right:

kind      the kind asked was recognised; a `none` question has no kind to recognise
outcome   `answered`, for a `none` question `not_found` with no unit and no figure among its items
clauses   every clause wanted is cited (one below it counts), and where the question names cities no other document is;
          for find and precedent: one of the first three citations is an accepted clause
units     exactly the bodies wanted, inherited ones and local governments aside; where leads are wanted exactly those lead;
          for lead others may stand beside those wanted; for tasks the bodies asked about are there, inherited or not
values    every figure wanted is among the items' figures (for meta: in the answer), ％ read as %
all       right in every respect
"""

import json
import re
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from assistant.config import Settings
from assistant.service import Assistant
from assistant.types import Answer
from corpus.errors import PolicyError

ASPECTS = ("kind", "outcome", "clauses", "units", "values")
NONE = "none"
PASSAGE_KINDS = ("find", "precedent")
PASSAGE_DEPTH = 3
LOCAL = re.compile(r"(?:政府|管委会|管理委员会|街道办事处|各地|各镇〔?（?街道）?〕?)$")  # bodies of a place, not departments
FOLDED = str.maketrans({"％": "%", "〈": "<", "＜": "<", "［": "[", "］": "]", " ": "", "\u3000": ""})

ClauseName = tuple[str, tuple[str, ...]]  # source, path


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question and what a careful reader answers; an empty field asks for nothing."""

    id: str
    kind: str
    question: str
    clauses: tuple[ClauseName, ...]
    units: frozenset[str]
    leads: frozenset[str]
    values: tuple[str, ...]
    regions: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a question: the aspects that are wrong, and the answer (None where the question was refused)."""

    wanted: Wanted
    answer: Answer | None
    wrong: tuple[str, ...]


def read_gold(path: Path) -> list[Wanted]:
    """The questions of a JSON Lines file, in its order; `leads` may be absent. Raises KeyError for a missing field."""
    return [_wanted(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _wanted(row: dict[str, object]) -> Wanted:
    def texts(key: str) -> tuple[str, ...]:
        given = row.get(key, [])
        assert isinstance(given, list)
        return tuple(str(x) for x in given)

    clauses = row["clauses"]
    assert isinstance(clauses, list)
    return Wanted(
        id=str(row["id"]),
        kind=str(row["kind"]),
        question=str(row["question"]),
        clauses=tuple((str(source), tuple(str(path).split("/"))) for source, path in clauses),
        units=frozenset(texts("units")),
        leads=frozenset(texts("leads")),
        values=texts("values"),
        regions=texts("regions"),
        note=str(row.get("note", "")),
    )


def judge(wanted: Wanted, answer: Answer | None) -> Verdict:
    """Which aspects of an answer are wrong; all of them where there is no answer."""
    if answer is None:
        return Verdict(wanted, None, ASPECTS)
    if wanted.kind == NONE:
        return Verdict(wanted, answer, () if _declines(answer) else ("outcome",))
    right = {
        "kind": answer.kind == wanted.kind,
        "outcome": answer.outcome == "answered",
        "clauses": clauses_right(wanted, answer),
        "units": units_right(wanted, answer),
        "values": values_right(wanted, answer),
    }
    return Verdict(wanted, answer, tuple(aspect for aspect in ASPECTS if not right[aspect]))


def _declines(answer: Answer) -> bool:
    return answer.outcome == "not_found" and not any(item.units or item.values for item in answer.items)


def clauses_right(wanted: Wanted, answer: Answer) -> bool:
    """Whether what must be cited is cited, and nothing from a city that was not asked about."""
    cited: list[ClauseName] = [(c.source, c.path) for c in answer.citations]
    if not wanted.clauses:
        return True
    if wanted.kind in PASSAGE_KINDS:
        return any(_stands_in(c, w) for c in cited[:PASSAGE_DEPTH] for w in wanted.clauses)
    sources = {source for source, _ in wanted.clauses}
    elsewhere = bool(wanted.regions) and any(source not in sources for source, _ in cited)
    return not elsewhere and all(any(_stands_in(c, w) for c in cited) for w in wanted.clauses)


def _stands_in(cited: ClauseName, wanted: ClauseName) -> bool:
    return cited[0] == wanted[0] and cited[1][: len(wanted[1])] == wanted[1]


def units_right(wanted: Wanted, answer: Answer) -> bool:
    """Whether the bodies that were given the task directly are those wanted, and those that lead lead."""
    if not wanted.units:
        return True
    given = [u for item in answer.items for u in item.units]
    if wanted.kind == "tasks":
        return wanted.units <= {u.unit for u in given}
    direct = [u for u in given if not u.inherited and not LOCAL.search(u.unit)]
    names = {u.unit for u in direct}
    if wanted.leads and wanted.leads != {u.unit for u in direct if u.role == "lead"}:
        return False
    return wanted.units <= names if wanted.kind == "lead" else wanted.units == names


def values_right(wanted: Wanted, answer: Answer) -> bool:
    """Whether every figure wanted is given, as a whole figure: 5% does not stand in 14.5%."""
    given = [fold(v) for item in answer.items for v in item.values]
    if wanted.kind == "meta":
        given.append(fold(answer.text))
    return all(any(_figure(fold(v)).search(g) for g in given) for v in wanted.values)


def _figure(value: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.]){re.escape(value)}(?![\d.])")


def fold(text: str) -> str:
    """Full-width signs in figures as half-width ones, without spaces: `80％` → `80%`."""
    return text.translate(FOLDED)


def ask_all(assistant: Assistant, questions: Iterable[Wanted]) -> list[Verdict]:
    """Every question through the product, in order; one that is refused is wrong in every aspect."""
    return [judge(wanted, _ask(assistant, wanted.question)) for wanted in questions]


def _ask(assistant: Assistant, question: str) -> Answer | None:
    try:
        return assistant.ask(question)
    except PolicyError:
        return None


def table(verdicts: Sequence[Verdict]) -> str:
    """Shares by kind of question, and over all of them. Raises ValueError for no questions."""
    if not verdicts:
        raise ValueError("no questions")
    by_kind: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        by_kind.setdefault(verdict.wanted.kind, []).append(verdict)
    lines = [f"{'':<10}{'n':>5}" + "".join(f"{name:>9}" for name in (*ASPECTS, "all"))]
    lines += [_row(kind, some) for kind, some in sorted(by_kind.items())]
    return "\n".join([*lines, _row("total", verdicts)])


def _row(name: str, verdicts: Sequence[Verdict]) -> str:
    right = [sum(aspect not in v.wrong for v in verdicts) for aspect in ASPECTS]
    right.append(sum(not v.wrong for v in verdicts))
    return f"{name:<10}{len(verdicts):>5}" + "".join(f"{n / len(verdicts):>9.3f}" for n in right)


def describe(verdict: Verdict) -> str:
    """A failure for people: the question, what is wrong, what was wanted, what was got."""
    wanted, answer = verdict.wanted, verdict.answer
    lines = [f"{wanted.id}  {wanted.question}  [{' '.join(verdict.wrong)}]  {wanted.note}".rstrip()]
    lines.append(f"  wanted  {wanted.kind}  {_clauses(wanted.clauses)}  {_list(wanted.units)}  {' '.join(wanted.values)}")
    if wanted.leads:
        lines.append(f"  leads   {_list(wanted.leads)}")
    if answer is None:
        return "\n".join([*lines, "  got     refused"])
    lines.append(f"  got     {answer.kind} {answer.outcome}  {_clauses((c.source, c.path) for c in answer.citations)}")
    for item in answer.items:
        units = "、".join(f"{u.unit}{'*' if u.role == 'lead' else ''}" for u in item.units if not u.inherited)
        lines.append(f"          {item.source[:3]} {'/'.join(item.path)}  {units}  {' '.join(item.values)}")
    if answer.outcome == "not_found":
        lines.append(f"          {answer.text[:120]!r}")
    return "\n".join(lines)


def _clauses(names: Iterable[ClauseName]) -> str:
    return " ".join(f"{source[:3]}:{'/'.join(path)}" for source, path in names) or "-"


def _list(names: Iterable[str]) -> str:
    return "、".join(sorted(names))


@click.command()
@click.option(
    "--gold",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="问题与答案（JSONL）。",
)
@click.option("--documents", type=click.Path(path_type=Path, exists=True), required=True, help="放有文件的文件夹。")
@click.option("--failures", is_flag=True, help="逐条列出答错的问题。")
def main(gold: Path, documents: Path, failures: bool) -> None:
    """用一组问题测量问答，按问题类型列出各方面的正确率。"""
    questions = read_gold(gold)
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant(Settings(library=Path(folder)))
        failed = [outcome for outcome in assistant.add([documents]) if outcome.status == "failed"]
        if failed:
            raise click.ClickException(f"{failed[0].source}：{failed[0].error}")
        verdicts = ask_all(assistant, questions)
        assistant.library.close()
    if failures:
        sys.stdout.write("".join(f"{describe(v)}\n" for v in verdicts if v.wrong))
    sys.stdout.write(f"{table(verdicts)}\n")


if __name__ == "__main__":
    main()
