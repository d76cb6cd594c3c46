"""What people give that cannot be done: a sentence, the right exit code, no traceback, and the library as it was."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.config import load_settings
from corpus import ingest
from corpus.errors import PolicyError
from corpus.reading import written
from corpus.reading.folders import shown
from tests.assistant.bad_input import PLAN, library, lines, policy

__all__ = ["library"]


@pytest.mark.parametrize(
    ("raw", "name"),
    [("云海.txt".encode(), "云海.txt"), ("云海.txt".encode("gb18030"), "云海.txt"), (b"a\xff.txt", "a?.txt")],
)
def test_a_name_that_the_locale_cannot_decode(raw: bytes, name: str) -> None:
    assert written(raw.decode("utf-8", "surrogateescape")) == name
    assert written(raw.decode("ascii", "surrogateescape")) == name


@pytest.mark.skipif(sys.platform != "linux", reason="文件名为字节的文件系统才有此情形")
def test_files_with_names_in_gbk_are_added_under_their_chinese_names(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "夹")
    os.makedirs(folder)  # noqa: PTH103  (bytes)
    for encoding in ("gb18030", "utf-8"):
        name = "云海市方案.txt".encode(encoding)
        Path(os.fsdecode(os.path.join(folder, name))).write_text(PLAN + encoding, "utf-8")  # noqa: PTH118
    Path(os.fsdecode(os.path.join(folder, "空.txt".encode("gb18030")))).touch()  # noqa: PTH118
    for statuses in (["added", "added"], ["unchanged", "unchanged"]):
        rows = lines(policy("add", str(tmp_path / "夹"), "--library", str(tmp_path / "库"), "--json"))
        assert sorted(str(r["source"]) for r in rows) == ["云海市方案.txt", "云海市方案.txt", "空.txt"]
        assert [r["status"] for r in rows if r["status"] != "failed"] == statuses
        assert ["“空.txt”里没有文字" in str(r["error"]) for r in rows].count(True) == 1


@pytest.mark.parametrize("name", ["换\n行.txt", "\u202e反.txt", "\x1b[31m红.txt", "制\t表.txt"])
def test_a_name_stays_on_its_line(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(PLAN, "utf-8")
    library = ("--library", str(tmp_path / "库"))
    added = policy("add", str(tmp_path / name), *library)
    assert added.stdout.splitlines() == [f"已收录  {shown(name)}（4 条）"]
    assert len(policy("documents", *library).stdout.splitlines()) == 1
    assert lines(policy("documents", *library, "--json"))[0]["source"] == shown(name)


def test_an_empty_path_is_not_the_working_folder(tmp_path: Path) -> None:
    result = policy("add", "", "--library", str(tmp_path))
    assert result.exit_code == 2 and "路径为空" in result.stderr


def test_a_link_that_points_at_itself(tmp_path: Path) -> None:
    (tmp_path / "圈.txt").symlink_to("圈.txt")
    (row,) = lines(policy("add", str(tmp_path / "圈.txt"), "--library", str(tmp_path / "库"), "--json"))
    assert row["status"] == "failed" and "快捷链接" in str(row["error"])


def test_a_fault_in_reading_one_file_does_not_stop_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = ingest.read_document

    def faulty(text: str, id: str, source: str, *rest: object) -> object:
        if source == "甲.txt":
            raise RecursionError("too deep")
        return real(text, id, source)

    monkeypatch.setattr(ingest, "read_document", faulty)
    for name in ("甲", "乙"):
        (tmp_path / f"{name}.txt").write_text(PLAN + name, "utf-8")
    result = policy("add", str(tmp_path / "甲.txt"), str(tmp_path / "乙.txt"), "--library", str(tmp_path / "库"), "--json")
    assert [r["status"] for r in lines(result)] == ["failed", "added"] and result.exit_code == 1


# -- the library -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "id", "fails"),
    [
        (b'{"id": "x"}', "x", True),
        (b'{"id": 7, "query": 5}', 7, True),
        (b'{"id": [1], "query": null}', [1], True),
        (b'{"id": {"a": 1}, "query": ["x"]}', {"a": 1}, True),
        (b"[]", 1, True),
        (b"[" * 100_000, 1, True),
        (b'{"id": 1, "que', 1, True),
        (b'{"id": null, "query": "\xe7\xbb\xbf\xe8\x89\xb2"}', None, False),
        (b'{"id": 1.5, "query": "\\ud800\xe7\xbb\xbf\xe8\x89\xb2"}', 1.5, False),
        (b'{"id": "\\ud800", "query": "\xe7\xbb\xbf\xe8\x89\xb2"}', "\ud800", False),
        (b'\xef\xbb\xbf{"id": 2, "query": "\xe7\xbb\xbf\xe8\x89\xb2"}\r', 2, False),
        (b'{"id": 3, "query": "\xc2\xcc\xc9\xab"}', 3, False),  # GBK
        (b'{"query": "\xe7\xbb\xbf\xe8\x89\xb2"}', 1, False),
    ],
)
def test_lines_of_input(library: str, line: bytes, id: object, fails: bool) -> None:
    result = policy("search", "-", "--library", library, "--json", stdin=line + b'\n{"id": "last", "query": "x"}\n')
    first, last = lines(result)
    assert (first["id"], "error" in first, last["id"]) == (id, fails, "last")
    assert result.exit_code == int(fails)


def test_no_input_is_no_output(library: str) -> None:
    for given in ("", "\r\n\n"):
        result = policy("ask", "-", "--library", library, "--json", stdin=given)
        assert (result.exit_code, result.stdout) == (0, "")


LOCALES = ({"PYTHONIOENCODING": "ascii:strict"}, {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"})


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有这些设置")
@pytest.mark.parametrize("locale", LOCALES)
def test_chinese_in_and_out_whatever_the_locale(tmp_path: Path, locale: dict[str, str]) -> None:
    command = [sys.executable, "-m", "assistant", "search", "-", "绿色建材", "--library", str(tmp_path), "--json"]
    environment = {**os.environ, **locale}
    asked = subprocess.run(  # the query as an argument, then from standard input
        [c for c in command if c != "-"], capture_output=True, env=environment, check=False
    )
    assert json.loads(asked.stdout)["query"] == "绿色建材", asked.stderr.decode()
    piped = subprocess.run(
        [c for c in command if c != "绿色建材"],
        input='{"id": 1, "query": "绿色"}'.encode(),
        capture_output=True,
        env=environment,
        check=False,
    )
    assert json.loads(piped.stdout)["query"] == "绿色", piped.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="没有 /dev/full")
def test_a_full_disk_behind_standard_output(library: str) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "assistant", "documents", "--library", library]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert result.returncode != 0 and "磁盘已满" in result.stderr.decode() and b"Traceback" not in result.stderr


# -- wrong usage, settings, files ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["serach", "x"], "search"),
        (["search", "x", "-k", "0"], "1 至 1000"),
        (["search", "x", "-k", "abc"], "1 至 1000"),
        (["serve", "--port", "0"], "1 至 65535"),
        (["search", "x", "-k"], "缺少值"),
        (["ask", "--json=1", "x"], "不带值"),
        (["--library", "x", "documents"], "命令之后"),
        (["duties", "."], "不是文件夹"),
    ],
)
def test_wrong_usage_is_said_in_chinese(arguments: list[str], says: str) -> None:
    result = policy(*arguments)
    assert result.exit_code == 2 and says in result.stderr
    assert not any(word in result.stderr for word in ("range", "valid", "Option", "directory"))


def test_the_version_is_told_also_where_nothing_is_installed() -> None:
    assert policy("--version").exit_code == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"[library]\nx = 1", "library 的值"),
        (b"host = 1.5", "host 的值"),
        (b'port = "abc\n', "第 1 行"),
        (b"\xff\xfe", "UTF-8"),
        (b"foo = 1", "foo"),
    ],
)
def test_a_settings_file_with_a_fault(tmp_path: Path, text: bytes, says: str) -> None:
    (tmp_path / "policy.toml").write_bytes(text)
    with pytest.raises(PolicyError, match=says):
        load_settings({}, file=tmp_path / "policy.toml")


def test_an_empty_option_is_no_option(tmp_path: Path) -> None:
    assert load_settings({}, file=tmp_path / "none", encoder="").encoder == "builtin"


def test_batch_never_overwrites_its_questions(library: str, tmp_path: Path) -> None:
    file = tmp_path / "问题.xlsx"
    file.write_bytes(b"not a workbook")
    same = policy("batch", str(file), str(file), "--library", library)
    assert same.exit_code == 1 and "同一个文件" in same.stderr and file.read_bytes() == b"not a workbook"
    other = policy("batch", str(file), str(tmp_path / "答.xlsx"), "--library", library)
    assert other.exit_code == 1 and "问题.xlsx" in other.stderr and not (tmp_path / "答.xlsx").exists()


def test_an_export_where_nothing_can_be_written(library: str, tmp_path: Path) -> None:
    result = policy("duties", str(tmp_path / "没有" / "表.xlsx"), "--library", library)
    assert result.exit_code == 1 and "无法写入" in result.stderr and "No such" not in result.stderr
    done = policy("duties", str(tmp_path / "表.xlsx"), "--unit", "市气象局", "--library", library)
    assert done.exit_code == 0 and "0 项" in done.stderr
