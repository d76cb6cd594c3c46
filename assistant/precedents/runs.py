"""The part of a long sentence that says what was asked: neighbouring parts between its commas, and how near they are.

A sentence of ten targets says each of them as well as a sentence of its own would; held against the whole of it, a short
sentence shares little.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.precedents.likeness import Asked, Likeness, Tokens, said
from corpus.years import TIME_LEAD
from index.base import Encoder
from index.tokens import tokenise

PART = 0.9  # what a part counts against a sentence of its own that says the same
LEAST = 4  # characters of a part that may stand for its sentence
LITTLE = 0.2  # a sentence that has so few of the words has no part that says it
GAIN = 0.05  # of the words in common, for a further part to be taken in: 达到 alone is no reason
LONGER = 1.25  # only a sentence so many times as long as the one asked is looked at in parts

_PART = re.compile(r"(?:（[^（）]*）|\([^()]*\)|〔[^〔〕]*〕|(?<=\d)[,，](?=\d{3})|[^，,；;。：:])+[，,；;。：:]*")

Cores = dict[tuple[int, int], tuple[int, int]]  # (asked, sentence) → extent within the sentence


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring parts of a sentence, [start, end) without the mark behind. text: with the time the sentence begins with."""

    start: int
    end: int
    text: str
    words: float


def with_runs(
    asked: Asked,
    texts: Sequence[str],
    tokens: Sequence[Tokens],
    likeness: Likeness,
    pairs: Iterable[tuple[int, int]],
    encoder: Encoder,
) -> Cores:
    """Raise the likeness of each pair (asked, sentence) whose best run, weighed with PART, is nearer than the whole.

    Changes `likeness` in place. Returns the runs that count. tokens: of each sentence.
    """
    runs = {}
    for n, i in pairs:
        most = PART * said(asked, n, tokens[i], besides=0)  # no run of it says more
        if most > max(likeness.words[n, i], LITTLE) and (run := _best(asked, n, texts[i])):
            runs[n, i] = run
    if not runs:
        return {}
    distinct = {text: row for row, text in enumerate(dict.fromkeys(run.text for run in runs.values()))}
    vectors = encoder.encode_passages(list(distinct))
    cores: Cores = {}
    for (n, i), run in runs.items():
        cosine = PART * float(np.clip(asked.vectors[n] @ vectors[distinct[run.text]], 0, 1))
        words = PART * run.words
        if (words + cosine) / 2 > likeness.values[n, i]:
            likeness.values[n, i], likeness.cosines[n, i], likeness.words[n, i] = (words + cosine) / 2, cosine, words
            cores[n, i] = run.start, run.end
    return cores


def _best(asked: Asked, n: int, text: str) -> Run | None:
    """The best run of a sentence; None for one of a single part, or not much longer than the one asked."""
    if asked.theme or len(text) < LONGER * len(asked.texts[n]):
        return None
    extents = [(m.start(), m.end()) for m in _PART.finditer(text)]
    parts = [(s, e) for s, e in extents if text[s:e].lstrip()[:1] not in ("（", "(", "〔")]  # who is responsible says nothing
    timed = int(bool(parts) and TIME_LEAD.fullmatch(text, *parts[0]) is not None)
    if len(extents) < 2 or len(parts) == timed:
        return None
    begin, stop, words = _widened(asked, n, [frozenset(tokenise(text[s:e])) for s, e in parts], timed)
    start, end = parts[begin][0], parts[stop - 1][1]
    body = text[start:end].rstrip("，,；;。：:").lstrip()
    start = text.index(body, start)
    if (begin <= timed and stop == len(extents)) or len(body) < LEAST:
        return None
    return Run(start, start + len(body), (text[slice(*parts[0])] if timed else "") + body, words)


def _widened(asked: Asked, n: int, tokens: Sequence[Tokens], timed: int) -> tuple[int, int, float]:
    """[begin, stop) of the parts from the one that says most of it outwards as long as that says GAIN more, and what they say."""
    lead = tokens[0] if timed else frozenset()
    begin = max(range(timed, len(tokens)), key=lambda p: said(asked, n, tokens[p] | lead))
    stop, held = begin + 1, tokens[begin] | lead
    best = said(asked, n, held)
    while True:
        sides = [p for p in (begin - 1, stop) if timed <= p < len(tokens)]
        score, side = max(((said(asked, n, held | tokens[p]), p) for p in sides), default=(0.0, 0))
        if score < best + GAIN:
            return begin, stop, best
        begin, stop, best, held = min(begin, side), max(stop, side + 1), score, held | tokens[side]
