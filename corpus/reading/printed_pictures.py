"""The pictures on a printed page: which of them are large enough to hold text."""

from collections.abc import Iterable

from corpus.reading.pictures import is_large_shown
from corpus.reading.printed import Glyph, PrintedPage, Rule

_GAP = 0.07  # centimetres: pieces of one picture, as printer drivers cut it, are no further apart
_OVER = 50  # characters: a caption, the mark of a scanning program; a text recognised before, or on a ground, has more
_MOST = 1000  # pieces; a page of more is a drawing


def large_pictures(printed: PrintedPage, centimetre: float) -> list[Rule]:
    """The boxes of the pictures that may hold text, from the top down: large, and not the ground of a text.

    centimetre: in the unit of the page.
    """
    pieces = [_on_page(box, printed) for box in printed.pictures] if len(printed.pictures) <= _MOST else []
    boxes = _whole(pieces, _GAP * centimetre)
    found = [box for box in boxes if is_large_shown((box.right - box.left) / centimetre, (box.bottom - box.top) / centimetre)]
    return [box for box in found if sum(_covers(box, glyph) for glyph in printed.glyphs) < _OVER]


def _on_page(box: Rule, page: PrintedPage) -> Rule:
    """What of a box is on the page; damaged files claim any place."""
    left, right = (min(page.width, max(0.0, x)) for x in (box.left, box.right))
    top, bottom = (min(page.height, max(0.0, y)) for y in (box.top, box.bottom))
    return Rule(left, top, right, bottom)


def _covers(box: Rule, glyph: Glyph) -> bool:
    inside = box.top <= glyph.middle <= box.bottom and box.left <= (glyph.left + glyph.right) / 2 <= box.right
    return inside and not glyph.text.isspace()


def _whole(pieces: Iterable[Rule], gap: float) -> list[Rule]:
    """Pictures put together of their pieces, from the top down."""
    made: list[Rule] = []
    for piece in sorted(pieces, key=lambda box: (box.top, box.left)):
        joined = piece
        for other in [box for box in made if _touch(box, piece, gap)]:
            made.remove(other)
            joined = Rule(
                min(joined.left, other.left),
                min(joined.top, other.top),
                max(joined.right, other.right),
                max(joined.bottom, other.bottom),
            )
        made.append(joined)
    return sorted(made, key=lambda box: (box.top, box.left))


def _touch(a: Rule, b: Rule, gap: float) -> bool:
    level = a.left - gap <= b.right and b.left - gap <= a.right
    return level and a.top - gap <= b.bottom and b.top - gap <= a.bottom
