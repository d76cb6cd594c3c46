"""What walks through the page share: the page, asking, looking."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from tests.assistant.fake_assistant import VOC
from tests.browser import browser, served, visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUESTION = f"谁负责{VOC}"
Visit = Callable[..., AbstractContextManager["Page"]]


@contextmanager
def a_page() -> Iterator[Visit]:
    """Visits of the page over the fake assistant."""
    with browser() as opened, served("tests.assistant.fake_assistant:FakeAssistant") as address:
        yield partial(visit, opened, address)


def ask(page: "Page", question: str) -> None:
    """Ask by the keyboard and wait for what is said."""
    page.get_by_label("问题", exact=True).fill(question)
    page.get_by_label("问题", exact=True).press("Enter")
    page.locator("#answer .answer, #answer .error").first.wait_for()


def in_view(page: "Page", selector: str) -> bool:
    return bool(
        page.locator(selector).first.evaluate(
            "(it) => { const box = it.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"
        )
    )
