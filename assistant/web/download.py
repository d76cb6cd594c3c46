"""A file made when it is asked for, and handed to the browser at once."""

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr
from gradio.processing_utils import save_bytes_to_cache

from assistant.web.events import AT_ONCE
from assistant.web.fault import told as told_of

Make = Callable[..., bytes]


class Download:
    """An unseen download button; build it inside a `gr.Blocks`. Copies are deleted with the uploads."""

    def __init__(self, elem_id: str) -> None:
        """`elem_id` is the button's in the page."""
        self._id = elem_id
        self._button = gr.DownloadButton(visible="hidden", elem_id=elem_id)

    def on(self, event: Callable[..., Any], name: str | Callable[..., str], make: Make, inputs: Sequence[Any]) -> None:
        """At `event`, save what `make` returns for the inputs' values as a file called `name`, or what that returns for them."""

        def made(*values: Any) -> str:
            try:
                called = name if isinstance(name, str) else name(*values)
                path: str = save_bytes_to_cache(make(*values), called, self._button.GRADIO_CACHE)
                return path
            except Exception as error:
                raise gr.Error(told_of(error, "文件没有生成"), title="未能完成", print_exception=False) from error

        event(made, list(inputs), self._button, **AT_ONCE).success(
            None, None, None, js=f"() => document.getElementById('{self._id}').click()"
        )
