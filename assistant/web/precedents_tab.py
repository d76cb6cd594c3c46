"""The tab 范文比对: who has said it before, in which words, and a draft held against precedent."""

import json
from typing import Literal

import gradio as gr

from assistant.question import LONGEST
from assistant.web.assets import script
from assistant.web.choices import picker
from assistant.web.events import ONE_BY_ONE
from assistant.web.fault import told as told_of
from assistant.web.precedent_groups import render_draft, render_precedents
from assistant.web.render import render_error
from assistant.web.seam import PolicyService
from index.base import Scope

Mode = Literal["wording", "draft"]
GROUPS = 10  # shown at most
_MODES: list[tuple[str, Mode]] = [("找写法", "wording"), ("逐句核对草稿", "draft")]
_PENDING = '<p class="pending" role="status">正在比对……</p>'


class PrecedentsTab:
    """Builds the tab inside a `gr.Blocks`; `links` is the component whose links the reader follows."""

    def __init__(self, service: PolicyService) -> None:
        """Components and their events."""
        self._service = service
        self._text = gr.Textbox(
            label="要比对的文字",
            placeholder="粘贴一句话、一段草稿，或者写一个主题，例如：秸秆综合利用率目标怎么写",
            lines=4,
            max_lines=12,
            elem_id="wording",
        )
        with gr.Row(elem_classes="compare-row"):
            self._mode = gr.Radio(_MODES, value="wording", show_label=False, label="做什么", container=False, elem_id="mode")
            self._button = gr.Button("比对", variant="primary", scale=0, min_width=96, elem_id="compare")
        with gr.Row(elem_classes="filters"):
            self.regions = picker("地区", "precedent-regions")
            self.documents = picker("文件", "precedent-documents")
        self.links = gr.HTML(js_on_load=script("links.js") + script("taking.js"), apply_default_css=False, elem_id="precedents")
        inputs = [self._text, self._mode, self.regions, self.documents]
        for event in (self._text.submit, self._button.click):
            shown = event(None, None, self.links, js=f"() => {json.dumps(_PENDING)}")
            shown.then(self._compare, inputs, self.links, **ONE_BY_ONE)

    def _compare(self, text: str | None, mode: Mode, regions: list[str] | None, documents: list[str] | None) -> str:
        scope = Scope(frozenset(documents or ()), frozenset(regions or ()))
        return compared(self._service, text or "", mode, scope)


def compared(service: PolicyService, text: str, mode: Mode, scope: Scope) -> str:
    """What was found, or what is the matter: no text, too long a text, an error. An unforeseen error is logged."""
    length = len(text.strip())
    if not length:
        return _unfit("没有可比对的文字", "请粘贴一句话、一段草稿，或者写一个主题。")
    if length > LONGEST:
        return _unfit("文字过长", f"所给文字有 {length} 字，一次最多比对 {LONGEST} 字。请分段比对。")
    try:
        if mode == "draft":
            return render_draft(service.against_draft(text, scope))
        return render_precedents(service.precedents(text, GROUPS, scope))
    except Exception as error:
        return render_error(told_of(error, "本次比对没有完成"))


def _unfit(name: str, said: str) -> str:
    """Neither a failure nor an answer: a text that has to be changed first."""
    return f'<div class="notice unfit" role="alert"><strong>{name}</strong><p>{said}</p></div>'
