"""All the text of a text file, a web page or a mail: what a person compares the stored text with. Nothing is left out."""

import email
import email.policy
from collections.abc import Iterator

from corpus.reading.encoding import decode
from corpus.reading.html import characters

_UNSEEN = frozenset({"script", "style", "template", "head"})
_HEADERS = (("Subject", "主题"), ("From", "发件人"), ("To", "收件人"), ("Date", "日期"))


def whole_text(kind: str, data: bytes) -> str:
    """The text of a file of kind text, csv, html, mhtml or eml; of markup what a browser would show, menus included.

    Raises EncodingError, FormatError where the characters cannot be told.
    """
    if kind == "html":
        return _page(characters(data, None))
    if kind in ("eml", "mhtml"):
        return "\n".join(_mail(data))
    return decode(data)


def _page(markup: str) -> str:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    if root is None:
        return ""
    lines = (" ".join(text.split()) for text in _texts(root))
    return "\n".join(line for line in lines if line)


def _texts(root: object) -> Iterator[str]:
    """The texts in order, by events and not by calls, so that no depth of nesting is too much."""
    from lxml import etree

    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        hidden += (event == "start") - (event == "end") if element.tag in _UNSEEN else 0
        text = element.text if event == "start" else element.tail
        if text and not hidden:
            yield text


def _mail(data: bytes) -> Iterator[str]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    for header, called in _HEADERS:
        if message[header]:
            yield f"{called}：{message[header]}"
    for part in message.walk():
        sort, name = part.get_content_type(), part.get_filename()
        if name:
            yield f"［附件：{name}］"
        elif sort in ("text/plain", "text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                text = characters(content, part.get_content_charset())
                yield "\n" + (text if sort == "text/plain" else _page(text))
