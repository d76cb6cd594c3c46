"""What a quotation offers: copied with its source, put into the basket, its clause held against other documents'. Pure."""

import json
from html import escape

from assistant.precedents.types import Quotation
from assistant.types import Citation
from assistant.web.links import badges, opener, paged


def copy_button(quotation: Quotation) -> str:
    """Copies the quotation with its source below it, as the basket is exported."""
    return _button("复制", "copy", f"{quotation.citation.quote}\n——{quotation.line}", hint="复制这句话及其出处")


def pick_button(citation: Citation) -> str:
    """Puts the quotation into the basket, which keeps its place and its words."""
    pick = {"document": citation.document, "start": citation.start, "end": citation.end, "quote": citation.quote}
    return _button("放入摘录", "pick", json.dumps(pick, ensure_ascii=False))


def across_button(document: str, clause: str) -> str:
    """Opens the clause beside the matching clauses of the other documents."""
    return _button("各地对照", "across", clause, of=document, hint="与其他文件的对应条款并排对照")


def compare_button(old: str, new: str, name: str) -> str:
    """Opens two documents clause by clause."""
    return _button(name, "compare", new, of=old, hint="逐条对照两个文件")


def original_button(document: str, name: str, *, start: int = 0, page: int = 0, css: str = "") -> str:
    """Opens the file a document was read from at a page; where that is 0, at the page of a character of the stored text."""
    style = f' class="{css}"' if css else ""
    place = f'data-start="{start}" data-page="{page}"'
    return f'<button type="button"{style} data-original="{escape(document)}" {place}>{name}</button>'


def tools(*buttons: str) -> str:
    """Buttons in a row, in small type."""
    return f'<span class="tools">{"".join(buttons)}</span>'


def source_link(quotation: Quotation) -> str:
    """The source line, which opens the quotation in the reader; the line itself says draft and old version."""
    cited = quotation.citation
    link = opener(cited.document, cited.start, cited.end, escape(quotation.line), hint="查看原文")
    return link + badges(draft=False, expired=cited.expired) + paged(cited.page, cited.ocr)


def source(quotation: Quotation) -> str:
    """The source with everything the quotation offers."""
    cited = quotation.citation
    offered = (copy_button(quotation), pick_button(cited), across_button(cited.document, cited.clause))
    return f"{source_link(quotation)} {tools(*offered)}"


def _button(name: str, action: str, value: str, *, of: str = "", hint: str = "") -> str:
    more = f' data-of="{escape(of)}"' if of else ""
    more += f' title="{escape(hint)}"' if hint else ""
    return f'<button type="button" data-{action}="{escape(value)}"{more}>{name}</button>'
