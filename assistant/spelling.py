"""Slips of the keyboard: a word no document has, one character off a term that documents have and that sounds the same.

`散媒` → `散煤`, `装配试` → `装配式`, `达洲` → `达州`. A word is changed only where the library has never seen it, and the
change is told to the reader.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from assistant.match import GENERIC, junctions, segments

_HAN = re.compile(r"[\u4e00-\u9fff]+")
LONGEST = 8  # characters of a term


@dataclass(frozen=True, slots=True)
class Slip:
    """What was written and what was meant."""

    wrong: str
    right: str


class Speller:
    """Terms by all but one of their characters. Built at the first question that needs it."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._near: defaultdict[str, list[str]] = defaultdict(list)
        for term in dict.fromkeys(terms):
            if 2 <= len(term) <= LONGEST and _HAN.fullmatch(term):
                for i in range(len(term)):
                    self._near[f"{term[:i]}?{term[i + 1 :]}"].append(term)

    def slips(self, text: str, known: Callable[[str], bool]) -> tuple[Slip, ...]:
        """The slips of a text in reading order, without overlap; `known`: whether any document holds these words."""
        found: list[Slip] = []
        end = 0
        for start, window in windows(text, known):
            if start >= end and (right := self._right(window, known)):
                found.append(Slip(window, right))
                end = start + len(window)
        return tuple(found)

    def _right(self, window: str, known: Callable[[str], bool]) -> str | None:
        """The one known term that sounds like the window; None if there is none or more than one."""
        near = {
            term
            for i in range(len(window))
            for term in self._near.get(f"{window[:i]}?{window[i + 1 :]}", ())
            if term != window and _sounds(window[i])[0] in _sounds(term[i]) and known(term)  # 厂 is seldom an
        }
        return near.pop() if len(near) == 1 else None


def windows(text: str, known: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    """Runs of characters that hold a strange pair, from left to right, the longest first at each place.

    A pair is strange if no document holds it, unless it merely stands where two words meet, or a word that frames the
    question has part in it (施行法什么时候: 法什 is no slip of 法审).
    """
    for run in _HAN.finditer(text):
        word = run[0]
        meets = junctions(word) | _framing(word)
        strange = [i not in meets and not known(word[i : i + 2]) for i in range(len(word) - 1)]
        for i in range(len(word) - 1):
            for length in range(min(LONGEST, len(word) - i), 1, -1):
                if any(strange[i : i + length - 1]):
                    yield run.start() + i, word[i : i + length]


def _framing(text: str) -> set[int]:
    """Offsets of the pairs that hold a character of a word that frames a question."""
    found, at = set[int](), 0
    for word in segments(text):
        if len(word) > 1 and word in GENERIC:
            found.update(range(at - 1, at + len(word)))
        at += len(word)
    return found


def _sounds(character: str) -> list[str]:
    """The readings of a character without tones, the usual one first."""
    from pypinyin import Style, pinyin  # its tables take a while

    return pinyin(character, style=Style.NORMAL, heteronym=True)[0]
