"""Spreadsheets: the cells as they are shown, merged cells spread, hidden sheets left out."""

import contextlib
import datetime
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from corpus.errors import EncodingError, FormatError, PolicyError, TooLargeError
from corpus.outline import read_clauses
from corpus.reading import read_bytes, read_file, sheets
from corpus.reading.number_formats import shown
from corpus.responsibility import read_responsibilities
from tests.corpus.reading.making import converted, needs_office, zipped

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
HEADER = ["序号", "任务", "牵头单位", "配合单位", "时限"]
ROWS = [
    [1, "改造老旧\n供水管网", "市水务局", "市财政局", "2026年底"],
    [2.0, "推广节水\t器具", None, "市市场监管局", "2027年底"],
]


def book() -> openpyxl.Workbook:
    """A table of duties with a merged title, a merged body, a group row and a note below."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "责任分工"
    for row in (["云泽市节水行动重点任务责任分工表"], HEADER, ["一、城镇节水"], *ROWS, [], ["注：市水务局负责汇总。"]):
        sheet.append(row)
    for area in ("A1:E1", "A3:E3", "C4:C5", "A7:E7"):
        sheet.merge_cells(area)
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


TEXT = """责任分工
云泽市节水行动重点任务责任分工表
序号\t任务\t牵头单位\t配合单位\t时限
一、城镇节水\t\t\t\t
1\t改造老旧 供水管网\t市水务局\t市财政局\t2026年底
2\t推广节水 器具\t市水务局\t市市场监管局\t2027年底
注：市水务局负责汇总。"""


def test_a_table_of_duties() -> None:
    assert read_bytes("甲.xlsx", saved(book())).text == TEXT


def test_lines_of_labels_around_a_table_are_no_rows_of_it() -> None:
    made = openpyxl.Workbook()
    rows = [
        ["填报单位：市督查室", None, "（单位：万元）"],
        ["任务", "单位", "投资"],
        ["说明：甲", "市水务局", 30],
        ["节水", "乙：丙", 5],
    ]
    for row in [*rows, ["审核人：李四", None, "填表日期：2013年6月"]]:
        made.active.append(row)
    assert read_bytes("甲.xlsx", saved(made)).text.split("\n") == [
        "填报单位：市督查室",
        "（单位：万元）",
        "任务\t单位\t投资",
        "说明：甲\t市水务局\t30",
        "节水\t乙：丙\t5",
        "审核人：李四",
        "填表日期：2013年6月",
    ]


def test_its_duties_are_read() -> None:
    clauses = read_clauses(TEXT, "d")
    duties = [[(d.unit, d.role, d.deadline) for d in each] for each in read_responsibilities(TEXT, clauses)]
    assert ("市水务局", "lead", "2026年底") in duties[0] and ("市市场监管局", "support", "2027年底") in duties[0]
    assert clauses[0].tables[0].rows[0].group == "一、城镇节水"


@needs_office
@pytest.mark.parametrize("target", ["xls:MS Excel 97", "xlsx", "csv:Text - txt - csv (StarCalc):44,34,76", "html"])
def test_it_is_the_same_as_libreoffice_saves_it(tmp_path: Path, target: str) -> None:
    (tmp_path / "甲.xlsx").write_bytes(saved(book()))
    made = converted(tmp_path, target, [tmp_path / "甲.xlsx"]) / f"甲.{target.partition(':')[0]}"
    lines = read_file(made).text.split("\n")
    kept = TEXT.split("\n")
    if made.suffix == ".csv":  # has no names of sheets and no merged cells
        kept = [line.replace("器具\t市水务局", "器具\t") for line in kept[1:]]
    lines, kept = ([line.rstrip("\t") for line in each if line.strip() and line != "责任分工"] for each in (lines, kept))
    assert lines == kept


def test_text_boxes_follow_the_rows() -> None:
    made = openpyxl.Workbook()
    made.active["A1"] = "联系人"
    made.active.add_image(openpyxl.drawing.image.Image(io.BytesIO(PIXEL)), "B2")
    with zipfile.ZipFile(io.BytesIO(saved(made))) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    box = "<xdr:sp><xdr:txBody><a:p><a:r><a:t>说明：</a:t></a:r><a:r><a:t>按季填报</a:t></a:r></a:p><a:p/></xdr:txBody></xdr:sp>"
    spaces = (
        'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    members["xl/drawings/drawing1.xml"] = f"<xdr:wsDr {spaces}>{box}</xdr:wsDr>"
    assert read_bytes("甲.xlsx", zipped(members)).text == "联系人\n说明：按季填报"


def test_sheets_are_kept_apart_and_hidden_ones_left_out() -> None:
    made = book()
    for name, state in (("备用", "hidden"), ("内部", "veryHidden"), ("Sheet4", "visible"), ("任务清单", "visible")):
        sheet = made.create_sheet(name)
        for row in ([f"{name}序号", "任务"], [1, "甲"], [2, True]):
            sheet.append(row)
        sheet.sheet_state = state
    text = read_bytes("甲.xlsx", saved(made)).text
    assert "备用" not in text and "内部" not in text and "\nSheet4\n" not in text
    assert "\n\n任务清单\n任务清单序号\t任务\n1\t甲\n2\tTRUE" in text
    headers = [table.header for clause in read_clauses(text, "d") for table in clause.tables]
    assert headers == [tuple(HEADER), ("Sheet4序号", "任务"), ("任务清单序号", "任务")]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1.0, "General", "1"),
        (0.1 + 0.2, "General", "0.3"),
        (1e20, "0.00", "100000000000000000000.00"),
        (0.285, "0%", "29%"),
        (0.1256, "0.0%", "12.6%"),
        (0.25, "0.##", "0.25"),
        (0.5, ".##", ".5"),
        (7, "000", "007"),
        (1234567.891, "#,##0.00_);(#,##0.00)", "1,234,567.89"),
        (-3, "#,##0;(#,##0)", "(3)"),
        (-3, "0.0", "-3.0"),
        (-0.001, "0.0", "0.0"),
        (0, "0;-0;;@", ""),
        (12, '0"万吨"', "12万吨"),
        (5, "[$¥-804]#,##0.00", "¥5.00"),
        (12345678, '0.0,,"百万"', "12.3百万"),
        (12345.678, "0.00E+00", "1.23E+04"),
        (5, 'General"个"', "5个"),
        (45000, "yyyy/m/d", "2023/3/15"),
        (45000.5, "yyyy-mm-dd hh:mm:ss", "2023-03-15 12:00:00"),
        (45000.75, '上午/下午h"时"mm"分"', "下午6时00分"),
        (45000, 'yyyy"年"m"月"d"日"', "2023年3月15日"),
        (45000, '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "二〇二三年三月十五日"),
        (45000, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2023年3月15日"),
        (45000, "aaaa", "星期三"),
        (1.5, "[h]:mm", "36:00"),
        (1, "yyyy-m-d", "1900-1-1"),
        (-1, "yyyy-m-d", "-1"),
        (9e9, "yyyy-m-d", "9000000000"),
    ],
)
def test_numbers_and_dates_as_they_are_shown(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_a_cell_is_shown_by_its_style() -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["占比", "日期", "编号"])
    sheet.append([0.145, datetime.date(2025, 12, 1), "007"])
    sheet["A2"].number_format, sheet["B2"].number_format = "0.0%", 'yyyy"年"m"月"'
    assert read_bytes("甲.xlsx", saved(made)).text == "占比\t日期\t编号\n14.5%\t2025年12月\t007"
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert "2025年12月" in read_bytes("甲.xlsx", saved(made)).text


@pytest.mark.leaves_out  # what lies under a merged cell is not shown
def test_areas_that_cover_everything_cost_nothing() -> None:
    made = saved(book())
    grown = _altered(made, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'"C4:C5"', b'"C4:XFD1048576"'))
    assert "1\t改造老旧 供水管网\t市水务局\t市水务局\t市水务局" in read_bytes("甲.xlsx", grown).text


def _altered(data: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({name: change(content) if name == member else content for name, content in parts.items()})


def refused(data: bytes, error: type[PolicyError] = FormatError, name: str = "甲.xlsx") -> str:
    with pytest.raises(error) as caught:
        read_bytes(name, data)
    assert name in str(caught.value) and str(caught.value).endswith("。")
    return str(caught.value)


def test_hostile_and_damaged_workbooks_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    made = saved(book())
    sheet, entity = "xl/worksheets/sheet1.xml", b'<!DOCTYPE a [<!ENTITY b "cc">]>'
    for member in (sheet, "xl/workbook.xml"):
        assert "DTD" in refused(_altered(made, member, lambda xml: entity + re.sub(rb"^<\?.*?\?>", b"", xml)))
    assert "XML" in refused(_altered(made, sheet, lambda xml: xml[:-40]))
    assert "完整" in refused(made[: len(made) // 2])
    assert "压缩炸弹" in refused(_altered(made, sheet, lambda xml: xml + b" " * 20 * 2**20), TooLargeError)
    assert "列" in refused(_altered(made, sheet, lambda xml: xml.replace(b'"E2"', b'"XFD2"')), TooLargeError)
    monkeypatch.setattr(sheets, "MAX_CELLS", 36)
    assert read_bytes("甲.xlsx", made).text == TEXT
    overlaid = b'<mergeCell ref="A1:E7"/>' * 2 + b"</mergeCells>"
    assert "万格" in refused(_altered(made, sheet, lambda xml: xml.replace(b"</mergeCells>", overlaid)), TooLargeError)
    monkeypatch.setattr(sheets, "MAX_CELLS", 20)
    assert "万格" in refused(made, TooLargeError)


@needs_office
def test_old_spreadsheets(tmp_path: Path) -> None:
    made = book()
    sheet = made.active
    sheet["E4"], sheet["E5"] = datetime.date(2026, 12, 1), 0.145
    sheet["E4"].number_format, sheet["E5"].number_format = 'yyyy"年"m"月"', "0.0%"
    made.create_sheet("备用").sheet_state = "hidden"
    made["备用"]["A1"] = "不见"
    (tmp_path / "甲.xlsx").write_bytes(saved(made))
    data = (converted(tmp_path, "xls:MS Excel 97", [tmp_path / "甲.xlsx"]) / "甲.xls").read_bytes()
    text = read_bytes("甲.doc", data).text
    assert text == TEXT.replace("2026年底", "2026年12月").replace("2027年底", "14.5%")
    assert "损坏" in refused(data[: len(data) // 2], name="甲.xls")
    for at in range(0, len(data), 97):  # a damaged file is read or refused
        spoiled = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        with contextlib.suppress(PolicyError):
            read_bytes("甲.xls", spoiled)


CSV = '云泽市节水指标,,\n指标,目标值,"完成\n时限"\n用水总量,"1,200万立方米",2025年\n'


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "|", "\t"])
def test_separated_values(encoding: str, sign: str) -> None:
    text = CSV.replace("1,200", "1200").replace(",", sign).replace("1200", "1,200")
    reading = read_bytes("甲.csv", text.encode(encoding))
    assert reading.text == "云泽市节水指标\n指标\t目标值\t完成 时限\n用水总量\t1,200万立方米\t2025年"


def test_separated_values_that_cannot_be_read() -> None:
    assert "第 1 行" in refused(('"' + "节" * 200_000).encode(), FormatError, "甲.csv")
    refused(b"\xff\xfe\xff" + "é".encode("latin-1") * 50, EncodingError, "甲.csv")
