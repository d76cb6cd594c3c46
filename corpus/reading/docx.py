"""Word documents (.docx; ECMA-376 part 1): the text a reader sees, paragraph by paragraph, tables in their place.

Automatic numbers are text. Tracked changes are accepted; hidden text, comments, headers and footers are left out.
The text of a footnote or an endnote follows the paragraph that calls for it, as a line `注1：…`; so does a text box's.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpus.errors import FormatError
from corpus.reading import html, text
from corpus.reading.container import Container, attribute, child, local
from corpus.reading.doc_lists import Restarts
from corpus.reading.docx_numbering import Numbering
from corpus.reading.docx_objects import object_lines, picture_line
from corpus.reading.docx_parts import NOTES, Parts, of_container, of_xml
from corpus.reading.docx_shown import PICTURES, is_left_out, preferred, shown
from corpus.reading.docx_signs import Fields, symbol
from corpus.reading.docx_styles import Styles, is_on
from corpus.reading.docx_tables import rows_of
from corpus.reading.grid import is_layout, lay, table_lines
from corpus.reading.pictures import Pictures
from corpus.reading.signatures import TEXT, kind_of
from corpus.reading.types import Reader, Reading

_DROPPED = frozenset(
    "del moveFrom delInstrText delText pPr rPr rt sdtPr tblPr tblGrid trPr tcPr sectPr fldData binData comment annotationRef".split()
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LINE_ENDS = re.compile(r"[\r\n]")


def read(_name: str, data: bytes, restarts: Restarts | None = None) -> Reading:
    """The text of a .docx file with that of its large pictures; no pages, Word sets them anew on every machine.

    Of one that is scanned, a page each picture.  restarts: of its lists, lost in converting it.
    Raises FormatError where it is damaged or scanned and OCR is not installed, TooLargeError past a limit of its container.
    """
    return _Document(replace(of_container(Container(data)), restarts=restarts or {})).reading()


def read_xml(_name: str, data: bytes) -> Reading:
    """The text of a Word document in one XML file (Word 2003 XML, flat OPC). Raises as read."""
    return _Document(of_xml(data)).reading()


class _Document:
    """A document being read: what its parts say, and the notes and text boxes waiting for the end of their paragraph."""

    def __init__(self, parts: Parts, around: Pictures | None = None) -> None:
        """around: the pictures of the document that this one is within; what is in turn within it is not read."""
        self._inner = around is not None
        self._pictures = around or Pictures()
        self._parts = parts
        self._styles = Styles(parts.styles)
        self._numbering = Numbering(parts.numbering, self._styles, parts.restarts)
        self._notes = dict(parts.notes)
        self._noted = 0
        self._fields = Fields()
        self._waiting: list[str] = []  # lines to follow the paragraph
        self._aside: list[str] | None = None  # the same, of paragraphs in a table: they follow the table
        self._open = ""  # the beginning of a paragraph whose end mark was deleted: it goes on in the next

    def reading(self) -> Reading:
        """All lines in order, and what the pictures among them say."""
        return self._pictures.put_in(self.lines())

    def lines(self) -> list[str]:
        """All lines, in order, those of pictures for `Pictures.put_in`."""
        return self._enclosed(self._parts.body)

    def _enclosed(self, parent: Any) -> list[str]:
        """The lines of a body, a cell, a note or a text box, out of which no paragraph reaches."""
        opened, self._open = self._open, ""
        lines = self._blocks(parent)
        if self._open:
            lines.append(self._open)
        self._open = opened
        return lines

    def _blocks(self, parent: Any) -> list[str]:
        """The lines of the paragraphs and tables among and below the children."""
        lines: list[str] = []
        for each in parent:
            name = local(each)
            if name == "p":
                lines += self._paragraph(each)
            elif name == "tbl":
                lines += self._table(each)
            elif name == "altChunk":
                lines += self._chunk(each)
            elif name not in _DROPPED and not is_left_out(each):
                lines += self._blocks(preferred(each) if name == "AlternateContent" else each)
        return lines

    def _table(self, table: Any) -> list[str]:
        """A line a row; where no row has two cells with text, the table is a frame and its content stands as it is."""
        inside: list[list[str]] = []

        def cell_text(cell: Any) -> str:
            inside.append(lines := self._enclosed(cell))
            return "\n".join(line.strip() for line in lines if line.strip())

        outer, self._aside = self._aside, []
        grid = lay(list(rows_of(table, cell_text)))
        aside, self._aside = self._aside, outer
        lines = [line for lines in inside for line in lines] if is_layout(grid) else table_lines(grid)
        return [*lines, *self._later(aside)]

    def _chunk(self, chunk: Any) -> list[str]:
        """Another file kept whole within the document, as programs that put Word files together do."""
        content = self._parts.content(attribute(chunk, "id"))
        readers: dict[str, Reader] = {"html": html.read, "mhtml": html.read_archive, TEXT: text.read}
        kind = kind_of(content)
        if self._inner or kind not in ("docx", *readers):
            raise FormatError("文档中嵌入了其他格式的内容，无法读取。请用 Word 打开，另存为新的 .docx 文件后添加。")
        if kind == "docx":
            return _Document(of_container(Container(content)), self._pictures).lines()
        return readers[kind]("", content).text.split("\n")

    def _later(self, lines: list[str]) -> list[str]:
        """The lines, to be put here; within a table they are kept for its end."""
        if self._aside is None:
            return lines
        self._aside += lines
        return []

    def _paragraph(self, paragraph: Any) -> list[str]:
        properties = child(paragraph, "pPr")
        id = child(properties, "pStyle")
        style = None if id is None else attribute(id, "val")
        hidden = self._styles.hides(style)
        contents = self._styles.is_contents(style)
        outer, self._waiting = self._waiting, []
        text = self._open + "".join(self._inline(paragraph, hidden))
        waiting, self._waiting, self._open = self._waiting, outer, ""
        ending = child(properties, "rPr")
        if child(ending, "del") is not None or child(ending, "moveFrom") is not None:
            self._open = text
            return self._later(waiting)
        if not text.strip() and (hidden or is_on(child(ending, "vanish"))):
            return self._later(waiting)
        mark = self._numbering.mark(properties, style)
        return [*shown(text, mark, contents), *self._later(waiting)]

    def _inline(self, parent: Any, hidden: bool) -> Iterator[str]:
        """The text below an element of a paragraph; notes and text boxes are set aside."""
        for each in parent:
            name = local(each)
            if name == "t":
                yield "" if hidden else _LINE_ENDS.sub(" ", each.text or "").replace("\u00ad", "")
            elif name == "r":
                yield from self._inline(each, self._is_hidden(each, hidden))
            elif name in _SIGNS and not hidden:
                yield _SIGNS[name]
            elif name == "sym" and not hidden:
                yield symbol(each)
            elif name == "fldChar":
                drawn = self._fields.turn(attribute(each, "fldCharType"))
                yield "" if hidden else drawn
            elif name == "instrText":
                self._fields.write(each.text or "")
            elif name in ("footnoteReference", "endnoteReference") and not hidden:
                self._note(name.removesuffix("Reference"), each)
            elif name in NOTES:  # Word 2003 XML has them where they are called for
                self._set_down(each)
            elif name == "txbxContent":
                self._waiting += [line for line in self._enclosed(each) if line.strip()]
            elif name == "textpath":  # WordArt, as older files have it
                self._waiting += (attribute(each, "string") or "").split("\n")
            elif name == "object":
                yield from self._object(each, hidden)
            elif name == "relIds":
                self._waiting += object_lines(each, self._parts)
            elif name in PICTURES and not hidden:
                self._waiting += picture_line(each, self._parts, self._pictures)
            elif name == "AlternateContent":
                yield from self._inline(preferred(each), hidden)
            elif name not in _DROPPED and not is_left_out(each):
                yield from self._inline(each, hidden)

    def _object(self, element: Any, hidden: bool) -> Iterator[str]:
        """An object of another program: what it says, or else what its picture shows."""
        lines = [line for each in element if local(each) == "OLEObject" for line in object_lines(each, self._parts)]
        self._waiting += lines
        if not lines:
            yield from self._inline(element, hidden)

    def _is_hidden(self, run: Any, hidden: bool) -> bool:
        properties = child(run, "rPr")
        switch = child(properties, "vanish")
        if switch is not None:
            return is_on(switch)
        style = child(properties, "rStyle")
        return hidden or (style is not None and self._styles.hides(attribute(style, "val")))

    def _note(self, kind: str, reference: Any) -> None:
        note = self._notes.pop((kind, attribute(reference, "id")), None)
        if note is not None:
            self._set_down(note)

    def _set_down(self, note: Any) -> None:
        text = " ".join(line.strip() for line in self._enclosed(note) if line.strip())
        if text:
            self._noted += 1
            self._waiting.append(f"注{self._noted}：{text}")
