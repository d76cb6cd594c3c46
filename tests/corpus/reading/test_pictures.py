"""Pictures in files that have text of their own: recognised at their place, and told of where they are not."""

import io
import zipfile
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from corpus.errors import FormatError
from corpus.ingest import add_file
from corpus.reading import Reading, read_bytes, read_file, scan
from corpus.reading.members import Here
from corpus.reading.printed import Glyph, PrintedPage
from corpus.store import Library
from tests.corpus.reading.making import converted, needs_office, paragraph, raw_word
from tests.corpus.reading.pdf_making import pdf, written
from tests.corpus.reading.test_images import needs_font, needs_recognition, picture, saved
from tests.corpus.reading.test_ofd import ofd, text
from tests.fuzz import WORD_2003
from tests.limits import that_ends

PIL = pytest.importorskip("PIL.Image")
OWN = "推进全市节水工作，结合本市实际，制定本方案，请遵照执行。"
ANNEX = ("一、工作要求和责任分工", "由市水务局牵头，市财政局配合。")
CENTIMETRE = 360_000
MISSING = "请安装文字识别组件（pip install 'policy-assistant[ocr]'）后重新添加。"


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recognition is not installed."""
    monkeypatch.setattr(scan, "available", lambda: False)


@dataclass
class Engine:
    """What recognition finds in every picture, and the heights and widths of the pictures it was given."""

    lines: tuple[str, ...] = ANNEX
    confidence: float = 0.9
    sizes: list[tuple[int, int]] = field(default_factory=list)

    def recognised(self, shown: Any, number: int) -> PrintedPage:
        """As scan.recognised."""
        self.sizes.append(shown.shape[:2])
        glyphs = [Glyph(line, 100.0, 100 + 40.0 * len(line), 200 + 80.0 * n, 40.0) for n, line in enumerate(self.lines)]
        return PrintedPage(number, 1000.0, tuple(glyphs), (), self.confidence)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Recognition as it were installed."""
    made = Engine()
    monkeypatch.setattr(scan, "available", lambda: True)
    monkeypatch.setattr(scan, "recognised", made.recognised)
    return made


def shot(width: int = 1000, height: int = 700, shade: str = "white") -> bytes:
    return saved("PNG", PIL.new("RGB", (width, height), shade))


def drawn(id: str, width: float = 15, height: float = 10) -> str:
    """A picture of a size in centimetres, as Word has it in a paragraph."""
    extent = f'<wp:extent xmlns:wp="wp" cx="{round(width * CENTIMETRE)}" cy="{round(height * CENTIMETRE)}"/>'
    return f'<w:r><w:drawing><wp:inline xmlns:wp="wp">{extent}<a:blip xmlns:a="a" r:embed="{id}"/></wp:inline></w:drawing></w:r>'


def shaped(id: str, style: str) -> str:
    """The same as Word 97 to 2007 has it."""
    return f'<w:r><w:pict><v:shape style="{style}"><v:imagedata r:id="{id}"/></v:shape></w:pict></w:r>'


def document(body: str, **pictures: bytes) -> Reading:
    relations = "".join(f'<Relationship Id="{id}" Type="x/image" Target="media/{id}"/>' for id in pictures)
    more = {f"word/media/{id}": content for id, content in pictures.items()}
    return read_bytes("甲.docx", raw_word(body, relations=relations, more=more))


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def marks(reading: Reading) -> list[tuple[str, float | None]]:
    """The stretches of a text between its marks, and whether they were recognised."""
    ends = [*(page.start for page in reading.pages[1:]), len(reading.text)]
    return [(reading.text[a.start : end].strip("\n"), a.confidence) for a, end in zip(reading.pages, ends, strict=True)]


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


# -- PDF ---------------------------------------------------------------------------------------------------------------


def placed(left: float, top: float, width: float, height: float) -> str:
    """A grey picture on an A4 page, in points from the top left."""
    return f"q {width} 0 0 {height} {left} {842 - top - height} cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 80> EI Q\n"


