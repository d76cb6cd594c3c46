"""A page of a PDF file → characters and ruled lines in their places, upright, in points. Talks to PDFium."""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from corpus.reading.printed import Glyph, PrintedPage, Rule, ruled
from corpus.reading.printed_signs import as_written

_MAX_SEGMENTS = 50_000  # looked at for rules; a page of more is a drawing
_PICTURE = 0.2  # of the page's area: a picture of this size may be a scanned text
_OUTLINES = 1000  # curves: characters drawn as outlines have dozens each, a page with a seal or a diagram some hundreds

Turn = Callable[[float, float], tuple[float, float]]


def printed_page(page: Any, number: int) -> PrintedPage:
    """The page as printed. Upright is how most of its characters stand; those that stand slantwise are a watermark."""
    import pypdfium2.raw as raw

    left, bottom, right, top = page.get_bbox()
    text = page.get_textpage()
    try:
        turned = [_angle(raw.FPDFText_GetCharAngle(text, n)) for n in range(text.count_chars())]
        upright = Counter(angle for angle in turned if angle % 90 == 0).most_common(1)
        angle = upright[0][0] if upright else 0
        turn: Turn = {
            0: lambda x, y: (x - left, top - y),
            270: lambda x, y: (y - bottom, x - left),
            180: lambda x, y: (right - x, y - bottom),
            90: lambda x, y: (top - y, right - x),
        }[angle]
        glyphs = tuple(_glyphs(text, turned, turn))
    finally:
        text.close()
    width, height = right - left, top - bottom
    if angle % 180:
        width, height = height, width
    drawn = (tuple(_rules(page, turn)), None, width, tuple(_pictures(page, turn))) if glyphs else ()
    return PrintedPage(number, height, glyphs, *drawn)


def _angle(radians: float) -> int:
    """In whole degrees; slantwise where a damaged file puts a character nowhere."""
    return round(math.degrees(radians)) % 360 if math.isfinite(radians) else 1


def _glyphs(text: Any, turned: Sequence[int], turn: Turn) -> Iterator[Glyph]:
    import pypdfium2.raw as raw

    box = raw.FS_RECTF()
    high = 0
    for n, angle in enumerate(turned):
        code = raw.FPDFText_GetUnicode(text, n)
        if 0xD800 <= code < 0xDC00:  # the first half of a character beyond the basic plane
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        if angle % 90 or raw.FPDFText_IsGenerated(text, n) or not raw.FPDFText_GetLooseCharBox(text, n, box):
            continue
        character = chr(code) if code < 0x110000 else "\ufffd"
        if raw.FPDFText_HasUnicodeMapError(text, n) > 0 or character < " ":
            character = "\ufffd"
        if character in "\u00ad\u200b\u200c\u200d\ufeff\ufffe\x02":
            continue
        (x0, y0), (x1, y1) = turn(box.left, box.bottom), turn(box.right, box.top)
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        size = max(x1 - x0, y1 - y0) if character > "\u2e80" else y1 - y0
        if size > 0:
            yield Glyph(" " if character in "\u00a0\u2002\u2003" else as_written(character), x0, x1, (y0 + y1) / 2, size)


def print_fields(page: Any) -> bool:
    """Make what was filled into the page's form part of what is printed; whether there was a field. Load the page anew then.

    Signatures and buttons, and annotations that are no fields, are taken off.
    """
    import pypdfium2.raw as raw

    if page.formenv is None:
        return False
    fields = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
    found = False
    for n in reversed(range(raw.FPDFPage_GetAnnotCount(page))):
        annotation = raw.FPDFPage_GetAnnot(page, n)
        kept = raw.FPDFAnnot_GetFormFieldType(page.formenv, annotation) in fields
        raw.FPDFPage_CloseAnnot(annotation)
        found = found or kept
        if not kept:
            raw.FPDFPage_RemoveAnnot(page, n)
    if found:
        page.flatten(raw.FLAT_PRINT)
    return found


def unreadable_share(glyphs: Sequence[Glyph]) -> float:
    """Share, in [0, 1], of characters without a known meaning: unmapped, or of a font's private area."""
    seen = [glyph.text for glyph in glyphs if not glyph.text.isspace()]
    return sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in seen) / len(seen) if seen else 0.0


def is_picture(page: Any) -> bool:
    """Whether pictures cover so much of the page that its text may be in them, or so many curves that they are its text."""
    import pypdfium2
    import pypdfium2.raw as raw

    width, height = page.get_size()
    area, curves, seen = 0.0, 0, 0
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH]):
        try:
            if each.type == raw.FPDF_PAGEOBJ_IMAGE:
                area += _covered(each)
                continue
        except pypdfium2.PdfiumError:
            continue
        count = raw.FPDFPath_CountSegments(each)
        curves += sum(
            raw.FPDFPathSegment_GetType(raw.FPDFPath_GetPathSegment(each, n)) == raw.FPDF_SEGMENT_BEZIERTO for n in range(count)
        )
        seen += max(1, count)
        if seen > _MAX_SEGMENTS:
            return True
    return bool(area > _PICTURE * width * height) or curves > _OUTLINES


def _pictures(page: Any, turn: Turn) -> Iterator[Rule]:
    """The boxes of the pictures on the page."""
    import pypdfium2.raw as raw

    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        a, b, c, d, x, y = _placed(each)
        corners = [turn(x + a * u + c * v, y + b * u + d * v) for u in (0, 1) for v in (0, 1)]
        xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
        yield Rule(min(xs), min(ys), max(xs), max(ys))


def _covered(picture: Any) -> float:
    """The area of a picture on its page."""
    matrix = _placed(picture)
    return abs(float(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


def rendered(page: Any, dpi: int, max_side: int) -> Any:
    """The page as a picture, an array [height, width, 3] of bytes, blue first; no side longer than `max_side` pixels."""
    scale = min(dpi / 72, max_side / max(page.get_size()))
    return page.render(scale=scale, rev_byteorder=False).to_numpy()[:, :, :3].copy()


# -- ruled lines -------------------------------------------------------------------------------------------------------


def _rules(page: Any, turn: Turn) -> Iterator[Rule]:
    import pypdfium2.raw as raw

    seen = 0
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        count = raw.FPDFPath_CountSegments(path)
        seen += max(1, count)
        if seen > _MAX_SEGMENTS:
            return
        matrix = _placed(path)
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, fill, stroke)
        for points in _strokes(path, count, matrix):
            yield from ruled([turn(*point) for point in points], stroked=bool(stroke.value), filled=bool(fill.value))


def _placed(item: Any) -> Sequence[float]:
    """The matrix from an object's own coordinates to the page's, through the forms it is in; a picture's are a unit square."""
    matrix: Sequence[float] = item.get_matrix().get()
    holder = item.container
    while holder is not None:
        matrix = _times(matrix, holder.get_matrix().get())
        holder = holder.container
    return matrix


def _times(a: Sequence[float], b: Sequence[float]) -> tuple[float, ...]:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _strokes(path: Any, count: int, m: Sequence[float]) -> Iterator[list[tuple[float, float]]]:
    """The points of each connected stroke of straight lines; one with a curve is left out."""
    import pypdfium2.raw as raw

    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curved = False
    for n in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, n)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        points.append((m[0] * x.value + m[2] * y.value + m[4], m[1] * x.value + m[3] * y.value + m[5]))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points
