"""Plain text and Markdown: the file's own text, with line ends as \\n and no byte order mark."""

from corpus.reading.encoding import decode
from corpus.reading.types import Reading


def read(_name: str, data: bytes) -> Reading:
    """The text of the bytes. Raises FormatError or EncodingError."""
    return Reading(decode(data).replace("\r\n", "\n").replace("\r", "\n"))
