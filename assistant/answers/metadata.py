"""meta: 文号, date, issuer, validity, draft or in force, cited documents."""

import re
from collections import Counter
from dataclasses import replace

from assistant.answers.desk import Desk, marks, place
from assistant.answers.listing import room, unlisted
from assistant.answers.titles import Named, by_nearness, outside, titled
from assistant.question import Question, short_name
from assistant.types import Answer, Item
from corpus.types import Clause, Document

_ASPECTS = (
    ("cites", re.compile(r"引用|依据|根据|上位|上级文件")),
    ("valid", re.compile(r"有效|失效|过期|施行|生效|实施(?:日期|时间|之日|的?[|？?]*$)")),
    ("draft", re.compile(r"征求意见|草案|正式")),
    ("doc_number", re.compile(r"文号|发文字号")),
    ("date", re.compile(r"哪天|哪一天|哪年|何时|什么时候|什么时间|几月几号|日期|时间|啥时候")),
    ("issuer", re.compile(r"谁|机关|单位|部门")),
    ("title", re.compile(r"全称|标题|题目|名")),
)
# a cited document as the question names it, and a question that names the document that cites: 《…》引用了哪些文件
_CITED = re.compile(
    r"(?:引用|依据|根据|按照)(?:了|的是?)?(?:《(?P<title>.+)》|(?P<plain>[^《》哪什么谁，,]{2,30}?"
    r"(?:法|法典|条例|办法|规定|意见|方案|规划|通知))(?=制定|的|[？?]|$))"
)
_CITING = re.compile(r"》[^《》被]{0,6}(?:引用|依据|根据|按照)[^《》]{0,6}(?:哪|什么|何)")
_NUMBER = re.compile(r"(?P<agency>[\u4e00-\u9fff]{1,12})[〔\[（(]?\s*20\d\d[〕\]）)]?\s*第?\d+号")
_NOT_AGENCY = re.compile(r".*(?:引用|依据|根据|按照|和|与|是|请问)(?:了|的是?|是)?")  # before a 文号: 哪些文件引用了|国发
_BRACKETS = re.compile(r"[\[\]［］【】〔〕()（）\s]")
# asked for what is issued, not for what is still a draft
_ISSUED = re.compile(r"(?:不是|并非|非).{0,4}征求意见|已经?正式|正式(?:印发|发布|文件|施行)|(?:已|已经)印发")
_NAMES = {
    "issued": "状态",
    "cites": "引用的文件",
    "valid": "有效期",
    "draft": "状态",
    "doc_number": "文号",
    "date": "印发日期",
    "issuer": "发文机关",
    "title": "标题",
}

Said = tuple[Document, list[str]]


def chinese_date(iso: str) -> str:
    """`2022-09-28` → `2022年9月28日`; `2022-09` → `2022年9月`."""
    return "".join(f"{int(n)}{u}" for n, u in zip(iso.split("-"), "年月日", strict=False))


def _aspect(text: str) -> str:
    return next((name for name, pattern in _ASPECTS if pattern.search(text)), "title")


def _find(desk: Desk, document: Document, aspect: str, value: str) -> tuple[Clause, int, int] | None:
    """The clause and the extent where the text says it."""
    words = {"draft": r"征求意见稿|送审稿|草案", "date": _date_pattern(value)}.get(aspect) or r"\s*".join(map(re.escape, value))
    words = _date_pattern(value) if aspect == "issued" and re.match(r"\d{4}年", value) else words
    pattern = re.compile(words)
    for clause in desk.clauses_of(document.id).values():
        if m := pattern.search(document.text, clause.start, clause.end):
            return clause, m.start(), m.end()
    return None


def _date_pattern(value: str) -> str:
    return r"\s*".join(map(re.escape, value)) if re.match(r"\d{4}年", value) else r"(?!)"


def _values(document: Document, aspect: str, wanted: str | None) -> list[str]:
    facts = document.facts
    if aspect == "cites":
        return [c for c in facts.cites if wanted is None or wanted in _BRACKETS.sub("", c)]
    if aspect == "issued":
        return [] if facts.draft else [facts.doc_number or (chinese_date(facts.date) if facts.date else facts.title)]
    if aspect == "draft":
        return ["征求意见稿"] if facts.draft else []
    if aspect == "date":
        return [chinese_date(facts.date)] if facts.date else []
    value = getattr(facts, aspect)
    return [value] if value else []


