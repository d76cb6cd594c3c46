"""What a reader tells the process that watches over it; nothing where nobody watches."""

import os
from collections.abc import Callable

_listener: Callable[[], None] | None = None


def listen(listener: Callable[[], None]) -> None:
    """Call `listener` at every `progress` from now on: this process is watched, and ends with all it started."""
    global _listener
    _listener = listener


def progress() -> None:
    """A page of a long work is done: the time for the next begins."""
    if _listener is not None:
        _listener()


def ends_together() -> bool:
    """Whether the programs this process starts end with it, as one process group; on Windows there are none."""
    return _listener is not None and hasattr(os, "killpg")
