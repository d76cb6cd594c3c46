"""Other texts to match than the product's: without what is put before them, or whole clauses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.store import Library
from corpus.types import Clause, Document
from index.layout import Layout, read_library
from index.passages import clean, short_title


@dataclass(frozen=True, slots=True)
class Matched:
    """The matched texts of a library: its layout and the text of every unit."""

    layout: Layout
    texts: Sequence[str]


def product_texts(library: Library) -> Matched:
    """The product's own: passages, then sentences."""
    return Matched(*read_library(library))


def bare_texts(library: Library, layout: Layout) -> Matched:
    """The same units with nothing put before them (rows of tables without their header)."""
    texts = {d.id: d.text for d in library.documents()}
    ids = [layout.documents[layout.clauses[clause, 0]].id for clause in layout.units[:, 0]]
    return Matched(layout, [clean(texts[id][start:end]) for id, (_, start, end) in zip(ids, layout.units, strict=True)])


def whole_texts(library: Library, layout: Layout) -> Matched:
    """Each clause as a single text, place, short title and headings before it; no sentences."""
    units = np.column_stack([np.arange(len(layout.clauses)), layout.clauses[:, 1:]]).astype(np.int32)
    documents = {d.id: d for d in library.documents()}
    texts = {c.id: _whole(documents[c.document], c) for c in library.clauses()}
    return Matched(replace(layout, units=units, passages=len(units)), [texts[id] for id in layout.clause_ids])


def _whole(document: Document, clause: Clause) -> str:
    parts = (document.facts.region or "", short_title(document), *clause.headings, clean(clause.text))
    return " ".join(part for part in parts if part)
