"""The process that reads files for another one, within limits: what runs in it. See corpus.reading.worker."""

import contextlib
import json
import os
import sys
import tempfile
from typing import Any

from corpus.errors import PolicyError, TooLargeError
from corpus.reading import read_bytes, watch, written
from corpus.reading.members import unpacked
from corpus.reading.pipes import FOLLOWS, receive, send
from corpus.reading.types import MAX_BYTES, Member, Reading

_GRACE = 30.0  # seconds past the limit after which a process whose starter is gone ends by itself

_NO_MEMORY: dict[str, Any] = {"error": "MemoryError", "end": True}  # the process then starts anew

Reply = tuple[dict[str, Any], bytes | None]


def serve(folder: str, seconds: float, memory: int) -> None:
    """Do what is asked, one task after the other, until the starter closes the way in."""
    tempfile.tempdir = folder
    _limit(memory)
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - libraries print what they like
        os.dup2(nowhere.fileno(), 1)

    def beat() -> None:
        _guard(seconds)
        send(target, b"")

    watch.listen(beat)
    desk = _Desk()
    while (task := receive(source)) is not None and (data := receive(source)) is not None:
        _guard(seconds)
        try:
            head, content = desk.do(json.loads(task), data)
        except MemoryError:  # again, in telling of it
            head, content = _NO_MEMORY, None
        del data
        try:
            send(target, json.dumps(head | ({FOLLOWS: True} if content is not None else {})).encode())
            if content is not None:
                send(target, content)
        except OSError:  # the starter is gone
            return
        if head.get("end"):
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


class _Desk:
    """The tasks, and the containers that are open: at most one for each depth."""

    def __init__(self) -> None:
        self._open: dict[int, list[Member]] = {}

    def do(self, task: dict[str, Any], data: bytes) -> Reply:
        """The reply to a task; an error is one."""
        name = task["name"]
        try:
            match task["do"]:
                case "unpack":
                    return self._unpack(name, data, task["depth"]), None
                case "load":
                    return {}, self._open[task["depth"]][task["index"]].load()
                case "read":
                    return _read(name, data), None
                case _:
                    from corpus.reading.drawing import made

                    return made(task, data)
        except PolicyError as error:
            return _NO_MEMORY if _out_of_memory(error) else {"error": type(error).__name__, "message": str(error)}, None
        except Exception as error:  # a fault of ours, or of a library
            if _out_of_memory(error):
                return _NO_MEMORY, None
            what = f"{type(error).__name__}：{error}"
            told = f"读取“{written(name)}”时程序出错（{what}），该文件未入库。请把文件和这条提示一并报告。"
            return {"error": "ReadError", "message": told}, None

    def _unpack(self, name: str, data: bytes, depth: int) -> dict[str, Any]:
        self._open = {other: members for other, members in self._open.items() if other < depth}
        found = unpacked(name, data)
        if found is None:
            return {"members": None}
        self._open[depth] = list(found.members)
        return {"members": [(member.path, member.name) for member in found.members], "kind": found.kind, "body": found.body}


def _read(name: str, data: bytes) -> dict[str, Any]:
    reading: Reading = read_bytes(name, data)
    size = len(reading.text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        found = f"“{written(name)}”的文字有 {size / 2**20:.1f} MB，超过 {MAX_BYTES // 2**20} MB 的上限。"
        raise TooLargeError(f"{found}请拆成几个文件后添加。")
    pages = [(page.number, page.start, page.confidence) for page in reading.pages]
    return {"text": reading.text, "pages": pages, "told": reading.told}


def _out_of_memory(error: BaseException | None) -> bool:
    """Whether memory ran out, whatever was made of that on the way."""
    while error is not None and not isinstance(error, MemoryError):
        error = error.__cause__ or error.__context__
    return error is not None
