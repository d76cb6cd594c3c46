"""Web pages (.html, also saved under the names .doc and .xls) and web archives (.mht): the document's text, no menus.

Nothing a page refers to is fetched.
"""

import codecs
import email
import email.policy
import re
from contextlib import suppress
from typing import Any

from corpus.errors import EmptyFileError, EncodingError, FormatError
from corpus.reading.encoding import MIN_COMMON, common_share, decode
from corpus.reading.html_furniture import without_furniture
from corpus.reading.html_pictures import pictures_in
from corpus.reading.html_text import page_lines
from corpus.reading.pictures import unread_pictures
from corpus.reading.types import Reading

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w-]+)", re.I)
_CHINESE = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "euc-cn"})  # all within GB18030
_WESTERN = re.compile(r"iso-?8859|windows-?125|latin|us-ascii|ascii$", re.I)  # as editors declare that know no other
_SPOILED = 0.002  # share of characters that may be damaged in a page, as browsers forgive
_ENDS = re.compile(r"</\s*(?:body|html)\s*>", re.I)  # a page set into another page ends before its end; both may be left out


def read(_name: str, data: bytes) -> Reading:
    """The text of a web page. Raises EncodingError where its characters cannot be told, EmptyFileError where it has none."""
    return _reading(_root(characters(data, None)))


def read_archive(_name: str, data: bytes) -> Reading:
    """The text of the page in a web archive (MHTML, RFC 2557), of a page of frames that of its longest frame.

    Raises FormatError where there is none.
    """
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    roots = []
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                roots.append(_root(characters(content, part.get_content_charset())))
    if not roots:
        raise FormatError("网页存档里没有网页正文，可能没有保存完整。请在浏览器中打开原网页，重新保存后添加。")
    if any(_lines(roots[0])):
        return _reading(roots[0])
    longest = max(roots[1:], key=lambda root: sum(map(len, _lines(root))), default=roots[0])
    return _reading(longest if any(_lines(longest)) else roots[0])


def lines_of(text: str) -> list[str]:
    """The lines of a web page's document, none where it has no text. Raises EmptyFileError, FormatError."""
    return _lines(_root(text))


def _root(text: str) -> Any:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_ENDS.sub("", text).encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise EmptyFileError("网页里没有文字。请确认选对了文件，且网页已经完整保存。")
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise FormatError("网页的标签嵌套层数过多，无法完整读取。请在浏览器中打开，另存为纯文本后添加。")
    return root


def _lines(root: Any) -> list[str]:
    return without_furniture(page_lines(_body(root)))


def _reading(root: Any) -> Reading:
    """The text of a page, and how many pictures are in it. Raises EmptyFileError."""
    lines = _told_lines(root)
    return Reading("\n".join(lines), told=unread_pictures(pictures_in(_body(root)), after="网页中的图片不识别", where="网页中"))


def _body(root: Any) -> Any:
    body = root.find("body")
    return root if body is None else body


def _told_lines(root: Any) -> list[str]:
    """The lines; where there are none, why."""
    lines = _lines(root)
    if any(line.strip("\u3000 ") for line in lines):
        return lines
    has = {tag: root.find(f".//{tag}") is not None for tag in ("frame", "iframe", "img", "script", "object", "embed")}
    if has["frame"] or has["iframe"]:
        why = "网页只是框架，正文在它引用的另一个网页里"
    elif has["img"] or has["object"] or has["embed"]:
        why = "网页里只有图片或插件，没有文字"
    elif has["script"]:
        why = "网页里没有文字，正文由网站的程序另行显示"
    else:
        why = "网页里没有文字"
    raise EmptyFileError(f"{why}。请在浏览器中打开原网页，待正文显示完整后另存，或把正文复制到文档中再添加。")


def characters(data: bytes, declared: str | None) -> str:
    """The characters: by byte order mark, by what reads as Chinese, else as declared where little is damaged."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data)
    bare = data.replace(b"\x00", b"")  # a stray zero byte is nothing to a browser
    for content in dict.fromkeys((data, bare)):
        with suppress(EncodingError, FormatError):
            return decode(content)
    name = (declared or _declared(bare) or "").lower()
    name = "gb18030" if name in _CHINESE else "" if _WESTERN.match(name) else name
    for each in dict.fromkeys((name or "utf-8", "utf-8", "gb18030")):
        with suppress(LookupError, ValueError):  # what is declared need not be the name of a character set
            text = bare.decode(each, "replace")
            damaged = text.count("\ufffd")
            if (not damaged and each == name) or (damaged <= _SPOILED * len(text) and common_share(text) >= MIN_COMMON):
                return text
    return decode(data)  # raises, with the reason


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:8192])
    return (found[1] or found[2]).decode("ascii") if found else None
