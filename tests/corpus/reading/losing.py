"""What a reader leaves out: the characters of a file, found the plain way, that are not in the stored text.

Counted, without regard to order; white space is none. What is meant to be left out is not asked for.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from html.parser import HTMLParser
from typing import Any
from unicodedata import normalize

import pypdfium2
from lxml import etree

from corpus.reading.html import characters
from corpus.reading.printed_signs import as_written

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DELETED = (f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback")
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_NOT_SHOWN = frozenset("head title script style noscript template nav select option textarea button datalist".split())


def lost(kind: str, data: bytes, text: str) -> Counter[str]:
    """The characters of a docx, xlsx, html or pdf file that are not in the stored text, with how many are missing."""
    return _counted(_FOUND[kind](data)) - _counted([text])


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(c for text in texts for c in normalize("NFKC", text) if not c.isspace() and c.isprintable())


def _word(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in set(_PARTS) & set(archive.namelist()):
            for each in etree.fromstring(archive.read(part)).iter(f"{_W}t"):
                if not any(_is_left_out(above) for above in each.iterancestors()):
                    yield each.text or ""


def _is_left_out(element: Any) -> bool:
    """Deleted, the older form of what is there in a newer one, hidden, or the prompt of an empty control."""
    hidden = element.tag == f"{_W}r" and element.find(f"{_W}rPr/{_W}vanish") is not None
    prompt = element.tag == f"{_W}sdt" and element.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
    return element.tag in _DELETED or hidden or prompt


def _sheets(data: bytes) -> Iterator[str]:
    """The texts of the cells; figures are shown otherwise than they are kept."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    strings = [_written(item) for item in parts.get("xl/sharedStrings.xml", ())]
    targets = {each.get("Id"): each.get("Target", "").rpartition("/")[2] for each in parts["xl/_rels/workbook.xml.rels"]}
    for sheet in parts["xl/workbook.xml"].iter("{*}sheet"):
        part = f"xl/worksheets/{targets.get(sheet.get(_ID))}"
        if sheet.get("state", "visible") == "visible" and part in parts:
            for cell in parts[part].iter("{*}c"):
                if cell.get("t") in ("s", "str", "inlineStr"):
                    text = _written(cell)
                    yield strings[int(text)] if cell.get("t") == "s" and text else text


def _written(item: Any) -> str:
    """The text of a cell or of a shared text, without the formula and the pronunciation."""
    return "".join(each.text or "" for each in item.iter("{*}t", "{*}v") if not any(each.iterancestors("{*}rPh")))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._inside: Counter[str] = Counter()

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self._inside[tag] += tag in _NOT_SHOWN

    def handle_endtag(self, tag: str) -> None:
        self._inside[tag] -= self._inside[tag] > 0

    def handle_data(self, data: str) -> None:
        if not self._inside.total():
            self.texts.append(data)


def _web(data: bytes) -> list[str]:
    page = _Page()
    page.feed(characters(data, None))
    page.close()
    return page.texts


def _printed(data: bytes) -> Iterator[str]:
    with closing(pypdfium2.PdfDocument(data)) as document:
        for page in document:
            yield as_written(page.get_textpage().get_text_range())


_FOUND: dict[str, Callable[[bytes], Iterable[str]]] = {"docx": _word, "xlsx": _sheets, "html": _web, "pdf": _printed}
KINDS = tuple(_FOUND)
