"""How the page is laid out, in a real browser: what stood in a wrong place once."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.assistant.walk import QUESTION, Visit, a_page, ask

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Page


@pytest.fixture(scope="module")
def open_page() -> Iterator[Visit]:
    with a_page() as visits:
        yield visits


def box(page: "Page", selector: str) -> "FloatRect":
    found = page.locator(selector).first.bounding_box()
    assert found
    return found


@pytest.mark.parametrize("width", [1440, 1280, 800])
def test_what_narrows_a_question_stands_in_one_line_over_the_whole_width(open_page: Visit, width: int) -> None:
    with open_page(width=width) as page:
        region, document, old = (box(page, name) for name in ("#region-filter", "#document-filter", "#versions"))
        assert region["y"] == document["y"] < old["y"] + old["height"] <= document["y"] + document["height"] + 1
        assert old["x"] > document["x"] + document["width"] and abs(region["width"] - document["width"]) < 2
        right = box(page, "#ask")
        assert abs(old["x"] + old["width"] - right["x"] - right["width"]) < 30


def test_a_unit_is_not_torn_apart_where_it_fits_a_line(open_page: Visit) -> None:
    with open_page() as page:
        ask(page, QUESTION)
        torn = page.locator("#answer .unit").evaluate_all(
            "(units) => units.filter((it) => { it.closest('div').style.width = '7em'; return it.getClientRects().length > 1; }).length"
        )
        assert torn == 0


def test_the_table_comes_before_the_same_in_words(open_page: Visit) -> None:
    with open_page() as page:
        ask(page, QUESTION)
        assert box(page, "#answer .restating")["y"] > box(page, "#answer table")["y"]
