"""Two texts compared clause by clause: a draft and the issued text, or any two versions or documents.

Clauses are paired by their words first, then by how many they share, those of one number before others. Who stands where
in the order decides what was moved; a clause that only got another number, as all do below one that is put in, was not.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from assistant.precedents.mentions import Mention
from assistant.precedents.types import Piece
from assistant.precedents.wording import compare, folded
from corpus.markers import read_mark
from corpus.types import Clause, Document

Status = Literal["same", "changed", "moved", "added", "removed"]
Named = Callable[[str], Sequence[Mention]]

ALIKE = 0.5  # two clauses that share at least so many of their pairs of characters are one clause, changed
ALIKE_AT_HOME = 0.25  # and of those that have one number, so many
AT_HOME = 0.2  # what the same number counts beside the share
MANY = 50  # clauses of the same words, such as （略）, are paired by their number alone
LONG = 6000  # characters, above which texts are compared by lines before words: the time for words grows as their square


@dataclass(frozen=True, slots=True)
class ClausePair:
    """A clause of each of two texts that say the same thing, or one that stands alone.

    same: equal but for its number.  changed: in other words, at its place in the order.  moved: at another place in the
    order, in the same words or others.  added, removed: only in the newer, only in the older.
    pieces: the newer text against the older; () where they are the same or one is alone.  similarity: in [0, 1].
    """

    status: Status
    old: Clause | None
    new: Clause | None
    pieces: tuple[Piece, ...] = ()
    similarity: float = 0.0

    @property
    def renumbered(self) -> bool:
        """Both are there, under other numbers."""
        return self.old is not None and self.new is not None and self.old.path != self.new.path


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts clause by clause: in the order of the newer one, what was removed after the clause it followed."""

    old: Document
    new: Document
    rows: tuple[ClausePair, ...]

    @property
    def counts(self) -> dict[Status, int]:
        """How many rows of each status, 0 included."""
        return {status: sum(row.status == status for row in self.rows) for status in get_args(Status)}


def compare_documents(
    old: Document, before: Sequence[Clause], new: Document, after: Sequence[Clause], named: Named = lambda text: ()
) -> Comparison:
    """`before`: the clauses of `old`; `after`: those of `new`; each in document order. named: what is one word in a text."""
    bodies = [_body(clause) for clause in before], [_body(clause) for clause in after]
    partner = _equal(before, after, *bodies)  # number of a new clause → that of the old one
    values = _pair_alike(before, after, bodies, partner)
    staying = _in_order(partner)
    followers = _removed(before, partner, staying)
    rows = [ClausePair("removed", before[i], None) for i in followers[-1]]
    for j, clause in enumerate(after):
        i = partner.get(j)
        if i is None:
            rows.append(ClausePair("added", None, clause))
            continue
        equal = bodies[0][i] == bodies[1][j]
        status: Status = "moved" if j not in staying else "same" if equal else "changed"
        pieces = () if equal else _pieces(before[i].text, clause.text, named)
        rows.append(ClausePair(status, before[i], clause, pieces, 1.0 if equal else round(values[i, j], 4)))
        rows += [ClausePair("removed", before[i], None) for i in followers[j]]
    return Comparison(old, new, tuple(rows))


def _body(clause: Clause) -> str:
    """Its words without its own number."""
    text = clause.text.lstrip("# \t\u3000")  # a heading of Markdown
    mark = read_mark(text)
    return folded(text[mark.length :] if mark and not mark.reference else text)


