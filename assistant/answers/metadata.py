"""meta: 文号, date, issuer, validity, draft or in force, cited documents."""

import re

from assistant.answers.desk import Desk, marks, place
from assistant.types import Answer, Item
from corpus.types import Clause, Document

_ASPECTS = (
    ("cites", re.compile(r"引用|依据|根据|上位|上级文件")),
    ("valid", re.compile(r"有效|失效|过期|施行|生效|实施")),
    ("draft", re.compile(r"征求意见|草案|正式")),
    ("doc_number", re.compile(r"文号|发文字号")),
    ("date", re.compile(r"哪天|哪一天|哪年|何时|什么时候|什么时间|几月几号|日期|时间|啥时候")),
    ("issuer", re.compile(r"谁|机关|单位|部门")),
    ("title", re.compile(r"全称|标题|题目|名")),
)
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
        return [c for c in facts.cites if wanted is None or wanted in re.sub(r"[\[\]［］【】()（）]", "", c)]
    if aspect == "issued":
        return [] if facts.draft else [facts.doc_number or (chinese_date(facts.date) if facts.date else facts.title)]
    if aspect == "draft":
        return ["征求意见稿"] if facts.draft else []
    if aspect == "date":
        return [chinese_date(facts.date)] if facts.date else []
    value = getattr(facts, aspect)
    return [value] if value else []


def _wanted(text: str) -> str | None:
    """The cited document a question names, by 文号 or 《title》."""
    number = re.search(r"[\u4e00-\u9fff]{1,6}[〔\[（(]?\s*(20\d\d)[〕\]）)]?\s*第?(\d+)号", text)
    if number:
        return re.sub(r"[\[\]［］【】()（）\s]", "", number[0].split("引用")[-1])
    title = re.search(r"《(.+)》", text)
    return title[1] if title else None


def answer_meta(desk: Desk) -> Answer | None:
    """The answer, or None where no document in scope says it."""
    text = desk.question.text
    aspect = "issued" if _ISSUED.search(text) else _aspect(text)
    wanted = _wanted(text) if aspect == "cites" else None
    items, lines = [], []
    for document in desk.in_scope():
        values = _values(document, aspect, wanted)
        numbers = []
        for value in values:
            if place_of := _find(desk, document, aspect, value):
                numbers.append(desk.cite(document, *place_of))
        if not numbers:
            continue
        cited = desk.citations[numbers[0] - 1]
        said = f"已正式印发（{'；'.join(values)}）" if aspect == "issued" else f"{_NAMES[aspect]}为{'；'.join(values)}"
        lines.append(f"{place(document)}：{said}{marks(numbers)}。")
        shown = (place(document), *values) if aspect in ("draft", "issued") else tuple(values)
        items.append(
            Item(
                document.id,
                document.source,
                document.facts.region,
                cited.path,
                cited.label,
                (),
                shown,
                cited.quote,
                tuple(numbers),
            )
        )
    if not items:
        return None
    head = f"{len(items)} 个文件写明了{_NAMES[aspect]}："
    return Answer(text, "meta", "answered", "\n".join([head, *lines]), tuple(items), tuple(desk.citations))
