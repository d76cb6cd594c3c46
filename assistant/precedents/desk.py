"""One request at the drafting desk: the sentences asked, the library's sentences near them, and how near they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from assistant.precedents.candidates import Sentence, like, on_theme
from assistant.precedents.likeness import Asked, Likeness, Matrix, Tokens, ask, compare_all, cosines
from assistant.precedents.mentions import Mention, mentions
from assistant.precedents.runs import Cores, with_runs
from assistant.precedents.sources import Sources
from assistant.precedents.types import Naming, Piece
from assistant.precedents.wording import compare, namings
from corpus.lexicon.departments import Departments
from corpus.markers import read_mark
from corpus.store import Library
from corpus.types import Document
from index.base import Encoder, Scope, Vectors
from index.passages import split_sentences
from index.search import Searcher
from index.snapshot import Snapshot
from index.tokens import tokenise

NEAREST = 120  # sentences of the library looked at closely, shared among those asked, but for each of them at least
EACH = 12


class Opens(Protocol):
    """The part of the assistant that the drafting desk needs."""

    library: Library

    @property
    def encoder(self) -> Encoder:
        """The encoder the settings name."""

    @property
    def departments(self) -> Departments:
        """The table of departments."""

    def searcher(self) -> Searcher:
        """A searcher over the library as it is now."""


@dataclass(frozen=True, slots=True)
class Found:
    """Sentences of the library with their stored texts.

    headed: float32 [sentences, dim], the vectors of the index, of each with its headings.  cosines: [asked, sentences].
    """

    asked: Asked
    sentences: tuple[Sentence, ...]
    texts: tuple[str, ...]
    headed: Vectors
    cosines: Matrix


@dataclass(frozen=True, slots=True)
class Near:
    """Sentences of the library with their stored texts, compared with those asked. `likeness`: [asked, sentences].

    cores: where only a part of a sentence is as near as that, the extent of the part.
    """

    asked: Asked
    sentences: tuple[Sentence, ...]
    texts: tuple[str, ...]
    tokens: tuple[Tokens, ...]
    likeness: Likeness
    cores: Cores = field(default_factory=dict)

    def order(self, n: int) -> tuple[float, str, int]:
        """Sorts sentences: nearest to anything asked first, then by document and place."""
        return -round(float(self.likeness.values[:, n].max()), 6), self.sentences[n].document, self.sentences[n].start


class Desk:
    """Opens what one request needs, once."""

    def __init__(self, opens: Opens, scope: Scope) -> None:
        self._opens = opens
        self._scope = scope
        self.sources = Sources(opens.library, versions=scope.versions)
        self._named: dict[str, list[Mention]] = {}
        self.places = tuple(sorted({d.facts.region for d in self.sources.documents.values() if d.facts.region}))

    def in_scope(self) -> list[Document]:
        """The documents that are looked through, by id."""
        scope = self._scope
        return [
            d
            for d in self.sources.documents.values()
            if (not scope.documents or d.id in scope.documents) and (not scope.regions or d.facts.region in scope.regions)
        ]

    def on_theme(self, theme: str) -> Found:
        """The sentences worth comparing with a theme."""
        searcher = self._opens.searcher()
        snapshot = searcher.snapshot()
        asked = ask(theme, [theme], self._opens.encoder, snapshot.lexical, theme=True)
        return self._found(snapshot, asked, on_theme(searcher, theme, self._scope))

    def like(self, text: str, sentences: Sequence[str]) -> Found:
        """The sentences worth comparing with `sentences` of `text`."""
        snapshot = self._opens.searcher().snapshot()
        asked = ask(text, sentences, self._opens.encoder, snapshot.lexical)
        revisions = self._opens.library.revisions(versions=self._scope.versions)
        mask = snapshot.mask(self._scope, revisions)
        return self._found(snapshot, asked, like(snapshot, asked, mask))

    def _found(self, snapshot: Snapshot, asked: Asked, sentences: Sequence[Sentence]) -> Found:
        documents = self.sources.documents
        found = tuple(self._without_number(s) for s in sentences if s.document in documents)
        found = tuple(s for s in found if not self._is_title(s))
        headed = snapshot.vectors.vectors(np.array([s.unit for s in found], np.int64))
        texts = tuple(documents[s.document].text[s.start : s.end] for s in found)
        return Found(asked, found, texts, headed, cosines(asked, [headed]))

    def _without_number(self, sentence: Sentence) -> Sentence:
        """A clause without a heading begins with its number: that is no part of the wording."""
        if sentence.start > sentence.clause_start:
            return sentence
        text = self.sources.documents[sentence.document].text[sentence.start : sentence.end]
        mark = read_mark(text)
        body = text[mark.length :].lstrip() if mark else text
        return replace(sentence, start=sentence.end - len(body)) if body else sentence

    def _is_title(self, sentence: Sentence) -> bool:
        document = self.sources.documents[sentence.document]
        return "".join(document.text[sentence.start : sentence.end].split()) in document.facts.title

    def compared(self, found: Found, chosen: Sequence[int]) -> Near:
        """Some of the sentences, compared with their headings and without: the greater cosine counts."""
        texts = tuple(found.texts[i] for i in chosen)
        vectors = [found.headed[list(chosen)], self._opens.encoder.encode_passages(list(texts))]
        tokens = tuple(frozenset(tokenise(text)) for text in texts)
        likeness = compare_all(found.asked, tokens, vectors)
        return Near(found.asked, tuple(found.sentences[i] for i in chosen), texts, tokens, likeness)

    def nearest(self, found: Found) -> Near:
        """The nearest of the sentences, for each one asked its share; nearest first."""
        share = max(NEAREST // len(found.asked.texts), EACH)
        order = np.argsort(-found.cosines.round(6), axis=1, kind="stable")[:, :share]
        chosen = sorted(set(order.ravel().tolist()))
        near = self.compared(found, chosen)
        place = {i: n for n, i in enumerate(chosen)}
        pairs = [(n, place[i]) for n, row in enumerate(order.tolist()) for i in row]
        cores = with_runs(found.asked, near.texts, near.tokens, near.likeness, pairs, self._opens.encoder)
        near = replace(near, cores=cores)
        return self.of(near, sorted(range(len(near.texts)), key=near.order))

    @staticmethod
    def of(near: Near, chosen: Sequence[int]) -> Near:
        """Some of the sentences, in this order."""
        likeness = Likeness(*(m[:, list(chosen)] for m in (near.likeness.values, near.likeness.cosines, near.likeness.words)))
        sentences, texts = tuple(near.sentences[i] for i in chosen), tuple(near.texts[i] for i in chosen)
        place = {i: n for n, i in enumerate(chosen)}
        cores = {(n, place[i]): extent for (n, i), extent in near.cores.items() if i in place}
        return Near(near.asked, sentences, texts, tuple(near.tokens[i] for i in chosen), likeness, cores)

    def differences(
        self, ours: str, theirs: str, core: tuple[int, int] | None = None
    ) -> tuple[tuple[Piece, ...], tuple[Naming, ...]]:
        """Theirs against ours: the words, and what is named otherwise. core: the part of theirs that says it."""
        if ours == theirs:
            return (Piece("kept", ours),), ()
        named, other = self._mentions(ours), self._mentions(theirs)
        pieces = compare(ours, theirs, named, other)
        return pieces, namings(pieces, named, other, core)

    def _mentions(self, text: str) -> list[Mention]:
        if text not in self._named:
            self._named[text] = mentions(text, self._opens.departments, self.places)
        return self._named[text]


def spans(text: str) -> list[tuple[int, int]]:
    """Extents of the sentences and clause parts of a text that have a letter or a character."""
    return [(s, e) for s, e in split_sentences(text, 0, len(text)) if re.search(r"\w", text[s:e])]
