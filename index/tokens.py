"""Normalisation and tokens: the one function used when an index is built and when it is asked.

A Chinese run becomes its characters and its character pairs; Latin words and numbers stay whole. No segmenter: pairs find
what a segmenter cuts differently in a question and in a clause, and a question in everyday words often shares single
characters only (`庄稼秆子` and `秸秆`). Against jieba's words the figures stand in docs/search.md.
"""

import re
import unicodedata
from operator import add

TOKENS_VERSION = "1"  # raise it whenever `tokenise` gives other tokens for any text: indexes are then rebuilt

_HAN = r"〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|\d+(?:\.\d+)*(?:%|[a-z]+\d*)?|[^\W\d_{_HAN}]+(?:\d+(?:\.\d+)*)?")


def normalise(text: str) -> str:
    """NFKC and lower case: full-width forms and compatibility characters are folded (`８０％` → `80%`)."""
    return unicodedata.normalize("NFKC", text).lower()


def tokenise(text: str) -> list[str]:
    """Tokens of `text`, repeats included; none for a text without letters, digits or characters.

    A Chinese run gives its characters, then its pairs; `PM2.5`, `14.5%` and `VOCs` are one token each, in lower case.
    """
    tokens: list[str] = []
    for run in _RUN.finditer(normalise(text)):
        word = run[0]
        if run["han"]:
            tokens += word
            tokens += map(add, word, word[1:])
        else:
            tokens.append(word)
    return tokens
