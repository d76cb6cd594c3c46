"""What a Word document shows that is no run of characters: drawn signs, WordArt, sheets, diagrams, scanned pages, other files."""

import io
import zipfile
from xml.sax.saxutils import escape

import openpyxl
import pytest

from corpus.errors import FormatError
from corpus.reading import read_bytes, scan
from tests.corpus.reading.making import paragraph, raw_word
from tests.corpus.reading.test_sheets import book, saved


def text_of(body: str, *, relations: str = "", more: dict[str, bytes] | None = None) -> str:
    return read_bytes("甲.docx", raw_word(body, relations=relations, more=more)).text


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(*codes: str, result: str | None = None) -> str:
    inside = "".join(f"<w:r><w:instrText>{escape(code)}</w:instrText></w:r>" for code in codes)
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}' if result is not None else ""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return begin + inside + shown + end


def test_ringed_numbers_drawn_by_a_field() -> None:
    body = field(" eq \\o\\ac(○,", "1", ")") + run("加强") + field(" EQ \\o\\ac(○，21) ") + run("落实")
    assert text_of(f"<w:p>{body}</w:p>") == "①加强21落实"
    shown = field(" eq \\o\\ac(○,2)", result="②") + field("HYPERLINK", result="见附件") + field("PAGE", result="3")
    assert text_of(f"<w:p>{shown}</w:p>") == "②见附件3"


def test_signs_of_symbol_fonts() -> None:
    signs = "".join(
        f'<w:sym w:font="{font}" w:char="{code}"/>' for font, code in (("Wingdings", "F081"), ("Wingdings 2", "F073"))
    )
    soft = run("节\u00ad水")
    assert text_of(f"<w:p><w:r>{signs}</w:r>{soft}</w:p>") == "①⑩节水"


def test_word_art_is_text() -> None:
    art = '<w:p><w:r><w:pict><v:shape><v:textpath on="t" string="云泽市人民政府文件"/></v:shape></w:pict></w:r></w:p>'
    assert text_of(art + paragraph("云政发〔2012〕3号")).split("\n") == ["", "云泽市人民政府文件", "云政发〔2012〕3号"]


@pytest.mark.parametrize("place", ["embeddings/a.xlsx", "embeddings/oleObject1.bin"])
def test_a_sheet_set_into_the_text_is_read(place: str) -> None:
    sheet = '<w:p><w:r><w:object><o:OLEObject xmlns:o="o" ProgID="Excel.Sheet.12" r:id="s"/></w:object></w:r></w:p>'
    relation = f'<Relationship Id="s" Type="x/package" Target="{place}"/>'
    made = text_of(paragraph("附件") + sheet + paragraph("附注"), relations=relation, more={f"word/{place}": saved(book())})
    assert made.startswith("附件\n\n责任分工\n云泽市节水行动重点任务责任分工表\n序号\t任务\t牵头单位") and made.endswith("\n附注")
    broken = text_of(paragraph("附件") + sheet, relations=relation, more={f"word/{place}": saved(book())[:900]})
    assert broken.strip() == "附件"


def test_a_diagram_is_read() -> None:
    diagram = '<w:p><w:r><w:drawing><d:relIds xmlns:d="d" r:dm="s"/></w:drawing></w:r></w:p>'
    data = '<d:dataModel xmlns:d="d" xmlns:a="a"><d:pt><a:t>领导</a:t><a:t>小组</a:t></d:pt><d:pt/><d:pt><a:t>办公室</a:t></d:pt></d:dataModel>'
    relation = '<Relationship Id="s" Type="x/diagramData" Target="diagrams/data1.xml"/>'
    assert text_of(diagram, relations=relation, more={"word/diagrams/data1.xml": data.encode()}).split() == ["领导小组", "办公室"]


def test_other_documents_within_a_document() -> None:
    relation = '<Relationship Id="c" Type="x/aFChunk" Target="/word/part"/>'
    chunk = '<w:altChunk r:id="c"/>'
    for part in (raw_word(paragraph("一、总则")), "一、总则".encode("gbk")):
        assert text_of(chunk + paragraph("二、任务"), relations=relation, more={"word/part": part}) == "一、总则\n二、任务"
    inner = raw_word(chunk, relations=relation, more={"word/part": raw_word(paragraph("一、总则"))})
    with pytest.raises(FormatError, match="嵌入了其他格式"):
        text_of(chunk, relations=relation, more={"word/part": inner})


def _scanned(size: tuple[int, int] = (1000, 1400)) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", size, "white")
    font = ImageFont.load_default(60)
    ImageDraw.Draw(picture).text((120, 200), "Plan 2015 of water", "black", font)
    picture.save(buffer := io.BytesIO(), "PNG")
    return buffer.getvalue()


SCAN = '<w:p><w:r><w:drawing><a:blip xmlns:a="a" r:embed="i"/></w:drawing></w:r></w:p>'
SCAN_AT = '<Relationship Id="i" Type="x/image" Target="media/a.png"/>'


def test_a_document_of_scanned_pages_says_so_without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)
    with pytest.raises(FormatError, match=r"“甲\.docx”：文档的正文是图像.*policy-assistant\[ocr\]"):
        text_of(SCAN, relations=SCAN_AT, more={"word/media/a.png": _scanned()})
    emblem = {"word/media/a.png": _scanned((200, 200))}
    assert text_of(paragraph("一、总则") + SCAN, relations=SCAN_AT, more=emblem).strip() == "一、总则"
    plenty = paragraph("推进全市节水工作，结合本市实际，制定本方案，请遵照执行。")
    assert text_of(plenty + SCAN, relations=SCAN_AT, more={"word/media/a.png": _scanned()}).startswith("推进全市")


@pytest.mark.skipif(not scan.available(), reason="没有安装文字识别组件")
def test_a_document_of_scanned_pages_is_recognised() -> None:
    reading = read_bytes(
        "甲.docx", raw_word(paragraph("附件") + SCAN + SCAN, relations=SCAN_AT, more={"word/media/a.png": _scanned()})
    )
    assert reading.text.startswith("附件\n") and "2015" in reading.text
    (page,) = reading.pages
    assert page.number == 1 and page.start == 3 and page.confidence is not None and page.confidence > 0.5


def test_a_damaged_page_among_scanned_pages_is_told_and_a_drawing_is_no_page() -> None:
    with pytest.raises(FormatError, match=r"“甲\.docx”.*图片不完整或已损坏"):
        text_of(SCAN, relations=SCAN_AT, more={"word/media/a.png": _scanned()[:400]})
    drawing = {"word/media/a.png": b"\x01\x00\x00\x00" + bytes(200)}
    assert text_of(paragraph("一、总则") + SCAN, relations=SCAN_AT, more=drawing).strip() == "一、总则"


def test_a_container_with_other_slashes_and_cases() -> None:
    with zipfile.ZipFile(io.BytesIO(raw_word(paragraph("一、总则")))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(buffer := io.BytesIO(), "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("/", "\\").replace("word", "Word"), content)
    assert read_bytes("甲.docx", buffer.getvalue()).text == "一、总则"


def test_a_workbook_is_no_word_document() -> None:
    made = openpyxl.Workbook()
    made.active["A1"] = "节水"
    assert read_bytes("甲.docx", saved(made)).text == "节水"
