"""What an assistant works with, each part opened when it is first needed: library, encoder, index, tables of words."""

import threading
from functools import cached_property
from importlib import import_module

from assistant.config import Settings
from assistant.match import segments
from assistant.names import defined
from assistant.spelling import Speller
from corpus.errors import IndexStateError
from corpus.lexicon.departments import Departments, load_departments
from corpus.lexicon.terms import Thesaurus, load_terms
from corpus.store import Library
from index.adapt.shelf import names, open_serving
from index.base import Encoder, Progress
from index.build import build, ensure
from index.encoder import BUILTIN, open_encoder
from index.search import Searcher


class Parts:
    """The parts that the settings name. Safe to be used from several threads."""

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
        regions = frozenset(d.facts.region for d in self.library.documents() if d.facts.region)
        if self._speller is None or self._speller[0] != regions:
            self._speller = regions, Speller([*self.thesaurus.forms(), *sorted(regions)])
        return self._speller[1]

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

    def warm(self) -> None:
        """Open what the first question would wait for: tables of words, documents, index. Raises PolicyError where one fails."""
        segments("政策")  # reads the dictionary
        import_module("pypinyin")
        self.thesaurus.rows("政策")  # sorts the terms
        _ = self.departments, self.speller, self.searcher().search("政策", 1)
        self.library.stating("duties")
        for document in self.library.documents():
            defined(document.text)

    def _open_searcher(self) -> Searcher:
        searcher = Searcher.open(self.library, self.encoder, self.thesaurus)
        try:
            searcher.knows("")  # reads the index
        except IndexStateError:  # damaged in a way that `refresh` does not look for; it is derived, so make it anew
            self.rebuild()
        return searcher
