"""有用 and 不对, and why a clause was found: the markup, what is kept, and a walk in a real browser."""

import json
from collections.abc import Iterator

import pytest

from assistant.answers import answer as answered_for_real
from assistant.service import Assistant
from assistant.web.gone import GONE
from assistant.web.judging import judge_buttons, judged, said_of, why_found
from assistant.web.render import render_answer
from corpus.errors import LibraryError
from index.base import EVERYTHING
from tests.assistant.fake_assistant import DOCUMENTS, SCRIPT, VOC, FakeAssistant
from tests.assistant.walk import QUESTION, Visit, a_page, ask

HOW = f"{VOC}怎么做"


@pytest.fixture
def fake() -> FakeAssistant:
    return FakeAssistant()


def told(service: FakeAssistant, question: str, data: object) -> dict[str, object]:
    said: dict[str, object] = json.loads(judged(service, service.ask(question), data))
    return said


@pytest.mark.parametrize(("said", "pressed"), [(None, ["false", "false"]), (True, ["true", "false"]), (False, ["false", "true"])])
def test_the_button_that_was_said_is_pressed(fake: FakeAssistant, said: bool | None, pressed: list[str]) -> None:
    markup = judge_buttons(fake.ask(QUESTION).citations[1], said)
    parts = markup.split("<button")[1:]
    assert [part.split('aria-pressed="')[1].split('"')[0] for part in parts] == pressed
    assert "有用" in parts[0] and "不对" in parts[1] and 'role="status"' in markup and "第 2 条出处" in markup


def test_why_is_said_of_what_the_search_brought_and_of_nothing_else(fake: FakeAssistant) -> None:
    markup = why_found(fake.ask(HOW).citations[0])
    assert markup.startswith("<details") and "为什么" in markup
    assert all(words in markup for words in ("“有机物”", "关键词未命中", "语义第 2 名", "0.62"))
    assert SCRIPT not in markup and "&lt;script&gt;" in markup
    assert why_found(fake.ask(QUESTION).citations[0]) == ""


def test_an_answer_shows_what_was_said_of_its_clauses_before(fake: FakeAssistant) -> None:
    answer = fake.ask(QUESTION)
    assert render_answer(answer).count('aria-pressed="true"') == 0
    fake.mark(QUESTION, answer.citations[0].clause, good=False)
    fake.mark("另一个问题", answer.citations[1].clause, good=True)
    markup = render_answer(answer, said=said_of(fake, QUESTION))
    assert markup.count('aria-pressed="true"') == 1 and 'data-good="false" aria-pressed="true"' in markup


def test_a_click_is_kept_changed_and_taken_back(fake: FakeAssistant) -> None:
    clause = fake.ask(QUESTION).citations[1].clause
    assert told(fake, QUESTION, {"n": 2, "good": True}) == {"n": 2, "clause": clause, "good": True, "told": "已记下"}
    assert [(m.question, m.clause, m.good) for m in fake.marks()] == [(QUESTION, clause, True)]
    assert told(fake, QUESTION, {"n": 2, "good": False})["good"] is False
    assert [m.good for m in fake.marks()] == [False]
    assert told(fake, QUESTION, {"n": 2, "good": None})["told"] == "已撤销" and fake.marks() == []


@pytest.mark.parametrize(
    "data", [None, [], {}, {"n": 99, "good": True}, {"n": 1, "good": "true"}, {"n": "1", "good": True}, {"n": 1, "good": 2}]
)
def test_what_no_citation_is_named_by_changes_nothing(fake: FakeAssistant, data: object) -> None:
    assert "未能记下" in str(told(fake, QUESTION, data)["told"]) and fake.marks() == []
    assert "未能记下" in json.loads(judged(fake, None, data))["told"]


def test_a_library_that_cannot_be_written_is_told(fake: FakeAssistant) -> None:
    said = told(fake, f"{QUESTION}，拒收", {"n": 1, "good": True})
    assert "磁盘已满" in str(said["told"]) and "good" not in said


def test_a_document_that_was_removed_meanwhile_is_told(fake: FakeAssistant) -> None:
    answer = fake.ask(f"{QUESTION}，拒收")
    rest = FakeAssistant([each for each in DOCUMENTS if each.id != answer.citations[0].document])
    said = json.loads(judged(rest, answer, {"n": 1, "good": True}))
    assert said["told"] == f"未能记下：{GONE}" and "good" not in said


def test_a_real_answer_says_why_and_its_clause_can_be_marked(samples: Assistant) -> None:
    answer = answered_for_real("涂装行业怎么减排", samples, EVERYTHING)
    assert answer.kind == "find" and all(c.why and c.why.cosine > 0 for c in answer.citations)
    who = answered_for_real("公共机构节能由谁牵头", samples, EVERYTHING)
    assert who.citations and all(c.why is None for c in who.citations)
    try:
        json.loads(judged(samples, answer, {"n": 1, "good": True}))
        assert said_of(samples, answer.question) == {answer.citations[0].clause: True}
        with pytest.raises(LibraryError, match="没有条款"):
            samples.mark("问题", "gone:一", good=True)
    finally:
        judged(samples, answer, {"n": 1, "good": None})
    assert samples.marks() == []


@pytest.fixture(scope="module")
def open_page() -> Iterator[Visit]:
    with a_page() as visits:
        yield visits


def test_a_reader_says_what_is_right_and_takes_it_back(open_page: Visit) -> None:
    with open_page() as page:
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url))
        ask(page, HOW)
        first = page.locator("#citation-1")
        good, bad = first.get_by_role("button", name="有用"), first.get_by_role("button", name="不对")
        good.focus()
        page.keyboard.press("Enter")
        first.get_by_text("已记下").wait_for()
        assert good.get_attribute("aria-pressed") == "true" and bad.get_attribute("aria-pressed") == "false"
        bad.click()
        page.locator("#citation-1 [data-good=false][aria-pressed=true]").wait_for()
        assert good.get_attribute("aria-pressed") == "false"
        assert not any("/queue/" in url for url in sent)
    with open_page() as page:  # another visit sees it, and may take it back
        ask(page, HOW)
        again = page.locator("#citation-1 [data-good=false][aria-pressed=true]")
        again.click()
        page.get_by_text("已撤销").wait_for()
        assert page.locator("#answer [aria-pressed=true]").count() == 0
        page.locator("#citation-2 .why summary").click()
        page.locator("#citation-2 .why p", has_text="语义第 2 名").wait_for()
        assert page.evaluate("window.hurt") is None


def test_a_mark_that_is_not_kept_is_not_shown_as_kept(open_page: Visit) -> None:
    with open_page() as page:
        ask(page, f"{HOW}，拒收")
        before = page.locator("#citation-1 [data-good=false]")
        before.evaluate("(button) => button.setAttribute('aria-pressed', 'true')")  # as said on an earlier day
        page.locator("#citation-1").get_by_role("button", name="有用").click()
        page.locator("#citation-1 .judged", has_text="磁盘已满").wait_for()
        assert page.locator("#answer [aria-pressed=true]").count() == 1 and before.get_attribute("aria-pressed") == "true"
