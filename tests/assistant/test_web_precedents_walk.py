"""A walk in a real browser through the drafting desk, over a real library."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

from tests.assistant.desk_page import EAST, TEXTS, WEST
from tests.assistant.walk import Visit, ask
from tests.browser import browser, served, visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

TARGET = "到2027年，全市单位地区生产总值能耗比2022年下降14.5%。"
REPLACING = "推进涂装、印刷行业低挥发性原料源头替代。"
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def open_page() -> Iterator[Visit]:
    with browser() as opened, served("tests.assistant.desk_page:desk") as address:
        yield partial(visit, opened, address)


def compare(page: "Page", text: str, *, draft: bool = False) -> None:
    page.get_by_role("tab", name="范文比对").click()
    page.get_by_label("逐句核对草稿" if draft else "找写法").check()
    page.get_by_label("要比对的文字").fill(text)
    page.get_by_role("button", name="比对", exact=True).click()
    page.locator("#precedents .pending").wait_for(state="detached")


def pick(page: "Page", city: str) -> None:
    """Put the first sentence of a city's document into the basket."""
    source = page.locator("#precedents .sources li", has_text=city).first
    source.get_by_role("button", name="放入摘录").click()
    source.get_by_role("button", name="已放入摘录").wait_for()


def quotes(page: "Page") -> list[str]:
    return page.locator("#basket blockquote").all_inner_texts()


def open_basket(page: "Page", count: int) -> None:
    page.get_by_role("tab", name="摘录").click()
    page.locator("#basket").get_by_text(f"共 {count} 条").wait_for()


def test_a_sentence_finds_its_wordings_and_their_difference(open_page: Visit) -> None:
    with open_page() as page:
        compare(page, TARGET)
        group = page.locator("#precedents .group").first
        assert group.locator("h3").inner_text() == "4 个文件中 2 个采用"
        assert "与所给文字一字不差" in group.inner_text()
        assert "14.5% ↔ 16%以上" in group.locator(".variant .naming").inner_text()
        style = "(it) => getComputedStyle(it).textDecorationLine"
        assert group.locator(".variant ins").first.evaluate(style) == "underline"
        assert group.locator(".variant del").first.evaluate(style) == "line-through"
        spoken = "(it) => getComputedStyle(it, '::before').content"
        assert "增加" in group.locator("ins").first.evaluate(spoken)
        assert group.locator(".similarity p").is_hidden()
        group.locator(".similarity summary").press("Enter")
        assert "编码器向量的余弦" in group.locator(".similarity p").inner_text()
        group.locator(".variant .sources a").click()
        page.locator("#reader mark").first.wait_for()
        assert "".join(page.locator("#reader mark").all_inner_texts()) in WEST
        assert "16%以上" in page.locator("#reader mark").first.inner_text()


def test_a_draft_is_checked_sentence_by_sentence(open_page: Visit) -> None:
    with open_page() as page:
        compare(page, f"{TARGET.replace('14.5%', '18%')}举办龙舟比赛。", draft=True)
        rows = page.locator("#precedents tbody tr")
        assert rows.count() == 2 and "没有相近的写法" in rows.nth(1).inner_text()
        assert "18% ↔ " in rows.nth(0).locator(".naming").first.inner_text()
        assert "18%" in rows.nth(0).locator("ins").first.inner_text()


@pytest.mark.parametrize(
    ("text", "named"), [("  ", "没有可比对的文字"), ("节能" * 1001, "文字过长"), ("举办龙舟竞渡锦标赛", "没有找到")]
)
def test_nothing_too_much_and_not_found_are_three_things(open_page: Visit, text: str, named: str) -> None:
    with open_page() as page:
        compare(page, text)
        assert page.locator("#precedents .notice strong").inner_text() == named
        assert page.locator("#precedents .error, #precedents .group").count() == 0


def test_a_sentence_is_copied_with_its_source(open_page: Visit) -> None:
    with open_page() as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        compare(page, TARGET)
        page.locator("#precedents [data-copy]").first.click()
        page.get_by_role("button", name="已复制").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == f"{TARGET}\n——《东陵市节能减排工作方案》一"


def test_the_basket_survives_a_reload_and_is_exported_verbatim(open_page: Visit) -> None:
    with open_page() as page:
        compare(page, TARGET)
        for city in ("东陵", "西浦"):
            pick(page, city)
        page.locator("#precedents [data-pick]").first.click()
        page.get_by_role("button", name="已在摘录中").wait_for()
        page.reload()
        open_basket(page, 2)
        assert quotes(page) == [TARGET, TARGET.replace("14.5%", "16%以上")]
        page.get_by_role("button", name="下移第 1 条").click()
        page.locator("#basket li").nth(1).get_by_text("东陵").wait_for()
        page.wait_for_function("document.activeElement.closest('li')?.textContent.includes('东陵')")
        kept = quotes(page)
        with page.expect_download() as taken:
            page.get_by_role("button", name="导出 Word").locator("visible=true").click()
        assert taken.value.suggested_filename == "范文摘录.docx"
        lines = [each.text for each in docx.Document(str(taken.value.path())).paragraphs]
        assert [line for line in lines if line in kept] == kept and all(any(q in t for t in TEXTS.values()) for q in kept)
        with page.expect_download() as taken:
            page.get_by_role("button", name="导出 Markdown").click()
        said = Path(taken.value.path()).read_text(encoding="utf-8")
        assert taken.value.suggested_filename == "范文摘录.md" and all(f"{quote}\n" in said for quote in kept)
        page.get_by_role("button", name="移除第 1 条").click()
        page.locator("#basket").get_by_text("共 1 条").wait_for()
        assert quotes(page) == [TARGET]
        page.get_by_role("button", name="清空").click()
        page.get_by_role("button", name="再点一次").click()
        page.locator("#basket").get_by_text("还没有摘录").wait_for()
        page.locator("#basket-word").wait_for(state="hidden")


