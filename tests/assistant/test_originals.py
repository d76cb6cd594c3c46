"""Files that are uploaded, what is shown of a document's file, and what is left when a document goes."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.service import Assistant, open_assistant
from tests.corpus.reading.making import needs_office, word, zipped
from tests.corpus.reading.pdf_making import pdf, written

PLAN = pdf(
    written([(120, 100, "云川市节水行动方案"), (70, 160, "一、总体要求"), (70, 200, "稳步推进节水工作。")]),
    written([(70, 100, "二、保障措施"), (70, 140, "市水务局负责节水工作。")]),
)
TEXT = "云川市节能方案\n一、总体要求\n由市发展改革委牵头。\n"


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    made = open_assistant(Settings(library=tmp_path / "library"))
    yield made
    made.library.close()


def upload(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / "uploads" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def kept(folder: Path) -> set[str]:
    return {path.name for path in (folder / "library" / "originals").rglob("*") if path.is_file()}


def document_named(assistant: Assistant, source: str) -> str:
    return next(each.id for each in assistant.documents(versions=True) if each.source == source)


def test_only_what_was_read_is_kept_and_it_goes_with_its_document(assistant: Assistant, tmp_path: Path) -> None:
    spoiled, twin = upload(tmp_path, "坏.pdf", b"%PDF-1.7 spoiled"), upload(tmp_path, "同.txt", TEXT)
    files = [upload(tmp_path, "甲.txt", TEXT), spoiled, twin, upload(tmp_path, "乙.pdf", PLAN)]
    assert [each.status for each in assistant.take(files)] == ["added", "failed", "duplicate", "added"]
    assert kept(tmp_path) == {"甲.txt", "乙.pdf"} and not any(path.exists() for path in files)
    assert assistant.original(document_named(assistant, "乙.pdf")) == PLAN
    again = upload(tmp_path, "甲.txt", TEXT)
    assert [each.status for each in assistant.take([again])] == ["unchanged"] and "甲.txt" in kept(tmp_path)
    assert assistant.remove(document_named(assistant, "甲.txt")) and kept(tmp_path) == {"乙.pdf"}
    assert not assistant.remove("没有")


def test_the_index_is_there_for_the_question_after_the_last_upload(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(assistant.take([upload(tmp_path, "甲.txt", TEXT)]))
    monkeypatch.setattr("index.build._build", None)
    assert assistant.search("节能由谁牵头")


def test_an_archive_stays_for_as_long_as_one_of_its_files(assistant: Assistant, tmp_path: Path) -> None:
    content = zipped({"一.txt": TEXT, "二.txt": "临滩市节水方案\n一、总体要求\n由市水务局牵头。\n"})
    assert [each.status for each in assistant.take([upload(tmp_path, "包.zip", content)])] == ["added"] * 2
    leaf = assistant.leaf(document_named(assistant, "二.txt"), 0, 0)
    assert leaf.text is not None and "市水务局" in leaf.text
    for source, left in (("一.txt", {"包.zip"}), ("二.txt", set())):
        assert assistant.remove(document_named(assistant, source)) and kept(tmp_path) == left


def test_the_page_of_the_clause_is_shown(assistant: Assistant, tmp_path: Path) -> None:
    list(assistant.take([upload(tmp_path, "方案.pdf", PLAN)]))
    (document,) = assistant.documents()
    leaf = assistant.leaf(document.id, 0, document.text.index("市水务局"))
    assert (leaf.page, leaf.pages, leaf.notes) == (2, 2, ()) and leaf.picture
    assert assistant.leaf(document.id, 1, 0).page == 1 and assistant.leaf(document.id, 9, 0).page == 2


def test_a_file_that_changed_or_went_is_said(assistant: Assistant, tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_text(TEXT, encoding="utf-8")
    list(assistant.add([path]))
    (document,) = assistant.documents()
    assert assistant.leaf(document.id, 0, 0).notes == ()
    path.write_text(TEXT + "二、附则", encoding="utf-8")
    leaf = assistant.leaf(document.id, 0, 0)
    assert leaf.text == TEXT + "二、附则" and "有过改动" in leaf.notes[0]
    path.unlink()
    leaf = assistant.leaf(document.id, 0, 0)
    assert leaf.text is None and not leaf.there and "已不在添加时的位置" in leaf.notes[0]


@needs_office
def test_an_office_file_is_shown_as_it_is_printed_at_its_clause(assistant: Assistant, tmp_path: Path) -> None:
    text = "云川市方案\n" + "一、总体要求\n" + "稳步推进节水工作。\n" * 60 + "二、保障措施\n市水务局负责节水工作。\n"
    list(assistant.take([upload(tmp_path, "方案.docx", word(text))]))
    (document,) = assistant.documents()
    leaf = assistant.leaf(document.id, 0, document.text.index("二、保障措施"))
    assert leaf.page == leaf.pages > 1 and leaf.picture
    copies = tmp_path / "library" / "copies"
    assert len(list(copies.iterdir())) == 1 and assistant.remove(document.id) and list(copies.iterdir()) == []


def test_questions_are_answered_while_files_are_taken(assistant: Assistant, tmp_path: Path) -> None:
    list(assistant.take([upload(tmp_path, "甲.txt", TEXT)]))
    going, asked = threading.Event(), threading.Event()

    def uploads() -> Iterator[Path]:
        yield upload(tmp_path, "乙.txt", "临滩市节水方案\n一、总体要求\n由市水务局牵头。\n")
        going.set()
        assert asked.wait(60)

    taking = threading.Thread(target=lambda: list(assistant.take(uploads())))
    taking.start()
    try:
        assert going.wait(60)
        assert "临滩市" in assistant.ask("节水由谁牵头").text  # what was taken so far counts
    finally:
        asked.set()
        taking.join()
