"""PDF files whose characters are named otherwise than they are written, or not at all, and files whose text is elsewhere."""

import pytest

from corpus.errors import EncodingError, FormatError, PolicyError
from corpus.reading import read_bytes, scan
from tests.corpus.reading.pdf_making import WIDE, pdf, put, written

_DESCRIPTOR = (
    b"/FontDescriptor<</Type/FontDescriptor/FontName/ABCDEF+SimSun/Flags 4/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
    b"/Descent -120/CapHeight 880/StemV 93>>"
)
_BY_GLYPH = (  # as programs write a font that they cut down to the glyphs used, without saying which characters those are
    b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+SimSun/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
    b"/BaseFont/ABCDEF+SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000" + _DESCRIPTOR + b">>]>>"
)
_BY_BYTE = (
    b"<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+SimSun/FirstChar 0/LastChar 255/Widths["
    + b"1000 " * 256
    + b"]"
    + _DESCRIPTOR
    + b">>"
)
PLAIN = written([(80, 130, "一、总则"), (80, 160, "推进全市节水工作，结合本市实际，制定本方案。")])


def lines(data: bytes) -> list[str]:
    return read_bytes("甲.pdf", data).text.split("\n")


def refused(data: bytes, error: type[PolicyError]) -> str:
    with pytest.raises(error) as caught:
        read_bytes("甲.pdf", data)
    assert "甲.pdf" in str(caught.value) and str(caught.value).endswith("。")
    return str(caught.value)


@pytest.fixture(autouse=True)
def no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)


def test_radicals_and_upright_punctuation_are_the_characters_they_stand_for() -> None:
    page = written([(80, 130, "⼀、总体⼯作"), (80, 160, "︵⼆︶⻓江⻔户；⾦融"), (80, 190, "︽条例︾")])
    assert lines(pdf(page)) == ["一、总体工作", "（二）长江门户；金融", "《条例》"]


def test_glyphs_without_characters_are_not_taken_for_text() -> None:
    def page(first: int) -> str:
        codes = [first + n * 7 % 180 for n in range(500)]
        return written((80, 130 + 24 * n, "".join(map(chr, codes[25 * n : 25 * n + 25]))) for n in range(20))

    for first in (3, 0x1200):
        assert "第 1 页" in refused(pdf(page(first), font=_BY_GLYPH), EncodingError)


def test_bytes_without_characters_are_not_taken_for_text() -> None:
    def line(n: int) -> str:
        codes = bytes(33 + (25 * n + m) * 11 % 94 for m in range(25))
        return f"BT /F 16 Tf 1 0 0 1 80 {WIDE[1] - 130 - 24 * n} Tm <{codes.hex()}> Tj ET\n"

    assert "乱码" in refused(pdf("".join(map(line, range(16))), font=_BY_BYTE), EncodingError)


@pytest.mark.parametrize("text", ["1,234.5  17.8%  -3.2  2015  98.70", "Water saving plan of the city for 2015"])
def test_figures_and_words_in_letters_are_text(text: str) -> None:
    def line(n: int) -> str:
        return f"BT /F 12 Tf 1 0 0 1 40 {WIDE[1] - 130 - 24 * n} Tm ({text}) Tj ET\n"

    helvetica = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    assert len(lines(pdf("".join(map(line, range(16))), font=helvetica))) > 0


def test_characters_drawn_as_outlines_need_recognition() -> None:
    outlines = "".join(f"{80 + n % 25 * 18} {700 - n // 25 * 20} m 9 9 5 5 {90 + n % 25 * 18} 700 c f\n" for n in range(1500))
    assert "第 2 页是图像" in refused(pdf(PLAIN, outlines), FormatError)
    seal = "".join(f"{n} {n} m 9 9 5 5 {n} 9 c S\n" for n in range(100))
    assert lines(pdf(PLAIN, seal))[0] == "一、总则"


def test_a_picture_within_a_form_covers_what_it_covers_on_the_page() -> None:
    picture = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\nstream\n0\nendstream"
    form = "<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Matrix[595 0 0 842 0 0]/Resources<</XObject<</I 3 0 R>>>>/Length {}>>"
    for drawn, needed in (("/I Do", True), ("0.1 0 0 0.1 0 0 cm /I Do", False)):
        page = pdf("/A Do\n", font=picture)
        made = page.replace(b"/Font<</F 3 0 R>>", b"/XObject<</A 9 0 R>>")
        made += f"\n9 0 obj\n{form.format(len(drawn))}\nstream\n{drawn}\nendstream\nendobj\n".encode()
        told = refused(made, PolicyError)
        assert ("是图像" in told) == needed, drawn


def test_a_file_of_files_and_a_form_drawn_by_a_program_say_so() -> None:
    shell = pdf(written([(80, 130, "请用 Adobe Reader 打开此 PDF 文件包。")]))
    named = b"/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a.doc)/UF(a.doc)/EF<</F 3 0 R>>>>]>>>>"
    assert "1 个文件" in refused(shell.replace(b"/Catalog", b"/Catalog" + named), FormatError)
    assert lines(pdf(PLAIN).replace(b"/Catalog", b"/Catalog" + named))[0] == "一、总则"
    form = b"/AcroForm<</XFA[(template)3 0 R]/Fields[]>>/NeedsRendering true"
    assert "XFA" in refused(pdf(put("Please wait...", 80, 700)).replace(b"/Catalog", b"/Catalog" + form), FormatError)


def test_a_file_encrypted_without_a_password_is_read() -> None:
    assert lines(_encrypted(PLAIN))[0] == "一、总则"


def _encrypted(content: str) -> bytes:
    """The page encrypted (RC4, 40 bit; ISO 32000-1, 7.6) so that its owner alone may change it, and everybody may read it."""
    import hashlib
    import re

    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    id, rights = b"0123456789abcdef", (-4).to_bytes(4, "little", signed=True)
    owner = _rc4(hashlib.md5(b"owner" + padding[:27]).digest()[:5], padding)
    key = hashlib.md5(padding + owner + rights + id).digest()[:5]
    entries = (
        f"/ID[<{id.hex()}><{id.hex()}>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{owner.hex()}>/U<{_rc4(key, padding).hex()}>>>"
    )
    plain = pdf(content)

    def locked(found: "re.Match[bytes]") -> bytes:
        own = hashlib.md5(key + (5).to_bytes(3, "little") + b"\0\0").digest()[:10]
        return b"stream\n" + _rc4(own, found[1]) + b"\nendstream"

    made = re.sub(rb"stream\n(.*?)\nendstream", locked, plain, flags=re.S)
    return made.replace(b"/Root 1 0 R", b"/Root 1 0 R" + entries.encode())


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
