"""Formats read through LibreOffice: .doc, .wps, .rtf, .odt, .ods → what Office writes today."""

import io

from corpus.errors import FormatError
from corpus.reading import docx, xlsx
from corpus.reading.doc_lists import restarts
from corpus.reading.office import converted
from corpus.reading.types import Reader, Reading

_LOCKED = "文档设有打开密码，无法读取。请用原来的软件打开，取消密码后重新添加。"


def reader(kind: str) -> Reader:
    """The reader of one of the kinds doc, rtf, odt, ods."""

    def read(name: str, data: bytes) -> Reading:
        if kind == "doc" and _locked(data):
            raise FormatError(_LOCKED)
        return docx.read(name, converted(kind, data, "docx"), restarts(data) if kind == "doc" else None)

    def read_sheets(name: str, data: bytes) -> Reading:
        return xlsx.read(name, converted(kind, data, "xlsx"))

    return read_sheets if kind == "ods" else read


def read_locked(name: str, data: bytes) -> Reading:
    """A file that is encrypted. Excel does so without asking for a password where the workbook alone is protected
    ([MS-OFFCRYPTO] 2.4.2.3); LibreOffice knows that. Raises FormatError for any other.
    """
    try:
        return xlsx.read(name, converted("locked", data, "xlsx"))
    except FormatError as error:
        raise FormatError(_LOCKED) from error


def to_pdf(kind: str, data: bytes) -> bytes:
    """The file, also docx, xls or xlsx, as PDF: as it is printed. Raises FormatError as `converted` does."""
    return converted(kind, data, "pdf")


def _locked(data: bytes) -> bool:
    """Whether a Word 97–2003 document is encrypted: a flag of its header ([MS-DOC] 2.5.2, FibBase)."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            header = file.openstream("WordDocument").read(12)
    except Exception:  # damaged in any way: LibreOffice will tell
        return False
    return len(header) == 12 and bool(header[11] & 1)
