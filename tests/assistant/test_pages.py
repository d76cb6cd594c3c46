"""A citation of a file with pages names the page, and says where its characters were recognised from a picture."""

from dataclasses import replace
from pathlib import Path

from assistant.report import answer_text, citation_json, source_of
from assistant.service import Assistant
from assistant.types import printed_on
from assistant.web.render import render_answer
from corpus.types import Document, Facts, Page
from tests.assistant.conftest import filled
from tests.corpus.reading.pdf_making import pdf, written

FACTS = Facts("方案", None, None, None, None, False, None, ())


def test_a_place_in_the_text_has_its_pages() -> None:
    pages = Page(1, 0), Page(2, 4, 0.9), Page(3, 8), Page(4, 8)
    document = Document("d", "甲.pdf", "一二三四五六七八九十", FACTS, pages)
    numbers = [[page.number for page in document.pages_of(*place)] for place in ((0, 4), (3, 5), (4, 8), (0, 10), (9, 9))]
    assert numbers == [[1], [1, 2], [2], [1, 2, 3, 4], [4]]
    assert replace(document, pages=()).pages_of(0, 4) == ()


def test_an_answer_from_a_pdf_names_the_page(tmp_path: Path) -> None:
    first = [(112, 130, "云泽市节水实施方案"), (112, 170, "一、推进农业节水。由市水务局负责。")]
    second = [(112, 130, "二、推进工业节水。由市工业和信息化局负责。")]
    file = tmp_path / "方案.pdf"
    file.write_bytes(pdf(written(first), written(second)))
    assistant = filled(tmp_path / "库", file)
    answer = assistant.ask("谁负责工业节水")
    (cited,) = answer.citations
    assert (cited.page, cited.ocr) == (2, False)
    assert citation_json(cited)["page"] == 2 and citation_json(cited)["ocr"] is False
    assert "，第2页：“" in answer_text(answer)
    assert "第2页" in render_answer(answer)
    scanned = replace(cited, ocr=True)
    assert source_of(scanned).endswith("，第2页（扫描识别）")
    assistant.library.close()


def test_a_file_without_pages_names_none(samples: Assistant) -> None:
    cited = samples.ask("谁负责挥发性有机物整治").citations[0]
    assert cited.page is None and "page" not in citation_json(cited) and "ocr" not in citation_json(cited)
    assert source_of(cited).endswith(cited.label)


def test_a_place_in_a_picture_of_a_file_without_pages_is_marked(samples: Assistant) -> None:
    document = Document("d", "甲.docx", "一二三四五六七八九十", FACTS, (Page(0, 0), Page(0, 4, 0.9), Page(0, 8)))
    assert [printed_on(document, *place) for place in ((0, 4), (4, 8), (2, 9))] == [(None, False), (None, True), (None, True)]
    cited = replace(samples.ask("谁负责挥发性有机物整治").citations[0], ocr=True)
    assert source_of(cited).endswith(f"{cited.label}（扫描识别）")
    assert citation_json(cited)["ocr"] is True and citation_json(cited)["page"] is None
