"""Extents of documents → quotations with the source as official documents write it."""

import datetime
from collections.abc import Sequence
from functools import cached_property

from assistant.precedents.types import Quotation
from assistant.types import Citation, printed_on
from corpus.expiry import has_expired
from corpus.store import Library
from corpus.types import Clause, Document

_NESTED = str.maketrans("《》", "〈〉")  # book-title marks inside book-title marks: GB/T 15834—2011, 4.15


class Sources:
    """Quotations out of one library, for one request."""

    def __init__(self, library: Library, *, versions: bool = False) -> None:
        self._library = library
        self._with_versions = versions
        self._clauses: dict[tuple[str, str], Clause] = {}

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Every document by id, as they are at the first use; old versions where they were asked for."""
        return {d.id: d for d in self._library.documents(versions=self._with_versions)}

    def clause(self, document: str, id: str) -> Clause:
        """One clause. Raises LibraryError if there is none."""
        key = (document, id)
        if key not in self._clauses:
            self._clauses[key] = self._library.clause(document, id)
        return self._clauses[key]

    def quotations(self, places: Sequence[tuple[str, str, int, int]]) -> tuple[Quotation, ...]:
        """(document, clause, start, end) → quotations, marked from 1 in order."""
        return tuple(self.quotation(*place, n=n) for n, place in enumerate(places, 1))

    def quotation(self, document: str, clause: str, start: int, end: int, n: int = 1) -> Quotation:
        """document.text[start:end] with its source. Raises LibraryError for no such clause."""
        return quoted(self.documents[document], self.clause(document, clause), start, end, n)


def quoted(document: Document, clause: Clause, start: int, end: int, n: int = 1) -> Quotation:
    """document.text[start:end], which lies in `clause`, as a quotation with mark n."""
    facts, (page, ocr) = document.facts, printed_on(document, start, end)
    citation = Citation(
        n=n,
        clause=clause.id,
        document=document.id,
        source=document.source,
        title=facts.title,
        region=facts.region,
        path=clause.path,
        label=clause.label,
        start=start,
        end=end,
        quote=document.text[start:end],
        draft=facts.draft,
        expired=has_expired(facts, datetime.date.today()),
        page=page,
        ocr=ocr,
        old=not document.current,
    )
    return Quotation(citation, source_line(document, clause))


def source_line(document: Document, clause: Clause) -> str:
    """`《达州市…方案（征求意见稿）》三、（九）`; a 文号 follows the title, and the text before the first number has no place.

    An old version is marked.
    """
    facts = document.facts
    title = facts.title.translate(_NESTED)
    draft = "（征求意见稿）" if facts.draft and "征求意见稿" not in title else ""
    number = f"（{facts.doc_number}）" if facts.doc_number else ""
    place = "" if clause.kind == "front" else clause.label.removesuffix(clause.heading).strip().removesuffix("、")
    return f"《{title}{draft}》{number}{'' if document.current else '（旧版本）'}{place}"
