"""Ruled lines of a page → its tables, cell by cell; the characters in them are taken out of the page's text."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from corpus.reading.grid import GridCell, Placed, is_layout, lay
from corpus.reading.printed import Glyph, Grid, Rule
from corpus.reading.printed_rows import lines_of, needed, text_of

_NEAR = 3.0  # points: ends of lines that ought to meet
_MAX_RULES = 4000  # of one page; more are a drawing


def take_tables(glyphs: Sequence[Glyph], rules: Sequence[Rule], near: float = _NEAR) -> tuple[list[Grid], list[Glyph]]:
    """The tables of a page from the top, and the characters outside them. What only frames a text is no table.

    near: how far apart lines may end that ought to meet, in the unit of the page.
    """
    if len(rules) > _MAX_RULES:
        return [], list(glyphs)
    tables, rest = [], list(glyphs)
    for group in _groups(rules, near):
        lattice = _Lattice(group, near)
        inside = [glyph for glyph in rest if lattice.place(glyph) is not None]
        if not inside:
            continue
        rows = lattice.rows(inside)
        if not is_layout(rows):
            tables.append(Grid(tuple(map(tuple, rows)), lattice.ys[0]))
            taken = set(map(id, inside))
            rest = [glyph for glyph in rest if id(glyph) not in taken]
    return sorted(tables, key=lambda table: table.middle), rest


def _groups(rules: Sequence[Rule], near: float) -> list[list[Rule]]:
    """The rules that meet each other, group by group; a group has at least two of each direction, or none is kept."""
    waiting, groups = list(rules), []
    while waiting:
        group = [waiting.pop()]
        for rule in group:  # grows while it is walked
            met = [other for other in waiting if _meet(rule, other, near)]
            if met:
                group += met
                kept = set(map(id, met))
                waiting = [other for other in waiting if id(other) not in kept]
        if sum(rule.level for rule in group) >= 2 and sum(not rule.level for rule in group) >= 1:
            groups.append(group)
    return groups


def _meet(a: Rule, b: Rule, near: float) -> bool:
    return (
        a.left - near <= b.right and b.left - near <= a.right and a.top - near <= b.bottom and b.top - near <= a.bottom
    )  # of parallel ones too: a border may be drawn cell by cell


def _marks(values: Sequence[float], near: float) -> list[float]:
    """The values, ascending, those within `near` of each other as one."""
    marks: list[float] = []
    for value in sorted(values):
        if not marks or value - marks[-1] > near:
            marks.append(value)
    return marks


class _Lattice:
    """The smallest cells between all lines of a table, joined where no line parts them."""

    def __init__(self, rules: Sequence[Rule], near: float) -> None:
        self._near = near
        level, upright = [r for r in rules if r.level], [r for r in rules if not r.level]
        self.ys = _marks([(r.top + r.bottom) / 2 for r in level], near)
        sides = [min(r.left for r in level), max(r.right for r in level)]  # tables are often open at the sides
        self._xs = _marks([*((r.left + r.right) / 2 for r in upright), *sides], near)
        self._level: dict[int, list[Rule]] = defaultdict(list)
        self._upright: dict[int, list[Rule]] = defaultdict(list)
        for rule in level:
            self._level[self._at(self.ys, (rule.top + rule.bottom) / 2)].append(rule)
        for rule in upright:
            self._upright[self._at(self._xs, (rule.left + rule.right) / 2)].append(rule)
        self._root: dict[tuple[int, int], tuple[int, int]] = {}
        self._join()

    def _at(self, marks: Sequence[float], value: float) -> int:
        return bisect_right(marks, value + self._near / 100) - 1

    def _join(self) -> None:
        rows, columns = range(len(self.ys) - 1), range(len(self._xs) - 1)
        for row in rows:
            middle = (self.ys[row] + self.ys[row + 1]) / 2
            for column in columns:
                here, centre = (row, column), (self._xs[column] + self._xs[column + 1]) / 2
                self._root[here] = here
                if column and not any(r.top <= middle <= r.bottom for r in self._upright[column]):
                    self._unite((row, column - 1), here)
                if row and not any(r.left <= centre <= r.right for r in self._level[row]):
                    self._unite((row - 1, column), here)

    def _find(self, cell: tuple[int, int]) -> tuple[int, int]:
        while self._root[cell] != cell:
            cell = self._root[cell]
        return cell

    def _unite(self, a: tuple[int, int], b: tuple[int, int]) -> None:
        a, b = sorted((self._find(a), self._find(b)))
        self._root[b] = a

    def place(self, glyph: Glyph) -> tuple[int, int] | None:
        """The cell a character stands in, None outside the table."""
        row, column = bisect_right(self.ys, glyph.middle) - 1, bisect_right(self._xs, (glyph.left + glyph.right) / 2) - 1
        return self._find((row, column)) if (row, column) in self._root else None

    def rows(self, glyphs: Sequence[Glyph]) -> list[list[str]]:
        """The texts of the cells, a merged one in every place it covers."""
        inside: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
        for glyph in glyphs:
            if (place := self.place(glyph)) is not None:
                inside[place].append(glyph)
        last: dict[tuple[int, int], int] = {}
        for row, column in self._root:
            root = self._find((row, column))
            last[root] = max(last.get(root, 0), column)
        cells = {
            root: GridCell(_cell_text(inside[root], self._xs[root[1]], self._xs[column + 1])) for root, column in last.items()
        }
        placed: list[Placed] = [{} for _ in self.ys[1:]]
        for row, column in self._root:
            placed[row][column] = cells[self._find((row, column))]
        return [row for row in lay(placed) if any(row)]


def _cell_text(glyphs: Sequence[Glyph], left: float, right: float) -> str:
    """The lines of a cell; one that fills the cell goes on in the next without a space."""
    lines = lines_of(glyphs)
    padding = min((line[0].left for line in lines), default=left) - left
    text, end = "", left
    for line in lines:
        words, size = text_of(line), line[0].size
        full = right - padding - end < (needed(words) + 0.3) * size and not (text[-1:].isascii() and text[-1:].isalpha())
        text += ("" if full or not text else " ") + words
        end = line[-1].right
    return text
