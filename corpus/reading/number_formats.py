"""Numbers and dates as a spreadsheet shows them in a Chinese locale (ECMA-376 part 1, 18.8.30 and 18.8.31)."""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from corpus.reading.numerals import numbered

GENERAL = "General"
_YM, _MD, _YMD = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
BUILT_IN: dict[int, str] = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00"},
    **{14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM"},
    **{20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: _YM, 28: _MD, 29: _MD, 30: "m-d-yy", 31: _YMD},
    **{32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: _YM},
    **{37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00"},
    **{41: "#,##0;-#,##0;-", 42: "¥#,##0;-¥#,##0;-", 43: "#,##0.00;-#,##0.00;-", 44: "¥#,##0.00;-¥#,##0.00;-"},
    **{45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 49: "@", 50: _YM, 51: _MD, 52: _YM, 53: _MD, 54: _MD},
    **{55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: _YM, 58: _MD},
}
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<space>[_*].)|\[(?P<bracket>[^\]]*)\]|(?P<half>AM/PM|A/P|上午/下午)'
    r"|(?P<general>General|G/通用格式)|(?P<number>(?:[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)(?:E[+-]?[0#?]+)?,*)|(?P<date>([ymdhsea])\9*)|(?P<other>.)",
    re.I | re.S,
)
_PIECE = re.compile(r'"[^"]*"?|\\.|\[[^\]]*\]|;|[^;"\\\[]+|.', re.S)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_DAYS = "一二三四五六日"
_LAST = 2_958_466  # days: the end of the year 9999
_LONGEST = 1000  # characters of a format, decimals of a number


def shown(value: float, code: str, *, from_1904: bool = False) -> str:
    """The text of a numeric cell with a number format; General where the format is none we know."""
    sections = [""]
    for piece in _PIECE.findall(code[:_LONGEST] or GENERAL):
        if piece == ";":
            sections.append("")
        else:
            sections[-1] += piece
    section = _section(value, sections)
    tokens = _tokens(BUILT_IN[31] if "[$-F800]" in section.upper() else section)  # the long date of the system
    if any(kind == "date" for kind, _ in tokens) and not any(kind == "number" for kind, _ in tokens):
        return _date(value + (1462 if from_1904 else 0), tokens)
    return _number(value, tokens, signed=value < 0 and len(sections) < 2)


def general(value: float) -> str:
    """A number without a format: whole ones without a point, others to ten significant figures."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    digits = f"{value:.10g}"
    return digits if "e" in digits and abs(value) >= 1 else format(Decimal(digits), "f") if abs(value) > 1e-9 else digits


def _section(value: float, sections: list[str]) -> str:
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


def _tokens(section: str) -> list[tuple[str, str]]:
    found = []
    for match in _TOKEN.finditer(section):
        kind = next(name for name, text in match.groupdict().items() if text is not None)
        text = match[kind]
        if kind == "date" and text.lower() in ("a", "aa"):  # no token of a date, three or four of them are
            kind = "other"
        found.append((kind, text))
    return found


def _literal(kind: str, text: str) -> str:
    if kind == "bracket":  # [$¥-804]: a currency and a locale; colours and conditions are not shown
        return text[1:].partition("-")[0] if text.startswith("$") else ""
    return text if kind in ("quoted", "escaped", "other", "half") else ""


def _number(value: float, tokens: list[tuple[str, str]], *, signed: bool) -> str:
    if not tokens or ("other", "/") in tokens:  # fractions
        return general(value) if tokens else ""
    percent = sum(token == ("other", "%") for token in tokens)
    words, written = "", False
    for kind, text in tokens:
        if kind == "general" or _is_value(kind, text):
            words += general(abs(value))
        elif kind == "number":
            words += "" if written else _digits(abs(value), text, percent)
            written = True
        else:
            words += _literal(kind, text)
    return ("-" if signed and any(c in "123456789" for c in words) else "") + words.strip()


def _is_value(kind: str, text: str) -> bool:
    """Whether a token stands for the value as it is: the sign @."""
    return kind == "other" and text == "@"


def _digits(value: float, pattern: str, percent: int) -> str:
    whole, _, decimals = pattern.rstrip(",").partition(".")
    if "e" in pattern.lower():
        return f"{value:.{len(re.split('[eE]', decimals)[0])}E}"
    exact = Decimal(repr(value)) * 100**percent / 1000 ** (len(pattern) - len(pattern.rstrip(",")))
    if exact.adjusted() > 25:
        return general(value)
    text = format(exact.quantize(Decimal(1).scaleb(-min(len(decimals), 30)), ROUND_HALF_UP), ",f" if "," in whole else "f")
    figures, _, rest = text.partition(".")
    kept = len(decimals.rstrip("#?"))
    rest = rest[:kept] + rest[kept:].rstrip("0")
    figures = figures.rjust(whole.count("0"), "0") if whole.count("0") else figures.lstrip("0")
    return f"{figures}.{rest}" if rest else figures


def _date(serial: float, tokens: list[tuple[str, str]]) -> str:
    if not 0 <= serial < _LAST:
        return general(serial)
    start = datetime(1899, 12, 31) if serial < 60 else datetime(1899, 12, 30)  # the calendar of 1-2-3 has a 29 February 1900
    moment = start + timedelta(seconds=round(serial * 86400))
    style = next((_STYLES[text.upper()] for kind, text in tokens if kind == "bracket" and text.upper() in _STYLES), "")
    halves = any(kind == "half" for kind, _ in tokens)
    words, parts = "", [text[0].lower() for kind, text in tokens if kind == "date"]
    at = 0
    for kind, text in tokens:
        if kind == "date":
            minutes = text[0] in "mM" and ("h" in parts[max(0, at - 1) : at] or "s" in parts[at + 1 : at + 2])
            words += _part(moment, "n" * len(text) if minutes else text.lower(), style, halves=halves)
            at += 1
        elif kind == "half":
            words += ("AM" if moment.hour < 12 else "PM") if text.isascii() else ("上午" if moment.hour < 12 else "下午")
        elif kind == "bracket" and text.lower() in ("h", "hh"):
            words += str(int(serial * 24 + 1e-9))
            parts, at = ["h", *parts], at + 1
        else:
            words += _literal(kind, text)
    return words.strip()


_STYLES = {"DBNUM1": "chineseCounting", "DBNUM2": "chineseLegalSimplified", "DBNUM3": "decimalFullWidth"}


def _part(moment: datetime, token: str, style: str, *, halves: bool) -> str:
    """One part of a date; `n` stands for minutes."""
    sign, length = token[0], len(token)
    if sign == "a":
        return ("星期" if length > 3 else "") + _DAYS[moment.weekday()]
    if sign == "m" and length > 2:
        return _MONTHS[moment.month - 1]
    if sign == "d" and length > 2:
        return "星期" + _DAYS[moment.weekday()]
    if sign in "ye":
        year = str(moment.year) if length > 2 or sign == "e" else f"{moment.year % 100:02d}"
        return numbered(int(year), "ideographDigital") if style == "chineseCounting" else year
    hour = (moment.hour % 12 or 12) if halves else moment.hour
    number = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}[sign]
    return numbered(number, style) if style else str(number).zfill(min(length, 2))
