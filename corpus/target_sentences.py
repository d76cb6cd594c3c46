"""Sentences, the parts between their commas, and the figures each part shows."""

import re
from dataclasses import dataclass, field

from corpus.quantities import Quantity, find_quantities

_MARK = re.compile(r"[（(〔\[【《“]|[）)〕\]】》”]|[。！？!?\n]|[，,；;：:]")
_OPEN, _CLOSE, _STOP = "（(〔[【《“", "）)〕]】》”", "。！？!?\n"


@dataclass(slots=True)
class Part:
    """What stands between two commas. `quantities` are those outside brackets and quotation marks."""

    start: int
    end: int
    quantities: list[Quantity] = field(default_factory=list)


def split_sentences(text: str) -> list[list[Part]]:
    """The sentences that show a figure, as lists of parts; commas and colons in brackets part nothing.

    A bracket that is never closed ends with its sentence.
    """
    sentences: list[list[Part]] = [[]]
    hidden: list[tuple[int, int]] = []
    depth, at, opened = 0, 0, 0
    for m in _MARK.finditer(text):
        mark = m[0]
        if mark in _OPEN:
            opened = opened if depth else m.start()
            depth += 1
        elif mark in _CLOSE:
            if depth == 1:
                hidden.append((opened, m.end()))
            depth = max(0, depth - 1)
        elif mark in _STOP or (not depth and not _within_number(text, m)):
            sentences[-1].append(Part(at, m.start()))
            at = m.end()
            if mark in _STOP:
                depth = 0
                sentences.append([])
    sentences[-1].append(Part(at, len(text)))
    _place(find_quantities(text, 0, len(text)), [p for s in sentences for p in s], hidden)
    return [s for s in sentences if any(p.quantities for p in s)]


def _within_number(text: str, m: re.Match[str]) -> bool:
    """Whether a comma or colon stands between digits: `1,200`, `1:2`."""
    return m[0] in ",:：" and text[m.start() - 1 : m.start()].isdigit() and text[m.end() : m.end() + 1].isdigit()


def _place(quantities: list[Quantity], parts: list[Part], hidden: list[tuple[int, int]]) -> None:
    """Give every visible quantity to its part; all three lists are in order, so one walk does."""
    p = h = 0
    for q in quantities:
        while h < len(hidden) and hidden[h][1] <= q.start:
            h += 1
        if h < len(hidden) and hidden[h][0] <= q.start:
            continue
        while parts[p].end <= q.start:
            p += 1
        parts[p].quantities.append(q)
