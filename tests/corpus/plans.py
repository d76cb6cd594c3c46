"""Small help for tests of responsibilities: a clause made by hand, and bodies told in one line."""

from collections.abc import Sequence

from corpus.types import Clause, Responsibility

LETTER = {"lead": "L", "support": "S", "responsible": "R"}


def clause(text: str, start: int = 0, end: int | None = None, path: tuple[str, ...] = ("一",), heading: str = "") -> Clause:
    """A numbered clause of `text`."""
    end = len(text) if end is None else end
    return Clause(
        id="d:" + "/".join(path),
        document="d",
        path=path,
        kind="part",
        label=heading,
        headings=("",) * (len(path) - 1) + (heading,),
        text=text[start:end],
        start=start,
        end=end,
    )


def told(read: Sequence[Responsibility]) -> str:
    """`L市教育局 S市财政局`: the bodies named directly, in order."""
    return " ".join(LETTER[r.role] + r.unit for r in read if not r.inherited)
