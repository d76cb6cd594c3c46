"""The same of PDF and OFD files, web pages and workbooks; what is told of them when a file is added."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from corpus.errors import FormatError
from corpus.ingest import add_file
from corpus.reading import read_bytes, read_file, scan
from corpus.reading.members import Here
from corpus.store import Library
from tests.corpus.reading.making import converted, needs_office, paragraph, raw_word
from tests.corpus.reading.pdf_making import pdf, written
from tests.corpus.reading.pictured import MISSING, OWN, drawn, marks, p, shot
from tests.corpus.reading.recognising import ANNEX, Engine
from tests.corpus.reading.test_ofd import ofd, text
from tests.limits import that_ends

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
