"""The basket as Word and Markdown: every quotation verbatim, under the document it is taken from."""

import re
from collections.abc import Iterable, Sequence

from assistant.export import clean, new_document, saved
from assistant.precedents.types import Collected, Quotation

TITLE = "范文摘录"
STALE = "未能导出的摘录"
# what Markdown would read as a mark, in a line and at its beginning
_INSIDE, _LEADING = re.compile(r"([\\`*_<\[\]])"), re.compile(r"^(\s*\d{0,9})([#>+|~=.)-])", re.MULTILINE)


def _by_document(collected: Iterable[Collected]) -> list[tuple[str, list[Quotation]]]:
    """Document by document in the order of its first pick; within it in the order of the picks."""
    found: dict[str, list[Quotation]] = {}
    titles: dict[str, str] = {}
    for one in collected:
        if one.quotation is not None:
            citation = one.quotation.citation
            found.setdefault(citation.document, []).append(one.quotation)
            titles[citation.document] = citation.title
    return [(titles[id], quotations) for id, quotations in found.items()]


def basket_docx(collected: Sequence[Collected]) -> bytes:
    """A Word document: a heading for each document, each quotation as it stands, its source below it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document = new_document(TITLE)
    for title, quotations in _by_document(collected):
        document.add_paragraph(clean(f"《{title}》"), style="Heading 1")
        for quotation in quotations:
            text = document.add_paragraph(clean(quotation.citation.quote))
            text.paragraph_format.first_line_indent = Pt(24)
            source = document.add_paragraph(clean(f"——{quotation.line}"))
            source.alignment, source.runs[0].font.size = WD_ALIGN_PARAGRAPH.RIGHT, Pt(10.5)
    problems = [one.problem for one in collected if one.quotation is None]
    if problems:
        document.add_paragraph(STALE, style="Heading 1")
    for problem in problems:
        document.add_paragraph(clean(problem))
    return saved(document)


def basket_markdown(collected: Sequence[Collected]) -> str:
    """Markdown: marks in the text are escaped, so that it reads as it is written in the document."""
    lines = [f"# {TITLE}", ""]
    for title, quotations in _by_document(collected):
        lines += [f"## 《{_escaped(title)}》", ""]
        for quotation in quotations:
            lines += [_escaped(quotation.citation.quote), "", f"——{_escaped(quotation.line)}", ""]
    problems = [one.problem for one in collected if one.quotation is None]
    if problems:
        lines += [f"## {STALE}", "", *(f"- {_escaped(p)}" for p in problems), ""]
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return _LEADING.sub(r"\1\\\2", _INSIDE.sub(r"\\\1", clean(text)))
