"""The library: wholly there or wholly absent, refuses what a newer version made, gives back what it was given."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import codec, migrations
from corpus.errors import LibraryError, NewerLibraryError
from corpus.outline import read_clauses
from corpus.store import FILE, Library, content_hash
from corpus.types import Clause, Document, Facts, Page, Responsibility, Target

TEXT = "云泽市节能方案\n一、甲\n做事。（市甲局负责）\n附件1\n表\n地区\t目标\n东县\t15\n西县\t16"
FACTS = Facts("云泽市节能方案", "云政〔2022〕1号", None, "云泽市", "2022-05-06", False, None, ("《节能法》",))


def document(id: str = "d1", text: str = TEXT) -> tuple[Document, tuple[Clause, ...]]:
    clauses = read_clauses(text, id)
    duty = Responsibility("市甲局", "甲", "responsible", False, None, 17, 24)
    target = Target("目标", "15", "%", "=", "down", 2025, None, 40, 42, "东县")
    return Document(id, "甲.txt", text, FACTS), (*clauses[:-1], replace(clauses[-1], responsibilities=(duty,), targets=(target,)))


def save(library: Library, id: str = "d1", text: str = TEXT) -> None:
    library.save(*document(id, text), origin=f"/{id}/甲.txt", reader="1")


def test_what_is_stored_comes_back(tmp_path: Path) -> None:
    library = Library(tmp_path / "库")
    save(library)
    given, clauses = document()
    again = Library(tmp_path / "库")
    assert again.document("d1") == given
    assert tuple(again.clauses("d1")) == clauses
    assert again.clause("d1", clauses[-1].id) == clauses[-1]
    assert again.counts() == {"d1": len(clauses)}
    assert again.by_origin("/d1/甲.txt") == again.by_content(content_hash(TEXT)) == "d1"
    assert again.read_by("d1") == "1"


def test_a_document_read_before_is_kept_until_the_library_changes(tmp_path: Path) -> None:
    library, other = Library(tmp_path), Library(tmp_path)
    save(library)
    kept = library.document("d1")
    assert library.document("d1") is kept
    (listed,) = library.documents()
    assert library.document("d1") is listed
    save(other, text=TEXT + "。")
    assert library.document("d1").text == TEXT + "。" == library.document("d1").text
    assert other.remove("d1")
    with pytest.raises(LibraryError):
        library.document("d1")


def test_state_changes_with_every_change_and_only_then(tmp_path: Path) -> None:
    library = Library(tmp_path)
    empty = library.state()
    save(library)
    first = library.state()
    save(library)
    assert library.state() == first != empty
    save(library, text=TEXT + "。")
    assert library.state() not in (first, empty)
    assert library.remove("d1") and not library.remove("d1")
    assert library.state() == empty and list(library.clauses()) == []


def test_a_clause_that_is_no_slice_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    library = Library(tmp_path)
    save(library)
    before = library.state()
    doc, clauses = document()
    with pytest.raises(LibraryError, match="原文不符"):
        library.save(doc, (replace(clauses[0], text="改动"), *clauses[1:]), origin="/x", reader="1")
    assert library.state() == before


def test_a_save_that_fails_half_way_leaves_the_old_document(tmp_path: Path) -> None:
    library = Library(tmp_path)
    save(library)
    doc, clauses = document(text=TEXT + "。")
    with pytest.raises(sqlite3.IntegrityError):
        library.save(doc, clauses, origin=None, reader="1")  # type: ignore[arg-type]
    assert library.document("d1").text == TEXT


def test_a_library_of_a_newer_version_is_refused_unchanged(tmp_path: Path) -> None:
    Library(tmp_path).close()
    db = sqlite3.connect(tmp_path / FILE)
    db.execute("PRAGMA user_version=99")
    db.commit()
    db.close()
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(NewerLibraryError, match="99"):
        Library(tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


@pytest.mark.parametrize("version", range(len(migrations.MIGRATIONS)))
def test_every_earlier_version_is_brought_up(tmp_path: Path, version: int) -> None:
    db = sqlite3.connect(tmp_path / FILE)
    for step in migrations.MIGRATIONS[:version]:
        step(db)
    db.execute(f"PRAGMA user_version={version}")
    db.commit()
    db.close()
    library = Library(tmp_path)
    save(library)
    assert library.document("d1").text == TEXT


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all" * 100)
    with pytest.raises(LibraryError, match="无法打开文件库"):
        Library(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="无法打开文件库"):
        Library(tmp_path / "file")


def test_unknown_names(tmp_path: Path) -> None:
    library = Library(tmp_path)
    with pytest.raises(LibraryError, match="policy documents"):
        library.document("没有")
    with pytest.raises(LibraryError, match="policy clauses"):
        library.clause("没有", "没有:一")


def test_ids_come_from_content_and_stay_free(tmp_path: Path) -> None:
    library = Library(tmp_path)
    content = content_hash(TEXT)
    assert library.new_id(content) == content[:12]
    save(library, id=content[:12])
    assert library.new_id(content) == f"{content[:12]}-2"


def test_a_mark_replaces_what_was_said_of_the_two_before(tmp_path: Path) -> None:
    library = Library(tmp_path)
    save(library)
    first = library.mark("怎么做", "d1:一", good=True)
    other = library.mark("谁来做", "d1:一", good=True)
    again = library.mark("怎么做", "d1:一", good=False)
    assert Library(tmp_path).marks() == [other, again] and again.number > other.number > first.number
    assert library.unmark(other.number) and not library.unmark(other.number) and library.marks() == [again]


def test_a_mark_waits_for_a_document_that_is_removed(tmp_path: Path) -> None:
    library = Library(tmp_path)
    save(library)
    mark = library.mark("怎么做", "d1:一", good=True)
    state = library.state()
    library.remove("d1")
    assert library.place_of("d1:一") is None and library.marks() == [mark]
    save(library)
    assert library.place_of("d1:一") == "d1" and library.state() == state


@pytest.mark.parametrize("clause", ["", "d1", "d1:无", "无:一", "d2:一"])
def test_only_clauses_of_the_library_are_marked(tmp_path: Path, clause: str) -> None:
    library = Library(tmp_path)
    save(library)
    with pytest.raises(LibraryError, match="没有条款"):
        library.mark("怎么做", clause, good=True)
    assert library.marks() == []


def test_pages_are_kept_and_count_as_a_change(tmp_path: Path) -> None:
    library = Library(tmp_path / "库")
    given, clauses = document()
    library.save(given, clauses, origin="/甲.pdf", reader="1")
    before = library.state()
    paged = replace(given, pages=(Page(1, 0), Page(2, 9, 0.97)))
    library.save(paged, clauses, origin="/甲.pdf", reader="1")
    assert Library(tmp_path / "库").document("d1") == paged
    assert library.state() != before


def test_documents_of_a_library_before_versions_are_current_and_get_them(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / FILE)
    for step in migrations.MIGRATIONS[:3]:
        step(db)
    facts = codec.dump(replace(FACTS, issuer="云泽市水利局"))
    row = ("d1", "甲.txt", "/甲.txt", content_hash(TEXT), "2", "r1", facts, TEXT)
    db.execute("INSERT INTO documents(id, source, origin, content, reader, revision, facts, text) VALUES(?,?,?,?,?,?,?,?)", row)
    db.execute("PRAGMA user_version=3")
    db.commit()
    db.close()
    library = Library(tmp_path)
    (document,) = library.documents()
    assert document.current and library.revisions() == {"d1": "r1"} and library.by_origin("/甲.txt") == "d1"
    later = replace(document.facts, title="云泽市节能方案（修订）", date="2024-01-01")
    assert library.kin(later, "全新的文字") == "d1"
    assert library.kin(replace(later, region="松陵市"), TEXT) is None
