"""A sentence, a paragraph or a theme → groups of wording."""

import re
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from assistant.precedents.candidates import depth
from assistant.precedents.desk import Desk, Near, spans
from assistant.precedents.likeness import Tokens
from assistant.precedents.types import Group, Precedents, Variant
from assistant.precedents.wording import folded
from assistant.question import parse
from index.tokens import tokenise

LEAST = 0.15  # below this a wording is no longer about what was asked: docs/precedents.md
SAME = 0.5  # Dice of the tokens: from here on two sentences say it the same way
SAME_PART = 0.65  # the same of the parts that say it: short texts share more by chance
THEME = 12  # a text with fewer characters names a theme
COMMON = 3  # of so few documents none is called common

_ASKING = re.compile(r"怎么|如何|怎样|[？?]|的(?:表述|写法|措辞|提法|说法)$")

Said = tuple[Tokens, Tokens | None]  # the tokens of a sentence, and those of the part that says it
Members = dict[str, list[int]]  # wording without white space → the sentences that have it


def find_precedents(desk: Desk, text: str, k: int) -> Precedents:
    """Up to k groups, best first; of a paragraph the best of each sentence, then the second best, and so on."""
    own = [text[s:e] for s, e in spans(text)] or [text]
    theme = len(own) == 1 and _is_theme(text)
    near = desk.nearest(desk.on_theme(parse(text, desk.places).topic) if theme else desk.like(text, own))
    documents = len(desk.in_scope())
    groups = [_group(desk, near, members, documents) for members in _clusters(near, k)]
    return Precedents(text, theme, tuple(own), documents, tuple(groups))


def _is_theme(text: str) -> bool:
    return bool(_ASKING.search(text)) or len(re.findall(r"\w", text)) < THEME


def _clusters(near: Near, k: int) -> list[list[int]]:
    """Up to k lists of sentences that say it the same way, each nearest first."""
    values = near.likeness.values
    if not values.size:
        return []
    best = values.max(axis=0)
    asked = values.argmax(axis=0)
    said = [_said(near, int(n), i) for i, n in enumerate(asked)]
    clusters: list[list[int]] = []
    for i in range(len(best)):
        if best[i] < LEAST:
            break
        home = next((c for c in clusters if asked[c[0]] == asked[i] and _says_so(said[c[0]], said[i])), None)
        if home is not None:
            home.append(i)
        else:
            clusters.append([i])
    return _in_turns(clusters, asked)[:k]


def _said(near: Near, asked: int, sentence: int) -> Said:
    text, extent = near.texts[sentence], near.cores.get((asked, sentence))
    return near.tokens[sentence], frozenset(tokenise(text[slice(*extent)])) if extent else None


def _says_so(first: Said, other: Said) -> bool:
    """Whether two sentences say it the same way; of a long one whose part says it the other must say that part."""
    (whole, part), (theirs, core) = first, other
    if part is None and core is None:
        return _dice(whole, theirs) >= SAME
    own = part or whole
    says = len(own & theirs) / max(len(own), 1)
    return _dice(own, core or theirs) >= SAME_PART or (_dice(whole, theirs) >= SAME and says >= SAME)


def _dice(a: Tokens, b: Tokens) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def _in_turns(clusters: list[list[int]], asked: NDArray[np.int64]) -> list[list[int]]:
    """The best of every sentence asked, then the second best; each round nearest first, as the clusters stand."""
    seen: defaultdict[int, int] = defaultdict(int)
    turns: list[int] = []
    for cluster in clusters:
        turns.append(seen[int(asked[cluster[0]])])
        seen[int(asked[cluster[0]])] += 1
    return [cluster for _, cluster in sorted(zip(turns, clusters, strict=True), key=lambda pair: pair[0])]


def _group(desk: Desk, near: Near, members: list[int], documents: int) -> Group:
    wordings: Members = {}
    for i in members:
        wordings.setdefault(folded(near.texts[i]), []).append(i)
    first = members[0]
    asked = int(near.likeness.values[:, first].argmax())
    wording = near.texts[first]
    variants = tuple(_variant(desk, near, asked, wording, same) for same in wordings.values())
    saying = len({near.sentences[i].document for i in members})
    core = near.cores.get((asked, first))
    pieces, named = ((), ()) if near.asked.theme else desk.differences(near.asked.texts[asked], wording, core)
    return Group(
        wording=wording,
        similarity=near.likeness.similarity(asked, first),
        asked=asked,
        variants=variants,
        documents=saying,
        only=saying == 1 and documents > 1,
        common=documents >= COMMON and 2 * saying >= documents,
        pieces=pieces,
        namings=named,
        at_least=documents > depth(near.asked) <= 2 * saying,
        core=core,
    )


def _variant(desk: Desk, near: Near, asked: int, base: str, same: Iterable[int]) -> Variant:
    places = [near.sentences[i] for i in same]
    wording = near.texts[next(iter(same))]
    pieces, named = desk.differences(base, wording)
    quotations = desk.sources.quotations([(s.document, s.clause, s.start, s.end) for s in places])
    return Variant(wording, near.likeness.similarity(asked, next(iter(same))), pieces, named, quotations)
