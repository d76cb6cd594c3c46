"""Other names of one thing: by the thesaurus, and by what a text says of its own words (`挥发性有机物（以下简称VOCs）`).

A row of the thesaurus lists what people say and what documents write, and not all of it is one thing (五险一金 stands for
社会保险 and for 住房公积金). Words of a row are names of one thing where its official terms are one and what only adds to
it, or where one word is short for the other.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.match import ACTS, GENERIC, WEAK, fold, segments
from corpus.lexicon.terms import Term, Thesaurus

PLAIN = 3  # characters: shorter everyday words mean other things too (机房 is a data centre, and the room of a lift)

_PLURAL = re.compile(r"[A-Z]s$")
_SHORT = r"[^“”\"（）()，,。；、\s]{2,16}"
_CALLED = re.compile(rf"[（(](?:以下|下文)?(?:统一)?[简统]称(?:为|作)?[：:]?[“\"]?({_SHORT})[”\"]?[）)]")
_LETTERS = re.compile(r"[（(]([A-Za-z][A-Za-z0-9.-]{1,11})[）)]")
_MEANING = re.compile(r"(?<![A-Za-z0-9.-])([A-Za-z][A-Za-z0-9.-]{1,11})[（(]([\u4e00-\u9fff]{3,20})[）)]")
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9“”·]{3,30}$")
LEAST = 3  # characters of a full name


def short_for(short: str, full: str) -> bool:
    """Whether a word is another one with characters left out (公积金 for 住房公积金)."""
    rest = iter(full)
    return len(short) < len(full) and all(character in rest for character in short)


def core(term: Term) -> str | None:
    """The folded official term that the others of a row only add to; None where they are several things."""
    official = [fold(form) for form in term.official]
    return next((one for one in official if all(one == other or short_for(one, other) for other in official)), None)


def plain(form: str) -> str:
    """Folded, and without a plural's s: `VOCs` → `voc`."""
    return fold(form.removesuffix("s") if _PLURAL.search(form) else form)


def names(word: str, thesaurus: Thesaurus) -> tuple[str, ...]:
    """The other names of what a folded word of the thesaurus names, folded, the exact ones first; none that holds another."""
    found = dict.fromkeys(name for term in thesaurus.rows(word) for name in _names_in(word, term) if name != word)
    return tuple(name for name in found if word not in name and not any(other != name and other in name for other in found))


def _names_in(word: str, term: Term) -> Iterator[str]:
    """The names a row has for a word of it, repeats included."""
    say, official, one = [plain(form) for form in term.say], [fold(form) for form in term.official], core(term)
    if one is None:
        yield from (form for form in (say if word in official else official) if short_for(form, word) or short_for(word, form))
        return
    exact = [one, *(form for form in say if form.isascii() or short_for(form, one))]
    yield from exact
    if word in exact or word in official:  # what is said for it; 喷漆味 is no name of 家具厂味, though both mean one thing
        yield from (form for form in say if len(form) >= PLAIN)


def _full(before: str) -> str:
    """The name that ends a text: its last words up to what is done with it (加强滨湖产业园 → 滨湖产业园); '' if none does."""
    run = _NAME.search(before)
    name = ""
    for word in reversed(segments(run[0]) if run else []):
        if word in GENERIC or word in WEAK or word in ACTS:
            break
        name = word + name
    return name if len(name) >= LEAST else ""


@lru_cache(maxsize=4096)
def defined(text: str) -> tuple[tuple[str, str], ...]:
    """(full name, short name), folded, for every name that a text defines, as `滨湖产业园（以下简称“滨湖园”）` does."""
    found = [
        (_full(text[max(0, m.start() - 40) : m.start()]), m[1]) for pattern in (_CALLED, _LETTERS) for m in pattern.finditer(text)
    ]
    found += [(m[2], m[1]) for m in _MEANING.finditer(text)]
    return tuple(dict.fromkeys((fold(full), fold(short)) for full, short in found if full and fold(full) != fold(short)))
