"""How well precedent wording is found: `python -m eval.precedents [--shared FOLDER] [--laws ARCHIVE] [--library FOLDER]`.

gold      questions of kind precedent over the plans and over the sample plans: the share with an accepted clause within the
          first FIRST groups, and the mean share of the accepted clauses that stand in the first GROUPS groups; and how near
          the first group is there, against sentences on things these documents do not treat
planted   sentences of the sample plans rewritten by hand in five graded ways, looked for among the sample plans and, with
          --laws, all laws: the share for which the original is the wording of the first group. Another subject in the same
          frame is no precedent: for that grade the mean similarity of the first group is what tells
time      a paragraph of about PARAGRAPH characters: the least time its precedents take over the least a plain search takes
"""

import json
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import click

from assistant.answers.wording import LEAST
from assistant.config import Settings
from assistant.precedents.types import Group, Precedents
from assistant.service import Assistant, open_assistant
from assistant.streams import bar
from corpus.errors import PolicyError
from eval.gold import Name, Question, read_clause_gold

FIRST, GROUPS = 3, 10
GRADES = ("synonyms", "reordered", "figures", "inserted", "subject")
PARAGRAPH, ROUNDS = 500, 15
PLACE = "云泽"  # a search for a text that names a place looks through its documents first: not what is compared
ROOT = Path(__file__).resolve().parents[1]
SAMPLES, QUESTIONS = ROOT / "corpus" / "samples", ROOT / "eval" / "questions"
Looks = Callable[[str], Precedents]


