"""Files → stored text. One module a format; `_READERS` is the registry, keyed by what the content is."""

import errno
import stat
from pathlib import Path, PurePath

from corpus.errors import EmptyFileError, FormatError, PolicyError, ReadError, TooLargeError
from corpus.faults import reason
from corpus.reading import archive, delimited, docx, html, images, legacy, mail, ofd, pdf, text, xls, xlsml, xlsx
from corpus.reading.folders import walk, written
from corpus.reading.signatures import HEAD, NAMES, TEXT, kind_of
from corpus.reading.types import MAX_BYTES, Page, Reader, Reading

__all__ = ["MAX_BYTES", "SUPPORTED", "Page", "Reader", "Reading", "read_bytes", "read_file", "walk", "written"]

_READERS: dict[str, Reader] = {
    TEXT: text.read,
    "docx": docx.read,
    "xlsx": xlsx.read,
    "xls": xls.read,
    "csv": delimited.read,
    "eml": mail.read,
    "zip": archive.read,
    "html": html.read,
    "mhtml": html.read_archive,
    "pdf": pdf.read,
    "ofd": ofd.read,
    "png": images.read,
    "jpeg": images.read,
    "tiff": images.read,
    "bmp": images.read,
    "doc": legacy.reader("doc"),
    "rtf": legacy.reader("rtf"),
    "odt": legacy.reader("odt"),
    "wordml": docx.read_xml,
    "xlsml": xlsml.read,
    "ods": legacy.reader("ods"),
    "locked": legacy.read_locked,
}
# The usual names of each kind. A name decides nothing but which kind of text a text is.
_SUFFIXES: dict[str, tuple[str, ...]] = {
    TEXT: (".txt", ".md", ".markdown"),
    "docx": (".docx", ".docm", ".dotx"),
    "xlsx": (".xlsx", ".xlsm", ".xltx"),
    "xls": (".xls", ".xlt", ".et"),
    "csv": (".csv",),
    "eml": (".eml",),
    "zip": (".zip",),
    "html": (".html", ".htm", ".shtml"),
    "mhtml": (".mht", ".mhtml"),
    "doc": (".doc", ".dot", ".wps"),
    "rtf": (".rtf",),
    "odt": (".odt",),
    "ods": (".ods",),
    "pdf": (".pdf",),
    "ofd": (".ofd",),
    "png": (".png",),
    "jpeg": (".jpg", ".jpeg"),
    "tiff": (".tif", ".tiff"),
    "bmp": (".bmp",),
}
_TEXT_KINDS = ("csv", "html", "mhtml", "eml")  # text without a signature is read as its name says
CONTAINERS = ("zip", "eml")  # files that hold files: corpus.reading.members takes them apart
_TABLES = ("xls", "xlsx")  # a text under the name of a spreadsheet has its cells parted by a sign
SUPPORTED: tuple[str, ...] = tuple(suffix for kind in _READERS for suffix in _SUFFIXES.get(kind, ()))


def read_file(path: Path, max_bytes: int = MAX_BYTES, read: Reader | None = None) -> Reading:
    """The stored text of a file, what every offset refers to, and its pages. Line ends are \\n.

    read: what reads the content, where not `read_bytes` in this process: a Worker's.
    Raises TooLargeError (before reading), FormatError, EncodingError, EmptyFileError, and ReadError for what
    cannot be opened; each message names the file, says what was found and what to do.
    """
    return (read or read_bytes)(path.name, load_file(path, max_bytes))


def load_file(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The content of a file. Raises TooLargeError before reading, FormatError, ReadError as `read_file` does."""
    try:
        size = _regular_size(path)
        if path.suffix.lower() in SUPPORTED and size > max_bytes:
            raise TooLargeError(_too_large(path, size, max_bytes))
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)  # the file may have grown since it was measured
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the path
        raise ReadError(_unreadable(path, error)) from error
    if len(data) > max_bytes:
        if kind_of(data[:HEAD]) not in _READERS:
            raise FormatError(_unsupported(path.name, kind_of(data)))
        raise TooLargeError(_too_large(path, len(data), max_bytes))
    return data


def read_bytes(name: str, data: bytes) -> Reading:
    """As read_file, of content at hand under the name of a file (a member of an archive, an attachment)."""
    kind = kind_by_name(name, data)
    if kind == "spoiled":
        raise FormatError(f"“{written(name)}”是{NAMES[kind]}，但不完整或已损坏，无法打开。请重新获取或重新保存后添加。")
    reader = _READERS.get(kind)
    if reader is None or (kind == TEXT and _suffix(name) not in SUPPORTED):
        raise FormatError(_unsupported(name, kind))
    try:
        reading = reader(name, data)
    except PolicyError as error:
        raise type(error)(named(name, str(error))) from error
    if not reading.text.strip("\ufeff\u200b \t\n\v\f\r\x1a\u3000\xa0"):
        raise EmptyFileError(f"“{written(name)}”里没有文字。请确认选对了文件，且内容已经保存。")
    return reading


def may_hold_files(name: str, data: bytes) -> bool:
    """Whether the content may be an archive or a mail, by its head alone: opens nothing to tell."""
    return kind_by_name(name, data[:HEAD]) in CONTAINERS or data.startswith(b"PK")


def is_plain(name: str, data: bytes) -> bool:
    """Whether the content is plain text: nothing in it can hang or crash its reader. Opens no container to tell."""
    return _suffix(name) in _SUFFIXES[TEXT] and kind_of(data[:HEAD]) == kind_of(data) == TEXT


def kind_by_name(name: str, data: bytes) -> str:
    """`kind_of` the content; text without a signature is what its name says."""
    found = kind_of(data)
    if found != TEXT:
        return found
    named = next((kind for kind in (*_TEXT_KINDS, *_TABLES) if _suffix(name) in _SUFFIXES[kind]), TEXT)
    return "csv" if named in _TABLES else named


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()


def _regular_size(path: Path) -> int:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        next(path.iterdir(), None)  # raises where the folder may not be listed
        raise ReadError(f"“{written(path.name)}”是文件夹，不是文件。请添加文件夹里的文件。")
    if not stat.S_ISREG(status.st_mode):
        raise ReadError(f"“{written(path.name)}”不是普通文件（是设备或管道）。请添加保存在磁盘上的文件。")
    return status.st_size


def _unsupported(name: str, kind: str) -> str:
    known, suffix = "、".join(SUPPORTED), _suffix(name)
    if kind != TEXT:
        what = f"是{NAMES[kind]}"
    else:
        what = f"的扩展名是“{suffix}”" if suffix else "没有扩展名"
    return f"“{written(name)}”{what}，暂不支持。可以添加的格式：{known}。请把内容另存为其中一种后添加。"


def named(name: str, message: str) -> str:
    """A message that names the file."""
    name = written(name)
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
