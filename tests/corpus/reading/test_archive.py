"""Archives: each member a document of its own, whatever its name is written in; nothing of them can hurt."""

import io
import stat
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from corpus.errors import FormatError, PolicyError, TooLargeError
from corpus.ingest import Outcome, add_paths
from corpus.reading import members, read_file
from corpus.reading.archive import members as archived
from corpus.reading.members import is_there, read_parts
from corpus.store import Library
from tests.corpus.reading.making import SAMPLES, word, zipped

PLAN = "云泽市节水行动方案\n一、总体要求\n市水务局负责节水工作。\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "库")


def write(folder: Path, members: "dict[str, str | bytes] | bytes", name: str = "甲.zip") -> Path:
    path = folder / name
    path.write_bytes(members if isinstance(members, bytes) else zipped(members))
    return path


def outcomes(library: Library, *paths: Path) -> list[tuple[str, str]]:
    return [(o.source, o.status) for o in add_paths(library, paths)]


def lines(path: Path) -> dict[str, str]:
    """Place → the sentence, "" for what was read."""
    return {part.place: part.error or "" for part in read_parts(path)}


def test_each_member_is_a_document(tmp_path: Path, library: Library) -> None:
    plan = sorted(SAMPLES.glob("*.txt"))[0]
    text = read_file(plan).text
    path = write(
        tmp_path, {"文件/": b"", "文件/甲.docx": word(text), "乙.txt": PLAN, "__MACOSX/._乙.txt": b"x", ".DS_Store": b"x"}
    )
    assert outcomes(library, path) == [("甲.docx", "added"), ("乙.txt", "added")]
    assert sorted(d.source for d in library.documents()) == ["乙.txt", "甲.docx"]
    assert outcomes(library, path) == [("甲.docx", "unchanged"), ("乙.txt", "unchanged")]
    assert library.by_origin(f"{path.resolve()}!文件/甲.docx")


def gbk_zip(name: str, content: bytes) -> bytes:
    """An archive with a name in GBK, as Chinese Windows packs it."""
    stand_in = "x" * len(name.encode("gbk"))
    return zipped({stand_in: content}).replace(stand_in.encode(), name.encode("gbk"))


@pytest.mark.parametrize("name", ["节水方案.txt", "苘麻.txt", "文件／乗乗.txt"])
def test_names_in_gbk(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, gbk_zip(name, PLAN.encode()))
    assert [part.name for part in read_parts(path)] == [name]


def test_names_that_would_lead_elsewhere_lead_nowhere(tmp_path: Path, library: Library) -> None:
    names = ["../../上.txt", "/绝对.txt", "C:\\盘\\符.txt", "a\n换.txt", "\u202e转.txt", "正.txt"]
    path = write(tmp_path, {name: f"{PLAN}{n}" for n, name in enumerate(names)})
    before = sorted(tmp_path.parent.rglob("*.txt"))
    shown = ["上.txt", "绝对.txt", "符.txt", "a\\u000a换.txt", "\\u202e转.txt", "正.txt"]
    assert outcomes(library, path) == [(name, "added") for name in shown]
    assert sorted(tmp_path.parent.rglob("*.txt")) == before
    assert library.by_origin(f"{path.resolve()}!盘/符.txt")


def test_links_are_not_followed(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("链.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/hostname")
    assert "快捷链接" in lines(write(tmp_path, buffer.getvalue()))["!链.txt"]


def test_two_members_of_one_name_are_two_documents(tmp_path: Path, library: Library) -> None:
    made = zipped({"方案a.txt": PLAN, "方案b.txt": PLAN + "二、附则\n", "丙.txt": PLAN + "三、附则\n"})
    path = write(tmp_path, made.replace("方案b".encode(), "方案a".encode()))
    assert outcomes(library, path) == [("方案a.txt", "added"), ("方案a.txt", "added"), ("丙.txt", "added")]
    assert len(library.documents()) == 3


def test_archives_in_archives(tmp_path: Path) -> None:
    data = zipped({"底.txt": PLAN})
    for depth in range(3):
        path = write(tmp_path, data)
        (place, error), *more = lines(path).items()
        assert not more and not error and place == "".join(f"!{n}.zip" for n in range(depth - 1, -1, -1)) + "!底.txt"
        data = zipped({f"{depth}.zip": data})
    assert "2 层" in lines(write(tmp_path, data))["!2.zip!1.zip!0.zip"]


def test_bombs_are_refused_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, {"弹.txt": b"0" * (30 * 2**20), "大.txt": b"0" * (51 * 2**20), "正.txt": PLAN})
    told = lines(path)
    assert "压缩炸弹" in told["!弹.txt"] and "51.0 MB" in told["!大.txt"] and not told["!正.txt"]
    monkeypatch.setattr(members, "MAX_UNPACKED", 250)
    path = write(tmp_path, {"一.txt": PLAN, "二.zip": zipped({"三.txt": PLAN}), "四.txt": PLAN})
    assert [("上限" in error) for error in lines(path).values()] == [False, True, True]
    monkeypatch.setattr(members, "MAX_MEMBERS", 2)
    assert list(lines(path)) == [""] and "2 个以上" in lines(path)[""]