ABOVE, BELOW = [(80, 90, OWN)], [(80, 700, "附则：本方案自印发之日起施行，请遵照执行。")]


@pytest.mark.usefixtures("without")
def test_pictures_on_pages_with_text_are_told_of() -> None:
    page = written(ABOVE) + placed(80, 200, 400, 300) + written(BELOW)
    found = read_bytes("甲.pdf", pdf(page, written(BELOW), page))
    assert found.told == f"第 1、3 页有 2 张图片未识别，其中如有文字则未读入，{MISSING}"
    pieces = "".join(placed(80, 200 + 30 * n, 400, 30) for n in range(10))  # as printer drivers cut it
    assert read_bytes("甲.pdf", pdf(written(ABOVE) + pieces)).told.startswith("第 1 页有 1 张图片")
    ground = placed(0, 0, 595, 842) + written((80, 120 + 30 * n, OWN) for n in range(3))
    seal = written(ABOVE) + placed(400, 600, 120, 120) + placed(550, 150, 400, 400)  # and one that is mostly off the page
    assert read_bytes("甲.pdf", pdf(ground, seal)).told == ""


def test_a_picture_on_a_page_is_read_at_its_place(engine: Engine) -> None:
    found = read_bytes("甲.pdf", pdf(written(ABOVE) + placed(80, 200, 400, 300) + written(BELOW)))
    assert marks(found) == [(OWN, None), ("\n".join(ANNEX), 0.9), (BELOW[0][2], None)]
    assert {page.number for page in found.pages} == {1} and found.told == ""
    ((height, width),) = engine.sizes
    assert (height, width) == (pytest.approx(300 * scan.DPI / 72, abs=2), pytest.approx(400 * scan.DPI / 72, abs=2))
    engine.confidence = 0.2
    dim = read_bytes("甲.pdf", pdf(written(ABOVE) + placed(80, 200, 400, 300)))
    assert dim.text == OWN and dim.told.startswith("第 1 页有 1 张图片未能识别（字迹不清或页面侧放）")


@pytest.mark.usefixtures("without")
def test_a_scanned_page_among_pages_of_text_is_told_of() -> None:
    scanned = placed(0, 0, 595, 842)
    found = read_bytes("甲.pdf", pdf(written(ABOVE), scanned, written(BELOW)))
    assert found.text == f"{OWN}\n{BELOW[0][2]}" and found.told == f"第 2 页是图像，未读入，{MISSING}"
    with pytest.raises(FormatError, match="第 2 页是图像"):
        read_bytes("甲.pdf", pdf(written(ABOVE), scanned))


def test_pictures_in_an_ofd_file_are_told_of() -> None:
    image = '<ofd:ImageObject Boundary="20 60 {} 90" ResourceID="7"/>'.format
    found = read_bytes("甲.ofd", ofd(text(25, 30, OWN) + image(150), text(25, 30, OWN) + image(15)))
    assert found.told.startswith("第 1 页有 1 张图片未能识别（OFD 页面中的图片不识别）")


# -- web pages, workbooks, and what is told in the end -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "count"),
    [
        ('<p><img src="/u/2012/0.jpg"></p><p><img src="1.gif" width="600" height="800"></p>', 2),
        ('<img src="/images/icon_doc.png"><img src="a.gif"><img src="b.jpg" height="20"><img src="c.jpg" style="width:16px">', 0),
        ('<img src=""><img><img src="/images/logo.jpg">', 0),
        ('<div class="share"><img src="e.jpg"></div>', 0),
        ('<img src="a.jpg" width=" 600.5 px " height="1 "><img src="b.jpg" style="width: 600px ; height:800px">', 1),
    ],
)
def test_pictures_in_the_document_of_a_page_are_told_of(inside: str, count: int) -> None:
    frame = '<div><img src="head.jpg"></div><div id="zoom"><p>{}</p>{}</div><div><p>首页</p><img src="foot.jpg"></div>'
    data = f"<html><body>{frame.format(OWN, inside)}</body></html>".encode()
    told = f"网页中有 {count} 张图片未能识别（网页中的图片不识别），" if count else ""
    assert (
        read_bytes("甲.html", data.replace(b"<p>", b"<div>").replace(b"</p>", b"</div>")).told == read_bytes("甲.html", data).told
    )
    assert read_bytes("甲.html", data).told.startswith(told) and bool(read_bytes("甲.html", data).told) == bool(count)


