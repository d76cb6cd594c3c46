"""A pasted draft clause: each sentence with its nearest precedent, and what it adds, leaves out and names otherwise."""

from assistant.precedents.desk import Desk, Near, spans
from assistant.precedents.types import DraftCheck, DraftSentence

LEAST = 0.3  # below this a sentence has no precedent: docs/precedents.md


def against_draft(desk: Desk, draft: str) -> DraftCheck:
    """Every sentence of the draft, in order; the nearest of equals is the first by document and place."""
    extents = spans(draft)
    near = desk.nearest(desk.like(draft, [draft[s:e] for s, e in extents]))
    rows = [_sentence(desk, near, n, draft, extent) for n, extent in enumerate(extents)]
    return DraftCheck(draft, len(desk.in_scope()), tuple(rows))


def _sentence(desk: Desk, near: Near, n: int, draft: str, extent: tuple[int, int]) -> DraftSentence:
    start, end = extent
    text = draft[start:end]
    values = near.likeness.values[n].round(6)
    first = min(range(len(values)), key=lambda i: (-values[i], near.sentences[i].document, near.sentences[i].start), default=None)
    if first is None or values[first] < LEAST:
        return DraftSentence(text, start, end, None, None, (), ())
    found = near.sentences[first]
    pieces, _ = desk.differences(near.texts[first], text)
    _, named = desk.differences(text, near.texts[first], near.cores.get((n, first)))
    quotation = desk.sources.quotation(found.document, found.clause, found.start, found.end)
    return DraftSentence(text, start, end, quotation, near.likeness.similarity(n, first), pieces, named)
