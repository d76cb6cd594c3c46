"""Web pages (.html, also saved under the names .doc and .xls) and web archives (.mht): the document's text, no menus.

Nothing a page refers to is fetched.
"""

import codecs
import email
import email.policy
import re

from corpus.errors import EmptyFileError, EncodingError, FormatError
from corpus.reading.encoding import decode
from corpus.reading.html_text import page_lines
from corpus.reading.types import Reading

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w-]+)", re.I)
_CHINESE = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "euc-cn"})  # all within GB18030
_SPOILED = 0.002  # share of characters that may be damaged in a page, as browsers forgive


def read(_name: str, data: bytes) -> Reading:
    """The text of a web page. Raises EncodingError where its characters cannot be told."""
    return Reading("\n".join(lines_of(characters(data, None))))


def read_archive(_name: str, data: bytes) -> Reading:
    """The text of the page in a web archive (MHTML, RFC 2557). Raises FormatError where there is none."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return Reading("\n".join(lines_of(characters(content, part.get_content_charset()))))
    raise FormatError("网页存档里没有网页正文，可能没有保存完整。请在浏览器中打开原网页，重新保存后添加。")


def lines_of(text: str) -> list[str]:
    """The lines of a web page's document. Raises EmptyFileError, FormatError."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise EmptyFileError("网页里没有文字。请确认选对了文件，且网页已经完整保存。")
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise FormatError("网页的标签嵌套层数过多，无法完整读取。请在浏览器中打开，另存为纯文本后添加。")
    body = root.find("body")
    return page_lines(root if body is None else body)


def characters(data: bytes, declared: str | None) -> str:
    """The characters: by byte order mark, by what reads as Chinese, else as declared where little is damaged."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data)
    name = declared or _declared(data) or ""
    name = "gb18030" if name.lower() in _CHINESE else name
    try:
        return data.decode(name) if name else decode(data)
    except (LookupError, UnicodeDecodeError):
        pass
    try:
        return decode(data)
    except (EncodingError, FormatError):
        for each in (name or "utf-8", "utf-8"):
            try:
                text = data.decode(each, "replace")
            except LookupError:
                continue
            if text.count("\ufffd") <= _SPOILED * len(text):
                return text
        raise


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:8192])
    return (found[1] or found[2]).decode("ascii") if found else None
