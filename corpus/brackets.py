"""Brackets of every kind and width, paired in one pass, and texts whose breaks have been taken out with their offsets."""

import re
from dataclasses import dataclass

FAMILY = {"（": 0, "(": 0, "〔": 1, "［": 2, "[": 2, "【": 3, "﹝": 1, "〖": 3}
CLOSER = {"）": 0, ")": 0, "〕": 1, "］": 2, "]": 2, "】": 3, "﹞": 1, "〗": 3}
_ENUMERATOR = re.compile(r"(?:^|[\s:：；;，,、。])\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Pair:
    """A bracket with its partner: text[start] opens, text[end - 1] closes. `height`: levels of brackets inside, from 0."""

    start: int
    end: int
    height: int


def pairs(text: str) -> tuple[list[Pair], list[int]]:
    """All pairs in the order in which they open, and the openers without a partner. Linear in the text's length.

    A closer of another kind than the bracket it meets closes the nearest of its kind; brackets left open in between
    are given up. Where none of its kind is open it closes the nearest of any kind (`（…〕`). `1)` closes nothing.
    """
    stack: list[tuple[int, int]] = []  # (position, height reached inside)
    open_of = [0, 0, 0, 0]
    found: list[Pair] = []
    lost: list[int] = []
    for i, char in enumerate(text):
        if char in FAMILY:
            stack.append((i, 0))
            open_of[FAMILY[char]] += 1
        elif char in CLOSER and stack and not _ENUMERATOR.search(text, max(0, i - 3), i):
            kind = CLOSER[char]
            while open_of[kind] and FAMILY[text[stack[-1][0]]] != kind:
                at, _ = stack.pop()
                open_of[FAMILY[text[at]]] -= 1
                lost.append(at)
            at, height = stack.pop()
            open_of[FAMILY[text[at]]] -= 1
            found.append(Pair(at, i + 1, height))
            if stack:
                stack[-1] = (stack[-1][0], max(stack[-1][1], height + 1))
    return sorted(found, key=lambda p: p.start), sorted([*lost, *(at for at, _ in stack)])


def depth_zero(text: str, marks: str) -> list[int]:
    """Positions of characters of `marks` that stand outside every bracket."""
    depth, found = 0, []
    for i, char in enumerate(text):
        if char in FAMILY:
            depth += 1
        elif char in CLOSER:
            depth = max(0, depth - 1)
        elif depth == 0 and char in marks:
            found.append(i)
    return found


def balanced(text: str) -> bool:
    """Whether as many brackets close as open."""
    return sum(c in FAMILY for c in text) == sum(c in CLOSER for c in text)


@dataclass(frozen=True, slots=True)
class Flat:
    """A stretch of a document without its line breaks and spaces: `at[i]` is the document offset of `text[i]`."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Document offsets of text[start:end]; start < end."""
        return self.at[start], self.at[end - 1] + 1

    def cut(self, start: int, end: int) -> "Flat":
        """The same without text[start:end]."""
        return Flat(self.text[:start] + self.text[end:], self.at[:start] + self.at[end:])

    def part(self, start: int, end: int) -> "Flat":
        """text[start:end] alone."""
        return Flat(self.text[start:end], self.at[start:end])
