"""What stands in a Word document as an object of another program: sheets, diagrams, and pictures where they are all there is."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from corpus.errors import PolicyError
from corpus.reading import images, scan, xls, xlsx
from corpus.reading.container import attribute, local, parse_xml
from corpus.reading.docx_parts import Parts
from corpus.reading.printed_text import compose, lay_out
from corpus.reading.signatures import kind_of
from corpus.reading.types import Page, Reading

FEW = 20  # characters: a document of fewer and a large picture has its text in the picture

_SMALLEST = 500  # pixels of a page's shorter side; emblems and signatures are smaller
_SHEETS = {"xlsx": xlsx.read, "xls": xls.read}


def object_lines(element: Any, parts: Parts) -> list[str]:
    """The lines of a sheet (OLEObject) or a diagram (relIds) that an element calls for; none of any other object.

    What is damaged has none: Word shows a picture of it, no text.
    """
    key = "dm" if local(element) == "relIds" else "id"
    content = parts.content(attribute(element, key))
    if not content:
        return []
    if key == "dm":
        return _diagram(content)
    reader = _SHEETS.get(kind_of(content))
    with suppress(PolicyError):
        return reader("", content).text.split("\n") if reader else []
    return []


def _diagram(content: bytes) -> list[str]:
    points = (each for each in parse_xml(content, "diagram").iter() if local(each) == "pt")
    texts = ("".join(t.text or "" for t in point.iter() if local(t) == "t").strip() for point in points)
    return [text for text in texts if text]


def recognised(text: str, parts: Parts) -> Reading | None:
    """The document with the text of its pictures, a page each, where it has next to none of its own; else None.

    Raises FormatError where recognition is not installed or a picture is damaged, TooLargeError past a limit.
    """
    if len("".join(text.split())) >= FEW:
        return None
    pages = [picture for data in _pictures(parts) for picture in _large(data)]
    if not pages:
        return None
    if not scan.available():
        raise scan.needs_recognition("文档的正文")
    found = compose([lay_out(scan.recognised(picture, number), scan.NEAR) for number, picture in enumerate(pages, 1)])
    text = text.strip()
    before = f"{text}\n" if text else ""
    return Reading(before + found.text, tuple(Page(p.number, p.start + len(before), p.confidence) for p in found.pages))


def _pictures(parts: Parts) -> Iterator[bytes]:
    """The pictures in the order of the document, each once where a newer and an older form show the same."""
    seen = set()
    for each in parts.body.iter():
        key = {"blip": "embed", "imagedata": "id"}.get(local(each))
        id = attribute(each, key) if key else None
        if id and id not in seen and (content := parts.content(id)):
            seen.add(id)
            yield content


def _large(data: bytes) -> list[Any]:
    """The pages in a picture; none in a drawing or an emblem. Raises as images.pictures does: no page is passed over."""
    if kind_of(data) not in images.KINDS:
        return []
    return [picture for picture in images.pictures(data) if min(picture.shape[:2]) >= _SMALLEST]
