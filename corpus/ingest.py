"""A file → a stored document with its clauses, facts, responsibilities and targets."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from corpus.errors import PolicyError
from corpus.lexicon.departments import Departments
from corpus.metadata import read_facts
from corpus.outline import read_clauses
from corpus.reading import walk, written
from corpus.reading.folders import shown
from corpus.reading.members import Part, is_there, read_parts
from corpus.reading.worker import Worker
from corpus.responsibility import read_responsibilities
from corpus.store import Library, content_hash
from corpus.targets import read_targets
from corpus.types import Clause, Document

# Raised whenever the reading rules change: documents read by older rules are read anew when they are added again.
READER = "2"

_LOG = logging.getLogger(__name__)

Status = Literal["added", "updated", "unchanged", "duplicate", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. `error` is a sentence for people where status is `failed` (or tells the twin's name)."""

    source: str
    status: Status
    document: str | None
    clauses: int
    error: str | None = None


def annotate(text: str, clauses: Sequence[Clause], departments: Departments | None = None) -> tuple[Clause, ...]:
    """The clauses with the responsibilities and targets that stand in them."""
    duties, targets = read_responsibilities(text, clauses, departments), read_targets(text, clauses)
    return tuple(replace(c, responsibilities=r, targets=t) for c, r, t in zip(clauses, duties, targets, strict=True))


def read_document(text: str, id: str, source: str, departments: Departments | None = None) -> tuple[Document, tuple[Clause, ...]]:
    """The document and its annotated clauses, from a stored text."""
    return Document(id, source, text, read_facts(text, source)), annotate(text, read_clauses(text, id), departments)


def add_file(library: Library, path: Path, worker: Worker, departments: Departments | None = None) -> Iterator[Outcome]:
    """Read one file into the library, an outcome for it or for each file it holds.

    Never raises for what is wrong with a file; the library stays as it was then.
    """
    source = shown(path.name)
    try:
        origin = _origin(path)
        for part in read_parts(path, worker.read):
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
        text = reading.text
        content = content_hash(text)
        before = library.by_origin(origin)
        twin = library.by_content(content)
        if before is None and twin is not None:
            if is_there(library.origin(twin)):
                told = f"内容与已入库的《{library.document(twin).source}》相同，未重复入库。"
                return Outcome(source, "duplicate", twin, library.count(twin), told)
            before = twin  # the same file under a new name
        elif before is not None and twin == before and library.read_by(before) == READER:
            return Outcome(source, "unchanged", before, library.count(before))
        id = before or library.new_id(content)
        document, clauses = read_document(text, id, source, departments)
        library.save(replace(document, pages=reading.pages), clauses, origin=origin, reader=READER)
        return Outcome(source, "updated" if before else "added", id, len(clauses))
    except PolicyError as error:
        return Outcome(source, "failed", None, 0, str(error))
    except Exception as error:  # a fault of ours in reading it: one file never stops the rest
        return _fault(source, error)


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


def add_paths(library: Library, paths: Sequence[Path], departments: Departments | None = None) -> Iterator[Outcome]:
    """Read files and folders into the library, an outcome for each file in turn; a bad file never stops the rest."""
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
