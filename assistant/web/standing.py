"""What the library knows of a document beside its text: its versions, its facts and what was corrected. Pure functions."""

from collections.abc import Sequence
from html import escape

from assistant.web.links import badges, opener
from assistant.web.taking import compare_button, tools
from corpus.types import Correction, Document, Fact, Version

FIELDS = {
    "title": "题目",
    "doc_number": "文号",
    "issuer": "发文机关",
    "region": "地区",
    "date": "日期",
    "draft": "状态",
    "valid": "有效期",
}
_STATES = {False: "正式文件", True: "征求意见稿"}
_HINTS = {"date": "如 2022-09-28", "valid": "文件关于施行和有效期的原话", "region": "如 达州市"}


def render_standing(document: Document, versions: Sequence[tuple[Version, Document]], corrections: Sequence[Correction]) -> str:
    """The versions where there are several, the facts with the form that corrects them, and the way out of the library."""
    return render_versions(document, versions) + render_facts(document, corrections) + render_removal(document, versions)


def render_versions(document: Document, versions: Sequence[tuple[Version, Document]]) -> str:
    """All versions, the current one first, each to be opened and compared with this one; "" where there is one alone."""
    if len(versions) < 2:
        return ""
    own = next(version for version, each in versions if each.id == document.id)
    old = '<p class="old-note" role="status">这是旧版本，不用于回答，除非选了“含旧版本”。</p>' if not own.current else ""
    summary = f"<summary>共 {own.count} 版，正在阅读第 {own.number} 版</summary>"
    return f'{old}<details class="outline versions">{summary}{version_list(document, versions)}</details>'


def version_list(document: Document, versions: Sequence[tuple[Version, Document]]) -> str:
    """The versions, the current one first, each compared with `document`, which is one of them."""
    own = next(version for version, each in versions if each.id == document.id)
    return f"<ol>{''.join(_version(document, own, *each) for each in reversed(versions))}</ol>"


def _version(document: Document, own: Version, version: Version, each: Document) -> str:
    name = f"第 {version.number} 版{'（现行）' if version.current else ''}"
    known = "，".join(escape(fact) for fact in (each.facts.date, each.source) if fact)
    marked = badges(draft=each.facts.draft, expired=False, old=not version.current)
    if version == own:
        return f"<li><b>{name}</b> {known}{marked}</li>"
    older, newer = (document, each) if own.number < version.number else (each, document)
    against = compare_button(older.id, newer.id, f"与第 {own.number} 版逐条对照")
    return f"<li>{opener(each.id, 0, 0, name)} {known}{marked} {tools(against)}</li>"


def render_facts(document: Document, corrections: Sequence[Correction]) -> str:
    """A form of the facts, folded: what holds, what was read in its place, and the way back to it."""
    corrected = {each.field: each for each in corrections}
    rows = "".join(_row(document, field, corrected.get(field)) for field in FIELDS)
    count = f"（人工更正 {len(corrected)} 项）" if corrected else ""
    undo = '<button type="button" class="plain" data-undo="">全部恢复为读出的</button>' if corrected else ""
    return (
        f'<details class="outline facts"><summary>文件信息{count}</summary><form data-facts="{escape(document.id)}">{rows}'
        f'<div class="taking"><button type="submit" class="plain">保存更正</button>{undo}</div>'
        '<p class="told" role="status"></p>'
        '<p class="legend">更正后立即用于检索和回答，重新添加这个文件后仍然保留。留空表示文件没有写明。</p></form></details>'
    )


def render_removal(document: Document, versions: Sequence[tuple[Version, Document]]) -> str:
    """What removing the document means, folded, and the button that does it."""
    older = len(versions) - 1
    what = "这一旧版本" if not document.current else f"这份文件，连同 {older} 个旧版本" if older > 0 else "这份文件"
    return (
        f'<details class="outline removal"><summary>移除</summary><p>将从文件库中移除{what}：检索、回答、表格和导出随即不再有它，'
        "对它的更正一并移除。在网页上添加的，文件库所存的原件一并删除；其他位置的文件不受影响。"
        '移除后不能恢复，需要时请重新添加。</p><div class="taking">'
        f'<button type="button" class="plain" data-remove="{escape(document.id)}">从文件库移除</button></div>'
        '<p class="told" role="status"></p></details>'
    )


def _row(document: Document, field: str, correction: Correction | None) -> str:
    value: Fact = getattr(document.facts, field)
    name = FIELDS[field]
    if field == "draft":
        options = "".join(
            f'<option value="{each}"{" selected" if (each == "draft") is bool(value) else ""}>{_STATES[each == "draft"]}</option>'
            for each in ("issued", "draft")
        )
        box = f'<select name="{field}">{options}</select>'
    else:
        hint = f' placeholder="{_HINTS[field]}"' if field in _HINTS else ""
        box = f'<input name="{field}" value="{escape(str(value or ""))}"{hint} autocomplete="off">'
    return f'<div class="fact"><label><span>{name}</span>{box}</label>{_corrected(field, correction)}</div>'


def _corrected(field: str, correction: Correction | None) -> str:
    if correction is None:
        return ""
    return (
        f'<p><span class="badge common">人工更正</span> 读出的是：{escape(fact_text(correction.read))} '
        f'<span class="tools"><button type="button" data-undo="{field}">撤销</button></span></p>'
    )


def fact_text(fact: Fact) -> str:
    """A fact in words."""
    return _STATES[fact] if isinstance(fact, bool) else fact or "（没有写明）"
