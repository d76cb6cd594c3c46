"""The library and what became of added files, as HTML: pure functions."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from assistant.types import Added
from assistant.web.links import NIL, badges, opener
from assistant.web.tables import cell
from corpus.expiry import has_expired
from corpus.types import Document

SHOWN = 50  # documents listed at once; the filter narrows the rest

OUTCOMES = {
    "added": "已收录",
    "updated": "已更新",
    "unchanged": "无变化",
    "duplicate": "内容重复",
    "failed": "未收录",
}
_HEADS = ("题目", "文号", "地区", "日期", "状态", "有效期", "条款数")


def matching(documents: Iterable[Document], words: str) -> list[Document]:
    """The documents whose title, number, issuer, region or file name hold every one of the blank-separated words."""
    wanted = words.split()

    def holds(document: Document) -> bool:
        facts = document.facts
        known = (facts.title, facts.doc_number, facts.issuer, facts.region, document.source)
        text = " ".join(filter(None, known))
        return all(word in text for word in wanted)

    return [document for document in documents if holds(document)]


def render_documents(documents: Sequence[Document], counts: Mapping[str, int], total: int) -> str:
    """A table of up to SHOWN documents; `counts` the clauses of each, `total` the library's size."""
    if not total:
        return '<div class="notice" role="status"><p>资料库中还没有文件。请在下方添加。</p></div>'
    rows = "".join(_row(document, counts.get(document.id, 0)) for document in documents[:SHOWN])
    head = "".join(f'<th scope="col">{name}</th>' for name in _HEADS)
    table = (
        f'<div class="table-box"><table class="grid documents"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )
    return f'<p class="count">{_said(len(documents), total)}</p>{table if rows else ""}'


def _said(found: int, total: int) -> str:
    if found > SHOWN:
        return f"共 {total} 份文件，符合条件的 {found} 份，列出前 {SHOWN} 份；请输入更多字词缩小范围。"
    return f"共 {total} 份文件。" if found == total else f"共 {total} 份文件，符合条件的 {found} 份。"


def _row(document: Document, clauses: int) -> str:
    facts = document.facts
    title = opener(document.id, 0, 0, escape(facts.title or document.source), hint="打开原文")
    source = f'<small class="source">{escape(document.source)}</small>' if facts.title else ""
    state = badges(draft=facts.draft, expired=has_expired(facts, datetime.date.today())) or "正式文件"
    values = (
        title + source,
        escape(facts.doc_number or ""),
        escape(facts.region or ""),
        escape(facts.date or ""),
        state,
        escape(facts.valid or ""),
        str(clauses),
    )
    cells = "".join(cell(name, value or NIL) for name, value in zip(_HEADS, values, strict=True))
    return f"<tr>{cells}</tr>"


def render_added(added: Iterable[Added]) -> str:
    """One line for each file, with the reason where it was not taken."""
    lines = "".join(_outcome(each) for each in added)
    return f'<ul class="outcomes" role="status">{lines}</ul>' if lines else ""


def _outcome(each: Added) -> str:
    said = each.error or (f"{each.clauses} 条条款" if each.clauses else "")
    reason = f"<small>{escape(said)}</small>" if said else ""
    return f'<li class="{each.status}"><b>{OUTCOMES[each.status]}</b> <span>{escape(each.source)}</span> {reason}</li>'