def test_a_sentence_that_changed_is_said_and_not_quoted(open_page: Visit) -> None:
    with open_page() as page:
        compare(page, TARGET)
        pick(page, "东陵")
        page.evaluate(
            "() => localStorage.setItem('policy-basket', localStorage.getItem('policy-basket').replace('14.5%', '99.9%'))"
        )
        page.reload()
        open_basket(page, 1)
        assert "不再可用" in page.locator("#basket .gone").inner_text()
        assert page.locator("#basket-word, #basket [data-copy]").count() == 0
        page.evaluate("() => localStorage.setItem('policy-basket', '{oops')")
        page.reload()
        page.get_by_role("tab", name="摘录").click()
        page.locator("#basket").get_by_text("还没有摘录").wait_for()


def test_a_clause_stands_beside_those_of_other_documents_and_prints(open_page: Visit) -> None:
    with open_page() as page:
        compare(page, REPLACING)
        page.locator("#precedents .sources li", has_text="东陵").locator("a").first.click()
        page.locator("#reader mark").first.wait_for()
        page.locator("#reader [data-focus] [data-across]").click()
        page.locator("#stage table").wait_for()
        assert page.locator("#reader").is_hidden() and page.locator("#precedents").is_hidden()
        heads = page.locator("#stage thead th").all_inner_texts()
        assert heads[0] == "本条（东陵市）" and set(heads[1:]) == {"西浦市", "南汀市"}
        west = page.locator("#stage tbody td[data-name='西浦市']").all_inner_texts()
        assert any(REPLACING in said and "一字不差" in said for said in west) and "每年公布名录" in west[-1]
        assert "市经信局 ↔ 市工信局" in page.locator("#stage").inner_text()
        assert "北原市政务服务工作方案" in page.locator("#stage .without").inner_text()
        paper = page.pdf(prefer_css_page_size=True)
        page.emulate_media(media="print")
        assert page.locator("#stage button:visible").count() == 0 and page.locator("#stage table").is_visible()
        assert b"/MediaBox [0 0 841" in paper and paper.count(b"/Type /Page\n") == 1
        page.emulate_media(media="screen")
        page.keyboard.press("Escape")
        page.locator("#stage").wait_for(state="hidden")
        assert page.locator("#precedents .group").first.is_visible()


def test_an_answers_citation_leads_to_the_basket_and_to_other_documents(open_page: Visit) -> None:
    with open_page() as page:
        ask(page, "挥发性有机物治理由谁牵头")
        citation = page.locator("#answer .citations li").first
        citation.get_by_role("button", name="放入摘录").click()
        page.get_by_role("tab", name="（1）").wait_for()
        citation.get_by_role("button", name="各地对照").click()
        page.locator("#stage table").wait_for()
        page.locator("#stage tbody a").nth(1).click()
        page.locator("#reader mark").first.wait_for()
        page.get_by_role("button", name="关闭").first.click()
        assert page.locator("#answer .answer").is_visible()


def test_scripts_are_text_on_the_desk(open_page: Visit) -> None:
    with open_page() as page:
        compare(page, REPLACING)
        assert "<script>" in page.locator("#precedents").inner_text()
        pick(page, "南汀")
        page.locator("#precedents .sources li", has_text="南汀").locator("[data-across]").first.click()
        page.locator("#stage", has_text="<script>").wait_for()
        page.get_by_role("button", name="关闭").click()
        open_basket(page, 1)
        page.wait_for_timeout(300)
        assert page.evaluate("window.hurt") is None
        assert page.locator("#precedents img, #stage img, #basket img").count() == 0


def test_a_phone_shows_the_desk_without_scrolling_sideways(open_page: Visit) -> None:
    sideways = "document.documentElement.scrollWidth > innerWidth"
    with open_page(**PHONE) as page:
        for draft in (True, False):
            compare(page, TARGET, draft=draft)
            assert not page.evaluate(sideways)
        pick(page, "东陵")
        page.locator("#precedents [data-across]").first.click()
        page.locator("#stage table").wait_for()
        assert not page.evaluate(sideways)
        page.get_by_role("button", name="关闭").click()
        open_basket(page, 1)
        assert not page.evaluate(sideways) and quotes(page) == [next(q for q in [TARGET] if q in EAST)]