def test_a_length_of_any_length_is_read_once() -> None:
    with that_ends():
        sized = f'<img src="a.jpg" width="1{" " * 200_000}x">'
        assert read_bytes("甲.html", f"<html><body><p>{OWN}</p>{sized}</body></html>".encode()).told


def pictured(*, hidden: bool) -> openpyxl.Workbook:
    """A sheet with a large picture and an emblem; one more sheet with a picture, hidden."""
    from openpyxl.drawing.image import Image

    book = openpyxl.Workbook()
    book.active["A1"] = OWN
    book.active.add_image(Image(io.BytesIO(shot())), "B2")
    book.active.add_image(Image(io.BytesIO(shot(200, 200))), "B9")
    if hidden:
        book.create_sheet("隐藏").sheet_state = "hidden"
        book["隐藏"].add_image(Image(io.BytesIO(shot(shade="red"))), "B2")
    return book


def test_a_picture_that_a_sheet_links_to_is_told_of() -> None:
    pictured(hidden=False).save(book := io.BytesIO())
    with zipfile.ZipFile(book) as whole, zipfile.ZipFile(made := io.BytesIO(), "w") as linked:
        for name in whole.namelist():
            linked.writestr(name, whole.read(name).replace(b"r:embed=", b"r:link="))
    assert read_bytes("甲.xlsx", made.getvalue()).told.startswith("工作簿中有 1 张图片未能识别")


def test_pictures_on_sheets_are_told_of(tmp_path: Path) -> None:
    pictured(hidden=True).save(tmp_path / "甲.xlsx")
    assert read_file(tmp_path / "甲.xlsx").told.startswith("工作簿中有 1 张图片未能识别")


@needs_office
def test_pictures_in_an_older_workbook_are_told_of(tmp_path: Path) -> None:
    pictured(hidden=False).save(tmp_path / "甲.xlsx")  # an older one does not say where they are
    found = read_file(converted(tmp_path, "xls:MS Excel 97", [tmp_path / "甲.xlsx"]) / "甲.xls")
    assert found.text == OWN and found.told.startswith("工作簿中有 1 张图片未能识别")


@pytest.mark.usefixtures("without")
def test_the_outcome_of_adding_tells_of_them(tmp_path: Path) -> None:
    relation = '<Relationship Id="i" Type="x/image" Target="media/i"/>'
    place = tmp_path / "甲.docx"
    place.write_bytes(raw_word(paragraph(OWN) + p(drawn("i")), relations=relation, more={"word/media/i": shot()}))
    library = Library(tmp_path / "库")
    for status in ("added", "unchanged"):
        (outcome,) = add_file(library, place, Here())
        assert outcome.status == status and outcome.told.startswith("文中有 1 张图片未识别")


def clauses(tmp_path: Path, *body: str, **pictures: bytes) -> list[tuple[str, str, list[str]]]:
    """Path, text and responsible bodies of each clause of a document that was added."""
    relations = "".join(f'<Relationship Id="{id}" Type="x/image" Target="media/{id}"/>' for id in pictures)
    place = tmp_path / "甲.docx"
    more = {f"word/media/{id}": content for id, content in pictures.items()}
    place.write_bytes(raw_word("".join(body), relations=relations, more=more))
    library = Library(tmp_path / "库")
    (outcome,) = add_file(library, place, Here())
    found = list(library.clauses(str(outcome.document)))
    library.close()
    return [("/".join(c.path), c.text, [r.unit for r in c.responsibilities]) for c in found]


