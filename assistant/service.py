"""The composition root: settings → library, encoder, searcher → an Assistant that answers."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from assistant.answers import answer
from assistant.config import Settings
from assistant.duties import Duty, chosen, duties_of
from assistant.export_basket import basket_docx, basket_markdown
from assistant.originals import Leaf, discard, leaf, original, take
from assistant.precedents.basket import collect
from assistant.precedents.clauses import across
from assistant.precedents.desk import Desk
from assistant.precedents.draft import against_draft
from assistant.precedents.groups import find_precedents
from assistant.precedents.mentions import mentions
from assistant.precedents.types import Across, Collected, DraftCheck, Pick, Precedents
from assistant.question import check
from assistant.spelling import Speller
from assistant.types import Added, Answer
from assistant.versions import Comparison, compare_documents
from corpus.errors import EncoderError, IndexStateError, QueryError
from corpus.ingest import add_paths
from corpus.lexicon.departments import Departments, load_departments
from corpus.lexicon.terms import Thesaurus, load_terms
from corpus.store import Library
from corpus.types import Clause, Correction, Document, Fact, Mark, Version
from index.adapt.adaptation import Given, Outcome, adapt, undo
from index.adapt.shelf import names, open_serving
from index.base import EVERYTHING, Encoder, Hit, Scope
from index.build import build, ensure
from index.encoder import BUILTIN, open_encoder
from index.search import Searcher

Progress = Callable[[int, int], None]  # done, total


class Assistant:
    """What the command line and the page talk to. Parts are opened when first needed."""

    def __init__(self, settings: Settings) -> None:
        """Opens the library at once; raises LibraryError where that fails."""
        self.settings = settings
        self.library = Library(settings.library)
        self._lock = threading.RLock()
        self._encoder: tuple[tuple[str, ...], Encoder] | None = None
        self._searcher: tuple[tuple[str, str], Searcher] | None = None
        self._speller: tuple[frozenset[str], Speller] | None = None

    @property
    def encoder(self) -> Encoder:
        """The encoder the settings name; for the built-in one, what `train` made of it. Raises EncoderError."""
        with self._lock:
            adapted = names(self.library) if self.settings.encoder == BUILTIN else ()
            if self._encoder is None or self._encoder[0] != adapted:
                built_in = self.settings.encoder == BUILTIN
                self._encoder = adapted, open_serving(self.library) if built_in else open_encoder(self.settings.encoder)
            return self._encoder[1]

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
                yield Added(o.source, o.status, o.document, o.clauses, o.error, o.told)

    def take(self, uploads: Iterable[Path]) -> Iterator[Added]:
        """Read uploaded files, which the library keeps; an outcome for each before the next is asked for. Questions go on."""
        library = Library(self.settings.library)
        try:
            for o in take(library, uploads, self.departments):
                yield Added(o.source, o.status, o.document, o.clauses, o.error, o.told)
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
            state = self.library.state(), self.encoder.fingerprint
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

    # -- what users say of answers, and what the encoder learns from it ------------------------------------------------

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

    def train(self, training: Progress | None = None, indexing: Progress | None = None) -> Outcome:
        """Adapt the built-in encoder to the library. Raises EncoderError where the settings name another encoder."""
        self._check_trainable()
        self.refresh()  # an index by another encoder is the user's choice, not to be replaced
        built_in = load_terms()
        own = load_terms(self.settings.terms)[: -len(built_in)] if self.settings.terms else ()
        return adapt(self.library, Given(own, built_in, self.marks()), training=training, indexing=indexing)

    def undo_training(self, indexing: Progress | None = None) -> bool:
        """Go back to the encoder before the last training; False if none was kept. Raises EncoderError as `train` does."""
        self._check_trainable()
        return undo(self.library, indexing=indexing)

    def _check_trainable(self) -> None:
        if self.settings.encoder != BUILTIN:
            raise EncoderError(
                f"当前设置的编码器为 {self.settings.encoder}，只有内置编码器可以按本库训练。请加上 --encoder {BUILTIN}，或改正设置后重试。"
            )

    # -- questions -------------------------------------------------------------------------------------------------

    def search(self, query: str, k: int = 10, scope: Scope = EVERYTHING, *, distinct: bool = False) -> list[Hit]:
        """Up to k clauses, best first; `distinct`: each wording once. Raises QueryError for a query that cannot be taken."""
        return self.searcher().search(check(query), k, scope, distinct=distinct)

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
            for d in self.documents(versions=scope.versions)
            if (not scope.documents or d.id in scope.documents) and (not scope.regions or d.facts.region in scope.regions)
            for duty in duties_of(d, self.library.clauses(d.id))
        ]
        return chosen(rows, departments=[self.departments.of(u) for u in units])

    # -- the drafting desk -----------------------------------------------------------------------------------------

    def precedents(self, text: str, k: int = 10, scope: Scope = EVERYTHING) -> Precedents:
        """Up to k groups of wording for a sentence, a paragraph or a theme. Raises QueryError as `ask` does."""
        return find_precedents(Desk(self, scope), check(text), k)

    def against_draft(self, text: str, scope: Scope = EVERYTHING) -> DraftCheck:
        """Each sentence of a pasted draft with its nearest precedent. Raises QueryError as `ask` does."""
        return against_draft(Desk(self, scope), check(text))

    def across(self, document: str, clause: str, scope: Scope = EVERYTHING) -> Across:
        """The matching clause of every other document, aligned sentence by sentence. Raises LibraryError for no such clause."""
        return across(Desk(self, scope), document, clause)

    def collected(self, picks: Sequence[Pick]) -> list[Collected]:
        """What the basket holds, looked up in the library as it is now, in order."""
        return collect(self.library, picks)

    def basket_docx(self, picks: Sequence[Pick]) -> bytes:
        """The basket as a Word document: every quotation with its source; what no longer stands there is said."""
        return basket_docx(self.collected(picks))

    def basket_markdown(self, picks: Sequence[Pick]) -> str:
        """The basket as Markdown, as `basket_docx`."""
        return basket_markdown(self.collected(picks))


def open_assistant(settings: Settings) -> Assistant:
    """The assistant for these settings."""
    return Assistant(settings)
