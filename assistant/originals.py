"""What is shown of the file a document was read from, beside what was read; and files that are uploaded and kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from corpus.errors import LibraryError, PolicyError
from corpus.ingest import Outcome, add_paths
from corpus.lexicon.departments import Departments
from corpus.originals import Originals, load
from corpus.reading import kind_by_name
from corpus.reading.drawing import OFFICE, PICTURES, TEXTS, Drawn, as_text, draw
from corpus.reading.signatures import NAMES
from corpus.store import Library
from corpus.types import Document

LONGEST = 200_000  # characters of a text that are shown
_NEEDLE = 24  # characters of a clause by which its page is found in the PDF copy of an office file


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the file, or its text, or why neither is shown.

    picture: WebP, b"" for none.  page, pages: from 1; 0 where the file has none.  text: None for none.
    notes: sentences the reader must know.  there: whether there is a file to be taken away.
    """

    document: Document
    picture: bytes = b""
    page: int = 0
    pages: int = 0
    text: str | None = None
    notes: tuple[str, ...] = ()
    there: bool = True


def leaf(library: Library, id: str, page: int, start: int) -> Leaf:
    """Page `page` of the document's file; where it is 0, the page with the character `start` of the stored text.

    Raises LibraryError for an unknown document; whatever is wrong with the file is said in the notes.
    """
    document = library.document(id)
    try:
        data = load(library.origin(id))
        if data is None:
            return Leaf(document, notes=(_gone(library, document),), there=False)
        return _shown(library, document, data, page, start)
    except PolicyError as error:
        return Leaf(document, notes=(str(error),))


def original(library: Library, id: str) -> bytes:
    """The file's content. Raises LibraryError where it is not there, ReadError where it cannot be read."""
    document = library.document(id)
    data = load(library.origin(id))
    if data is None:
        raise LibraryError(_gone(library, document))
    return data


def _gone(library: Library, document: Document) -> str:
    return (
        f"原件“{document.source}”已不在添加时的位置（{library.origin(document.id)}），可能已被移动、改名或删除。"
        "读出的文字不受影响；需要对照原件的，请从新的位置重新添加。"
    )


def _shown(library: Library, document: Document, data: bytes, page: int, start: int) -> Leaf:
    kind = kind_by_name(document.source, data)
    known = library.file(document.id)
    notes: tuple[str, ...] = (_CHANGED,) if known and known != sha256(data).hexdigest() else ()
    if kind in TEXTS:
        text = as_text(kind, data)
        notes += (f"原件较长，只显示前 {LONGEST} 字；全文请下载原件查看。",) if len(text) > LONGEST else ()
        return Leaf(document, text=text[:LONGEST], notes=notes)
    drawn = _drawn(library, document, kind, data, page, start)
    if drawn is None:
        return Leaf(document, notes=(*notes, f"原件是{NAMES[kind]}，这里不能显示。请下载后用相应的软件打开。"))
    return Leaf(document, drawn.picture, drawn.page, drawn.pages or max(1, len(document.pages)), None, notes)


_CHANGED = "原件在入库之后有过改动，所示可能与读出的文字不一致。重新添加这个文件，即读入新的内容。"


def _drawn(library: Library, document: Document, kind: str, data: bytes, page: int, start: int) -> Drawn | None:
    if kind == "pdf" or kind in PICTURES:
        return draw(kind, data, page or next((each.number for each in document.pages_of(start, start + 1)), 1))
    if kind not in OFFICE:
        return None
    pdf = Originals(library.path).pdf(document.id, kind, data)
    needle = "" if page else "".join(document.text[start : start + 4 * _NEEDLE].split())[:_NEEDLE]
    return draw("pdf", pdf, page, needle)


def take(library: Library, uploads: Iterable[Path], departments: Departments) -> Iterator[Outcome]:
    """Read uploaded files, each asked for when the one before is done; the library keeps those it has read something of."""
    originals = Originals(library.path)
    originals.prune(library.origins())
    place: Path | None = None
    there = False

    def kept() -> Iterator[Path]:
        nonlocal place, there
        for upload in uploads:
            leave()
            place, there = originals.keep(upload), False
            yield place

    def leave() -> None:
        if place is not None and not there:
            originals.drop([str(place)], library.origins())

    try:
        for outcome in add_paths(library, kept(), departments):
            there = there or outcome.status in ("added", "updated", "unchanged")
            yield outcome
    finally:
        leave()


def discard(library: Library, id: str) -> bool:
    """Remove a document, or an old version, with what was uploaded for it and its PDF copy; False if there was none."""
    going = [each.document for each in library.versions(id)] if library.origin(id) else []
    origins = {each: library.origin(each) for each in going}
    removed = library.remove(id)
    originals = Originals(library.path)
    originals.drop(origins.values(), library.origins())
    originals.forget(each for each in going if not library.origin(each))
    return removed
