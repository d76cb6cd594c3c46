"""Tables of any format → lines of stored text, one a row, cells parted by tabs: the form `corpus.tables` reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

MAX_COLUMNS = 500  # a span in damaged files may claim any number
MAX_ROWS = 100_000
LONGEST_CELL = 3000  # characters: nobody reads on across a longer cell
MOST_LINES, OF_LENGTH = 20, 30  # a cell of more paragraphs, of so many characters on average, is a text of its own
MOST_LINES_ALONE = 4  # the same, of a table of one row: it has nothing to compare


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell and how many columns and rows it covers (at least 1 each; more than the table has is cut)."""

    text: str
    columns: int = 1
    rows: int = 1


Placed = dict[int, GridCell]  # column → the cell that covers it; the same object in every place of a merged cell


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """A line a row; rows without text are left out, short rows filled up, white space in a cell is one space."""
    width = max(map(len, rows), default=0)
    cleaned = [[" ".join(cell.split()) for cell in row] + [""] * (width - len(row)) for row in rows]
    return ["\t".join(row) for row in cleaned if any(row)]


def spread(rows: Iterable[Sequence[GridCell]]) -> list[list[str]]:
    """`lay`, of rows of cells as HTML writes them: a place covered from above or from the left is not written again."""
    placed: list[Placed] = []
    covered: dict[int, tuple[GridCell, int]] = {}  # column → the cell that still reaches down, for how many rows
    for row in islice(rows, MAX_ROWS):
        here = {column: cell for column, (cell, _) in covered.items()}
        covered = {column: (cell, left - 1) for column, (cell, left) in covered.items() if left > 1}
        column = 0
        for cell in row:
            while column in here:
                column += 1
            for place in range(column, min(column + max(1, cell.columns), MAX_COLUMNS)):
                here.setdefault(place, cell)
                if cell.rows > 1:
                    covered[place] = (cell, cell.rows - 1)
        placed.append(here)
    return lay(placed)


def lay(placed: Sequence[Placed]) -> list[list[str]]:
    """Rows of texts, all as long as the table is wide; a merged cell's text stands in every place it covers.

    But a cell as wide as a table of three columns or more is a title, or the heading of the rows below it, and stands
    in the first place alone: so `corpus.tables` knows a group of rows.
    """
    width = max((max(row) + 1 for row in placed if row), default=0)
    return [_texts(row, width) for row in placed]


def _texts(row: Placed, width: int) -> list[str]:
    first = row.get(0)
    if first and width > 2 and all(row.get(column) is first for column in range(width)):
        return [first.text, *[""] * (width - 1)]
    return [row[column].text if column in row else "" for column in range(width)]


def is_layout(grid: Sequence[Sequence[str]]) -> bool:
    """Whether a table only frames or places its content: no row has two different texts, or a cell is a text of its own.

    The cells with their paragraphs on lines of their own.
    """
    if all(len({text for text in row if text}) < 2 for row in grid):
        return True
    return any(_is_text(text, alone=len(grid) == 1) for row in grid for text in row)


def _is_text(text: str, *, alone: bool) -> bool:
    lines = text.count("\n") + 1
    running = lines > MOST_LINES and len(text) > OF_LENGTH * lines
    return len(text) > LONGEST_CELL or running or (alone and lines > MOST_LINES_ALONE)
