"""Files → stored text. One module a format; `_READERS` is the registry, content decides over names."""

import errno
import stat
from collections.abc import Callable
from pathlib import Path

from corpus.errors import EmptyFileError, FormatError, PolicyError, ReadError, TooLargeError
from corpus.faults import reason
from corpus.reading import text
from corpus.reading.folders import walk, written
from corpus.reading.signatures import foreign_format

__all__ = ["MAX_BYTES", "SUPPORTED", "read_file", "walk", "written"]

MAX_BYTES = 50 * 2**20
Reader = Callable[[Path, bytes], str]

_READERS: dict[str, Reader] = dict.fromkeys(text.SUFFIXES, text.read)
SUPPORTED: tuple[str, ...] = tuple(_READERS)


def read_file(path: Path, max_bytes: int = MAX_BYTES) -> str:
    """The stored text of a file: what every offset refers to. Line ends are \\n, a byte order mark is gone.

    Raises TooLargeError (before reading), FormatError, EncodingError, EmptyFileError, and ReadError for what
    cannot be opened; each message names the file, says what was found and what to do.
    """
    reader = _READERS.get(path.suffix.lower())
    try:
        size = _regular_size(path)
        if reader is not None and size > max_bytes:
            raise TooLargeError(_too_large(path, size, max_bytes))
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)  # the file may have grown since it was measured
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the path
        raise ReadError(_unreadable(path, error)) from error
    if reader is None:
        raise FormatError(_unsupported(path, foreign_format(data)))
    if len(data) > max_bytes:
        raise TooLargeError(_too_large(path, len(data), max_bytes))
    try:
        stored = reader(path, data)
    except PolicyError as error:
        raise type(error)(_named(path, str(error))) from error
    if not stored.strip("\ufeff\u200b \t\n\v\f\r\x1a\u3000\xa0"):
        raise EmptyFileError(f"“{written(path.name)}”里没有文字。请确认选对了文件，且内容已经保存。")
    return stored


def _regular_size(path: Path) -> int:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        next(path.iterdir(), None)  # raises where the folder may not be listed
        raise ReadError(f"“{written(path.name)}”是文件夹，不是文件。请添加文件夹里的文件。")
    if not stat.S_ISREG(status.st_mode):
        raise ReadError(f"“{written(path.name)}”不是普通文件（是设备或管道）。请添加保存在磁盘上的文件。")
    return status.st_size


def _unsupported(path: Path, found: str | None) -> str:
    known = "、".join(SUPPORTED)
    what = f"是{found}" if found else f"的扩展名是“{path.suffix}”" if path.suffix else "没有扩展名"
    return f"“{written(path.name)}”{what}，暂不支持。可以添加的格式：{known}。请把内容另存为 UTF-8 文本后添加。"


def _named(path: Path, message: str) -> str:
    name = written(path.name)
    return message if name in message else f"“{name}”：{message}"


def _too_large(path: Path, size: int, limit: int) -> str:
    return f"“{written(path.name)}”有 {_megabytes(size)}，超过 {_megabytes(limit)} 的上限。请拆成几个文件后添加。"


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{size} 字节"


def _unreadable(path: Path, error: OSError | ValueError) -> str:
    name = written(path.name or str(path))
    if getattr(error, "errno", None) in (errno.ENOENT, errno.ELOOP) and path.is_symlink():
        return f"“{name}”是快捷链接，它指向的文件不存在。请添加原来的文件。"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"找不到“{name}”。文件可能已被移动或删除，请检查路径。"
    if isinstance(error, PermissionError):
        return f"没有权限读取“{name}”。请检查文件的访问权限，或把它复制到自己的文件夹后添加。"
    return f"读取“{name}”时出错：{reason(error)}。请检查磁盘和文件是否完好后重试。"
