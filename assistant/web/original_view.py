"""The file a document was read from, as HTML: a picture of a page, or escaped text. Pure functions."""

from base64 import b64encode
from html import escape

from assistant.originals import Leaf
from assistant.web.staging import staged
from assistant.web.taking import original_button

_DOWNLOAD = '<button type="button" class="plain" data-export>下载原件</button>'
_ZOOM = '<button type="button" class="plain" data-zoom aria-pressed="false">放大</button>'


def render_original(leaf: Leaf) -> str:
    """The page with the way to the others and to the file; what must be known of it stands first."""
    document = leaf.document
    notes = "".join(f'<div class="notice" role="status"><p>{escape(each)}</p></div>' for each in leaf.notes)
    name = f'<p class="count">{escape(document.source)}</p>'
    body = name + notes + (_steps(leaf) if leaf.pages else "") + _content(leaf)
    return staged(
        "对照原件", body, buttons=(_ZOOM if leaf.picture else "") + (_DOWNLOAD if leaf.there else ""), css="original answer"
    )


def _content(leaf: Leaf) -> str:
    if leaf.picture:
        source = f"data:image/webp;base64,{b64encode(leaf.picture).decode()}"
        place = f'data-of="{escape(leaf.document.id)}" data-at="{leaf.page}"'
        return f'<div class="sheet-box" tabindex="0"><img class="leaf" {place} src="{source}" alt="原件第 {leaf.page} 页"></div>'
    if leaf.text is not None:
        return f'<pre class="whole" tabindex="0">{escape(leaf.text)}</pre>'
    return ""


def _steps(leaf: Leaf) -> str:
    """The pages before and after."""
    id = leaf.document.id
    back = _step(id, "上一页", leaf.page - 1, off=leaf.page <= 1)
    on = _step(id, "下一页", leaf.page + 1, off=leaf.page >= leaf.pages)
    choose = f'<label>第 <input type="number" min="1" max="{leaf.pages}" value="{leaf.page}" data-turn="{escape(id)}"> 页</label>'
    return f'<nav class="steps" aria-label="原件各页">{back}{choose}<span>共 {leaf.pages} 页</span>{on}</nav>'


def _step(document: str, name: str, page: int, *, off: bool) -> str:
    button = original_button(document, name, page=page, css="plain")
    return button.replace("<button ", "<button disabled ", 1) if off else button
