"""What the drafting desk shows: wordings in groups, their differences, a draft held against precedent, clauses side by side.

Every quotation is a Citation: `quote` is the stored text from `start` to `end`. Nothing here is written by a program.
"""

from dataclasses import dataclass
from typing import Literal

from assistant.types import Citation

PieceKind = Literal["kept", "added", "left_out"]
NamingKind = Literal["figure", "year", "place", "department"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of a comparison: in both texts, only in the newer one (`added`), or only in the base (`left_out`).

    `kept` and `added` joined are the newer text exactly; `kept` and `left_out` joined are the base but for white space
    and the width of characters.
    """

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class Naming:
    """What a drafter must change beside the wording: `14.5% ↔ 16%以上`, `市经信局 ↔ 市工信局`.

    ours: as the base says it; theirs: as the other text says it of the same thing (indicator, function of a department);
    "" where that text says nothing of it.
    """

    kind: NamingKind
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Similarity:
    """How near two texts are: `value` in [0, 1] is the mean of `cosine` and `words`; 1 for the same text.

    cosine: of the encoder's vectors, at least 0. words: the weight (idf) of the characters and pairs of characters in
    common; of a theme, the share of it that the text says; of two sentences, the share of what both say together.
    """

    value: float
    cosine: float
    words: float


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence with its source. `line` is the source as official documents write it: `《…方案（征求意见稿）》三、（九）`."""

    citation: Citation
    line: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One exact wording of a group and every place that has it. `pieces`, `namings`: against the group's first wording."""

    wording: str
    similarity: Similarity
    pieces: tuple[Piece, ...]
    namings: tuple[Naming, ...]
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One way of saying it. `wording` is its first variant's, the nearest to what was asked.

    asked: which of `Precedents.sentences` it answers, from 0.  documents: how many of the documents in scope say it so.
    only: one document alone says it (独有).  common: it stands in at least half of three documents or more (通用表述).
    pieces, namings: the wording against the sentence asked; empty where a theme was asked. What the wording names outside
    the core and the sentence asked does not is left out of namings.
    at_least: of a wording this frequent only the nearest were looked at; more documents may say it so.
    core: of a long wording the part that says it, `wording[core[0]:core[1]]`; None where the similarity is of the whole.
    """

    wording: str
    similarity: Similarity
    asked: int
    variants: tuple[Variant, ...]
    documents: int
    only: bool
    common: bool
    pieces: tuple[Piece, ...] = ()
    namings: tuple[Naming, ...] = ()
    at_least: bool = False
    core: tuple[int, int] | None = None

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """Of all variants, nearest wording first."""
        return tuple(q for v in self.variants for q in v.quotations)


@dataclass(frozen=True, slots=True)
class Precedents:
    """Groups of wording for a text, best first. `documents`: how many were looked through.

    sentences: the text's own sentences, slices of it; one for a theme, with `theme` True.
    """

    text: str
    theme: bool
    sentences: tuple[str, ...]
    documents: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence of a draft (`draft[start:end]`) with its nearest precedent, None where there is none near.

    pieces: the draft against the precedent: `added` is what the draft adds, `left_out` what it leaves out.
    namings: `ours` the draft's, `theirs` the precedent's; of a long precedent, of the part that says it.
    """

    text: str
    start: int
    end: int
    nearest: Quotation | None
    similarity: Similarity | None
    pieces: tuple[Piece, ...]
    namings: tuple[Naming, ...]


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """A draft held against precedent, sentence by sentence. `documents`: how many were looked through."""

    draft: str
    documents: int
    sentences: tuple[DraftSentence, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A row of two clauses side by side; `ours` or `theirs` is None where the other has nothing like it.

    pieces: theirs against ours; empty unless both are there.
    """

    ours: Quotation | None
    theirs: Quotation | None
    similarity: Similarity | None
    pieces: tuple[Piece, ...]
    namings: tuple[Naming, ...]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The matching clause of another document: the whole clause as a quotation, and its rows in our clause's order.

    clause and similarity are None, and rows empty, where the document has no matching clause.
    """

    document: str
    title: str
    region: str | None
    clause: Quotation | None
    similarity: Similarity | None
    rows: tuple[Aligned, ...]


@dataclass(frozen=True, slots=True)
class Across:
    """A clause and its counterpart in every other document in scope: nearest first, then those that have none.

    sentences: of our clause, in order. left: documents without a counterpart that are not listed one by one.
    """

    clause: Quotation
    sentences: tuple[Quotation, ...]
    counterparts: tuple[Counterpart, ...]
    left: int = 0


@dataclass(frozen=True, slots=True)
class Pick:
    """A sentence put into the basket: its place, and what stood there when it was taken."""

    document: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Collected:
    """A pick looked up again: its quotation, or the sentence that says why it no longer stands there."""

    pick: Pick
    quotation: Quotation | None
    problem: str
