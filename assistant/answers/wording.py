"""precedent: who has said it and in which words, nearest wording first, each with every document that says it so."""

from assistant.answers.desk import Desk, place
from assistant.precedents.desk import Desk as DraftingDesk
from assistant.precedents.groups import find_precedents
from assistant.precedents.report import adopted
from assistant.precedents.types import Group
from assistant.types import Answer, Item
from index.base import Scope

SHOWN = 10  # groups
LEAST = 0.35  # the nearest wording must be so near, or nobody has said it: docs/precedents.md


def answer_precedent(desk: Desk) -> Answer | None:
    """The answer, or None where no wording is near."""
    documents = desk.in_scope()
    if not documents:
        return None
    drafting = DraftingDesk(desk.opens, Scope(documents=frozenset(d.id for d in documents), versions=desk.scope.versions))
    found = find_precedents(drafting, desk.question.text, SHOWN)
    if not found.groups or found.groups[0].similarity.value < LEAST:
        return None
    items: list[Item] = []
    lines = [f"与所给文字相近的表述（{len(found.groups)} 种，由近及远）："]
    for group in found.groups:
        rows = _items(desk, group)
        marks = "".join(f"[{row.marks[0]}]" for row in rows)
        where = "、".join(dict.fromkeys(place(desk.documents[row.document]) for row in rows))
        lines.append(f"{where}（{adopted(group, found.documents)}）：{' '.join(group.wording.split())}{marks}")
        items += rows
    return Answer(desk.question.text, "precedent", "answered", "\n".join(lines), tuple(items), tuple(desk.citations))


def _items(desk: Desk, group: Group) -> list[Item]:
    """A row for each place that says it so; each is cited."""
    rows = []
    for c in (q.citation for q in group.quotations):
        document, clause = desk.documents[c.document], desk.clause_of(c.document, c.clause)
        n = desk.cite(document, clause, c.start, c.end)
        rows.append(Item(c.document, c.source, c.region, c.path, c.label, (), (), c.quote, (n,)))
    return rows
