"""Files with pictures in them, and what is seen of their text."""

import pytest

from corpus.reading import Reading, read_bytes
from tests.corpus.reading.making import raw_word
from tests.corpus.reading.test_images import saved

PIL = pytest.importorskip("PIL.Image")
OWN = "推进全市节水工作，结合本市实际，制定本方案，请遵照执行。"
CENTIMETRE = 360_000
MISSING = "请安装文字识别组件（pip install 'policy-assistant[ocr]'）后重新添加。"


def shot(width: int = 1000, height: int = 700, shade: str = "white") -> bytes:
    return saved("PNG", PIL.new("RGB", (width, height), shade))


def drawn(id: str, width: float = 15, height: float = 10) -> str:
    """A picture of a size in centimetres, as Word has it in a paragraph."""
    extent = f'<wp:extent xmlns:wp="wp" cx="{round(width * CENTIMETRE)}" cy="{round(height * CENTIMETRE)}"/>'
    return f'<w:r><w:drawing><wp:inline xmlns:wp="wp">{extent}<a:blip xmlns:a="a" r:embed="{id}"/></wp:inline></w:drawing></w:r>'


def shaped(id: str, style: str) -> str:
    """The same as Word 97 to 2007 has it."""
    return f'<w:r><w:pict><v:shape style="{style}"><v:imagedata r:id="{id}"/></v:shape></w:pict></w:r>'


def document(body: str, **pictures: bytes) -> Reading:
    relations = "".join(f'<Relationship Id="{id}" Type="x/image" Target="media/{id}"/>' for id in pictures)
    more = {f"word/media/{id}": content for id, content in pictures.items()}
    return read_bytes("甲.docx", raw_word(body, relations=relations, more=more))


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def marks(reading: Reading) -> list[tuple[str, float | None]]:
    """The stretches of a text between its marks, and whether they were recognised."""
    ends = [*(page.start for page in reading.pages[1:]), len(reading.text)]
    return [(reading.text[a.start : end].strip("\n"), a.confidence) for a, end in zip(reading.pages, ends, strict=True)]
