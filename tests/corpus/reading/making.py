"""Files for the tests, made with the libraries and with LibreOffice; what a clause tree is compared by."""

import io
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.shared import Pt

from corpus.layout import read_lines
from corpus.outline import read_clauses
from corpus.tables import find_blocks

SAMPLES = Path(__file__).parents[3] / "corpus" / "samples"
needs_office = pytest.mark.skipif(  # a CI machine has it, or fails
    not shutil.which("soffice") and not os.environ.get("CI"), reason="本机没有安装 LibreOffice"
)

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SPACES = (
    f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_SHAPE = re.compile(r"[\s|]|-{3,}")  # white space, and the pipes and rules of a Markdown table


def bare(text: str) -> str:
    """What is written, without white space and table rules."""
    return _SHAPE.sub("", text)


def tree(text: str) -> list[tuple[object, ...]]:
    """What must be the same in every format: paths, labels, headings, texts, and the tables cell by cell."""
    return [
        (c.path, c.label, c.headings, bare(c.text), [[bare(x.text) for x in r.cells] for t in c.tables for r in t.rows])
        for c in read_clauses(text, "d")
    ]


def word(text: str) -> bytes:
    """A plain text as a Word document made by python-docx, its tables as tables."""
    document, lines = docx.Document(), read_lines(text)
    blocks = {block.first: block for block in find_blocks(text, lines)}
    at = 0
    while at < len(lines):
        if block := blocks.get(at):
            table = document.add_table(0, max(map(len, block.rows)))
            for row in block.rows:
                for cell, made in zip(row, table.add_row().cells, strict=False):
                    made.text = cell.text
            at = block.last
        else:
            document.add_paragraph(text[lines[at].start : lines[at].end])
        at += 1
    return saved(document)


def printable(text: str, header: str = "云泽市人民政府公报") -> bytes:
    """`word` as offices set it: paragraphs indented, tables ruled, a header on every page."""
    document = docx.Document(io.BytesIO(word(text)))
    document.sections[0].header.paragraphs[0].text = header
    for table in document.tables:
        table.style = "Table Grid"
    for each in document.paragraphs:
        each.paragraph_format.first_line_indent = Pt(22)
        each.paragraph_format.space_after = Pt(0)
    return saved(document)


def saved(document: "docx.document.Document") -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def raw_word(
    body: str, *, parts: dict[str, str] | None = None, relations: str = "", more: dict[str, bytes] | None = None
) -> bytes:
    """A Word file of hand-written XML: the body, further parts (`numbering`, `styles`, `footnotes`) by name, other members."""
    parts = parts or {}
    related = "".join(
        f'<Relationship Id="r{name}" Type="{_RELATED}/{name}" Target="{name}.xml"/>' for name in parts
    )  # as Word writes them, beside the main part
    types = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in {"document": "document.main", **{name: name for name in parts}}.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zipped(
        {
            "[Content_Types].xml": f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
            "_rels/.rels": f'{head}<Relationships xmlns="{space}">'
            f'<Relationship Id="a" Type="{_RELATED}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'{head}<Relationships xmlns="{space}">{related}{relations}</Relationships>',
            "word/document.xml": f"{head}<w:document {SPACES}><w:body>{body}</w:body></w:document>",
            **{f"word/{name}.xml": f"{head}<w:{name} {SPACES}>{content}</w:{name}>" for name, content in parts.items()},
            **(more or {}),
        }
    )


def zipped(members: dict[str, str | bytes]) -> bytes:
    """An archive of these members, the same bytes at any time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


@cache
def _profile() -> tempfile.TemporaryDirectory[str]:
    """LibreOffice's profile for all tests of a run: making one takes longer than a conversion."""
    return tempfile.TemporaryDirectory(ignore_cleanup_errors=True)


def converted(folder: Path, target: str, files: Sequence[Path]) -> Path:
    """The folder with the files as LibreOffice saves them; `target` is an ending, with a filter where needed."""
    made = folder / "made"
    profile = Path(_profile().name).as_uri()
    command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", target, "--outdir", str(made)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=180)
    return made
