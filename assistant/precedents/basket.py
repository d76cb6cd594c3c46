"""The basket: sentences taken along, looked up again in the library as it is now before anything is exported."""

from collections.abc import Sequence

from assistant.precedents.sources import quoted
from assistant.precedents.types import Collected, Pick
from corpus.errors import LibraryError
from corpus.store import Library


def collect(library: Library, picks: Sequence[Pick]) -> list[Collected]:
    """Each pick with its quotation, or with what became of it. A pick is quoted only where its words still stand in place."""
    return [_collected(library, pick) for pick in picks]


def _collected(library: Library, pick: Pick) -> Collected:
    try:
        document = library.document(pick.document)
    except LibraryError:
        return Collected(pick, None, "所引文件已不在文件库中，未予导出。请重新查找后再选。")
    inside = 0 <= pick.start < pick.end <= len(document.text)
    if not inside or document.text[pick.start : pick.end] != pick.quote:
        return Collected(pick, None, f"《{document.facts.title}》已有变动，所选文字不在原处，未予导出。请重新查找后再选。")
    clause = next((c for c in library.clauses(document.id) if c.start <= pick.start and pick.end <= c.end), None)
    if clause is None:
        return Collected(pick, None, f"所选文字不在《{document.facts.title}》的同一条款之内，未予导出。请重新选取。")
    return Collected(pick, quoted(document, clause, pick.start, pick.end), "")
