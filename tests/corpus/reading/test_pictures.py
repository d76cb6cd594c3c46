"""Pictures in Word files that have text of their own: recognised at their place, and told of where they are not."""

import io
from base64 import b64encode

import openpyxl
import pytest

from corpus.reading import Reading, read_bytes, scan
from tests.corpus.reading.making import paragraph, raw_word
from tests.corpus.reading.pictured import MISSING, OWN, document, drawn, marks, p, shaped, shot
from tests.corpus.reading.recognising import ANNEX, Engine
from tests.fuzz import WORD_2003


@pytest.mark.usefixtures("without")
def test_pictures_that_are_not_recognised_are_told_of() -> None:
    found = document(paragraph(OWN) + p(drawn("i")) + p(drawn("j")) + paragraph("完"), i=shot(), j=shot(shade="red"))
    assert found == Reading(f"{OWN}\n\n\n完", told=f"文中有 2 张图片未识别，其中如有文字则未读入，{MISSING}")
    once = document(paragraph(OWN) + p(drawn("i")) + p(drawn("j")), i=shot(), j=shot())
    assert once.told.startswith("文中有 1 张图片")


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize(
    ("run", "content"),
    [
        (drawn("i", 4.2, 4.2), shot(1000, 1000)),  # a seal
        (drawn("i", 15, 0.2), shot(2000, 400)),  # a line
        (drawn("i"), shot(290, 290)),  # too coarse
        (shaped("i", "width:119pt;height:119pt"), shot(1000, 1000)),
        (shaped("i", "width:100%"), b"\x01\x00\x00\x00" + bytes(200)),  # a drawing of unknown size
        (drawn("none", 4.2, 4.2), shot()),
        (drawn("i", 15, 1.9), shot()),
        (drawn("i").replace('r:embed="i"', ""), shot()),  # a frame for one
    ],
)
def test_seals_lines_and_emblems_hold_no_text(run: str, content: bytes) -> None:
    assert document(paragraph(OWN) + p(run), i=content) == Reading(f"{OWN}\n")


@pytest.mark.parametrize(
    ("run", "content"),
    [
        (drawn("i", 15, 5.9), shot(1500, 590)),
        (drawn("i", 15, 3), shot(567, 113)),  # as a screen shows it
        (drawn("i", 5, 10), shot(500, 1000)),
    ],
)
def test_a_strip_of_a_table_is_read(engine: Engine, run: str, content: bytes) -> None:
    assert document(paragraph(OWN) + p(run), i=content).text == "\n".join((OWN, *ANNEX))


@pytest.mark.parametrize(
    "run",
    [
        drawn("none"),  # a relation without its member
        drawn("i").replace("embed", "link"),
        shaped("none", "width:400pt;height:300pt"),
        shaped("i", "width:400pt;height:300pt").replace("r:id", "r:href"),
    ],
)
@pytest.mark.parametrize("installed", [True, False])
def test_a_picture_that_is_not_in_the_file_is_told_of(monkeypatch: pytest.MonkeyPatch, run: str, installed: bool) -> None:
    monkeypatch.setattr(scan, "available", lambda: installed)
    told = "文中有 1 张图片未能识别（图片不在文件内），其中如有文字则未读入，请另存为清晰的 PNG 或 JPEG 图片添加。"
    assert document(paragraph(OWN) + p(run)) == Reading(f"{OWN}\n", told=told)


@pytest.mark.parametrize("style", ["width:415pt;height:300pt", "position:absolute;width:14.6cm; height : 4in", ""])
def test_pictures_of_older_files(engine: Engine, style: str) -> None:
    assert document(paragraph(OWN) + p(shaped("i", style)), i=shot()).text == "\n".join((OWN, *ANNEX))


