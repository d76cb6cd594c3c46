"""PDF files for the tests, written by hand: characters and lines where the test puts them."""

from collections.abc import Iterable

_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
    b"/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/FontDescriptor<</Type"
    b"/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120"
    b"/CapHeight 880/StemV 93>>>>]>>"
)
WIDE = 595, 842  # A4 in points


def put(text: str, x: float, y: float, size: float = 16, matrix: str = "1 0 0 1") -> str:
    """A line of text whose baseline begins at (x, y), y upwards as in PDF."""
    return f"BT /F {size} Tf {matrix} {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"


def written(lines: Iterable[tuple[float, float, str]], size: float = 16) -> str:
    """Lines of (x, distance from the top of an A4 page, text)."""
    return "".join(put(text, x, WIDE[1] - y, size) for x, y, text in lines)


def ruled(xs: Iterable[float], ys: Iterable[float]) -> str:
    """The lines of a table, through from side to side; y from the top."""
    xs, ys = list(xs), [WIDE[1] - y for y in ys]
    level = "".join(f"{xs[0]} {y} m {xs[-1]} {y} l S\n" for y in ys)
    return level + "".join(f"{x} {ys[0]} m {x} {ys[-1]} l S\n" for x in xs)


def pdf(*pages: str, rotate: int = 0, font: bytes = _FONT) -> bytes:
    """A PDF file with these page contents."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode())
    objects.append(font)
    for n, content in enumerate(pages):
        box = f"/MediaBox[0 0 {WIDE[0]} {WIDE[1]}]/Rotate {rotate}"
        objects.append(f"<</Type/Page/Parent 2 0 R{box}/Resources<</Font<</F 3 0 R>>>>/Contents {5 + 2 * n} 0 R>>".encode())
        stream = content.encode("ascii")
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream))
    data, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        count,
        table,
        count,
        len(data),
    )
