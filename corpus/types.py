"""The records everything speaks: frozen, compared by value, free of behaviour that needs other rooms.

One coordinate system: every `start` and `end` is a character offset into the stored text of the document,
half open, so that `document.text[x.start:x.end]` is what the record stands for.
"""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

Role = Literal["lead", "support", "responsible"]
Bound = Literal["=", ">=", "<=", "~"]
Change = Literal["down", "up", "level"]
ClauseKind = Literal["front", "part", "item", "article", "annex", "table", "paragraph", "closing"]


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One body named by a responsibility statement.

    unit: the document's own name, an omitted prefix restored (`市发展改革委、生态环境局` → `市生态环境局`).
    department: the function it belongs to, the same for 市发改委 and 市发展改革委; the unit itself if no row knows it.
    deadline: as written, or None.  start, end: extent of the statement (of the assigning sentence if inherited).
    """

    unit: str
    department: str
    role: Role
    inherited: bool
    deadline: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Target:
    """One figure a document commits to. `value` and `unit` as written; years as numbers; place only in tables."""

    indicator: str
    value: str
    unit: str
    bound: Bound
    change: Change
    year: int | None
    baseline_year: int | None
    start: int
    end: int
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its text as stored (line breaks included) and its extent; empty cells have start == end."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A body row. `group` is the text of the last group row above it ("" if none); cells align with the header."""

    cells: tuple[Cell, ...]
    group: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table read from text. `header`: one name a column, lines of a header of several rows joined by "/".

    `unit`: what a line `单位：…` above the table says, else "".  Merged cells are empty, as in the text.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """What a person cites: a numbered part with its own text, an annex table, the text before the first number.

    Clauses of a document are disjoint and in document order; `document.text[start:end] == text`.
    id: `<document>:<path joined by "/">`, with `#2`, `#3` … for a path that occurs again.
    path: numbering labels from the outside in, without brackets and punctuation, as written.
    headings: the heading of every level of `path`, same length; "" where a level has none.
    label: how a person cites it, `三、（九）挥发性有机物综合整治工程`.
    """

    id: str
    document: str
    path: tuple[str, ...]
    kind: ClauseKind
    label: str
    headings: tuple[str, ...]
    text: str
    start: int
    end: int
    tables: tuple[Table, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    targets: tuple[Target, ...] = ()

    @property
    def heading(self) -> str:
        """The clause's own heading, "" if it has none."""
        return self.headings[-1] if self.headings else ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document says of itself. Dates as ISO `2022-09-28` (or `2022-09` / `2022`), None where not said.

    region: the place it governs as people name it (`达州市`), None if unknown.  valid: the validity as written
    (`自发布之日起30日后施行，有效期3年`), else None.  cites: titles with their 文号, as written, in order, once each.
    """

    title: str
    doc_number: str | None
    issuer: str | None
    region: str | None
    date: str | None
    draft: bool
    valid: str | None
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a file that has pages: its number as a reader counts (from 1) and where its text starts.

    Of a file without pages, in which pictures were recognised, a stretch of text or pictures: its number is 0.

    confidence: in [0, 1], of a page whose characters were recognised from a picture; None where the file has its text.
    """

    number: int
    start: int
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A stored document. `source` is the base name it was added from; `text` is the stored text, never altered.

    facts: what the text says of itself, as people have corrected it.
    pages: by `start`, ascending; none where the file has no pages of its own.
    current: False for an old version, which is kept and left out of every answer unless asked for.
    """

    id: str
    source: str
    text: str
    facts: Facts
    pages: tuple[Page, ...] = ()
    current: bool = True

    def pages_of(self, start: int, end: int) -> tuple[Page, ...]:
        """The pages that text[start:end] stands on, in order; none where the file has no pages."""
        first = max(0, bisect_right(self.pages, start, key=lambda page: page.start) - 1)
        last = bisect_right(self.pages, max(start, end - 1), key=lambda page: page.start)
        return self.pages[first : max(last, first + 1)]


@dataclass(frozen=True, slots=True)
class Version:
    """Which version of a document a stored text is: `number` of `count`, from 1; the highest is the current one.

    document: the id of this text.  head: the id of the current version, which is the document's own.
    """

    document: str
    head: str
    number: int
    count: int

    @property
    def current(self) -> bool:
        """Whether it is the one that answers."""
        return self.document == self.head


Fact = str | bool | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A fact as a person corrected it. field: a name in Facts.  read: what the text gave.  value: what holds in its place."""

    field: str
    read: Fact
    value: Fact


@dataclass(frozen=True, slots=True)
class Mark:
    """What a user said of a clause cited for a question: right (`good`) or wrong. `number` names the mark, from 1."""

    number: int
    question: str
    clause: str
    good: bool
