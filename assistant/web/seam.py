"""What the page needs of an assistant: the narrow seam a fake can stand in for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from assistant.duties import Duty
from assistant.originals import Leaf
from assistant.precedents.types import Across, Collected, DraftCheck, Pick, Precedents
from assistant.types import Added, Answer
from assistant.versions import Comparison
from corpus.types import Clause, Correction, Document, Fact, Mark, Version
from index.base import Scope


class PolicyService(Protocol):
    """The part of `assistant.service.Assistant` a page uses; called from several threads at once."""

    def warm(self) -> None:
        """Open what the first question would wait for. Raises PolicyError."""

    def ask(self, question: str, scope: Scope = ...) -> Answer:
        """The answer. Raises PolicyError, whose sentence the reader is shown."""

    def ask_all(self, questions: Sequence[str]) -> list[tuple[str, Answer | str]]:
        """Every question with its answer, or with the sentence that says why it could not be taken."""

    def duties(self, scope: Scope = ..., units: Sequence[str] = ...) -> list[Duty]:
        """The duties in scope, document by document; of the departments of `units` where any is named."""

    def documents(self, *, versions: bool = ...) -> list[Document]:
        """Every document of the library; with old versions where asked for."""

    def document(self, id: str) -> Document:
        """One document. Raises PolicyError for an id the library does not hold."""

    def clauses(self, document: str) -> list[Clause]:
        """The clauses of a document, in document order."""

    def counts(self) -> dict[str, int]:
        """Document id → number of its clauses."""

    def take(self, uploads: Iterable[Path]) -> Iterator[Added]:
        """What became of each uploaded file, before the next is asked for; the library keeps the files it has read."""

    def versions(self, id: str | None = ...) -> list[Version]:
        """The versions of a document, the current one last; of every document where none is named. Raises PolicyError."""

    def compare(self, old: str, new: str) -> Comparison:
        """Two documents or versions clause by clause. Raises PolicyError."""

    def corrections(self, id: str) -> tuple[Correction, ...]:
        """What people have corrected in a document's facts."""

    def correct(self, id: str, facts: Mapping[str, Fact]) -> tuple[Correction, ...]:
        """Put facts in place of those read. Raises PolicyError, whose sentence says what cannot be taken."""

    def undo_corrections(self, id: str, fields: Iterable[str] = ...) -> bool:
        """Take back these corrections, or all. Raises PolicyError."""

    def remove(self, document: str) -> bool:
        """Take a document with its versions, or one old version, out of the library at once. Raises PolicyError."""

    def leaf(self, document: str, page: int, start: int) -> Leaf:
        """A page of the file a document was read from; page 0: the one with the character `start`. Raises PolicyError."""

    def original(self, document: str) -> bytes:
        """The file a document was read from. Raises PolicyError."""

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
