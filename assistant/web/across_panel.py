"""The view 各地对照, which takes the place of the tabs while it is open; it opens and closes in the browser."""

import logging
from collections.abc import Mapping
from typing import Any

import gradio as gr

from assistant.web.assets import script
from assistant.web.events import AT_ONCE
from assistant.web.render import render_error
from assistant.web.seam import PolicyService
from assistant.web.side_by_side import render_across, render_across_problem
from corpus.errors import PolicyError

logger = logging.getLogger(__name__)
_SCRIPTS = ("links.js", "taking.js", "across.js")


class AcrossPanel:
    """Build it inside a `gr.Blocks` before the tabs; `links` is the component whose links the reader follows."""

    def __init__(self, service: PolicyService) -> None:
        """The component; it is shown when a button of a listener is pressed."""
        self._service = service
        self.links = gr.HTML(js_on_load="\n".join(map(script, _SCRIPTS)), apply_default_css=False, elem_id="across")

    def listen(self, links: gr.HTML, reader: gr.Column) -> None:
        """Follow the buttons of a component built with `script("taking.js")`; the reader makes room for the table."""
        links.select(self._follow, None, [self.links, reader], **AT_ONCE)

    def _follow(self, event: gr.EventData) -> tuple[str, Any]:
        data = event._data if isinstance(event._data, Mapping) else {}
        return across_html(self._service, str(data.get("document")), str(data.get("clause"))), gr.Column(visible=False)


def across_html(service: PolicyService, document: str, clause: str) -> str:
    """The clause beside its counterparts, or what stood in the way. An unforeseen error is logged."""
    try:
        return render_across(service.across(document, clause))
    except PolicyError as error:
        return render_across_problem(render_error(str(error)))
    except Exception:
        logger.exception("a clause could not be compared")
        return render_across_problem(render_error("程序内部出错，对照没有完成。详情已写入运行日志，请告知系统管理员。"))
