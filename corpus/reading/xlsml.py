"""Excel 2003 XML (SpreadsheetML), mostly under the name .xls: the values saved in it, formulas are not worked out."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from corpus.reading.container import attribute, child, local, parse_xml
from corpus.reading.number_formats import BUILT_IN, GENERAL, general, shown
from corpus.reading.sheets import Sheet, sheets_text
from corpus.reading.types import Reading

_NAMED = {  # formats that are called by a name
    **{"Percent": "0.00%", "Fixed": "0.00", "Standard": "#,##0.00", "Currency": "¥#,##0.00", "Scientific": "0.00E+00"},
    **{"Short Date": BUILT_IN[14], "Medium Date": BUILT_IN[14], "Long Date": BUILT_IN[31], "General Date": BUILT_IN[22]},
    **{"Short Time": BUILT_IN[20], "Medium Time": BUILT_IN[18], "Long Time": BUILT_IN[21]},
}
_DAY_ZERO = datetime(1899, 12, 30)


def read(_name: str, data: bytes) -> Reading:
    """The text of a workbook. Raises FormatError where it is damaged, TooLargeError past a limit."""
    root = parse_xml(data, "Excel 2003 XML")
    styles = child(root, "Styles")
    formats = {attribute(style, "ID"): child(style, "NumberFormat") for style in ([] if styles is None else styles)}
    codes = {id: attribute(found, "Format") or GENERAL for id, found in formats.items() if found is not None}
    return Reading(sheets_text(_sheets(root, {id: _NAMED.get(code, code) for id, code in codes.items()})))


def _sheets(root: Any, codes: dict[str | None, str]) -> Iterator[Sheet]:
    for each in (part for part in root if local(part) == "Worksheet"):
        visible = child(each, "WorksheetOptions", "Visible")
        if visible is None or not (visible.text or "").strip().startswith("SheetHidden"):
            sheet = Sheet(attribute(each, "Name") or "")
            _fill(sheet, child(each, "Table"), codes)
            yield sheet


def _fill(sheet: Sheet, table: Any | None, codes: dict[str | None, str]) -> None:
    row = -1
    for line in [] if table is None else table:
        if local(line) != "Row":
            continue
        row, column = _at(line, row + 1), -1
        for cell in (each for each in line if local(each) == "Cell"):
            column = _at(cell, column + 1)
            value = child(cell, "Data")
            if value is not None:
                sheet.put(row, column, _text(value, codes.get(attribute(cell, "StyleID"), GENERAL)))
            across, down = (_number(attribute(cell, name)) for name in ("MergeAcross", "MergeDown"))
            if across or down:
                sheet.merged.append((row, row + down, column, column + across))
            column += across


def _text(value: Any, code: str) -> str:
    text, kind = "".join(value.itertext()), attribute(value, "Type")
    try:
        if kind == "DateTime":
            number = (datetime.fromisoformat(text.strip()) - _DAY_ZERO).total_seconds() / 86_400
            return shown(number, BUILT_IN[14] if code == GENERAL else code)
        if kind == "Number":
            return general(float(text)) if code == GENERAL else shown(float(text), code)
    except (ValueError, TypeError, OverflowError):
        return text
    return {"1": "TRUE", "0": "FALSE"}.get(text.strip(), text) if kind == "Boolean" else text


def _at(element: Any, next_one: int) -> int:
    """The place of a row or a cell, from 0: the one after the last, or as written."""
    return _number(attribute(element, "Index")) - 1 if attribute(element, "Index") else next_one


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else 0
