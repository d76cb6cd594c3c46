"""Numbering marks of Chinese official documents: what opens a numbered part at the beginning of a line.

Level order after GB/T 9704—2012 (`一、` `（一）` `1.` `（1）`) and the Legislation Law (编 章 节 条 款 项 目).
"""

import re
from dataclasses import dataclass

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
CN = "零〇○一二三四五六七八九十百千两"
CIRCLED = {c: i for i, c in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 1)}
PAREN_CN = {c: i for i, c in enumerate("㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", 1)}
PAREN_ARABIC = {c: i for i, c in enumerate("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", 1)}
DOT_ARABIC = {c: i for i, c in enumerate("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", 1)}

# Outermost first: the usual order of levels.
STYLES = ("book", "chapter", "section", "article", "cn", "cn_paren", "arabic", "arabic_paren", "circled")
RANK = {style: rank for rank, style in enumerate(STYLES)}
# Marks that seldom stand at the beginning of a line by accident; a gap in their numbers is forgiven.
STRONG = frozenset({"book", "chapter", "section", "article", "cn", "cn_paren"})

S = r"[ \t\u3000]*"
_LAW = re.compile(rf"第{S}([{CN}]{{1,7}}|\d{{1,4}}){S}([编章节条])((?:之[{CN}]{{1,3}})?)")
_CN = re.compile(rf"([{CN}]{{1,5}}){S}[、．.]")
_PAREN = re.compile(rf"[（(〔﹙]{S}(?:([{CN}]{{1,5}})|(\d{{1,3}})){S}[）)〕﹚]{S}[、.．]?")
_ARABIC = re.compile(rf"(\d{{1,3}}){S}(?:[、．]|[.](?!\d))")
_HALF_PAREN = re.compile(r"(\d{1,2})[）)]")
_LAW_STYLE = {"编": "book", "章": "chapter", "节": "section", "条": "article"}
# A reference to an article or an item, not its beginning: 第三条规定的, 第三条第二款, 第三条、第四条, （三）项.
_REFERENCE = re.compile(r"(?:规定|所列|第|、|至|和|及|或|以及|的|中|款|项|条|目)")

_ITEM_REFERENCE = re.compile(r"[项款目](?:规定|所|情形|[、和或至的中之及，。]|行为|内容|条件|标准)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at the beginning of a line: its style, number, label (as `path` has it) and length in characters.

    shown: the mark as written, without spaces (`（九）`).  reference: what follows reads like a mention, not a part.
    """

    style: str
    number: int
    label: str
    shown: str
    length: int
    reference: bool = False


def number_of(numeral: str) -> int:
    """The value of a Chinese or Arabic numeral up to 9999 (`二十一` → 21, `一○三` → 103); 0 if it is none."""
    if numeral.isdigit():
        return int(numeral)
    if not any(c in UNITS for c in numeral):
        return int("".join(str(DIGITS[c]) for c in numeral)) if all(c in DIGITS for c in numeral) else 0
    total = digit = 0
    for c in numeral:
        if c in UNITS:
            total += (digit or 1) * UNITS[c]
            digit = 0
        elif c in DIGITS:
            digit = DIGITS[c]
        else:
            return 0
    return total + digit


def numeral(number: int) -> str:
    """1–99 as a Chinese numeral (12 → 十二)."""
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    return ("" if not tens else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones or not tens else "")


def read_mark(body: str) -> Mark | None:
    """The numbering mark a line begins with, or None. `body` has no leading spaces."""
    if not body:
        return None
    first = body[0]
    for style, table in (
        ("circled", CIRCLED),
        ("cn_paren", PAREN_CN),
        ("arabic_paren", PAREN_ARABIC),
        ("arabic", DOT_ARABIC),
    ):
        if first in table:
            label = (
                first
                if style == "circled"
                else str(table[first])
                if style != "cn_paren"
                else "一二三四五六七八九十"[table[first] - 1]
            )
            return Mark(style, table[first], label, first, 1)
    if m := _LAW.match(body):
        label = re.sub(r"\s", "", m[0])
        reference = m[2] == "条" and bool(_REFERENCE.match(body, m.end()))
        return Mark(_LAW_STYLE[m[2]], number_of(m[1]), label, label, m.end(), reference)
    if m := _CN.match(body):
        # 一、二、三产业: the second half of a list of numerals is no mark
        return Mark("cn", number_of(m[1]), m[1], m[1] + "、", m.end())
    if m := _PAREN.match(body):
        style, label = ("cn_paren", m[1]) if m[1] else ("arabic_paren", m[2])
        shown = re.sub(r"\s", "", m[0])
        return Mark(style, number_of(label), label, shown, m.end(), bool(_ITEM_REFERENCE.match(body, m.end())))
    if m := _ARABIC.match(body):
        return Mark("arabic", int(m[1]), m[1], re.sub(r"\s", "", m[0]), m.end())
    if m := _HALF_PAREN.match(body):
        return Mark("arabic_paren", int(m[1]), m[1], m[0], m.end())
    return None
