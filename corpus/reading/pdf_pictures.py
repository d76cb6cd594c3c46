"""A page of a PDF file with a text of its own, cut at its large pictures: what they say stands in between."""

from collections.abc import Iterator, Sequence
from typing import Any

from corpus.reading import scan
from corpus.reading.pdf_page import rendered
from corpus.reading.pictures import FEW, LEGIBLE
from corpus.reading.printed import Block, LaidOut, PrintedPage, Rule
from corpus.reading.printed_text import lay_out


def cut(page: Any, printed: PrintedPage, whole: LaidOut, boxes: Sequence[Rule]) -> tuple[list[LaidOut], int]:
    """The page in parts, each picture with text in it one of them; and how many were not legible."""
    view = rendered(page, scan.DPI, scan.MAX_SIDE)
    scale = view.shape[0] / printed.height
    if abs(view.shape[1] - scale * printed.width) > 0.02 * view.shape[1]:
        return [whole], len(boxes)  # the page is shown on its side: its places are no places of the view
    rest, parts, failed = list(whole.blocks), list[LaidOut](), 0
    for box in boxes:
        top, bottom, left, right = (max(0, round(scale * side)) for side in (box.top, box.bottom, box.left, box.right))
        found = scan.recognised(view[top:bottom, left:right].copy(), printed.number)
        if sum(len(glyph.text) for glyph in found.glyphs) < FEW:
            continue  # a photograph
        if (found.confidence or 0.0) < LEGIBLE:
            failed += 1
            continue
        at = next((n for n, block in enumerate(rest) if block.middle > box.top), len(rest))
        parts += [*_part(whole, rest[:at]), lay_out(found, scan.NEAR)]
        rest = rest[at:]
    return [*parts, *(_part(whole, rest) if parts else [whole])], failed


def _part(whole: LaidOut, blocks: Sequence[Block]) -> Iterator[LaidOut]:
    if blocks:
        yield LaidOut(whole.number, whole.height, tuple(blocks), whole.confidence)
