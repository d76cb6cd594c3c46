"""From numbered parts to clauses: what a person cites, with its offsets in the stored text."""

from collections import Counter
from collections.abc import Sequence

from corpus.layout import trim
from corpus.levels import FRONT, NOTICE, Level, Part
from corpus.parts import Outline
from corpus.tables import read_table
from corpus.types import Clause, Page

LONG_FRONT = 1200  # characters before the first number that are still one clause


def _table_parts(outline: Outline, parts: list[Part]) -> list[Part]:
    """Tables go to the part they stand in; a second and further table of a part becomes a part of its own."""
    out: list[Part] = []
    tables = [read_table(outline.text, outline.lines, b) for b in outline.blocks]
    for part in parts:
        inside = [t for t in tables if part.start <= t.start < part.end or (part.start < t.end <= part.end)]
        tables = [t for t in tables if t not in inside]  # a table belongs to one part
        pieces = [part]
        for n, table in enumerate(inside, 1):
            if n > 1:
                start = (
                    table.start + len(outline.text[table.start : table.end]) - len(outline.text[table.start : table.end].lstrip())
                )
                level = Level("table", n, f"[表{n}]", f"表{n}", "")
                pieces.append(Part(part.line, start, [*part.levels, level], "table", pieces[-1].end))
                pieces[-2].end = trim(outline.text, pieces[-2].start, start)
            pieces[-1].tables.append(table)
        out.extend(pieces)
    return out


def _paragraphs(outline: Outline, part: Part) -> list[Part]:
    """A long text before the first number, or a text without numbers, cut into paragraphs under their headings."""
    numbered = any(p.kind not in ("front", "closing") for p in outline.parts)
    if part.kind != "front" or (numbered and part.end - part.start <= LONG_FRONT):
        return [part]
    base = part.levels if numbered or part.levels[0].label == NOTICE else []
    pieces, heading, pending, start, end = [part], "", None, part.start, part.end
    i = part.line
    while i < len(outline.lines) and outline.lines[i].start < end:
        line = outline.lines[i]
        if not line.blank and i not in outline.in_table:
            text, begin = outline.paragraph(i), line.lead
            while outline.broken(i) and i + 1 < len(outline.lines) and not outline.lines[i + 1].blank:
                i += 1
            if len(text) <= 40 and not outline.lines[i].finished:
                heading, pending = text, begin if pending is None else pending
            else:
                start = pending if pending is not None else begin
                if start > part.start:
                    level = Level("annex", 0, f"[第{len(pieces)}段]", f"第{len(pieces)}段", heading)
                    pieces.append(Part(i, start, [*base, level], "paragraph"))
                pending = None
        i += 1
    for piece, after in zip(pieces, [*pieces[1:], None], strict=True):
        piece.end = trim(outline.text, piece.start, after.start if after else end)
    return pieces


def _label(levels: list[Level]) -> str:
    article = next((n for n, x in enumerate(levels) if x.style == "article"), 0)
    levels = levels[article:] if levels[0].style != "annex" else levels
    named = "".join(x.shown or x.label.strip("[]") for x in levels if x.label not in (FRONT, NOTICE) or len(levels) == 1)
    heading = levels[-1].heading
    gap = " " if heading and levels[-1].style in ("annex", "chapter", "section", "book", "article") else ""
    return f"{named}{gap}{heading}" if heading else named.rstrip("、")


def read_clauses(text: str, document: str, pages: Sequence[Page] = ()) -> tuple[Clause, ...]:
    """The clauses of a document in order: disjoint, `text[c.start:c.end] == c.text`, ids unique. [] for empty text.

    pages: its pages, where it has any. What a picture on one says changes nothing in how the text after it is divided.
    """
    outline = Outline(text, pages)
    parts = [piece for part in outline.run() for piece in _paragraphs(outline, part)]
    seen: Counter[str] = Counter()
    clauses = []
    for part in _table_parts(outline, parts):
        if part.end <= part.start:
            continue
        path = tuple(x.label for x in part.levels)
        key = f"{document}:{'/'.join(path)}"
        seen[key] += 1
        clauses.append(
            Clause(
                id=key if seen[key] == 1 else f"{key}#{seen[key]}",
                document=document,
                path=path,
                kind=part.kind,
                label=_label(part.levels),
                headings=tuple(x.heading for x in part.levels),
                text=text[part.start : part.end],
                start=part.start,
                end=part.end,
                tables=tuple(part.tables),
            )
        )
    return tuple(clauses)
