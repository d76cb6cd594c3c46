"""What a reader returns."""

from collections.abc import Callable
from dataclasses import dataclass

from corpus.types import Page

__all__ = ["MAX_BYTES", "Member", "Page", "Reader", "Reading", "Unpacked"]

MAX_BYTES = 50 * 2**20  # of a file, and of a file inside a file


@dataclass(frozen=True, slots=True)
class Reading:
    """The stored text of a file, and its pages by `start`, ascending; none where the file has no pages of its own.

    told: a sentence about what was not read, and what to do, else "".
    """

    text: str
    pages: tuple[Page, ...] = ()
    told: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a file: its way inside it, no two the same; its base name; `load` gives its content or a ReadError."""

    path: str
    name: str
    load: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A file that holds files. kind: `zip` or `eml`; body: whether it is a document itself, as a mail with text is."""

    kind: str
    members: tuple[Member, ...]
    body: bool


Reader = Callable[[str, bytes], Reading]  # (file name for messages, content) → reading; raises PolicyError
