"""Signs that Word keeps otherwise than as characters: of symbol fonts, and drawn by a field."""

import re
from typing import Any

from corpus.reading.container import attribute
from corpus.reading.numerals import numbered

_SYMBOLS = {  # of the fonts Wingdings and Wingdings 2, as forms use them
    ("wingdings", 0x6C): "●",
    ("wingdings", 0x6F): "□",
    ("wingdings", 0x71): "□",
    ("wingdings", 0xA8): "□",
    ("wingdings", 0xFC): "✓",
    ("wingdings", 0xFE): "☑",
    ("wingdings 2", 0x52): "☑",
    ("wingdings 2", 0xA3): "□",
    **{("wingdings", 0x80 + n): numbered(n, "decimalEnclosedCircle") for n in range(1, 11)},
    **{("wingdings 2", 0x69 + n): numbered(n, "decimalEnclosedCircle") for n in range(1, 11)},
}
_RINGED = re.compile(r"\s*eq\s*\\o\s*(?:\\a[clr]\s*)?\(([^,，;；)]*)[,，;；]([^)]*)\)", re.I)  # 带圈字符: one sign over another
_RINGS = frozenset("○◯〇ＯO0")


def symbol(element: Any) -> str:
    """The character of a `sym` element, "" for one without a meaning of its own."""
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    known = _SYMBOLS.get(((attribute(element, "font") or "").lower(), code & 0xFF))
    return known or ("" if 0xE000 <= code <= 0xF8FF or not 0x20 <= code <= 0xD7FF else chr(code))


class Fields:
    """The codes of the fields that are open. A field shows its result; one that draws a sign has none, its code is the sign."""

    def __init__(self) -> None:
        self._codes: list[str] = []

    def turn(self, kind: str | None) -> str:
        """Pass a `fldChar` of a kind (begin, separate, end): what the field draws, at its end."""
        if kind == "begin":
            self._codes.append("")
        elif kind == "separate" and self._codes:
            self._codes[-1] = ""
        elif kind == "end" and self._codes:
            return _drawn(self._codes.pop())
        return ""

    def write(self, code: str) -> None:
        """Pass a piece of a code."""
        if self._codes:
            self._codes[-1] += code


def _drawn(code: str) -> str:
    found = _RINGED.match(code)
    if not found:
        return ""
    below, above = found[1].strip(), found[2].strip()
    if below not in _RINGS:
        return below + above
    return numbered(int(above), "decimalEnclosedCircle") if above.isdecimal() and len(above) < 5 else above
