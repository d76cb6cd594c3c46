"""A guard against passes that never end. No measurement: what it stops would take hours."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

LIMIT = 120  # seconds


@contextmanager
def that_ends() -> Iterator[None]:
    """Fail if the block has not ended after two minutes."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"not done after {LIMIT} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(LIMIT)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
