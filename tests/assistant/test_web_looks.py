"""How the page is laid out, in a real browser: what stood in a wrong place once."""

from collections.abc import Iterator

import pytest

from tests.assistant.walk import QUESTION, Visit, a_page, ask

IN_LINE = """() => {
    const [region, file, old, button] = ["#region-filter", "#document-filter", "#versions", "#ask"]
        .map((name) => document.querySelector(name).getBoundingClientRect());
    return region.top === file.top && file.top < old.bottom && old.bottom <= file.bottom + 1
        && file.right < old.left && Math.abs(region.width - file.width) < 2 && Math.abs(old.right - button.right) < 30;
}"""


@pytest.fixture(scope="module")
def open_page() -> Iterator[Visit]:
    with a_page() as visits:
        yield visits


@pytest.mark.parametrize("width", [1440, 1280, 800])
def test_what_narrows_a_question_stands_in_one_line_over_the_whole_width(open_page: Visit, width: int) -> None:
    with open_page(width=width) as page:
        page.wait_for_function(IN_LINE)


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
        assert page.evaluate(
            "document.querySelector('#answer table').compareDocumentPosition(document.querySelector('.restating')) & 4"
        )
