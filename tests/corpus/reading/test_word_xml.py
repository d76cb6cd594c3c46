"""Word documents in one XML file: of Word 2003, often under the name .doc, and the container of .docx written as XML."""

import base64

import pytest

from corpus.errors import FormatError
from corpus.reading import read_bytes
from tests.corpus.reading.making import SPACES, paragraph
from tests.corpus.reading.test_docx import PLAN, listed, lists

SPACE_2003 = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" xmlns:aml="http://schemas.microsoft.com/aml/2001/core"'
)


def word_2003(body: str, more: str = "") -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
    return f"{head}<w:wordDocument {SPACE_2003}>{more}<w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>".encode()


def text_of(body: str, more: str = "") -> list[str]:
    return read_bytes("甲.doc", word_2003(body, more)).text.split("\n")


def item(mark: str, text: str) -> str:
    return paragraph(text, f'<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="{mark}"/></w:listPr>')


def test_numbers_are_read_as_word_wrote_them_out() -> None:
    assert text_of(item("一、", "总则") + item("（一）", "目的") + item("1.", "节水") + item("l", "要点")) == [
        "一、总则",
        "（一）目的",
        "1. 节水",
        "要点",
    ]


def test_tables_notes_boxes_and_heads() -> None:
    def cell(text: str, merge: str = "") -> str:
        return f"<w:tc><w:tcPr>{merge}</w:tcPr>{paragraph(text)}</w:tc>"

    start, on = '<w:vmerge w:val="restart"/>', "<w:vmerge/>"
    table = f"<w:tbl><w:tr>{cell('任务', start)}{cell('甲')}</w:tr><w:tr>{cell('', on)}{cell('乙')}</w:tr></w:tbl>"
    note = f"<w:r><w:footnote>{paragraph('指规模以上工业。')}</w:footnote></w:r>"
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('框内')}</w:txbxContent></v:textbox></w:pict></w:r>"
    head = f'<w:sectPr><w:hdr w:type="odd">{paragraph("页眉")}</w:hdr></w:sectPr>'
    assert text_of(f"{table}<w:p><w:r><w:t>工业</w:t></w:r>{note}{box}</w:p>{paragraph('后文')}{head}") == [
        "任务\t甲",
        "任务\t乙",
        "工业",
        "注1：指规模以上工业。",
        "框内",
        "后文",
    ]


def test_changes_comments_and_hidden_text() -> None:
    def marked(kind: str, text: str) -> str:
        return f'<aml:annotation w:type="Word.{kind}"><aml:content><w:r><w:t>{text}</w:t></w:r></aml:content></aml:annotation>'

    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>"
    picture = "<w:r><w:pict><w:binData>AAAA</w:binData></w:pict></w:r>"
    body = f"<w:p>{marked('Deletion', '2014')}{marked('Insertion', '2015')}<w:r><w:t>年</w:t></w:r>{marked('Comment', '批注')}{hidden}{picture}</w:p>"
    assert text_of(body) == ["2015年"]


def test_a_container_written_as_xml() -> None:
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def part(name: str, content: str) -> str:
        return f'<pkg:part pkg:name="{name}"><pkg:xmlData>{content}</pkg:xmlData></pkg:part>'

    def relations(*pairs: tuple[str, str]) -> str:
        inside = "".join(f'<Relationship Id="{kind}" Type="{related}/{kind}" Target="{target}"/>' for kind, target in pairs)
        return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'

    body = listed((1, 0, "总则"), (1, 1, "目的"))
    data = (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        + part("/_rels/.rels", relations(("officeDocument", "word/document.xml")))
        + part("/word/_rels/document.xml.rels", relations(("numbering", "numbering.xml")))
        + part("/word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        + part("/word/numbering.xml", f"<w:numbering {SPACES}>{lists(PLAN)['numbering']}</w:numbering>")
        + f'<pkg:part pkg:name="/a.png"><pkg:binaryData>{base64.b64encode(b"png").decode()}</pkg:binaryData></pkg:part></pkg:package>'
    )
    assert read_bytes("甲.xml", data.encode()).text.split("\n") == ["一、总则", "（一）目的"]
    with pytest.raises(FormatError, match="损坏"):
        read_bytes("甲.xml", data.replace(base64.b64encode(b"png").decode(), "a").encode())


def test_what_cannot_be_read_is_refused_with_the_reason() -> None:
    with pytest.raises(FormatError, match="没有 Word 正文"):
        read_bytes("甲.doc", word_2003("").replace(b"w:body", b"w:none"))
    with pytest.raises(FormatError, match="不是有效的 XML"):
        read_bytes("甲.doc", word_2003(paragraph("一"))[:-20])
    with pytest.raises(FormatError, match="DTD"):
        read_bytes("甲.doc", word_2003("&b;").replace(b"<?mso", b'<!DOCTYPE a [<!ENTITY b "c">]><?mso'))
