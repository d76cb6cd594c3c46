"""A file that hangs, swells or kills its reader fails alone; nothing that read it stays behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from corpus.errors import EmptyFileError, FormatError, PolicyError, ReadError, TooLargeError
from corpus.ingest import add_paths
from corpus.reading import process, read_bytes, worker
from corpus.reading.worker import Worker
from corpus.store import Library
from tests.corpus.reading.making import needs_office, paragraph, raw_word
from tests.corpus.reading.pdf_making import pdf, written

PAGE = "<html><body><p>一、总则</p></body></html>".encode()
WORD = raw_word(paragraph("一、总则"))
posix = pytest.mark.skipif(not hasattr(os, "killpg"), reason="Windows 没有进程组")
linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="需要 Linux 的 /proc")


def refused(reader: Worker, name: str, data: bytes) -> PolicyError:
    with pytest.raises(PolicyError) as caught:
        reader.read(name, data)
    return caught.value


def wait_for(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end, "waited a minute"
        time.sleep(0.02)


def group(leader: int) -> list[str]:
    """The names of the processes of a group that still run (Linux)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, _, rest = stat.read_text("utf-8", "replace").partition("(")[2].rpartition(")")
            state, _parent, own = rest.split()[:3]
            if int(own) == leader and state not in "ZX":
                found.append(name)
    return found


def test_it_reads_what_is_read_here_and_serves_file_after_file() -> None:
    paper = pdf(written([(90, 150, "一、总则")]), written([(90, 150, "二、任务")]))
    with Worker() as reader:
        assert reader.read("甲.txt", "一、总则".encode()).text == "一、总则" and reader.pid is None
        assert reader.read("甲.docx", WORD) == read_bytes("甲.docx", WORD)
        pictured = f'<p>{"推进全市节水工作。" * 4}</p><p><img src="1.jpg"></p>'.encode()
        assert reader.read("甲.html", pictured) == read_bytes("甲.html", pictured) and read_bytes("甲.html", pictured).told
        first = reader.pid
        assert reader.read("乙.pdf", paper) == read_bytes("乙.pdf", paper)
        assert type(refused(reader, "空.html", b"<html></html>")) is EmptyFileError
        told = refused(reader, "密.pdf", b"%PDF-1.4\n\xff\xfe")
        assert type(told) is FormatError and str(told).startswith("“密.pdf”")
        assert reader.pid == first is not None
    assert reader.pid is None


def test_a_text_that_is_none_is_not_read_here() -> None:
    with Worker() as reader:
        assert reader.read("甲.txt", PAGE).text == "一、总则" and reader.pid is not None


def test_the_limit_on_time_is_named() -> None:
    with Worker(seconds=0.01) as reader:  # less than any process needs to start
        told = refused(reader, "久.docx", WORD)
        assert isinstance(told, TooLargeError) and "“久.docx”超过 0.01 秒的时间上限" in str(told)
        assert reader.pid is None


@posix
def test_after_a_file_that_hangs_the_next_is_read() -> None:
    with Worker(seconds=12) as reader:
        reader.read("甲.docx", WORD)
        hanging = reader.pid
        assert hanging is not None
        os.kill(hanging, signal.SIGSTOP)
        assert "时间上限" in str(refused(reader, "久.docx", WORD))
        assert reader.read("甲.docx", WORD).text == "一、总则" and reader.pid not in (None, hanging)


@linux
def test_one_that_has_no_memory_left_and_goes_on_is_stopped_and_the_limit_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """CPython may try for ever to enter a handler of a MemoryError."""
    endless = """
import resource
resource.setrlimit(resource.RLIMIT_DATA, (2**27, 2**27))
held = []
try:
    while True:
        held.append(bytearray(2**16))
except MemoryError:
    while True:
        pass
"""
    monkeypatch.setattr(process, "BOOT", endless)
    with Worker(seconds=100, memory=2**27) as reader:
        told = refused(reader, "甲.docx", WORD)
        assert isinstance(told, TooLargeError) and "“甲.docx”需要的内存超过 0.125 GB 的上限" in str(told)


@linux
def test_the_limit_on_memory_is_named() -> None:
    large = raw_word("<w:p/>" * 1_500_000)
    with Worker(memory=96 * 2**20) as reader:
        told = refused(reader, "大.docx", large)
        assert isinstance(told, TooLargeError) and "“大.docx”需要的内存超过 0.0938 GB 的上限" in str(told)
        assert reader.read("甲.docx", WORD).text == "一、总则"


@posix
def test_a_crash_is_told_of_the_file_it_happened_with() -> None:
    with Worker() as reader:
        reader.read("甲.docx", WORD)
        process = reader.pid
        assert process is not None
        os.kill(process, signal.SIGSTOP)  # so that the signal comes while it reads
        killing = threading.Timer(0.2, os.kill, (process, signal.SIGKILL))
        killing.start()
        told = refused(reader, "坏.docx", WORD)
        killing.join()
        assert type(told) is ReadError and "“坏.docx”时读取程序意外终止（信号 9" in str(told)
        assert reader.read("甲.docx", WORD).text == "一、总则"


@posix
def test_one_that_ended_between_two_files_is_replaced() -> None:
    with Worker() as reader:
        reader.read("甲.docx", WORD)
        assert reader.pid is not None
        os.kill(reader.pid, signal.SIGKILL)
        wait_for(lambda: reader.pid is None)
        assert reader.read("甲.docx", WORD).text == "一、总则"


@linux
@needs_office
def test_with_the_worker_ends_the_office_program_it_started() -> None:
    with Worker() as reader:
        reader.read("甲.docx", WORD)
        process = reader.pid
        assert process is not None

        def kill_while_converting() -> None:
            wait_for(lambda: any(name.startswith("soffice") for name in group(process)))
            os.kill(process, signal.SIGKILL)

        killing = threading.Thread(target=kill_while_converting)
        killing.start()
        assert "意外终止" in str(refused(reader, "甲.rtf", b"{\\rtf1 hello}"))
        killing.join()
        wait_for(lambda: not group(process))


@linux
def test_it_ends_when_its_starter_is_killed(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from corpus.reading.worker import Worker; w = Worker();"
        "w.read('a.html', b'<html><p>a</p></html>'); print(w.pid, w._process._folder.name, flush=True); os.kill(os.getpid(), 9)"
    )
    root = str(Path(worker.__file__).parents[2])
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False)
    process, folder = done.stdout.split()
    assert done.returncode == -9
    wait_for(lambda: not group(int(process)))
    Path(folder).rmdir()  # empty: what a killed starter cannot clear away


def test_a_bad_file_does_not_stop_the_batch(tmp_path: Path) -> None:
    folder = tmp_path / "夹"
    folder.mkdir()
    for name, data in {
        "1.docx": WORD,
        "2.docx": WORD[:300],
        "3.html": PAGE.replace(b"</p>", b"<p>a"),
        "4.txt": "一、目标".encode(),
    }.items():
        (folder / name).write_bytes(data)
    library = Library(tmp_path / "库")
    assert [o.status for o in add_paths(library, [folder])] == ["added", "failed", "added", "added"]
    assert [o.status for o in add_paths(library, [folder])] == ["unchanged", "failed", "unchanged", "unchanged"]
    library.close()
