"""What stands under the name of a spreadsheet and is none of Excel's own formats; Excel files that are not as usual."""

import struct
from pathlib import Path

import openpyxl
import pytest

from corpus.errors import FormatError
from corpus.reading import office, read_bytes
from tests.corpus.reading.making import converted, needs_office, zipped
from tests.corpus.reading.test_sheets import TEXT, book, saved

TABLE = "任务\t单位\n改造管网\t市水务局"
XML_2003 = """<?xml version="1.0" encoding="UTF-8"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="分工"><Table><Row><Cell><Data ss:Type="String">任务</Data></Cell><Cell><Data ss:Type="String">单位</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">改造管网</Data></Cell><Cell><Data ss:Type="String">市水务局</Data></Cell></Row></Table></Worksheet></Workbook>"""


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def excel_2(rows: list[str]) -> bytes:
    """A sheet of Excel 2.1, as some programs of the time write it ([MS-XLS] is for later ones; OpenOffice's documentation, 5)."""
    cells = b"".join(
        record(4, struct.pack("<HH", r, c) + b"\0\0\0" + bytes([len(text.encode("gbk"))]) + text.encode("gbk"))
        for r, row in enumerate(rows)
        for c, text in enumerate(row.split("\t"))
    )
    return record(9, struct.pack("<HH", 2, 0x10)) + record(0x42, struct.pack("<H", 936)) + cells + record(0x0A, b"")


@pytest.mark.parametrize(
    "data",
    [
        TABLE.replace("\n", "\r\n").encode("gbk"),
        TABLE.encode("utf-16"),
        TABLE.replace("\t", ",").encode("gbk"),
        f"<html><body><table><tr><td>{TABLE.replace(chr(9), '<td>').replace(chr(10), '<tr><td>')}</table></body></html>".encode(
            "gbk"
        ),
        excel_2(TABLE.split("\n")),
        XML_2003.encode(),
    ],
    ids=["tabs", "unicode", "commas", "web page", "Excel 2", "Excel 2003 XML"],
)
def test_it_is_read_for_what_it_is(data: bytes) -> None:
    assert read_bytes("甲.xls", data).text.removeprefix("分工\n") == TABLE


@needs_office
def test_opendocument_sheets(tmp_path: Path) -> None:
    (tmp_path / "甲.xlsx").write_bytes(saved(book()))
    made = (converted(tmp_path, "ods", [tmp_path / "甲.xlsx"]) / "甲.ods").read_bytes()
    assert read_bytes("甲.ods", made).text == TEXT.replace("节水 器具", "节水器具")  # LibreOffice drops a tab in a cell


def test_without_libreoffice_the_reason_is_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_soffice", lambda: None)
    sheet = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"})
    with pytest.raises(FormatError, match=r"OpenDocument 表格.*libreoffice-calc.*xlsx"):
        read_bytes("甲.ods", sheet)
    with pytest.raises(FormatError, match=r"“甲\.xls”：表格不完整或已损坏"):
        read_bytes("甲.xls", excel_2(TABLE.split("\n"))[:40] + b"\xff" * 9)


def test_hidden_rows_are_read_and_tables_may_begin_anywhere() -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet["B2"], sheet["B3"], sheet["E3"] = "附件1", "云泽市责任分工表", None
    for n, row in enumerate([("序号", "任务", "牵头单位"), (1, "甲", "市局"), (2, "乙", "市委")], 5):
        for m, value in enumerate(row, 3):
            sheet.cell(n, m, value)
    sheet.row_dimensions[7].hidden = sheet.column_dimensions["D"].hidden = True
    assert (
        read_bytes("甲.xlsx", saved(made)).text
        == "附件1\n云泽市责任分工表\n\t\t序号\t任务\t牵头单位\n\t\t1\t甲\t市局\n\t\t2\t乙\t市委"
    )


def test_an_empty_workbook_and_a_wide_one() -> None:
    with pytest.raises(Exception, match=r"“甲\.xlsx”里没有文字"):
        read_bytes("甲.xlsx", saved(openpyxl.Workbook()))
    made = openpyxl.Workbook()
    made.active.cell(1, 501, "远")
    with pytest.raises(Exception, match="500 列"):
        read_bytes("甲.xlsx", saved(made))


def test_formulas_give_what_was_saved_with_them() -> None:
    cells = '<row r="1"><c r="A1" t="str"><f>B1&amp;"局"</f><v>市水务局</v></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1"><f>WEBSERVICE("http://a")</f></c></row>'
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    made = zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook {space} xmlns:r="{related}"><sheets><sheet name="Sheet1" r:id="s"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="s" Type="{related}/worksheet" Target="a.xml"/></Relationships>',
            "xl/a.xml": f"<worksheet {space}><sheetData>{cells}</sheetData></worksheet>",
        }
    )
    assert read_bytes("甲.xlsx", made).text == "市水务局\t2"


def test_excel_2003_xml_as_it_is_shown() -> None:
    def cell(text: str, more: str = "", kind: str = "String") -> str:
        return f'<Cell {more}><Data ss:Type="{kind}">{text}</Data></Cell>'

    WIDE, DEEP, SHARE, DAY, ASKING, FOURTH = (  # noqa: N806
        f'ss:{each}"'
        for each in ('MergeAcross="3', 'MergeDown="1', 'StyleID="p', 'StyleID="d', 'Formula="=WEBSERVICE(1)', 'Index="4')
    )
    rows = (
        f"<Row>{cell('责任分工表', WIDE)}</Row>"
        f'<Row ss:Index="4">{cell("任务")}{cell("占比")}{cell("时限")}{cell("费用")}</Row>'
        f"<Row>{cell('改造', DEEP)}{cell('0.145', SHARE, 'Number')}"
        f"{cell('2012-03-05T00:00:00.000', DAY, 'DateTime')}{cell('3.0', ASKING, 'Number')}</Row>"
        f"<Row>{cell('0', FOURTH, 'Boolean')}</Row>"
    )
    styles = "".join(
        f'<Style ss:ID="{id}"><NumberFormat ss:Format="{code}"/></Style>' for id, code in (("p", "0.0%"), ("d", "Long Date"))
    )
    hidden = '<Worksheet ss:Name="暗"><Table><Row><Cell><Data>暗</Data></Cell></Row></Table><WorksheetOptions>'
    hidden += "<Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>"
    head = XML_2003[: XML_2003.index("<Worksheet")]
    made = f'{head}<Styles>{styles}</Styles><Worksheet ss:Name="Sheet1"><Table>{rows}</Table></Worksheet>{hidden}</Workbook>'
    assert read_bytes("甲.xls", made.encode()).text == (
        "责任分工表\n任务\t占比\t时限\t费用\n改造\t14.5%\t2012年3月5日\t3\n改造\t\t\tFALSE"
    )
