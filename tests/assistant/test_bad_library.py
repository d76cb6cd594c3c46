"""A library or an index that is damaged, foreign or not to be written: a sentence, or built anew; nothing is lost."""

import sqlite3
from pathlib import Path

import pytest

from tests.assistant.bad_input import PLAN, library, lines, policy

__all__ = ["library"]


def _sql(library: str, statement: str) -> None:
    db = sqlite3.connect(Path(library) / "library.db")
    db.execute(statement)
    db.commit()
    db.close()


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE documents SET facts='{'", "记录已损坏"),
        ("UPDATE clauses SET data='[]'", "记录已损坏"),
        ("DROP TABLE clauses", "结构与本程序不符"),
    ],
)
def test_a_damaged_library_is_a_sentence(library: str, statement: str, says: str) -> None:
    _sql(library, statement)
    result = policy("clauses", "--library", library, "--json")
    assert result.exit_code == 1 and says in str(lines(result)[-1]["error"])
    assert policy("documents", "--library", library).stderr.count("。") <= 2


def test_pages_of_noise_in_a_library(library: str, tmp_path: Path) -> None:
    _sql(library, "PRAGMA wal_checkpoint(TRUNCATE)")
    data = (Path(library) / "library.db").read_bytes()
    damaged = tmp_path / "坏"
    damaged.mkdir()
    (damaged / "library.db").write_bytes(data[:4096] + b"\xa5" * (len(data) - 4096))
    for command in (["documents"], ["search", "绿色"], ["remove", "x"], ["ask", "谁负责绿色建材"]):
        result = policy(*command, "--library", str(damaged), "--json")
        assert result.exit_code == 1 and "已损坏" in str(lines(result)[-1]["error"])


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    _sql(str(tmp_path), "CREATE TABLE books(x)")
    before = (tmp_path / "library.db").read_bytes()
    result = policy("documents", "--library", str(tmp_path))
    assert result.exit_code == 1 and "不是本程序建立的" in result.stderr
    assert (tmp_path / "library.db").read_bytes() == before


def test_a_file_where_the_library_should_be(tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    for place in (tmp_path / "文件", tmp_path / "文件" / "下"):
        result = policy("documents", "--library", str(place))
        assert result.exit_code == 1 and "文件" in result.stderr and "Errno" not in result.stderr


def test_an_empty_library_says_so(tmp_path: Path) -> None:
    for command in (["documents"], ["clauses"], ["search", "绿色"], ["precedents", "推进绿色建筑"]):
        assert "还没有文件" in policy(*command, "--library", str(tmp_path)).stdout
        shown_json = policy(*command, "--library", str(tmp_path), "--json")
        assert shown_json.exit_code == 0 and "还没有文件" not in shown_json.stdout


# -- the index -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", ["bytes", "folder", "array", "vectors"])
def test_a_damaged_index_is_built_anew(library: str, damage: str) -> None:
    root = Path(library) / "index"
    serving = root / (root / "current").read_text("utf-8").strip()
    if damage == "bytes":
        (root / "current").write_bytes(b"\xff\xfe\x00")
    elif damage == "folder":
        (root / "current").unlink()
        (root / "current").mkdir()
    else:
        file = serving / {"array": "units.npy", "vectors": "vectors.faiss"}[damage]
        file.write_bytes(b"\xa5" * file.stat().st_size)
    result = policy("search", "绿色建材", "-k", "1", "--library", library, "--json")
    assert result.exit_code == 0 and len(lines(result)[0]["hits"]) == 1  # type: ignore[arg-type]


def test_an_index_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "index").touch()
    (tmp_path / "云泽.txt").write_text(PLAN, "utf-8")
    result = policy("add", str(tmp_path / "云泽.txt"), "--library", str(tmp_path), "--json")
    assert result.exit_code == 1 and "无法写入索引文件夹" in str(lines(result)[-1]["error"])
    assert len(lines(policy("documents", "--library", str(tmp_path), "--json"))) == 1


# -- standard input and output ---------------------------------------------------------------------------------------
