"""The reader beside the tabs: opens a document at the place a link names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.web.assets import script
from assistant.web.events import AT_ONCE
from assistant.web.reader import AROUND, render_reader
from assistant.web.render import render_error
from assistant.web.seam import PolicyService
from corpus.errors import PolicyError

_LARGEST = 10**9  # bounds what a request may name as an offset


@dataclass(frozen=True, slots=True)
class Place:
    """What a link names: an extent of a document, and how much of the text around it is wanted."""

    document: str
    start: int
    end: int
    around: int

    @classmethod
    def of(cls, data: object) -> "Place | None":
        """The place a browser's event names; None if it names none. Offsets that are no numbers count as 0."""
        if not isinstance(data, Mapping) or not isinstance(data.get("document"), str):
            return None
        start, end = _number(data.get("start")), _number(data.get("end"))
        return cls(data["document"], start, max(start, end), max(AROUND, _number(data.get("around"))))


def _number(value: object) -> int:
    return min(max(value, 0), _LARGEST) if isinstance(value, int) else 0


class ReaderPanel:
    """A column, hidden until a link of one of the listeners is followed; `links` is the component in it."""

    def __init__(self, service: PolicyService) -> None:
        """Build inside a `gr.Blocks`, where the column shall stand."""
        self._service = service
        with gr.Column(scale=2, min_width=300, visible=False, elem_id="reader-column") as self.column:
            self.links = gr.HTML(js_on_load=script("reader.js") + script("taking.js"), apply_default_css=False, elem_id="reader")
        self.listen(self.links)

    def listen(self, links: gr.HTML) -> None:
        """Follow the links of an HTML component built with `script("links.js")` or `script("reader.js")`."""
        links.click(self._follow, None, [self.links, self.column], **AT_ONCE)

    def _follow(self, event: gr.EventData) -> tuple[Any, Any]:
        place = Place.of(event._data)
        if place is None:
            return "", gr.Column(visible=False)
        return open_place(self._service, place), gr.Column(visible=True)


def open_place(service: PolicyService, place: Place) -> str:
    """The reader's HTML for a place; a document that is gone is said in its stead."""
    try:
        document = service.document(place.document)
        clauses = service.clauses(place.document)
    except PolicyError as error:
        return (
            '<section class="reader"><header class="reader-head"><h2>原文</h2>'
            f'<button type="button" class="plain" data-close>关闭</button></header>{render_error(str(error))}</section>'
        )
    length = len(document.text)
    return render_reader(document, clauses, (min(place.start, length), min(place.end, length)), place.around)
