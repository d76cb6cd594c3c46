"""Tables as text with a sign between the cells (.csv; RFC 4180): the sign is found, the encoding as for any text."""

import csv
import io
from collections import Counter

from corpus.errors import FormatError, TooLargeError
from corpus.reading.encoding import decode
from corpus.reading.grid import MAX_ROWS
from corpus.reading.sheets import row_lines
from corpus.reading.types import Reading

_SIGNS = ",\t;|"
_LOOKED_AT = 50  # lines


def read(_name: str, data: bytes) -> Reading:
    """The text of a table, a line a row. Raises EncodingError, FormatError where a quotation mark is left open."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    sign = ""
    if text[:4].lower() == "sep=" and text[5:6] == "\n":  # as Excel is told the sign
        sign, text = text[4], text[6:]
    sign = sign or _sign(text)
    rows: list[list[str]] = []
    source = csv.reader(io.StringIO(text, newline=""), delimiter=sign, skipinitialspace=True)
    try:
        for row in source:
            if len(rows) >= MAX_ROWS:
                raise TooLargeError(f"表格超过 {MAX_ROWS} 行的上限。请拆成几个文件后添加。")
            rows.append(row)
    except csv.Error as error:
        raise FormatError(
            f"表格第 {source.line_num} 行起的内容无法分格，可能少了一个引号。请用 Excel 或 WPS 打开核对，另存后添加。"
        ) from error
    return Reading("\n".join(row_lines(rows)))


def _sign(text: str) -> str:
    """The sign that parts the most lines into equally many cells; a comma where none does."""
    lines = [line for line in text.split("\n") if line.strip()][:_LOOKED_AT]

    def regular(sign: str) -> tuple[int, int]:
        counts = Counter(len(row) for row in _rows(lines, sign) if len(row) > 1)
        return max(((times, width) for width, times in counts.items()), default=(0, 0))

    return max(_SIGNS, key=regular) if any(regular(sign)[0] for sign in _SIGNS) else ","


def _rows(lines: list[str], sign: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=sign))
    except csv.Error:
        return []
