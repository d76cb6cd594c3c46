"""What the page needs of an assistant: the narrow seam a fake can stand in for."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from assistant.duties import Duty
from assistant.precedents.types import Across, Collected, DraftCheck, Pick, Precedents
from assistant.types import Added, Answer
from corpus.types import Clause, Document, Mark
from index.base import Scope


class PolicyService(Protocol):
    """The part of `assistant.service.Assistant` a page uses; called from several threads at once."""

    def ask(self, question: str, scope: Scope = ...) -> Answer:
        """The answer. Raises PolicyError, whose sentence the reader is shown."""

    def ask_all(self, questions: Sequence[str]) -> list[tuple[str, Answer | str]]:
        """Every question with its answer, or with the sentence that says why it could not be taken."""

    def duties(self, scope: Scope = ..., units: Sequence[str] = ...) -> list[Duty]:
        """The duties in scope, document by document; of the departments of `units` where any is named."""

    def documents(self) -> list[Document]:
        """Every document of the library."""

    def document(self, id: str) -> Document:
        """One document. Raises PolicyError for an id the library does not hold."""

    def clauses(self, document: str) -> list[Clause]:
        """The clauses of a document, in document order."""

    def counts(self) -> dict[str, int]:
        """Document id → number of its clauses."""

    def add(self, paths: Sequence[Path]) -> Iterator[Added]:
        """What became of each file, as it is done."""

    def mark(self, question: str, clause: str, *, good: bool) -> Mark:
        """Keep that a clause is right or wrong for a question. Raises PolicyError."""

    def unmark(self, number: int) -> bool:
        """Forget a mark; False if there was none."""

    def marks(self) -> list[Mark]:
        """All marks. Raises PolicyError."""

    def precedents(self, text: str, k: int = ..., scope: Scope = ...) -> Precedents:
        """Up to k groups of wording, best first. Raises PolicyError."""

    def against_draft(self, text: str, scope: Scope = ...) -> DraftCheck:
        """Each sentence of a draft with its nearest precedent. Raises PolicyError."""

    def across(self, document: str, clause: str) -> Across:
        """The matching clause of every other document. Raises PolicyError."""

    def collected(self, picks: Sequence[Pick]) -> list[Collected]:
        """The picks looked up in the library as it is now, in order."""

    def basket_docx(self, picks: Sequence[Pick]) -> bytes:
        """The picks as a Word document."""

    def basket_markdown(self, picks: Sequence[Pick]) -> str:
        """The picks as Markdown."""
