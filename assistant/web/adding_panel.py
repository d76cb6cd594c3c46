"""Adding files to the library: dropped, or chosen one by one or as a folder."""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

from assistant.web.assets import script
from assistant.web.intake import Intake
from assistant.web.outcomes import render_progress
from corpus.reading.folders import shown
from corpus.reading.types import MAX_BYTES

logger = logging.getLogger(__name__)
_LONGEST = 1000  # characters of a name that is shown
_TEMPLATE = """
<section class="adding" aria-label="添加文件">
<div class="drop">
<p><strong>把文件或文件夹拖到这里</strong></p>
<p class="choose"><button type="button" class="plain" data-choose="files">选择文件</button>
<button type="button" class="plain" data-choose="folder">选择文件夹</button></p>
<p class="legend">Word、WPS、PDF、OFD、图片、网页、表格、邮件、压缩包等，每个不超过 {limit} MB。</p>
<input type="file" multiple hidden aria-label="选择文件"><input type="file" webkitdirectory multiple hidden aria-label="选择文件夹">
</div>
<p class="sending" role="status"></p>
<button type="button" class="plain stop" data-stop hidden>停止添加</button>
<ul class="outcomes unsent"></ul>
</section>
""".replace("{limit}", str(MAX_BYTES // 2**20))


class AddingPanel:
    """Build it inside a `gr.Blocks`; `added` is the event after which the library has changed."""

    def __init__(self, intake: Intake) -> None:
        """The component. What it shows of a batch all visits see; what a browser has yet to send, only its own."""
        arrive, sent, stop, progress = _answers(intake)
        gr.HTML(
            html_template=_TEMPLATE,
            js_on_load=f"const LARGEST = {MAX_BYTES};\n{script('adding.js')}",
            apply_default_css=False,
            elem_id="adding",
            server_functions=[arrive, sent, stop],
        )
        outcomes = gr.HTML(
            js_on_load=script("outcomes.js"), apply_default_css=False, elem_id="outcomes", server_functions=[progress]
        )
        self.added = outcomes.change


def _answers(intake: Intake) -> tuple[Callable[..., Any], ...]:
    """What the browser may call, by name."""

    def arrive(data: Any) -> dict[str, Any]:
        """A file has been uploaded: its place among the uploads, and its name with its folders."""
        return taken(intake, data)

    def progress(data: Any) -> dict[str, Any]:
        """How far the batch is."""
        now = intake.progress()
        return {"running": now.running, "html": render_progress(now)}

    def sent(data: Any) -> None:
        """All of a batch has been sent."""
        intake.sent(str(data))

    def stop(data: Any) -> None:
        """Read no further."""
        intake.stop()

    return arrive, sent, stop, progress


def taken(intake: Intake, data: object) -> dict[str, Any]:
    """Hand an upload over: {"told": ""}, or why not. Only what lies in the folder of uploads is taken."""
    named = data if isinstance(data, Mapping) else {}
    path, name, batch = (named.get(each) for each in ("path", "name", "batch"))
    if not (isinstance(path, str) and isinstance(name, str) and isinstance(batch, str)):
        return {"told": "上传没有完成。请重新添加。"}
    place, uploads = Path(path).resolve(), Path(get_upload_folder()).resolve()
    if not place.is_relative_to(uploads) or not place.is_file():
        logger.warning("a browser named a file that was not uploaded")
        return {"told": "上传没有完成。请重新添加。"}
    intake.take(place, shown(name[:_LONGEST]), batch)
    return {"told": ""}
