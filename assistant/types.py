"""What the assistant says: answers, their items and their citations."""

from dataclasses import dataclass
from typing import Literal

from corpus.types import Document, Role
from index.base import Why

Kind = Literal["who", "lead", "tasks", "when", "target", "compare", "find", "precedent", "table", "meta"]
Outcome = Literal["answered", "not_found"]
Status = Literal["added", "updated", "unchanged", "duplicate", "failed"]
OUTCOMES: dict[Status, str] = {  # of adding a file, as it is said
    "added": "已收录",
    "updated": "已更新",
    "unchanged": "无变化",
    "duplicate": "内容重复",
    "failed": "未收录",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation: `quote` is exactly the document's stored text from `start` to `end`. `n` is its mark, from 1.

    expired: the document's own validity is over.  refers: (id, title) of documents of the library that the
    clause names, such as the one it carries out.  why: for a clause that the search brought, why it did.
    page: the page its first character stands on, from 1, None where the file has no pages.  ocr: whether characters of
    a page it stands on, or of a picture in it, were recognised.  old: it is of an old version of its document.
    """

    n: int
    clause: str
    document: str
    source: str
    title: str
    region: str | None
    path: tuple[str, ...]
    label: str
    start: int
    end: int
    quote: str
    draft: bool = False
    expired: bool = False
    refers: tuple[tuple[str, str], ...] = ()
    why: Why | None = None
    page: int | None = None
    ocr: bool = False
    old: bool = False


def printed_on(document: Document, start: int, end: int) -> tuple[int | None, bool]:
    """The `page` and `ocr` of a citation of document.text[start:end]."""
    pages = document.pages_of(start, end)
    return (pages[0].number or None if pages else None), any(page.confidence is not None for page in pages)


@dataclass(frozen=True, slots=True)
class UnitRole:
    """A body in an answer, with the role it has there."""

    unit: str
    role: Role
    inherited: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a structured answer: what one document or clause says. `marks` are the citations that back it."""

    document: str
    source: str
    region: str | None
    path: tuple[str, ...]
    label: str
    units: tuple[UnitRole, ...]
    values: tuple[str, ...]
    quote: str
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked and what is said. `text` carries marks `[1]`, `[2]` that point at `citations`.

    `also` are the terms that were looked for beside the question's own words.  `unlisted`: how many items more were
    found than are listed; the text says so.
    """

    question: str
    kind: Kind
    outcome: Outcome
    text: str
    items: tuple[Item, ...]
    citations: tuple[Citation, ...]
    also: tuple[str, ...] = ()
    unlisted: int = 0


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file. told: what else there is to say, such as that it became an old version of a document."""

    source: str
    status: Status
    document: str | None
    clauses: int
    error: str | None
    told: str = ""
