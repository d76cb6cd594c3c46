"""Word and Excel: a 责任分工表, an answer with its sources, a list of questions answered. Bytes of real files."""

import io
import re
from collections.abc import Iterable, Sequence

from assistant.duties import Duty
from assistant.report import source_of
from assistant.types import Answer
from corpus.errors import ReadError

COLUMNS = ("任务", "牵头单位", "配合单位", "责任单位", "时限", "出处")
_WIDTHS = (36, 24, 30, 36, 16, 48)  # Excel characters, two a Chinese one
_TABLE = (5.0, 3.3, 4.3, 4.6, 2.4, 6.1)  # cm, together the width of an A4 page laid across, less its margins
_LINE, _TALLEST = 15.0, 409.0  # points: a line of a cell, the most a row may have
LONGEST_CELL = 32_000  # characters; a cell holds 32,767
_BODY, _HEAD = "仿宋", "黑体"
# characters that neither XML nor a spreadsheet may hold
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def clean(text: str) -> str:
    """The text without control characters; a spreadsheet takes what begins with = as a formula only where told so."""
    return _UNPRINTABLE.sub("", text)


def cells_of(duty: Duty) -> tuple[str, ...]:
    """A duty as the six cells of the table; bodies that inherit it stand with the responsible ones, marked so."""
    responsible = [*duty.responsible, *(f"{u}（落实）" for u in duty.inherited)]
    values = (duty.task, "、".join(duty.lead), "、".join(duty.support), "、".join(responsible), duty.deadline or "", duty.source)
    return tuple(clean(v) for v in values)


def _sheet(title: str, header: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side

    thin = Side(style="thin", color="999999")
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for n, row in enumerate([header, *rows], 1):
        for m, value in enumerate(row, 1):
            cell = sheet.cell(n, m)
            cell.value, cell.data_type = value, "s"  # never a formula
            cell.font = Font(name=_HEAD if n == 1 else _BODY, bold=n == 1, size=11)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(thin, thin, thin, thin)
        # set, because not every program fits the rows to wrapped text by itself
        sheet.row_dimensions[n].height = min(_TALLEST, _LINE * max(map(_lines, row, widths)))
    for m, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + m)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _lines(text: str, width: int) -> int:
    """Lines a text takes in a cell of `width` characters, a Chinese character counting two."""
    return sum(max(1, -(-sum(1 + (c > "\u2e7f") for c in line) // (width - 2))) for line in text.split("\n"))


def duties_xlsx(duties: Iterable[Duty]) -> bytes:
    """A 责任分工表 as an Excel workbook."""
    return _sheet("责任分工表", COLUMNS, _WIDTHS, map(cells_of, duties))


def new_document(title: str):  # type: ignore[no-untyped-def]
    """An empty A4 document with the styles of official documents: 仿宋 text, 黑体 headings."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    for name, font, size in (("Normal", _BODY, 12), ("Title", _HEAD, 18), ("Heading 1", _HEAD, 14)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = font, Pt(size), RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(kind), font)
    style = document.styles["Title"]
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in style.element.pPr.findall(qn("w:pBdr")):  # the template's blue rule
        style.element.pPr.remove(line)
    document.add_paragraph(clean(title), style="Title")
    return document


def duties_docx(duties: Iterable[Duty]) -> bytes:
    """A 责任分工表 as a Word document, landscape, the head of the table repeated on every page."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    document = new_document("责任分工表")
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    rows = [cells_of(d) for d in duties]
    table = document.add_table(rows=1 + len(rows), cols=len(COLUMNS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _TABLE, strict=True):
        column.width = Cm(width)
    for n, (row, values) in enumerate(zip(table.rows, [COLUMNS, *rows], strict=True)):
        for cell, value, width in zip(row.cells, values, _TABLE, strict=True):
            cell.width = Cm(width)
            _fill(cell.paragraphs[0], value, head=n == 0)
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return saved(document)


def _fill(paragraph, text: str, *, head: bool) -> None:  # type: ignore[no-untyped-def]
    """A table cell's text, smaller and closer than running text; the head in 黑体."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.font.size = Pt(10.5)
    if head:
        run.font.name = _HEAD
        run._element.rPr.rFonts.set(qn("w:eastAsia"), _HEAD)


def saved(document) -> bytes:  # type: ignore[no-untyped-def]
    """The bytes of a Word file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def answer_docx(answer: Answer) -> bytes:
    """An answer with its sources as a Word document, every quotation verbatim."""
    from docx.shared import Pt

    document = new_document(answer.question)
    for line in answer.text.split("\n"):
        document.add_paragraph(clean(line))
    if answer.citations:
        document.add_paragraph("出处", style="Heading 1")
    for c in answer.citations:
        document.add_paragraph(clean(f"[{c.n}] {source_of(c)}"))
        document.add_paragraph(clean(f"“{c.quote}”")).paragraph_format.left_indent = Pt(24)
    return saved(document)


def _shortened(text: str) -> str:
    """What a cell of a spreadsheet can hold; what is left out is said."""
    return text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL] + "……（出处过长，其余未列，请单独提问）"


def answers_xlsx(answers: Iterable[tuple[str, Answer | str]]) -> bytes:
    """Questions with their answers, one row each; a question that could not be taken has its reason instead."""
    rows = []
    for question, answer in answers:
        if isinstance(answer, str):
            rows.append((clean(question), "未能回答", clean(answer), ""))
            continue
        outcome = "已回答" if answer.outcome == "answered" else "没有找到"
        sources = "\n".join(f"[{c.n}] {source_of(c)}：“{c.quote}”" for c in answer.citations)
        rows.append((clean(question), outcome, clean(answer.text), _shortened(clean(sources))))
    return _sheet("回答", ("问题", "结果", "回答", "出处"), (36, 10, 80, 80), rows)


def questions_of(data: bytes, name: str) -> list[str]:
    """The questions of a spreadsheet: the first column that has any, without a head row `问题`.

    Raises ReadError where the file is no Excel workbook or holds no question.
    """
    from openpyxl import load_workbook

    try:
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        rows = [[str(v).strip() if v is not None else "" for v in row] for row in sheet.iter_rows(values_only=True)]
    except Exception as error:  # openpyxl raises a dozen kinds for what is no workbook
        raise ReadError(f"“{name}”不是可读的 Excel 工作簿（.xlsx）。请另存为 .xlsx 后再试。") from error
    column = next((i for i in range(max(map(len, rows), default=0)) if any(len(r) > i and r[i] for r in rows)), None)
    questions = [r[column] for r in rows if column is not None and len(r) > column and r[column]]
    questions = questions[1:] if questions and questions[0] in ("问题", "提问", "question", "Question") else questions
    if not questions:
        raise ReadError(f"“{name}”的第一个工作表中没有问题。请在第一列逐行填写问题。")
    return questions
