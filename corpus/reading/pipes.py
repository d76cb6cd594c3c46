"""Messages between a process that reads files and the one that started it: each its length in 8 bytes, then the bytes.

To the reading process go a task in JSON and a content; back come any number of beats (empty: a page was recognised, the
time begins anew), a reply in JSON, and a content where the reply says that one follows.
"""

from typing import IO

from corpus.reading.types import MAX_BYTES

FOLLOWS = "follows"  # the key of a reply that a content comes after

_LENGTH = 8  # bytes
_MOST = 8 * MAX_BYTES  # bytes of a message: JSON writes a character of three bytes with six


def send(pipe: IO[bytes], content: bytes) -> None:
    """Write a message. Raises OSError where the other side is gone."""
    pipe.write(len(content).to_bytes(_LENGTH, "big"))
    pipe.write(content)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """A message, None where the other side has ended."""
    length = pipe.read(_LENGTH)
    if len(length) < _LENGTH:
        return None
    size = int.from_bytes(length, "big")
    content = pipe.read(size) if size <= _MOST else b""
    return content if len(content) == size else None
