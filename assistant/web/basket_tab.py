"""The tab 摘录: sentences taken along, kept by the browser and looked up in the library whenever they are shown."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from assistant.precedents.types import Pick
from assistant.web.assets import script
from assistant.web.basket import picks_of, render_basket
from assistant.web.download import Download
from assistant.web.events import EACH
from assistant.web.render import render_error
from assistant.web.seam import PolicyService
from corpus.errors import PolicyError

_LOOK = '() => { document.dispatchEvent(new CustomEvent("basket", { detail: { action: "show" } })); }'
_SCRIPTS = ("links.js", "taking.js", "basket.js")


def basket_keeper() -> gr.HTML:
    """An unseen component that keeps the basket; build it outside the tabs, which exist only once they were opened."""
    return gr.HTML(js_on_load=script("keeper.js"), apply_default_css=False, elem_id="basket-keeper")


class BasketTab:
    """Builds the tab inside a `gr.Blocks`; `links` is the component whose links the reader follows."""

    def __init__(self, service: PolicyService, keeper: gr.HTML) -> None:
        """Components and their events; `keeper` is what `basket_keeper` made."""
        self._service = service
        with gr.Row(elem_classes="actions"):
            self._word = gr.Button("导出 Word", size="sm", min_width=100, scale=0, visible=False, elem_id="basket-word")
            self._markdown = gr.Button(
                "导出 Markdown", size="sm", min_width=120, scale=0, visible=False, elem_id="basket-markdown"
            )
        self.links = gr.HTML(js_on_load="\n".join(map(script, _SCRIPTS)), apply_default_css=False, elem_id="basket")
        self._picks = gr.State([])  # what is shown is what is exported
        shown = [self.links, self._picks, self._word, self._markdown]
        keeper.input(self._show, None, shown, **EACH)
        file = Download("basket-file")
        file.on(self._word.click, "范文摘录.docx", service.basket_docx, [self._picks])
        file.on(self._markdown.click, "范文摘录.md", lambda picks: service.basket_markdown(picks).encode(), [self._picks])

    def follow(self, event: Any) -> None:
        """Look the sentences up anew at an event, such as the tab being opened."""
        event(None, None, None, js=_LOOK)

    def _show(self, event: gr.EventData) -> tuple[str, list[Pick], Any, Any]:
        picks = picks_of(event._data)
        said, there = basket_html(self._service, picks)
        return said, picks, gr.Button(visible=there), gr.Button(visible=there)


def basket_html(service: PolicyService, picks: Sequence[Pick]) -> tuple[str, bool]:
    """The basket as it stands in the library now, and whether there is anything to export."""
    try:
        collected = service.collected(picks)
    except PolicyError as error:
        return render_error(str(error)), False
    return render_basket(collected), any(each.quotation for each in collected)
