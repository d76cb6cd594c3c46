"""What a file really is, by its first bytes (signatures: PRONOM registry, nationalarchives.gov.uk/PRONOM)."""

import io
import re
import zipfile

# (first bytes, what people call such a file). Longer signatures stand before their own beginnings.
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office 或 WPS 文档（.doc、.xls、.wps）"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x89PNG\r\n\x1a\n", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF87a", "GIF 图片"),
    (b"GIF89a", "GIF 图片"),
    (b"II*\x00", "TIFF 图片"),
    (b"MM\x00*", "TIFF 图片"),
    (b"Rar!\x1a\x07", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b\x08", "gzip 压缩包"),
    (b"\xfd7zXZ\x00", "xz 压缩包"),
    (b"SQLite format 3\x00", "SQLite 数据库"),
    (b"\x7fELF", "可执行程序"),
    (b"CAJ\x00", "CAJ 文献"),
    (b"HN\x00\x00", "CAJ 文献"),
    (b"KDH ", "CAJ 文献"),
)

# A member of the archive whose presence tells the format (ECMA-376, GB/T 33190—2016, ISO/IEC 26300).
_MEMBERS: tuple[tuple[str, str], ...] = (
    ("word/", "Word 文档（.docx）"),
    ("xl/", "Excel 表格（.xlsx）"),
    ("ppt/", "PowerPoint 演示文稿（.pptx）"),
    ("OFD.xml", "OFD 版式文件"),
    ("META-INF/container.xml", "EPUB 电子书"),
    ("content.xml", "OpenDocument 文档"),
)
_MARKUP = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b", re.I | re.S)
_ARCHIVED_PAGE = re.compile(rb"(?:From:[^\n]*\n)?(?:[\w-]+:[^\n]*\n){0,6}MIME-Version: 1\.0", re.I)
HEAD = 4096


def foreign_format(data: bytes) -> str | None:
    """What the bytes are if they are no plain text, as a person calls it; None if it may be text.

    Decides by content alone; looks at the first 4 KiB, and at an archive's list of members.
    """
    head = data[:HEAD]
    for start, name in _STARTS:
        if head.startswith(start):
            return name
    if b"%PDF-" in head[:1024]:  # ISO 32000-1, annex H: within the first 1,024 bytes
        return "PDF 文件"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(data)
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(text):
        return "网页（HTML）"
    if text.lstrip().startswith(b"<?xml"):
        return "XML 文件"
    return "网页存档（MHTML）" if _ARCHIVED_PAGE.match(text) else None


def _archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):  # damaged, or only its beginning
        return "ZIP 压缩包"
    for member, name in _MEMBERS:
        if any(n.startswith(member) for n in names):
            return name
    return "ZIP 压缩包"
