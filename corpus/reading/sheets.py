"""What every spreadsheet format has in common: sheets of sparse cells → lines of stored text.

A sheet is its name, unless the program gave it, and its rows. Rows of one text before the table and after it are
paragraphs: the title, `单位：万吨`, `附件1`, notes; so are the texts of rows of labels (`填报单位：…  单位：万元`).
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.errors import TooLargeError
from corpus.reading.grid import MAX_COLUMNS, MAX_ROWS, GridCell, Placed, lay, table_lines

MAX_CELLS = 2_000_000  # of a sheet, with every place that merged cells cover

_GIVEN_NAME = re.compile(r"(?:sheet|工作表|表)\s*\d*(?:\s*\(\d+\))?", re.I)
_LABELLED = re.compile(r"\s*[（(]?[\u4e00-\u9fff\s]{2,12}[:：]")  # 填报单位：…, 单位：万元, 审核人：…
_APART = "\n" * 4  # `corpus.tables` reads on over one or two empty lines


@dataclass(slots=True)
class Sheet:
    """A sheet: its texts by row and column, from 0; its merged areas as first and last row, first and last column.

    boxes: the lines of its text boxes, which follow the rows.
    """

    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)

    def put(self, row: int, column: int, text: str) -> None:
        """Write a cell; one without text is none. Raises TooLargeError past the limits of a sheet."""
        if not text.strip():
            return
        if column >= MAX_COLUMNS:
            raise TooLargeError(_too_large(self.name, f"{MAX_COLUMNS} 列"))
        if len(self.rows) >= MAX_ROWS and row not in self.rows:
            raise TooLargeError(_too_large(self.name, f"{MAX_ROWS} 行"))
        self.rows.setdefault(row, {})[column] = text


def sheets_text(sheets: Iterable[Sheet]) -> str:
    """The stored text of a workbook. Raises TooLargeError past the limits of a sheet."""
    return _APART.join("\n".join(lines) for sheet in sheets if (lines := _lines(sheet)))


def row_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a sheet's rows: a table; rows before and after it of one text, or of labels alone, as paragraphs."""
    filled = [[cell for cell in row if cell.strip()] for row in rows]
    wide = [n for n, row in enumerate(filled) if len(row) > 1 and not all(map(_LABELLED.match, row))]
    first, last = (wide[0], wide[-1] + 1) if wide else (0, 0)
    return [*_paragraphs(filled[:first]), *table_lines(rows[first:last]), *_paragraphs(filled[last:])]


def _paragraphs(rows: Iterable[Sequence[str]]) -> list[str]:
    return [" ".join(cell.split()) for row in rows for cell in dict.fromkeys(row)]


def _lines(sheet: Sheet) -> list[str]:
    order = sorted(sheet.rows)
    width = max((max(sheet.rows[row]) + 1 for row in order), default=0)
    if len(order) * width > MAX_CELLS:
        raise TooLargeError(_too_large(sheet.name, f"{MAX_CELLS // 10_000} 万格"))
    placed = {row: {column: GridCell(text) for column, text in sheet.rows[row].items()} for row in order}
    _merge(sheet, placed, width)
    lines = [*row_lines(lay([_once(placed[row]) for row in order])), *sheet.boxes]
    name = " ".join(sheet.name.split())
    return [name, *lines] if lines and name and not _GIVEN_NAME.fullmatch(name) and name != lines[0] else lines


def _merge(sheet: Sheet, placed: dict[int, Placed], width: int) -> None:
    """Put the first cell of a merged area into all of its places that rows and columns with text have."""
    left = MAX_CELLS
    order = sorted(placed)
    for top, bottom, start, end in sheet.merged:
        cell = placed.get(top, {}).get(start)
        if cell is None:
            continue
        columns = range(start, min(end + 1, width))
        for row in order[bisect_left(order, top) : bisect_left(order, bottom + 1)]:
            left -= len(columns)
            if left < 0:
                raise TooLargeError(_too_large(sheet.name, f"{MAX_CELLS // 10_000} 万格"))
            placed[row].update(dict.fromkeys(columns, cell))


def _once(row: Placed) -> Placed:
    """A row that is one merged cell alone is a title, or the heading of the rows below it, and is written once."""
    first, cell = next(iter(sorted(row.items())))
    return {first: cell} if all(each is cell for each in row.values()) else row


def _too_large(name: str, limit: str) -> str:
    return f"工作表“{name}”超过 {limit}的上限。请删去多余的行列，或拆成几个文件后添加。"
