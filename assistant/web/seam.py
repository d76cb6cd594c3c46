"""What the page needs of an assistant: the narrow seam a fake can stand in for."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from assistant.duties import Duty
from assistant.types import Added, Answer
from corpus.types import Clause, Document
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
