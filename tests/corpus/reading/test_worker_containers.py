"""Archives and mails are taken apart by the worker: one that hangs, swells or kills it fails alone, as any file."""

import os
import signal
import threading
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus.errors import TooLargeError
from corpus.ingest import add_paths
from corpus.reading import members
from corpus.reading.members import read_parts
from corpus.reading.worker import Worker
from corpus.store import Library
from tests.corpus.reading.making import paragraph, raw_word, word, zipped
from tests.corpus.reading.test_worker import linux, posix, wait_for

PLAN = "云泽市节水方案\n一、总体要求\n市水务局负责节水工作。\n"
WORD = raw_word(paragraph("一、总则"))


def parts(folder: Path, data: bytes, reader: Worker, name: str = "甲.zip") -> dict[str, str]:
    path = folder / name
    path.write_bytes(data)
    return {part.place: part.reading.text if part.reading else f"!{part.error}" for part in read_parts(path, reader)}


def many_members(count: int) -> bytes:
    """An archive that lists one member very often: small, and slow to open."""
    made = zipped({"a": b""})
    listed = made[made.index(b"PK\x01\x02") : made.index(b"PK\x05\x06")]
    size, start = len(listed) * count, made.index(b"PK\x01\x02")
    end = b"PK\x05\x06" + b"\0" * 4 + b"\xff\xff" * 2 + size.to_bytes(4, "little") + start.to_bytes(4, "little") + b"\0\0"
    return made[:start] + listed * count + end


def test_what_it_takes_apart_is_what_is_taken_apart_here(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Message-ID"] = "通知", "a@example.com", "<1@example.com>"
    mail.set_content("方案见附件。")
    mail.add_attachment(word(PLAN), maintype="application", subtype="x", filename="方案.docx")
    inner = zipped({"丙.txt": PLAN, "丁.docx": WORD, "坏.docx": WORD[:300]})
    data = zipped({"乙.docx": WORD, "内.zip": inner, "信.eml": bytes(mail), "后.txt": PLAN})
    (tmp_path / "甲.zip").write_bytes(data)
    with Worker() as reader:
        found = list(read_parts(tmp_path / "甲.zip", reader))
    assert found == list(read_parts(tmp_path / "甲.zip"))
    assert [part.place for part in found if part.error] == ["!内.zip!坏.docx"] and len(found) == 7


def test_nothing_is_opened_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "unpacked", None)  # the worker has its own
    with Worker() as reader:
        assert len(parts(tmp_path, zipped({"一.txt": PLAN, "二.docx": WORD}), reader)) == 2
        assert parts(tmp_path, b"MIME-Version: 1.0\nSubject: a\n\nb", reader, "甲.eml") == {"": "a\nb"}


def test_nothing_is_opened_here_to_see_what_is_still_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin of a document lies in another archive: the worker looks into it, and goes on with the first."""
    monkeypatch.setattr(members, "unpacked", None)
    (tmp_path / "甲.zip").write_bytes(zipped({"一.txt": PLAN}))
    (tmp_path / "乙.zip").write_bytes(zipped({"二.txt": PLAN, "三.docx": WORD}))
    with closing(Library(tmp_path / "库")) as library:
        found = [(each.source, each.status) for each in add_paths(library, [tmp_path / "甲.zip", tmp_path / "乙.zip"])]
    assert found == [("一.txt", "added"), ("二.txt", "duplicate"), ("三.docx", "added")]


def test_the_limit_on_time_holds_for_an_archive(tmp_path: Path) -> None:
    with Worker(seconds=0.01) as reader:  # less than any process needs to start
        (told,) = parts(tmp_path, zipped({"一.txt": PLAN}), reader).values()
        assert "“甲.zip”超过 0.01 秒的时间上限" in told and told.count("甲.zip") == 1


@linux
def test_the_limit_on_memory_holds_for_an_archive(tmp_path: Path) -> None:
    with Worker(memory=96 * 2**20) as reader:
        (told,) = parts(tmp_path, many_members(300_000), reader).values()
        assert "“甲.zip”需要的内存超过 0.0938 GB 的上限" in told
        assert parts(tmp_path, zipped({"一.txt": PLAN}), reader) == {"!一.txt": PLAN}


@posix
def test_an_archive_is_opened_anew_where_a_member_ended_the_worker(tmp_path: Path) -> None:
    path = tmp_path / "甲.zip"
    path.write_bytes(
        zipped({"一.txt": PLAN, "二.docx": WORD, "内.zip": zipped({"三.docx": WORD, "四.txt": PLAN}), "五.txt": PLAN})
    )
    with Worker() as reader:
        found = []
        for part in read_parts(path, reader):
            found.append(part.place)
            process = reader.pid
            assert part.error is None and process is not None
            os.kill(process, signal.SIGKILL)
            wait_for(lambda: reader.pid is None)
    assert found == ["!一.txt", "!二.docx", "!内.zip!三.docx", "!内.zip!四.txt", "!五.txt"]


@posix
def test_a_member_that_hangs_fails_alone(tmp_path: Path) -> None:
    path = tmp_path / "甲.zip"
    path.write_bytes(zipped({"一.docx": WORD, "二.docx": WORD, "三.docx": WORD}))
    with Worker(seconds=12) as reader:
        walk = read_parts(path, reader)
        assert next(walk).error is None
        assert reader.pid is not None
        os.kill(reader.pid, signal.SIGSTOP)
        assert "二.docx”超过 12 秒的时间上限" in (next(walk).error or "")
        assert next(walk).error is None


def test_a_hostile_archive_does_not_stop_the_batch(tmp_path: Path) -> None:
    folder = tmp_path / "夹"
    folder.mkdir()
    (folder / "1.zip").write_bytes(many_members(200_000))
    (folder / "2.zip").write_bytes(zipped({"正.txt": PLAN}))
    library = Library(tmp_path / "库")
    told = list(add_paths(library, [folder]))
    library.close()
    assert [outcome.status for outcome in told] == ["failed", "added"] and "5000" in (told[0].error or "")


def test_an_interrupted_load_leaves_the_worker_usable(tmp_path: Path) -> None:
    with Worker() as reader:
        found = reader.unpack("甲.zip", zipped({"一.txt": PLAN}))
        assert found is not None and not found.body and found.kind == "zip"
        reader.close()
        assert found.members[0].load().decode() == PLAN
        assert reader.unpack("甲.docx", WORD) is None and threading.active_count() < 10
        with pytest.raises(TooLargeError):
            reader.unpack("乙.zip", zipped({"弹": b"0" * 30 * 2**20})).members[0].load()  # type: ignore[union-attr]