def test_pictures_of_word_2003_xml(engine: Engine) -> None:
    kept = f'<w:binData w:name="wordml://1.png">{b64encode(shot()).decode()}</w:binData>'
    run = f'<w:r><w:pict>{kept}<v:shape style="width:400pt;height:300pt"><v:imagedata src="wordml://1.png"/></v:shape></w:pict></w:r>'
    data = WORD_2003.format(f'{paragraph(OWN)}<w:p xmlns:v="urn:schemas-microsoft-com:vml">{run}</w:p>')
    assert read_bytes("甲.doc", data.encode()).text == "\n".join((OWN, *ANNEX))


def test_a_picture_is_read_at_its_place(engine: Engine) -> None:
    found = document(paragraph(OWN) + p(drawn("i")) + p() + p(drawn("j")) + paragraph("完"), i=shot(), j=shot(shade="red"))
    assert found.text == "\n".join((OWN, *ANNEX, *ANNEX, "完")) and found.told == ""
    assert marks(found) == [(OWN, None), ("\n".join(ANNEX), 0.9), ("\n".join(ANNEX), 0.9), ("完", None)]
    assert {page.number for page in found.pages} == {0}


def test_a_picture_in_a_table_or_a_note_follows_it(engine: Engine) -> None:
    cell = "<w:tc>{}</w:tc>".format
    table = f"<w:tbl><w:tr>{cell(paragraph('甲'))}{cell(p(drawn('i')) + paragraph('乙'))}</w:tr></w:tbl>"
    assert document(paragraph(OWN) + table + paragraph("完"), i=shot()).text == "\n".join((OWN, "甲\t乙", *ANNEX, "完"))
    note = f'<w:footnote w:id="2">{p("<w:r><w:t>见图</w:t></w:r>", drawn("i"))}</w:footnote>'
    relation = '<Relationship Id="i" Type="x/image" Target="media/i"/>'
    body = p(f"<w:r><w:t>{OWN}</w:t></w:r>", '<w:r><w:footnoteReference w:id="2"/></w:r>')
    data = raw_word(body, parts={"footnotes": note}, relations=relation, more={"word/media/i": shot()})
    assert read_bytes("甲.docx", data).text == "\n".join((OWN, "注1：见图", *ANNEX))


def test_a_photograph_is_passed_over_and_what_is_not_legible_told(engine: Engine) -> None:
    engine.lines = ("热烈欢迎",)
    assert document(paragraph(OWN) + p(drawn("i")) + paragraph("完"), i=shot()) == Reading(f"{OWN}\n\n完")
    engine.lines, engine.confidence = ANNEX, 0.3
    told = (
        "文中有 {} 张图片未能识别（已损坏、字迹不清或格式不能打开），其中如有文字则未读入，请另存为清晰的 PNG 或 JPEG 图片添加。"
    )
    assert document(paragraph(OWN) + p(drawn("i")), i=shot()) == Reading(f"{OWN}\n", told=told.format(1))
    engine.confidence = 0.9
    metafile, broken = b"\x01\x00\x00\x00" + bytes(200), shot()[:300]
    found = document(paragraph(OWN) + p(drawn("i")) + p(drawn("j")) + p(drawn("k")), i=metafile, j=broken, k=shot())
    assert found.text == "\n".join((OWN, "", "", *ANNEX)) and found.told == told.format(2)


def test_the_picture_of_a_sheet_that_is_read_is_not_read_again(engine: Engine) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "节水指标"
    book.save(sheet := io.BytesIO())
    shape = '<v:shape style="width:400pt;height:300pt"><v:imagedata r:id="i"/></v:shape>'
    body = p(f'<w:r><w:object>{shape}<o:OLEObject xmlns:o="o" r:id="{{}}"/></w:object></w:r>')
    pictures = {"i": shot(), "s": sheet.getvalue()}
    assert document(paragraph(OWN) + body.format("s"), **pictures).text == f"{OWN}\n\n节水指标"
    assert document(paragraph(OWN) + body.format("none"), **pictures).text == "\n".join((OWN, *ANNEX))
