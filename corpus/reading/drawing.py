"""The file a document was read from, to be looked at: its pages as pictures, its text, an office file as PDF.

Each is made in a process of its own that ends with its time and its memory. Nothing of the file is run or fetched.
"""

import io
from dataclasses import dataclass
from itertools import islice
from typing import Any

from corpus.errors import FormatError, PolicyError
from corpus.reading.process import Process
from corpus.reading.whole_text import whole_text

PICTURES = frozenset({"png", "jpeg", "tiff", "bmp"})
OFFICE = frozenset({"doc", "docx", "rtf", "odt", "wordml", "xls", "xlsx"})
TEXTS = frozenset({"text", "csv", "html", "mhtml", "eml"})

DPI, MAX_SIDE = 150, 2200  # A4 is 1,240 × 1,754 pixels: readable at twice the width of half a screen
MAX_PAGE = 2000
SECONDS, CONVERTING = 30, 150  # for a page; for an office file
MEMORY = 2 * 2**30  # bytes; held on POSIX systems alone

_FAILED = "原件无法显示：文件可能不完整、已损坏，或设有打开密码。请下载后用原来的软件打开。"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as a picture (WebP). page: its number, from 1.  pages: of the file; 0 where its format does not say."""

    picture: bytes
    page: int
    pages: int


def draw(kind: str, data: bytes, page: int, needle: str = "") -> Drawn:
    """A page of a PDF file or of a picture file; a page past the end is the last.

    needle: in place of the number the first page that holds these words, where there is one; PDF alone.
    Raises FormatError where it cannot be shown, takes over SECONDS or too much memory.
    """
    head, picture = _made({"do": "draw", "kind": kind, "page": page, "needle": needle}, data, SECONDS)
    return Drawn(picture, head["page"], head["pages"])


def as_pdf(kind: str, data: bytes) -> bytes:
    """An office file as PDF, by LibreOffice. Raises FormatError where it is missing or does not manage."""
    return _made({"do": "convert", "kind": kind}, data, CONVERTING)[1]


def as_text(kind: str, data: bytes) -> str:
    """All the text of a text file, a web page or a mail. Raises FormatError, EncodingError."""
    return _made({"do": "text", "kind": kind}, data, SECONDS)[1].decode("utf-8", "replace")


def member(name: str, data: bytes, place: str) -> bytes | None:
    """The file inside a zip or a mail, by its way inside it, `!` between containers; None where there is none.

    name: the container's. Raises FormatError where it cannot be taken apart.
    """
    head, content = _made({"do": "member", "name": name, "place": place}, data, SECONDS)
    return content if head["there"] else None


def _made(task: dict[str, Any], data: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
    """What a process of its own replies to a task, and the content it made."""
    process = Process(seconds, MEMORY)
    try:
        head, content = process.ask({"name": "", **task}, data)
    finally:
        process.end()
    if process.stopped == "time":
        raise FormatError(f"原件在 {seconds:g} 秒内没有显示出来，已停止。请下载后用原来的软件打开。")
    if head is None or "error" in head:  # None: ended by a limit, or crashed
        raise FormatError((head or {}).get("message") or _FAILED)
    return head, content


# -- in the process of its own ---------------------------------------------------------------------------------------


def made(task: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """The reply to a task of `draw`, `as_pdf`, `as_text` or `member`, and a content. Raises PolicyError, MemoryError."""
    try:
        match task["do"]:
            case "convert":
                from corpus.reading.legacy import to_pdf

                return {}, to_pdf(task["kind"], data)
            case "text":
                return {}, whole_text(task["kind"], data).encode("utf-8", "replace")
            case "member":
                found = _member(task["name"], data, task["place"])
                return {"there": found is not None}, found or b""
        if task["kind"] == "pdf":
            return _pdf_page(data, task["page"], task["needle"])
        return _picture(data, task["page"])
    except (PolicyError, MemoryError):
        raise
    except Exception as error:  # damaged in any way
        raise FormatError(_FAILED) from error


def _member(name: str, data: bytes, place: str) -> bytes | None:
    from corpus.reading import archive, kind_by_name, mail

    openers = {"zip": archive.members, "eml": mail.attachments}
    opener = openers.get(kind_by_name(name, data))
    for each in opener(data) if opener else ():
        if place == each.path:
            return each.load()
        if place.startswith(f"{each.path}!"):
            return _member(each.name, each.load(), place[len(each.path) + 1 :])
    return None


def _pdf_page(data: bytes, page: int, needle: str) -> tuple[dict[str, Any], bytes]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    document.init_forms()  # what was filled in is drawn
    pages = len(document)
    number = (_holding(document, needle) if needle else None) or min(max(page, 1), pages)
    leaf = document[number - 1]
    picture = leaf.render(scale=min(DPI / 72, MAX_SIDE / max(leaf.get_size()))).to_pil()
    return {"page": number, "pages": pages}, _webp(picture)


def _holding(document: Any, needle: str) -> int | None:
    """The first page with the words, white space aside."""
    wanted = "".join(needle.split())
    for number in range(min(len(document), MAX_PAGE)):
        if wanted in "".join(document[number].get_textpage().get_text_range().split()):
            return number + 1
    return None


def _picture(data: bytes, page: int) -> tuple[dict[str, Any], bytes]:
    from PIL import Image

    from corpus.reading.images import pictures

    number, found = 0, None
    for number, found in islice(enumerate(pictures(data), 1), min(max(page, 1), MAX_PAGE)):  # noqa: B007 - the last is meant
        pass
    picture = Image.fromarray(found[:, :, ::-1])  # type: ignore[index]
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    return {"page": number, "pages": 0}, _webp(picture)


def _webp(picture: Any) -> bytes:
    made = io.BytesIO()
    picture.convert("RGB").save(made, "WEBP", quality=75, method=2)  # a third of PNG's size
    return made.getvalue()
