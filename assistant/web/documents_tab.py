"""The tab 文件: adding to the library, what it holds, and two documents compared."""

from collections.abc import Iterable
from typing import Any

import gradio as gr

from assistant.web.adding_panel import AddingPanel
from assistant.web.assets import script
from assistant.web.choices import document_choices
from assistant.web.events import AT_ONCE, ONE_BY_ONE
from assistant.web.intake import Intake
from assistant.web.listing import Versions, matching, render_documents
from assistant.web.render import render_error
from assistant.web.seam import PolicyService
from assistant.web.stage import Stage
from corpus.errors import PolicyError
from corpus.types import Document


class DocumentsTab:
    """Builds the tab inside a `gr.Blocks`; `links` is the component whose links the reader follows."""

    def __init__(self, service: PolicyService) -> None:
        """Components and their events. `added` is the event after which the library has changed."""
        self._service = service
        self.added = AddingPanel(Intake(service.take)).added
        self._words = gr.Textbox(
            label="筛选",
            placeholder="题目、文号、地区或文件名中的字词",
            lines=1,
            max_lines=1,
            container=False,
            show_label=False,
            elem_id="words",
        )
        self.links = gr.HTML(js_on_load=script("links.js") + script("taking.js"), apply_default_css=False, elem_id="documents")
        gr.HTML("<h3 class='part'>两个文件逐条对照</h3>", js_on_load=None, apply_default_css=False)
        with gr.Row(elem_classes=["filters", "narrowing", "compare-two"]):
            self._old = gr.Dropdown([], value=None, label="原文本", min_width=200, elem_id="compare-old")
            self._new = gr.Dropdown([], value=None, label="新文本", min_width=200, elem_id="compare-new")
            self._compare = gr.Button("逐条对照", scale=0, min_width=96, elem_id="compare-two")

    def compare_on(self, stage: Stage, reader: gr.Column) -> None:
        """Set the two chosen documents on the stage."""
        stage.compare(self._compare.click, [self._old, self._new], reader)

    def follow(self, events: Iterable[Any]) -> None:
        """Read the table and the choices anew at events after which the library may have changed."""
        # the keyboard itself, not the value alone: a value that is set while the tab is being built tells of no change
        typed = [self._words.change, self._words.input]
        gr.on([*events, *typed], self._listing, self._words, self.links, **ONE_BY_ONE)
        gr.on(list(events), self._choices, None, [self._old, self._new], **AT_ONCE)

    def _listing(self, words: str | None) -> str:
        return documents_html(self._service, words or "")

    def _choices(self) -> tuple[Any, Any]:
        choices = document_choices(readable(self._service, versions=True))
        return gr.Dropdown(choices=choices), gr.Dropdown(choices=choices)


def readable(service: PolicyService, *, versions: bool = False) -> list[Document]:
    """The library's documents; none where it cannot be read, which the table says."""
    try:
        return service.documents(versions=versions)
    except PolicyError:
        return []


def documents_html(service: PolicyService, words: str) -> str:
    """The library's table, or the sentence of the error that stood in its way."""
    try:
        documents = service.documents()
        found = matching(documents, words)
        return render_documents(found, service.counts(), len(documents), _versions(service))
    except PolicyError as error:
        return render_error(str(error))


def _versions(service: PolicyService) -> Versions:
    """The versions of the documents that have several."""
    found: dict[str, list[Any]] = {}
    for version in service.versions():
        if version.count > 1:
            found.setdefault(version.head, []).append((version, service.document(version.document)))
    return found
