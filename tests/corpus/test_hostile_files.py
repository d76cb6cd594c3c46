"""Files made to hurt, added in one batch as a person would: each is read or refused with the reason, and none stops the rest."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.errors import PolicyError
from corpus.ingest import Outcome, add_paths
from corpus.reading.worker import Worker
from corpus.store import Library
from tests.corpus.reading.making import W, paragraph, raw_word, zipped
from tests.corpus.reading.pdf_making import pdf, put, written
from tests.corpus.reading.test_ofd import ofd, text
from tests.limits import that_ends

PLAN = "云泽市节能方案\n一、总体要求\n推进节能工作。\n二、主要任务\n（一）工业节能。由市经信局负责。\n"
_BILLION = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
ENTITIES = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "哈哈">{_BILLION}]>'


def _word_with(main: str) -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": main})


def _locked_members(data: bytes) -> bytes:
    """The archive with every member marked as encrypted."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            changed[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(changed)


def _locked_pdf() -> bytes:
    key = "00" * 32
    return pdf(put("x", 90, 150)).replace(
        b"/Root 1 0 R", f"/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{key}>/U<{key}>>>".encode()
    )


def _looping_pages() -> bytes:
    return pdf(put("x", 90, 150)).replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]")


def _looping_form() -> bytes:
    """A page that draws a form that draws itself."""
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 3 0 R>>>>/Length 4>>\nstream\n/A Do\nendstream"
    return pdf("/A Do\n" + written([(90, 150, "总则")])).replace(
        b"/Font<</F 3 0 R>>", b"/XObject<</A 9 0 R>>/Font<</F 3 0 R>>"
    ) + (b"\n9 0 obj\n" + form.replace(b"3 0 R", b"9 0 R") + b"\nendobj\n")


def _million_objects() -> bytes:
    return b"%PDF-1.7\n" + b"".join(b"%d 0 obj<</A %d 0 R>>endobj\n" % (n, n + 1) for n in range(1, 1_000_000)) + b"%%EOF"


def _escaping() -> bytes:
    """A Word file with members and a part outside of it."""
    relation = '<Relationship Id="a" Type="x/styles" Target="../../../../../etc/passwd"/>'
    whole = raw_word(paragraph("一、总则"), relations=relation)
    return _with_members(whole, {"../../逃.txt": "逃", "/tmp/逃.txt": "逃", "C:\\逃.txt": "逃"})


def _with_members(data: bytes, more: dict[str, str]) -> bytes:
    with zipfile.ZipFile(buffer := io.BytesIO(data), "a") as archive:
        for name, content in more.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _macros() -> bytes:
    return _with_members(raw_word(paragraph("一、总则")), {"word/vbaProject.bin": "Sub AutoOpen()", "word/vbaData.xml": "<a/>"})


BRACKETS = "（" * 100_000 + "一" + "）" * 100_000
CASES: dict[str, tuple[Callable[[], bytes], str]] = {  # what makes the file; words of the reason, "" where it is read
    "倍数炸弹.docx": (lambda: raw_word("<w:p/>" + " " * 30 * 2**20), "压缩炸弹"),
    "实体.docx": (lambda: _word_with(f"{ENTITIES}<w:document {W}><w:body>&a9;</w:body></w:document>"), "实体展开"),
    "实体.ofd": (lambda: ofd(text(20, 30, "甲"), more={"Doc_0/Document.xml": f"{ENTITIES}<a>&a9;</a>"}), "实体展开"),
    "成员出界.docx": (_escaping, ""),
    "带宏.docm": (_macros, ""),
    "深层.docx": (lambda: raw_word("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000), "嵌套"),
    "括号.docx": (lambda: raw_word(paragraph("一、总则") + paragraph(BRACKETS)), ""),
    "括号.txt": (lambda: (PLAN + BRACKETS).encode(), ""),
    "方括号.txt": (lambda: (PLAN + "责任单位：" + "〔" * 100_000).encode(), ""),
    "深层.html": (lambda: b"<html><body>" + b"<div>" * 100_000 + "一、总则".encode(), "嵌套"),
    "页面循环.pdf": (_looping_pages, "PDF"),
    "图形循环.pdf": (_looping_form, ""),
    "百万对象.pdf": (_million_objects, "PDF"),
    "密码.pdf": (_locked_pdf, "打开密码"),
    "密码.docx": (lambda: _locked_members(raw_word(paragraph("一、总则"))), "密码"),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = Library(tmp_path_factory.mktemp("库"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def outcomes(library: Library, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """What became of each file of the batch, and of a sound one at its end."""
    folder = tmp_path_factory.mktemp("批")
    for name, (make, _) in CASES.items():
        (folder / name).write_bytes(make())
    (folder / "龙.docx").write_bytes(raw_word("".join(map(paragraph, PLAN.split("\n")))))
    with (folder / "大.txt").open("wb") as sparse:
        sparse.truncate(2**30)
    with that_ends():
        return {outcome.source: outcome for outcome in add_paths(library, [folder])}


@pytest.mark.parametrize("name", CASES)
def test_each_is_read_or_refused_with_the_reason(name: str, outcomes: dict[str, Outcome]) -> None:
    outcome, reason = outcomes[name], CASES[name][1]
    if reason:
        told = outcome.error or ""
        assert outcome.status == "failed" and name in told and reason in told and told.endswith("。"), outcome
    else:
        assert outcome.status in ("added", "duplicate"), outcome


def test_a_gigabyte_is_refused_before_it_is_read(outcomes: dict[str, Outcome]) -> None:
    assert "“大.txt”有 1024.0 MB，超过 50.0 MB 的上限" in str(outcomes["大.txt"].error)


def test_the_rest_of_the_batch_goes_on(outcomes: dict[str, Outcome], library: Library) -> None:
    assert outcomes["龙.docx"].status == "added" and outcomes["龙.docx"].clauses == 4
    assert {d.id for d in library.documents()} == {o.document for o in outcomes.values() if o.document}


def test_nothing_is_written_outside(outcomes: dict[str, Outcome], tmp_path_factory: pytest.TempPathFactory) -> None:
    assert outcomes and not list(tmp_path_factory.getbasetemp().rglob("逃.txt")) and not Path("/tmp/逃.txt").exists()


WHOLE: dict[str, Callable[[], bytes]] = {
    "docx": lambda: raw_word("".join(map(paragraph, PLAN.split("\n") * 50))),
    "ofd": lambda: ofd(*(text(20, 30, line) for line in PLAN.split("\n") * 5 if line)),
    "pdf": lambda: pdf(*(written([(90, 150, line)]) for line in PLAN.split("\n") * 5 if line)),
    "html": lambda: f"<html><body><p>{PLAN}</p></body></html>".encode(),
}


@pytest.mark.parametrize("ending", WHOLE)
def test_a_file_cut_short_is_read_or_refused_by_name(ending: str) -> None:
    whole = WHOLE[ending]()
    with Worker() as reader:
        assert "总体要求" in reader.read(f"整.{ending}", whole).text
        for part in range(1, 10):
            try:
                reader.read(f"残.{ending}", whole[: len(whole) * part // 10])
            except PolicyError as error:
                assert f"残.{ending}" in str(error) and "程序" not in str(error), error