GENERAL = [paragraph(line) for line in ("某市节水方案", "一、总体要求", "坚持节水优先，结合本市实际，制定本方案。")]
REST = [paragraph(line) for line in ("二、保障措施", "加强领导。（市水务局牵头）")]


def test_what_a_picture_says_changes_nothing_in_what_follows(engine: Engine, tmp_path: Path) -> None:
    engine.lines = (
        "附件：",
        "重点任务分工表",
        "一、加强统计监测工作。",
        "由市统计局牵头办理。",
        "五、加强审计监督。由市审计局负责。",
    )
    own = clauses(tmp_path, *GENERAL, *REST)
    assert [path for path, *_ in own] == ["[前言]", "一", "二"]
    at = clauses(tmp_path, *GENERAL, p(drawn("i")), *REST, i=shot())
    assert [path for path, *_ in at] == ["[前言]", "一", "附件", "附件/一", "附件/五", "二"]
    assert [at[0], at[1], at[-1]] == own and [unit for *_, units in at[3:5] for unit in units] == ["市统计局", "市审计局"]


def test_a_text_goes_on_after_a_picture(engine: Engine, tmp_path: Path) -> None:
    engine.lines = ("一、加强统计监测工作。", "由市统计局牵头办理。", "（一）加强审计。由市审计局负责。")
    between = clauses(
        tmp_path, *GENERAL, p(drawn("i")), paragraph("由市水务局负责实施。"), paragraph("（二）节水。"), *REST, i=shot()
    )
    assert [(path, units) for path, _, units in between] == [
        ("[前言]", []), ("一", []), ("一", ["市统计局"]), ("一/一", ["市审计局"]), ("一", ["市水务局"]), ("一/二", []), ("二", ["市水务局"]),
    ]  # fmt: skip
    assert between[4][1] == "由市水务局负责实施。"


def test_a_table_after_a_picture_stands_in_the_part_around_it(engine: Engine, tmp_path: Path) -> None:
    engine.lines = ("附件1", "一、加强统计监测工作。", "由市统计局牵头办理。")
    rows = "".join(
        f"<w:tr><w:tc>{paragraph(a)}</w:tc><w:tc>{paragraph(b)}</w:tc></w:tr>"
        for a, b in [("任务", "责任单位"), ("巡查", "市水务局")]
    )
    found = clauses(tmp_path, *GENERAL, p(drawn("i")), f"<w:tbl>{rows}</w:tbl>", *REST, i=shot())
    assert [(path, units) for path, _, units in found][3:] == [
        ("附件1/一", ["市统计局"]),
        ("一", ["市水务局"]),
        ("二", ["市水务局"]),
    ]


def test_a_picture_without_numbers_parts_nothing(engine: Engine, tmp_path: Path) -> None:
    engine.lines = ("加强统计监测工作，由市统计局牵头办理。",)
    found = clauses(tmp_path, *GENERAL, p(drawn("i")), paragraph("由市水务局负责实施。"), *REST, i=shot())
    assert [path for path, *_ in found] == ["[前言]", "一", "二"]


@needs_recognition
@needs_font
def test_a_scanned_annex_behind_a_text_is_recognised() -> None:
    lines = [
        (140, 40, "一、工作要求和责任分工"),
        (120, 215, "任务"),
        (420, 215, "单位"),
        (120, 295, "节水"),
        (420, 295, "市水务局"),
    ]
    found = document(paragraph(OWN) + p(drawn("i")) + paragraph("完"), i=saved("PNG", picture(*lines, table=True)))
    assert [line for line in found.text.split("\n") if line] == [
        OWN,
        "一、工作要求和责任分工",
        "任务\t单位",
        "节水\t市水务局",
        "完",
    ]
