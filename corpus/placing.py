"""What becomes of a file in a library: known already, a new document, the next version of one, or one that was moved."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from corpus.identity import apart
from corpus.reading.members import Opener, is_there
from corpus.store import Library
from corpus.types import Facts

Status = Literal["added", "updated", "unchanged", "duplicate", "failed"]

MOVED = "该文件已在库中，文件名或位置有变，已按现在的更新。"
AGAIN = "该文件恢复为以前的内容，这一版又为现行版本。"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was read. content, digest: hashes of its text and of its bytes.  facts: reads its own facts."""

    origin: str
    text: str
    content: str
    digest: str
    facts: Callable[[], Facts]


@dataclass(frozen=True, slots=True)
class Place:
    """What is to be done with a file.

    id: of its text, free or in place of what has it.  of: the version that it is a new version of.  parted: the old version
    that becomes a document of its own as `id`.  latest: it counts as added last.  saved: whether it is stored at all.
    told: a sentence about it, else "".
    """

    status: Status
    id: str
    of: str | None = None
    parted: str | None = None
    latest: bool = False
    saved: bool = True
    told: str = ""


def place(library: Library, file: Incoming, reader: str, opener: Opener) -> Place:
    """The place of a file in the library as it is now. reader: version of the reading rules. Raises LibraryError."""
    before = library.by_origin(file.origin)
    twin = library.by_content(file.content, near=before)
    if twin is None or (before is not None and library.version(before).head != library.version(twin).head):
        return _new_text(library, file, before)
    if twin == before:
        if library.read_by(twin) != reader:
            return Place("updated", twin)
        return Place("unchanged", twin, saved=library.file(twin) != file.digest)  # other bytes, the same text
    if before is not None and library.origin(twin) == file.origin:
        was_old = not library.version(twin).current
        return Place("updated" if was_old else "unchanged", twin, latest=True, told=AGAIN if was_old else "")
    if before is None and _misplaced(library, twin):
        title = library.document(library.version(twin).head).facts.title
        told = f"该文件原作为《{title}》的旧版本保存，二者不是同一份文件，现单独入库。"
        return Place("added", library.new_id(file.content), parted=twin, told=told)
    if before is None and not is_there(library.origin(twin), opener):
        return Place("updated", twin, told=MOVED)
    return Place("duplicate", twin, saved=False)


def _new_text(library: Library, file: Incoming, before: str | None) -> Place:
    """Of a text the library has not, or only in another document than the one in the same file `before`."""
    if before is not None and file.digest == library.file(before):
        return Place("updated", before)  # the same file, which is read otherwise now
    of = before if before is not None else library.kin(file.facts(), file.text)
    return Place("added" if of is None else "updated", library.new_id(file.content, of), of)


def _misplaced(library: Library, id: str) -> bool:
    """Whether an old version is another document than the current one: another file came under its name."""
    version = library.version(id)
    return not version.current and apart(library.document(id).facts, library.document(version.head).facts)


def standing(library: Library, place: Place, id: str) -> str:
    """What is said of a file whose text has the id `id` now: what was done, and whether it is an old version, or a new one."""
    version = library.version(id)
    if not version.current:
        current = library.document(version.head)
        said = "" if place.told == AGAIN else place.told
        return (
            f"{said}该文件作为《{current.facts.title}》的旧版本保存（共 {version.count} 版中的第 {version.number} 版），"
            f"现行版本为“{current.source}”。"
        )
    if place.of is None:
        return place.told
    now, before = library.document(id).facts, library.document(library.versions(id)[-2].document).facts
    if apart(before, now):
        return (
            f"该文件原为{_named(before)}，现内容换为{_named(now)}；原文作为旧版本保存，不再用于回答。"
            "两份文件都要用的，请把原文另存为其他文件名后添加。"
        )
    return f"该文件是《{now.title}》的新版本（第 {version.number} 版），原有版本保存为旧版本。"


def _named(facts: Facts) -> str:
    return f"《{facts.title}》{f'（{facts.date}）' if facts.date else ''}"


def as_twin(library: Library, id: str) -> str:
    """What is said of a file whose text the library has from another file."""
    version, source = library.version(id), library.document(id).source
    if version.current:
        return f"内容与已入库的“{source}”相同，未重复入库。"
    return (
        f"内容与旧版本“{source}”（编号 {id}）相同，未重复入库，现行版本未变。"
        f"如要以此为现行版本，请先用 policy remove 移除该旧版本，再重新添加。"
    )
