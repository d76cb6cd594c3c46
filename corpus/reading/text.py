"""Plain text and Markdown: the file's own text, with line ends as \\n and no byte order mark."""

from pathlib import Path

from corpus.errors import FormatError
from corpus.reading.encoding import decode
from corpus.reading.folders import written
from corpus.reading.signatures import foreign_format

SUFFIXES = (".txt", ".md", ".markdown")


def read(path: Path, data: bytes) -> str:
    """The text of the bytes of `path`. Raises FormatError or EncodingError."""
    if found := foreign_format(data):
        raise FormatError(f"“{written(path.name)}”其实是{found}，不是文本。请用原来的软件把它另存为 UTF-8 文本。")
    return decode(data).replace("\r\n", "\n").replace("\r", "\n")
