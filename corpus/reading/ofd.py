"""OFD (GB/T 33190—2016): the text of its pages in reading order; pages that are pictures are recognised where OCR is installed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from posixpath import dirname, join, normpath
from typing import Any

from corpus.errors import FormatError, TooLargeError
from corpus.reading import images, scan
from corpus.reading.container import Container, attribute, child, local
from corpus.reading.ofd_page import picture_of, printed_page
from corpus.reading.pictures import FEW, listed, unread_pictures
from corpus.reading.printed import LaidOut
from corpus.reading.printed_pictures import large_pictures
from corpus.reading.printed_text import compose, lay_out
from corpus.reading.types import Reading

MAX_PAGES = 2000

_NEAR = 1.0  # millimetres: how far apart ruled lines may end that ought to meet
_CENTIMETRE = 10.0  # millimetres
_DAMAGED = "OFD 文件不完整或已损坏，找不到“{0}”。请重新获取完整的文件后添加。"


def read(_name: str, data: bytes) -> Reading:
    """The text and the pages of an OFD file; of several documents in it, one after the other.

    Raises FormatError where it is locked, damaged or its pages are pictures and OCR is not installed, TooLargeError
    past MAX_PAGES or a limit of its container.
    """
    container = Container(data)
    pages: list[LaidOut] = []
    unread: Counter[int] = Counter()
    for body in (each for each in _part(container, "OFD.xml") if local(each) == "DocBody"):
        root = child(body, "DocRoot")
        document = _Document(container, normpath((root.text or "").strip().lstrip("/")) if root is not None else "", unread)
        for place in document.pages():
            if len(pages) >= MAX_PAGES:
                raise TooLargeError(f"OFD 文件超过 {MAX_PAGES} 页的上限。请拆成几个文件后添加。")
            pages.append(document.page(place, len(pages) + 1))
    told = unread_pictures(unread.total(), after="OFD 页面中的图片不识别", where=listed(sorted(+unread)))
    return replace(compose(pages), told=told)


def _part(container: Container, member: str) -> Any:
    root = container.xml(member)
    if root is None:
        raise FormatError(_DAMAGED.format(member))
    return root


class _Document:
    """One document of the file: where its pages, templates and pictures are."""

    def __init__(self, container: Container, member: str, unread: Counter[int]) -> None:
        """unread: page → pictures passed over, to be added to."""
        self._container, self._member, self._unread = container, member, unread
        self._root = _part(container, member)
        common = child(self._root, "CommonData")
        self._area = child(common, "PageArea")
        parts = [] if common is None else list(common)
        self._templates = {
            attribute(each, "ID"): self._beside(member, attribute(each, "BaseLoc") or "")
            for each in parts
            if local(each) == "TemplatePage"
        }
        self._pictures = dict(
            picture
            for each in parts
            if local(each) in ("PublicRes", "DocumentRes")
            for picture in self._media(self._beside(member, (each.text or "").strip()))
        )

    @staticmethod
    def _beside(member: str, place: str) -> str:
        """A place written in a member, from the root of the container (`/` first) or from the member's folder."""
        return place.lstrip("/") if place.startswith("/") else normpath(join(dirname(member), place))

    def _media(self, member: str) -> Iterator[tuple[str | None, str]]:
        """The pictures that a list of resources names, by their numbers."""
        root = self._container.xml(member)
        base = "" if root is None else attribute(root, "BaseLoc") or ""
        for each in [] if root is None else root.iter():
            if local(each) == "MultiMedia" and (file := child(each, "MediaFile")) is not None:
                place = (file.text or "").strip()
                yield attribute(each, "ID"), self._beside(member, place if place.startswith("/") else join(base, place))

    def pages(self) -> list[str]:
        """The members that hold the pages, in order."""
        pages = child(self._root, "Pages")
        places = [] if pages is None else [attribute(each, "BaseLoc") or "" for each in pages if local(each) == "Page"]
        return [self._beside(self._member, place) for place in places]

    def page(self, member: str, number: int) -> LaidOut:
        """A page laid out, what its templates bring included; recognised where it is a picture."""
        root = _part(self._container, member)
        brought = [self._templates.get(attribute(each, "TemplateID")) for each in root if local(each) == "Template"]
        layers = [*(_part(self._container, template) for template in brought if template), root]
        area = child(root, "Area")
        try:
            page = printed_page(layers, area if area is not None else self._area, number)
            picture = picture_of(root, page) if len(page.glyphs) < FEW else None
        except (ValueError, OverflowError) as error:
            raise FormatError(f"OFD 文件第 {number} 页已损坏，其中有不是数字的坐标。请重新获取完整的文件后添加。") from error
        data = self._container.read(self._pictures.get(picture, "")) if picture else None
        if not data:
            self._unread[number] += len(large_pictures(page, _CENTIMETRE))
            return lay_out(page, _NEAR)
        if not scan.available():
            raise scan.needs_recognition(f"OFD 文件第 {number} 页")
        return lay_out(scan.recognised(next(images.pictures(data)), number), scan.NEAR)
