"""Uploaded files are kept with their documents; PDF copies are made once and bounded."""

import os
from pathlib import Path

import pytest

from corpus import originals as room
from corpus.errors import LibraryError
from corpus.originals import Originals, load
from tests.corpus.reading.making import zipped


def upload(folder: Path, name: str = "甲.txt", text: str = "一、总则。") -> Path:
    path = folder / "uploads" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def kept_files(folder: Path) -> list[Path]:
    return [path for path in (folder / "originals").rglob("*") if path.is_file()]


def test_the_same_content_under_the_same_name_stays_at_the_same_place(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    place = originals.keep(upload(tmp_path))
    assert place == originals.keep(upload(tmp_path)) and place.read_text(encoding="utf-8") == "一、总则。"
    assert (
        originals.keep(upload(tmp_path, text="二、")) != place and originals.keep(upload(tmp_path, "乙!.txt")).name == "乙！.txt"
    )
    assert len(kept_files(tmp_path)) == 3 and originals.kept(str(place)) == originals.kept(f"{place}!里/面.txt") == place
    assert originals.kept(str(tmp_path / "甲.txt")) is None and originals.kept("") is None


def test_what_cannot_be_kept_is_said(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="未能保存：找不到"):
        Originals(tmp_path).keep(tmp_path / "没有.txt")


def test_a_file_goes_with_the_last_that_was_read_from_it(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    place, other = originals.keep(upload(tmp_path, "包.zip")), originals.keep(upload(tmp_path, "乙.txt"))
    outside = upload(tmp_path, "外.txt")
    originals.drop([f"{place}!一.txt", str(outside)], [f"{place}!二.txt"])
    assert place.exists() and outside.exists()
    originals.drop([f"{place}!一.txt", f"{place}!二.txt"], [str(other)])
    assert kept_files(tmp_path) == [other]
    originals.prune([str(other)])
    assert kept_files(tmp_path) == [other]
    originals.prune([])
    assert kept_files(tmp_path) == [] and list((tmp_path / "originals").iterdir()) == []


def test_a_copy_is_made_once_for_a_content_and_the_oldest_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes] = []

    def as_pdf(kind: str, data: bytes) -> bytes:
        made.append(data)
        return b"%PDF" + data * 10

    monkeypatch.setattr(room, "as_pdf", as_pdf)
    monkeypatch.setattr(room, "MAX_COPIES", 40)
    originals = Originals(tmp_path)
    for data in (b"a", b"a", b"b"):
        assert originals.pdf("d", "docx", data) == b"%PDF" + data * 10
    assert made == [b"a", b"b"]
    originals.forget(["d"])
    originals.pdf("d", "docx", b"a")
    assert made == [b"a", b"b", b"a"]
    for n, path in enumerate((tmp_path / "copies").iterdir()):
        os.utime(path, (n, n))
    originals.pdf("e", "docx", b"123")
    assert [path.name[:2] for path in (tmp_path / "copies").iterdir()] == [
        "e."
    ]  # 34 bytes; with the 14 of the other they are too many


def test_the_file_is_found_where_it_was_also_inside_a_container(tmp_path: Path) -> None:
    path = upload(tmp_path)
    container = tmp_path / "包!.zip"
    container.write_bytes(zipped({"夹/内.txt": "内"}))
    assert load(str(path)) == "一、总则。".encode() and load(f"{container}!夹/内.txt") == "内".encode()
    path.unlink()
    assert load(str(path)) is None and load(f"{container}!没有.txt") is None and load("") is None
