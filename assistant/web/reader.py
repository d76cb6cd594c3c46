"""A document as HTML for the reader: the stored text in its order, the quoted extent marked. Pure functions."""

import datetime
import json
from collections.abc import Iterator, Sequence
from html import escape

from assistant.web.ink import Extent, Ink, heading_extent
from assistant.web.links import badges, opener
from assistant.web.taking import original_button
from corpus.expiry import has_expired
from corpus.types import Clause, Document

WHOLE = 60_000  # characters, about 180 KB of UTF-8: up to here the entire text is shown
AROUND = 15_000  # characters shown before and after the quotation of a longer text
_OUTLINED = ("front", "part", "article", "annex")  # listed even without a heading
OUTLINE = 300  # entries an outline may have before its deepest levels are left out


def render_reader(
    document: Document, clauses: Sequence[Clause], mark: Extent = (0, 0), around: int = AROUND, standing: str = ""
) -> str:
    """The document with [mark) marked; a text over WHOLE characters is cut to `around` characters on either side.

    Clauses may come in any number, also none; text between them is shown greyed. An empty mark marks nothing.
    standing: HTML of what the library knows of the document beside its text, shown below its head.
    """
    low, high = window(document.text, mark, around)
    ink = Ink(document, mark)
    sections = "".join(_section(ink, clause, extent) for extent, clause in segments(document, clauses, (low, high)))
    more = _more(document, mark, around) if (low, high) != (0, len(document.text)) else ""
    place = json.dumps({"document": document.id, "start": mark[0], "end": mark[1], "around": around})
    body = (more if low else "") + sections + (more if high < len(document.text) else "")
    return (
        f'<section class="reader" aria-label="原文" data-place="{escape(place)}">{_head(document, mark)}{standing}'
        f"{_outline(document, clauses, (low, high))}"
        f'<div class="reader-body" tabindex="0">{body}</div></section>'
    )


def window(text: str, mark: Extent, around: int) -> Extent:
    """The part of the text to show: all of it up to WHOLE characters, else whole lines around the mark."""
    if len(text) <= WHOLE:
        return 0, len(text)
    low, high = max(0, mark[0] - around), min(len(text), mark[1] + around)
    line = text.rfind("\n", max(0, low - around), low) + 1
    rest = text.find("\n", high, high + around)
    return (line if line or low < around else low), (rest if rest >= 0 else high)


def segments(document: Document, clauses: Sequence[Clause], shown: Extent) -> Iterator[tuple[Extent, Clause | None]]:
    """The shown extent cut at clause boundaries, in order, without gaps or overlaps; None for text between."""
    at, last = shown
    for clause in clauses:
        start, end = max(at, clause.start), min(last, clause.end)
        if start >= end:
            continue
        if start > at:
            yield (at, start), None
        yield (start, end), clause
        at = end
    if at < last:
        yield (at, last), None


def _head(document: Document, mark: Extent) -> str:
    facts = document.facts
    known = (facts.doc_number, facts.issuer, facts.region, facts.date, facts.valid)
    meta = "".join(f"<span>{escape(each)}</span>" for each in known if each)
    marked = badges(draft=facts.draft, expired=has_expired(facts, datetime.date.today()), old=not document.current)
    return (
        f'<header class="reader-head"><div><h2 tabindex="-1">{escape(facts.title or document.source)}{marked}</h2>'
        f'<p class="meta">{meta}</p></div>'
        f'<div class="head-buttons">{original_button(document.id, "对照原件", start=mark[0], css="plain")}'
        '<button type="button" class="plain" data-close>关闭</button></div></header>'
    )


def _outline(document: Document, clauses: Sequence[Clause], shown: Extent) -> str:
    entries = outline_entries(clauses)
    if not entries:
        return ""
    items = "".join(f'<li class="level-{len(each.path)}">{_entry(document, each, shown)}</li>' for each in entries)
    return f'<details class="outline"><summary>目录</summary><nav><ul>{items}</ul></nav></details>'


def outline_entries(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses an outline lists: all levels that fit into OUTLINE entries, the outermost first."""
    named = [each for each in clauses if each.heading or each.kind in _OUTLINED]
    for depth in range(max((len(each.path) for each in named), default=0), 0, -1):
        entries = [each for each in named if len(each.path) <= depth]
        if len(entries) <= OUTLINE:
            return entries
    return []


def _entry(document: Document, clause: Clause, shown: Extent) -> str:
    start, end = heading_extent(document.text, clause)
    own = " ".join(document.text[start:end].split()) or (clause.path[-1].strip("[]") if clause.path else clause.label)
    if shown[0] <= clause.start < shown[1]:
        return f'<a href="#at-{clause.start}" data-goto="at-{clause.start}">{escape(own)}</a>'
    return opener(document.id, clause.start, clause.start, escape(own))


def _more(document: Document, mark: Extent, around: int) -> str:
    return (
        f'<button type="button" class="plain more" data-document="{escape(document.id)}" '
        f'data-start="{mark[0]}" data-end="{mark[1]}" data-around="{around * 2}">显示更多原文</button>'
    )


def _section(ink: Ink, clause: Clause | None, extent: Extent) -> str:
    start, end = extent
    if not ink.document.text[start:end].strip():
        return ""
    lines, mark = ink.blocks(clause, extent), ink.mark
    if clause is None:
        return f'<div class="between">{lines}</div>'
    focus = " data-focus" if clause.start <= mark[0] < clause.end and mark != (0, 0) else ""
    return f'<section class="clause level-{len(clause.path)}" id="at-{clause.start}"{focus}>{_across(clause)}{lines}</section>'


def _across(clause: Clause) -> str:
    """Holds the clause against the other documents; its name is the style sheet's, so that the text stays the document's."""
    return (
        f'<button type="button" class="beside" data-across="{escape(clause.id)}" data-of="{escape(clause.document)}" '
        f'aria-label="各地对照：{escape(clause.label)}"></button>'
    )
