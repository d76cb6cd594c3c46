"""A reader in haste: what was asked last is what is shown, and nothing that was asked is dropped, however slow the replies."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.assistant.walk import QUESTION, Visit, a_page, ask

if TYPE_CHECKING:
    from playwright.sync_api import Page

# every reply to the page's events comes 0.6 seconds late, the first of them 1.5 where FIRST is true
_SLOW = """
() => {
  const real = window.fetch;
  let first = FIRST;
  window.underway = 0;
  window.fetch = async (...asked) => {
    if (!String(asked[0]?.url ?? asked[0]).includes("/run/")) return real(...asked);
    window.underway += 1;
    const late = first ? 1500 : 600;
    first = false;
    const reply = await real(...asked);
    await new Promise((done) => setTimeout(done, late));
    setTimeout(() => (window.underway -= 1), 500); // long enough for what follows it to be sent
    return reply;
  };
}
"""


@pytest.fixture(scope="module")
def open_page() -> Iterator[Visit]:
    with a_page() as visits:
        yield visits


def slow(page: "Page", *, first: bool = False) -> None:
    """Make the replies late, once those to what a visit begins with are there."""
    page.get_by_role("tab", name="文件").click()
    page.locator("#documents table").wait_for()
    page.get_by_role("tab", name="提问", exact=True).click()
    page.wait_for_timeout(500)
    page.evaluate(_SLOW.replace("FIRST", "true" if first else "false"))


def settled(page: "Page") -> None:
    """Wait until no reply is on its way any more."""
    page.wait_for_timeout(300)
    page.wait_for_function("window.underway === 0")


def test_the_list_is_narrowed_by_what_was_typed_while_it_was_on_its_way(open_page: Visit) -> None:
    with open_page() as page:
        slow(page, first=True)
        page.get_by_role("tab", name="文件").click()
        page.get_by_label("筛选").fill("临滩")
        settled(page)
        assert "符合条件的 1 份" in page.locator("#documents .count").inner_text()


def test_the_duties_are_narrowed_by_what_was_typed_while_they_were_on_their_way(open_page: Visit) -> None:
    with open_page() as page:
        slow(page, first=True)
        page.get_by_role("tab", name="职责清单").click()
        page.locator("#duty-words input, #duty-words textarea").fill("合同能源")
        settled(page)
        assert page.locator("#duties tbody tr").count() <= 1


def test_the_answer_is_to_the_question_asked_last(open_page: Visit) -> None:
    with open_page() as page:
        slow(page)
        box = page.get_by_label("问题", exact=True)
        box.fill("坏了")
        box.press("Enter")
        page.locator("#answer .pending").wait_for()
        box.fill(QUESTION)
        box.press("Enter")
        settled(page)
        assert page.locator("#answer tbody tr").count() == 3 and page.get_by_role("alert").count() == 0


def test_the_citation_opened_last_is_what_is_read(open_page: Visit) -> None:
    with open_page() as page:
        ask(page, QUESTION)
        slow(page)
        marks = page.locator("#answer td .mark")
        marks.nth(0).click()
        marks.nth(1).click()
        settled(page)
        assert "临滩市" in page.locator("#reader h2").inner_text()


def test_every_judgement_is_kept(open_page: Visit) -> None:
    with open_page() as page:
        ask(page, QUESTION)
        slow(page)
        for n in (1, 2):
            page.locator(f"#citation-{n}").get_by_role("button", name="有用").click()
        settled(page)
        assert page.locator("#answer [data-good=true][aria-pressed=true]").count() == 2
