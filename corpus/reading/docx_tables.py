"""Word's tables → placed cells: columns spanned, rows merged downwards, rows added or deleted by tracked changes."""

from collections.abc import Callable, Iterator
from typing import Any

from corpus.reading.container import attribute, child, local
from corpus.reading.docx_styles import number
from corpus.reading.grid import MAX_COLUMNS, GridCell, Placed


def rows_of(table: Any, text_of: Callable[[Any], str]) -> Iterator[Placed]:
    """The rows in order. `text_of` reads a cell's content; cells are read in order, covered ones not at all."""
    above: Placed = {}
    for row in _children(table, "tr"):
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            continue
        above = _row(row, above, text_of)
        yield above


def _row(row: Any, above: Placed, text_of: Callable[[Any], str]) -> Placed:
    placed: Placed = {}
    column = _value(child(row, "trPr"), "gridBefore")
    for cell in _children(row, "tc"):
        properties = child(cell, "tcPr")
        wide = max(1, _value(properties, "gridSpan"))
        if _continues(properties, "vMerge") and column in above:
            content = above[column]
        elif _continues(properties, "hMerge") and column - 1 in placed:
            content = placed[column - 1]
        else:
            content = GridCell(text_of(cell))
        for place in range(column, min(column + wide, MAX_COLUMNS)):
            placed[place] = content
        column += wide
    return placed


def _continues(properties: Any | None, name: str) -> bool:
    """Whether a cell is a further part of one merged with it: the element is there and does not say `restart`."""
    merge = child(properties, name)
    merge = child(properties, name.lower()) if merge is None else merge  # as Word 2003 XML spells it
    return merge is not None and attribute(merge, "val") != "restart"


def _value(properties: Any | None, name: str) -> int:
    found = child(properties, name)
    return 0 if found is None else number(attribute(found, "val"))


def _children(parent: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those inside content controls and the like."""
    for each in parent:
        found = local(each)
        if found == name:
            yield each
        elif found in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            yield from _children(each, name)
