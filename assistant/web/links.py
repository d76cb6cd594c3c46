"""Links into the reader, marks, and the small signs the page's tables and lists share. Pure functions."""

import re
from html import escape

from assistant.types import Citation, Item

Marks = dict[int, Citation]
MARK = re.compile(r"\[([1-9][0-9]{0,5})\]")  # as an answer writes them; `[01]` or `[１]` is none

DRAFT = '<span class="badge">征求意见稿</span>'
EXPIRED = '<span class="badge">已过有效期</span>'
OLD = '<span class="badge">旧版本</span>'
RECOGNISED = '<span class="badge" title="这里的文字由图像识别得来，请对照原件核实">扫描识别</span>'
NIL = '<span class="nil">—</span>'


def opener(document: str, start: int, end: int, text: str, *, css: str = "jump", hint: str = "") -> str:
    """A link that opens the reader at [start, end) of a document; `text` is HTML, `hint` plain text."""
    title = f' title="{escape(hint)}"' if hint else ""
    return (
        f'<a class="{css}" href="#reader" data-document="{escape(document)}" '
        f'data-start="{start}" data-end="{end}"{title}>{text}</a>'
    )


def mark_link(citation: Citation) -> str:
    """The mark of a citation, which opens its quotation in the reader."""
    hint = f"查看原文：{citation.title} {citation.label}"
    return opener(citation.document, citation.start, citation.end, f"[{citation.n}]", css="jump mark", hint=hint)


def marks_of(item: Item, marks: Marks) -> str:
    """The marks that back an item, in its order."""
    return "".join(mark_link(marks[number]) for number in item.marks if number in marks)


def badges(*, draft: bool, expired: bool, old: bool = False) -> str:
    """What a reader must know of a document wherever it is cited."""
    return (OLD if old else "") + (DRAFT if draft else "") + (EXPIRED if expired else "")


def paged(page: int | None, ocr: bool) -> str:
    """The page of a quotation, "" where there are no pages; and a mark where characters were recognised from a picture."""
    shown = "" if page is None else f' <span class="page">第{page}页</span>'
    return shown + (RECOGNISED if ocr else "")
