"""A walk through the page in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.assistant.fake_assistant import SCRIPT, YUNCHUAN
from tests.assistant.walk import QUESTION, Visit, a_page, ask, in_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def open_page() -> Iterator[Visit]:
    with a_page() as visits:
        yield visits


def follow_first_mark(page: "Page") -> None:
    page.locator("#answer td .mark").first.click()
    page.locator("#reader mark").first.wait_for()


def scrolls_sideways(page: "Page") -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def test_ask_and_open_the_quotation_in_its_place(open_page: Visit) -> None:
    with open_page() as page:
        assert page.title() == "政策问答助手" and page.evaluate("document.documentElement.lang") == "zh-CN"
        ask(page, QUESTION)
        heads = page.locator("#answer thead th").all_inner_texts()
        assert heads == ["地区", "牵头", "配合", "责任／落实", "条款"]
        assert "市生态环境局" in page.locator("#answer tbody tr").first.inner_text()
        assert page.locator("#answer .citations li").count() == 3
        follow_first_mark(page)
        start = YUNCHUAN.index("推进涂装")
        marked = "".join(page.locator("#reader mark").all_inner_texts())
        assert marked == YUNCHUAN[start : YUNCHUAN.index("（二）农业")].rstrip()
        assert page.locator("#reader .between").inner_text().startswith("本站讯")
        assert in_view(page, "#reader mark") and in_view(page, "#answer thead")
        page.keyboard.press("Escape")
        page.locator("#reader").wait_for(state="hidden")
        assert page.evaluate("document.activeElement.className") == "jump mark"


def test_the_outline_and_the_keyboard_lead_through_the_document(open_page: Visit) -> None:
    with open_page() as page:
        ask(page, QUESTION)
        page.locator("#answer td .mark").first.focus()
        page.keyboard.press("Enter")
        page.locator("#reader mark").first.wait_for()
        page.get_by_text("目录", exact=True).click()
        page.locator("#reader .outline a", has_text="保障措施").click()
        assert in_view(page, "#reader section:has-text('加强宣传')")
        page.get_by_role("button", name="关闭").click()
        page.locator("#reader").wait_for(state="hidden")


def test_asking_and_reading_do_not_wait_in_the_queue(open_page: Visit) -> None:
    with open_page() as page:
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url))
        ask(page, QUESTION)
        follow_first_mark(page)
        page.get_by_role("tab", name="职责清单").click()
        page.locator("#duties table").wait_for()
        assert any("/run/" in url for url in sent) and not any("/queue/" in url for url in sent)


def test_the_region_filter_narrows_the_answer(open_page: Visit) -> None:
    with open_page() as page:
        page.locator("#region-filter input").click()
        page.get_by_role("option", name="临滩市").click()
        page.keyboard.press("Escape")
        ask(page, QUESTION)
        assert page.locator("#answer tbody tr").count() == 1
        assert "临滩市" in page.locator("#answer tbody tr").inner_text()


def test_an_example_asks_itself(open_page: Visit) -> None:
    with open_page() as page:
        page.locator(".examples button").first.click()
        page.locator("#answer .answer").wait_for()
        assert page.get_by_label("问题", exact=True).input_value() == page.locator(".examples button").first.inner_text()


@pytest.mark.parametrize("question", ["", "  "])
def test_an_empty_question_is_shown_as_an_error(open_page: Visit, question: str) -> None:
    with open_page() as page:
        ask(page, question)
        assert page.get_by_role("alert").inner_text().endswith("请输入要查的事项。")
        assert page.locator("#answer .answer").count() == 0


def test_a_failure_replaces_the_answer_before_it(open_page: Visit) -> None:
    with open_page() as page:
        ask(page, QUESTION)
        page.get_by_label("问题", exact=True).fill("坏了")
        page.get_by_role("button", name="提问").click()
        page.get_by_role("alert").wait_for()
        assert page.locator("#answer table").count() == 0


def test_scripts_are_text_wherever_they_stand(open_page: Visit) -> None:
    with open_page() as page:
        ask(page, SCRIPT)
        assert SCRIPT in page.locator("#answer .notice").inner_text()
        ask(page, QUESTION)
        page.locator("#answer tbody tr", has_text="泊岭市").wait_for()
        assert SCRIPT in page.locator("#answer tbody tr", has_text="泊岭市").inner_text()
        page.locator("#answer tbody tr", has_text="泊岭市").locator(".mark").click()
        page.locator("#reader mark").first.wait_for()
        assert page.locator("#reader .reader-body").inner_text().count(SCRIPT) == 3
        page.get_by_role("tab", name="文件").click()
        assert SCRIPT in page.locator("#documents tbody").inner_text()
        assert "泊岭<b>.txt" in page.locator("#documents tbody").inner_text()
        page.wait_for_timeout(300)
        assert page.evaluate("window.hurt") is None
        assert page.locator("#answer img, #answer script, #reader img, #documents img").count() == 0


def test_files_are_listed_filtered_opened_and_added(open_page: Visit, tmp_path: Path) -> None:
    fresh, empty = tmp_path / "新岸（试行）.txt", tmp_path / "空.txt"
    fresh.write_text("新岸市节能工作方案\n一、总体要求\n稳步推进。", encoding="utf-8")
    empty.write_text(" ", encoding="utf-8")
    with open_page() as page:
        page.get_by_role("tab", name="文件").click()
        page.get_by_label("筛选").fill("临滩")
        page.get_by_text("符合条件的 1 份").wait_for()
        page.locator("#documents a", has_text="临滩市").click()
        page.locator("#reader .reader-body", has_text="合同能源管理").wait_for()
        page.get_by_role("button", name="关闭").click()
        page.get_by_label("筛选").fill("")
        page.locator("#adding input[type=file]").first.set_input_files([fresh, empty])
        page.locator("#outcomes li", has_text="未收录").wait_for()
        said = page.locator("#outcomes").inner_text()
        assert "已收录" in said and "新岸（试行）.txt" in said and "未收录" in said and "没有文字" in said
        page.locator("#documents a", has_text="新岸市").wait_for()


def test_a_follow_up_question_is_asked_in_full_and_within_one_visit(open_page: Visit) -> None:
    with open_page() as page:
        ask(page, "那临滩呢")
        assert page.locator("#answer .asked").count() == 0
        ask(page, QUESTION)
        page.locator("#answer tbody tr").nth(2).wait_for()
        ask(page, "那临滩呢")
        page.get_by_text(f"按“临滩市{QUESTION}”查询").wait_for()
    with open_page() as page:
        ask(page, "那临滩呢")
        page.locator("#answer .notice", has_text="那临滩呢").wait_for()
        assert page.locator("#answer .asked").count() == 0


def test_light_and_dark(open_page: Visit) -> None:
    def colours(page: "Page") -> Any:
        return page.evaluate(
            "() => [document.body, document.querySelector('#answer .answer')].map((it, n) =>"
            " getComputedStyle(it)[n ? 'color' : 'backgroundColor'].match(/\\d+/g).slice(0, 3).map(Number))"
        )

    for dark in (False, True):
        with open_page(dark=dark) as page:
            ask(page, QUESTION)
            back, words = (sum(colour) for colour in colours(page))
            assert (words > back) is dark and abs(words - back) > 450


def test_a_phone_shows_everything_without_scrolling_sideways(open_page: Visit) -> None:
    with open_page(**PHONE) as page:
        assert not scrolls_sideways(page)
        ask(page, QUESTION)
        assert not scrolls_sideways(page)
        follow_first_mark(page)
        assert in_view(page, "#reader mark") and not scrolls_sideways(page)
        box = page.locator("#reader .reader").bounding_box()
        assert box and box["width"] >= 360 and box["height"] >= 800
        page.get_by_role("button", name="关闭").click()
        page.locator("#reader").wait_for(state="hidden")
        for tab, there in (("职责清单", "#duties table"), ("批量提问", "#questions"), ("文件", "#documents table")):
            page.get_by_role("tab", name=tab).click()
            page.locator(there).wait_for()
            assert not scrolls_sideways(page)
