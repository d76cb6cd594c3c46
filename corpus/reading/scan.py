"""A picture of a page → its lines of text and its ruled lines, by RapidOCR (models PP-OCR, in its package; no network)."""

import threading
from functools import cache
from importlib.util import find_spec
from typing import Any

from corpus.errors import FormatError
from corpus.reading import watch
from corpus.reading.printed import Glyph, PrintedPage, Rule

NEAR = 12.0  # pixels: how far apart the ruled lines of a scanned table may end that ought to meet
DPI = 200  # at which pages are drawn to be recognised
MAX_SIDE = 3000  # pixels: a larger picture is made smaller; A4 at 200 dpi is 2,339 high

INSTALL = "请安装文字识别组件（pip install 'policy-assistant[ocr]'）"

_LEVEL, _UPRIGHT = 80, 45  # pixels: shorter strokes are parts of characters
_SURE = 0.8  # confidence: a page of less may lie on its head
_THICK = 12  # pixels: thicker is no ruled line
_ENGINE = threading.Lock()


def available() -> bool:
    """Whether recognition is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def needs_recognition(what: str) -> FormatError:
    """The error where `what` is a picture and recognition is not installed."""
    return FormatError(f"{what}是图像，没有文字。{INSTALL}后重新添加；或添加它的文字版（Word 文档、带文字的 PDF）。")


def recognised(picture: Any, number: int) -> PrintedPage:
    """The page in a picture, an array [height, width, 3] of bytes, blue first; turned where it lies on its side or its head.

    Its confidence is the mean of its lines', by characters; 0 where nothing was found.
    """
    import numpy as np

    page, upright = _page(picture, number)
    if not page.glyphs or (upright and (page.confidence or 0.0) >= _SURE):
        return page
    turned = (_page(np.ascontiguousarray(np.rot90(picture, quarter)), number) for quarter in (1, 2, 3))
    return max((page, upright), *turned, key=_rightness)[0]


def _rightness(found: tuple[PrintedPage, bool]) -> float:
    """How much was recognised and how surely; half where lines run from top to bottom, as on a page that lies on its side."""
    page, upright = found
    return (page.confidence or 0.0) * sum(len(glyph.text) for glyph in page.glyphs) * (1.0 if upright else 0.5)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})


def _page(picture: Any, number: int) -> tuple[PrintedPage, bool]:
    """The page as it lies, and whether its lines run from left to right."""
    with _ENGINE:
        found = _engine()(picture, use_cls=False)  # it would turn every line by itself, and leave their order wrong
    watch.progress()
    boxes = [] if found.boxes is None else [(box[:, 0], box[:, 1]) for box in found.boxes]
    glyphs, upright, weight, total = [], 0, 0.0, 0
    for (xs, ys), text, score in zip(boxes, found.txts or (), found.scores or (), strict=False):
        left, right, top, bottom = (float(each) for each in (xs.min(), xs.max(), ys.min(), ys.max()))
        if not text.strip():
            continue
        glyphs.append(Glyph(text.strip(), left, right, (top + bottom) / 2, _size(text, right - left, bottom - top)))
        upright += right - left >= bottom - top or len(text) == 1
        weight, total = weight + float(score) * len(text), total + len(text)
    confidence = round(weight / total, 4) if total else 0.0
    page = PrintedPage(number, float(picture.shape[0]), tuple(glyphs), tuple(_rules(picture)) if glyphs else (), confidence)
    return page, upright >= 0.5 * len(glyphs)


def _size(text: str, width: float, height: float) -> float:
    """The em of a line: of some Chinese characters by its width, which is measured better than its height."""
    ems = sum(0.5 if c.isascii() else 1.0 for c in text)
    by_width = width / ems if ems else height
    return by_width if ems >= 4 and 0.6 * height < by_width < 1.2 * height else 0.9 * height


def _rules(picture: Any) -> list[Rule]:
    """The straight dark lines of a picture, longer than any character's strokes."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15)
    level, upright = (_strokes(dark, shape) for shape in ((_LEVEL, 1), (1, _UPRIGHT)))
    return level + [rule for rule in upright if _ends(rule.top, rule, level) and _ends(rule.bottom, rule, level)]


def _ends(y: float, upright: Rule, level: list[Rule]) -> bool:
    """Whether an upright line ends at a level one, as in tables, and not freely, as in large characters."""
    return any(
        rule.top - NEAR <= y <= rule.bottom + NEAR and rule.left - NEAR <= upright.left <= rule.right + NEAR for rule in level
    )


def _strokes(dark: Any, shape: tuple[int, int]) -> list[Rule]:
    import cv2

    kept = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
    boxes = (cv2.boundingRect(contour) for contour in cv2.findContours(kept, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0])
    return [Rule(float(x), float(y), float(x + w), float(y + h)) for x, y, w, h in boxes if min(w, h) <= _THICK]