def _equal(before: Sequence[Clause], after: Sequence[Clause], old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Clauses of the same words: of several those of the same path, then in order."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for i, body in enumerate(old):
        places[body].append(i)
    partner: dict[int, int] = {}
    at_home = [(j, i) for j, body in enumerate(new) for i in places[body] if before[i].path == after[j].path]
    others = [(j, i) for j, body in enumerate(new) if len(places[body]) < MANY for i in places[body]]
    taken: set[int] = set()
    for j, i in [*at_home, *others]:
        if j not in partner and i not in taken:
            partner[j] = i
            taken.add(i)
    return partner


def _pair_alike(
    before: Sequence[Clause], after: Sequence[Clause], bodies: tuple[list[str], list[str]], partner: dict[int, int]
) -> dict[tuple[int, int], float]:
    """Adds to `partner` the clauses left that are alike, the likest first; how alike each of these pairs is."""
    taken = set(partner.values())
    left = [i for i in range(len(before)) if i not in taken]
    right = [j for j in range(len(after)) if j not in partner]
    shares = _shares([bodies[0][i] for i in left], [bodies[1][j] for j in right])
    found = [(float(shares[a, b]), left[a], right[b]) for a, b in np.argwhere(shares >= ALIKE_AT_HOME).tolist()]
    home = {(i, j): before[i].path == after[j].path for _, i, j in found}
    fitting = [(share, i, j) for share, i, j in found if share >= ALIKE or home[i, j]]
    values: dict[tuple[int, int], float] = {}
    for share, i, j in sorted(fitting, key=lambda f: (-round(f[0] + AT_HOME * home[f[1], f[2]], 6), f[1], f[2])):
        if j not in partner and i not in taken:
            partner[j] = i
            taken.add(i)
            values[i, j] = share
    return values


def _shares(old: Sequence[str], new: Sequence[str]) -> NDArray[np.float64]:
    """[old, new]: the pairs of characters in common, over the mean of both (Dice 1945)."""
    columns: dict[str, int] = {}
    sides = [[{columns.setdefault(p, len(columns)) for p in _pairs(body)} for body in side] for side in (old, new)]
    rows = []
    for side in sides:
        ends = np.cumsum([0, *map(len, side)])
        flat = np.array([c for one in side for c in one], np.int64)
        rows.append(csr_array((np.ones(len(flat)), flat, ends), shape=(len(side), len(columns) or 1)))
    common = (rows[0] @ rows[1].T).toarray()
    sizes = np.array([len(one) for one in sides[0]])[:, None] + np.array([len(one) for one in sides[1]])[None, :]
    return np.asarray(2 * common / np.maximum(sizes, 1), np.float64)


def _pairs(body: str) -> set[str]:
    return {body[at : at + 2] for at in range(max(1, len(body) - 1))} if body else set()


def _in_order(partner: dict[int, int]) -> set[int]:
    """The new clauses of the longest run of pairs whose order is the same in both texts."""
    tails: list[int] = []  # the old clauses that runs of each length end with, the smallest of each
    holders: list[int] = []
    previous: dict[int, int | None] = {}
    for j in sorted(partner):
        at = bisect_left(tails, partner[j])
        previous[j] = holders[at - 1] if at else None
        tails[at:], holders[at:] = [partner[j], *tails[at + 1 :]], [j, *holders[at + 1 :]]
    run: set[int] = set()
    last = holders[-1] if holders else None
    while last is not None:
        run.add(last)
        last = previous[last]
    return run


def _removed(before: Sequence[Clause], partner: dict[int, int], staying: set[int]) -> defaultdict[int, list[int]]:
    """The new clause after which each old one without a partner is shown, -1 for the beginning → those old clauses."""
    new_of = {partner[j]: j for j in staying}
    paired = set(partner.values())
    followers: defaultdict[int, list[int]] = defaultdict(list)
    after = -1
    for i in range(len(before)):
        after = new_of.get(i, after)
        if i not in paired:
            followers[after].append(i)
    return followers


def _pieces(old: str, new: str, named: Named) -> tuple[Piece, ...]:
    """The words of `new` against `old`; of long texts only of the lines that differ."""
    if max(len(old), len(new)) <= LONG:
        return compare(old, new, named(old), named(new))
    return tuple(_joined(_by_lines(old, new, named)))


def _by_lines(old: str, new: str, named: Named) -> Iterator[Piece]:
    ours, theirs = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        left, right = "".join(ours[a:b]), "".join(theirs[c:d])
        if tag == "equal":
            yield Piece("kept", right)
        elif left and right and max(len(left), len(right)) <= LONG:
            yield from compare(left, right, named(left), named(right))
        else:
            yield from (piece for piece in (Piece("left_out", left), Piece("added", right)) if piece.text)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one."""
    last: Piece | None = None
    for piece in pieces:
        if last is not None and last.kind == piece.kind:
            last = Piece(last.kind, last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
