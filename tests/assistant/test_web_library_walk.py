"""A walk in a real browser through the library: adding, correcting, comparing versions, looking at the original."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.assistant.walk import Visit, ask, in_view
from tests.browser import browser, served, visit
from tests.corpus.reading.pdf_making import pdf, written

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

NARROW = {"width": 800, "height": 900}
UPLOADED = re.compile(r"/upload(\?|$)")
HOSTILE = "<img src=x onerror='window.hurt=1'>"


def plan(city: str, day: str, figure: str, *more: str) -> str:
    lines = (f"{city}节水行动方案", "", "一、主要目标", f"到2027年，万元工业增加值用水量下降{figure}。", *more)
    return "\n".join((*lines, "", f"{city}人民政府办公室", day, ""))


PAGES = pdf(
    written([(120, 100, "泊岭市节水行动方案"), (70, 160, "一、总体要求"), (70, 200, "稳步推进节水工作。")]),
    written([(70, 100, "二、保障措施"), (70, 140, "市水务局负责节水工作。")]),
)


@pytest.fixture(scope="module")
def open_page() -> Iterator[Visit]:
    with browser() as opened, served("tests.assistant.library_page:library") as address:
        yield partial(visit, opened, address)


def files(folder: Path, contents: dict[str, str | bytes]) -> list[Path]:
    made = []
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        made.append(path)
    return made


def open_files(page: "Page") -> None:
    page.get_by_role("tab", name="文件").click()
    page.locator("#adding .drop").wait_for()


def add(page: "Page", paths: Sequence[Path], said: str) -> None:
    """Choose files and wait until it is said what became of them."""
    page.locator("#adding input[type=file]").first.set_input_files(list(paths))
    page.locator("#outcomes", has_text=f"添加完毕：共 {len(paths)} 个文件；{said}。").wait_for()
    page.locator("#adding .stop").wait_for(state="hidden")


def test_three_files_are_dropped_and_the_broken_one_hides_none(open_page: Visit) -> None:
    drop = """([good, other, bad]) => {
        const carried = new DataTransfer();
        for (const [name, content] of [good, bad, other]) carried.items.add(new File([content], name));
        document.querySelector("#adding .drop").dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true }));
    }"""
    with open_page() as page:
        open_files(page)
        texts = [("甲（试行）.txt", plan("甲川市", "2024年1月2日", "10%")), ("乙.md", plan("乙川市", "2024年1月2日", HOSTILE))]
        held: list[Route] = []  # the first file arrives last, and yet is listed first
        page.route(UPLOADED, lambda route: held.append(route) if not held else route.continue_())
        with page.expect_response(UPLOADED):
            page.evaluate(drop, [*texts, ("坏.docx", "PK\x03\x04不是文档")])
        page.wait_for_timeout(200)
        held[0].continue_()
        page.locator("#outcomes", has_text="添加完毕").wait_for()
        said = page.locator("#outcomes").inner_text()
        assert "共 3 个文件；已收录 2 份，未收录 1 份" in said and "坏.docx" in said and "只需重新添加这些文件" in said
        assert [each.split()[0] for each in page.locator("#outcomes li").all_inner_texts()] == ["已收录", "未收录", "已收录"]
        page.locator("#documents a", has_text="甲川市").wait_for()
        page.locator("#documents a", has_text="乙川市").click()
        page.locator("#reader .reader-body", has_text=HOSTILE).wait_for()
        assert page.evaluate("window.hurt") is None and page.locator("#reader img").count() == 0
    with open_page() as page:  # another visit sees the library as it is
        open_files(page)
        page.locator("#documents a", has_text="甲川市").wait_for()
        assert page.locator("#outcomes").inner_text().strip() == ""


def test_a_folder_is_added_with_its_subfolders_and_without_clutter(open_page: Visit, tmp_path: Path) -> None:
    files(tmp_path / "夹", {"丙.txt": plan("丙川市", "2024年1月2日", "10%"), ".DS_Store": "x", "~$丙.docx": "x"})
    files(tmp_path / "夹" / "子", {"丁.txt": plan("丁川市", "2024年1月2日", "10%")})
    with open_page() as page:
        open_files(page)
        page.locator("#adding input[webkitdirectory]").set_input_files(tmp_path / "夹")
        page.locator("#outcomes", has_text="添加完毕").wait_for()
        said = page.locator("#outcomes").inner_text()
        assert "共 2 个文件" in said and "夹/子/丁.txt" in said and "夹/丙.txt" in said


def test_a_corrected_region_is_marked_and_stays_when_the_file_is_added_again(open_page: Visit, tmp_path: Path) -> None:
    paths = files(tmp_path, {"戊.txt": plan("戊川市", "2024年1月2日", "10%")})
    with open_page() as page:
        open_files(page)
        add(page, paths, "已收录 1 份")
        page.locator("#documents a", has_text="戊川市").click()
        page.get_by_text("文件信息").click()
        form = page.locator("#reader .facts")
        form.get_by_label("日期").fill("昨天")
        form.get_by_role("button", name="保存更正").click()
        form.locator(".told.failed", has_text="不是日期").wait_for()
        form.get_by_label("日期").fill("2024年1月2日")
        form.get_by_label("地区").fill("己山市")
        form.get_by_role("button", name="保存更正").click()
        form.locator(".told", has_text="已保存").wait_for()
        assert "人工更正 读出的是：戊川市" in form.inner_text() and "己山市" in page.locator("#reader .meta").inner_text()
        row = page.locator("#documents tr", has_text="戊.txt")
        row.get_by_text("己山市").wait_for()
        add(page, paths, "无变化 1 份")
        assert "己山市" in row.inner_text()
        form.get_by_role("button", name="撤销").click()
        form.locator(".told", has_text="已恢复").wait_for()
        row.locator("td", has_text="戊川市").last.wait_for()
        assert "人工更正" not in form.inner_text()


def test_a_document_is_removed_in_the_page(open_page: Visit, tmp_path: Path) -> None:
    with open_page() as page:
        open_files(page)
        add(page, files(tmp_path, {"辛.txt": plan("辛川市", "2024年1月2日", "10%")}), "已收录 1 份")
        page.locator("#documents a", has_text="辛川市").click()
        page.locator("#reader summary", has_text="移除").click()
        page.get_by_role("button", name="从文件库移除").click()
        page.locator("#reader .notice", has_text="已移除").wait_for()
        page.locator("#documents a", has_text="辛川市").wait_for(state="detached")
        page.get_by_role("button", name="关闭").click()
        page.locator("#reader").wait_for(state="hidden")


def test_two_versions_are_compared_and_only_the_current_one_answers(open_page: Visit, tmp_path: Path) -> None:
    more = ("二、保障措施", "市水务局负责监督考核。")
    old, new = files(
        tmp_path, {"旧.txt": plan("庚州市", "2023年1月2日", "10%"), "新.txt": plan("庚州市", "2024年3月4日", "12%", *more)}
    )
    with open_page(**NARROW) as page:
        open_files(page)
        add(page, [old], "已收录 1 份")
        add(page, [new], "已更新 1 份")
        row = page.locator("#documents tr", has_text="庚州市")
        row.get_by_text("共 2 版").click()
        row.get_by_role("button", name="逐条对照").click()
        page.locator("#stage table").wait_for()
        changed = page.locator("#stage .row-changed", has_text="用水量")
        style = "(it) => getComputedStyle(it).textDecorationLine"
        assert changed.locator("del").evaluate(style) == "line-through" and changed.locator("ins").evaluate(style) == "underline"
        assert "监督考核" in page.locator("#stage .row-added ins").inner_text()
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        page.emulate_media(media="print")
        assert page.locator("#stage button:visible").count() == 0 and changed.is_visible()
        assert page.get_by_text("只列有变化的条款").is_visible()
        page.emulate_media(media="screen")
        changed.locator("a").first.click()
        page.locator("#reader mark").first.wait_for()
        assert "旧版本" in page.locator("#reader h2").inner_text()
        assert "10%" in "".join(page.locator("#reader mark").all_inner_texts())
        page.locator("#reader [data-close]").click()
        page.locator("#stage").press("Escape")
        page.get_by_role("tab", name="提问", exact=True).click()
        old_marks = page.locator("#answer .badge", has_text="旧版本")
        ask(page, "庚州市用水量下降多少")
        page.locator("#answer .citations").wait_for()
        assert old_marks.count() == 0 and "12%" in page.locator("#answer").inner_text()
        page.get_by_label("含旧版本").check()
        ask(page, "庚州市用水量下降多少")
        old_marks.first.wait_for()
        assert "10%" in page.locator("#answer").inner_text()


def test_on_a_narrow_screen_the_quotation_stays_in_sight_below_the_original(open_page: Visit, tmp_path: Path) -> None:
    lines = "\n".join(f"{n}市水务局负责第{n}项工作。" for n in "甲乙丙丁戊己庚辛壬癸子丑")
    with open_page(**NARROW) as page:
        open_files(page)
        add(
            page,
            files(tmp_path, {"辛.txt": plan("辛州市", "2024年1月2日", "31%", lines, "二、末项目标", "到2027年，漏损率降至7%。")}),
            "已收录 1 份",
        )
        page.get_by_role("tab", name="提问", exact=True).click()
        ask(page, "辛州市漏损率目标")
        page.locator("#answer td .mark").first.click()
        page.locator("#reader mark").first.wait_for()
        page.locator("#reader .head-buttons").get_by_role("button", name="对照原件").click()
        page.locator("#stage .whole").wait_for()
        page.wait_for_function(
            "() => { const [mark, body, reader] = ['mark', '.reader-body', '.reader'].map((it) =>"
            " document.querySelector('#reader ' + it).getBoundingClientRect());"
            " return mark.top >= body.top && mark.bottom <= Math.min(body.bottom, reader.bottom, innerHeight); }"
        )


def test_the_original_of_a_pdf_opens_at_the_page_of_the_clause(open_page: Visit, tmp_path: Path) -> None:
    with open_page() as page:
        open_files(page)
        add(page, files(tmp_path, {"泊岭.pdf": PAGES}), "已收录 1 份")
        page.locator("#documents a", has_text="泊岭市").click()
        page.get_by_text("目录", exact=True).click()
        page.locator("#reader .outline a", has_text="保障措施").click()
        page.locator("#reader .head-buttons").get_by_role("button", name="对照原件").click()
        page.locator("#stage img.leaf[data-at='2']").wait_for()
        assert page.locator("#stage img.leaf").evaluate("(it) => it.decode().then(() => it.naturalWidth > 1000)")
        assert in_view(page, "#reader .page-sign[data-page='2']") and page.locator("#documents").is_hidden()
        page.get_by_role("button", name="上一页").click()
        page.locator("#stage img.leaf[data-at='1']").wait_for()
        assert page.locator("#stage").get_by_role("button", name="上一页").is_disabled()
        with page.expect_download() as taken:
            page.get_by_role("button", name="下载原件").click()
        assert taken.value.suggested_filename == "泊岭.pdf" and Path(taken.value.path()).read_bytes() == PAGES
        page.locator("#stage [data-leave]").click()
        page.locator("#documents table").wait_for()
