"""The library's side of the fake assistant: every document has one version and no file."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from assistant.originals import Leaf
from assistant.versions import Comparison, compare_documents
from corpus.errors import FactError, LibraryError
from corpus.types import Correction, Fact, Version


class FakeShelf:
    """Needs `documents`, `document`, `clauses` and `_documents` of the class it is mixed into. Refuses the date 无."""

    documents: Any
    document: Any
    clauses: Any
    _documents: Any

    def versions(self, id: str | None = None) -> list[Version]:
        found = self.documents() if id is None else [self.document(id)]
        return [Version(each.id, each.id, 1, 1) for each in found]

    def compare(self, old: str, new: str) -> Comparison:
        return compare_documents(self.document(old), self.clauses(old), self.document(new), self.clauses(new))

    def corrections(self, id: str) -> tuple[Correction, ...]:
        return tuple(getattr(self, "_corrections", {}).get(id, {}).values())

    def correct(self, id: str, facts: Mapping[str, Fact]) -> tuple[Correction, ...]:
        if facts.get("date") == "无":
            raise FactError("“无”不是日期。请写成 2022-09-28。")
        document = self.document(id)
        kept = self.__dict__.setdefault("_corrections", {}).setdefault(id, {})
        for field, value in facts.items():
            before = kept[field].read if field in kept else getattr(document.facts, field)
            kept[field] = Correction(field, before, value)
        self._documents[id] = replace(document, facts=replace(document.facts, **facts))
        return self.corrections(id)

    def undo_corrections(self, id: str, fields: Iterable[str] = ()) -> bool:
        document, kept = self.document(id), self.__dict__.setdefault("_corrections", {}).setdefault(id, {})
        gone = {each: kept.pop(each).read for each in list(fields) or list(kept)}
        self._documents[id] = replace(document, facts=replace(document.facts, **gone))
        return bool(gone)

    def remove(self, document: str) -> bool:
        return self._documents.pop(document, None) is not None

    def leaf(self, document: str, page: int, start: int) -> Leaf:
        return Leaf(self.document(document), notes=("原件已不在原处。",), there=False)

    def original(self, document: str) -> bytes:
        raise LibraryError("原件已不在原处。")
