"""A process that reads files, seen from the one that starts it. What runs in it: corpus.reading.serving."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from typing import Any

from corpus.reading.pipes import FOLLOWS, receive, send

BOOT = (
    "import json, sys; options = json.loads(sys.argv[1]); sys.path[:] = options.pop('path'); "
    "from corpus.reading.serving import serve; serve(**options)"
)
_PATIENCE = 0.5  # seconds in which a process that is told to end does


class Process:
    """A running worker, seen from the one who started it. Its files lie in a folder that ends with it."""

    def __init__(self, seconds: float, memory: int) -> None:
        self._seconds = seconds
        self.stopped = False  # by us, for taking too long
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
        timer = self._timer()
        try:
            send(self._process.stdin, json.dumps(task).encode())
            send(self._process.stdin, data)
            while (reply := receive(self._process.stdout)) == b"":
                timer.cancel()
                timer = self._timer()
            found = None if reply is None else json.loads(reply)
            if not isinstance(found, dict):
                return None, b""
            content = receive(self._process.stdout) if FOLLOWS in found else b""
            return (None, b"") if content is None else (found, content)
        except (OSError, ValueError):
            return None, b""
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
