"""Reading in a process of its own that can be stopped: a file that hangs, swells or crashes it fails alone.

Messages run through pipes, each its length in 8 bytes and then the bytes: to the worker a name and a content, back any
number of beats (empty: a page was recognised, the time begins anew) and one reply in JSON.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from typing import IO, Any

from corpus import errors
from corpus.errors import PolicyError, ReadError, TooLargeError
from corpus.reading import MAX_BYTES, is_plain, read_bytes, watch, written
from corpus.reading.types import Page, Reading

SECONDS = 120.0  # for a file; for each page of it that has to be recognised
MEMORY = 2 * 2**30  # bytes of data; held on POSIX systems alone

_BOOT = (
    "import json, sys; options = json.loads(sys.argv[1]); sys.path[:] = options.pop('path'); "
    "from corpus.reading.worker import serve; serve(**options)"
)
_LENGTH = 8  # bytes
_GRACE = 30.0  # seconds past the limit after which a worker whose starter is gone ends by itself
_PATIENCE = 0.5  # seconds in which a process that is told to end does
_MOST = 8 * MAX_BYTES  # bytes of a message: JSON writes a character of three bytes with six
_MEMORY_SIGNALS = (9, 6)  # SIGKILL by the kernel, SIGABRT by a library: what is done where memory runs out


class Worker:
    """Reads one file at a time. The process starts with the first file that is no plain text and serves those after it.

    A context manager: leaving it ends the process with all it started.
    """

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds, self._memory = seconds, memory
        self._process: _Process | None = None

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The number of the process, and on POSIX systems of its group; None where none runs."""
        return self._process.pid if self._process is not None and self._process.is_alive() else None

    def close(self) -> None:
        """End the process; the next file starts another."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def read(self, name: str, data: bytes) -> Reading:
        """As corpus.reading.read_bytes; plain text is read in this process.

        Raises TooLargeError where time or memory run out, ReadError where the process ends for another reason.
        """
        if is_plain(name, data):
            return read_bytes(name, data)
        if self._process is not None and not self._process.is_alive():
            self.close()
        if self._process is None:
            self._process = _Process(self._seconds, self._memory)
        try:
            reply = self._process.ask(name, data)
        except BaseException:  # interrupted halfway: what the process says next is no answer to the next question
            self._process.kill()
            self.close()
            raise
        if reply is None or reply.get("end") or self._process.stopped:
            stopped, code = self._process.stopped, self._process.end()
            self._process = None
            if reply is None:
                raise self._late(name) if stopped else _crashed(name, code)
        return self._reading(name, reply)

    def _reading(self, name: str, reply: dict[str, Any]) -> Reading:
        kind, message = reply.get("error"), str(reply.get("message", ""))
        if kind == "MemoryError":
            limit = f"{self._memory / 2**30:.3g} GB"
            raise TooLargeError(f"读取“{written(name)}”需要的内存超过 {limit} 的上限，已停止。请拆成几个文件后添加。")
        if kind is not None:
            found = getattr(errors, kind, ReadError)
            raise (found if issubclass(found, PolicyError) else ReadError)(message)
        return Reading(reply["text"], tuple(Page(*page) for page in reply["pages"]))

    def _late(self, name: str) -> TooLargeError:
        limit = f"{self._seconds:g} 秒"
        return TooLargeError(
            f"读取“{written(name)}”超过 {limit}的时间上限（需要识别的，每页 {limit}），已停止。"
            "请拆成几个文件，或用原来的软件打开，另存为新文件后添加。"
        )


def _crashed(name: str, code: int) -> ReadError:
    how = f"信号 {-code}" + ("，可能是内存不足" if -code in _MEMORY_SIGNALS else "") if code < 0 else f"退出码 {code}"
    return ReadError(
        f"读取“{written(name)}”时读取程序意外终止（{how}），该文件未入库。文件可能已损坏，请用原来的软件打开，"
        "另存为新文件后添加；仍不能读取的，请把文件和这条提示一并报告。"
    )


class _Process:
    """A running worker, seen from the one who started it. Its files lie in a folder that ends with it."""

    def __init__(self, seconds: float, memory: int) -> None:
        self._seconds = seconds
        self.stopped = False  # by us, for taking too long
        self._folder = tempfile.TemporaryDirectory(prefix="policy-", ignore_cleanup_errors=True)
        options = {"path": sys.path, "folder": self._folder.name, "seconds": seconds, "memory": memory}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _BOOT, json.dumps(options)],  # -P: a folder of documents is no place for modules
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def ask(self, name: str, data: bytes) -> dict[str, Any] | None:
        """Its reply, None where it ended without one."""
        assert self._process.stdin is not None and self._process.stdout is not None
        timer = self._timer()
        try:
            _send(self._process.stdin, json.dumps(name).encode())
            _send(self._process.stdin, data)
            while (reply := _receive(self._process.stdout)) == b"":
                timer.cancel()
                timer = self._timer()
            found = None if reply is None else json.loads(reply)
            return found if isinstance(found, dict) else None
        except (OSError, ValueError):
            return None
        finally:
            timer.cancel()
            timer.join()

    def _timer(self) -> threading.Timer:
        timer = threading.Timer(self._seconds, self._stop)
        timer.daemon = True
        timer.start()
        return timer

    def _stop(self) -> None:
        self.stopped = True
        self.kill()

    def kill(self) -> None:
        """End it at once, with all it started."""
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):  # the second on macOS: all of them are ending
                os.killpg(self.pid, signal.SIGKILL)
        self._process.kill()

    def end(self) -> int:
        """End it: an idle one does so where the way to it is closed. Its exit code, below zero the signal."""
        assert self._process.stdin is not None and self._process.stdout is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_PATIENCE)
        self.kill()
        code = self._process.wait()
        self._process.stdout.close()
        self._folder.cleanup()
        return code


def serve(folder: str, seconds: float, memory: int) -> None:
    """The worker: read what comes in, write what was read, until the starter closes the way in."""
    tempfile.tempdir = folder
    _limit(memory)
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - libraries print what they like
        os.dup2(nowhere.fileno(), 1)

    def beat() -> None:
        _guard(seconds)
        _send(target, b"")

    watch.listen(beat)
    while (name := _receive(source)) is not None and (data := _receive(source)) is not None:
        _guard(seconds)
        reply = _reply(json.loads(name), data)
        del data
        try:
            _send(target, json.dumps(reply).encode())
        except OSError:  # the starter is gone
            return
        if reply.get("end"):
            return
        _guard(None)


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(ValueError, OSError):  # a stricter limit stands, or the system has none
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _guard(seconds: float | None) -> None:
    """End this process when the starter, which does so first, has not: it is gone."""
    import faulthandler

    faulthandler.cancel_dump_traceback_later()
    if seconds is not None:
        faulthandler.dump_traceback_later(seconds + _GRACE, exit=True)


def _reply(name: str, data: bytes) -> dict[str, Any]:
    try:
        reading = read_bytes(name, data)
        size = len(reading.text.encode("utf-8", "surrogatepass"))
        if size > MAX_BYTES:
            found = f"“{written(name)}”的文字有 {size / 2**20:.1f} MB，超过 {MAX_BYTES // 2**20} MB 的上限。"
            raise TooLargeError(f"{found}请拆成几个文件后添加。")
        return {"text": reading.text, "pages": [(page.number, page.start, page.confidence) for page in reading.pages]}
    except PolicyError as error:
        return _out_of_memory(error) or {"error": type(error).__name__, "message": str(error)}
    except Exception as error:  # a fault of ours, or of a library
        what = f"{type(error).__name__}：{error}"
        told = f"读取“{written(name)}”时程序出错（{what}），该文件未入库。请把文件和这条提示一并报告。"
        return _out_of_memory(error) or {"error": "ReadError", "message": told}


def _out_of_memory(error: BaseException | None) -> dict[str, Any] | None:
    """The reply where memory ran out, whatever was made of that on the way; the process then starts anew."""
    while error is not None and not isinstance(error, MemoryError):
        error = error.__cause__ or error.__context__
    return None if error is None else {"error": "MemoryError", "end": True}


def _send(pipe: IO[bytes], content: bytes) -> None:
    pipe.write(len(content).to_bytes(_LENGTH, "big"))
    pipe.write(content)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    """A message, None where the other side has ended."""
    length = pipe.read(_LENGTH)
    if len(length) < _LENGTH:
        return None
    size = int.from_bytes(length, "big")
    content = pipe.read(size) if size <= _MOST else b""
    return content if len(content) == size else None
