"""Which files a person means by the paths given."""

from pathlib import Path

import pytest

from corpus.errors import ReadError
from corpus.reading import read_file, walk


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("好", encoding="utf-8")


def walked(folder: Path, *paths: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in walk(paths or [folder])]


def test_every_file_of_a_folder_in_order_also_of_unknown_formats(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/2.md", "a/1.txt", "c/d/e.pdf", "A.txt")
    assert walked(tmp_path) == ["A.txt", "a/1.txt", "a/2.md", "b.txt", "c/d/e.pdf"]


def test_clutter_is_passed_over(tmp_path: Path) -> None:
    make(
        tmp_path,
        "甲.txt",
        ".hidden.txt",
        "~$甲.docx",
        ".DS_Store",
        "Thumbs.db",
        ".git/x.txt",
        "__MACOSX/y.txt",
    )
    make(tmp_path, "desktop.ini", "sub/~$乙.docx", "sub/.~lock.乙.odt#")
    assert walked(tmp_path) == ["甲.txt"]


def test_what_the_caller_names_is_always_yielded(tmp_path: Path) -> None:
    make(tmp_path, ".hidden.txt")
    missing = tmp_path / "missing.txt"
    assert walked(tmp_path, missing, tmp_path / ".hidden.txt") == ["missing.txt", ".hidden.txt"]


def test_order_of_the_paths_is_kept_and_each_file_comes_once(tmp_path: Path) -> None:
    make(tmp_path, "b/1.txt", "a/1.txt")
    b, a = tmp_path / "b", tmp_path / "a"
    assert walked(tmp_path, b, a, b / "1.txt", tmp_path) == ["b/1.txt", "a/1.txt"]


def test_links_that_lead_round_end(tmp_path: Path) -> None:
    make(tmp_path, "a/1.txt")
    (tmp_path / "a" / "round").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    assert walked(tmp_path) == ["a/1.txt", "broken.txt", "self"]


def test_links_to_folders_elsewhere_are_followed(tmp_path: Path) -> None:
    make(tmp_path, "outside/1.txt", "inside/2.txt")
    (tmp_path / "inside" / "link").symlink_to(tmp_path / "outside")
    assert walked(tmp_path, tmp_path / "inside") == ["inside/2.txt", "inside/link/1.txt"]


def test_a_folder_that_cannot_be_listed_is_yielded_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a/1.txt", "b.txt")
    listing = Path.iterdir

    def iterdir(path: Path) -> object:
        if path.name == "a":
            raise PermissionError(13, "denied")
        return listing(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    assert walked(tmp_path) == ["a", "b.txt"]
    with pytest.raises(ReadError, match="没有权限"):
        read_file(tmp_path / "a")


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert walked(tmp_path) == []
