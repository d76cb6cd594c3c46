"""A process that reads files, seen from the one that starts it. What runs in it: corpus.reading.serving."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Literal

from corpus.reading.pipes import FOLLOWS, receive, send

BOOT = (
    "import json, sys; options = json.loads(sys.argv[1]); sys.path[:] = options.pop('path'); "
    "from corpus.reading.serving import serve; serve(**options)"
)
_PATIENCE = 0.5  # seconds in which a process that is told to end does
_LOOK = 1.0  # seconds between two looks at a process at work
_ROOM = 2**20  # bytes: what CPython takes from the system at once; a process with less left cannot go on


class Process:
    """A running worker, seen from the one who started it. Its files lie in a folder that ends with it."""

    def __init__(self, seconds: float, memory: int) -> None:
        self._seconds, self._memory = seconds, memory
        self.stopped: Literal["", "time", "memory"] = ""  # by us, and the limit that was met
        self.held: dict[int, bytes] = {}  # depth → the container it has open
        self._folder = tempfile.TemporaryDirectory(prefix="policy-", ignore_cleanup_errors=True)
        options = {"path": sys.path, "folder": self._folder.name, "seconds": seconds, "memory": memory}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", BOOT, json.dumps(options)],  # -P: a folder of documents is no place for modules
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

    def ask(self, task: dict[str, Any], data: bytes) -> tuple[dict[str, Any] | None, bytes]:
        """Its reply, None where it ended without one, and the content that follows it."""
        assert self._process.stdin is not None and self._process.stdout is not None
        over = threading.Event()
        watch = threading.Thread(target=self._watch, args=(over,), daemon=True)
        self._until = time.monotonic() + self._seconds
        watch.start()
        try:
            send(self._process.stdin, json.dumps(task).encode())
            send(self._process.stdin, data)
            while (reply := receive(self._process.stdout)) == b"":
                self._until = time.monotonic() + self._seconds
            found = None if reply is None else json.loads(reply)
            if not isinstance(found, dict):
                return None, b""
            content = receive(self._process.stdout) if FOLLOWS in found else b""
            return (None, b"") if content is None else (found, content)
        except (OSError, ValueError):
            return None, b""
        finally:
            over.set()
            watch.join()

    def _watch(self, over: threading.Event) -> None:
        """Until it is over, end the process where a limit is met.

        It holds the limit on memory itself, but CPython may try for ever to enter a handler for which there is none left.
        """
        full = False
        while not over.wait(max(0.0, min(_LOOK, self._until - time.monotonic()))):
            was, full = full, self._is_full()
            if (was and full) or time.monotonic() >= self._until:
                self.stopped = "memory" if full else "time"
                self.kill()
                return

    def _is_full(self) -> bool:
        try:
            status = Path(f"/proc/{self.pid}/status").read_text()
        except OSError:  # it has ended, or this is not Linux
            return False
        data = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmData:")), 0)
        return data * 1024 > self._memory - _ROOM

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
