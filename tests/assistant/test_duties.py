"""The list of duties and its exports: rows as the documents state them, files that real programs read."""

import io
import shutil
import subprocess
from pathlib import Path

import docx
import openpyxl
import pytest

from assistant.duties import chosen, duties_of
from assistant.export import COLUMNS, answer_docx, answers_xlsx, cells_of, duties_docx, duties_xlsx, questions_of
from assistant.service import Assistant
from corpus.errors import ReadError
from corpus.ingest import read_document

TEXT = (
    "云泽市方案\n一、任务\n（一）治理=油烟\x0b。做事。（市城管局牵头，市商务局配合；完成时限：2025年6月底前）\n"
    "附件\n分工表\n序号\t任务\t牵头单位\t责任单位\n1\t建站24个\t市生态环境局\t市气象局\n2\t=SUM(A1)\t市水利局\t市财政局"
)


def rows() -> list[tuple[str, ...]]:
    document, clauses = read_document(TEXT, "d", "甲.txt")
    return [cells_of(d) for d in duties_of(document, clauses)]


def test_one_row_a_statement_and_one_a_table_row() -> None:
    document, clauses = read_document(TEXT, "d", "甲.txt")
    duties = list(duties_of(document, clauses))
    assert [(d.lead, d.task) for d in duties] == [
        (("市城管局",), "治理=油烟"),
        (("市生态环境局",), "建站24个"),
        (("市水利局",), "=SUM(A1)"),
    ]
    assert duties[0].support == ("市商务局",) and duties[0].deadline == "2025年6月底前"
    assert duties[0].source == "《云泽市方案》一、（一）治理=油烟"
    assert all(d.lead[0] in TEXT[d.start : d.end] for d in duties)
    assert [d.task for d in chosen(duties, departments=["生态环境"])] == ["建站24个"]
    assert [d.task for d in chosen(duties, words="建站")] == ["建站24个"]


def test_excel_holds_the_rows_as_text() -> None:
    document, clauses = read_document(TEXT, "d", "甲.txt")
    sheet = openpyxl.load_workbook(io.BytesIO(duties_xlsx(duties_of(document, clauses)))).active
    read = [tuple(c.value or "" for c in row) for row in sheet.iter_rows()]
    assert read == [COLUMNS, *rows()]
    assert {c.data_type for row in sheet.iter_rows() for c in row} <= {"s", "n", "inlineStr"}
    assert sheet.cell(4, 1).value == "=SUM(A1)" and sheet.cell(4, 1).data_type == "s"


def test_word_holds_the_rows() -> None:
    document, clauses = read_document(TEXT, "d", "甲.txt")
    table = docx.Document(io.BytesIO(duties_docx(duties_of(document, clauses)))).tables[0]
    assert [tuple(c.text for c in row.cells) for row in table.rows] == [COLUMNS, *rows()]


def test_an_answer_is_exported_with_its_quotes(samples: Assistant) -> None:
    answer = samples.ask("谁负责挥发性有机物整治")
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(answer_docx(answer))).paragraphs)
    assert all(f"“{c.quote}”" in text for c in answer.citations)


def test_a_list_of_questions_comes_back_answered(samples: Assistant) -> None:
    book = openpyxl.Workbook()
    for row in (["问题", "备注"], ["谁负责挥发性有机物整治"], ["谁负责疫苗接种", "x"], [None, "空"], ["？"]):
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    questions = questions_of(data.getvalue(), "问题.xlsx")
    assert questions == ["谁负责挥发性有机物整治", "谁负责疫苗接种", "？"]
    sheet = openpyxl.load_workbook(io.BytesIO(answers_xlsx(samples.ask_all(questions)))).active
    assert [row[1].value for row in sheet.iter_rows()] == ["结果", "已回答", "没有找到", "未能回答"]


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04"])
def test_what_is_no_workbook(data: bytes) -> None:
    with pytest.raises(ReadError, match="Excel"):
        questions_of(data, "x.xlsx")


@pytest.mark.skipif(not shutil.which("soffice"), reason="本机没有 LibreOffice")
@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_libreoffice_opens_it(tmp_path: Path, suffix: str) -> None:
    document, clauses = read_document(TEXT, "d", "甲.txt")
    make = {"xlsx": duties_xlsx, "docx": duties_docx}[suffix]
    file = tmp_path / f"表.{suffix}"
    file.write_bytes(make(duties_of(document, clauses)))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "表.pdf").read_bytes().startswith(b"%PDF")