def _wanted(text: str) -> tuple[str | None, str]:
    """The cited document a question names, by 文号 or title (引用了《…》, 依据某法制定), and the question without it."""
    if number := _NUMBER.search(text):
        start = number.end("agency") - len(_NOT_AGENCY.sub("", number["agency"]))
        return _BRACKETS.sub("", text[start : number.end()]), f"{text[:start]} {text[number.end() :]}"
    found = _CITED.search(text) or (None if _CITING.search(text) else re.search(r"《(?P<title>.+)》", text))
    if found is None:
        return None, text
    return _BRACKETS.sub("", found["title"] or found["plain"]), text.replace(found[0], " ")


def _asked(desk: Desk, aspect: str, wanted: str | None, named: Named) -> tuple[list[Said], int]:
    """The documents that say it, those the question names where it names any, and how many to list; of many the nearest first."""
    documents = named.documents or ([] if named.unknown else desk.in_scope())
    every = [(d, values) for d in documents if (values := _values(d, aspect, wanted))]
    shown = room(len(every), narrowed=aspect == "draft" or wanted is not None)
    if shown < len(every):
        ranks = {d.id: n for n, d in enumerate(by_nearness(desk, [d for d, _ in every]))}
        every.sort(key=lambda said: ranks[said[0].id])
    return every, shown


def without_cited(question: Question) -> Question:
    """Without the places that only the title of a cited document names: who cites it may be of any place."""
    if question.kind != "meta" or _aspect(outside(question.text)) != "cites":
        return question
    _, rest = _wanted(question.text)
    return replace(question, regions=tuple(r for r in question.regions if short_name(r) in rest))


def answer_meta(desk: Desk) -> Answer | None:
    """The answer, or None where no document in scope says it."""
    text = desk.question.text
    cites = _aspect(outside(text)) == "cites" and not _ISSUED.search(outside(text))
    wanted, rest = _wanted(text) if cites else (None, text)
    named = titled(desk, desk.in_scope(), rest)
    aspect = "cites" if cites else "issued" if _ISSUED.search(named.rest) else _aspect(named.rest)
    every, shown = _asked(desk, aspect, wanted, named)
    regions = Counter(d.facts.region for d, _ in every)
    items, lines = list[Item](), list[str]()
    for document, values in every:
        found = [where for value in values if (where := _find(desk, document, aspect, value))]
        if found:
            numbers = [desk.cite(document, *where) for where in found]
            title = f"《{document.facts.title}》" if document.facts.region and regions[document.facts.region] > 1 else ""
            lines.append(f"{place(document)}{title}：{_line(aspect, values)}{marks(numbers)}。")
            items.append(_item(desk, document, aspect, values, numbers))
        if len(items) == shown:
            break
    if not items:
        return None
    more = len(every) - len(items) if shown < len(every) else 0
    head = f"{len(items)} 个文件写明了{_NAMES[aspect]}："
    if more:
        head = f"{len(every)} 个文件有{_NAMES[aspect]}可查，问题没有写明是哪一个，以下为最接近的 {len(items)} 个："
    told = "\n".join([head, *lines]) + unlisted(more, unit="个文件", name=desk.to_name())
    return Answer(text, "meta", "answered", told, tuple(items), tuple(desk.citations), unlisted=more)


def _line(aspect: str, values: list[str]) -> str:
    return f"已正式印发（{'；'.join(values)}）" if aspect == "issued" else f"{_NAMES[aspect]}为{'；'.join(values)}"


def _item(desk: Desk, document: Document, aspect: str, values: list[str], numbers: list[int]) -> Item:
    cited = desk.citations[numbers[0] - 1]
    shown = (place(document), *values) if aspect in ("draft", "issued") else tuple(values)
    region, marked = document.facts.region, tuple(numbers)
    return Item(document.id, document.source, region, cited.path, cited.label, (), shown, cited.quote, marked)
