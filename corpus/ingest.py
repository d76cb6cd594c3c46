"""A file → a stored document with its clauses, facts, responsibilities and targets."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from corpus.errors import PolicyError
from corpus.lexicon.departments import Departments
from corpus.metadata import read_facts
from corpus.outline import read_clauses
from corpus.reading import Reading, walk, written
from corpus.reading.folders import shown
from corpus.reading.members import Part, is_there, read_parts
from corpus.reading.worker import Worker
from corpus.responsibility import read_responsibilities
from corpus.store import Library, content_hash
from corpus.targets import read_targets
from corpus.types import Clause, Document, Facts

# Raised whenever the reading rules change: documents read by older rules are read anew when they are added again.
READER = "3"

_LOG = logging.getLogger(__name__)

Status = Literal["added", "updated", "unchanged", "duplicate", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. `error` is a sentence for people where status is `failed` (or tells the twin's name).

    document: the id of the text, an old version's where it became one.  told: a sentence that says so, else "".
    """

    source: str
    status: Status
    document: str | None
    clauses: int
    error: str | None = None
    told: str = ""


def annotate(text: str, clauses: Sequence[Clause], departments: Departments | None = None) -> tuple[Clause, ...]:
    """The clauses with the responsibilities and targets that stand in them."""
    duties, targets = read_responsibilities(text, clauses, departments), read_targets(text, clauses)
    return tuple(replace(c, responsibilities=r, targets=t) for c, r, t in zip(clauses, duties, targets, strict=True))


def read_document(
    text: str, id: str, source: str, departments: Departments | None = None, facts: Facts | None = None
) -> tuple[Document, tuple[Clause, ...]]:
    """The document and its annotated clauses, from a stored text. facts: its own, where they have been read already."""
    facts = facts if facts is not None else read_facts(text, source)
    return Document(id, source, text, facts), annotate(text, read_clauses(text, id), departments)


def add_file(library: Library, path: Path, worker: Worker, departments: Departments | None = None) -> Iterator[Outcome]:
    """Read one file into the library, an outcome for it or for each file it holds.

    Never raises for what is wrong with a file; the library stays as it was then.
    """
    source = shown(path.name)
    try:
        origin = _origin(path)
        for part in read_parts(path, worker):
            yield _add(library, part, origin + part.place, departments)
    except PolicyError as error:
        yield Outcome(source, "failed", None, 0, str(error))
    except Exception as error:  # a fault of ours in taking it apart: one file never stops the rest
        yield _fault(source, error)


def _add(library: Library, part: Part, origin: str, departments: Departments | None) -> Outcome:
    source, reading = shown(part.name), part.reading
    if reading is None:
        return Outcome(source, "failed", None, 0, part.error)
    try:
        content = content_hash(reading.text)
        before = library.by_origin(origin)
        twin = library.by_content(content, near=before)
        if twin is not None and twin == before:
            if library.read_by(twin) == READER:
                return Outcome(source, "unchanged", twin, library.count(twin), told=_as_version(library, twin))
        elif twin is not None and (before is None or _same_document(library, before, twin)):
            if before is not None or is_there(library.origin(twin)):
                return Outcome(source, "duplicate", twin, library.count(twin), _as_twin(library, twin))
            before = twin  # the same file under a new name
        fresh = Addition(part, reading, origin, departments)
        if before is not None and (before == twin or part.digest == library.file(before)):
            return fresh.again(library, before)  # the same file, which is read otherwise now
        return fresh.new(library, before)
    except PolicyError as error:
        return Outcome(source, "failed", None, 0, str(error))
    except Exception as error:  # a fault of ours in reading it: one file never stops the rest
        return _fault(source, error)


@dataclass(frozen=True, slots=True)
class Addition:
    """A file that was read and has to be stored."""

    part: Part
    reading: Reading
    origin: str
    departments: Departments | None

    def again(self, library: Library, id: str) -> Outcome:
        """In place of what was read of the same file before."""
        return self._saved(library, id, read_facts(self.reading.text, shown(self.part.name)), "updated")

    def new(self, library: Library, before: str | None) -> Outcome:
        """As a new document, or as a new version: of what was in the same file `before`, or what is the same document."""
        facts = read_facts(self.reading.text, shown(self.part.name))
        of = before if before is not None else library.kin(facts, self.reading.text)
        id = library.new_id(content_hash(self.reading.text), of)
        return self._saved(library, id, facts, "added" if of is None else "updated", of)

    def _saved(self, library: Library, id: str, facts: Facts, status: Status, of: str | None = None) -> Outcome:
        source = shown(self.part.name)
        document, clauses = read_document(self.reading.text, id, source, self.departments, facts)
        document = replace(document, pages=self.reading.pages)
        stored = library.save(document, clauses, origin=self.origin, reader=READER, of=of, file=self.part.digest)
        return Outcome(source, status, stored, len(clauses), told=_as_version(library, stored, new=of is not None))


def _same_document(library: Library, one: str, other: str) -> bool:
    return library.version(one).head == library.version(other).head


def _as_version(library: Library, id: str, *, new: bool = False) -> str:
    """What is said of a file that is an old version, or has become a `new` one; "" of any other."""
    version = library.version(id)
    current = library.document(version.head)
    if version.current:
        return f"该文件是《{current.facts.title}》的新版本（第 {version.number} 版），原有版本保存为旧版本。" if new else ""
    return f"该文件作为《{current.facts.title}》的旧版本保存（共 {version.count} 版中的第 {version.number} 版），现行版本为“{current.source}”。"


def _as_twin(library: Library, twin: str) -> str:
    version, source = library.version(twin), library.document(twin).source
    if version.current:
        return f"内容与已入库的《{source}》相同，未重复入库。"
    return (
        f"内容与旧版本《{source}》（编号 {twin}）相同，未重复入库，现行版本未变。"
        f"如要以此为现行版本，请先用 policy remove 移除该旧版本，再重新添加。"
    )


def _fault(source: str, error: Exception) -> Outcome:
    _LOG.debug("%s", source, exc_info=error)
    what = f"{type(error).__name__}：{error}"
    return Outcome(source, "failed", None, 0, f"读取“{source}”时程序出错（{what}），该文件未入库。请把文件和这条提示一并报告。")


def _origin(path: Path) -> str:
    """The full name of a file, which may hold bytes that are no text, as text that stands for it alone."""
    try:
        path = path.resolve()
    except RuntimeError:  # a link that points at itself, which reading it says
        path = path.absolute()
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def add_paths(library: Library, paths: Iterable[Path], departments: Departments | None = None) -> Iterator[Outcome]:
    """Read files and folders into the library, an outcome for each file in turn; a bad file never stops the rest.

    The next path is asked for when the one before is done.
    """
    with Worker() as worker:
        for path in paths:
            try:
                files = list(walk([path]))
            except PolicyError as error:
                yield Outcome(written(path.name), "failed", None, 0, str(error))
                continue
            if not files:
                name = written(path.resolve().name)
                yield Outcome(name, "failed", None, 0, f"文件夹“{name}”中没有可以添加的文件。请检查文件夹是否选对。")
            for file in files:
                yield from add_file(library, file, worker, departments)
