"""The composition root: settings → library, encoder, searcher → an Assistant that answers."""

from collections.abc import Sequence

from assistant.answers import answer
from assistant.config import Settings
from assistant.duties import Duty, chosen, duties_of
from assistant.export_basket import basket_docx, basket_markdown
from assistant.keeping import Keeping
from assistant.precedents.basket import collect
from assistant.precedents.clauses import across
from assistant.precedents.desk import Desk
from assistant.precedents.draft import against_draft
from assistant.precedents.groups import find_precedents
from assistant.precedents.types import Across, Collected, DraftCheck, Pick, Precedents
from assistant.question import check
from assistant.types import Answer
from corpus.errors import EncoderError, QueryError
from corpus.lexicon.terms import load_terms
from index.adapt.adaptation import Given, Outcome, adapt, undo
from index.base import EVERYTHING, Hit, Progress, Scope
from index.encoder import BUILTIN


class Assistant(Keeping):
    """What the command line and the page talk to: a library that is kept, questions, drafts, and an encoder that learns."""

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

    # -- what the encoder learns from the library ---------------------------------------------------------------------

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


def open_assistant(settings: Settings) -> Assistant:
    """The assistant for these settings."""
    return Assistant(settings)
