"""Archives (.zip; APPNOTE.TXT 6.3.10): their members, unpacked in memory one at a time, within limits."""

import stat
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import PurePosixPath

from corpus.errors import FormatError, TooLargeError
from corpus.reading.container import Container
from corpus.reading.folders import is_clutter, shown
from corpus.reading.types import MAX_BYTES, Member, Reading

_UTF8 = 0x800  # the flag that says so; without it a name is in the code page of whoever packed it


def read(_name: str, data: bytes) -> Reading:
    """An archive is no text of its own. Always raises FormatError."""
    Container(data)
    raise FormatError("压缩包里可有多个文件，此处只能读取单个文件。请解压后添加。")


def members(data: bytes) -> list[Member]:
    """The files in an archive, in its order, without folders and the system's own files.

    Raises FormatError where the archive is damaged; loading a member raises FormatError, TooLargeError.
    """
    container = Container(data)
    found: list[Member] = []
    seen: Counter[str] = Counter()
    for info in container.infos:
        path = _path(_name(info))
        if info.filename.endswith("/") or not path.name or any(is_clutter(part) for part in path.parts):
            continue
        seen[str(path)] += 1
        place = str(path) if seen[str(path)] == 1 else f"{path}#{seen[str(path)]}"  # two members may have one name
        found.append(Member(shown(place), shown(path.name), _loader(container, info)))
    return found


def _loader(container: Container, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    return partial(_load, container, info)


def _load(container: Container, info: zipfile.ZipInfo) -> bytes:
    if stat.S_ISLNK(info.external_attr >> 16):
        raise FormatError("是压缩包里的快捷链接，不是文件，未读取。请添加它指向的文件。")
    if info.file_size > MAX_BYTES:
        size, limit = info.file_size / 2**20, MAX_BYTES // 2**20
        raise TooLargeError(f"解压后有 {size:.1f} MB，超过 {limit} MB 的上限。请拆成几个文件后添加。")
    return container.content(info)


def _name(info: zipfile.ZipInfo) -> str:
    """The name as its writer meant it: UTF-8 where flagged or valid, else GB18030, as Chinese Windows packs."""
    name = info.orig_filename.partition("\0")[0]
    if info.flag_bits & _UTF8:
        return name
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeError):
            return name.encode("cp437").decode(encoding)
    return name


def _path(name: str) -> PurePosixPath:
    """A name as a way inside the archive: no root, no drive, nothing above."""
    parts = name.replace("\\", "/").split("/")
    return PurePosixPath(
        *(part for n, part in enumerate(parts) if part not in ("", ".", "..") and not (not n and part[1:] == ":"))
    )
