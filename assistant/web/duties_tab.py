"""The tab 职责清单: who has to do what, narrowed, ordered, and taken away as Excel or Word."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from assistant.duties import Duty
from assistant.export import duties_docx, duties_xlsx
from assistant.web.assets import script
from assistant.web.choices import document_choices, picker, region_choices
from assistant.web.download import Download
from assistant.web.duty_table import ORDERS, ROLES, Narrowing, meant_units, narrowed, pages, render_duties, unit_choices
from assistant.web.events import AT_ONCE, ONE_BY_ONE
from assistant.web.fault import told as told_of
from assistant.web.render import render_error
from assistant.web.seam import PolicyService
from corpus.errors import PolicyError
from index.base import EVERYTHING, Scope

Shown = tuple[str, list[Duty], int, Any, Any, Any, Any]


class DutiesTab:
    """Builds the tab inside a `gr.Blocks`; `links` is the component whose links the reader follows."""

    def __init__(self, service: PolicyService) -> None:
        """Components and their events."""
        self._service = service
        with gr.Row(elem_classes=["filters", "narrowing"]):
            self._regions = picker("地区", "duty-regions")
            self._documents = picker("文件", "duty-documents")
            self._units = picker("单位", "duty-units", free=True)
        with gr.Row(elem_classes=["filters", "narrowing"]):
            self._role = gr.Dropdown(list(ROLES), value="", label="角色", min_width=90, filterable=False, elem_id="duty-role")
            self._order = gr.Dropdown(
                list(ORDERS), value="document", label="排序", min_width=90, filterable=False, elem_id="duty-order"
            )
            self._words = gr.Textbox(
                label="字词",
                placeholder="任务、单位、时限或出处中的字词",
                lines=1,
                max_lines=1,
                min_width=140,
                elem_id="duty-words",
            )
        with gr.Row(elem_classes="actions"):
            self._excel = gr.Button("导出 Excel", size="sm", min_width=100, scale=0, visible=False, elem_id="duties-excel")
            self._word = gr.Button("导出 Word", size="sm", min_width=100, scale=0, visible=False, elem_id="duties-word")
        self.links = gr.HTML(js_on_load=script("links.js"), apply_default_css=False, elem_id="duties")
        with gr.Row(elem_classes="actions"):
            self._back = gr.Button("上一页", size="sm", min_width=80, scale=0, visible=False, elem_id="duties-back")
            self._next = gr.Button("下一页", size="sm", min_width=80, scale=0, visible=False, elem_id="duties-next")
        self._rows = gr.State([])  # what is shown is what is exported
        self._page = gr.State(0)
        self._wire(Download("duties-file"))

    def _wire(self, file: Download) -> None:
        wanted = [self._regions, self._documents, self._units, self._role, self._words, self._order]
        shown = [self.links, self._rows, self._page, self._back, self._next, self._excel, self._word]
        for button, step in ((self._back, -1), (self._next, 1)):
            button.click(lambda rows, page, step=step: view(rows, page + step), [self._rows, self._page], shown, **AT_ONCE)
        file.on(self._excel.click, "责任分工表.xlsx", duties_xlsx, [self._rows])
        file.on(self._word.click, "责任分工表.docx", duties_docx, [self._rows])
        self._wanted, self._shown = wanted, shown

    def follow(self, event: Any) -> None:
        """Read the rows anew where the filters change and at an event, such as the tab being opened; then the choices too."""
        changes = [each.change for each in (self._regions, self._documents, self._units, self._role, self._words, self._order)]
        gr.on([event, *changes], self._narrow, self._wanted, self._shown, **ONE_BY_ONE)
        event(self._choices, None, [self._regions, self._documents, self._units], **AT_ONCE)

    def _choices(self) -> tuple[Any, Any, Any]:
        try:
            documents, duties = self._service.documents(), self._service.duties(EVERYTHING, ())
        except PolicyError:  # said by the table, which is read next
            documents, duties = [], []
        return (
            gr.Dropdown(choices=region_choices(documents)),
            gr.Dropdown(choices=document_choices(documents)),
            gr.Dropdown(choices=unit_choices(duties)),
        )

    def _narrow(
        self,
        regions: list[str] | None,
        documents: list[str] | None,
        units: list[str] | None,
        role: Any,
        words: str | None,
        order: Any,
    ) -> Shown:
        scope = Scope(frozenset(documents or ()), frozenset(regions or ()))
        try:
            rows = duty_rows(self._service, scope, Narrowing(tuple(units or ()), role or "", words or "", order or "document"))
        except Exception as error:
            return (render_error(told_of(error, "未能列出职责")), *view([], 0)[1:])
        return view(rows, 0)


def duty_rows(service: PolicyService, scope: Scope, wanted: Narrowing) -> list[Duty]:
    """The duties to show, in order. Raises PolicyError where the library cannot be read."""
    units = meant_units(wanted.units, service.duties(EVERYTHING, ())) if wanted.units else ()
    return narrowed(service.duties(scope, units), Narrowing(units, wanted.role, wanted.words, wanted.order))


def view(rows: Sequence[Duty], page: int) -> Shown:
    """The table's page, and which buttons lead on from it."""
    last = pages(len(rows)) - 1
    page = min(max(page, 0), last)
    steps = (gr.Button(visible=last > 0, interactive=page > 0), gr.Button(visible=last > 0, interactive=page < last))
    exports = (gr.Button(visible=bool(rows)), gr.Button(visible=bool(rows)))
    return (render_duties(rows, page), list(rows), page, *steps, *exports)
