"""A topic → what it asks about: terms of the thesaurus with their other names, and the other telling words."""

import unicodedata
from collections.abc import Iterator

from assistant.match import GENERIC, WEAK, Aspect, cuts, fold, segments, words_of
from assistant.names import core, names, plain
from corpus.lexicon.terms import Thesaurus


def _mentions(folded: str, thesaurus: Thesaurus) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Known words of a text that do not cut across its words (充电车位 holds no 电车)."""
    borders, at = cuts(folded), 0
    for word, strict, loose in thesaurus.mentions(folded):
        start = folded.find(word, at)
        at = start + len(word)
        if len(word) > 3 or word.isascii() or (start in borders and at in borders):
            thing = _thing(word, thesaurus)
            yield (word, strict, loose) if thing == word else (thing, *_forms(thing, thesaurus))


def _forms(word: str, thesaurus: Thesaurus) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a known word stands for, and what stands near it."""
    return next(((strict, loose) for found, strict, loose in thesaurus.mentions(word) if found == word), ((), ()))


def _thing(word: str, thesaurus: Thesaurus) -> str:
    """A term without what is done with the thing, where its row has the thing: 挥发性有机物整治 → 挥发性有机物, VOCs治理 → VOC."""
    for term in thesaurus.rows(word):
        for form in filter(None, (core(term), *term.say)):
            rest = word.removeprefix(fold(form))
            if 0 < len(rest) < len(word) and all(w in WEAK for w in segments(rest.removeprefix("综合"))):
                return plain(form)
    return word


def _frames(word: str) -> bool:
    """Whether a term is made of words that every plan uses and says nothing by itself: 重点工程减排量."""
    return not word or any(word[:n] in GENERIC and _frames(word[n:]) for n in range(len(word), 1, -1))


def _parts(word: str) -> tuple[str, ...]:
    """The words of a compound, what every plan says with the word before it: 公共机构节能 → 公共机构, 节能."""
    parts: list[str] = []
    for segment in segments(word):
        if segment not in GENERIC and len(segment) > 1:
            parts.append(segment)
        elif segment in GENERIC and parts:
            parts[-1] += segment
    return tuple(dict.fromkeys(parts))


def _stem(word: str) -> str:
    """A rate by what it is a rate of: 利用率 → 利用."""
    return word[:-1] if len(word) > 2 and word.endswith("率") else word


def aspects(topic: str, thesaurus: Thesaurus) -> tuple[Aspect, ...]:
    """What a topic asks about, in order: terms of the thesaurus with their forms, then the other telling words."""
    rest = folded = unicodedata.normalize("NFKC", topic).lower()
    found = []
    for word, official, near in _mentions(folded, thesaurus):
        rest = rest.replace(word, " ", 1)
        if not _frames(word):
            other = names(word, thesaurus)
            forms = tuple(dict.fromkeys((fold(word), *map(fold, official), *other)))
            loose = tuple(f for f in dict.fromkeys(map(fold, near)) if f not in forms)
            parts = _parts(word)
            found.append(Aspect(word, forms, loose, min(len(word), 4), parts if len(parts) > 1 else (), other))
    for word in dict.fromkeys(map(_stem, words_of(rest))):
        found.append(Aspect(word, (word,), (), 1 if word in WEAK else min(len(word), 4)))
    return tuple(found)
