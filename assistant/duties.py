"""The list of duties: every responsibility statement of the chosen documents as a row of a 责任分工表."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.types import printed_on
from corpus.types import Clause, Document, Responsibility, Table

_TASK_COLUMN = re.compile(r"任务|事项|措施|内容|工作|项目|指标")
LONGEST_TASK = 120


@dataclass(frozen=True, slots=True)
class Duty:
    """One row. Units in the order of the text; start, end: extent of the statement in the document; page, ocr: as of a Citation."""

    document: str
    title: str
    region: str | None
    clause: str
    label: str
    task: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    responsible: tuple[str, ...]
    inherited: tuple[str, ...]
    departments: frozenset[str]
    deadline: str | None
    start: int
    end: int
    draft: bool = False
    old: bool = False
    page: int | None = None
    ocr: bool = False

    @property
    def source(self) -> str:
        """The place as official documents cite it, a draft and an old version marked: `《…方案》（征求意见稿）三、（九）…`."""
        draft = "（征求意见稿）" if self.draft and "征求意见稿" not in self.title else ""
        return f"《{self.title}》{draft}{'（旧版本）' if self.old else ''}{self.label}"


def row_task(table: Table, start: int) -> str | None:
    """The task of the table row that holds an offset."""
    for row in table.rows:
        if row.start <= start < max(row.end, row.start + 1):
            column = next((i for i, name in enumerate(table.header) if _TASK_COLUMN.search(name)), 0)
            return "".join(row.cells[column].text.split())
    return None


def _task(clause: Clause, start: int) -> str:
    """What has to be done: the row's task, the heading, or the beginning of the text."""
    for table in clause.tables:
        if table.start <= start < table.end and (task := row_task(table, start)):
            return task
    if clause.heading:
        return clause.heading
    text = "".join(clause.text.split())
    return text if len(text) <= LONGEST_TASK else text[: LONGEST_TASK - 1] + "…"


def _units(duties: Iterable[Responsibility], role: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(d.unit for d in duties if d.role == role and not d.inherited))


def duties_of(document: Document, clauses: Iterable[Clause]) -> Iterator[Duty]:
    """The duties of a document in its order: one row a statement. A clause that only inherits gives no row."""
    for clause in clauses:
        below = tuple(dict.fromkeys(d.unit for d in clause.responsibilities if d.inherited))
        extents = dict.fromkeys((d.start, d.end) for d in clause.responsibilities if not d.inherited)
        for start, end in extents:
            own = [d for d in clause.responsibilities if (d.start, d.end) == (start, end) and not d.inherited]
            yield Duty(
                document.id, document.facts.title, document.facts.region, clause.id, clause.label, _task(clause, start),
                _units(own, "lead"), _units(own, "support"), _units(own, "responsible"), below,
                frozenset(d.department for d in own), next((d.deadline for d in own if d.deadline), None), start, end, document.facts.draft,
                not document.current, *printed_on(document, start, end),
            )  # fmt: skip


def chosen(duties: Iterable[Duty], *, departments: Sequence[str] = (), words: str = "") -> list[Duty]:
    """The duties of these departments (all if none is named) whose task or source holds the words."""
    wanted = set(departments)
    return [d for d in duties if (not wanted or d.departments & wanted) and words in d.task + d.source]
