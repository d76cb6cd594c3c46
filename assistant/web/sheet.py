"""A table of a document as an HTML table: cells are slices of the stored text, marks included."""

from collections.abc import Callable
from html import escape

from corpus.types import Row, Table

Extent = tuple[int, int]
Slice = Callable[[Extent], str]  # an extent of the document → its HTML


def can_show(table: Table, mark: Extent) -> bool:
    """Whether nothing of the marked extent would be hidden: outside the table, or reaching into one of its cells."""
    if not table.rows or mark[1] <= table.start or mark[0] >= table.end:
        return bool(table.rows)
    cells = (cell for row in table.rows for cell in row.cells)
    return any(cell.start < mark[1] and mark[0] < cell.end for cell in cells)


def render_sheet(table: Table, cut: Slice, raw: str) -> str:
    """The table, its group rows as headings across; below it, folded, `raw`: the stored text it was read from."""
    width = max(len(table.header), *(len(row.cells) for row in table.rows))
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.header)
    rows, group = [], ""
    for row in table.rows:
        if row.group != group:
            group = row.group
            rows.append(f'<tr><th class="group" colspan="{width}">{escape(group)}</th></tr>')
        rows.append(_row(row, cut))
    unit = f"<caption>单位：{escape(table.unit)}</caption>" if table.unit else ""
    return (
        f'<div class="table-box"><table class="sheet">{unit}<thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
        f'<details class="raw"><summary>表格的原始文字</summary>{raw}</details>'
    )


def _row(row: Row, cut: Slice) -> str:
    return f"<tr>{''.join(f'<td>{cut((cell.start, cell.end))}</td>' for cell in row.cells)}</tr>"
