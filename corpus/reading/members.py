"""Files that hold files: each member of a .zip and each attachment of a mail is a document of its own.

Nothing is written to disk; a member's name is text to be shown, never a path that is opened.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from corpus.errors import PolicyError
from corpus.reading import CONTAINERS, Reading, kind_by_name, load_file, named, read_bytes
from corpus.reading.archive import members as archived
from corpus.reading.container import MAX_UNPACKED
from corpus.reading.mail import attachments, has_body
from corpus.reading.types import Member, Unpacked

MAX_DEPTH = 2  # containers inside the one that was added
MAX_MEMBERS = 5000  # of a file with all that it holds

MARK = "!"  # between a container and its member, in what stands for a member's place


class Opener(Protocol):
    """What reads files and takes them apart: a Worker, or this process."""

    def read(self, name: str, data: bytes) -> Reading:
        """As corpus.reading.read_bytes."""

    def unpack(self, name: str, data: bytes, depth: int = 0) -> Unpacked | None:
        """As `unpacked`. depth: in how many containers the file is."""


class Here:
    """Reading in this process, without limits."""

    def read(self, name: str, data: bytes) -> Reading:
        """As corpus.reading.read_bytes."""
        return read_bytes(name, data)

    def unpack(self, name: str, data: bytes, depth: int = 0) -> Unpacked | None:
        """As `unpacked`."""
        return unpacked(name, data)


def unpacked(name: str, data: bytes) -> Unpacked | None:
    """What a file holds, None where it is no container. Raises FormatError, TooLargeError; so does loading a member."""
    kind = kind_by_name(name, data)
    if kind not in CONTAINERS:
        return None
    if kind == "zip":
        return Unpacked(kind, tuple(archived(data)), body=False)
    found = tuple(attachments(data))
    return Unpacked(kind, found, body=not found or has_body(data))


@dataclass(frozen=True, slots=True)
class Part:
    """What a file is made of: `place` is "" for the file itself, else `!` and the way to a member inside it.

    name: base name. Either a reading or an error, a sentence for people.  digest: sha256 of its bytes, of a reading.
    """

    place: str
    name: str
    reading: Reading | None
    error: str | None = None
    digest: str = ""


def read_parts(path: Path, opener: Opener | None = None) -> Iterator[Part]:
    """What a file holds, read one at a time, in its order; the file itself where it is no container.

    Raises ReadError where the file cannot be opened or is too large; what is wrong inside it is told by its part.
    """
    yield from _Walk(opener or Here()).parts(path.name, load_file(path), "", 0)


def is_there(origin: str, opener: Opener | None = None) -> bool:
    """Whether what a document was added from is still there: a file, or a member listed in a container."""
    if Path(origin).exists():
        return True
    at = origin.find(MARK)
    while at >= 0:
        path = Path(origin[:at])
        if path.is_file():
            return _lists(path, origin[at + 1 :], opener or Here())
        at = origin.find(MARK, at + 1)
    return False


def _lists(path: Path, place: str, opener: Opener) -> bool:
    """Whether a container lists a member, or the container that the member is in."""
    with suppress(PolicyError):
        data = load_file(path)
        found = opener.unpack(path.name, data)
        return found is not None and any(f"{place}{MARK}".startswith(f"{each.path}{MARK}") for each in found.members)
    return False


class _Walk:
    """A walk through a file and what it holds, within limits for all of it."""

    def __init__(self, opener: Opener) -> None:
        self._opener = opener
        self._bytes, self._members = MAX_UNPACKED, MAX_MEMBERS

    def parts(self, name: str, data: bytes, place: str, depth: int) -> Iterator[Part]:
        """The file itself, or its members."""
        try:
            inside = self._opener.unpack(name, data, depth)
        except PolicyError as error:
            yield Part(place, name, None, named(name, str(error)))
            return
        if inside is None:
            yield self._part(name, data, place)
            return
        if depth > MAX_DEPTH:
            yield Part(place, name, None, f"“{name}”套在 {depth} 层压缩包或邮件里，超过 {MAX_DEPTH} 层的上限。请解压后添加。")
            return
        self._members -= len(inside.members)
        if self._members < 0:
            told = f"“{name}”和其中的压缩包共有 {MAX_MEMBERS} 个以上的文件，超过上限。请解压后按文件夹添加。"
            yield Part(place, name, None, told)
            return
        if inside.body:
            yield self._part(name, data, place)
        elif not inside.members:
            yield Part(place, name, None, f"压缩包“{name}”里没有可以添加的文件。请确认选对了文件。")
        for member in inside.members:
            yield from self._member(member, place + MARK + member.path, depth)

    def _member(self, member: Member, place: str, depth: int) -> Iterator[Part]:
        try:
            data = member.load() if self._bytes >= 0 else b""
        except PolicyError as error:
            yield Part(place, member.name, None, named(member.name, str(error)))
            return
        self._bytes -= len(data)
        if self._bytes < 0:
            told = f"“{member.name}”未读取：所在文件解压后超过 {MAX_UNPACKED // 2**20} MB 的上限。请解压后按文件夹添加。"
            yield Part(place, member.name, None, told)
            return
        yield from self.parts(member.name, data, place, depth + 1)

    def _part(self, name: str, data: bytes, place: str) -> Part:
        try:
            return Part(place, name, self._opener.read(name, data), digest=sha256(data).hexdigest())
        except PolicyError as error:
            return Part(place, name, None, str(error))
