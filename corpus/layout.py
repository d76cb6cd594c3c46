"""Lines of a stored text with their offsets, and what a page or a converter left behind between them."""

import re
from dataclasses import dataclass

# What converters and pages leave: Word bookmarks, `— 2 —`, `第 3 页 共 9 页`, a page number on a line of its own.
BOOKMARK = r"\[bookmark:[^\]\n]{0,80}\]"
PAGE = r"(?:[-—–－﹣]{1,2}[ \u3000]*\d{1,4}[ \u3000]*[-—–－﹣]{1,2}|第[ \u3000]*\d{1,4}[ \u3000]*页(?:[ \u3000]*[,，/／]?[ \u3000]*共[ \u3000]*\d{1,4}[ \u3000]*页)?)"
PAGE_LINE = re.compile(rf"[ \t\u3000]*(?:{BOOKMARK}[ \t\u3000]*)?(?:{PAGE}|\d{{1,3}})?[ \t\u3000]*(?:{BOOKMARK})?[ \t\u3000]*")
LEAD = re.compile(rf"(?:[\s\u3000\ufeff\u200b#>*]|{BOOKMARK})*")
MARKUP_LINE = re.compile(r"[ \t]*(?:<!--.*-->|```.*|-{3,}|={3,})[ \t]*")

SENTENCE_END = "。！？；：!?;:"
CLOSERS = "”’\"'）)】〕］]》〉"
# A bracket that says whose work a clause is stands at its end.
_STATEMENT = re.compile(r"[（(〔［【][^（(〔［【]*(?:牵头|负责|配合|落实|责任|单位)[^（(〔［【]*[）)〕］】]$")


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
        bare = self.body.rstrip(CLOSERS)
        ended = not self.body or self.body[-1] in SENTENCE_END or (bool(bare) and bare[-1] in SENTENCE_END)
        return ended or bool(_STATEMENT.search(self.body))


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
