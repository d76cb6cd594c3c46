"""What a text is made of for the built-in encoder: its characters and its pairs of neighbouring characters.

A text is folded first (NFKC, lower case), so that full-width digits, `㎡` and `PM₂.₅` meet their plain spellings.
Punctuation, spaces and symbols other than % end a run; pairs never cross the end of a run.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]
Rows = NDArray[np.int32]
Lookup = Callable[[NDArray[np.intp]], NDArray[np.float32]]  # rows, ascending, each once → float32 [n, dim]

_BATCH = 1024  # texts folded at once: one call for many texts costs less than a call for each
_END = "\0"  # between two texts
_BREAKS = re.compile(rf"[^\w%{_END}]+")
# Breaks before and after NFKC alike. Taken out first, most texts are in NFKC already, which Python sees quickly.
_COMMON_BREAKS = re.compile(r"[，；：（）！？\s]+")
_SPACE = ord(" ")
_PAIR_SHIFT = 21  # a code point fits in 21 bits


def feature_keys(texts: Sequence[str]) -> tuple[Keys, NDArray[np.int64]]:
    """The features of the texts one after another, with repeats, and how many each text has.

    A text's characters c come first, as c, then its pairs (a, b), as a << 21 | b, both in the order of the text.
    """
    if not texts:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    joined = _COMMON_BREAKS.sub(" ", _END.join(text.replace(_END, " ") for text in texts))
    folded = _BREAKS.sub(" ", unicodedata.normalize("NFKC", joined).lower())
    points = np.frombuffer(folded.encode("utf-32-le"), dtype="<u4").astype(np.int64)
    solid = (points != _SPACE) & (points != 0)
    paired = np.append(solid[:-1] & solid[1:], False)[: len(points)]
    edges = np.concatenate([[0], np.flatnonzero(points == 0) + 1, [len(points)]])
    chars_before = np.concatenate([[0], np.cumsum(solid)])[edges]
    pairs_before = np.concatenate([[0], np.cumsum(paired)])[edges]
    chars, pairs = np.diff(chars_before), np.diff(pairs_before)
    keys = np.empty(chars.sum() + pairs.sum(), np.int64)
    keys[np.arange(chars.sum()) + np.repeat(pairs_before[:-1], chars)] = points[solid]
    first = np.flatnonzero(paired)
    keys[np.arange(len(first)) + np.repeat(chars_before[1:], pairs)] = points[first] << _PAIR_SHIFT | points[first + 1]
    return keys, chars + pairs


def distinct(rows: Rows) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Which rows there are, ascending, each once, and for each of `rows` its place among them: by counting, not by sorting."""
    there = np.zeros(int(rows.max(initial=-1)) + 1, np.bool_)
    there[rows] = True
    found = np.flatnonzero(there)
    place = np.empty(len(there), np.intp)
    place[found] = np.arange(len(found))
    return found, place[rows]


class Vocabulary:
    """The features that have a vector; the row of a feature is its place in `keys` (ascending, each once)."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys

    def __len__(self) -> int:
        return len(self.keys)

    def rows(self, text: str) -> Rows:
        """Row numbers of a text's known features, repeats included; empty if none is known."""
        return self.bags([text])[0]

    def bags(self, texts: Sequence[str]) -> list[Rows]:
        """`rows` of every text."""
        bags: list[Rows] = []
        for start in range(0, len(texts), _BATCH):
            keys, counts = feature_keys(texts[start : start + _BATCH])
            at = np.searchsorted(self.keys, keys)
            known = at < len(self.keys)
            known[known] = self.keys[at[known]] == keys[known]
            ends = np.concatenate([[0], np.cumsum(known)])[np.cumsum(counts)]
            bags.extend(np.split(at[known].astype(np.int32), ends[:-1]))
        return bags


def count_features(texts: Iterable[str], least: int) -> tuple[Vocabulary, NDArray[np.int64]]:
    """The features found in at least `least` texts, and in how many texts each was found."""
    seen = [np.unique(feature_keys([text])[0]) for text in texts]
    keys, counts = np.unique(np.concatenate(seen), return_counts=True) if seen else (np.zeros(0, np.int64),) * 2
    kept = counts >= least
    return Vocabulary(keys[kept]), counts[kept]