@dataclass(frozen=True, slots=True)
class Planted:
    """A rewritten sentence and where its original stands: `original` is a slice of the text of `source`."""

    id: str
    grade: str
    text: str
    source: str
    original: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question of the gold: the first group with an accepted clause, from 1, or None; the share of them found."""

    question: Question
    rank: int | None
    recall: float


def read_planted(path: Path) -> list[Planted]:
    """The rewritten sentences of a JSON Lines file, in order."""
    return [Planted(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def judge(question: Question, groups: Sequence[Group]) -> Outcome:
    """What the groups are worth; citing a clause below an accepted one counts."""
    cited = [{(q.citation.source, *q.citation.path) for q in group.quotations} for group in groups[:GROUPS]]
    rank = next((n for n, names in enumerate(cited, 1) if any(_within(c, w) for c in names for w in question.relevant)), None)
    found = sum(any(_within(c, w) for names in cited for c in names) for w in question.relevant)
    return Outcome(question, rank, found / len(question.relevant))


def _within(cited: Name, wanted: Name) -> bool:
    return cited[: len(wanted)] == wanted


def is_first(planted: Planted, found: Precedents, texts: dict[str, str]) -> bool:
    """Whether the first wording of the first group is the original. texts: source → stored text."""
    if not found.groups:
        return False
    place = (planted.source, texts[planted.source].index(planted.original))
    return any((q.citation.source, q.citation.start) == place for q in found.groups[0].variants[0].quotations)


@contextmanager
def opened(folder: Path | None, *paths: Path) -> Iterator[Assistant]:
    """An assistant whose library holds these files: in `folder`, else in one that is removed afterwards."""
    with tempfile.TemporaryDirectory() as scratch:
        assistant = open_assistant(Settings(library=folder or Path(scratch) / "library"))
        try:
            for added in assistant.add(list(paths)):
                if added.status == "failed":
                    click.echo(f"{added.source}：{added.error}", err=True)
            assistant.refresh(bar("建立索引"))
            yield assistant
        finally:
            assistant.library.close()


def tell_gold(name: str, assistant: Assistant, gold: Path, *, failures: bool) -> None:
    """A line of figures, and the questions that are not first-rate where asked for."""
    questions = [q for q in read_clause_gold(gold) if q.kind == "precedent"]
    found = [assistant.precedents(q.text, GROUPS).groups for q in questions]
    outcomes = [judge(q, groups) for q, groups in zip(questions, found, strict=True)]
    early = mean(o.rank is not None and o.rank <= FIRST for o in outcomes)
    recall = mean(o.recall for o in outcomes)
    click.echo(f"{name}：{len(outcomes)} 问，首个认可条款在前 {FIRST} 组内 {early:.3f}，前 {GROUPS} 组的召回 {recall:.3f}")
    absent = [json.loads(line)["text"] for line in (QUESTIONS / "absent.jsonl").read_text(encoding="utf-8").splitlines()]
    nearest = sorted(_nearness(assistant.precedents(text, 1).groups) for text in absent)
    click.echo(
        f"{name}：首组相似度，有认可条款的最低 {min(map(_nearness, found)):.2f}；所写之事不在其中的 {len(absent)} 句，"
        f"居中 {median(nearest):.2f}，最高 {nearest[-1]:.2f}，达到 {LEAST} 的 {sum(n >= LEAST for n in nearest)} 句"
    )
    for o in outcomes if failures else []:
        if o.recall < 1 or o.rank is None or o.rank > FIRST:
            click.echo(f"  {o.question.id} 名次 {o.rank} 召回 {o.recall:.2f} {o.question.text}")


def _nearness(groups: Sequence[Group]) -> float:
    return groups[0].similarity.value if groups else 0.0


def tell_planted(name: str, assistant: Assistant, *, failures: bool) -> None:
    """A line for each grade."""
    texts = {d.source: d.text for d in assistant.documents()}
    rows = read_planted(QUESTIONS / "planted.jsonl")
    for grade in GRADES:
        asked = [(row, assistant.precedents(row.text, GROUPS)) for row in rows if row.grade == grade]
        firsts = [is_first(row, found, texts) for row, found in asked]
        nearness = mean(_nearness(f.groups) for _, f in asked)
        click.echo(f"{name} {grade}：{sum(firsts)}/{len(firsts)} 句的原句在首组之首，首组相似度平均 {nearness:.2f}")
        for (row, found), first in zip(asked, firsts, strict=True):
            if failures and not first:
                click.echo(f"  {row.id} {row.text}\n    → {found.groups[0].wording if found.groups else '（无）'}")


def tell_time(name: str, assistant: Assistant) -> None:
    """Times of precedents, of a draft check and of a plain search of the same text, in turns; and their ratios."""
    rows = [row for row in read_planted(QUESTIONS / "planted.jsonl") if row.grade == "synonyms" and PLACE not in row.text]
    text = "".join(row.text for row in rows)[:PARAGRAPH]
    jobs: dict[str, Callable[[], object]] = {
        "检索": lambda: assistant.search(text),
        "范文比对": lambda: assistant.precedents(text),
        "草稿比对": lambda: assistant.against_draft(text),
    }
    taken: dict[str, list[float]] = {job: [] for job in jobs}
    for _ in range(ROUNDS + 1):  # the first round warms up
        for job, run in jobs.items():
            began = time.perf_counter()
            run()
            taken[job].append(time.perf_counter() - began)
    least = {job: min(times[1:]) for job, times in taken.items()}
    for job, seconds in least.items():
        ratio = f"，为检索的 {seconds / least['检索']:.2f} 倍" if job != "检索" else ""
        click.echo(f"{name} {job} {len(text)} 字：{1000 * seconds:.0f} 毫秒{ratio}")


@click.command()
@click.option("--shared", type=click.Path(path_type=Path, exists=True, file_okay=False), help="含 seeds 与 gold 的文件夹。")
@click.option("--laws", type=click.Path(path_type=Path, exists=True), help="法律文本的压缩包或文件夹：植入测试与用时在其中进行。")
@click.option("--library", type=click.Path(path_type=Path, file_okay=False), help="保留植入测试的文件库，再次测量时不必重建。")
@click.option("--failures", is_flag=True, help="列出不理想的各条。")
def main(shared: Path | None, laws: Path | None, library: Path | None, failures: bool) -> None:
    """测量范文比对。"""
    if shared:
        with opened(None, shared / "seeds") as assistant:
            tell_gold("实际方案", assistant, shared / "gold" / "questions.dev.jsonl", failures=failures)
    with opened(None, SAMPLES) as assistant:
        tell_gold("示例文件", assistant, QUESTIONS / "precedents.jsonl", failures=failures)
        if not laws and not library:
            tell_planted("示例文件", assistant, failures=failures)
            tell_time("示例文件", assistant)
    if laws or library:
        with _unpacked(laws) as folder, opened(library, SAMPLES, *folder) as assistant:
            name = f"法律与示例文件（{sum(assistant.counts().values())} 条）"
            tell_planted(name, assistant, failures=failures)
            tell_time(name, assistant)


@contextmanager
def _unpacked(laws: Path | None) -> Iterator[list[Path]]:
    """The folder of the laws; an archive is unpacked for the time being. Raises PolicyError for a damaged archive."""
    if laws is None or laws.is_dir():
        yield [laws] if laws else []
        return
    with tempfile.TemporaryDirectory() as scratch:
        try:
            with tarfile.open(laws) as archive:
                archive.extractall(scratch, filter="data")
        except (tarfile.TarError, OSError) as error:
            raise PolicyError(f"压缩包 {laws.name} 无法解开（{error}）。请检查文件是否完整。") from error
        yield [Path(scratch)]


if __name__ == "__main__":
    main()
