"""What a file really is, by its content (signatures: PRONOM registry, nationalarchives.gov.uk/PRONOM)."""

import io
import re
import zipfile

TEXT = "text"  # no signature: it may be text, and only its name tells which kind

# What people call a file of each kind.
NAMES: dict[str, str] = {
    "doc": "旧版 Word 或 WPS 文档（.doc、.wps）",
    "xls": "旧版 Excel 或 WPS 表格（.xls、.et）",
    "ppt": "旧版 PowerPoint 演示文稿（.ppt）",
    "msg": "Outlook 邮件（.msg）",
    "ole": "旧版 Office 类文件",
    "spoiled": "旧版 Office 类文件",
    "locked": "设有打开密码的 Office 文档",
    "rtf": "RTF 文档",
    "wordml": "Word 2003 XML 文档",
    "xlsml": "Excel 2003 XML 表格",
    "pdf": "PDF 文件",
    "png": "PNG 图片",
    "jpeg": "JPEG 图片",
    "gif": "GIF 图片",
    "tiff": "TIFF 图片",
    "bmp": "BMP 图片",
    "rar": "RAR 压缩包",
    "7z": "7z 压缩包",
    "gzip": "gzip 压缩包",
    "xz": "xz 压缩包",
    "sqlite": "SQLite 数据库",
    "program": "可执行程序",
    "caj": "CAJ 文献",
    "docx": "Word 文档（.docx）",
    "xlsx": "Excel 表格（.xlsx）",
    "pptx": "PowerPoint 演示文稿（.pptx）",
    "ofd": "OFD 版式文件",
    "epub": "EPUB 电子书",
    "odt": "OpenDocument 文档（.odt）",
    "ods": "OpenDocument 表格（.ods）",
    "opendocument": "OpenDocument 演示文稿或图形",
    "zip": "ZIP 压缩包",
    "html": "网页（HTML）",
    "mhtml": "网页存档（MHTML）",
    "eml": "电子邮件（.eml）",
    "xml": "XML 文件",
    TEXT: "纯文本",
}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"\x7fELF", "program"),
    (b"CAJ\x00", "caj"),
    (b"HN\x00\x00", "caj"),
    (b"KDH ", "caj"),
    *(
        (b"\x09" + version, "xls")
        for version in (b"\x00\x04\x00", b"\x02\x06\x00", b"\x04\x06\x00", b"\x08\x08\x00", b"\x08\x10\x00")
    ),
)
# A stream of the compound file whose presence tells the format ([MS-DOC], [MS-XLS], [MS-PPT], [MS-OFFCRYPTO], [MS-OXMSG]).
_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)
# A member of the archive whose presence tells the format (ECMA-376, GB/T 33190—2016).
_MEMBERS: tuple[tuple[str, str], ...] = (
    ("word/", "docx"),
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
)
_ODF = b"application/vnd.oasis.opendocument."
# A comment may be longer than what is looked at. No part of it can match in two ways, however many there are.
_PROLOGUE = rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!(?:--(?:(?!-->).)*-->|\[[^>]*>)\s*)*"
_TAGS = (
    rb"html|head|body|title|meta|style|script|table|tbody|tr|td|div|p|center|span|font|link|base|h[1-6]|br|hr|b|strong|a|img|ul|ol"
    rb"|dl|form|input|section|article|main|iframe|frameset"
)
_MARKUP = re.compile(_PROLOGUE + rb"<(?:!doctype html|!--(?:(?!-->).)*\Z|(?:" + _TAGS + rb")\b[^<]*>)", re.I | re.S)
_DOCUMENTS = ((b"text", "odt"), (b"spreadsheet", "ods"))
_EXCEL_2003 = re.compile(
    rb"<\?mso-application\s+progid=\"Excel\.Sheet\"|<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet", re.S
)
_WORD_2003 = re.compile(rb"<\?mso-application\s+progid=\"Word\.Document\"|<(?:\w+:)?wordDocument\b|<pkg:package\b")
_HEADER = rb"(?:[A-Za-z][\w-]{0,40}:[^\n]*\n(?:[ \t][^\n]*\n){0,20}){0,40}"
_MAIL = re.compile(rb"(?:From [^\n]*\n)?" + _HEADER + rb"(?:MIME-Version|Received|Message-ID|X-Mailer|Return-Path):", re.I)
_ARCHIVED_PAGE = re.compile(rb"^Content-Type:\s*multipart/related|^Snapshot-Content-Location:", re.I | re.M)
_SENT = re.compile(rb"^(?:To|Cc|Received|Message-ID|Return-Path|Delivered-To):", re.I | re.M)  # a saved page was not
HEAD = 4096


def kind_of(data: bytes) -> str:
    """What the bytes are, one of the keys of NAMES; TEXT where nothing says that they are no plain text.

    Decides by content alone; looks at the first 4 KiB, and at a container's list of members.
    """
    head = _narrow(data[:HEAD])
    if head.startswith(_OLE):
        return _compound(data)
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head.startswith(b"BM") and data[2:6] == len(data).to_bytes(4, "little"):
        return "bmp"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(data)
    if b"%PDF-" in head[:1024]:  # ISO 32000-1, annex H: within the first 1,024 bytes
        return "pdf"
    return _text(head)


def _narrow(head: bytes) -> bytes:
    """The head of a text without its byte order mark, UTF-16 turned into UTF-8."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return head.removeprefix(b"\xef\xbb\xbf")


def _text(head: bytes) -> str:
    bare = head.lstrip()
    if bare.startswith(b"{\\rtf"):
        return "rtf"
    if bare.startswith((b"<?xml", b"<w:wordDocument", b"<pkg:")) and _WORD_2003.search(head):
        return "wordml"
    if bare.startswith((b"<?xml", b"<Workbook")) and _EXCEL_2003.search(head):
        return "xlsml"
    if _MARKUP.match(head):
        return "html"
    if bare.startswith(b"<?xml"):
        return "xml"
    if _MAIL.match(bare):
        header = bare.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        return "mhtml" if _ARCHIVED_PAGE.search(header) and not _SENT.search(header) else "eml"
    return TEXT


def _compound(data: bytes) -> str:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return next((kind for stream, kind in _STREAMS if file.exists(stream)), "ole")
    except Exception:  # damaged in any way: the library raises whatever it meets
        return "spoiled"


def _archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.replace("\\", "/").lower() for name in archive.namelist()]  # some packers write \, or capitals
            opendocument = "content.xml" in names and "mimetype" in names
            declared = archive.open("mimetype").read(100) if "mimetype" in archive.namelist() else b""
    except Exception:  # damaged, or only its beginning: zipfile and zlib raise many things
        return "zip"
    if opendocument:
        return next((kind for name, kind in _DOCUMENTS if declared.startswith(_ODF + name)), "opendocument")
    if "[content_types].xml" in names:
        for member, kind in _MEMBERS:
            if any(name.startswith(member) for name in names):
                return kind
    if "ofd.xml" in names:
        return "ofd"
    return "epub" if "meta-inf/container.xml" in names else "zip"
