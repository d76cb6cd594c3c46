"""OFD files: text in its places becomes the text of the document."""

from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from corpus.errors import FormatError, PolicyError, TooLargeError
from corpus.layout import read_lines
from corpus.reading import ofd as reader
from corpus.reading import read_bytes, read_file, scan
from corpus.tables import find_blocks
from tests.corpus.reading.making import SAMPLES, tree, zipped

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE, WIDE, PER_PAGE = 5.0, 30, 34  # millimetres; characters a line; lines a page


def text(x: float, y: float, words: str, more: str = "", code: str = "") -> str:
    advance = code or 'DeltaX="' + " ".join(str(SIZE * (0.5 if c.isascii() else 1)) for c in words[:-1]) + '"'
    return (
        f'<ofd:TextObject Boundary="{x} {y} 200 10" Font="1" Size="{SIZE}" {more}>'
        f'<ofd:TextCode X="0" Y="4" {advance}>{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    box = f"{min(x0, x1)} {min(y0, y1)} {abs(x1 - x0)} {abs(y1 - y0)}"
    data = f"M 0 0 L {abs(x1 - x0)} {abs(y1 - y0)}"
    return f'<ofd:PathObject Boundary="{box}"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def ofd(*pages: str, more: dict[str, str | bytes] | None = None, common: str = "") -> bytes:
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/P{n}/Content.xml"/>' for n in range(len(pages)))
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    members: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData>{area}{common}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for n, page in enumerate(pages):
        content = f"<ofd:Content><ofd:Layer>{page}</ofd:Layer></ofd:Content>"
        members[f"Doc_0/Pages/P{n}/Content.xml"] = f"<ofd:Page {SPACE}>{content}</ofd:Page>"
    return zipped(members | (more or {}))


def typeset(plain: str) -> bytes:
    """A plain text set in pages: paragraphs indented and broken into lines, tables ruled, page numbers below."""
    lines = read_lines(plain)
    blocks = {block.first: block for block in find_blocks(plain, lines)}
    rows: list[str | list[str]] = []
    at = 0
    while at < len(lines):
        if block := blocks.get(at):
            width = max(map(len, block.rows))
            rows += [[cell.text for cell in row] + [""] * (width - len(row)) for row in block.rows]
            at = block.last
        elif body := plain[lines[at].start : lines[at].end].strip():
            rows += ["\u3000\u3000" + body[: WIDE - 2], *(body[n : n + WIDE] for n in range(WIDE - 2, len(body), WIDE))]
        at += 1
    pages = [rows[n : n + PER_PAGE] for n in range(0, len(rows), PER_PAGE)]
    return ofd(*("".join(_set(rows)) + text(100, 280, f"— {n} —") for n, rows in enumerate(pages, 1)))


def _set(rows: list[str | list[str]]) -> list[str]:
    made, y = [], 30.0
    for row in rows:
        if isinstance(row, str):
            made.append(text(25, y, row))
        else:
            step = 150 / len(row)
            made += [line(25, y - 1, 175, y - 1), line(25, y + 6, 175, y + 6)]
            made += [line(25 + step * n, y - 1, 25 + step * n, y + 6) for n in range(len(row) + 1)]
            small = 'CTM="0.3 0 0 0.3 0 0"'
            made += [text(26 + step * n, y, cell, small) for n, cell in enumerate(row) if cell]
        y += 7
    return made


@pytest.mark.parametrize("plan", sorted(SAMPLES.glob("*.txt")), ids=lambda plan: plan.stem[:6])
def test_the_plans_are_the_same_as_ofd(plan: Path) -> None:
    plain = read_file(plan).text
    reading = read_bytes("甲.ofd", typeset(plain))
    assert tree(reading.text) == tree(plain)
    assert len(reading.pages) > 1 and "— 1 —" not in reading.text


def test_distances_templates_and_hidden_text() -> None:
    page = f'<ofd:Template TemplateID="9"/><ofd:Content><ofd:Layer>{text(20, 60, "一、总体要求", code="DeltaX=" + chr(34) + "g 5 5.0" + chr(34))}'
    page += f"{text(20, 80, '不见', 'Visible=' + chr(34) + 'false' + chr(34))}</ofd:Layer></ofd:Content>"
    template = (
        f"<ofd:Page {SPACE}><ofd:Content><ofd:Layer>{text(20, 50, '云泽市人民政府文件')}</ofd:Layer></ofd:Content></ofd:Page>"
    )
    data = ofd(
        "",
        common='<ofd:TemplatePage ID="9" BaseLoc="Tpls/T/Content.xml"/>',
        more={"Doc_0/Tpls/T/Content.xml": template, "Doc_0/Pages/P0/Content.xml": f"<ofd:Page {SPACE}>{page}</ofd:Page>"},
    )
    assert read_bytes("甲.ofd", data).text == "云泽市人民政府文件\n一、总体要求"


def refused(data: bytes, error: type[PolicyError] = FormatError) -> str:
    with pytest.raises(error) as caught:
        read_bytes("甲.ofd", data)
    assert "甲.ofd" in str(caught.value) and str(caught.value).endswith("。")
    return str(caught.value)


def test_what_cannot_be_read_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Document.xml" in refused(ofd(more={"OFD.xml": ofd_root("Doc_1/Document.xml")}))
    assert "坐标" in refused(ofd(text(20, 60, "一").replace('"20 60 200 10"', '"a b c d"')))
    assert "坐标" in refused(ofd(text(20, 60, "一", code='DeltaX="nan x"')))
    bomb = '<!DOCTYPE a [<!ENTITY b "cc">]>' + ofd_root("Doc_0/Document.xml")
    assert "DTD" in refused(ofd("", more={"OFD.xml": bomb}))
    monkeypatch.setattr(reader, "MAX_PAGES", 1)
    assert "1 页" in refused(ofd("", ""), TooLargeError)


def ofd_root(place: str) -> str:
    return f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>{place}</ofd:DocRoot></ofd:DocBody></ofd:OFD>"


def test_a_page_that_is_a_picture_needs_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)
    media = '<ofd:MultiMedias><ofd:MultiMedia ID="7" Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>'
    data = ofd(
        '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="7"/>',
        common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>",
        more={"Doc_0/Res.xml": f'<ofd:Res {SPACE} BaseLoc="Res">{media}</ofd:Res>', "Doc_0/Res/a.png": b"png"},
    )
    message = refused(data)
    assert "第 1 页" in message and "policy-assistant[ocr]" in message
