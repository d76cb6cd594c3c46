"""Precedent wording: who has said it, in which words, nearest first."""

from typing import TYPE_CHECKING

from assistant.report import Json

if TYPE_CHECKING:
    from assistant.service import Assistant


def precedents_json(id: object, text: str, k: int, assistant: "Assistant") -> Json:
    """Up to k groups of wording; clauses that use the same words stand in one group. Similarity is the cosine."""
    groups: dict[str, Json] = {}
    for hit in assistant.search(text, 3 * k):
        document, clause = assistant.document(hit.document), assistant.clause(hit.document, hit.clause)
        wording = document.text[hit.start : hit.end]
        group = groups.setdefault(
            "".join(wording.split()), {"wording": wording, "similarity": round(hit.why.cosine, 4), "citations": []}
        )
        group["citations"].append(
            {
                "n": len(group["citations"]) + 1,
                "clause": hit.clause,
                "document": hit.document,
                "source": document.source,
                "title": document.facts.title,
                "path": list(clause.path),
                "label": clause.label,
                "start": hit.start,
                "end": hit.end,
                "quote": wording,
            }
        )
    return {"id": id, "text": text, "groups": list(groups.values())[:k]}
