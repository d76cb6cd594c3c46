"""No silent loss: what the plain way finds in a file is in its stored text. All tests beside this one are watched so."""

from collections import Counter

import pytest

from corpus.reading import read_bytes, read_file
from tests.corpus.reading.losing import lost
from tests.corpus.reading.making import raw_word, word
from tests.corpus.reading.pdf_making import pdf, written
from tests.corpus.reading.test_sheets import book
from tests.corpus.reading.test_sheets import saved as sheets_saved
from tests.shared import SHARED, needs_shared

PLAN = "云泽市节能方案\n一、总体要求\n推进节能工作。"
FILES = {
    "docx": word(PLAN),
    "xlsx": sheets_saved(book()),
    "html": f"<html><head><title>题</title></head><body><nav>栏</nav><p>{PLAN}</p></body></html>".encode(),
    "pdf": pdf(written([(90, 150 + 30 * n, line) for n, line in enumerate(PLAN.split("\n"))])),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_character_that_is_lost_is_found(kind: str) -> None:
    text = read_bytes(f"甲.{kind}", FILES[kind]).text
    assert not lost(kind, FILES[kind], text)
    assert lost(kind, FILES[kind], text.replace("节", "", 1)) == Counter("节")


def test_notes_and_text_boxes_count() -> None:
    box = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>脚</w:t></w:r></w:p></w:footnote>'
    data = raw_word(f'<w:p>{box}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>', parts={"footnotes": note})
    assert lost("docx", data, "") == Counter("框脚")
    assert not lost("docx", data, read_bytes("甲.docx", data).text)


@needs_shared
def test_real_word_files_lose_nothing() -> None:
    files = sorted((SHARED / "docx").glob("*.docx"))
    assert len(files) == 20
    for file in files:
        assert not lost("docx", file.read_bytes(), read_file(file).text), file.name
