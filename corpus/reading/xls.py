"""Spreadsheets of Excel 2 to 2003 and WPS (.xls, .et; [MS-XLS]): as .xlsx, read by xlrd, which runs nothing.

What xlrd does not understand in a file that is whole, LibreOffice may.
"""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from corpus.errors import FormatError, PolicyError
from corpus.reading import office, xlsx
from corpus.reading.number_formats import BUILT_IN, GENERAL, general, shown
from corpus.reading.pictures import is_large, unread_pictures
from corpus.reading.sheets import Sheet, sheets_text
from corpus.reading.types import Reading

_DAMAGED = "表格不完整或已损坏，无法打开。请用 Excel 或 WPS 打开，另存为 .xlsx 后添加。"
_PICTURE = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff[\xdb\xe0\xe1\xee]")
_HEAD = 65_536  # bytes of a picture, which say its size
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def read(_name: str, data: bytes) -> Reading:
    """The text of a workbook. Raises FormatError where it is damaged or locked, TooLargeError past a limit."""
    import xlrd

    try:
        stream = _stream(data)
    except Exception as error:  # LibreOffice reads what is left of a damaged one and says nothing
        raise FormatError(_DAMAGED) from error
    try:
        book = xlrd.open_workbook(file_contents=stream, formatting_info=True, on_demand=True, logfile=io.StringIO())
        text = sheets_text(_sheets(book))
        return Reading(text, told=unread_pictures(_pictures(stream), after="工作表中的图片不识别", where="工作簿中"))
    except (PolicyError, MemoryError):
        raise
    except Exception as error:  # the library raises whatever it meets in a damaged file
        with suppress(FormatError):  # what was found first is told
            return xlsx.read("", office.converted("xls", data, "xlsx"))
        if "encrypted" in str(error).lower():
            raise FormatError("表格设有打开密码，无法读取。请用 Excel 或 WPS 打开，取消密码后重新添加。") from error
        raise FormatError(_DAMAGED) from error


def _stream(data: bytes) -> bytes:
    """The workbook in a compound file, whole; the data itself where it is none, as before Excel 5.

    xlrd's own reader of compound files goes round in circles with some that are damaged. Raises OSError and others.
    """
    import olefile

    if not data.startswith(olefile.MAGIC):
        return data
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        name = next(name for name in ("Workbook", "Book") if file.exists(name))
        stream: bytes = file.openstream(name).read()
        if len(stream) != file.get_size(name):
            raise OSError("cut short")
        return stream


def _pictures(stream: bytes) -> int:
    """How many different pictures in a workbook may hold text, by their own size; where each is shown is not asked."""
    starts = [found.start() for found in _PICTURE.finditer(stream)]
    return len({head for at in starts if is_large(head := stream[at : at + _HEAD], None)})


def _sheets(book: Any) -> Iterator[Sheet]:
    for number in range(book.nsheets):
        source = book.sheet_by_index(number)
        if source.visibility:
            continue
        sheet = Sheet(source.name)
        for row in range(source.nrows):
            for column in range(source.row_len(row)):
                sheet.put(row, column, _shown(book, source, row, column))
        sheet.merged += [(top, below - 1, left, right - 1) for top, below, left, right in source.merged_cells]
        yield sheet
        book.unload_sheet(number)


def _shown(book: Any, sheet: Any, row: int, column: int) -> str:
    import xlrd

    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if kind == xlrd.XL_CELL_ERROR:
        return _ERRORS.get(value, "")
    if kind not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return str(value)
    key = book.xf_list[sheet.cell_xf_index(row, column)].format_key
    code = book.format_map[key].format_str if key >= _OWN else BUILT_IN.get(key, GENERAL)
    return general(value) if code == GENERAL else shown(value, code, from_1904=bool(book.datemode))


_OWN = 164  # the first number format that a file defines for itself ([MS-XLS] 2.4.126)
