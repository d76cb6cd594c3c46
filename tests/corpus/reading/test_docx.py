"""Word documents: what a reader of the page sees is the text, and nothing else is."""

import io
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement

from corpus.errors import FormatError, PolicyError, TooLargeError
from corpus.reading import container, read_bytes
from tests.corpus.reading.listening import listening
from tests.corpus.reading.making import paragraph, raw_word, saved, zipped


def text_of(body: str, **options: object) -> str:
    return read_bytes("甲.docx", raw_word(body, **options)).text  # type: ignore[arg-type]


def listed(*items: tuple[int, int, str]) -> str:
    """Paragraphs of lists: (list, depth, text)."""
    return "".join(
        paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{id}"/></w:numPr>') for id, depth, text in items
    )


def level(depth: int, style: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def lists(levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> dict[str, str]:
    return {"numbering": f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{nums}'}


PLAN = level(0, "chineseCountingThousand", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")


def test_automatic_numbers_are_text() -> None:
    items = [(1, 0, "总体要求"), (1, 0, "主要任务"), (1, 1, "工业"), (1, 2, "2025年完成"), (1, 1, "建筑"), (1, 2, "改造")]
    assert text_of(listed(*items, (1, 0, "保障")), parts=lists(PLAN)).split("\n") == [
        "一、总体要求",
        "二、主要任务",
        "（一）工业",
        "1. 2025年完成",
        "（二）建筑",
        "1. 改造",
        "三、保障",
    ]


@pytest.mark.parametrize(
    ("style", "numbers"),
    [
        ("decimal", ["1", "2", "10", "11", "21"]),
        ("chineseCounting", ["一", "二", "十", "十一", "二十一"]),
        ("chineseCountingThousand", ["一", "二", "十", "十一", "二十一"]),
        ("japaneseCounting", ["一", "二", "十", "十一", "二十一"]),
        ("ideographTraditional", ["甲", "乙", "癸", "11", "21"]),
        ("ideographDigital", ["一", "二", "一〇", "一一", "二一"]),
        ("chineseLegalSimplified", ["壹", "贰", "壹拾", "壹拾壹", "贰拾壹"]),
        ("decimalEnclosedCircle", ["①", "②", "⑩", "⑪", "21"]),
        ("decimalFullWidth", ["１", "２", "１０", "１１", "２１"]),
        ("decimalZero", ["01", "02", "10", "11", "21"]),
        ("lowerLetter", ["a", "b", "j", "k", "u"]),
        ("upperRoman", ["I", "II", "X", "XI", "XXI"]),
        ("none", ["", "", "", "", ""]),
    ],
)
def test_every_number_style(style: str, numbers: list[str]) -> None:
    made = text_of(listed(*[(1, 0, "项")] * 21), parts=lists(level(0, style, "%1、"))).split("\n")
    assert [made[n - 1] for n in (1, 2, 10, 11, 21)] == [f"{n}、项" for n in numbers]


def test_numbers_with_hundreds() -> None:
    made = text_of(listed(*[(1, 0, "条")] * 110), parts=lists(level(0, "chineseCountingThousand", "第%1条"))).split("\n")
    assert [made[n - 1] for n in (1, 20, 100, 101, 110)] == [
        "第一条 条",
        "第二十条 条",
        "第一百条 条",
        "第一百零一条 条",
        "第一百一十条 条",
    ]


def test_a_number_of_several_levels_in_arabic_figures() -> None:
    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert text_of(listed((1, 0, "甲"), (1, 1, "乙"), (1, 1, "丙")), parts=lists(levels)).split("\n") == [
        "一、甲",
        "1.1 乙",
        "1.2 丙",
    ]


def test_a_tab_after_a_number_written_by_hand_is_a_space() -> None:
    marks = ["一、", "（一）", "(二) ", "１．", "第一条\u3000"]
    body = "".join(f"<w:p><w:r><w:t xml:space='preserve'>{mark}</w:t><w:tab/><w:t>节水</w:t></w:r></w:p>" for mark in marks)
    assert text_of(body).split("\n") == [f"{mark.strip()} 节水" for mark in marks]


def test_a_level_that_never_begins_anew() -> None:
    levels = level(0, "chineseCounting", "第%1章") + level(1, "chineseCounting", "第%2条", '<w:lvlRestart w:val="0"/>')
    made = text_of(listed((1, 0, "总"), (1, 1, "甲"), (1, 0, "分"), (1, 1, "乙")), parts=lists(levels))
    assert made.split("\n") == ["第一章 总", "第一条 甲", "第二章 分", "第二条 乙"]


def test_lists_of_one_kind_go_on_unless_told_to_start_again() -> None:
    nums = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{override}</w:num>'
        for n, override in ((1, ""), (2, ""), (3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'))
    )
    made = text_of(listed((1, 0, "甲"), (2, 0, "乙"), (3, 0, "丙"), (3, 0, "丁"), (1, 0, "戊")), parts=lists(PLAN, nums))
    assert made.split("\n") == ["一、甲", "二、乙", "一、丙", "二、丁", "三、戊"]


def test_a_style_brings_its_number_and_a_paragraph_may_refuse_it() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H"/></w:style>'
    )
    levels = level(0, "decimal", "%1、") + level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="H2"/>')
    body = (
        paragraph("甲", '<w:pStyle w:val="H"/>')
        + paragraph("乙", '<w:pStyle w:val="H2"/>')
        + paragraph("丙", '<w:pStyle w:val="H"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + paragraph("丁", '<w:pStyle w:val="H"/>')
    )
    assert text_of(body, parts=lists(levels) | {"styles": styles}).split("\n") == ["1、甲", "（一）乙", "丙", "2、丁"]


def test_bullets_are_no_text() -> None:
    assert text_of(listed((1, 0, "甲")), parts=lists(level(0, "bullet", "\uf0b7"))) == "甲"


def test_merged_cells_are_repeated_and_a_row_of_one_cell_is_a_heading() -> None:
    document = docx.Document()
    table = document.add_table(5, 4)
    for row, texts in enumerate(["指标/现状//单位", "/2020年/2025年/", "工业///", "煤耗/300/295/克", "/17/24/%"]):
        for cell, text in zip(table.rows[row].cells, texts.split("/"), strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 3).merge(table.cell(1, 3))
    table.cell(2, 0).merge(table.cell(2, 3))
    table.cell(3, 0).merge(table.cell(4, 0))
    assert read_bytes("甲.docx", saved(document)).text.strip("\n").split("\n") == [
        "指标\t现状\t现状\t单位",
        "指标\t2020年\t2025年\t单位",
        "工业\t\t\t",
        "煤耗\t300\t295\t克",
        "煤耗\t17\t24\t%",
    ]


def test_a_cell_is_one_line_and_a_table_inside_belongs_to_its_cell() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "任务\n一\t览"
    table.cell(0, 1).text = "单位"
    inner = table.cell(1, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "甲", "乙"
    table.cell(1, 1).text = "丙"
    assert read_bytes("甲.docx", saved(document)).text.strip("\n").split("\n") == ["任务 一 览\t单位", "甲 乙\t丙"]


def test_a_frame_around_a_text_is_no_table() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "一、总体要求"
    cell.add_paragraph("二、主要任务")
    assert read_bytes("甲.docx", saved(document)).text.strip("\n").split("\n") == ["一、总体要求", "二、主要任务"]


@pytest.mark.leaves_out
def test_tracked_changes_are_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>到</w:t></w:r><w:del><w:r><w:delText>2024</w:delText><w:t>旧</w:t></w:r></w:del><w:ins><w:r><w:t>2025</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>年</w:t></w:r></w:moveTo></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前一段</w:t></w:r></w:p><w:p><w:r><w:t>接后一段</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>丙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert text_of(body).split("\n") == ["到2025年", "前一段接后一段", "甲\t乙"]


@pytest.mark.leaves_out
def test_hidden_text_and_comments_are_left_out() -> None:
    styles = '<w:style w:type="character" w:styleId="S"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = (
        "<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>乙</w:t></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="S"/></w:rPr><w:t>隐</w:t></w:r></w:p>'
        "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p><w:p/>"
    )
    assert text_of(body, parts={"styles": styles}) == "甲乙\n"


def test_fields_links_controls_and_line_breaks() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2022年</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:hyperlink><w:r><w:t>《条例》</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>云泽市</w:t></w:r></w:smartTag>"
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>某局</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:br/><w:t>另起一行</w:t></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:tab/><w:t>1.</w:t><w:tab/><w:t>加强</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert text_of(body).split("\n") == ["2022年《条例》云泽市某局", "另起一行", "1. 加强"]


def test_notes_and_text_boxes_follow_their_paragraph_or_table() -> None:
    notes = '<w:footnote w:id="2"><w:p><w:r><w:t> 指规模以上工业。</w:t></w:r></w:p></w:footnote>'
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    body = (
        f'<w:p><w:r><w:t>工业</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><mc:AlternateContent><mc:Choice><wps:txbx>{box}'
        f"</wps:txbx></mc:Choice><mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>领域</w:t></w:r></w:p>" + paragraph("后文")
    )
    assert text_of(body, parts={"footnotes": notes}).split("\n") == ["工业领域", "注1：指规模以上工业。", "框内", "后文"]
    cell = '<w:tc><w:p><w:r><w:t>甲</w:t><w:footnoteReference w:id="2"/></w:r></w:p></w:tc>'
    table = f"<w:tbl><w:tr>{cell}<w:tc>{paragraph('乙')}</w:tc></w:tr></w:tbl>"
    assert text_of(table, parts={"footnotes": notes}).split("\n") == ["甲\t乙", "注1：指规模以上工业。"]


def test_headers_and_footers_are_left_out() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "— 2 —"
    assert read_bytes("甲.docx", saved(document)).text.strip() == "正文"


def test_strict_documents_are_read() -> None:
    space = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    main = f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>正文</w:t></w:r></w:p></w:body></w:document>'
    assert read_bytes("甲.docx", zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": main})).text == "正文"


def refused(data: bytes, error: type[PolicyError]) -> str:
    with pytest.raises(error) as caught:
        read_bytes("甲.docx", data)
    assert "“甲.docx”" in str(caught.value)
    assert str(caught.value).endswith("。")
    return str(caught.value)


def test_damaged_and_hostile_files_are_refused_with_the_reason() -> None:
    whole = raw_word(paragraph("正文" * 5000))
    refused(whole[: len(whole) // 2], FormatError)
    assert "XML" in refused(raw_word("<w:p>"), FormatError)
    assert "没有 Word 正文" in refused(zipped({"[Content_Types].xml": "x", "word/document.xml": "<a/>"}), FormatError)
    bomb = '<!DOCTYPE a [<!ENTITY b "哈哈"><!ENTITY c "&b;&b;&b;">]><a><body>&c;</body></a>'
    assert "DTD" in refused(zipped({"[Content_Types].xml": "x", "word/document.xml": bomb}), FormatError)
    assert "嵌套" in refused(raw_word("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000), FormatError)


def test_a_zip_bomb_is_refused_by_its_ratio_and_by_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    large = raw_word("<w:p/>" + " " * 30 * 2**20)
    assert "炸弹" in refused(large, TooLargeError)
    monkeypatch.setattr(container, "MAX_UNPACKED", 5000)
    assert "上限" in refused(raw_word(paragraph("正文" * 5000)), TooLargeError)


def test_an_external_reference_is_never_fetched() -> None:
    with listening() as (place, asked):
        kinds = ("attachedTemplate", "image", "footnotes", "numbering", "aFChunk")
        relations = "".join(f'<Relationship Id="x{k}" Type="x/{k}" TargetMode="External" Target="{place}/{k}"/>' for k in kinds)
        assert text_of(paragraph("正文"), relations=relations) == "正文"
    assert asked == []


def test_a_web_page_within_a_document_is_read() -> None:
    relation = '<Relationship Id="c" Type="x/aFChunk" Target="/word/page.htm"/>'
    data = raw_word('<w:altChunk r:id="c"/>', relations=relation)
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/page.htm", "<html><body><p>一、总则</p></body></html>")
    assert read_bytes("甲.docx", buffer.getvalue()).text == "一、总则"


def test_a_contents_page_keeps_its_leaders() -> None:
    document = docx.Document()
    style = document.styles.add_style("toc 1", 1)
    line = document.add_paragraph("一、总体要求", style=style)
    line.add_run().add_tab()
    line.add_run("3")
    line._p.append(OxmlElement("w:bookmarkEnd"))
    assert read_bytes("甲.docx", saved(document)).text.strip() == "一、总体要求……3"
