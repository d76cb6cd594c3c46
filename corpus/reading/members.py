"""Files that hold files: each member of a .zip and each attachment of a mail is a document of its own.

Nothing is written to disk; a member's name is text to be shown, never a path that is opened.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import PolicyError
from corpus.reading import Reading, kind_by_name, load_file, read_bytes
from corpus.reading.archive import members as archived
from corpus.reading.container import MAX_UNPACKED
from corpus.reading.mail import attachments, has_body
from corpus.reading.types import Member, Reader

MAX_DEPTH = 2  # containers inside the one that was added
MAX_MEMBERS = 5000  # of a file with all that it holds

MARK = "!"  # between a container and its member, in what stands for a member's place
_OPENERS: dict[str, Callable[[bytes], Sequence[Member]]] = {"zip": archived, "eml": attachments}


@dataclass(frozen=True, slots=True)
class Part:
    """What a file is made of: `place` is "" for the file itself, else `!` and the way to a member inside it.

    name: base name. Either a reading or an error, a sentence for people.
    """

    place: str
    name: str
    reading: Reading | None
    error: str | None = None


def read_parts(path: Path, read: Reader = read_bytes) -> Iterator[Part]:
    """What a file holds, read one at a time, in its order; the file itself where it is no container.

    Raises ReadError where the file cannot be opened or is too large; what is wrong inside it is told by its part.
    """
    yield from _Walk(read).parts(path.name, load_file(path), "", 0)


def is_there(origin: str) -> bool:
    """Whether what a document was added from is still there: a file, or a member listed in a container."""
    if Path(origin).exists():
        return True
    at = origin.find(MARK)
    while at >= 0:
        path = Path(origin[:at])
        if path.is_file():
            return _lists(path, origin[at + 1 :])
        at = origin.find(MARK, at + 1)
    return False


def _lists(path: Path, place: str) -> bool:
    """Whether a container lists a member, or the container that the member is in."""
    with suppress(PolicyError):
        data = load_file(path)
        opener = _OPENERS.get(kind_by_name(path.name, data))
        return opener is not None and any(f"{place}{MARK}".startswith(f"{each.path}{MARK}") for each in opener(data))
    return False


class _Walk:
    """A walk through a file and what it holds, within limits for all of it."""

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._bytes, self._members = MAX_UNPACKED, MAX_MEMBERS

    def parts(self, name: str, data: bytes, place: str, depth: int) -> Iterator[Part]:
        """The file itself, or its members."""
        kind = kind_by_name(name, data)
        if kind not in _OPENERS:
            yield self._part(name, data, place)
            return
        if depth > MAX_DEPTH:
            yield Part(place, name, None, f"“{name}”套在 {depth} 层压缩包或邮件里，超过 {MAX_DEPTH} 层的上限。请解压后添加。")
            return
        try:
            members = _OPENERS[kind](data)
            self._members -= len(members)
            body = kind == "eml" and (not members or has_body(data))
        except PolicyError as error:
            yield Part(place, name, None, f"“{name}”：{error}")
            return
        if self._members < 0:
            told = f"“{name}”和其中的压缩包共有 {MAX_MEMBERS} 个以上的文件，超过上限。请解压后按文件夹添加。"
            yield Part(place, name, None, told)
            return
        if body:
            yield self._part(name, data, place)
        elif not members:
            yield Part(place, name, None, f"压缩包“{name}”里没有可以添加的文件。请确认选对了文件。")
        for member in members:
            yield from self._member(member, place + MARK + member.path, depth)

    def _member(self, member: Member, place: str, depth: int) -> Iterator[Part]:
        try:
            data = member.load() if self._bytes >= 0 else b""
        except PolicyError as error:
            yield Part(place, member.name, None, f"“{member.name}”：{error}")
            return
        self._bytes -= len(data)
        if self._bytes < 0:
            told = f"“{member.name}”未读取：所在文件解压后超过 {MAX_UNPACKED // 2**20} MB 的上限。请解压后按文件夹添加。"
            yield Part(place, member.name, None, told)
            return
        yield from self.parts(member.name, data, place, depth + 1)

    def _part(self, name: str, data: bytes, place: str) -> Part:
        try:
            return Part(place, name, self._read(name, data))
        except PolicyError as error:
            return Part(place, name, None, str(error))
