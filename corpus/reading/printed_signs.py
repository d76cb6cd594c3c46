"""Characters as programs that print name them → as they are written: radicals and vertical punctuation stand for themselves.

A font has one glyph for the character 一 and the Kangxi radical ⼀; a PDF printed with it may name either.
"""

import unicodedata

# CJK Radicals Supplement (U+2E80 to 2EFF) that stand for a character: EquivalentUnifiedIdeograph.txt, Unicode 15.
_RADICALS = "⺁厂⺒巳⺓幺⺝月⺟母⺠民⺪疋⺬示⺯糸⺶羊⻁虎⻄西⻅见⻆角⻉贝⻊足⻋车⻑長⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
_DECOMPOSED = (range(0x2F00, 0x2FD6), range(0xF900, 0xFB00), range(0xFE10, 0xFE1A), range(0xFE31, 0xFE45))


def _plain(code: int) -> str:
    found = unicodedata.normalize("NFKC", chr(code))
    return chr(ord(found) + 0xFEE0) if len(found) == 1 and "!" <= found <= "~" else found


_WRITTEN = {code: _plain(code) for codes in _DECOMPOSED for code in codes} | {
    ord(radical): character for radical, character in zip(_RADICALS[::2], _RADICALS[1::2], strict=True)
}


def as_written(text: str) -> str:
    """The text with such characters as one writes them."""
    return text.translate(_WRITTEN)
