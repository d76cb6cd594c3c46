"""Pages of files as pictures, their text, office files as PDF: each in a process that ends with its limits."""

import io

import pytest

from corpus.errors import FormatError
from corpus.reading import drawing
from corpus.reading.drawing import as_pdf, as_text, draw, member
from tests.corpus.reading.making import needs_office, word, zipped
from tests.corpus.reading.pdf_making import pdf, written
from tests.corpus.reading.test_mail import mail

PIL = pytest.importorskip("PIL.Image")
PAGES = pdf(
    *(
        written([(70, 100, f"第{n}页文字"), (70, 140, words)])
        for n, words in enumerate(("一、总则", "二、保障 措施", "三、附则"), 1)
    )
)


def seen(picture: bytes) -> "PIL.Image":
    return PIL.open(io.BytesIO(picture), formats=["WEBP"]).convert("L")


@pytest.mark.parametrize(("asked", "shown"), [(1, 1), (2, 2), (3, 3), (0, 1), (-4, 1), (99, 3)])
def test_a_page_of_a_pdf_is_drawn(asked: int, shown: int) -> None:
    drawn = draw("pdf", PAGES, asked)
    picture = seen(drawn.picture)
    assert (drawn.page, drawn.pages) == (shown, 3) and picture.width > 1000 and picture.height <= drawing.MAX_SIDE


def test_the_page_that_holds_words_is_found() -> None:
    assert draw("pdf", PAGES, 1, "二、保障措施").page == 2
    assert draw("pdf", PAGES, 3, "没有这句话").page == 3


def test_each_picture_of_a_file_is_a_page() -> None:
    white, black = PIL.new("RGB", (3000, 600), "white"), PIL.new("RGBA", (40, 60), (0, 0, 0, 255))
    made = io.BytesIO()
    white.save(made, "TIFF", save_all=True, append_images=[black.convert("RGB")])
    first, second, last = (draw("tiff", made.getvalue(), page) for page in (1, 2, 9))
    assert seen(first.picture).getpixel((5, 5)) > 250 and seen(second.picture).getpixel((5, 5)) < 5
    assert seen(first.picture).width == drawing.MAX_SIDE and (second.page, last.page) == (2, 2)


@pytest.mark.parametrize(("kind", "data"), [("pdf", b"%PDF-1.7 spoiled"), ("pdf", PAGES[:300]), ("png", b"\x89PNG\r\n\x1a\n0")])
def test_what_is_damaged_is_said(kind: str, data: bytes) -> None:
    with pytest.raises(FormatError, match="损坏"):
        draw(kind, data, 1)


def test_time_and_memory_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "SECONDS", 0.01)
    with pytest.raises(FormatError, match="已停止"):
        draw("pdf", PAGES, 1)
    monkeypatch.setattr(drawing, "SECONDS", 30)
    monkeypatch.setattr(drawing, "MEMORY", 1 << 20)
    with pytest.raises(FormatError, match="无法显示"):
        draw("pdf", PAGES, 1)


def test_a_page_of_the_web_is_all_its_text_and_no_script() -> None:
    page = "<html><head><title>题</title><style>p{}</style></head><body><nav>首页</nav><p>正文<script>hurt()</script>继续</p></body></html>"
    assert as_text("html", page.encode()).split("\n") == ["首页", "正文", "继续"]
    deep = "<div>" * 5000 + "底" + "</div>" * 5000
    assert as_text("html", deep.encode()) in ("底", "")


def test_a_mail_is_its_head_its_words_and_the_names_of_what_is_attached() -> None:
    made = mail(html="<p>别样<b>正文</b></p>")
    made.add_attachment(b"x", maintype="application", subtype="octet-stream", filename="方案.docx")
    text = as_text("eml", bytes(made))
    assert (
        "主题：关于征求节水方案意见的通知" in text
        and "月底前反馈" in text
        and "别样\n正文" in text
        and "［附件：方案.docx］" in text
    )


def test_text_is_as_it_is() -> None:
    assert as_text("text", "一、<b>总则</b>\n".encode("gb18030")) == "一、<b>总则</b>\n"


def test_a_file_inside_a_file() -> None:
    inner = zipped({"夹/内.txt": "一、总则。"})
    outer = zipped({"内.zip": inner, "甲.txt": "甲"})
    assert member("包.zip", outer, "甲.txt") == "甲".encode()
    assert member("包.zip", outer, "内.zip!夹/内.txt") == "一、总则。".encode()
    assert member("包.zip", outer, "没有.txt") is None and member("包.zip", outer, "内.zip!没有") is None
    assert member("包.txt", b"abc", "甲.txt") is None


@needs_office
def test_an_office_file_becomes_pdf() -> None:
    made = as_pdf("docx", word("云泽市节水方案\n一、总体要求\n市水务局负责。"))
    assert made.startswith(b"%PDF-") and draw("pdf", made, 1, "市水务局负责").pages == 1
