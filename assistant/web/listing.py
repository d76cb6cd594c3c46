"""The library as HTML: pure functions."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from assistant.web.collation import by_sound
from assistant.web.links import NIL, badges, opener
from assistant.web.standing import version_list
from assistant.web.tables import cell
from corpus.expiry import has_expired
from corpus.types import Document, Version

SHOWN = 50  # documents listed at once; the filter narrows the rest

Versions = Mapping[str, Sequence[tuple[Version, Document]]]  # by the id of the current one, which comes last
_HEADS = ("题目", "文号", "地区", "日期", "状态", "有效期", "条款数")


def matching(documents: Iterable[Document], words: str) -> list[Document]:
    """The documents whose title, number, issuer, region or file name hold every blank-separated word, titles by 拼音."""
    wanted = words.split()

    def holds(document: Document) -> bool:
        facts = document.facts
        known = (facts.title, facts.doc_number, facts.issuer, facts.region, document.source)
        text = " ".join(filter(None, known))
        return all(word in text for word in wanted)

    return sorted(filter(holds, documents), key=lambda document: by_sound(document.facts.title or document.source))


def render_documents(
    documents: Sequence[Document], counts: Mapping[str, int], total: int, versions: Versions | None = None
) -> str:
    """A table of up to SHOWN documents; `counts` the clauses of each, `total` the library's size, `versions` where there are several."""
    if not total:
        return '<div class="notice" role="status"><p>文件库中还没有文件。请在上方添加。</p></div>'
    several = versions or {}
    rows = "".join(_row(each, counts.get(each.id, 0), several.get(each.id, ())) for each in documents[:SHOWN])
    head = "".join(f'<th scope="col">{name}</th>' for name in _HEADS)
    table = (
        f'<div class="table-box"><table class="grid documents"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )
    return f'<p class="count">{_said(len(documents), total)}</p>{table if rows else ""}'


def _said(found: int, total: int) -> str:
    said = f"共 {total} 份文件" + (f"，符合条件的 {found} 份" if found < total else "")
    return said + (f"，列出前 {SHOWN} 份；请输入字词缩小范围。" if found > SHOWN else "。")


def _row(document: Document, clauses: int, versions: Sequence[tuple[Version, Document]]) -> str:
    facts = document.facts
    title = opener(document.id, 0, 0, escape(facts.title or document.source), hint="打开原文")
    source = f'<small class="source">{escape(document.source)}</small>' if facts.title else ""
    state = badges(draft=facts.draft, expired=has_expired(facts, datetime.date.today())) or "正式文件"
    folded = f"<summary>共 {len(versions)} 版</summary>{version_list(document, versions)}" if len(versions) > 1 else ""
    values = (
        title + source + (f'<details class="versions">{folded}</details>' if folded else ""),
        escape(facts.doc_number or ""),
        escape(facts.region or ""),
        escape(facts.date or ""),
        state,
        escape(facts.valid or ""),
        str(clauses),
    )
    cells = "".join(cell(name, value or NIL) for name, value in zip(_HEADS, values, strict=True))
    return f"<tr>{cells}</tr>"
