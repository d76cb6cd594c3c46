"""Pictures in a document with a text of its own: a large one may be a scanned annex, or a table saved as a picture.

Their text is recognised at its place; what was not is told. Emblems, seals, signatures and drawn lines are too small.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from corpus.errors import PolicyError
from corpus.reading import images, scan
from corpus.reading.printed import LaidOut
from corpus.reading.printed_text import compose, lay_out
from corpus.reading.signatures import kind_of
from corpus.reading.types import Page, Reading

FEW = 20  # characters: a document of fewer has its text in its pictures; a picture of fewer is a photograph
SEAL = 6.0  # centimetres: no seal is larger (国发〔1999〕25号); what is no wider and no higher on its page holds no text
STRIP = 2.0  # centimetres: what is longer than a seal and no narrower may be some rows of a table
LEGIBLE = 0.5  # confidence: of less, most characters are wrong

_SMALLEST = 300  # pixels of the shorter side: ten lines need as many, three a third of them
_SIGN = "\x00"  # at the place of a picture, before its number; no XML holds it
_RUN = re.compile(rf"(?:(?<=\n)\n|\A\n)?({_SIGN}\d+(?:\s*\n{_SIGN}\d+)*)")  # with an empty paragraph before, its own
_WITHIN = re.compile(rf"{_SIGN}\d+")
_UNITS = {"pt": 2.54 / 72, "in": 2.54, "cm": 1.0, "mm": 0.1, "px": 2.54 / 96, "emu": 1 / 360_000}  # in centimetres
_LENGTH = re.compile(r"(\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})(pt|in|cm|mm|px|emu)", re.I)

Size = tuple[float, float]  # width and height as shown, centimetres


def unread_pictures(count: int, *, after: str = "", where: str = "文中") -> str:
    """What is said of pictures whose text was not read, "" of none. after: why, where recognition is installed."""
    if not count:
        return ""
    if after:
        return f"{where}有 {count} 张图片未能识别（{after}），其中如有文字则未读入，请另存为清晰的 PNG 或 JPEG 图片添加。"
    return f"{where}有 {count} 张图片未识别，其中如有文字则未读入，{scan.INSTALL}后重新添加。"


def listed(pages: Sequence[int]) -> str:
    """The numbers of some pages, as a sentence begins with them."""
    shown = "、".join(map(str, pages[:5]))
    return f"第 {shown} 页" if len(pages) <= 5 else f"第 {shown} 等 {len(pages)} 页"


def is_large(data: bytes, shown: Size | None) -> bool:
    """Whether a picture may hold text, by its size on the page and its own. What cannot be opened may, of that size."""
    if shown is not None and not is_large_shown(*shown):
        return False
    size = _pixels(data) if kind_of(data) in images.WITHIN else None
    if size is None:
        return kind_of(data) in images.WITHIN or shown is not None
    return min(size) >= _SMALLEST or (shown is not None and max(size) >= _SMALLEST <= 3 * min(size))


def is_large_shown(width: float, height: float) -> bool:
    """Whether a picture of a size in centimetres may hold text: larger than a seal, and no line or signature."""
    return max(width, height) > SEAL and min(width, height) > STRIP


def size_in(width: str, height: str) -> Size | None:
    """The size that two lengths with their units say, None where they say none."""
    found = [_LENGTH.fullmatch(side.strip()) for side in (width, height)]
    sides = [float(each[1]) * _UNITS[each[2].lower()] if each else 0.0 for each in found]
    return (sides[0], sides[1]) if all(sides) else None


def _pixels(data: bytes) -> tuple[int, int] | None:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=[kind.upper() for kind in images.WITHIN]) as file:
            return file.size
    except Exception:  # damaged in any way, which is told when it is read
        return None


class Pictures:
    """The large pictures met on the way through a document, in order. Each keeps its place in the text by a line of its own."""

    def __init__(self) -> None:
        self._met: list[bytes] = []
        self._absent = 0

    def line(self, data: bytes, shown: Size | None) -> list[str]:
        """The line that keeps the place of a picture; none for one that is too small or was met before, or is not there (b"")."""
        if data in self._met or not is_large(data, shown):
            return []
        if not data:
            self._absent += 1
            return []
        self._met.append(data)
        return [f"{_SIGN}{len(self._met) - 1}"]

    def put_in(self, lines: Sequence[str]) -> Reading:
        """The lines with the text of the pictures in place of theirs, marked as recognised, and what was not read.

        Where there is next to no other text, each picture is a page of the document. Then FormatError is raised where
        recognition is not installed or a picture is damaged, TooLargeError past a limit.
        """
        lines = list(_apart(lines))
        own = "\n".join(line for line in lines if not line.startswith(_SIGN))
        alone = len("".join(own.split())) < FEW
        absent = unread_pictures(self._absent, after="图片不在文件内")
        opened = [n for n, data in enumerate(self._met) if kind_of(data) in images.WITHIN]
        if not opened or not scan.available():
            if opened and alone:
                raise scan.needs_recognition("文档的正文")
            closed = unread_pictures(len(self._met) - len(opened), after="格式不能打开")
            return Reading(own, told=unread_pictures(len(opened)) + closed + absent)
        found = {n: self._recognised(n, alone=alone) for n in range(len(self._met))}
        failed = sum(pages is None for pages in found.values())
        kept = [line for line in lines if not line.startswith(_SIGN) or found[int(line[1:])]]
        told = unread_pictures(failed, after="已损坏、字迹不清或格式不能打开") + absent
        return replace(_joined("\n".join(kept), found, alone=alone), told=told)

    def _recognised(self, number: int, *, alone: bool) -> list[LaidOut] | None:
        """The pages in a picture, none where it is a photograph; None where it cannot be read."""
        data = self._met[number]
        if kind_of(data) not in images.WITHIN:
            return None
        try:
            pages = [scan.recognised(picture, 1) for picture in images.pictures(data)]
        except PolicyError:
            if alone:
                raise
            return None
        if not alone:
            pages = [page for page in pages if sum(len(glyph.text) for glyph in page.glyphs) >= FEW]
            if any((page.confidence or 0.0) < LEGIBLE for page in pages):
                return None
        return [lay_out(page, scan.NEAR) for page in pages]


def _apart(lines: Sequence[str]) -> Iterator[str]:
    """The lines, a picture in the midst of one (of a note, of a cell) after it."""
    for line in lines:
        signs = [] if line.startswith(_SIGN) else _WITHIN.findall(line)
        yield _WITHIN.sub("", line).rstrip() if signs else line
        yield from signs


def _joined(text: str, found: Mapping[int, Sequence[LaidOut] | None], *, alone: bool) -> Reading:
    """The text with that of the pictures; those with nothing between them are read on from one to the next."""
    made, pages, numbers = "", list[Page](), count(1)
    for n, piece in enumerate(_RUN.split(text)):  # text, pictures, text, …
        if n % 2:
            shown = compose([page for key in piece.split() for page in found[int(key[1:])] or ()])
            pages += [Page(next(numbers) if alone else 0, len(made) + page.start, page.confidence) for page in shown.pages]
            made += shown.text
            continue
        if not alone and (n or piece):
            pages.append(Page(0, len(made)))
        made += piece
    return Reading(made, tuple(pages) if any(page.confidence is not None for page in pages) else ())
