"""The stored text in HTML: paragraphs and tables, with the quotation, headings and the beginnings of pages marked."""

from collections.abc import Iterator
from html import escape
from itertools import pairwise

from assistant.web.sheet import can_show, render_sheet
from corpus.types import Clause, Document, Page

Extent = tuple[int, int]


class Ink:
    """One document with one marked extent; an empty one marks nothing."""

    def __init__(self, document: Document, mark: Extent) -> None:
        self.document, self.mark = document, mark
        signed = (page for page in document.pages if page.number or page.confidence is not None)
        self._pages = {_first(document.text, page.start): page for page in signed}

    def blocks(self, clause: Clause | None, extent: Extent) -> str:
        """The lines of an extent as paragraphs, the tables of its clause as tables."""
        strong = heading_extent(self.document.text, clause) if clause else (0, 0)
        at, last = extent
        made: list[str] = []
        for table in clause.tables if clause else ():
            if at <= table.start and table.end <= last and can_show(table, self.mark):
                made.append(self._lines((at, table.start), strong))
                raw = Ink(self.document, (0, 0))._lines((table.start, table.end), strong)
                made.append(render_sheet(table, lambda cell: self._pieces(cell, strong), raw))
                at = table.end
        return "".join((*made, self._lines((at, last), strong)))

    def _lines(self, extent: Extent, strong: Extent) -> str:
        return "".join(f"<p>{self._pieces(line, strong)}</p>" for line in _line_extents(self.document.text, extent))

    def _pieces(self, extent: Extent, strong: Extent) -> str:
        """One line or cell, cut where a mark, the heading or a page begins or ends within it."""
        cuts = sorted({*extent, *(at for at in (*self.mark, *strong, *self._pages) if extent[0] < at < extent[1])})
        return "".join(self._piece(piece, strong) for piece in pairwise(cuts))

    def _piece(self, piece: Extent, strong: Extent) -> str:
        markup = escape(self.document.text[piece[0] : piece[1]])
        if strong[0] <= piece[0] and piece[1] <= strong[1]:
            markup = f"<strong>{markup}</strong>"
        if self.mark[0] <= piece[0] and piece[1] <= self.mark[1]:
            markup = f"<mark>{markup}</mark>"
        page = self._pages.get(piece[0])
        return (_sign(self.document, page) if page else "") + markup


def _sign(document: Document, page: Page) -> str:
    """Where a page begins, or a picture in a file without pages, and the way to it.

    Its name is the style sheet's, so that the text stays the document's.
    """
    name = (f"第{page.number}页" if page.number else "图片") + ("（扫描识别）" if page.confidence is not None else "")
    start = 0 if page.number else page.start
    return (
        f'<button type="button" class="page-sign" data-original="{escape(document.id)}" data-page="{page.number}" '
        f'data-start="{start}" data-name="{name}" aria-label="{name}，对照原件"></button>'
    )


def _first(text: str, at: int) -> int:
    """The first character from `at` on that is no white space."""
    rest = text[at : at + 2000]
    return at + len(rest) - len(rest.lstrip())


def heading_extent(text: str, clause: Clause) -> Extent:
    """From the clause's start to the end of its heading; empty where the heading is not at its beginning."""
    if not clause.heading:
        return 0, 0
    at = text.find(clause.heading, clause.start, min(clause.end, clause.start + len(clause.heading) + 20))
    return (clause.start, at + len(clause.heading)) if at >= 0 else (0, 0)


def _line_extents(text: str, extent: Extent) -> Iterator[Extent]:
    """The lines of an extent that hold more than white space, without their line ends."""
    at = extent[0]
    for line in text[extent[0] : extent[1]].splitlines(keepends=True):
        content = line.rstrip()
        if content:
            yield at, at + len(content)
        at += len(line)
