"""Spreadsheets (.xlsx; ECMA-376 part 1, chapter 18): the sheets a reader sees, cells as they are shown.

Formulas give the value saved with them, none is worked out; hidden sheets are left out, macros never run.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from corpus.errors import FormatError, TooLargeError
from corpus.reading.container import Container, attribute, child, local
from corpus.reading.number_formats import BUILT_IN, GENERAL, general, shown
from corpus.reading.pictures import unread_pictures
from corpus.reading.sheets import Sheet, sheets_text
from corpus.reading.types import Reading
from corpus.reading.xlsx_drawings import Drawings, related

MAX_SHEETS = 500

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # ST_Xstring
_ON = ("1", "true", "on")


def read(_name: str, data: bytes) -> Reading:
    """The text of a workbook. Raises FormatError where it is damaged, TooLargeError past a limit."""
    workbook = _Workbook(Container(data))
    text = sheets_text(workbook.sheets())
    return Reading(text, told=unread_pictures(workbook.drawings.pictures, after="工作表中的图片不识别", where="工作簿中"))


class _Workbook:
    """A workbook being read: its shared texts and number formats."""

    def __init__(self, container: Container) -> None:
        self._container = container
        main = next(iter(related(container, "", "officeDocument").values()), "xl/workbook.xml")
        if main.endswith(".bin"):
            raise FormatError("文件是二进制格式的 Excel 表格（.xlsb），暂不支持。请用 Excel 或 WPS 打开，另存为 .xlsx 后添加。")
        self._root = container.xml(main)
        if self._root is None:
            raise FormatError("文件里没有工作簿，可能没有保存完整。请用 Excel 或 WPS 打开，另存为新的 .xlsx 文件后添加。")
        self._targets = related(container, main, "worksheet")
        self._from_1904 = (attribute(part, "date1904") if (part := child(self._root, "workbookPr")) is not None else "") in _ON
        strings = next(iter(related(container, main, "sharedStrings").values()), "xl/sharedStrings.xml")
        self._strings = [_text(item) for item in container.children(strings)]
        styles = next(iter(related(container, main, "styles").values()), "xl/styles.xml")
        self._formats = _formats(container.xml(styles))

        self.drawings = Drawings(container)

    def sheets(self) -> Iterator[Sheet]:
        """The sheets that are shown, in order."""
        listed = child(self._root, "sheets")
        found = [] if listed is None else [each for each in listed if attribute(each, "state") in (None, "visible")]
        if len(found) > MAX_SHEETS:
            raise TooLargeError(f"工作簿有 {len(found)} 个工作表，超过 {MAX_SHEETS} 个的上限。请拆成几个文件后添加。")
        for each in found:
            target = self._targets.get(attribute(each, "id") or "")
            if target and (content := self._container.read(target)) is not None:
                sheet = self._sheet(attribute(each, "name") or "", target, content)
                sheet.boxes += self.drawings.lines(target)
                yield sheet

    def _sheet(self, name: str, target: str, content: bytes) -> Sheet:
        sheet, number = Sheet(name), -1
        for element in _rows_and_areas(content, target):
            if local(element) == "mergeCell":
                if area := _area(attribute(element, "ref") or ""):
                    sheet.merged.append(area)
                continue
            number = _positive(attribute(element, "r"), number + 2) - 1
            column = -1
            for cell in element:
                place = _area(attribute(cell, "r") or "")
                column = place[2] if place else column + 1
                sheet.put(number, column, self._value(cell))
        return sheet

    def _value(self, cell: Any) -> str:
        kind = attribute(cell, "t") or "n"
        if kind == "inlineStr":
            inline = child(cell, "is")
            return "" if inline is None else _text(inline)
        value = child(cell, "v")
        text = "" if value is None else value.text or ""
        if kind == "s":
            at = _positive(text, 0)
            return self._strings[at] if text.strip().isdigit() and at < len(self._strings) else ""
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(text.strip(), text)
        if kind != "n" or not text.strip():
            return _unescaped(text)
        try:
            return self._shown(float(text), _positive(attribute(cell, "s"), 0))
        except (ValueError, OverflowError):
            return text

    def _shown(self, number: float, style: int) -> str:
        code = self._formats[style] if style < len(self._formats) else GENERAL
        return general(number) if code == GENERAL else shown(number, code, from_1904=self._from_1904)


def _rows_and_areas(content: bytes, member: str) -> Iterator[Any]:
    """The elements `row` and `mergeCell` of a sheet in order, each dropped when the next is asked for."""
    from lxml import etree

    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True, "remove_pis": True}
    try:
        parsed = etree.iterparse(io.BytesIO(content), tag=("{*}row", "{*}mergeCell"), **options)
        for n, (_, element) in enumerate(parsed):
            if not n and element.getroottree().docinfo.doctype:
                raise FormatError(f"文件中的“{member}”含有文档类型声明（DTD），可能用于攻击，未读取。请确认文件来源。")
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FormatError(f"文件中的“{member}”不是有效的 XML，可能已损坏。请用原来的软件打开，另存为新文件后添加。") from error


def _text(item: Any) -> str:
    """The text of a shared or inline string, without the pronunciation written above it."""
    runs = [part for run in item if local(run) == "r" for part in run] + [part for part in item if local(part) == "t"]
    return _unescaped("".join(run.text or "" for run in runs if local(run) == "t"))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: " " if int(found[1], 16) < 32 else chr(int(found[1], 16)), text)


def _formats(root: Any | None) -> list[str]:
    """The number format of each style of a cell."""
    listed = child(root, "numFmts")
    own = {} if listed is None else {attribute(each, "numFmtId"): attribute(each, "formatCode") or GENERAL for each in listed}
    styles = child(root, "cellXfs")
    ids = [] if styles is None else [attribute(each, "numFmtId") or "0" for each in styles]
    return [own.get(id) or BUILT_IN.get(_positive(id, 0), GENERAL) for id in ids]


def _positive(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.strip().isdecimal() and len(text) < 10 else otherwise


def _area(ref: str) -> tuple[int, int, int, int] | None:
    """A1 or A1:C3 → first and last row, first and last column, from 0; None for no reference."""
    found = _AREA.fullmatch(ref.upper())
    if not found:
        return None
    top, start = int(found[2]) - 1, _column(found[1])
    bottom, end = (int(found[4]) - 1, _column(found[3])) if found[3] else (top, start)
    return min(top, bottom), max(top, bottom), min(start, end), max(start, end)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
