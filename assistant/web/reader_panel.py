"""The reader beside the tabs: opens a document at the place a link names, and takes corrections of its facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from assistant.web.assets import script
from assistant.web.events import EACH
from assistant.web.fault import told as told_of
from assistant.web.gone import trouble
from assistant.web.reader import AROUND, render_reader
from assistant.web.render import render_error, render_notice
from assistant.web.seam import PolicyService
from assistant.web.standing import FIELDS, render_standing
from corpus.errors import PolicyError
from corpus.types import Document, Fact

_LARGEST = 10**9  # bounds what a request may name as an offset


@dataclass(frozen=True, slots=True)
class Place:
    """What a link names: an extent of a document, and how much of the text around it is wanted."""

    document: str
    start: int
    end: int
    around: int

    @classmethod
    def of(cls, data: object) -> "Place | None":
        """The place a browser's event names; None if it names none. Offsets that are no numbers count as 0."""
        if not isinstance(data, Mapping) or not isinstance(data.get("document"), str):
            return None
        start, end = _number(data.get("start")), _number(data.get("end"))
        return cls(data["document"], start, max(start, end), max(AROUND, _number(data.get("around"))))


def _number(value: object) -> int:
    return min(max(value, 0), _LARGEST) if isinstance(value, int) else 0


class ReaderPanel:
    """A column, hidden until a link of one of the listeners is followed; `links` is the component in it."""

    def __init__(self, service: PolicyService) -> None:
        """Build inside a `gr.Blocks`, where the column shall stand."""
        self._service = service
        with gr.Column(scale=2, min_width=300, visible=False, elem_id="reader-column") as self.column:
            self.links = gr.HTML(
                js_on_load=script("reader.js") + script("taking.js"),
                apply_default_css=False,
                elem_id="reader",
                server_functions=_answers(service),
            )
        self.listen(self.links)
        self.corrected = self.links.change

    def listen(self, links: gr.HTML) -> None:
        """Follow the links of an HTML component built with `script("links.js")` or `script("reader.js")`."""
        links.click(self._follow, None, [self.links, self.column], **EACH)

    def _follow(self, event: gr.EventData) -> tuple[Any, Any]:
        place = Place.of(event._data)
        if place is None:
            return "", gr.Column(visible=False)
        return open_place(self._service, place), gr.Column(visible=True)


def open_place(service: PolicyService, place: Place) -> str:
    """The reader's HTML for a place; a document that is gone is said in its stead."""
    try:
        document = service.document(place.document)
        clauses = service.clauses(place.document)
        standing = standing_html(service, document)
    except PolicyError as error:
        return _instead(render_error(trouble(service, error, place.document)))
    length = len(document.text)
    return render_reader(document, clauses, (min(place.start, length), min(place.end, length)), place.around, standing)


def standing_html(service: PolicyService, document: Document) -> str:
    """The versions and the facts of a document as they are now. Raises PolicyError."""
    versions = [(each, service.document(each.document)) for each in service.versions(document.id)]
    return render_standing(document, versions, service.corrections(document.id))


def _answers(service: PolicyService) -> list[Callable[..., Any]]:
    """What the browser may call, by name."""

    def correct(data: Any) -> dict[str, str]:
        """Facts put in place of those read, or taken back."""
        return corrected(service, data)

    def remove(data: Any) -> dict[str, str]:
        """A document taken out of the library."""
        return removed(service, data)

    return [correct, remove]


def corrected(service: PolicyService, data: object) -> dict[str, str]:
    """Correct facts of a document, or take corrections back: {"told", "html"}, the reader anew; "" where nothing changed.

    data: what is read, as `Place.of` takes it, and `facts` (field → text as typed) or `undo` (a field, "" for all).
    """
    place, asked = Place.of(data), data if isinstance(data, Mapping) else {}
    try:
        if place is None:
            raise PolicyError("没有保存：请关闭原文，重新打开后再试。")
        before, undo = service.document(place.document), asked.get("undo")
        if isinstance(undo, str):
            service.undo_corrections(before.id, [undo] if undo else ())
            told = "已恢复为读出的。"
        else:
            service.correct(before.id, _facts(asked.get("facts")))
            told = "已保存，检索和回答随即按更正后的信息。"
        now = [service.document(each.document) for each in service.versions(before.id)]
        id = next((each.id for each in now if each.text == before.text), before.id)  # a date may change which is current
        return {"told": told, "html": open_place(service, replace(place, document=id))}
    except PolicyError as error:
        return {"told": trouble(service, error, place.document) if place else str(error), "html": ""}
    except Exception as error:
        return {"told": told_of(error, "没有保存"), "html": ""}


def removed(service: PolicyService, data: object) -> dict[str, str]:
    """Remove the document that `data` names: {"told", "html"}, what the reader shows in its place; "" where nothing changed."""
    id = data.get("document") if isinstance(data, Mapping) else None
    try:
        if not isinstance(id, str):
            raise PolicyError("没有移除：请关闭原文，重新打开后再试。")
        document = service.document(id)
        service.remove(id)
        what = "" if document.current else "的这一旧版本"
        said = f"已移除“{document.facts.title or document.source}”{what}。"
        return {"told": said, "html": _instead(render_notice(f"{said}检索和回答随即不再有它，需要时请重新添加。"))}
    except PolicyError as error:
        return {"told": trouble(service, error, id) if isinstance(id, str) else str(error), "html": ""}
    except Exception as error:
        return {"told": told_of(error, "没有移除"), "html": ""}


def _instead(html: str) -> str:
    """The reader with something else than a document in it."""
    return (
        '<section class="reader"><header class="reader-head"><h2 tabindex="-1">原文</h2>'
        f'<button type="button" class="plain" data-close>关闭</button></header>{html}</section>'
    )


def _facts(data: object) -> dict[str, Fact]:
    """The facts a browser names; what is no fact is left out."""
    typed = data if isinstance(data, Mapping) else {}
    named = {field: text.strip() for field, text in typed.items() if field in FIELDS and isinstance(text, str)}
    return {field: text == "draft" if field == "draft" else text or None for field, text in named.items()}
