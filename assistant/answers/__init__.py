"""From a question to an answer: one module for each kind of question."""

from collections.abc import Callable
from dataclasses import replace

from assistant.answers.deadlines import answer_when
from assistant.answers.desk import Desk, Opens, place
from assistant.answers.listing import PAGE
from assistant.answers.metadata import answer_meta, without_cited
from assistant.answers.passages import LEAST_FIGURE, answer_find
from assistant.answers.responsibility import answer_who
from assistant.answers.targets import answer_target, lacks_indicator, unknown_place
from assistant.answers.tasks import answer_tasks
from assistant.answers.wording import answer_precedent
from assistant.match import fold
from assistant.question import parse, short_name
from assistant.spelling import Slip, windows
from assistant.types import Answer, Kind
from index.base import Scope

ALSO = 5  # terms shown as looked for too
_KINDS: dict[Kind, Callable[[Desk], Answer | None]] = {
    "who": answer_who,
    "lead": answer_who,
    "tasks": answer_tasks,
    "when": answer_when,
    "target": answer_target,
    "compare": answer_target,
    "table": answer_target,
    "meta": answer_meta,
    "precedent": answer_precedent,
}


def _missing(desk: Desk) -> str:
    """What a reader is told where nothing was found: what was looked for, and where."""
    question, documents = desk.question, desk.in_scope()
    if not desk.documents:
        return "文件库中还没有文件。请先用 policy add 或网页“文件”栏添加文件，再提问。"
    if _elsewhere(desk):
        named = "、".join(question.regions) or "所问地方"
        return f"文件库中没有{named}的文件，未能查找“{question.topic}”。现有：{_have(desk)}。"
    if not documents:
        return f"所选范围内没有文件，未能查找“{question.topic}”。请放宽地区或文件的筛选。"
    places = "、".join(dict.fromkeys(place(d) for d in documents[:6])) + ("等" if len(documents) > 6 else "")
    text = f"在{places}的 {len(documents)} 个文件中查找了“{question.topic}”，没有找到写明这一内容的条款。"
    nearest = next(iter(desk.search(question.topic, 1)), None)
    if nearest is None:
        return text
    clause, document = desk.clause(nearest), desk.documents[nearest.document]
    return f"{text}最接近的是{place(document)}的“{clause.label}”，但该条没有回答这一问题。"


def _have(desk: Desk) -> str:
    """The places of the library and the titles of documents of none; of many a page, the places first."""
    documents = desk.documents.values()
    places = sorted({place(d) for d in documents})
    if len(places) > PAGE:
        places.sort(key=lambda name: name.startswith("《"))
    return "、".join(places[:PAGE]) + (f"等 {len(documents)} 个文件" if len(places) > PAGE else "")


def _elsewhere(desk: Desk) -> bool:
    """Whether the question names only places that the library knows nothing of."""
    regions = desk.question.regions
    if desk.question.kind not in ("find", "precedent") and unknown_place(desk):
        return True
    if not regions or any(d.facts.region in regions for d in desk.documents.values()):
        return False
    short = [short_name(r) for r in regions]
    rows = (t.place for c in desk.stated("targets") for t in c.targets if t.place)
    return not any(p.startswith(s) for p in rows for s in short)


def _with_missing(desk: Desk, found: Answer) -> Answer:
    """The answer, and for each place the question names that has no part in it, that it has none."""
    if found.unlisted:
        return found
    known = {d.facts.region for d in desk.documents.values()}
    missing = [r for r in desk.question.regions if r in known and r not in {i.region for i in found.items}]
    lines = "".join(f"\n{r}：未查到对应内容，可换一种说法再查。" for r in missing)
    return replace(found, text=found.text + lines)


def _mended(text: str, opens: Opens) -> tuple[str, tuple[Slip, ...]]:
    """The question without slips of the keyboard, and the slips."""
    knows = opens.searcher().knows
    # the table of terms is made only where something is strange
    slips = opens.speller.slips(text, knows) if any(windows(text, knows)) else ()
    for slip in slips:
        text = text.replace(slip.wrong, slip.right, 1)
    return text, slips


def answer(text: str, opens: Opens, scope: Scope) -> Answer:
    """The answer to a checked question. `not_found` names what was looked for and offers no figure or unit.

    Slips of the keyboard are mended and told; a sentence pasted as a precedent is left as it is.
    """
    known = {d.facts.region for d in opens.library.documents(versions=scope.versions) if d.facts.region}
    slips: tuple[Slip, ...] = ()
    question = parse(text, known, opens.departments)
    if known and question.kind != "precedent":
        mended, slips = _mended(text, opens)
        question = parse(mended, known, opens.departments) if slips else question
    desk = Desk(opens, without_cited(question), scope)
    found = _answered(desk)
    told = "".join(f"\n已按“{s.right}”查找（问题中为“{s.wrong}”）。" for s in slips)
    also = _also(desk) if found.outcome == "answered" and question.kind not in ("tasks", "meta") else ()
    return replace(found, question=text, text=found.text + told, also=also)


def _also(desk: Desk) -> tuple[str, ...]:
    """What was looked for too, a few of it: the official terms of everyday words of the topic, other names of the thing."""
    topic = desk.question.topic
    official = (term for _, terms, _ in desk.opens.thesaurus.mentions(topic) for term in terms)
    found: dict[str, str] = {}
    for term in (*official, *desk.names):
        if fold(term) not in fold(topic):
            found.setdefault(fold(term), term)
    return tuple(found.values())[:ALSO]


def _answered(desk: Desk) -> Answer:
    if desk.documents and not _elsewhere(desk):
        found = _KINDS.get(desk.question.kind, answer_find)(desk)
        if found is None and desk.question.kind in ("target", "compare", "table") and not lacks_indicator(desk):
            found = answer_find(desk, LEAST_FIGURE)  # asked with 多少, yet about no indicator at all
        if found is not None:
            return _with_missing(desk, found)
    return Answer(desk.question.text, desk.question.kind, "not_found", _missing(desk), (), ())
