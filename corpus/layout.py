"""Lines of a stored text with their offsets, and what a page or a converter left behind between them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.brackets import CLOSER, FAMILY
from corpus.labels import LABELLED
from corpus.types import Page

# What converters and pages leave: Word bookmarks, `— 2 —`, `第 3 页 共 9 页`, a page number on a line of its own.
BOOKMARK = r"\[bookmark:[^\]\n]{0,80}\]"
PAGE = r"(?:[-—–－﹣]{1,2}[ \u3000]*\d{1,4}[ \u3000]*[-—–－﹣]{1,2}|第[ \u3000]*\d{1,4}[ \u3000]*页(?:[ \u3000]*[,，/／]?[ \u3000]*共[ \u3000]*\d{1,4}[ \u3000]*页)?)"
PAGE_LINE = re.compile(rf"[ \t\u3000]*(?:{BOOKMARK}[ \t\u3000]*)?(?:{PAGE}|\d{{1,3}})?[ \t\u3000]*(?:{BOOKMARK})?[ \t\u3000]*")
LEAD = re.compile(rf"(?:[\s\u3000\ufeff\u200b#>*]|{BOOKMARK})*")
MARKUP_LINE = re.compile(r"[ \t]*(?:<!--.*-->|```.*|-{3,}|={3,})[ \t]*")

SENTENCE_END = "。！？；：!?;:"
CLOSERS = "”’\"'）)】〕］]》〉"
_LONGEST = 200  # characters of a bracket that says whose work a clause is
_WHOSE = re.compile("牵头|负责|配合|落实|责任|单位")
_DOES = re.compile(  # …局牵头, …等部门按职责分工负责: the end of a body's name, and what it does
    r"(?:[局委部厅办府院会司心组位门处科站队所行县区市州盟旗镇乡街道校团社联台）)]|[属各]地)(?:等[^、，,；;。]{0,6})?(?:按[^、，,；;。]{0,12})?"
    r"(?:分别|共同|具体|组织)?(?:牵头|负责|配合|参与|协助|落实)$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its line break. `lead` is the offset of its first character after spaces and markup."""

    start: int
    end: int
    lead: int
    body: str

    @property
    def blank(self) -> bool:
        """Nothing a reader reads: spaces, a page number, a bookmark, a Markdown comment or rule."""
        return not self.body or bool(PAGE_LINE.fullmatch(self.body)) or bool(MARKUP_LINE.fullmatch(self.body))

    @property
    def finished(self) -> bool:
        """Whether the line ends as a sentence or a clause part ends."""
        return _ended(self.body) or _is_stated(self.body)


def _ended(words: str) -> bool:
    """Whether words end as a sentence does, what closes after its mark left out; so do none."""
    return words[-1:] in SENTENCE_END or ((bare := words.rstrip(CLOSERS)) != "" and bare[-1] in SENTENCE_END)


def _is_stated(body: str) -> bool:
    """Whether a line ends in a bracket that says whose work a clause is.

    Within a sentence that takes a statement, `（责任单位：市水务局）` or `（市水务局牵头）`: a page is broken after any
    `各部门（单位）` too. After a sentence the words suffice.
    """
    at, depth = len(body), 0
    while at > max(0, len(body) - _LONGEST):
        at -= 1
        depth += (body[at] in CLOSER) - (body[at] in FAMILY)
        if depth <= 0:
            break
    words = body[at + 1 : -1].strip()
    if depth or body[-1:] not in CLOSER or not _WHOSE.search(words):
        return False
    return _ended(body[:at].rstrip()) or any(map(_tells_whose, re.split("[，,；;。]", words)))


def _tells_whose(piece: str) -> bool:
    """Whether a piece of a bracket is `市水务局牵头`, or begins with the label of a body or a person."""
    label = LABELLED.match(piece := piece.strip())
    return bool(_DOES.search(piece)) or (label is not None and not label["time"])


def read_lines(text: str) -> list[Line]:
    """All lines in order; together with their line breaks they are the text."""
    lines, at = [], 0
    for raw in text.split("\n"):
        end = at + len(raw)
        lead = LEAD.match(text, at, end)
        begin = lead.end() if lead else at
        lines.append(Line(at, end, begin, text[begin:end].rstrip(" \t\r\u3000*")))
        at = end + 1
    return lines


def in_pictures(lines: Sequence[Line], pages: Sequence[Page]) -> frozenset[int]:
    """The numbers of the lines that a picture says on a page with a text of its own; a scanned page is text as any other."""
    starts = [page.start for page in pages]
    ends = [*starts[1:], lines[-1].end if lines else 0]
    own = {page.number for page, end in zip(pages, ends, strict=False) if page.confidence is None and end > page.start + 1}
    within = [page.confidence is not None and page.number in own for page in pages]
    return frozenset(i for i, line in enumerate(lines) if (n := bisect_right(starts, line.start)) and within[n - 1])


def wrap_width(lines: list[Line]) -> int | None:
    """The width at which a converter broke the lines, in characters; None where lines are whole paragraphs."""
    lengths = sorted(len(line.body) for line in lines if not line.blank)
    if len(lengths) < 12:
        return None
    width = lengths[int(len(lengths) * 0.95)]
    full = sum(0.85 * width <= n <= 1.1 * width for n in lengths)
    return width if 16 <= width <= 62 and full >= 0.3 * len(lengths) else None


_LAST_MARK = re.compile(rf"(?:{BOOKMARK}|(?<=\n)[#>*]{{1,6}}|<!--[^<>\n]*-->)\s*$")


def trim(text: str, start: int, end: int, floor: int = 0) -> int:
    """The end of text[start:end] without trailing spaces, markup and page-number lines; never below `floor`."""
    start = max(start, floor)
    while end > start:
        stripped = start + len(text[start:end].rstrip())
        at = text.rfind("\n", start, stripped) + 1
        if at > start and PAGE_LINE.fullmatch(text, at, stripped):
            end = at - 1
            continue
        mark = _LAST_MARK.search(text, max(start, stripped - 100), stripped)
        if not mark:
            return stripped
        end = mark.start()
    return end
