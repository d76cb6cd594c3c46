"""What every kind of answer works with: the library, the search, and the citations made so far."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Protocol

from assistant.answers.referring import Names
from assistant.match import Aspect, coverage, fold
from assistant.question import Question
from assistant.spelling import Speller
from assistant.types import Citation, printed_on
from corpus.expiry import has_expired
from corpus.lexicon.departments import Departments
from corpus.lexicon.terms import Thesaurus
from corpus.store import Library, Stated
from corpus.types import Clause, Document
from index.base import Encoder, Hit, Scope, Why
from index.search import Searcher


class Opens(Protocol):
    """The part of the assistant that answers need."""

    library: Library

    @property
    def encoder(self) -> Encoder:
        """The encoder the settings name."""

    @property
    def thesaurus(self) -> Thesaurus:
        """The built-in terms and the user's."""

    @property
    def departments(self) -> Departments:
        """The built-in table of departments and the user's."""

    @property
    def speller(self) -> Speller:
        """Finds slips of the keyboard."""

    def searcher(self) -> Searcher:
        """A searcher over the library as it is now."""


@dataclass
class Desk:
    """One question being answered. Not shared between questions."""

    opens: Opens
    question: Question
    scope: Scope
    citations: list[Citation] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # other names of the thing that were searched, as they are written

    def __post_init__(self) -> None:
        """Documents are read once a question, and so is a clause."""
        self.documents = {d.id: d for d in self.opens.library.documents(versions=self.scope.versions)}
        self.clauses_of = lru_cache(maxsize=None)(self._clauses)
        self.clause_of = lru_cache(maxsize=None)(self.opens.library.clause)
        self.words_of = lru_cache(maxsize=None)(self._words)
        self._cited: dict[tuple[str, int, int], int] = {}

    def _clauses(self, document: str) -> dict[str, Clause]:
        return {c.id: c for c in self.opens.library.clauses(document)}

    def _words(self, document: str, clause: str) -> str:
        """The folded headings and text of a clause."""
        found = self.clause_of(document, clause)
        return fold("".join(found.headings) + found.text)

    def clause(self, hit: Hit) -> Clause:
        """The clause of a hit."""
        return self.clause_of(hit.document, hit.clause)

    def narrowed(self) -> bool:
        """Whether the page or the question limits the documents at all."""
        return len(self._in_scope) < len(self.documents)

    def to_name(self) -> str:
        """What a question should name to get a shorter list."""
        return "文件名" if self.narrowed() else "地区或文件名"

    def in_scope(self) -> list[Document]:
        """Documents the question may be answered from: what the page limits, and the places the question names."""
        return self._in_scope

    @cached_property
    def _here(self) -> frozenset[str]:
        return frozenset(d.id for d in self._in_scope)

    @cached_property
    def _in_scope(self) -> list[Document]:
        named = set(self.question.regions) & {d.facts.region for d in self.documents.values()}
        return [
            d
            for d in self.documents.values()
            if (not self.scope.documents or d.id in self.scope.documents)
            and (not self.scope.regions or d.facts.region in self.scope.regions)
            and (not named or d.facts.region in named)
        ]

    def stating(self, what: Stated) -> Iterator[tuple[Document, Clause]]:
        """The clauses in scope that state duties or targets, with their documents, in order."""
        return ((self.documents[c.document], c) for c in self.stated(what) if c.document in self._here)

    def states_duties(self, document: str) -> bool:
        """Whether any clause of a document states duties."""
        return document in self._dutiful

    @cached_property
    def _dutiful(self) -> frozenset[str]:
        return frozenset(c.document for c in self.stated("duties"))

    def stated(self, what: Stated) -> tuple[Clause, ...]:
        """The clauses of all documents that state duties or targets, whether in scope or not, in order."""
        return self.opens.library.stating(what, versions=self.scope.versions)

    def search(self, query: str, k: int) -> list[Hit]:
        """Hits within the documents in scope; [] where none is."""
        here = Scope(documents=self._here, versions=self.scope.versions)
        return self.opens.searcher().search(query, k, here) if self._here else []

    def support(self, hit: Hit, asked: tuple[Aspect, ...]) -> tuple[float, float]:
        """(cosine, share of the asked words its clause says): how far a hit is about the question at all."""
        return hit.why.cosine, coverage(asked, self.words_of(hit.document, hit.clause)) if asked else 0.0

    def cite(self, document: Document, clause: Clause, start: int, end: int, why: Why | None = None) -> int:
        """The mark of a citation of document.text[start:end], made where it is new. why: the search's, if it brought it."""
        if held := self._cited.get((document.id, start, end)):
            return held
        quote = document.text[start:end]
        if not quote:
            raise ValueError(f"empty citation in {clause.id}")
        facts, n, (page, ocr) = document.facts, len(self.citations) + 1, printed_on(document, start, end)
        self._cited[document.id, start, end] = n
        self.citations.append(
            Citation(
                n, clause.id, document.id, document.source, facts.title, facts.region, clause.path, clause.label, start, end, quote,
                facts.draft, has_expired(facts, datetime.date.today()), self._refers(document, clause), why, page, ocr,
                not document.current,
            )
        )  # fmt: skip
        return n

    def _refers(self, document: Document, clause: Clause) -> tuple[tuple[str, str], ...]:
        """Documents of the library that a clause names by title or 文号, such as the one it carries out."""
        return tuple((d.id, d.facts.title) for d in self._names.named_in(clause.text) if d.id != document.id)

    @cached_property
    def _names(self) -> Names:
        return Names(self.documents.values())

    def clause_at(self, document: Document, offset: int) -> Clause | None:
        """The clause of a document that holds a character, None between clauses."""
        return next((c for c in self.clauses_of(document.id).values() if c.start <= offset < c.end), None)


def place(document: Document) -> str:
    """How a document is called in an answer: its region, else its title."""
    return document.facts.region or f"《{document.facts.title}》"


def marks(numbers: list[int]) -> str:
    """Citation marks as they stand in a text: `[1][3]`."""
    return "".join(f"[{n}]" for n in dict.fromkeys(numbers))
