"""The page: four tabs and the reader beside them."""

from typing import Any

import gradio as gr

from assistant.web.ask_tab import AskTab
from assistant.web.batch_tab import BatchTab
from assistant.web.choices import document_choices, region_choices
from assistant.web.documents_tab import DocumentsTab, readable
from assistant.web.duties_tab import DutiesTab
from assistant.web.events import AT_ONCE
from assistant.web.reader_panel import ReaderPanel
from assistant.web.seam import PolicyService

TITLE = "政策问答助手"
_HEADER = f"<header class='page-head'><h1>{TITLE}</h1><p>答案逐条注明出处；点击编号，在原文中核对。</p></header>"
_ONE_DAY = 86_400  # seconds after which uploaded copies are deleted, looked for once an hour


def build_page(assistant: PolicyService) -> gr.Blocks:
    """The page over an assistant. It keeps nothing between visits; all who open it share the library."""
    page: gr.Blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True, delete_cache=(3_600, _ONE_DAY))
    with page:
        with gr.Row(elem_id="desk"):
            with gr.Column(scale=3, min_width=300, elem_id="main"):
                gr.HTML(_HEADER, js_on_load=None, apply_default_css=False)
                with gr.Tabs():
                    with gr.Tab("提问"):
                        ask = AskTab(assistant)
                    with gr.Tab("职责清单") as duties_tab:
                        duties = DutiesTab(assistant)
                    with gr.Tab("批量提问"):
                        BatchTab(assistant)
                    with gr.Tab("文件"):
                        documents = DocumentsTab(assistant)
            reader = ReaderPanel(assistant)
        for each in (ask, duties, documents):
            reader.listen(each.links)
        duties.follow(duties_tab.select)

        def filled(words: str | None = "") -> tuple[Any, Any, str]:
            library = readable(assistant)
            return (
                gr.Dropdown(choices=region_choices(library)),
                gr.Dropdown(choices=document_choices(library)),
                documents.listing(words),
            )

        shown = [ask.regions, ask.documents, documents.links]
        page.load(filled, documents.words, shown, **AT_ONCE)
        documents.uploaded.then(filled, documents.words, shown, **AT_ONCE)
    page.queue(default_concurrency_limit=8)
    return page
