"""A page as printed: characters and ruled lines in their places. What PDF, OFD and recognised pictures are turned into.

Coordinates of any one unit (points, millimetres, pixels), x to the right, y downwards, text upright.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_THICK = 3.0  # points: a filled strip up to this is a ruled line, a larger one is shading
_SHORTEST = 4.0  # points: a shorter stroke is part of a drawing
_STRAIGHT = 0.5  # points: how far a ruled line may lean


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character, or a run of them recognised together. `middle`: height of its middle; `size`: its em."""

    text: str
    left: float
    right: float
    middle: float
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, from left (top) to right (bottom); horizontal or vertical within its own thickness."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it is horizontal."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page. `number` from 1; `confidence` in [0, 1] where its characters were recognised from a picture, else None.

    pictures: the boxes of those on the page.  width: 0 where it was recognised from a picture.
    """

    number: int
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...] = ()
    confidence: float | None = None
    width: float = 0.0
    pictures: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line of text. `column`: 0 across the page, 1 and 2 in two columns."""

    text: str
    left: float
    right: float
    middle: float
    size: float
    column: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: rows of texts, all equally long. `middle`: where it begins."""

    rows: tuple[tuple[str, ...], ...]
    middle: float


Block = Row | Grid


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A page's lines and tables in reading order; all that is kept of it."""

    number: int
    height: float
    blocks: tuple[Block, ...]
    confidence: float | None


def ruled(points: Sequence[tuple[float, float]], *, stroked: bool, filled: bool, unit: float = 1.0) -> Iterator[Rule]:
    """The rules of one stroke: itself where it is a thin strip, else its straight sides where they are drawn.

    unit: how many points the unit of the page is.
    """
    if not (stroked or filled) or not points:
        return
    whole = _box(points)
    if min(whole.right - whole.left, whole.bottom - whole.top) * unit <= _THICK:
        if max(whole.right - whole.left, whole.bottom - whole.top) * unit >= _SHORTEST:
            yield whole
    elif stroked:
        for side in (_box(ends) for ends in pairwise(points)):
            wide, high = (side.right - side.left) * unit, (side.bottom - side.top) * unit
            if min(wide, high) <= _STRAIGHT and max(wide, high) >= _SHORTEST:
                yield side


def _box(points: Sequence[tuple[float, float]]) -> Rule:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rule(min(xs), min(ys), max(xs), max(ys))
