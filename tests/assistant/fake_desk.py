"""The drafting desk of the fake assistant: nothing is near anything; the basket is the real one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from assistant.export_basket import basket_docx, basket_markdown
from assistant.precedents.basket import collect
from assistant.precedents.sources import quoted
from assistant.precedents.types import Across, Collected, Counterpart, DraftCheck, DraftSentence, Pick, Precedents
from corpus.errors import LibraryError
from index.base import Scope

if TYPE_CHECKING:
    from corpus.store import Library


class FakeDesk:
    """Needs `documents`, `document` and `clauses` of the class it is mixed into; fails on 坏了."""

    documents: Any
    document: Any
    clauses: Any

    def precedents(self, text: str, k: int = 10, scope: Scope = Scope()) -> Precedents:  # noqa: B008 - frozen and empty
        if "坏了" in text:
            raise RuntimeError("boom")
        if "进不去" in text:
            raise LibraryError("文件库打不开。")
        return Precedents(text, False, (text,), len(self.documents()), ())

    def against_draft(self, text: str, scope: Scope = Scope()) -> DraftCheck:  # noqa: B008 - frozen and empty
        return DraftCheck(text, len(self.documents()), (DraftSentence(text, 0, len(text), None, None, (), ()),))

    def across(self, document: str, clause: str) -> Across:
        home = self.document(document)
        own = next((c for c in self.clauses(document) if c.id == clause), None)
        if own is None:
            raise LibraryError("文件库中没有这个条款。")
        ours = quoted(home, own, own.start, own.end)
        others = [d for d in self.documents() if d.id != document]
        return Across(ours, (ours,), tuple(Counterpart(d.id, d.facts.title, d.facts.region, None, None, ()) for d in others))

    def collected(self, picks: Sequence[Pick]) -> list[Collected]:
        return collect(cast("Library", self), picks)

    def basket_docx(self, picks: Sequence[Pick]) -> bytes:
        return basket_docx(self.collected(picks))

    def basket_markdown(self, picks: Sequence[Pick]) -> str:
        return basket_markdown(self.collected(picks))
