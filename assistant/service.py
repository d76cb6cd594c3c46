"""The composition root: settings → library, encoder, searcher → an Assistant that answers."""

import threading
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from assistant.answers import answer
from assistant.config import Settings
from assistant.duties import Duty, chosen, duties_of
from assistant.question import check
from assistant.spelling import Speller
from assistant.types import Added, Answer
from corpus.errors import IndexStateError, QueryError
from corpus.ingest import add_paths
from corpus.lexicon.departments import Departments, load_departments
from corpus.lexicon.terms import Thesaurus, load_terms
from corpus.store import Library
from corpus.types import Clause, Document
from index.base import EVERYTHING, Encoder, Hit, Scope
from index.build import build, ensure
from index.encoder import open_encoder
from index.search import Searcher

Progress = Callable[[int, int], None]  # done, total


class Assistant:
    """What the command line and the page talk to. Parts are opened when first needed."""

    def __init__(self, settings: Settings) -> None:
        """Opens the library at once; raises LibraryError where that fails."""
        self.settings = settings
        self.library = Library(settings.library)
        self._lock = threading.RLock()
        self._searcher: tuple[str, Searcher] | None = None
        self._speller: tuple[frozenset[str], Speller] | None = None

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder the settings name. Raises EncoderError."""
        return open_encoder(self.settings.encoder)

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """The built-in terms and the user's."""
        return Thesaurus(load_terms(self.settings.terms))

    @cached_property
    def departments(self) -> Departments:
        """The built-in table of departments and the user's. Raises LibraryError for a file that is no such table."""
        return load_departments(self.settings.departments)

    @property
    def speller(self) -> Speller:
        """Finds slips of the keyboard among the terms and the places the library has now."""
        regions = frozenset(d.facts.region for d in self.documents() if d.facts.region)
        if self._speller is None or self._speller[0] != regions:
            self._speller = regions, Speller([*self.thesaurus.forms(), *sorted(regions)])
        return self._speller[1]

    # -- the library -----------------------------------------------------------------------------------------------

    def add(self, paths: Sequence[Path]) -> Iterator[Added]:
        """Read files and folders; an outcome for each file. The index follows at the next question or `refresh`."""
        with self._lock:
            for o in add_paths(self.library, paths, self.departments):
                yield Added(o.source, o.status, o.document, o.clauses, o.error)

    def remove(self, document: str) -> bool:
        """Remove a document from every answer at once; False if there was none."""
        with self._lock:
            return self.library.remove(document)

    def documents(self) -> list[Document]:
        """All documents, by id."""
        return self.library.documents()

    def document(self, id: str) -> Document:
        """One document. Raises LibraryError if there is none."""
        return self.library.document(id)

    def clauses(self, document: str | None = None) -> list[Clause]:
        """Clauses in document order."""
        return list(self.library.clauses(document))

    def clause(self, document: str, id: str) -> Clause:
        """One clause of a document."""
        return self.library.clause(document, id)

    def counts(self) -> dict[str, int]:
        """Document id → number of its clauses."""
        return self.library.counts()

    # -- the index -------------------------------------------------------------------------------------------------

    def refresh(self, progress: Progress | None = None) -> None:
        """Bring the index up to the library. Raises IndexStateError where another encoder built it."""
        ensure(self.library, self.encoder, progress=progress)

    def rebuild(self, progress: Progress | None = None) -> None:
        """Build the index anew with the encoder of the settings."""
        build(self.library, self.encoder, progress=progress)

    def searcher(self) -> Searcher:
        """A searcher over the library as it is now."""
        with self._lock:
            state = self.library.state()
            if self._searcher is None or self._searcher[0] != state:
                self.refresh()
                self._searcher = (state, self._open_searcher())
            return self._searcher[1]

    def _open_searcher(self) -> Searcher:
        searcher = Searcher.open(self.library, self.encoder, self.thesaurus)
        try:
            searcher.knows("")  # reads the index
        except IndexStateError:  # damaged in a way that `refresh` does not look for; it is derived, so make it anew
            self.rebuild()
        return searcher

    # -- questions -------------------------------------------------------------------------------------------------

    def search(self, query: str, k: int = 10, scope: Scope = EVERYTHING) -> list[Hit]:
        """Up to k clauses, best first. Raises QueryError for a query that cannot be taken."""
        return self.searcher().search(check(query), k, scope)

    def ask(self, question: str, scope: Scope = EVERYTHING) -> Answer:
        """The answer with its citations. Raises QueryError for a question that cannot be taken."""
        return answer(check(question), self, scope)

    def ask_all(self, questions: Sequence[str]) -> list[tuple[str, Answer | str]]:
        """Every question with its answer, or with the sentence that says why it could not be taken."""
        answers: list[tuple[str, Answer | str]] = []
        for question in questions:
            try:
                answers.append((question, self.ask(question)))
            except QueryError as error:
                answers.append((question, str(error)))
        return answers

    def duties(self, scope: Scope = EVERYTHING, units: Sequence[str] = ()) -> list[Duty]:
        """The duties in scope in document order; of these departments where any is named."""
        rows = [
            duty
            for d in self.documents()
            if (not scope.documents or d.id in scope.documents) and (not scope.regions or d.facts.region in scope.regions)
            for duty in duties_of(d, self.library.clauses(d.id))
        ]
        return chosen(rows, departments=[self.departments.of(u) for u in units])


def open_assistant(settings: Settings) -> Assistant:
    """The assistant for these settings."""
    return Assistant(settings)
