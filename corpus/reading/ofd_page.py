"""A page of an OFD file → characters and ruled lines in their places, in millimetres (GB/T 33190—2016, chapters 8 to 11)."""

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.reading.container import attribute, child, local
from corpus.reading.printed import Glyph, PrintedPage, Rule, ruled
from corpus.reading.printed_signs import as_written

_POINTS = 72 / 25.4  # in a millimetre
_A4 = (210.0, 297.0)
_ABOVE = 0.38  # em from the baseline up to the middle of a Chinese character
_PICTURE = 0.2  # of the page's area: a picture of this size may be a scanned text
_MAX_REPEAT = 10_000  # of a distance between characters: damaged files claim any number
_PATH = re.compile(r"[A-Za-z]|[-+.\d][-+.\deE]*")

Matrix = Sequence[float]


def printed_page(layers: Sequence[Any], area: Any | None, number: int) -> PrintedPage:
    """The page as printed, from its content and its templates' content. Raises ValueError where a number is none."""
    box = child(area, "PhysicalBox")
    numbers = _numbers(box.text) if box is not None else []
    width_height = numbers[2:4] if len(numbers) == 4 else _A4
    glyphs: list[Glyph] = []
    rules: list[Rule] = []
    pictures: list[Rule] = []
    for root in layers:
        for each in root.iter():
            if attribute(each, "Visible") == "false":
                continue
            if local(each) == "TextObject":
                glyphs += _glyphs(each)
            elif local(each) == "PathObject":
                rules += _rules(each)
            elif local(each) == "ImageObject" and len(place := _numbers(attribute(each, "Boundary"))) == 4:
                x, y, width, height = place
                pictures.append(Rule(x, y, x + width, y + height))
    return PrintedPage(number, width_height[1], tuple(glyphs), tuple(rules), None, width_height[0], tuple(pictures))


def picture_of(root: Any, page: PrintedPage) -> str | None:
    """The number of the largest picture on a page, None if it covers too little of it to have a text in it."""
    areas = [
        (box[2] * box[3], attribute(each, "ResourceID"))
        for each in root.iter()
        if local(each) == "ImageObject" and len(box := _numbers(attribute(each, "Boundary"))) == 4
    ]
    area, number = max(areas, key=lambda each: each[0], default=(0.0, None))
    return number if area > _PICTURE * page.height * page.height / math.sqrt(2) else None


def _numbers(text: str | None) -> list[float]:
    numbers = [float(each) for each in (text or "").split()]
    if not all(map(math.isfinite, numbers)):
        raise ValueError(text)
    return numbers


def _placing(element: Any) -> Matrix:
    """The matrix from an object's own coordinates to the page's: its CTM, then the place of its boundary."""
    ctm, box = _numbers(attribute(element, "CTM")), _numbers(attribute(element, "Boundary"))
    a, b, c, d, e, f = ctm if len(ctm) == 6 else (1, 0, 0, 1, 0, 0)
    x, y = box[:2] if len(box) == 4 else (0, 0)
    return a, b, c, d, e + x, f + y


def _put(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _glyphs(element: Any) -> Iterator[Glyph]:
    """The characters of a text object; none of one that stands slantwise, a watermark."""
    m = _placing(element)
    if abs(m[1]) > 0.3 * abs(m[0]):
        return
    size = (_numbers(attribute(element, "Size")) or [0.0])[0]
    wide, high = size * math.hypot(m[0], m[1]), size * math.hypot(m[2], m[3])
    x = y = 0.0
    for code in (each for each in element if local(each) == "TextCode"):
        text = (code.text or "").strip("\r\n\t")
        x = (_numbers(attribute(code, "X")) or [x])[0]
        y = (_numbers(attribute(code, "Y")) or [y])[0]
        right, down = _distances(attribute(code, "DeltaX")), _distances(attribute(code, "DeltaY"))
        at, base = x, y
        for n, character in enumerate(text):
            left, line = _put(m, at, base)
            advance = wide * (0.5 if character.isascii() else 1.0)
            if high > 0:
                yield Glyph(as_written(character), left, left + advance, line - _ABOVE * high, high)
            at += right[min(n, len(right) - 1)] if right else 0.0 if down else size * (0.5 if character.isascii() else 1.0)
            base += down[min(n, len(down) - 1)] if down else 0.0


def _distances(text: str | None) -> list[float]:
    """The distances between characters: numbers, and `g n v` for n times v."""
    words, found, at = (text or "").split(), [], 0
    while at < len(words):
        if words[at] == "g" and at + 2 < len(words):
            found += [float(words[at + 2])] * min(int(words[at + 1]), _MAX_REPEAT)
            at += 3
        else:
            found.append(float(words[at]))
            at += 1
    return found


def _rules(element: Any) -> Iterator[Rule]:
    """The ruled lines of a path object; a stroke with a curve has none."""
    m, data = _placing(element), child(element, "AbbreviatedData")
    stroked, filled = attribute(element, "Stroke") != "false", attribute(element, "Fill") == "true"
    words = _PATH.findall(data.text or "") if data is not None else []
    points: list[tuple[float, float]] = []
    strokes, straight, at = [points], True, 0
    while at < len(words):
        what, numbers = words[at], []
        at += 1
        while at < len(words) and not words[at].isalpha():
            numbers.append(float(words[at]))
            at += 1
        if what in "MS":
            points = []
            strokes.append(points)
        if what in "MSL" and len(numbers) >= 2:
            points.append(_put(m, numbers[0], numbers[1]))
        elif what == "C" and points:
            points.append(points[0])
        elif what not in "MSLC":
            straight = False
    for stroke in strokes if straight else ():
        if len(stroke) > 1:
            yield from ruled(stroke, stroked=stroked, filled=filled, unit=_POINTS)
