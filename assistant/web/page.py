"""The page: its tabs, the reader beside them, and the stage in their place."""

from typing import Any

import gradio as gr

from assistant.web.ask_tab import AskTab
from assistant.web.basket_tab import BasketTab, basket_keeper
from assistant.web.batch_tab import BatchTab
from assistant.web.choices import document_choices, region_choices
from assistant.web.documents_tab import DocumentsTab, readable
from assistant.web.duties_tab import DutiesTab
from assistant.web.events import AT_ONCE
from assistant.web.precedents_tab import PrecedentsTab
from assistant.web.reader_panel import ReaderPanel
from assistant.web.seam import PolicyService
from assistant.web.stage import Stage

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
                keeper, stage = basket_keeper(), Stage(assistant)
                with gr.Tabs(elem_id="tabs"):
                    with gr.Tab("提问"):
                        ask = AskTab(assistant)
                    with gr.Tab("范文比对"):
                        precedents = PrecedentsTab(assistant)
                    with gr.Tab("摘录", elem_id="basket-tab") as basket_tab:
                        basket = BasketTab(assistant, keeper)
                    with gr.Tab("职责清单") as duties_tab:
                        duties = DutiesTab(assistant)
                    with gr.Tab("批量提问"):
                        BatchTab(assistant)
                    with gr.Tab("文件") as documents_tab:
                        documents = DocumentsTab(assistant)
            reader = ReaderPanel(assistant)
        for each in (ask, precedents, basket, duties, documents, stage):
            reader.listen(each.links)
        for links in (ask.links, precedents.links, documents.links, reader.links, stage.links):
            stage.listen(links, reader.column)
        documents.compare_on(stage, reader.column)
        duties.follow(duties_tab.select)
        basket.follow(basket_tab.select)

        def filled() -> tuple[Any, ...]:
            library = readable(assistant)
            regions, titles = region_choices(library), document_choices(library)
            return tuple(gr.Dropdown(choices=each) for each in (regions, titles, regions, titles))

        changed = [page.load, documents.added, reader.corrected, documents_tab.select]
        gr.on(changed, filled, None, [ask.regions, ask.documents, precedents.regions, precedents.documents], **AT_ONCE)
        documents.follow(changed)
    page.queue(default_concurrency_limit=8)
    return page