def test_a_member_that_lies_about_its_size_is_not_unpacked_further(tmp_path: Path) -> None:
    made = zipped({"谎.txt": b"0" * (30 * 2**20)})
    path = write(tmp_path, made.replace(struct.pack("<I", 30 * 2**20), struct.pack("<I", 100)))
    assert "损坏" in lines(path)["!谎.txt"]


def test_members_fail_alone(tmp_path: Path, library: Library) -> None:
    locked = bytearray(zipped({"密.txt": PLAN}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        locked[locked.index(mark) + (6 if mark[2] == 3 else 8)] |= 1
    assert "密码" in lines(write(tmp_path, bytes(locked)))["!密.txt"]
    path = write(tmp_path, {"乙.rar": b"Rar!\x1a\x07\x00", "空.txt": b"", "正.txt": PLAN})
    found: list[Outcome] = list(add_paths(library, [path]))
    assert [o.status for o in found] == ["failed", "failed", "added"]
    assert "RAR" in (found[0].error or "") and "没有文字" in (found[1].error or "")


def test_archives_that_cannot_be_opened(tmp_path: Path, library: Library) -> None:
    made = zipped({"正.txt": PLAN})
    (told,) = lines(write(tmp_path, made[: len(made) // 2])).values()
    assert "损坏" in told and "甲.zip" in told and told.endswith("。")
    (told,) = lines(write(tmp_path, {})).values()
    assert "没有" in told and "甲.zip" in told
    with pytest.raises(FormatError, match="解压"):
        read_file(write(tmp_path, made))
    path = tmp_path / "大.zip"
    with path.open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(TooLargeError):
        list(read_parts(path))
    assert outcomes(library, path) == [("大.zip", "failed")]


def test_the_same_document_inside_and_outside(tmp_path: Path, library: Library) -> None:
    path, plain = write(tmp_path, {"一.txt": PLAN}), tmp_path / "外.txt"
    plain.write_text(PLAN, encoding="utf-8")
    assert outcomes(library, path, plain) == [("一.txt", "added"), ("外.txt", "duplicate")]
    write(tmp_path, {"二.txt": PLAN})  # the member has a new name
    assert outcomes(library, path) == [("二.txt", "updated")]
    assert [d.source for d in library.documents()] == ["二.txt"]
    path.unlink()
    assert outcomes(library, plain) == [("外.txt", "updated")]
    assert len(library.documents()) == 1


def test_what_is_there(tmp_path: Path) -> None:
    path = write(tmp_path, {"一.txt": PLAN, "内.zip": zipped({"二.txt": PLAN})}, "重要!.zip")
    assert all(is_there(f"{path}{place}") for place in ("", "!一.txt", "!内.zip!二.txt"))
    assert not any(is_there(f"{path}{place}") for place in ("!三.txt", "!一.tx", "x"))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_damaged_byte_is_said_whatever_the_method(method: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("方案.txt", "云泽市方案\n一、目标\n节能。\n" * 20)
    whole = buffer.getvalue()
    for at in range(len(whole)):
        with suppress(PolicyError):
            for member in archived(whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :]):
                member.load()


def test_a_method_we_do_not_know_is_told(tmp_path: Path) -> None:
    made = zipped({"甲.txt": PLAN})
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = made.index(mark) + place
        made = made[:at] + b"\x09\x00" + made[at + 2 :]  # Deflate64
    assert "压缩方法不受支持" in lines(write(tmp_path, made))["!甲.txt"]
