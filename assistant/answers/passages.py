"""find: the clauses that say it, nearest first, each with the sentence that says it."""

from assistant.answers.desk import Desk, place
from assistant.aspects import aspects
from assistant.types import Answer, Item

SHOWN = 10
# The best hits' cosine plus a quarter of the share of the topic's words they say must reach this; calibrated on
# questions about things the development plans do not treat.
LEAST = 0.27
LEAST_FIGURE = 0.43  # where a figure was asked for, a passage is an answer only if it is plainly about the thing
NEAR = 0.45  # clauses below this share of the best score are noise


def answer_find(desk: Desk, least: float = LEAST) -> Answer | None:
    """The answer, or None where nothing matches."""
    hits = desk.search(desk.question.topic, SHOWN)
    hits = [h for h in hits if h.score >= NEAR * hits[0].score]
    asked = aspects(desk.question.topic, desk.opens.thesaurus)
    support = [desk.support(h, asked) for h in hits[:5]]
    if not support or max(c for c, _ in support) + 0.25 * max(s for _, s in support) < least:
        return None
    items, lines = [], []
    for hit in hits:
        document, clause = desk.documents[hit.document], desk.clause(hit)
        n = desk.cite(document, clause, hit.start, hit.end, hit.why)
        quote = desk.citations[n - 1].quote
        lines.append(f"{place(document)} {clause.label}：{' '.join(quote.split())}[{n}]")
        items.append(Item(document.id, document.source, document.facts.region, clause.path, clause.label, (), (), quote, (n,)))
    head = f"与“{desk.question.topic}”最接近的条款（{len(items)} 条，由近及远）："
    return Answer(
        desk.question.text, desk.question.kind, "answered", "\n".join([head, *lines]), tuple(items), tuple(desk.citations)
    )
