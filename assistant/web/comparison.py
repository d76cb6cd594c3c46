"""Two documents clause by clause, as HTML: the newer text with what it adds and leaves out. Pure functions."""

from html import escape

from assistant.types import printed_on
from assistant.versions import ClausePair, Comparison, Status
from assistant.web.differences import redline
from assistant.web.links import NIL, badges, opener, paged
from assistant.web.staging import PRINT, staged
from assistant.web.tables import cell, grid
from corpus.types import Clause, Document

NAMES: dict[Status, str] = {"changed": "修改", "added": "新增", "removed": "删除", "moved": "移动", "same": "未变"}
_ALIKE = 0.35  # of two clauses less alike the differences are most of it and tell nothing


def render_comparison(found: Comparison) -> str:
    """The page: the two documents, how many clauses of each kind, and the clauses in the order of the newer text."""
    heads = (f"原文本{_named(found.old)}", f"新文本{_named(found.new)}")
    subject = "".join(
        f"<li>{name}{_title(each)}</li>" for name, each in zip(("原文本：", "新文本："), (found.old, found.new), strict=True)
    )
    counts = found.counts
    said = "，".join(f"{name} {counts[status]} 条" for status, name in NAMES.items())
    differing = sum(n for status, n in counts.items() if status != "same")
    none = (
        "" if differing else '<div class="notice" role="status"><p>两个文本逐条相同，没有修改、新增、删除或移动的条款。</p></div>'
    )
    choice = (
        '<label class="only"><input type="checkbox" data-only checked> 只列有变化的条款</label>'
        if differing and counts["same"]
        else ""
    )
    legend = '<p class="legend">右栏以原文本为底稿：<ins>下划线</ins>为增加的字词，<del>删除线</del>为删去的字词。</p>'
    table = grid("clauses", ("变化", *heads), [_row(found, pair) for pair in found.rows])
    body = f'<ul class="subjects">{subject}</ul><p class="count" role="status">{said}。</p>{none}{choice}{legend}{table}'
    return staged(
        "逐条对照", body, buttons=PRINT, css="across answer compared only-changes" if differing else "across answer compared"
    )


def _named(document: Document) -> str:
    return "" if document.current else "（旧版本）"


def _title(document: Document) -> str:
    facts = document.facts
    known = "，".join(escape(each) for each in (facts.doc_number, facts.date) if each)
    link = opener(document.id, 0, 0, f"《{escape(facts.title or document.source)}》", hint="打开原文")
    return link + (f"（{known}）" if known else "") + badges(draft=facts.draft, expired=False, old=not document.current)


def _row(found: Comparison, pair: ClausePair) -> str:
    moved = pair.status == "moved" and pair.pieces
    name = "移动并修改" if moved else NAMES[pair.status]
    if pair.status == "same" and pair.renumbered:
        name = "编号变动"
    sign = f'<span class="change {pair.status}">{name}</span>'
    old = _clause(found.old, pair.old, escape(pair.old.text)) if pair.old else NIL
    new = _clause(found.new, pair.new, _wording(pair)) if pair.new else NIL
    status = "renumbered" if pair.status == "same" and pair.renumbered else pair.status
    return f'<tr class="row-{status}">{cell("变化", sign)}{cell("原文本", old)}{cell("新文本", new)}</tr>'


def _wording(pair: ClausePair) -> str:
    if pair.new is None:
        return ""
    if pair.status == "added":
        return f'<ins title="增加">{escape(pair.new.text)}</ins>'
    if pair.pieces and pair.similarity >= _ALIKE:
        return redline(pair.pieces)
    return escape(pair.new.text)


def _clause(document: Document, clause: Clause, wording: str) -> str:
    page = paged(*printed_on(document, clause.start, clause.end))
    link = opener(document.id, clause.start, clause.end, escape(clause.label), hint="查看原文")
    return f'<p class="place-of">{link}{page}</p><div class="wording">{wording}</div>'
