"""Characters in their places → printed lines in reading order: over the page, or down one column and then the other."""

import re
from collections.abc import Iterable, Sequence
from statistics import median

from corpus.markers import read_mark
from corpus.reading.printed import Glyph, Row

_SAME = 0.5  # em between the middles of characters of one line at most: lines are at least 1.1 em apart
_SPACE_ASCII = 0.22  # em between words of letters; a space is 0.25 to 0.33 em
_SPACE = 0.9  # em between Chinese characters set apart on purpose
_TAB = 2.5  # em
_LEAST_ROWS = 8  # on each side of a gutter: fewer lines side by side are no columns
_SHARE = 0.3  # of a page's characters stand on each side of a gutter, at least
# What may not be parted at the end of a line: an opening bracket, a character or a word, closing punctuation.
_UNBROKEN = re.compile(r"[（(《“‘〔【]*(?:[!-~]+|.)[，。、；：！？）)》”’〕】％%/]*[!-~]*")
_PLACES = 400  # looked at for a gutter, at most: in damaged files characters stand miles apart
_CROSSING = 0.25  # of the lines go across the gutter at most: titles, wide tables


def lines_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The characters line by line, from the top; in a line from the left."""
    lines: list[list[Glyph]] = []
    middle = size = 0.0
    for glyph in sorted(glyphs, key=lambda g: (g.middle, g.left)):
        if lines and glyph.middle - middle <= _SAME * max(size, glyph.size):
            line = lines[-1]
            line.append(glyph)
            if glyph.size > size:  # a raised note mark does not move its line
                middle, size = glyph.middle, glyph.size
        else:
            lines.append([glyph])
            middle, size = glyph.middle, glyph.size
    for line in lines:
        line.sort(key=lambda g: g.left)
    return lines


def text_of(line: Sequence[Glyph]) -> str:
    """The text of a line: a space where letters or words are set apart, none for what justification spreads.

    A tab where the gap is as wide as between the columns of a table without lines.
    """
    text, before, spaced = "", None, False
    for glyph in line:
        if not glyph.text.strip():
            spaced = True
            continue
        if before is not None:
            narrow = text[-1].isascii() and glyph.text[:1].isascii()
            gap = (glyph.left - before.right) / max(before.size, glyph.size)
            if gap > _TAB and not _is_mark(text):
                text += "\t"
            elif spaced or gap > (_SPACE_ASCII if narrow else _SPACE):
                text += " "
        text += glyph.text
        before, spaced = glyph, False
    return text


def _is_mark(text: str) -> bool:
    mark = read_mark(text)
    return mark is not None and mark.length >= len(text)


def needed(text: str) -> float:
    """How much room, in em, a line must have left for its next line to have begun in it."""
    first = _UNBROKEN.match(text)
    return sum(0.55 if c.isascii() else 1.0 for c in first[0]) if first else 1.0


def row_of(line: Sequence[Glyph], column: int = 0) -> Row:
    """A line as a record; spaces at its ends take no place."""
    seen = [glyph for glyph in line if glyph.text.strip()]
    return Row(
        text_of(line),
        seen[0].left,
        max(glyph.right for glyph in seen),
        median(glyph.middle for glyph in seen),
        median(glyph.size for glyph in seen),
        column,
    )


def rows_of(glyphs: Sequence[Glyph]) -> list[Row]:
    """The printed lines of a page in reading order; of two columns the left one first, between lines that cross both."""
    lines = [line for line in lines_of(glyphs) if any(glyph.text.strip() for glyph in line)]
    gutter = _gutter(lines)
    if gutter is None:
        return [row_of(line) for line in lines]
    rows: list[Row] = []
    run: list[Glyph] = []
    for line in [*lines, None]:
        if line is not None and not _crosses(line, gutter):
            run += line
            continue
        for column, side in ((1, [g for g in run if g.right <= gutter]), (2, [g for g in run if g.right > gutter])):
            rows += [row_of(part, column) for part in lines_of(side) if any(g.text.strip() for g in part)]
        run = []
        if line is not None:
            rows.append(row_of(line))
    return rows


def _crosses(line: Sequence[Glyph], gutter: float) -> bool:
    """Whether characters of a line stand in the gutter, or so near on both sides of it that the line goes on."""
    size = median(glyph.size for glyph in line)
    left = max((g.right for g in line if g.right <= gutter), default=gutter - size)
    right = min((g.left for g in line if g.left >= gutter), default=gutter + size)
    return right - left < 0.9 * size or any(g.left < gutter < g.right for g in line)


def _gutter(lines: Sequence[Sequence[Glyph]]) -> float | None:
    """The place of the white strip between two columns, None where the page has one column.

    In columns, most lines on the left run up to the strip: so columns are told from a list with its figures set apart.
    """
    if len(lines) < _LEAST_ROWS:
        return None
    glyphs = [glyph for line in lines for glyph in line]
    size = median(glyph.size for glyph in glyphs)
    first, last = min(g.left for g in glyphs), max(g.right for g in glyphs)
    best, at = None, first + 0.35 * (last - first)
    fewest = int(_CROSSING * len(lines)) + 1
    while at < first + 0.65 * (last - first):
        crossing = sum(_crosses(line, at) for line in lines)
        if crossing < fewest and _two_sided([line for line in lines if not _crosses(line, at)], at, size):
            best, fewest = at, crossing
        at += max(size / 2, (last - first) / _PLACES)
    return best


def _two_sided(lines: Sequence[Sequence[Glyph]], gutter: float, size: float) -> bool:
    left = [[g for g in line if g.right <= gutter] for line in lines]
    right = [[g for g in line if g.right > gutter] for line in lines]
    left, right = [side for side in left if side], [side for side in right if side]
    if min(len(left), len(right)) < _LEAST_ROWS:
        return False
    shares = [sum(map(len, side)) for side in (left, right)]
    if min(shares) < _SHARE * sum(shares):
        return False
    edge = max(side[-1].right for side in left)
    return sum(edge - side[-1].right < 2 * size for side in left) >= 0.5 * len(left)
