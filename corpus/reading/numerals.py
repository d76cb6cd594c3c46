"""Numbers as Word and HTML write them before a paragraph (ST_NumberFormat, ECMA-376 part 1, 17.18.59)."""

from collections.abc import Callable

from corpus.markers import CIRCLED, DOT_ARABIC, PAREN_ARABIC, PAREN_CN

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
)


_CLOSED = "、，．）)】〕］》」』：:"  # after these a mark needs no space before the text


def _counting(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """12 → 十二, 105 → 一百零五; from 10,000 on in Arabic figures."""
    if not 0 < number < 10_000:
        return str(number) if number else digits[0]
    places = ("", *units)
    words, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += (digits[0] if gap else "") + digits[digit] + places[place]
        gap = bool(words) and not digit
    return words[1:] if 10 <= number < 20 and digits == _DIGITS else words


def _positional(number: int) -> str:
    return "".join("〇" if c == "0" else _DIGITS[int(c)] for c in str(number))


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    words = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        words += letters * count
    return words


def _letters(number: int) -> str:
    """1 → A, 26 → Z, 27 → AA, 53 → AAA, as Word goes on."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in str(number))


_circled = _cycle("".join(CIRCLED))
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda n: f"{n:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda n: _letters(n).lower(),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _cycle("".join(PAREN_ARABIC)),
    "decimalEnclosedFullstop": _cycle("".join(DOT_ARABIC)),
    "ideographEnclosedCircle": _cycle("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": lambda n: _STEMS[(n - 1) % 10] + _BRANCHES[(n - 1) % 12] if n > 0 else str(n),
    "ideographParenthesized": _cycle("".join(PAREN_CN)),
    "ideographDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "taiwaneseDigital": _positional,
    "koreanDigital2": _positional,
    "chineseLegalSimplified": lambda n: _counting(n, _LEGAL, "拾佰仟"),
    "ideographLegalTraditional": lambda n: _counting(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟"),
    "japaneseLegal": lambda n: _counting(n, _LEGAL, "拾佰仟"),
} | dict.fromkeys(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"),
    _counting,
)


def set_apart(mark: str) -> str:
    """A mark with the space that parts it from the text, where it needs one."""
    return f"{mark} " if mark and mark[-1] not in _CLOSED else mark


def written_mark(text: str) -> str:
    """A mark that Word wrote out before a paragraph, set apart; "" for a bullet, which is a letter of a sign font."""
    mark = " ".join(text.split())
    return "" if len(mark) == 1 and not mark.isnumeric() else set_apart(mark)


def numbered(number: int, style: str) -> str:
    """The number in a style of ST_NumberFormat; Arabic figures for a style not listed or a number past its signs."""
    if style in ("none", "bullet"):
        return ""
    return _FORMATS.get(style, str)(number)
