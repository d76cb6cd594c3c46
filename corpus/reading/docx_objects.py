"""What stands in a Word document as an object of another program: sheets, diagrams, pictures."""

import re
from contextlib import suppress
from typing import Any

from corpus.errors import PolicyError
from corpus.reading import xls, xlsx
from corpus.reading.container import attribute, child, local, parse_xml
from corpus.reading.docx_parts import Parts
from corpus.reading.pictures import Pictures, Size, size_in
from corpus.reading.signatures import kind_of

_STYLED = re.compile(r"(?:^|;)\s*(width|height)\s*:([^;]*)")
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


def picture_line(element: Any, parts: Parts, pictures: Pictures) -> list[str]:
    """The line that keeps the place of a picture (blip, imagedata) in the text, none where it is too small to hold text.

    Of one that is not in the file, as those linked to are not, none either: it is told of.
    """
    if local(element) == "blip":
        id, size = attribute(element, "embed") or attribute(element, "link"), _drawn(element)
    else:
        id = attribute(element, "id") or attribute(element, "src") or attribute(element, "href")  # src: Word 2003 XML
        shape = element.getparent()
        style = dict(_STYLED.findall(attribute(shape, "style") or "")) if shape is not None else {}
        size = size_in(style.get("width", ""), style.get("height", ""))
    return pictures.line(parts.content(id), size) if id else []


def _drawn(blip: Any) -> Size | None:
    """The size at which a drawing shows its picture; of several grouped that of all."""
    frame = next((each for each in blip.iterancestors() if local(each) in ("inline", "anchor")), None)
    extent = child(frame, "extent")
    return None if extent is None else size_in(*(f"{attribute(extent, side)}emu" for side in ("cx", "cy")))
