"""tasks: a unit, an alias of it, or a function → every clause that names it, with its role; all that a list can hold."""

import re
from collections.abc import Iterator
from itertools import accumulate, groupby

from assistant.answers.desk import Desk, marks, place
from assistant.answers.listing import MOST, unlisted
from assistant.aspects import aspects
from assistant.duties import row_task
from assistant.match import Aspect, coverage, fold, words_of
from assistant.types import Answer, Item, UnitRole
from corpus.types import Clause, Document, Responsibility, Role

_ROLE = {"lead": "牵头", "support": "配合", "responsible": "负责"}
ALL_ROLES: frozenset[Role] = frozenset({"lead", "support", "responsible"})
ON_TOPIC = 0.5  # a clause belongs to a topic if it says this share of the topic's words

Assigned = tuple[Document, list[tuple[Clause, list[Responsibility]]]]

_GENERIC = re.compile(
    r"(?:各|有关|相关|其他|所有)?(?:有关|相关|市直|县直|省直)?(?:地|地区|部门|单位|市|县|区|方面|级|责任单位|成员单位)$"
)


def _bare(unit: str) -> str:
    return re.sub(r"^(?:省|市|区|县|州)(?=[^场委政直民])", "", unit)


def _named_units(desk: Desk) -> set[str]:
    """Units of the library that the question names word for word (`经开区管委会`), longest names only."""
    text = desk.question.text
    units = {r.unit for _, c in desk.stating("duties") for r in c.responsibilities}
    units = {u for u in units if not _GENERIC.match(u)}
    named = {u for u in units if u in text or (len(_bare(u)) > 3 and _bare(u) in text)}
    return {u for u in named if not any(u != v and _bare(u) in v and (v in text or _bare(v) in text) for v in named)}


def _asked(desk: Desk, duty: Responsibility, named: set[str]) -> bool:
    return duty.unit in named or duty.department in desk.question.departments


def _topic(desk: Desk, named: set[str]) -> str:
    """What is left of the topic when the unit is taken out."""
    rest = desk.question.topic
    for unit in sorted(
        {*named, *map(_bare, named), *(m.alias for m in desk.opens.departments.find(desk.question.text))}, key=len, reverse=True
    ):
        rest = rest.replace(unit, " ")
    return re.sub(r"[市省县区各地部门局委的在于对中都要]", " ", rest) if not words_of(rest) else rest


def _statements(duties: list[Responsibility]) -> list[tuple[int, int]]:
    """The extents of the statements that name the unit, each once."""
    return list(dict.fromkeys((d.start, d.end) for d in duties))


def _rows(desk: Desk, document: Document, clause: Clause, duties: list[Responsibility]) -> Iterator[tuple[Item, str]]:
    """An item and a line for each statement of a clause that names the unit; a clause it inherits is cited by its beginning."""
    for start, end in _statements(duties):
        own = [d for d in duties if (d.start, d.end) == (start, end)]
        if own[0].inherited:
            n = desk.cite(document, clause, clause.start, _first_sentence(clause))
        else:
            n = desk.cite(document, desk.clause_at(document, start) or clause, start, end)
        units = tuple(dict.fromkeys(UnitRole(d.unit, d.role, d.inherited) for d in own))
        quote = desk.citations[n - 1].quote
        roles = "、".join(dict.fromkeys("落实" if u.inherited else _ROLE[u.role] for u in units))
        task = next((f" {t}" for table in clause.tables if (t := row_task(table, start))), "")
        item = Item(document.id, document.source, document.facts.region, clause.path, clause.label, units, (), quote, (n,))
        yield item, f"  {roles}：{clause.label}{task}{marks([n])}"


def _roles(text: str) -> frozenset[Role]:
    """The roles a question asks for; all where it names none."""
    if re.search(r"牵头(?:的|了)?(?:哪|什么|多少|几|任务|工作|事项)|(?:由|作为).{0,12}牵头", text) and "配合" not in text:
        return frozenset({"lead"})
    if re.search(r"(?:配合|协助)(?:的|了)?(?:哪|什么|多少|几|任务|工作|事项)", text) and "牵头" not in text:
        return frozenset({"support"})
    return ALL_ROLES


def _first_sentence(clause: Clause) -> int:
    m = re.search(r"[。；\n]", clause.text)
    return clause.start + (m.start() + (m[0] != "\n") if m else len(clause.text))


def answer_tasks(desk: Desk) -> Answer | None:
    """The answer, or None where the unit is named nowhere in scope (or not on this topic)."""
    named = _named_units(desk)
    if not named and not desk.question.departments:
        return None
    topic = _topic(desk, named)
    about = aspects(topic, desk.opens.thesaurus) if words_of(topic) else ()
    roles = _roles(desk.question.text)
    assigned, told = _assigned(desk, named, about, roles), ""
    if not assigned and roles != ALL_ROLES:
        assigned = _assigned(desk, named, about, ALL_ROLES)
        told = f"所引条款均未写明由其{'、'.join(_ROLE[r] for r in roles)}，列出其他任务如下。"
    if not assigned:
        return None
    sizes = [sum(len(_statements(duties)) for _, duties in clauses) for _, clauses in assigned]
    fitting = len(assigned) if desk.narrowed() else sum(all_so_far <= MOST for all_so_far in accumulate(sizes))
    items, lines = _listed(desk, assigned[: max(1, fitting)])
    more = sum(sizes) - len(items)
    text = "\n".join([f"{told}共 {sum(sizes)} 项，见于 {len(assigned)} 个文件：", *lines]) + unlisted(more, name=desk.to_name())
    return Answer(desk.question.text, "tasks", "answered", text, tuple(items), tuple(desk.citations), unlisted=more)


def _assigned(desk: Desk, named: set[str], about: tuple[Aspect, ...], roles: frozenset[Role]) -> list[Assigned]:
    """By document, the clauses about the topic in which the unit has one of the roles, with its duties there."""
    found = list[Assigned]()
    for document, group in groupby(desk.stating("duties"), key=lambda pair: pair[0]):
        clauses = []
        for _, clause in group:
            duties = [r for r in clause.responsibilities if _asked(desk, r, named) and r.role in roles]
            if duties and (not about or coverage(about, fold("".join(clause.headings) + clause.text)) >= ON_TOPIC):
                clauses.append((clause, duties))
        if clauses:
            found.append((document, clauses))
    return found


def _listed(desk: Desk, assigned: list[Assigned]) -> tuple[list[Item], list[str]]:
    """Items and lines, by document."""
    items, lines = list[Item](), list[str]()
    for document, clauses in assigned:
        rows = [row for clause, duties in clauses for row in _rows(desk, document, clause, duties)]
        units = "、".join(dict.fromkeys(u.unit for item, _ in rows for u in item.units))
        lines.append(f"{place(document)}（{units}，{len(rows)} 项）：")
        lines += [line for _, line in rows]
        items += [item for item, _ in rows]
    return items, lines
