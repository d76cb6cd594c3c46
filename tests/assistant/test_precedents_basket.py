"""The basket: what is taken along is quoted letter by letter with its source, or it is said why not."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document as Word

from assistant.precedents.types import Pick
from assistant.service import Assistant
from tests.assistant.conftest import filled

TEXT = (
    "甲川市节能方案\n（征求意见稿）\n为节能，制定本方案。\n一、目标\n到2025年，*能耗*下降5%；<b>水耗</b>下降\n6%。\n二、措施\n"
    "（一）建筑。推广[绿色]建材_一批_。\n1. 试点先行。\n"
)


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    (tmp_path / "甲.txt").write_text(TEXT, "utf-8")
    return filled(tmp_path / "库", tmp_path / "甲.txt")


def pick(assistant: Assistant, quote: str) -> Pick:
    (document,) = assistant.documents()
    start = document.text.index(quote)
    return Pick(document.id, start, start + len(quote), quote)


def test_every_quotation_is_its_slice_and_stands_under_its_document(assistant: Assistant) -> None:
    quotes = ["<b>水耗</b>下降\n6%。", "推广[绿色]建材_一批_。", "到2025年，*能耗*下降5%；"]
    picks = [pick(assistant, q) for q in quotes]
    word = Word(io.BytesIO(assistant.basket_docx(picks)))
    lines = [(p.style.name, p.text) for p in word.paragraphs]
    assert lines[:2] == [("Title", "范文摘录"), ("Heading 1", "《甲川市节能方案（征求意见稿）》")]
    assert [text for style, text in lines if style == "Normal" and not text.startswith("——")] == quotes
    assert ("Normal", "——《甲川市节能方案（征求意见稿）》一") in lines
    assert ("Normal", "——《甲川市节能方案（征求意见稿）》二、（一）") in lines
    fonts = {n: word.styles[n].element.rPr.rFonts.get(_EAST) for n in ("Normal", "Title", "Heading 1")}
    assert fonts == {"Normal": "仿宋", "Title": "黑体", "Heading 1": "黑体"}


_EAST = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia"


def test_markdown_shows_the_text_and_no_marks_of_its_own(assistant: Assistant) -> None:
    text = assistant.basket_markdown(
        [pick(assistant, q) for q in ("到2025年，*能耗*下降5%；", "<b>水耗</b>下降\n6%。", "试点先行。")]
    )
    assert text.startswith(
        "# 范文摘录\n\n## 《甲川市节能方案（征求意见稿）》\n\n到2025年，\\*能耗\\*下降5%；\n\n——《甲川市节能方案（征求意见稿）》一\n"
    )
    assert "\\<b>水耗\\</b>下降\n6%。" in text and "\n试点先行。\n" in text


def test_a_place_that_changed_is_said_and_not_exported(assistant: Assistant, tmp_path: Path) -> None:
    kept, changed = pick(assistant, "推广[绿色]建材_一批_。"), pick(assistant, "到2025年，*能耗*下降5%；")
    beyond = Pick(kept.document, kept.start, 10_000, kept.quote)
    across = pick(assistant, "6%。\n二、措施")
    (tmp_path / "甲.txt").write_text(TEXT.replace("下降5%", "下降7%"), "utf-8")
    list(assistant.add([tmp_path / "甲.txt"]))
    found = assistant.collected([kept, changed, beyond, across])
    assert [c.quotation is not None for c in found] == [True, False, False, False]
    assert "已有变动" in found[1].problem and "同一条款" in found[3].problem
    text = assistant.basket_markdown([kept, changed])
    assert "下降5%" not in text and "未能导出的摘录" in text
    assistant.remove(kept.document)
    (gone,) = assistant.collected([kept])
    assert gone.quotation is None and "已不在文件库" in gone.problem
    assert "推广" not in "".join(p.text for p in Word(io.BytesIO(assistant.basket_docx([kept]))).paragraphs)


@pytest.mark.skipif(not shutil.which("soffice"), reason="本机没有 LibreOffice")
def test_the_word_file_opens_and_becomes_a_pdf(assistant: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "摘录.docx"
    file.write_bytes(assistant.basket_docx([pick(assistant, "推广[绿色]建材_一批_。")]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)], check=True, timeout=120
    )
    assert (tmp_path / "摘录.pdf").read_bytes().startswith(b"%PDF")
