"""Clause → passages: what is matched, smaller than what is cited.

Two levels: passages of about 180 characters cut at sentence ends, and single sentences. A table gives one passage a row.
`start` and `end` are document offsets fit to be quoted; `text` is what is matched: page remains and markup removed,
the place, the document's short title and the headings put before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.types import Clause, Document, Row, Table

PASSAGES_VERSION = "1"  # raise it whenever `passages` gives other passages for any clause
PASSAGE_LENGTH = 180  # characters; measured in docs/search.md
LONGEST = 360  # a sentence over this is cut at a comma, or anywhere
LONGEST_NUMBER = 5  # characters between the brackets of an item's number: （二十一）

Level = Literal["passage", "sentence"]
Span = tuple[int, int]

_CLOSERS = "”’」』》〉）)〕]】"
_BRACKETS = {"（": "）", "(": ")", "〔": "〕", "[": "]", "【": "】"}
_BRACKET = re.compile(rf"[{re.escape(''.join([*_BRACKETS, *_BRACKETS.values()]))}\n]")
_STOP = re.compile(rf"[。！？!?；;\n{re.escape(''.join(_BRACKETS))}]")
_REMAINS = re.compile(
    r"\[bookmark:[^\]]*\]|<!--.*?-->|</?(?:br|p|b|i|u|strong|em|sup|sub|span|div|font)\b[^>]*>|!\[[^\]]*\]\([^)]*\)"
    r"|^[ \t\u3000]*(?:[-—–－─]+[ \t]*\d{1,4}[ \t]*[-—–－─]+|第?[ \t]*\d{1,4}[ \t]*/[ \t]*\d{1,4}[ \t]*页?"
    r"|第[ \t]*\d{1,4}[ \t]*页(?:[ \t，,]*共[ \t]*\d{1,4}[ \t]*页)?)[ \t]*$"
    r"|^[ \t]*(?:#{1,6}[ \t]+|>[ \t]+|[-*_]{3,}[ \t]*$)|\*\*|__|`|^\|?[ \t:|-]*-{3}[ \t:|-]*$",
    re.MULTILINE | re.DOTALL,
)
_ISSUING = re.compile(r"^.*?关于(?:印发|发布|转发|下发)|的通知$|[（(](?:征求意见|送审|讨论|试行|草案|暂行|修订)[^（）()]*[）)]$")
_QUOTES = re.compile(r"[《》〈〉]")


@dataclass(frozen=True, slots=True)
class Passage:
    """One matched text of a clause. `document.text[start:end]` is what may be quoted for it."""

    clause: str
    start: int
    end: int
    text: str
    level: Level


def passages(document: Document, clause: Clause) -> list[Passage]:
    """Passages of `clause` in document order, then its sentences; at least one passage, whatever the clause holds."""
    prefix = _join(document.facts.region or "", short_title(document))
    heading = " ".join(h for h in clause.headings if h)
    parts = _sentences(document.text, clause)
    rows = [(row, table) for table in clause.tables for row in table.rows if row.end > row.start]
    found = [
        Passage(clause.id, start, end, _join(prefix, heading, clean(document.text[start:end])), "passage")
        for sentences in parts
        for start, end in _pieces(sentences)
    ]
    found += [Passage(clause.id, r.start, r.end, _join(prefix, heading, row_text(t, r)), "passage") for r, t in rows]
    if not found:
        start, end = _trim(document.text, clause.start, clause.end)
        return [Passage(clause.id, start, end, _join(prefix, heading, clean(clause.text)), "passage")]
    found += [
        Passage(clause.id, start, end, _join(heading, clean(document.text[start:end])), "sentence")
        for sentences in parts
        for start, end in sentences
    ]
    found += [Passage(clause.id, r.start, r.end, _join(heading, row_text(t, r)), "sentence") for r, t in rows]
    return found


def clean(text: str) -> str:
    """`text` without page numbers, bookmarks and Markdown or HTML marks; white space folded."""
    return " ".join(_REMAINS.sub(" ", text).split())


def short_title(document: Document) -> str:
    """The title without the place, `关于印发…的通知`, book-title marks and a remark such as `（征求意见稿）`."""
    title = _QUOTES.sub("", document.facts.title).strip()
    for _ in range(3):
        title = _ISSUING.sub("", title).strip()
    region = document.facts.region
    return title.removeprefix(region).strip() if region else title


def row_text(table: Table, row: Row) -> str:
    """A row as it is matched: its group, then `header cell` for every filled cell."""
    cells = (
        f"{table.header[i] if i < len(table.header) else ''} {cell.text}".strip()
        for i, cell in enumerate(row.cells)
        if cell.text.strip()
    )
    return clean(" ".join((row.group, *cells)))


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _sentences(text: str, clause: Clause) -> list[list[Span]]:
    """Extents of the sentences of the clause's own text, a list for each stretch between its tables."""
    return [
        [(s, e) for s, e in split_sentences(text, start, end) if any(c.isalnum() for c in clean(text[s:e]))]
        for start, end in _outside_tables(clause)
    ]


