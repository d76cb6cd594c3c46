"""Scanned pages: recognised where the component is installed, refused with the way to get it where it is not."""

import io
from pathlib import Path

import pytest

from corpus.errors import FormatError, PolicyError, TooLargeError
from corpus.reading import images, read_bytes, scan
from tests.corpus.reading.pdf_making import pdf, ruled, written

PIL = pytest.importorskip("PIL.Image")
needs_recognition = pytest.mark.skipif(not scan.available(), reason="本机没有安装文字识别组件（policy-assistant[ocr]）")
FONT = next(Path("/usr/share/fonts").rglob("NotoSerifCJK-Regular.ttc"), None) if Path("/usr/share/fonts").exists() else None
needs_font = pytest.mark.skipif(FONT is None, reason="本机没有中文字体")


def picture(*lines: tuple[int, int, str], size: tuple[int, int] = (1000, 500), table: bool = False) -> "PIL.Image":
    from PIL import ImageDraw, ImageFont

    page = PIL.new("RGB", size, "white")
    draw = ImageDraw.Draw(page)
    for x, y, text in lines:
        draw.text((x, y), text, "black", ImageFont.truetype(str(FONT), 40))
    if table:
        for y in (200, 280, 360):
            draw.line((100, y, 700, y), "black", 3)
        for x in (100, 400, 700):
            draw.line((x, 200, x, 360), "black", 3)
    return page


def saved(kind: str, *pages: "PIL.Image") -> bytes:
    buffer = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(buffer, kind, **more)
    return buffer.getvalue()


def refused(name: str, data: bytes, error: type[PolicyError] = FormatError) -> str:
    with pytest.raises(error) as caught:
        read_bytes(name, data)
    assert name in str(caught.value) and str(caught.value).endswith("。")
    return str(caught.value)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "PDF"])
def test_without_the_component_the_message_says_how_to_get_it(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)
    message = refused("甲", saved(kind, PIL.new("RGB", (600, 800), "white")))
    assert "policy-assistant[ocr]" in message
    assert ("第 1 页" in message) == (kind == "PDF")


@needs_recognition
@needs_font
def test_a_scan_of_several_pages_is_read_with_its_tables() -> None:
    first = picture(
        (140, 40, "一、总体要求"), (120, 215, "指标"), (420, 215, "目标"), (120, 295, "煤耗"), (420, 295, "300"), table=True
    )
    second = picture((140, 40, "二、保障措施"))
    reading = read_bytes("甲.tif", saved("TIFF", first, second))
    assert reading.text.split("\n") == ["一、总体要求", "指标\t目标", "煤耗\t300", "", "二、保障措施"]
    assert [(page.number, page.start) for page in reading.pages] == [(1, 0), (2, reading.text.index("二、"))]
    assert all(page.confidence is not None and 0.8 < page.confidence <= 1 for page in reading.pages)


@needs_recognition
@needs_font
def test_a_page_of_a_pdf_that_is_a_picture_is_recognised() -> None:
    reading = read_bytes("甲.pdf", saved("PDF", picture((140, 40, "一、总体要求"), (140, 120, "二、保障措施"))))
    assert reading.text == "一、总体要求\n二、保障措施"
    assert reading.pages[0].confidence is not None


@needs_recognition
@needs_font
@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_on_its_side_or_its_head_is_turned(angle: int) -> None:
    texts = ["应急联系电话", "市水务局值班室：0839-3266001", "市供水总公司：0839-3266002"]
    page = picture(*((60, 40 + 80 * n, text) for n, text in enumerate(texts))).rotate(angle, expand=True)
    assert read_bytes("甲.png", saved("PNG", page)).text.replace("\n", "") == "".join(texts)


@needs_recognition
def test_damaged_and_huge_pictures_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = saved("PNG", PIL.effect_noise((300, 300), 50))
    assert "损坏" in refused("甲.png", whole[: len(whole) // 2])
    monkeypatch.setattr(images, "MAX_PIXELS", 10_000)
    assert "300×300" in refused("甲.png", whole, TooLargeError)


def test_a_pdf_with_text_needs_no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)
    assert read_bytes("甲.pdf", pdf(ruled([80, 500], [100, 200]) + written([(90, 150, "一、总则")]))).text == "一、总则"
