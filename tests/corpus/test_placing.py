"""What becomes of a file that is known, moved, put back, or comes under another's name; and of two programs that add at once."""

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from corpus import ingest
from corpus.ingest import Outcome, add_paths
from corpus.store import Library
from corpus.types import Clause, Document
from tests.corpus.reading.making import word
from tests.versioned import DRAFT, ISSUED, LATER, TEXTS, plan, put

OTHER = plan("云泽市防汛预案", "云泽市应急管理局", task="加固堤防3公里")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "库")


def titles(library: Library) -> list[str]:
    return sorted(document.facts.title for document in library.documents())


def test_a_file_put_back_is_current_again(library: Library, tmp_path: Path) -> None:
    first = put(library, tmp_path / "甲.txt", plan())
    put(library, tmp_path / "甲.txt", plan(task="误改1公里"))
    back = put(library, tmp_path / "甲.txt", plan())
    assert (back.status, back.document) == ("updated", first.document) and "恢复" in back.told
    assert library.document(str(first.document)).text == plan() and library.version(str(first.document)).count == 2
    again = put(library, tmp_path / "甲.txt")
    assert (again.status, again.document, again.told) == ("unchanged", first.document, "")


def test_a_file_put_back_to_what_came_before_stays_old(library: Library, tmp_path: Path) -> None:
    put(library, tmp_path / "甲.txt", TEXTS[ISSUED])
    put(library, tmp_path / "甲.txt", TEXTS[LATER])
    back = put(library, tmp_path / "甲.txt", TEXTS[ISSUED])
    assert "旧版本" in back.told and "恢复" not in back.told
    assert [d.text for d in library.documents()] == [TEXTS[LATER]]
    assert put(library, tmp_path / "甲.txt").status == "unchanged"


def test_a_moved_file_is_found_at_its_new_place(library: Library, tmp_path: Path) -> None:
    first = put(library, tmp_path / "甲.txt", plan())
    (tmp_path / "甲.txt").rename(tmp_path / "乙.txt")
    moved = put(library, tmp_path / "乙.txt")
    assert (moved.status, moved.document) == ("updated", first.document) and "文件名" in moved.told
    assert library.origin(str(first.document)) == str((tmp_path / "乙.txt").resolve())


def test_another_document_under_an_old_name_is_told_and_the_first_has_a_place_of_its_own(
    library: Library, tmp_path: Path
) -> None:
    first = put(library, tmp_path / "通知.txt", plan())
    library.correct(str(first.document), {"doc_number": "云水发〔2022〕1号"})
    told = put(library, tmp_path / "通知.txt", OTHER).told
    assert "节水行动方案" in told and "防汛预案" in told and "另存" in told
    assert titles(library) == ["云泽市防汛预案"]
    apart = put(library, tmp_path / "节水.txt", plan())  # as the sentence says
    assert apart.status == "added" and "单独" in apart.told
    assert titles(library) == ["云泽市节水行动方案", "云泽市防汛预案"]
    assert [v.count for v in library.versions()] == [1, 1]
    document = library.document(str(apart.document))
    assert (document.source, document.facts.doc_number) == ("节水.txt", "云水发〔2022〕1号")
    assert all(c.document == document.id and c.id.startswith(f"{document.id}:") for c in library.clauses(document.id))
    assert [o.status for o in add_paths(library, [tmp_path / "通知.txt", tmp_path / "节水.txt"])] == ["unchanged"] * 2


def test_a_copy_of_an_old_version_of_one_document_is_no_other_document(library: Library, tmp_path: Path) -> None:
    put(library, tmp_path / "甲.txt", TEXTS[DRAFT])
    put(library, tmp_path / "甲.txt", TEXTS[ISSUED])
    copy = put(library, tmp_path / "备份.txt", TEXTS[DRAFT])
    assert copy.status == "duplicate" and len(library.documents()) == 1
    put(library, tmp_path / "乙.txt", "没有标题也没有机关的一段话。\n")  # nothing is known of it to tell it by
    put(library, tmp_path / "乙.txt", OTHER)
    assert put(library, tmp_path / "丙.txt", "没有标题也没有机关的一段话。\n").status == "duplicate"


def test_other_bytes_of_the_same_text_are_the_file_that_is_known(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "甲.docx"
    path.write_bytes(word(plan()))
    first = put(library, path)
    revisions = library.revisions()
    with path.open("ab") as file:
        file.write(b"\0")  # a zip may end in a comment
    again = put(library, path)
    assert (again.status, again.document) == ("unchanged", first.document)
    assert library.file(str(first.document)) == sha256(path.read_bytes()).hexdigest()
    assert library.revisions() == revisions  # nothing for the index to do


def test_the_library_itself_is_not_added(tmp_path: Path) -> None:
    library = Library(tmp_path / "库")
    (tmp_path / "甲.txt").write_text(plan(), "utf-8")
    (library.path / "originals").mkdir()
    shutil.copy(tmp_path / "甲.txt", library.path / "originals" / "乙.txt")
    assert [(o.source, o.status) for o in add_paths(library, [tmp_path])] == [("甲.txt", "added")]
    (own,) = add_paths(library, [library.path / "originals" / "乙.txt"])  # named, it is meant
    assert own.status == "duplicate"


def _meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Act once, as another program would, after a file was looked up and before it is stored."""
    read = ingest.read_document
    left = [act]

    def interrupted(*given: Any) -> tuple[Document, tuple[Clause, ...]]:
        while left:
            left.pop()()
        return read(*given)

    monkeypatch.setattr(ingest, "read_document", interrupted)


def _added_at_once(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch, one: str, other: str) -> Outcome:
    elsewhere = Library(library.path)
    _meanwhile(monkeypatch, lambda: put(elsewhere, folder / "别处.txt", other))
    return put(library, folder / "甲.txt", one)


def test_two_versions_added_at_once_are_one_document(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    late = _added_at_once(library, tmp_path, monkeypatch, TEXTS[DRAFT], TEXTS[ISSUED])
    (document,) = library.documents()
    assert late.status == "updated" and "旧版本" in late.told
    assert document.text == TEXTS[ISSUED] and library.version(document.id).count == 2


def test_one_text_added_at_once_is_there_once(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    late = _added_at_once(library, tmp_path, monkeypatch, plan(), plan())
    (document,) = library.documents(versions=True)
    assert (late.status, late.document, document.source) == ("duplicate", document.id, "别处.txt")


def test_a_document_removed_while_its_new_version_is_read(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, elsewhere = put(library, tmp_path / "甲.txt", plan()), Library(library.path)
    _meanwhile(monkeypatch, lambda: elsewhere.remove(str(first.document)))
    again = put(library, tmp_path / "甲.txt", plan(task="改造管网1公里"))
    (document,) = library.documents(versions=True)
    assert (again.status, again.document) == ("added", document.id)
