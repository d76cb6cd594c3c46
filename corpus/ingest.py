"""A file → a stored document with its clauses, facts, responsibilities and targets."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from corpus.errors import PolicyError
from corpus.lexicon.departments import Departments
from corpus.metadata import read_facts
from corpus.outline import read_clauses
from corpus.placing import Incoming, Place, Status, as_twin, place, standing
from corpus.reading import walk, written
from corpus.reading.folders import shown
from corpus.reading.members import Part, read_parts
from corpus.reading.worker import Worker
from corpus.responsibility import read_responsibilities
from corpus.store import Library, content_hash
from corpus.targets import read_targets
from corpus.types import Clause, Document, Facts, Page

# Raised whenever the reading rules change: documents read by older rules are read anew when they are added again.
READER = "5"

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. `error` is a sentence for people where status is `failed` (or tells the twin's name).

    document: the id of the text, an old version's where it became one.  told: sentences that say so, and what of the
    file was not read, else "".
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
    text: str,
    id: str,
    source: str,
    departments: Departments | None = None,
    facts: Facts | None = None,
    pages: tuple[Page, ...] = (),
) -> tuple[Document, tuple[Clause, ...]]:
    """The document and its annotated clauses, from a stored text. facts: its own, where they have been read already."""
    facts = facts if facts is not None else read_facts(text, source)
    return Document(id, source, text, facts, pages), annotate(text, read_clauses(text, id, pages), departments)


def add_file(library: Library, path: Path, worker: Worker, departments: Departments | None = None) -> Iterator[Outcome]:
    """Read one file into the library, an outcome for it or for each file it holds.

    Never raises for what is wrong with a file; the library stays as it was then.
    """
    source = shown(path.name)
    try:
        origin = _origin(path)
        for part in read_parts(path, worker):
            yield _add(library, part, origin + part.place, departments, worker)
    except PolicyError as error:
        yield Outcome(source, "failed", None, 0, str(error))
    except Exception as error:  # a fault of ours in taking it apart: one file never stops the rest
        yield _fault(source, error)


def _add(library: Library, part: Part, origin: str, departments: Departments | None, worker: Worker) -> Outcome:
    source, reading = shown(part.name), part.reading
    if reading is None:
        return Outcome(source, "failed", None, 0, part.error)
    try:
        facts = cache(lambda: read_facts(reading.text, source))
        file = Incoming(origin, reading.text, content_hash(reading.text), part.digest, facts)
        found = place(library, file, READER, worker)
        if found.saved:
            document, clauses = read_document(reading.text, found.id, source, departments, facts(), reading.pages)
            with library.alone():  # and placed once more: another program may have been first
                found = place(library, file, READER, worker)
                id = _saved(library, found, document, clauses, file) if found.saved else found.id
        else:
            id = found.id
        said = as_twin(library, id) if found.status == "duplicate" else None
        told = "" if said else standing(library, found, id) + reading.told
        return Outcome(source, found.status, id, library.count(id), said, told)
    except PolicyError as error:
        return Outcome(source, "failed", None, 0, str(error))
    except Exception as error:  # a fault of ours in reading it: one file never stops the rest
        return _fault(source, error)


def _saved(library: Library, found: Place, document: Document, clauses: Sequence[Clause], file: Incoming) -> str:
    """Store a document under the id that was found for it; the id it has then."""
    if found.parted is not None:
        library.part(found.parted, found.id)
    clauses = tuple(replace(c, id=found.id + c.id.removeprefix(document.id), document=found.id) for c in clauses)
    document = replace(document, id=found.id)
    return library.save(document, clauses, origin=file.origin, reader=READER, of=found.of, file=file.digest, latest=found.latest)


def _fault(source: str, error: Exception) -> Outcome:
    _LOG.debug("%s", source, exc_info=error)
    what = f"{type(error).__name__}：{error}"
    return Outcome(source, "failed", None, 0, f"读取“{source}”时程序出错（{what}），该文件未入库。请把文件和这条提示一并报告。")


def _origin(path: Path) -> str:
    """The full name of a file, which may hold bytes that are no text, as text that stands for it alone."""
    return str(_resolved(path)).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a link that points at itself, which reading it says
        return path.absolute()


def add_paths(library: Library, paths: Iterable[Path], departments: Departments | None = None) -> Iterator[Outcome]:
    """Read files and folders into the library, an outcome for each file in turn; a bad file never stops the rest.

    The next path is asked for when the one before is done. Of a folder with the library in it, the library is passed over.
    """
    own = _resolved(library.path)
    with Worker() as worker:
        for path in paths:
            try:
                inside = _resolved(path).is_relative_to(own)
                files = [file for file in walk([path]) if inside or not _resolved(file).is_relative_to(own)]
            except PolicyError as error:
                yield Outcome(written(path.name), "failed", None, 0, str(error))
                continue
            if not files:
                name = written(path.resolve().name)
                yield Outcome(name, "failed", None, 0, f"文件夹“{name}”中没有可以添加的文件。请检查文件夹是否选对。")
            for file in files:
                yield from add_file(library, file, worker, departments)
