"""The tab 提问: a question, where to look, the answer."""

import json

import gradio as gr

from assistant.export import answer_docx
from assistant.followup import complete
from assistant.types import Answer
from assistant.web.assets import script
from assistant.web.choices import picker
from assistant.web.download import Download
from assistant.web.events import EACH, ONE_BY_ONE
from assistant.web.fault import told as told_of
from assistant.web.judging import judged, said_of
from assistant.web.render import render_answer, render_error
from assistant.web.seam import PolicyService
from index.base import Scope

EXAMPLES = (
    "谁负责挥发性有机物整治",
    "市生态环境局牵头哪些任务",
    "单位地区生产总值能耗下降多少",
    "公共机构节能由谁牵头",
)
_TELL = '(told) => document.dispatchEvent(new CustomEvent("judged", { detail: JSON.parse(told) }))'
_PENDING = '<p class="pending" role="status">正在查找……</p>'


class AskTab:
    """Builds the tab inside a `gr.Blocks`; `links` is the component whose links the reader follows."""

    def __init__(self, service: PolicyService) -> None:
        """Components and their events."""
        self._service = service
        with gr.Row(elem_classes="ask-row"):
            self._question = gr.Textbox(
                label="问题",
                placeholder="例如：谁负责挥发性有机物整治",
                lines=1,
                max_lines=1,
                container=False,
                show_label=False,
                scale=5,
                min_width=220,
                autofocus=True,
                elem_id="question",
            )
            self._button = gr.Button("提问", variant="primary", scale=0, min_width=96, elem_id="ask")
        with gr.Row(elem_classes="filters"):
            self.regions = picker("地区", "region-filter")
            self.documents = picker("文件", "document-filter")
            self._versions = gr.Checkbox(
                label="含旧版本", value=False, container=False, min_width=90, scale=0, elem_id="versions"
            )
        with gr.Row(elem_classes="examples"):
            examples = [gr.Button(text, size="sm", min_width=60, scale=0) for text in EXAMPLES]
        self.links = gr.HTML(
            js_on_load="".join(map(script, ("links.js", "taking.js", "answer.js", "judging.js"))),
            apply_default_css=False,
            elem_id="answer",
        )
        self._judged = gr.Textbox(visible="hidden", elem_id="judged")  # what became of a click on 有用 or 不对
        self._last = gr.State(None)  # the visit's last answer: what is exported, and what a follow-up question follows
        self._wire(examples)

    def _wire(self, examples: list[gr.Button]) -> None:
        inputs = [self._question, self.regions, self.documents, self._versions, self._last]
        outputs = [self.links, self._last]
        pending = f"() => {json.dumps(_PENDING)}"
        for event in (self._question.submit, self._button.click):
            event(None, None, self.links, js=pending).then(self._ask, inputs, outputs, **ONE_BY_ONE)
        for button, text in zip(examples, EXAMPLES, strict=True):
            asked = button.click(None, None, [self._question, self.links], js=f"() => {json.dumps([text, _PENDING])}")
            asked.then(self._ask, inputs, outputs, **ONE_BY_ONE)
        told = self.links.like(self._judge, self._last, self._judged, **EACH)
        told.then(None, self._judged, None, js=_TELL)
        Download("answer-file").on(self.links.submit, "答案.docx", answer_docx, [self._last])

    def _judge(self, last: Answer | None, event: gr.EventData) -> str:
        return judged(self._service, last, event._data)

    def _ask(
        self,
        question: str | None,
        regions: list[str] | None,
        documents: list[str] | None,
        versions: bool,
        last: Answer | None,
    ) -> tuple[str, Answer | None]:
        scope = Scope(frozenset(documents or ()), frozenset(regions or ()), versions=bool(versions))
        said, answer = answered(self._service, question or "", scope, last.question if last else None)
        return said, answer or last


def answered(service: PolicyService, question: str, scope: Scope, previous: str | None = None) -> tuple[str, Answer | None]:
    """The answer as HTML and as it is, or the sentence of the error that stood in its way and None.

    A follow-up question is asked as the whole question it stands for after `previous`. An unforeseen error is logged.
    """
    try:
        known = {document.facts.region for document in service.documents()} if previous else set()
        whole = complete(question, previous, sorted(filter(None, known)))
        answer = service.ask(whole, scope)
    except Exception as error:
        return render_error(told_of(error, "本次提问没有得到答案")), None
    typed = answer.question if whole == question else question
    return render_answer(answer, typed, said_of(service, answer.question)), answer
