"""Tables that arrive as text: a cell a line, tab-separated lines, or Markdown pipes → header, rows and cells with offsets."""

import re
from dataclasses import dataclass

from corpus.layout import Line
from corpus.types import Cell, Row, Table

UNIT_LINE = re.compile(r"[（(]?\s*(?:计量)?单位\s*[:：]\s*([^）)\n]{1,20})[）)]?\s*$")
_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_NUMERIC = re.compile(r"[\d.,，%％\[\]［］＜<>≥≤—\-－+ ]+$")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines that is a table: first and last line number (inclusive) and its raw rows of cells."""

    first: int
    last: int
    rows: tuple[tuple[Cell, ...], ...]


def _cell(text: str, start: int, end: int) -> Cell:
    raw = text[start:end]
    left = len(raw) - len(raw.lstrip())
    start, end = (start + left, start + len(raw.rstrip())) if raw.strip() else (start, start)
    return Cell(text[start:end], start, end)


def _split(text: str, line: Line, mark: str) -> list[Cell]:
    """The cells of a line divided by tabs or unescaped pipes."""
    cells, at = [], line.start
    for m in re.finditer(r"(?<!\\)\|" if mark == "|" else r"\t", text[line.start : line.end]):
        cells.append(_cell(text, at, line.start + m.start()))
        at = line.start + m.end()
    return [*cells, _cell(text, at, line.end)]


def _join(text: str, a: Cell, b: Cell) -> Cell:
    """One cell broken over lines."""
    if not a.text:
        return b
    return Cell(text[a.start : b.end], a.start, b.end) if b.text else a


def _raw(text: str, line: Line) -> str:
    return text[line.start : line.end]


def _pipes(text: str, lines: list[Line], i: int) -> Block | None:
    rows, j = [], i
    while j < len(lines) and (body := _raw(text, lines[j]).strip()).startswith("|") and body.count("|") >= 2:
        if not _RULE.match(body):
            cells = _split(text, lines[j], "|")[1:]
            rows.append(tuple(cells[:-1] if not cells[-1].text else cells))
        j += 1
    return Block(i, j - 1, tuple(rows)) if len(rows) >= 2 else None


def _cell_lines(text: str, lines: list[Line], i: int) -> Block | None:
    """Rows parted by empty lines, each cell on a line that begins with a tab; other lines continue the cell above."""
    rows: list[list[Cell]] = []
    fresh, last, j = True, i, i
    while j < len(lines):
        raw = _raw(text, lines[j])
        if raw.startswith("\t"):
            cell = _cell(text, lines[j].start + 1, lines[j].end)
            rows.append([cell]) if fresh else rows[-1].append(cell)
            fresh, last = False, j
        elif not raw.strip():
            fresh = True
        elif fresh:
            break
        else:
            rows[-1][-1] = _join(text, rows[-1][-1], _cell(text, lines[j].start, lines[j].end))
            last = j
        j += 1
    wide = [len(r) for r in rows if len(r) > 1]
    regular = bool(wide) and max(wide.count(n) for n in set(wide)) >= 0.6 * len(wide)
    return Block(i, last, tuple(map(tuple, rows))) if len(wide) >= 2 and regular else None


def _tabbed(text: str, lines: list[Line], i: int) -> Block | None:
    """A row a line, cells parted by tabs; a row with too few cells goes on in the next line."""
    rows: list[list[Cell]] = []
    j, last = i, i
    while j < len(lines):
        raw = _raw(text, lines[j])
        if "\t" not in raw.strip("\n"):
            follows = any("\t" in _raw(text, x) for x in lines[j + 1 : j + 3])
            if raw.strip() and not (follows and len(raw.strip()) <= 40):
                break
            if not raw.strip() and not follows:
                break
        if raw.strip():
            cells, width = _split(text, lines[j], "\t"), len(rows[0]) if rows else 0
            if rows and 1 < len(rows[-1]) < width and len(rows[-1]) + len(cells) - 1 <= width:
                rows[-1] = [*rows[-1][:-1], _join(text, rows[-1][-1], cells[0]), *cells[1:]]
            else:
                rows.append(cells)
            last = j
        j += 1
    return Block(i, last, tuple(map(tuple, rows))) if sum(len(r) > 1 for r in rows) >= 2 else None


def find_blocks(text: str, lines: list[Line]) -> list[Block]:
    """Every table of the text, in order."""
    blocks, i = [], 0
    while i < len(lines):
        raw, block = _raw(text, lines[i]), None
        if raw.lstrip().startswith("|"):
            block = _pipes(text, lines, i)
        elif raw.startswith("\t") and "\t" not in raw[1:].rstrip():
            block = _cell_lines(text, lines, i)
        elif "\t" in raw.strip():
            block = _tabbed(text, lines, i)
        if block:
            blocks.append(block)
        i = block.last + 1 if block else i + 1
    return blocks


def _name(cell: Cell) -> str:
    return re.sub(r"\s+", "", cell.text)


def _spread(upper: list[str], lower: list[str]) -> list[str]:
    """Lay a header row with merged cells over the row below it: empty cells below close a column, the rest share."""
    if len(upper) >= len(lower):
        return [x or (upper[i - 1] if i and lower[i] else "") for i, x in enumerate(upper[: len(lower)])] + upper[len(lower) :]
    left = next((i for i, x in enumerate(lower) if x), len(lower))
    right = next((i for i, x in enumerate(reversed(lower)) if x), 0)
    left, right = min(left, len(upper)), min(right, max(0, len(upper) - left))
    middle, room = upper[left : len(upper) - right], len(lower) - left - right
    middle = middle + [middle[-1] if middle else ""] * (room - len(middle))
    return upper[:left] + middle + (upper[-right:] if right else [])


def _header(rows: tuple[tuple[Cell, ...], ...]) -> tuple[list[str], int]:
    """Column names and the number of header rows (at most two)."""
    upper = [_name(c) for c in rows[0]]
    if len(rows) > 2 and len(rows[1]) > 1:
        lower = [_name(c) for c in rows[1]]
        if len(lower) == len(upper) and lower[0] == upper[0]:  # merged downwards, written in both rows
            lower = ["" if x == y else y for x, y in zip(upper, lower, strict=True)]
        if not lower[0] and any(lower) and not any(_NUMERIC.match(x) for x in lower if x):
            upper = _spread(upper, lower)
            return ["/".join(filter(None, pair)) for pair in zip(upper, lower, strict=False)], 2
    return upper, 1


def read_table(text: str, lines: list[Line], block: Block) -> Table:
    """The block as a table; the unit comes from a line `单位：…` among the two lines above it."""
    header, skip = _header(block.rows)
    rows, group = [], ""
    for cells in block.rows[skip:]:
        filled = [c for c in cells if c.text]
        if not filled:
            continue
        if len(filled) == 1 and cells[0].text and len(header) > 2 and not _NUMERIC.match(cells[0].text):
            group = _name(cells[0])
            continue
        pad = Cell("", cells[-1].end, cells[-1].end)
        padded = cells + (pad,) * (len(header) - len(cells))
        rows.append(Row(padded, group, filled[0].start, filled[-1].end))
    unit = ""
    for line in lines[max(0, block.first - 3) : block.first]:
        if m := UNIT_LINE.match(line.body):
            unit = m[1].strip()
    return Table(tuple(header), tuple(rows), unit, lines[block.first].start, lines[block.last].end)