def _outside_tables(clause: Clause) -> Iterator[Span]:
    at = _body_start(clause)
    for table in clause.tables:
        if table.start > at:
            yield at, table.start
        at = max(at, table.end)
    if clause.end > at:
        yield at, clause.end


def _body_start(clause: Clause) -> int:
    """Where the clause's text begins after its number and heading, as a document offset."""
    heading = clause.heading
    at = clause.text.find(heading, 0, len(heading) + 20) if heading else -1
    if at < 0:
        return clause.start
    at += len(heading)
    while at < len(clause.text) and (clause.text[at] in "。：:．" or clause.text[at].isspace()):
        at += 1
    return clause.start + at


def split_sentences(text: str, start: int, end: int) -> list[Span]:
    """Extents of the sentences of `text[start:end]`, trimmed of white space.

    A sentence ends at 。！？； or a line end. Closing marks and a bracket right after the full stop (a responsibility
    statement, but not the next item's number) stay with it; nothing is cut inside a bracket that closes on its line.
    """
    closed = _closed_brackets(text, start, end)
    spans: list[Span] = []
    at = begin = start
    while (found := _STOP.search(text, at, end)) is not None:
        at = found.start()
        if at in closed:
            at = closed[at] + 1
            continue
        if text[at] in _BRACKETS:
            at += 1
            continue
        at = _after_end(text, at, end, closed)
        spans.extend(_cut_long(text, begin, at))
        begin = at
    spans.extend(_cut_long(text, begin, end))
    return [(s, e) for s, e in (_trim(text, s, e) for s, e in spans) if s < e]


def _closed_brackets(text: str, start: int, end: int) -> dict[int, int]:
    """Where each bracket of `text[start:end]` that closes on its line opens, and where it closes; each kind by itself."""
    closed: dict[int, int] = {}
    opened: dict[str, list[int]] = {}  # by what closes them
    for found in _BRACKET.finditer(text, start, end):
        sign = found[0]
        if sign == "\n":
            opened = {}
        elif sign in _BRACKETS:
            opened.setdefault(_BRACKETS[sign], []).append(found.start())
        elif opened.get(sign):
            closed[opened[sign].pop()] = found.start()
    return closed


def _after_end(text: str, at: int, end: int, closed: dict[int, int]) -> int:
    """The end of a sentence whose end mark stands at `at`: closing marks and a statement in brackets included."""
    if text[at] == "\n":
        return at + 1
    at += 1
    while at < end and text[at] in _CLOSERS:
        at += 1
    close = closed.get(at)
    if close is not None and close - at > LONGEST_NUMBER:
        at = close + 1
        while at < end and text[at] in "。；;":
            at += 1
    return at


def _cut_long(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST:
        comma = max(text.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in "，,、 ")
        cut = comma + 1 if comma > 0 else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _pieces(sentences: list[Span]) -> Iterator[Span]:
    """Runs of neighbouring sentences of about PASSAGE_LENGTH characters."""
    begin = last = -1
    for start, end in sentences:
        if begin >= 0 and end - begin > PASSAGE_LENGTH:
            yield begin, last
            begin = -1
        begin, last = (start if begin < 0 else begin), end
    if begin >= 0:
        yield begin, last
