"""The stage: what takes the place of the tabs for a while, 各地对照, two versions, or the file a document was read from."""

from collections.abc import Callable, Mapping
from typing import Any

import gradio as gr

from assistant.web.assets import script
from assistant.web.comparison import render_comparison
from assistant.web.download import Download
from assistant.web.events import AT_ONCE, EACH
from assistant.web.fault import told as told_of
from assistant.web.gone import trouble
from assistant.web.original_view import render_original
from assistant.web.render import render_error, render_notice
from assistant.web.seam import PolicyService
from assistant.web.side_by_side import render_across
from assistant.web.staging import staged
from corpus.errors import PolicyError

_SCRIPTS = ("links.js", "taking.js", "stage.js")
_LARGEST = 10**9  # bounds what a request may name as a page or an offset
_OPEN = '() => { document.dispatchEvent(new CustomEvent("stage", { detail: { view: "compare" } })); }'
_NAMES = {"across": "各地对照", "compare": "逐条对照", "original": "对照原件"}


class Stage:
    """Build it inside a `gr.Blocks` before the tabs; `links` is the component whose links the reader follows."""

    def __init__(self, service: PolicyService) -> None:
        """The component; it is shown when a button of a listener is pressed, and closes in the browser."""
        self._service = service
        self._document = gr.State("")  # whose original is shown
        self.links = gr.HTML(js_on_load="\n".join(map(script, _SCRIPTS)), apply_default_css=False, elem_id="stage")
        file = Download("original-file")
        file.on(self.links.submit, lambda id: service.document(id).source, service.original, [self._document])

    def listen(self, links: gr.HTML, reader: gr.Column) -> None:
        """Follow the buttons of a component built with `script("taking.js")`; the reader makes room for a table."""
        links.select(self._follow, None, [self.links, self._document, reader], **EACH)

    def compare(self, event: Callable[..., Any], chosen: list[gr.Dropdown], reader: gr.Column) -> None:
        """At `event`, compare the two documents chosen, the older one first."""
        outputs = [self.links, self._document, reader]
        event(None, None, None, js=_OPEN).then(self._compare, chosen, outputs, **AT_ONCE)

    def _compare(self, old: str | None, new: str | None) -> tuple[str, str, Any]:
        if not old or not new:
            return staged(_NAMES["compare"], render_notice("请先选择原文本和新文本。")), "", gr.skip()
        return stage_html(self._service, {"view": "compare", "document": old, "other": new}), "", gr.Column(visible=False)

    def _follow(self, event: gr.EventData) -> tuple[str, str, Any]:
        data = event._data if isinstance(event._data, Mapping) else {}
        original = data.get("view") == "original"
        return stage_html(self._service, data), str(data.get("document")), gr.skip() if original else gr.Column(visible=False)


def stage_html(service: PolicyService, data: Mapping[str, object]) -> str:
    """What a browser's event asks for, or what stood in the way. An unforeseen error is logged.

    data: `view` with `document` and `clause` (across), `other` (compare), `page` and `start` (original).
    """
    view = str(data.get("view"))
    document = str(data.get("document"))
    views: dict[str, Callable[[], str]] = {
        "across": lambda: render_across(service.across(document, str(data.get("clause")))),
        "compare": lambda: render_comparison(service.compare(document, str(data.get("other")))),
        "original": lambda: render_original(service.leaf(document, _number(data.get("page")), _number(data.get("start")))),
    }
    name = _NAMES.get(view, "对照")
    named = [str(data[each]) for each in ("document", "other") if each in data]
    try:
        if view not in views:
            raise PolicyError("没有这种对照。请刷新网页后重试。")
        return views[view]()
    except PolicyError as error:
        clause = str(data.get("clause")) if view == "across" else ""
        return staged(name, render_error(trouble(service, error, *named, clause=clause)))
    except Exception as error:
        return staged(name, render_error(told_of(error, "没有完成")))


def _number(value: object) -> int:
    return min(max(value, 0), _LARGEST) if isinstance(value, int) else 0
