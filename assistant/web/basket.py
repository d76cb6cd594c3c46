"""The basket as HTML, and what a browser may say of it. Pure functions."""

from collections.abc import Mapping, Sequence
from html import escape

from assistant.precedents.types import Collected, Pick
from assistant.web.taking import copy_button, source_link, tools

MOST = 200  # sentences a basket holds; static/keeper.js has the same bound
_LONGEST = 20_000  # characters of one quotation
_LARGEST = 10**9  # bounds what a request may name as an offset
_EMPTY = (
    '<div class="notice" role="status"><strong>还没有摘录</strong><p>在答案、范文比对、各地对照中点“放入摘录”，句子连同出处收在这里，'
    "可以导出为 Word 或 Markdown。摘录只保存在这台电脑的浏览器中。</p></div>"
)


def picks_of(data: object) -> list[Pick]:
    """The picks a browser's event names; what is no pick is left out, a place named twice counts once."""
    listed = data.get("picks") if isinstance(data, Mapping) else None
    found = [pick for each in listed if (pick := _pick(each))] if isinstance(listed, list) else []
    return list({(p.document, p.start, p.end): p for p in found}.values())[:MOST]


def _pick(data: object) -> Pick | None:
    if not isinstance(data, Mapping):
        return None
    document, start, end, quote = (data.get(name) for name in ("document", "start", "end", "quote"))
    if not (isinstance(document, str) and isinstance(quote, str) and isinstance(start, int) and isinstance(end, int)):
        return None
    fits = 0 <= start < end <= _LARGEST and len(quote) <= _LONGEST
    return Pick(document, start, end, quote) if fits else None


def render_basket(collected: Sequence[Collected]) -> str:
    """The sentences in their order, each as it stands in the library now; what no longer stands there is said."""
    if not collected:
        return _EMPTY
    stale = sum(each.quotation is None for each in collected)
    said = f"共 {len(collected)} 条" + (f"，其中 {stale} 条与文件库不符，导出时只作说明" if stale else "")
    items = "".join(_item(n, each, len(collected)) for n, each in enumerate(collected, 1))
    return (
        f'<section class="answer basket" aria-label="摘录"><p class="count" role="status">{said}。导出时按文件归并。</p><ol>{items}</ol>'
        '<button type="button" class="plain" data-clear>清空</button></section>'
    )


def _item(n: int, collected: Collected, of: int) -> str:
    pick, quotation = collected.pick, collected.quotation
    copy = copy_button(quotation) if quotation else ""
    buttons = tools(
        copy,
        _button(n, "上移", "up", off=n == 1),
        _button(n, "下移", "down", off=n == of),
        _button(n, "移除", "drop", off=False),
    )
    below = (
        f'<p class="source">——{source_link(quotation)}</p>'
        if quotation
        else f'<p class="stale"><strong>不再可用</strong>{escape(collected.problem)}</p>'
    )
    quote = f"<blockquote>{escape(quotation.citation.quote if quotation else pick.quote)}</blockquote>"
    key = escape(f"{pick.document} {pick.start} {pick.end}")
    return f'<li data-key="{key}"{"" if quotation else " class=gone"}>{quote}{below}{buttons}</li>'


def _button(n: int, name: str, action: str, *, off: bool) -> str:
    return f'<button type="button" data-{action} aria-label="{name}第 {n} 条"{" disabled" if off else ""}>{name}</button>'
