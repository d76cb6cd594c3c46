"""What is searched: libraries of real documents, and of law articles, with a name for each clause.

plans     documents read and stored as `policy add` does it; a clause is named by source and path
articles  every article of the newest version of each law (index.training.texts.read_laws), a document for each law; and
          every text that answers a question and stands in no law, a document for each title. Stored by the production
          library and searched by the production index; only their reading is the trainer's, not `policy add`'s. A clause
          is named by its id.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from pathlib import Path

from corpus.errors import IndexStateError, PolicyError
from corpus.ingest import add_paths
from corpus.metadata import read_facts
from corpus.store import Library
from corpus.types import Clause, Document
from eval.gold import Name, Question, Sought
from index.base import Encoder, Progress
from index.build import build, ensure
from index.manifest import Manifest
from index.training.texts import Passage, fold

READER = "eval-2"  # raise it whenever what is stored for a law changes


@dataclass(frozen=True, slots=True)
class Corpus:
    """A library and what its clauses are called in the gold. names: clause id → name."""

    library: Library
    names: Mapping[str, Name]


def open_plans(folder: Path, documents: Sequence[Path]) -> Corpus:
    """A library in `folder` of exactly the files in `documents`. Raises PolicyError if one cannot be read."""
    library = Library(folder)
    add_all(library, documents)
    sources = {d.id: d.source for d in library.documents()}
    return Corpus(library, {c.id: (sources[c.document], *c.path) for c in library.clauses()})


def add_all(library: Library, documents: Sequence[Path]) -> None:
    """Makes a library hold exactly these files and folders. Raises PolicyError if one cannot be read."""
    outcomes = list(add_paths(library, documents))
    failed = [outcome for outcome in outcomes if outcome.status == "failed"]
    if failed:
        raise PolicyError(f"{failed[0].source}：{failed[0].error}")
    for id in library.revisions().keys() - {outcome.document for outcome in outcomes}:
        library.remove(id)


def up_to_date(library: Library, encoder: Encoder, progress: Progress | None = None) -> Manifest:
    """Builds the index where it is missing, stale or another encoder's: the library serves for measuring only."""
    try:
        return ensure(library, encoder, progress=progress)
    except IndexStateError:
        return build(library, encoder, progress=progress)


def with_wanted(laws: Sequence[Passage], sought: Iterable[Sought]) -> list[Passage]:
    """The laws' articles, then the texts wanted that stand in none of them, each once, in the order of the questions."""
    known = {fold(passage.body) for passage in laws}
    extra: dict[str, Passage] = {}
    for passage in (passage for question in sought for passage in question.wanted):
        if (folded := fold(passage.body)) not in known:
            extra.setdefault(folded, passage)
    return [*laws, *extra.values()]


def open_articles(folder: Path, passages: Sequence[Passage]) -> tuple[Corpus, dict[str, Name]]:
    """A library in `folder` of exactly `passages`, and folded text → name of the first passage with it.

    A document's id is made from its text, so that a library of before is brought up to date by what has changed.
    """
    library = Library(folder)
    stored, wanted = library.revisions(), set[str]()
    named: dict[int, Name] = {}  # by place among the passages
    for title, group in groupby(sorted(enumerate(passages), key=lambda p: (p[1].title, p[0])), key=lambda p: p[1].title):
        places, bodies = zip(*((place, passage.body) for place, passage in group), strict=True)
        document, clauses = _document(title, bodies)
        wanted.add(document.id)
        named |= {place: (clause.id,) for place, clause in zip(places, clauses, strict=True)}
        if document.id not in stored:
            library.save(document, clauses, origin=document.id, reader=READER)
    for id in stored.keys() - wanted:
        library.remove(id)
    firsts: dict[str, Name] = {}
    for place, passage in enumerate(passages):
        firsts.setdefault(fold(passage.body), named[place])
    return Corpus(library, {name[0]: name for name in named.values()}), firsts


def _document(title: str, bodies: Sequence[str]) -> tuple[Document, tuple[Clause, ...]]:
    """A law as a document whose clauses are its articles, numbered in their order."""
    text, extents = title, []
    for body in bodies:
        text += "\n"
        extents.append((len(text), len(text) + len(body)))
        text += body
    id = blake2b((READER + text).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    clauses = tuple(
        Clause(f"{id}:{n}", id, (str(n),), "article", f"{title}（{n}）", ("",), text[start:end], start, end)
        for n, (start, end) in enumerate(extents, 1)
    )
    return Document(id, f"{title}.md", text, read_facts(text, f"{title}.md")), clauses


def located(sought: Iterable[Sought], places: Mapping[str, Name]) -> list[Question]:
    """The questions with the names of the passages wanted, every one of which must be in `places`."""
    return [Question(q.id, q.kind, q.text, frozenset(places[fold(p.body)] for p in q.wanted)) for q in sought]
