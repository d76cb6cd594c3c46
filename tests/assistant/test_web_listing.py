"""The library's table, and what a browser names."""

from dataclasses import replace

import pytest

from assistant.web.ask_tab import answered
from assistant.web.choices import document_choices, region_choices
from assistant.web.documents_tab import documents_html
from assistant.web.gone import GONE
from assistant.web.listing import SHOWN, matching, render_documents
from assistant.web.reader_panel import Place, open_place
from index.base import EVERYTHING, Scope
from tests.assistant.fake_assistant import DOCUMENTS, SCRIPT, FakeAssistant
from tests.assistant.page_text import Seen

COUNTS = {"yc": 6, "lt": 5}


def test_the_table_says_what_a_document_says_of_itself() -> None:
    page = render_documents(DOCUMENTS, COUNTS, 3)
    shown = Seen(page).shown
    assert "共 3 份文件。" in shown and "云政办发〔2023〕7号" in shown and "2023-05-08" in shown
    assert "正式文件" in shown and "征求意见稿" in shown and SCRIPT in shown
    assert [each["data-document"] for each in Seen(page).links()] == ["yc", "lt", "bl"]
    assert '<td data-name="条款数"><div>6</div></td>' in page


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["bl", "lt", "yc"]),
        ("云川", ["yc"]),
        ("节能  方案", ["lt", "yc"]),
        ("〔2023〕7号 泊岭", ["bl"]),
        ("没有", []),
    ],
)
def test_every_word_must_be_there(words: str, found: list[str]) -> None:
    assert [each.id for each in matching(DOCUMENTS, words)] == found


def test_names_stand_in_the_order_of_their_sound() -> None:
    made = [replace(DOCUMENTS[0], id=each, facts=replace(DOCUMENTS[0].facts, title=each)) for each in ("重庆", "安徽", "北京")]
    assert [each.id for each in matching(made, "")] == ["安徽", "北京", "重庆"]
    assert [name for name, _ in document_choices(made)] == ["安徽", "北京", "重庆"]


def test_a_long_list_is_cut_and_says_so() -> None:
    many = [replace(DOCUMENTS[0], id=str(n)) for n in range(SHOWN + 1)]
    page = Seen(render_documents(many, {}, 900))
    assert len(page.links()) == SHOWN and f"列出前 {SHOWN} 份" in page.shown
    assert "共 900 份文件，符合条件的 51 份" in page.shown
    whole = Seen(render_documents(many, {}, len(many))).shown
    assert "共 51 份文件，列出前 50 份" in whole and "符合条件" not in whole


def test_an_empty_library_says_what_to_do() -> None:
    assert "还没有文件" in documents_html(FakeAssistant([]), "")


def test_choices_come_from_the_library_and_tell_equal_titles_apart() -> None:
    twin = replace(DOCUMENTS[0], id="tw", source="另一份.txt")
    assert region_choices([*DOCUMENTS, twin]) == ["泊岭市<i>", "临滩市", "云川市"]
    labels = {id: label for label, id in document_choices([*DOCUMENTS, twin])}
    assert labels["lt"] == "临滩市节能减排实施方案" and labels["tw"].endswith("（另一份.txt）")


@pytest.mark.parametrize("question", ["", "   "])
def test_a_question_that_cannot_be_taken_is_an_error(question: str) -> None:
    page, answer = answered(FakeAssistant(), question, EVERYTHING)
    assert 'role="alert"' in page and "问题是空的" in page and answer is None


def test_an_unforeseen_failure_is_an_error_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    page, answer = answered(FakeAssistant(), "坏了", EVERYTHING)
    assert 'role="alert"' in page and "boom" not in page and "boom" in caplog.text and answer is None


def test_filters_reach_the_question() -> None:
    page, _ = answered(FakeAssistant(), "谁负责", Scope(regions=frozenset({"云川市"})))
    assert "云川市" in page and "临滩市" not in page
    page, _ = answered(FakeAssistant(), "谁负责", Scope(documents=frozenset({"lt"})))
    assert "临滩市" in page and "云川市" not in page


def test_a_follow_up_question_is_asked_in_full() -> None:
    page, answer = answered(FakeAssistant(), "那临滩呢", EVERYTHING, "谁负责治理")
    assert answer and answer.question == "临滩市谁负责治理" and "按“临滩市谁负责治理”查询" in page
    page, answer = answered(FakeAssistant(), "那临滩呢", EVERYTHING)
    assert answer and answer.question == "那临滩呢" and "查询</p>" not in page


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({"document": "yc", "start": 3, "end": 9}, ("yc", 3, 9)),
        ({"document": "yc", "start": 9, "end": 3}, ("yc", 9, 9)),
        ({"document": "yc", "start": -4, "end": None}, ("yc", 0, 0)),
        ({"document": "yc", "start": "7", "end": [1]}, ("yc", 0, 0)),
        ({"document": 7}, None),
        ({}, None),
        (None, None),
        ("yc", None),
    ],
)
def test_what_a_browser_names_is_checked(data: object, place: tuple[str, int, int] | None) -> None:
    found = Place.of(data)
    assert (found and (found.document, found.start, found.end)) == place


def test_a_document_that_is_gone_is_said() -> None:
    page = open_place(FakeAssistant(), Place("nowhere", 0, 10, 0))
    assert 'role="alert"' in page and GONE in page and "data-close" in page


def test_offsets_beyond_the_text_mark_nothing_and_show_its_end() -> None:
    page = open_place(FakeAssistant(), Place("yc", 10**9, 10**9, 0))
    assert "<mark>" not in page and "云川市" in page
    long = replace(DOCUMENTS[1], text=DOCUMENTS[1].text + "字" * 100_000 + "末")
    page = open_place(FakeAssistant([long]), Place("lt", 10**9, 10**9, 500))
    assert "字末</p>" in page
