"""Mails (.eml; RFC 5322, RFC 2045 to 2047): the subject and the text; attachments are files of their own.

The plain text where there is one, else the text of the HTML. Nothing is fetched. Pictures set into the HTML are left out.
"""

import email
import email.errors
import email.header
import email.policy
import re
from collections import Counter
from collections.abc import Iterator
from email.message import Message
from functools import partial

from corpus.errors import FormatError, TooLargeError
from corpus.reading import html
from corpus.reading.folders import shown, written
from corpus.reading.types import MAX_BYTES, Member, Reading

MAX_PARTS = 5000

_CHINESE = re.compile(r"(?i)gb2312|gbk|cp936|gb_2312-80|euc-cn|x-gbk")
_ENDINGS = {"message/rfc822": ".eml", "text/plain": ".txt", "text/html": ".html", "application/pdf": ".pdf"}


def read(_name: str, data: bytes) -> Reading:
    """The subject as the first line, then the text. Raises FormatError, EncodingError where it cannot be read."""
    message = _parsed(data)
    lines = [_words(_header(message, "Subject")), _body(message)]
    return Reading("\n".join(line for line in lines if line))


def has_body(data: bytes) -> bool:
    """Whether a mail has text besides its subject."""
    return bool(_body(_parsed(data)))


def attachments(data: bytes) -> list[Member]:
    """The files attached to a mail, in its order; a mail that it forwards is one of them. Raises FormatError."""
    message = _parsed(data)
    leaves = list(_leaves(message))
    body = _chosen(leaves)
    pictures = "".join(_decoded(part) for part in leaves if part.get_content_type() == "text/html")
    found: list[Member] = []
    seen: Counter[str] = Counter()
    for part in leaves:
        if part is body or not _is_file(part) or _is_set_in(part, pictures):
            continue
        name = shown(_file_name(part))
        seen[name] += 1
        found.append(Member(name if seen[name] == 1 else f"{name}#{seen[name]}", name, partial(_load, part)))
    return found


def _parsed(data: bytes) -> "Message[str, str]":
    try:
        return email.message_from_bytes(data, policy=email.policy.compat32)
    except (RecursionError, ValueError, LookupError, email.errors.MessageError) as error:
        raise FormatError("邮件的结构嵌套过深或已损坏，无法读取。请在邮件软件中打开，把正文和附件另存后添加。") from error


def _leaves(message: "Message[str, str]") -> Iterator["Message[str, str]"]:
    """The parts that hold no parts, in order; a forwarded mail is one."""
    pending = [message]
    for _ in range(MAX_PARTS):
        if not pending:
            return
        part = pending.pop()
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_maintype() == "multipart":
            pending.extend(each for each in reversed(payload) if isinstance(each, Message))
        else:
            yield part
    raise TooLargeError(f"邮件有 {MAX_PARTS} 个以上的部分，超过上限。请把正文和附件另存后添加。")


def _body(message: "Message[str, str]") -> str:
    """The text of a mail, "" if it has none."""
    part = _chosen(list(_leaves(message)))
    if part is None:
        return ""
    text = _decoded(part)
    if part.get_content_type() == "text/html":
        return "\n".join(html.lines_of(text)).strip() if text.strip() else ""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _chosen(leaves: list["Message[str, str]"]) -> "Message[str, str] | None":
    """The part that is the mail's text: the first plain one with any, else the first in HTML."""
    texts = [part for part in leaves if not _is_attached(part)]
    for kind in ("text/plain", "text/html"):
        for part in texts:
            if part.get_content_type() == kind and _payload(part).strip():
                return part
    return None


def _decoded(part: "Message[str, str]") -> str:
    return html.characters(_payload(part), part.get_param("charset") and part.get_content_charset())


def _payload(part: "Message[str, str]") -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _is_attached(part: "Message[str, str]") -> bool:
    return part.get_content_disposition() == "attachment" or bool(_given_name(part))


def _is_file(part: "Message[str, str]") -> bool:
    """Whether a part is a file: it is attached, or no text that stands in for the one chosen."""
    return _is_attached(part) or part.get_content_maintype() not in ("text", "multipart")


def _is_set_in(part: "Message[str, str]", page: str) -> bool:
    """Whether a picture belongs into the text, where the HTML calls for it (RFC 2392)."""
    id = (part.get("Content-ID") or "").strip("<> \t")
    return bool(id) and part.get_content_maintype() == "image" and f"cid:{id}" in page


def _load(part: "Message[str, str]") -> bytes:
    payload = part.get_payload()
    if isinstance(payload, list):
        try:
            content = b"".join(each.as_bytes() for each in payload if isinstance(each, Message))
        except (RecursionError, ValueError, LookupError, email.errors.MessageError) as error:
            raise FormatError("转发的邮件已损坏，无法读取。请在邮件软件中打开，把它另存后添加。") from error
    else:
        content = _payload(part)
    if len(content) > MAX_BYTES:
        raise TooLargeError(f"附件有 {len(content) / 2**20:.1f} MB，超过 {MAX_BYTES // 2**20} MB 的上限。请拆成几个文件后添加。")
    return content


def _file_name(part: "Message[str, str]") -> str:
    """The base name of an attachment; one without a name is called by what it is."""
    name = _given_name(part).replace("\\", "/").rpartition("/")[2].strip()
    if name:
        return name
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], Message):
        return (_words(_header(payload[0], "Subject")) or "转发的邮件").replace("/", "／") + ".eml"
    return "附件" + _ENDINGS.get(part.get_content_type(), "")


def _given_name(part: "Message[str, str]") -> str:
    """The name given, decoded: RFC 2231, RFC 2047 in quotation marks as many write it, or bytes as they are."""
    for header, key in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        probe: Message[str, str] = Message()
        probe[header] = written(_header(part, header))
        try:
            given = probe.get_param(key, header=header)
        except (ValueError, LookupError, TypeError, email.errors.MessageError):
            continue
        if isinstance(given, tuple):
            charset, _, value = given
            given = value.encode("latin-1", "replace").decode(_charset(charset), "replace")
        if given:
            return _words(str(given))
    return ""


def _header(message: "Message[str, str]", name: str) -> str:
    """A header as it stands, undecoded; "" if it is missing."""
    return next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")


def _words(raw: str) -> str:
    """A header's text with its encoded words decoded, on one line."""
    raw = written(raw) if any("\udc80" <= c <= "\udcff" for c in raw) else raw
    try:
        pieces = email.header.decode_header(raw)
    except (ValueError, LookupError, email.errors.MessageError):
        return " ".join(raw.split())
    text = "".join(p if isinstance(p, str) else p.decode(_charset(charset), "replace") for p, charset in pieces)
    return " ".join(text.split())


def _charset(name: str | None) -> str:
    """A codec we have; every Chinese one is within GB18030."""
    name = name or "utf-8"
    try:
        "".encode(name)
    except LookupError:
        return "utf-8"
    return "gb18030" if _CHINESE.fullmatch(name) else name
