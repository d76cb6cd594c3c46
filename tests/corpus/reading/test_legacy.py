"""What LibreOffice opens for us, and what is said where it does not."""

import time
from contextlib import suppress
from pathlib import Path

import docx
import olefile
import pytest

from corpus.errors import PolicyError
from corpus.reading import office, read_bytes, read_file
from corpus.reading.doc_lists import restarts
from tests.corpus.reading.making import converted, needs_office, raw_word, saved, zipped
from tests.corpus.reading.test_docx import PLAN, level, listed, lists


def refused(name: str, data: bytes) -> str:
    with pytest.raises(PolicyError) as caught:
        read_bytes(name, data)
    assert f"“{name}”" in str(caught.value)
    assert str(caught.value).endswith("。")
    return str(caught.value)


def test_without_libreoffice_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_soffice", lambda: None)
    text = refused("甲.rtf", rb"{\rtf1\ansi hello}")
    assert "RTF" in text and "apt install" in text and ".docx" in text


def test_a_program_that_does_not_start_or_does_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_soffice", lambda: "/bin/true")
    assert "打不开" in refused("甲.rtf", rb"{\rtf1\ansi hello}")
    monkeypatch.setattr(office, "find_soffice", lambda: "/nowhere/soffice")
    assert "无法启动" in refused("甲.rtf", rb"{\rtf1\ansi hello}")


def test_a_program_that_hangs_is_stopped_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "soffice"
    script.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {tmp_path}/child\nwait\n")
    script.chmod(0o755)
    monkeypatch.setattr(office, "find_soffice", lambda: str(script))
    monkeypatch.setattr(office, "TIME_LIMIT", 1)
    assert "1 秒" in refused("甲.rtf", rb"{\rtf1\ansi hello}")
    state = Path(f"/proc/{(tmp_path / 'child').read_text().strip()}/stat")
    assert any(ended(state) for _ in range(100))


def ended(state: Path) -> bool:
    """Whether a process that was told to end has; waits a moment where it has not yet."""
    with suppress(FileNotFoundError, ProcessLookupError):
        if state.read_text().split()[2] != "Z":
            time.sleep(0.1)
            return False
    return True


def through(folder: Path, target: str, data: bytes) -> list[str]:
    """The lines of a Word file as LibreOffice saves it in another format, empty ones left out."""
    (folder / "甲.docx").write_bytes(data)
    made = converted(folder, target, [folder / "甲.docx"]) / f"甲.{target.partition(':')[0]}"
    return [line for line in read_file(made).text.split("\n") if line]


@needs_office
@pytest.mark.parametrize("target", ["doc:MS Word 97", "odt"])  # LibreOffice writes no Chinese number into .rtf
def test_automatic_numbers_survive(tmp_path: Path, target: str) -> None:
    items = [(1, 0, "总体要求"), (1, 0, "主要任务"), (1, 1, "工业"), (1, 2, "改造")]
    lines = through(tmp_path, target, raw_word(listed(*items), parts=lists(PLAN)))
    assert lines == ["一、总体要求", "二、主要任务", "（一）工业", "1. 改造"]


@needs_office
def test_numbers_that_never_begin_anew_survive(tmp_path: Path) -> None:
    levels = level(0, "chineseCounting", "第%1章") + level(1, "chineseCounting", "第%2条")
    body = listed((1, 0, "总则"), (1, 1, "甲"), (1, 1, "乙"), (1, 0, "附则"), (1, 1, "丙"))
    (tmp_path / "甲.docx").write_bytes(raw_word(body, parts=lists(levels)))
    whole = (converted(tmp_path, "doc:MS Word 97", [tmp_path / "甲.docx"]) / "甲.doc").read_bytes()
    data = bytearray(whole)
    at = data.index("第\x01条".encode("utf-16-le")) - 2
    at = next(n for n in range(at - 28, 0, -1) if n + 28 + data[n + 24] + data[n + 25] == at and data[n : n + 4] == b"\1\0\0\0")
    data[at + 5] |= 8  # fNoRestart of its LVLF, as Word writes it; ilvlRestartLim stays 0
    assert restarts(bytes(data)) == {(1, "第%2条"): 0} and restarts(whole) == {}
    numbers = [line[:3] for line in read_bytes("甲.doc", bytes(data)).text.split("\n") if line]
    assert numbers == ["第一章", "第一条", "第二条", "第二章", "第三条"]
    for end in range(0, len(data), 997):
        restarts(bytes(data[:end]))  # never raises


@needs_office
@pytest.mark.parametrize("target", ["doc:MS Word 97", "odt", "rtf", "html"])
def test_merged_cells_survive(tmp_path: Path, target: str) -> None:
    document = docx.Document()
    document.add_paragraph("表前")
    table = document.add_table(3, 3)
    for row, texts in zip(table.rows, ("指标 现状 ", "煤耗 300 克", " 17 %"), strict=True):
        for cell, text in zip(row.cells, texts.split(" "), strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph("表后")
    assert through(tmp_path, target, saved(document))[1:-1] == ["指标\t现状\t现状", "煤耗\t300\t克", "煤耗\t17\t%"]


@needs_office
def test_numbers_of_a_list_in_rtf_as_word_writes_it() -> None:
    level = r"\levelnfc39\levelnfcn39\leveljc0\levelfollow2\levelstartat1{\leveltext\'02\'00\'a1\'a2;}{\levelnumbers\'01;}"
    lists = rf"{{\*\listtable{{\list\listtemplateid1{{\listlevel{level}\fi0\li0}}\listid1}}}}"
    uses = r"{\*\listoverridetable{\listoverride\listid1\listoverridecount0\ls1}}"
    body = r"\pard\ls1\ilvl0 \'d7\'dc\'d4\'f2\par\pard\ls1\ilvl0 \'c8\'ce\'ce\'f1\par"
    fonts = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}"
    assert read_bytes("甲.txt", f"{fonts}{lists}{uses}{body}}}".encode()).text.split() == ["一、总则", "二、任务"]


@needs_office
def test_a_damaged_file_is_refused() -> None:
    assert "打不开" in refused(
        "甲.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<broken"})
    )


@needs_office
def test_a_locked_document_says_so(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("一、总则")
    (tmp_path / "甲.docx").write_bytes(saved(document))
    made = converted(tmp_path, "doc:MS Word 97", [tmp_path / "甲.docx"]) / "甲.doc"
    with olefile.OleFileIO(str(made), write_mode=True) as file:
        stream = bytearray(file.openstream("WordDocument").read())
        stream[11] |= 1  # fEncrypted
        file.write_stream("WordDocument", bytes(stream))
    assert "取消密码" in refused("甲.doc", made.read_bytes())
