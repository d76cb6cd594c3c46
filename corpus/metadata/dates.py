"""Dates as official documents write them → ISO 8601. 公历 dates only, in Arabic or Chinese numerals."""

import re
from datetime import date

_DIGITS = "〇一二三四五六七八九"
_YEAR = r"(?:[1１][9９]|[2２][0０])\d{2}|[一二][〇○◯ＯOo零0一二三四五六七八九]{3}"
_MONTH = r"\d{1,2}|十[一二]?|[一二三四五六七八九]"
_DAY = r"\d{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"

WRITTEN = re.compile(rf"({_YEAR})\s{{0,3}}年\s{{0,3}}({_MONTH})\s{{0,3}}月(?:\s{{0,3}}({_DAY})\s{{0,3}}[日号])?")
_NUMERIC = re.compile(r"(?<!\d)((?:19|20)\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")


def iso(match: re.Match[str]) -> str | None:
    """ISO date of a match of `WRITTEN`: `2022-09-28`, `2022-09` where no day is written; None if there is no such day."""
    year, month, day = (_number(group) for group in match.groups())
    return _checked(year, month, day)


def first_date(text: str) -> str | None:
    """The first date in a short text, also as `2022-9-28`, `2022.9.28`, `2022/9/28`."""
    found = [(m.start(), iso(m)) for m in WRITTEN.finditer(text)]
    found += [(m.start(), _checked(int(m[1]), int(m[3]), int(m[4]))) for m in _NUMERIC.finditer(text)]
    return next((value for _, value in sorted(found, key=lambda pair: pair[0]) if value), None)


def _checked(year: int | None, month: int | None, day: int | None) -> str | None:
    try:
        value = date(year or 0, month or 0, day or 1).isoformat()
    except ValueError:
        return None
    return value if day else value[:7]


def _number(text: str | None) -> int | None:
    """28, 二十八, 二〇二二, ２８ → int; None for None."""
    if text is None:
        return None
    if text.isdecimal():
        return int(text)
    digits = [max(_DIGITS.find(c), 0) for c in text if c != "十"]
    if len(text) == 4 and "十" not in text:
        return int("".join(str(int(c) if c.isdecimal() else max(_DIGITS.find(c), 0)) for c in text))
    if "十" not in text:
        return digits[0]
    tens, _, units = text.partition("十")
    return 10 * (_DIGITS.find(tens) if tens else 1) + (_DIGITS.find(units) if units else 0)
