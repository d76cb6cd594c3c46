"""Mails: the subject and the text are a document, attachments documents of their own."""

import base64
from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus.ingest import add_paths
from corpus.reading import read_bytes
from corpus.reading.members import read_parts
from corpus.store import Library
from tests.corpus.reading.making import word, zipped

PLAN = "云泽市节水行动方案\n一、总体要求\n市水务局负责节水工作。"


def mail(text: str = "各单位：\n方案见附件，请于月底前反馈。", html: str = "") -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = "关于征求节水方案意见的通知", "a@example.com", "b@example.com"
    made["Message-ID"] = "<1@example.com>"
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def parts(folder: Path, data: bytes) -> dict[str, str]:
    path = folder / "甲.eml"
    path.write_bytes(data)
    return {part.place: part.reading.text if part.reading else f"!{part.error}" for part in read_parts(path)}


def test_a_mail_with_attachments(tmp_path: Path) -> None:
    made = mail(html="<p>别样正文</p>")
    made.add_attachment(word(PLAN), maintype="application", subtype="octet-stream", filename="节水方案.docx")
    made.add_attachment(zipped({"内.txt": PLAN}), maintype="application", subtype="zip", filename="附件.zip")
    made.add_attachment(PLAN, filename="节水方案.docx")
    made.add_attachment(b"Rar!\x1a\x07\x00", maintype="application", subtype="x", filename="..\\..\\包\u202e.rar")
    found = parts(tmp_path, bytes(made))
    assert list(found) == ["", "!节水方案.docx", "!附件.zip!内.txt", "!节水方案.docx#2", "!包\\u202e.rar"]
    assert found[""] == "关于征求节水方案意见的通知\n各单位：\n方案见附件，请于月底前反馈。"
    assert found["!节水方案.docx"] == PLAN and "RAR" in found["!包\\u202e.rar"]


def test_its_documents_and_their_sources(tmp_path: Path) -> None:
    made = mail()
    made.add_attachment(PLAN.encode("gb18030"), maintype="text", subtype="plain", filename="方案.txt")
    path, library = tmp_path / "甲.eml", Library(tmp_path / "库")
    path.write_bytes(bytes(made))
    assert [(o.source, o.status) for o in add_paths(library, [path])] == [("甲.eml", "added"), ("方案.txt", "added")]
    assert [(o.source, o.status) for o in add_paths(library, [path])] == [("甲.eml", "unchanged"), ("方案.txt", "unchanged")]
    (tmp_path / "乙.txt").write_text(PLAN, encoding="utf-8")
    assert [o.status for o in add_paths(library, [tmp_path / "乙.txt"])] == ["duplicate"]


def test_a_mail_without_text_is_its_attachments(tmp_path: Path) -> None:
    made = mail("")
    made.add_attachment(PLAN, filename="方案.txt")
    assert parts(tmp_path, bytes(made)) == {"!方案.txt": PLAN + "\n"}
    assert parts(tmp_path, bytes(mail(""))) == {"": "关于征求节水方案意见的通知"}


def test_html_and_the_pictures_in_it(tmp_path: Path) -> None:
    made = mail("")
    made.clear_content()
    made.set_content("<html><body><p>请各单位反馈。</p><img src='cid:1@x'></body></html>", subtype="html", charset="gb2312")
    made.add_related(b"\x89PNG\r\n\x1a\n", "image", "png", cid="<1@x>", filename="徽标.png")
    assert parts(tmp_path, bytes(made)) == {"": "关于征求节水方案意见的通知\n请各单位反馈。"}


def test_a_forwarded_mail_is_a_document(tmp_path: Path) -> None:
    made = mail()
    inner = mail("内层正文。")
    inner.replace_header("Subject", "转发/节水")
    inner.add_attachment(PLAN, filename="方案.txt")
    made.add_attachment(inner)
    found = parts(tmp_path, bytes(made))
    assert list(found)[1:] == ["!转发／节水.eml", "!转发／节水.eml!方案.txt"]
    assert found["!转发／节水.eml"] == "转发/节水\n内层正文。"


@pytest.mark.parametrize(
    "subject",
    [
        "节水方案".encode("gb18030"),
        "节水方案".encode(),
        b"=?gb2312?B?" + base64.b64encode("节水方案".encode("gbk")) + b"?=",
        b"=?GBK?Q?" + b"".join(b"=%02X" % c for c in "节水方案".encode("gbk")) + b"?=",
        b"=?gb2312?B?vdo=?=\r\n =?gb2312?B?y66z?=\r\n =?gb2312?B?" + base64.b64encode("方案".encode("gbk")) + b"?=",
    ],
)
def test_subjects_as_they_are_written(subject: bytes) -> None:
    if b"y66z" in subject:  # a character torn between two words
        subject = subject.replace(b"y66z", b"y66=").replace(b"y66=", base64.b64encode("水".encode("gbk")))
    head = b"Message-ID: <1@x>\r\nSubject: " + subject + b"\r\nContent-Type: text/plain; charset=gb2312\r\n\r\n"
    assert read_bytes("甲.eml", head + "镕基同志：请查收。\r\n".encode("gbk")).text == "节水方案\n镕基同志：请查收。"


@pytest.mark.parametrize("given", [b'"=?GBK?B?%s?="' % base64.b64encode("方案.txt".encode("gbk")), '"方案.txt"'.encode("gbk")])
def test_names_of_attachments_as_they_are_written(tmp_path: Path, given: bytes) -> None:
    data = (
        b"MIME-Version: 1.0\nSubject: a\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain;\n name="
        + given
        + b"\nContent-Transfer-Encoding: base64\n\n"
        + base64.b64encode(PLAN.encode())
        + b"\n--x--\n"
    )
    assert parts(tmp_path, data) == {"!方案.txt": PLAN}


def test_hostile_and_damaged_mails(tmp_path: Path) -> None:
    head = b"MIME-Version: 1.0\nSubject: a\n"
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
    (told,) = parts(tmp_path, head + deep).values()
    assert told.startswith("!“甲.eml”") and told.endswith("。")
    many = head + b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\na\n" * 6000 + b"--x--\n"
    (told,) = parts(tmp_path, many).values()
    assert "5000" in told
    made = bytes(mail())
    for cut in range(60, len(made), 40):
        assert all(text for text in parts(tmp_path, made[:cut]).values())
    torn = made.replace(b"Subject: ", b"Subject: =?utf-8?B?5?= ")
    assert "请于月底前反馈" in parts(tmp_path, torn)[""]
    spoiled = made.replace(b'charset="utf-8"', b'charset="no-such"')
    assert "请于月底前反馈" in parts(tmp_path, spoiled)[""]
