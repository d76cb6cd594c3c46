"""Reading in a process of its own that can be stopped: a file that hangs, swells or crashes it fails alone.

Archives and mails are taken apart there as well. What runs in it: corpus.reading.serving.
"""

from functools import partial
from typing import Any

from corpus import errors
from corpus.errors import PolicyError, ReadError, TooLargeError
from corpus.reading import is_plain, may_hold_files, read_bytes, written
from corpus.reading.process import Process
from corpus.reading.types import Member, Page, Reading, Unpacked

SECONDS = 120.0  # for a file; for each page of it that has to be recognised
MEMORY = 2 * 2**30  # bytes of data; held on POSIX systems alone

_MEMORY_SIGNALS = (9, 6)  # SIGKILL by the kernel, SIGABRT by a library: what is done where memory runs out


class Worker:
    """Reads one file at a time. The process starts with the first file that is no plain text and serves those after it.

    A context manager: leaving it ends the process with all it started.
    """

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds, self._memory = seconds, memory
        self._process: Process | None = None

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
        reply, _ = self._ask({"do": "read", "name": name}, data)
        return Reading(reply["text"], tuple(Page(*page) for page in reply["pages"]), reply["told"])

    def unpack(self, name: str, data: bytes, depth: int = 0) -> Unpacked | None:
        """What a file holds, None where it is no container; each member is loaded when it is asked for.

        depth: in how many containers it is, so that those may stay open. Raises as corpus.reading.members.unpacked and read.
        """
        if not may_hold_files(name, data):
            return None
        reply, _ = self._ask({"do": "unpack", "name": name, "depth": depth}, data)
        if reply["members"] is None:
            return None
        self._hold(depth, data)
        members = [
            Member(path, base, partial(self._load, (name, data, depth), index, base))
            for index, (path, base) in enumerate(reply["members"])
        ]
        return Unpacked(reply["kind"], tuple(members), reply["body"])

    def _hold(self, depth: int, data: bytes) -> None:
        if self._process is not None:
            self._process.held = {other: each for other, each in self._process.held.items() if other < depth} | {depth: data}

    def _load(self, container: tuple[str, bytes, int], index: int, name: str) -> bytes:
        """The content of a member; where the process that had the container open is gone, it is opened anew."""
        opened, data, depth = container
        if self._process is None or self.pid is None or self._process.held.get(depth) is not data:
            self._ask({"do": "unpack", "name": opened, "depth": depth}, data)
            self._hold(depth, data)
        return self._ask({"do": "load", "name": name, "depth": depth, "index": index}, b"")[1]

    def _ask(self, task: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
        """The reply to a task and the content after it. Raises what the reply tells, or that there was none."""
        if self._process is not None and not self._process.is_alive():
            self.close()
        if self._process is None:
            self._process = Process(self._seconds, self._memory)
        try:
            reply, content = self._process.ask(task, data)
        except BaseException:  # interrupted halfway: what the process says next is no answer to the next question
            self._process.kill()
            self.close()
            raise
        if reply is None or reply.get("end") or self._process.stopped:
            stopped, code = self._process.stopped, self._process.end()
            self._process = None
            if reply is None and stopped == "memory":
                reply = {"error": "MemoryError"}
            if reply is None:
                raise self._late(task["name"]) if stopped else _crashed(task["name"], code)
        self._raise(task["name"], reply)
        return reply, content

    def _raise(self, name: str, reply: dict[str, Any]) -> None:
        kind, message = reply.get("error"), str(reply.get("message", ""))
        if kind == "MemoryError":
            limit = f"{self._memory / 2**30:.3g} GB"
            raise TooLargeError(f"读取“{written(name)}”需要的内存超过 {limit} 的上限，已停止。请拆成几个文件后添加。")
        if kind is not None:
            found = getattr(errors, kind, ReadError)
            raise (found if issubclass(found, PolicyError) else ReadError)(message)

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
