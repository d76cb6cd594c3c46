"""One document, one clause tree, whatever the format it was saved in."""

from difflib import SequenceMatcher
from email.message import EmailMessage
from html import escape
from pathlib import Path
from unicodedata import normalize

import docx
import pypdfium2
import pytest

from corpus.reading import read_bytes, read_file, scan
from corpus.reading.members import read_parts
from tests.corpus.reading.making import SAMPLES, bare, converted, needs_office, printable, saved, tree, word, zipped
from tests.corpus.reading.test_sheets import book
from tests.corpus.reading.test_sheets import saved as sheets_saved
from tests.shared import SEEDS, SHARED, needs_shared

PLANS = sorted(SAMPLES.iterdir())


@pytest.mark.parametrize("plan", PLANS, ids=lambda p: p.stem[:3])
def test_a_plan_is_the_same_as_a_word_file(plan: Path) -> None:
    text = read_file(plan).text
    assert tree(read_bytes("甲.txt", word(text)).text) == tree(text)


@needs_shared
def test_real_plans_are_the_same_as_word_files() -> None:
    for plan in sorted(SEEDS.iterdir()):
        text = read_file(plan).text
        assert tree(read_bytes("甲.doc", word(text)).text) == tree(text), plan.name


@needs_shared
def test_real_word_files_give_their_plain_text() -> None:
    import tarfile

    archives = [path for path in SHARED.rglob("*") if path.name.startswith("reports") and ".tar" in path.name]
    if not archives:
        pytest.skip("真实报告的纯文本不在此处")
    plain = {}
    with tarfile.open(archives[0]) as archive:
        for member in archive:
            if (file := archive.extractfile(member)) and member.name.endswith(".txt"):
                plain[Path(member.name).stem] = file.read().decode("utf-8")
    files = sorted((SHARED / "docx").glob("*.docx"))
    assert len(files) == 20
    for file in files:
        text = read_file(file).text
        assert text.split() == plain[file.stem].split(), file.name
        assert tree(text) == tree(plain[file.stem]), file.name


# What LibreOffice makes of a Word file, and the names it is then read under.
TARGETS = {
    "docx:MS Word 2007 XML": ("docx", "doc", "txt"),
    "doc:MS Word 97": ("doc", "wps", "docx"),
    "rtf": ("rtf", "doc"),
    "odt": ("odt",),
    "html": ("html", "doc"),
    "txt:Text (encoded):UTF8": ("txt", "md"),
    "pdf": ("pdf",),
}

WITH_HEADERS = ("html", "pdf")  # of these formats, which repeat what stands at the head of a page


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Texts by a short name: three sample plans, one of them with tables, and a real one."""
    chosen = {plan.stem[:3]: read_file(plan).text for plan in PLANS[:3]}
    real = sorted(SEEDS.iterdir())[:1] if SEEDS.is_dir() else []
    return chosen | {plan.stem[:3]: read_file(plan).text for plan in real}


@needs_office
@pytest.mark.parametrize(
    "target", [pytest.param(each, marks=[pytest.mark.leaves_out] if each in WITH_HEADERS else []) for each in TARGETS]
)
def test_the_plans_are_the_same_as_libreoffice_saves_them(target: str, printed: dict[str, str], tmp_path: Path) -> None:
    for name, text in printed.items():
        (tmp_path / f"{name}.docx").write_bytes(printable(text))
    made = converted(tmp_path, target, sorted(tmp_path.glob("*.docx")))
    names = TARGETS[target]
    for n, (name, text) in enumerate(printed.items()):
        data = (made / f"{name}.{target.partition(':')[0]}").read_bytes()
        found, kept = tree(read_bytes(f"甲.{names[n % len(names)]}", data).text), tree(text)
        if target.startswith("txt"):  # as text LibreOffice writes the cells one below the other
            found, kept = ([(clause[0], clause[3]) for clause in each] for each in (found, kept))
        assert found == kept, (name, target)


@pytest.mark.parametrize("plan", PLANS[:3], ids=lambda p: p.stem[:3])
def test_a_plan_is_the_same_in_an_archive_a_mail_and_a_web_page(plan: Path, tmp_path: Path) -> None:
    text = read_file(plan).text
    page = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Message-ID"] = "方案", "a@example.com", "<1@example.com>"
    mail.add_attachment(word(text), maintype="application", subtype="x", filename="方案.docx")
    (tmp_path / "甲.zip").write_bytes(zipped({"信.eml": bytes(mail), "方案.html": f"<html><body>{page}</body></html>"}))
    for part in read_parts(tmp_path / "甲.zip"):
        assert part.reading is not None, part.error
        if "\t" not in text or part.name.endswith(".docx"):  # tabs are spaces to a browser
            assert tree(part.reading.text) == tree(text), part.place


@needs_office
def test_a_table_of_duties_is_the_same_as_a_spreadsheet_and_a_document(tmp_path: Path) -> None:
    (tmp_path / "甲.xlsx").write_bytes(sheets_saved(book()))
    texts = {"xlsx": read_file(tmp_path / "甲.xlsx").text}
    for target in ("xls:MS Excel 97", "ods"):
        texts[target] = read_file(converted(tmp_path, target, [tmp_path / "甲.xlsx"]) / f"甲.{target.partition(':')[0]}").text
    document = docx.Document()
    rows = [line.split("\t") for line in texts["xlsx"].split("\n")]
    table = document.add_table(0, 5)
    for row in rows[2:-1]:
        for cell, content in zip(table.add_row().cells, row, strict=True):
            cell.text = content
    document.element.body.insert(0, document.add_paragraph(rows[1][0])._p)
    document.add_paragraph(rows[-1][0])
    texts["docx"] = f"{rows[0][0]}\n{read_bytes('甲.docx', saved(document)).text}"
    assert {kind: tree(text) for kind, text in texts.items()} == dict.fromkeys(texts, tree(texts["xlsx"]))


@needs_office
@pytest.mark.skipif(not scan.available(), reason="没有安装文字识别组件")
def test_a_scanned_plan_is_the_same_but_for_a_few_characters(tmp_path: Path) -> None:
    """Recognition errs in some characters of a thousand; the numbers, and so the clauses, must be the same."""
    text = read_file(PLANS[0]).text
    text = text[: text.index("\n", 700)]
    (tmp_path / "甲.docx").write_bytes(printable(text, header=""))
    paper = pypdfium2.PdfDocument(converted(tmp_path, "pdf", [tmp_path / "甲.docx"]) / "甲.pdf")
    pictures = [page.render(scale=200 / 72).to_pil().convert("L") for page in paper]
    pictures[0].save(tmp_path / "扫描.pdf", save_all=True, append_images=pictures[1:], resolution=200)
    reading = read_file(tmp_path / "扫描.pdf")
    assert [path for path, *_ in tree(reading.text)] == [path for path, *_ in tree(text)]
    found, kept = (normalize("NFKC", bare(each)) for each in (reading.text, text))
    assert SequenceMatcher(None, found, kept, autojunk=False).ratio() > 0.98
    assert all(page.confidence and page.confidence > 0.9 for page in reading.pages)
