"""The difference of two texts at the level of words: what is kept, added, left out; and what they name otherwise."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, pairwise

from assistant.precedents.mentions import Mention
from assistant.precedents.subjects import alike, overlap
from assistant.precedents.types import Naming, Piece, PieceKind

FAR = 40  # kept characters between two mentions: no farther counts
FAINT = 0.1  # two times or places that are equal, or begin their sentences, where no other is said of the same
_FORMS: dict[PieceKind, str] = {"kept": "{}", "added": "【+{}】", "left_out": "【-{}】"}


def compare(base: str, newer: str, ours: Sequence[Mention] = (), theirs: Sequence[Mention] = ()) -> tuple[Piece, ...]:
    """The pieces of `newer` against `base`, in order; of a replacement what is left out stands before what is added.

    ours, theirs: what the two name, each a word of its own.  `kept` and `added` joined give `newer` exactly. Words that
    differ in width or in the white space after them are kept.
    """
    old, new = words(base, ours), words(newer, theirs)
    matcher = SequenceMatcher(None, [folded(w) for w in old], [folded(w) for w in new], autojunk=False)
    found: list[Piece] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece("kept", "".join(new[c:d])))
            continue
        found += [Piece("left_out", "".join(old[a:b]))] if b > a else []
        found += [Piece("added", "".join(new[c:d]))] if d > c else []
    return tuple(found)


def words(text: str, names: Sequence[Mention] = ()) -> list[str]:
    """The words of a text by jieba's dictionary, punctuation included and every name whole; joined they give the text.

    White space stays with the word before it, so that a line break inside a sentence is no difference.
    """
    parts: list[str] = []
    at = 0
    for name in names:
        parts += [*_cut(text[at : name.start]), name.text]
        at = name.end
    found: list[str] = []
    for word in [*parts, *_cut(text[at:])]:
        if found and (word.isspace() or found[-1].isspace()):
            found[-1] += word
        else:
            found.append(word)
    return found


def _cut(text: str) -> list[str]:
    """jieba's words; it sees full-width forms as half-width ones, or it would cut them apart."""
    import jieba  # reading its dictionary takes a while

    jieba.setLogLevel(60)
    plain = "".join(n if len(n := unicodedata.normalize("NFKC", c)) == 1 else c for c in text)
    ends = list(accumulate(map(len, jieba.cut(plain, HMM=False))))
    return [text[start:end] for start, end in pairwise([0, *ends])]


def folded(text: str) -> str:
    """Without white space, full-width forms as half-width ones: what makes two wordings the same."""
    return unicodedata.normalize("NFKC", "".join(text.split()))


def marked(pieces: Iterable[Piece]) -> str:
    """The pieces as a line to be read without colour: `推进【-燃煤】【+工业】锅炉改造`."""
    return "".join(_FORMS[piece.kind].format(" ".join(piece.text.split())) for piece in pieces)


def namings(
    pieces: Iterable[Piece], ours: Sequence[Mention], theirs: Sequence[Mention], core: tuple[int, int] | None = None
) -> tuple[Naming, ...]:
    """What two texts name otherwise: the pairs in the order of ours, then what only one of them names, ours first.

    pieces: of compare(base, newer, ours, theirs).  A pair is of one sort and said of one thing; what has no such partner
    stands alone. Of several partners the one said most nearly of the same, then the one at the same place among the words
    both texts keep. core: the part of the other text that says it; what it alone names elsewhere is left out.
    """
    old, new = _kept(pieces)
    pairs = sorted(
        (round(1 - near + min(abs(_at(old, a.start) - _at(new, b.start)), FAR) / FAR, 6), i, j)
        for i, a in enumerate(ours)
        for j, b in enumerate(theirs)
        if (near := _near(a, b))
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in pairs:
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    found = [Naming(a.kind, a.text, theirs[partner[i]].text) for i, a in enumerate(ours) if i in partner]
    found += [Naming(a.kind, a.text, "") for i, a in enumerate(ours) if i not in partner]
    start, end = core or (0, len(new))
    found += [Naming(b.kind, "", b.text) for j, b in enumerate(theirs) if j not in taken and start <= b.start < end]
    return tuple(dict.fromkeys(n for n in found if _plain(n.ours) != _plain(n.theirs)))


def _near(a: Mention, b: Mention) -> float:
    """How far two mentions are said of one thing, in [0, 1]; 0: they are no pair. A department is its function."""
    if (a.kind, a.sort) != (b.kind, b.sort):
        return 0.0
    if a.kind == "department":
        return 1.0
    if a.kind == "figure":
        return alike(a.about, b.about)
    return overlap(a.about, b.about) or (FAINT if _plain(a.text) == _plain(b.text) or (a.leads and b.leads) else 0.0)


def _plain(text: str) -> str:
    return re.sub(r"[“”\"，,]", "", folded(text))


def _kept(pieces: Iterable[Piece]) -> tuple[list[int], list[int]]:
    """For each character of the two texts, how many kept characters stand before it."""
    old: list[int] = []
    new: list[int] = []
    kept = 0
    for piece in pieces:
        size = len(piece.text)
        if piece.kind == "kept":
            old += range(kept, kept + size)
            new += range(kept, kept + size)
            kept += size
        else:
            (old if piece.kind == "left_out" else new).extend([kept] * size)
    return old, new


def _at(places: list[int], offset: int) -> int:
    """White space that only one text has may shift an offset past the end."""
    return places[min(offset, len(places) - 1)] if places else 0
