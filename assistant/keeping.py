"""The library as the command line and the page know it: what is added, removed, corrected and marked, and what it holds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from assistant.originals import Leaf, discard, leaf, original, take
from assistant.parts import Parts
from assistant.precedents.mentions import mentions
from assistant.question import check
from assistant.types import Added
from assistant.versions import Comparison, compare_documents
from corpus.errors import PolicyError
from corpus.ingest import add_paths
from corpus.store import Library
from corpus.types import Clause, Correction, Document, Fact, Mark, Version
from index.build import ensure


class Keeping(Parts):
    """Documents, their versions, facts and marks."""

    def add(self, paths: Sequence[Path]) -> Iterator[Added]:
        """Read files and folders; an outcome for each file. The index follows at the next question or `refresh`."""
        with self._lock:
            for o in add_paths(self.library, paths, self.departments):
                yield Added(o.source, o.status, o.document, o.clauses, o.error, o.told)

    def take(self, uploads: Iterable[Path]) -> Iterator[Added]:
        """Read uploaded files, which the library keeps; an outcome for each before the next is asked for. Questions go on.

        Where no more are asked for, the index follows, so that the next question need not wait for it.
        """
        library = Library(self.settings.library)
        try:
            for o in take(library, uploads, self.departments):
                yield Added(o.source, o.status, o.document, o.clauses, o.error, o.told)
            with suppress(PolicyError):  # said where a question needs the index
                ensure(library, self.encoder)  # what only looks the library up goes on meanwhile
        finally:
            library.close()

    def remove(self, document: str) -> bool:
        """Remove a document with all its versions, or one old version, from every answer at once; False if there was none."""
        with self._lock:
            return discard(self.library, document)

    def leaf(self, document: str, page: int, start: int) -> Leaf:
        """A page of the file a document was read from; page 0: the one with the character `start`. Raises LibraryError."""
        return leaf(self.library, document, page, start)

    def original(self, document: str) -> bytes:
        """The file a document was read from. Raises LibraryError, ReadError."""
        return original(self.library, document)

    def documents(self, *, versions: bool = False) -> list[Document]:
        """All documents, by id; with their old versions where these are asked for."""
        return self.library.documents(versions=versions)

    def document(self, id: str) -> Document:
        """One document. Raises LibraryError if there is none."""
        return self.library.document(id)

    def clauses(self, document: str | None = None) -> list[Clause]:
        """Clauses in document order."""
        return list(self.library.clauses(document))

    def clause(self, document: str, id: str) -> Clause:
        """One clause of a document."""
        return self.library.clause(document, id)

    def counts(self, *, versions: bool = False) -> dict[str, int]:
        """Document id → number of its clauses."""
        return self.library.counts(versions=versions)

    def version(self, id: str) -> Version:
        """Which version of its document a text is. Raises LibraryError for an unknown id."""
        return self.library.version(id)

    def versions(self, id: str | None = None) -> list[Version]:
        """The versions of the document that `id` is one of, the current one last; of all documents where none is named."""
        return self.library.versions(id)

    def compare(self, old: str, new: str) -> Comparison:
        """Two versions or documents clause by clause. Raises LibraryError for an unknown id."""
        texts = self.document(old), self.clauses(old), self.document(new), self.clauses(new)
        places = tuple(d.facts.region for d in (texts[0], texts[2]) if d.facts.region)
        return compare_documents(*texts, lambda text: mentions(text, self.departments, places))

    def corrections(self, id: str) -> tuple[Correction, ...]:
        """What people have corrected in a document's facts."""
        return self.library.corrections(id)

    def correct(self, id: str, facts: Mapping[str, Fact]) -> tuple[Correction, ...]:
        """Correct the facts of a document, from now on in every answer. Raises FactError, LibraryError."""
        with self._lock:
            return self.library.correct(id, facts)

    def undo_corrections(self, id: str, fields: Iterable[str] = ()) -> bool:
        """Take back corrections of these facts, or all; False if there was none. Raises LibraryError for an unknown id."""
        with self._lock:
            return self.library.undo_corrections(id, fields)

    def mark(self, question: str, clause: str, *, good: bool) -> Mark:
        """Keep that a clause is right or wrong for a question. Raises QueryError, LibraryError for no such clause."""
        with self._lock:
            return self.library.mark(check(question), clause, good=good)

    def unmark(self, number: int) -> bool:
        """Forget a mark; False if there was none."""
        with self._lock:
            return self.library.unmark(number)

    def marks(self) -> list[Mark]:
        """All marks in the order they were made, of removed documents too."""
        return self.library.marks()
