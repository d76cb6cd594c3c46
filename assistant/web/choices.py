"""The lists a reader narrows by: regions, documents, units."""

from collections import Counter
from collections.abc import Sequence

import gradio as gr

from assistant.web.collation import by_sound
from corpus.types import Document


def picker(label: str, elem_id: str, *, free: bool = False) -> gr.Dropdown:
    """A list of several choices, none chosen; `free`: other words may be typed in."""
    return gr.Dropdown(
        choices=[],
        value=[],
        multiselect=True,
        allow_custom_value=free,
        label=f"{label}（可多选{'、可输入' if free else ''}）",
        min_width=140,
        elem_id=elem_id,
    )


def region_choices(documents: Sequence[Document]) -> list[str]:
    """The regions of the library, each once, in the order of 拼音."""
    return sorted({document.facts.region for document in documents if document.facts.region}, key=by_sound)


def document_choices(documents: Sequence[Document]) -> list[tuple[str, str]]:
    """(what is shown, id) of every document in the order of 拼音.

    Equal titles are told apart by the file name, old versions are named so.
    """
    titles = [f"{each.facts.title or each.source}{'' if each.current else '（旧版本）'}" for each in documents]
    count = Counter(titles)
    choices = [
        (title if count[title] == 1 else f"{title}（{document.source}）", document.id)
        for title, document in zip(titles, documents, strict=True)
    ]
    return sorted(choices, key=lambda choice: by_sound(choice[0]))
