"""The tab 批量提问: a workbook of questions, answered row by row."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.export import answers_xlsx, questions_of
from assistant.types import Answer
from assistant.web.download import Download
from assistant.web.events import IN_TURN
from assistant.web.fault import told as told_of
from assistant.web.render import render_error
from assistant.web.seam import PolicyService
from corpus.errors import ReadError

Answered = list[tuple[str, Answer | str]]
_HELP = (
    "<p class='count'>上传 Excel 工作簿（.xlsx），第一列每行一个问题；答完后下载，每行一个问题，附结果、回答、出处。"
    "在全部文件中查找，每个问题单独作答。</p>"
)


class BatchTab:
    """Builds the tab inside a `gr.Blocks`."""

    def __init__(self, service: PolicyService) -> None:
        """Components and their events."""
        self._service = service
        gr.HTML(_HELP, js_on_load=None, apply_default_css=False)
        files = gr.File(label="问题表（可将文件拖到此处）", height=140, elem_id="questions")
        outcome = gr.HTML(elem_id="batch", js_on_load=None, apply_default_css=False)
        with gr.Row(elem_classes="actions"):
            save = gr.Button(
                "下载回答", variant="primary", size="sm", min_width=100, scale=0, visible=False, elem_id="batch-save"
            )
        answers = gr.State([])
        files.upload(
            self._answer,
            files,
            [outcome, answers, save, files],
            **IN_TURN,
        )
        Download("batch-file").on(save.click, "回答.xlsx", answers_xlsx, [answers])

    def _answer(self, path: str | None) -> Iterator[tuple[str, Answered, Any, Any]]:
        if path is None:
            return
        for said, answers in batch_html(self._service, Path(path)):
            yield said, answers, gr.Button(visible=bool(answers)), None


def batch_html(service: PolicyService, path: Path) -> Iterator[tuple[str, Answered]]:
    """What is said as the questions are answered; the answers come with the last word, [] before it and after an error."""
    done: Answered = []
    try:
        questions = questions_of(_bytes(path), path.name)
        for question in questions:
            yield _progress(len(done), len(questions)), []
            done += service.ask_all([question])
    except Exception as error:
        yield render_error(told_of(error, f"答到第 {len(done) + 1} 个问题时停止")), []
    else:
        yield _summary(done), done


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"无法读取“{path.name}”：{error.strerror}。请重新上传。") from error


def _progress(done: int, total: int) -> str:
    return (
        f'<p class="pending" role="status">正在作答：{done}／{total}</p>'
        f'<progress class="progress" max="{total}" value="{done}" aria-label="已答问题"></progress>'
    )


def _summary(answers: Answered) -> str:
    """How many questions were answered, not found, or could not be taken."""
    failed = sum(isinstance(answer, str) for _, answer in answers)
    found = sum(isinstance(answer, Answer) and answer.outcome == "answered" for _, answer in answers)
    return (
        f'<div class="notice" role="status"><p>共 {len(answers)} 个问题：已回答 {found} 个，'
        f"没有找到 {len(answers) - found - failed} 个，未能回答 {failed} 个。</p></div>"
    )
