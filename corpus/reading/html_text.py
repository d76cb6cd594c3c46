"""The element tree of a web page → lines as a browser shows them: blocks, line breaks, list numbers, tables."""

import re
from dataclasses import dataclass, field
from typing import Any

from corpus.reading.grid import GridCell, is_layout, spread, table_lines
from corpus.reading.html_clutter import clutter, textless
from corpus.reading.numerals import numbered, written_mark

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1"
    " h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol p pre section summary tbody tfoot thead tr ul".split()
)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
# A line break of the source between two wide characters is nothing (CSS Text 3, 4.1.2), else a space.
_WIDE_BREAK = re.compile(
    r"(?<=[\u2e80-\u303f\u3040-\u9fff\uf900-\ufaff\uff00-\uff60])[ \t]*[\r\n]\s*(?=[\u2e80-\u9fff\uf900-\uff60])"
)
_ORDERED = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLED = {
    "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting",
    "japanese-informal": "chineseCounting",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
# Word's pages write the number of a list before its text, and spaces to set it apart.
_WORDS_MARK = re.compile(r"mso-list\s*:\s*ignore", re.I)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.I)


@dataclass(slots=True)
class _Sink:
    """Where text goes: the page, a table (its caption and strays), or a cell."""

    lines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    mark: str = ""  # the number of a list item, shown before its first line

    def end_line(self, *, broken: bool = False) -> None:
        """What was written since the last end of a line becomes one, white space as a browser shows it.

        An empty line is one only where the page says so: by a line break (`broken`) or a space that counts.
        """
        raw = "".join(self.words)
        line = _SPACE.sub(" ", _WIDE_BREAK.sub("", raw)).replace("\xa0", " ").strip(" ")
        self.words.clear()
        if line:
            self.lines.append(self.mark + line)
            self.mark = ""
        elif broken or "\xa0" in raw:
            self.lines.append("")


@dataclass(slots=True)
class _Cell(_Sink):
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class _Table(_Sink):
    rows: list[list[_Cell]] = field(default_factory=list)
    nested: bool = False

    def read(self) -> list[str]:
        """Its lines; a table that holds tables, or only frames a text, is no table to a reader."""
        cells = [[GridCell("\n".join(c.lines), c.columns, c.rows) for c in row] for row in self.rows]
        grid = [] if self.nested else spread(cells)
        if self.nested or is_layout(grid):
            return [*self.lines, *(line for row in self.rows for cell in row for line in cell.lines)]
        return [*self.lines, *table_lines(grid)]


def page_lines(body: Any) -> list[str]:
    """The lines of the document on the page; of the whole page where nothing but menus and lists of links is on it."""
    found = _Page(clutter(body)).read(body)
    return found if any(found) else _Page(textless(body)).read(body)


class _Page:
    """One walk over the elements, without recursion: pages nest as deep as they like."""

    def __init__(self, left_out: set[Any]) -> None:
        self._left_out = left_out
        self._sinks: list[_Sink] = [_Sink()]
        self._counts: dict[Any, int] = {}  # ordered list → the number of its next item
        self._preformatted = 0
        self._marks: dict[Any, int] = {}  # the element of a number written by Word → where its words begin

    def read(self, body: Any) -> list[str]:
        from lxml import etree

        walker = etree.iterwalk(body, events=("start", "end"))
        for event, element in walker:
            if not isinstance(element.tag, str):
                if event == "end" and element is not body:
                    self._write(element.tail)
            elif event == "start" and element in self._left_out:
                walker.skip_subtree()
                self._boundary(element.tag)
            elif event == "start":
                self._start(element)
                self._write(element.text)
            else:
                if element not in self._left_out:
                    self._end(element)
                if element is not body:
                    self._write(element.tail)
        self._sinks[0].end_line()
        return self._sinks[0].lines

    def _write(self, text: str | None) -> None:
        if not text:
            return
        if not self._preformatted:
            self._sinks[-1].words.append(text)
            return
        first, *more = text.split("\n")
        self._sinks[-1].words.append(first)
        for line in more:
            self._sinks[-1].end_line(broken=True)
            self._sinks[-1].words.append(line)

    def _boundary(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._sinks[-1].end_line()

    def _start(self, element: Any) -> None:
        tag = element.tag
        self._boundary(tag)
        if tag == "br":
            self._sinks[-1].end_line(broken=True)
        elif tag == "pre":
            self._preformatted += 1
        elif tag == "table":
            self._sinks[-1].end_line()
            for sink in self._sinks:
                if isinstance(sink, _Table):
                    sink.nested = True
            self._sinks.append(_Table())
        elif tag == "tr" and isinstance(self._sinks[-1], _Table):
            self._sinks[-1].rows.append([])
        elif tag in ("td", "th"):
            self._cell(element)
        elif tag == "ol":
            self._counts[element] = _number(element.get("start"), 1)
        elif tag == "li":
            self._sinks[-1].mark = self._mark(element)
        elif tag == "span" and _WORDS_MARK.search(element.get("style") or ""):
            self._marks[element] = len(self._sinks[-1].words)

    def _cell(self, element: Any) -> None:
        table = self._sinks[-1]
        if not isinstance(table, _Table):
            table.end_line()
            return
        cell = _Cell(columns=_number(element.get("colspan"), 1), rows=_number(element.get("rowspan"), 1))
        if not table.rows:
            table.rows.append([])
        table.rows[-1].append(cell)
        self._sinks.append(cell)

    def _end(self, element: Any) -> None:
        tag = element.tag
        self._boundary(tag)
        if tag == "pre":
            self._preformatted -= 1
        elif tag == "li":
            self._sinks[-1].mark = ""
        elif element in self._marks:
            words, at = self._sinks[-1].words, self._marks.pop(element)
            words[at:] = [written_mark("".join(words[at:]))]
        elif tag in ("td", "th"):
            self._sinks[-1].end_line()
            if isinstance(self._sinks[-1], _Cell):
                self._sinks.pop()
        elif tag == "table":
            table = self._sinks.pop()
            table.end_line()
            self._sinks[-1].lines += table.read() if isinstance(table, _Table) else table.lines

    def _mark(self, item: Any) -> str:
        """The number a browser shows before an item of an ordered list."""
        parent = item.getparent()
        if parent not in self._counts:
            return ""
        at = _number(item.get("value"), self._counts[parent])
        self._counts[parent] = at + 1
        styled = _LIST_STYLE.search(f"{item.get('style') or ''};{parent.get('style') or ''}")
        if styled and styled[1].lower() == "none":
            return ""
        style = _STYLED.get(styled[1].lower(), "decimal") if styled else _ORDERED.get(parent.get("type") or "", "decimal")
        return f"{numbered(at, style)}{'、' if style == 'chineseCounting' else '. '}"


def _number(value: str | None, default: int) -> int:
    try:
        found = int((value or "").strip())
    except ValueError:
        return default
    return found if 0 < found <= 65_534 else default  # the HTML standard's bound for rowspan
