"""when: what is due by a year, and by when a thing is due. Deadlines are read from statements and sentences."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answers.desk import Desk, marks, place
from assistant.answers.listing import room, unlisted
from assistant.aspects import aspects
from assistant.duties import row_task
from assistant.match import Aspect, coverage, fold, words_of
from assistant.types import Answer, Item, UnitRole
from corpus.types import Clause, Document

_PLAN = {"三": 2020, "四": 2025, "五": 2030}
_DUE = re.compile(
    r"(?:到|至|截至|于|在)?(?P<year>20\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:上半年|下半年|[一二三四]季度)?[底末]?(?:之前|以前|前|止)"
    r"|(?:到|至|截至)(?P<by>20\d\d)年(?:\d{1,2}月)?[底末]?|“?十(?P<plan>[三四五])五”?(?:期?末|末期)|每年\d{1,2}月(?:\d{1,2}日|[上中下]旬)?[底末]?(?:之前|以前|前)"
)
# the same without what may stand before it, which makes the search through a whole text slow: some deadline is in it
_ANY_DUE = re.compile(
    r"20\d\d年(?:(?<=[到至]20\d\d年)|(?:\d{1,2}月)?(?:\d{1,2}日)?(?:上半年|下半年|[一二三四]季度)?[底末]?(?:之前|以前|前|止))"
    r"|十[三四五]五”?(?:期?末|末期)|每年\d{1,2}月(?:\d{1,2}日|[上中下]旬)?[底末]?(?:之前|以前|前)"
)
_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
_RELATIVE = {"去年": -1, "今年": 0, "本年": 0, "年底": 0, "明年": 1, "后年": 2}
SAID = 0.5  # a sentence is about the topic if it and its heading say this share of the topic's words


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline: the sentence or statement that holds it, the words of the deadline and their year.

    sentence: what else stands in the sentence before it; what it is about may stand only there.
    """

    document: Document
    clause: Clause
    start: int
    end: int
    words: str
    year: int | None
    sentence: str = ""


def _year(m: re.Match[str]) -> int | None:
    if m["year"] or m["by"]:
        return int(m["year"] or m["by"])
    return _PLAN[m["plan"]] if m["plan"] else None


def _dues(document: Document, clause: Clause) -> Iterator[Due]:
    """The deadlines of a clause in reading order: one a statement; in a sentence each governs the words up to the next."""
    stated = {(r.start, r.end, r.deadline) for r in clause.responsibilities if r.deadline and not r.inherited}
    for start, end, words in sorted(stated, key=lambda s: s[:2]):
        m = re.search(r"20\d\d", words or "")
        yield Due(document, clause, start, end, words or "", int(m[0]) if m else None)
    for sentence in _SENTENCE.finditer(clause.text):
        begin = clause.start + sentence.start()
        found = [m for m in _DUE.finditer(sentence[0]) if not any(s <= begin + m.start() < e for s, e, _ in stated)]
        for n, m in enumerate(found):
            start = m.start() if n else 0
            stop = found[n + 1].start() if n + 1 < len(found) else len(sentence[0])
            words = sentence[0][start:stop].rstrip("，,；;、 ")
            yield Due(document, clause, begin + start, begin + start + len(words), m[0], _year(m), sentence[0][:start])


def _asked_years(desk: Desk, today: datetime.date) -> set[int]:
    relative = {today.year + n for word, n in _RELATIVE.items() if word in desk.question.text}
    return set(desk.question.years) or relative


def _topic_words(desk: Desk) -> str:
    rest = re.sub(
        r"去年|今年|本年度?|明年|后年|年底|底前|[之以]?前|截止|期限|时限|\d{4}年?|要?完成|什么时候", " ", desk.question.topic
    )
    for mention in desk.opens.departments.find(desk.question.text):
        rest = rest.replace(mention.alias, " ")
    return rest if words_of(rest) else ""


def _said(asked: tuple[Aspect, ...], above: str, due: Due) -> float:
    """The share of what is asked that a deadline is for; where its own words say some of it, what its sentence began with
    counts too (对低效设施，2023年底前完成排查，2024年底前全部替换).
    """
    words = due.document.text[due.start : due.end]
    begun = due.sentence if coverage(asked, fold(words)) > 0 else ""
    return coverage(asked, fold(above + begun + words))


def _asked_for(asked: tuple[Aspect, ...], clause: Clause, dues: list[Due]) -> list[Due]:
    """The deadlines of a clause for what is asked; of one sentence's those that say most of it."""
    if not asked:
        return dues
    rows = [next((t for table in clause.tables if (t := row_task(table, due.start))), "") for due in dues]
    said = [_said(asked, clause.heading + row, due) for due, row in zip(dues, rows, strict=True)]
    best: dict[int, float] = {}
    for due, share in zip(dues, said, strict=True):
        begin = due.start - len(due.sentence)
        best[begin] = max(best.get(begin, SAID), share)
    return [due for due, share in zip(dues, said, strict=True) if share >= best[due.start - len(due.sentence)]]


def _found(desk: Desk, years: set[int], asked: tuple[Aspect, ...]) -> list[Due]:
    """The deadlines in scope that fit the years, the units and the topic asked, by document and in reading order."""
    departments, found = set(desk.question.departments), list[Due]()
    for document in desk.in_scope():
        if not _ANY_DUE.search(document.text):
            continue
        for clause in desk.clauses_of(document.id).values():
            if clause.kind in ("front", "closing"):
                continue
            if departments and not departments & {r.department for r in clause.responsibilities}:
                continue
            fitting = _asked_for(asked, clause, list(_dues(document, clause)))
            found += [due for due in fitting if not years or due.year in years]
    return found


def answer_when(desk: Desk, today: datetime.date | None = None) -> Answer | None:
    """The answer, or None where no deadline fits the year, the unit and the topic asked."""
    years, topic = _asked_years(desk, today or datetime.date.today()), _topic_words(desk)
    asked = aspects(topic, desk.opens.thesaurus) if topic else ()
    found = _found(desk, years, asked)
    if not found:
        return None
    items, lines = [], []
    for due in found[: room(len(found), narrowed=bool(years or asked or desk.question.departments or desk.narrowed()))]:
        document, clause = due.document, due.clause
        n = desk.cite(document, clause, due.start, due.end)
        quote = desk.citations[n - 1].quote
        lines.append(f"{place(document)} {clause.label}（{due.words}）：{' '.join(quote.split())}{marks([n])}")
        units = tuple(dict.fromkeys(UnitRole(r.unit, r.role, r.inherited) for r in clause.responsibilities if not r.inherited))
        items.append(
            Item(document.id, document.source, document.facts.region, clause.path, clause.label, units, (due.words,), quote, (n,))
        )
    head = f"找到 {len(found)} 处完成时限" + (f"（{'、'.join(map(str, sorted(years)))}年）" if years else "") + "："
    more = len(found) - len(items)
    text = "\n".join([head, *lines]) + unlisted(more, unit="处", name=f"事项、{desk.to_name()}")
    return Answer(desk.question.text, "when", "answered", text, tuple(items), tuple(desk.citations), unlisted=more)
