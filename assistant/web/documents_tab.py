"""The tab 文件: what the library holds, and adding to it."""

from collections.abc import Iterator
from pathlib import Path

import gradio as gr

from assistant.types import Added
from assistant.web.assets import script
from assistant.web.events import AT_ONCE, IN_TURN
from assistant.web.listing import matching, render_added, render_documents
from assistant.web.render import render_error
from assistant.web.seam import PolicyService
from corpus.errors import PolicyError
from corpus.types import Document


class DocumentsTab:
    """Builds the tab inside a `gr.Blocks`; `links` is the component whose links the reader follows."""

    def __init__(self, service: PolicyService) -> None:
        """Components and their events."""
        self._service = service
        self.words = gr.Textbox(
            label="筛选",
            placeholder="题目、文号、地区或文件名中的字词",
            lines=1,
            max_lines=1,
            container=False,
            show_label=False,
            elem_id="words",
        )
        self.links = gr.HTML(js_on_load=script("links.js"), apply_default_css=False, elem_id="documents")
        self.files = gr.File(label="添加文件（可将文件拖到此处）", file_count="multiple", height=140, elem_id="files")
        self._outcomes = gr.HTML(elem_id="outcomes", js_on_load=None, apply_default_css=False)
        self.words.change(self.listing, self.words, self.links, **AT_ONCE)
        self.uploaded = self.files.upload(
            self._add,
            self.files,
            [self._outcomes, self.files],
            **IN_TURN,
        )

    def listing(self, words: str | None = "") -> str:
        """The library's table, narrowed to the documents that hold every word."""
        return documents_html(self._service, words or "")

    def _add(self, paths: list[str] | None) -> Iterator[tuple[str, None]]:
        for said in added_html(self._service, [Path(path) for path in paths or []]):
            yield said, None


def readable(service: PolicyService) -> list[Document]:
    """The library's documents; none where it cannot be read, which the table says."""
    try:
        return service.documents()
    except PolicyError:
        return []


def documents_html(service: PolicyService, words: str) -> str:
    """The library's table, or the sentence of the error that stood in its way."""
    try:
        documents = service.documents()
        found = matching(documents, words)
        return render_documents(found, service.counts(), len(documents))
    except PolicyError as error:
        return render_error(str(error))


def added_html(service: PolicyService, paths: list[Path]) -> Iterator[str]:
    """The outcome lines, growing by one with every file done."""
    done: list[Added] = []
    try:
        for each in service.add(paths):
            done.append(each)
            yield render_added(done)
    except PolicyError as error:
        yield render_added(done) + render_error(str(error))
