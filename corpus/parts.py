"""The numbering grammar of Chinese official documents: stored text → numbered parts.

A part opens where a line begins with a numbering mark that fits what came before: the next number of a list that is
open, number one of a list below it, or a number that runs on from the section before. Everything else is text.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest

from corpus.headings import read_heading
from corpus.layout import in_pictures, read_lines, trim, wrap_width
from corpus.levels import CLOSING, FRONT, NOTICE, Level, Part
from corpus.markers import RANK, STRONG, Mark, numeral, read_mark
from corpus.segments import ANNEX_WORD, DATE_LINE, WEB_TAIL, Segments, segment
from corpus.tables import UNIT_LINE, find_blocks
from corpus.types import ClauseKind, Page

_KIND: dict[str, ClauseKind] = {
    "book": "part",
    "chapter": "part",
    "section": "part",
    "cn": "part",
    "cn_paren": "part",
    "article": "article",
}
_ANNEX = re.compile(
    r"附[ \u3000]*([件表录])[ \u3000]*(\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Z])?(?:[ \u3000]*[:：—-]?[ \u3000]*)(.*)$"
)
_CLOSES = re.compile(
    r"本[\u4e00-\u9fff]{1,6}(?:由.{1,40}负责解释|自.{1,40}(?:施行|实施|执行|生效|有效))|附[ \u3000]*件?[ \u3000]*[:：]|[（(]此件|抄[ \u3000]*送[:：]"
)
_SIGNER = re.compile(r".{2,40}(?:政府|办公室|办公厅|委员会|厅|局|院|部|室|组)$")


class Outline:
    """One pass over the lines of a document."""

    def __init__(self, text: str, pages: Sequence[Page] = ()) -> None:
        """pages: of the document, by which what its pictures say is known."""
        self.text, self.lines, self.parts = text, read_lines(text), list[Part]()
        self.pictured = in_pictures(self.lines, pages)
        self.around: tuple[list[Level], dict[str, int], int] | None = None  # what was open before a picture
        self.width = wrap_width(self.lines)
        self.blocks = find_blocks(text, self.lines)
        self.in_table = frozenset(i for b in self.blocks for i in range(b.first, b.last + 1))
        self.segments: Segments = segment(self.lines, self.in_table)
        self.stack: list[Level] = []
        self.last: dict[str, int] = {}
        self.rank = {k: float(v) for k, v in RANK.items()} | {"款": RANK["article"] + 0.7}
        self.annex_list = self._annex_list()

    # -- lines -----------------------------------------------------------------------------------------------------

    def broken(self, i: int) -> bool:
        """Whether line i goes on in line i + 1: a page of fixed width broke it within a sentence."""
        line = self.lines[i]
        return bool(self.width and not line.blank and not line.finished and len(line.body) >= 0.8 * self.width)

    def paragraph(self, i: int) -> str:
        """The paragraph that begins with line i, line breaks of the page joined."""
        words = [self.lines[i].body]
        while (
            self.broken(i) and i + 1 < len(self.lines) and not self.lines[i + 1].blank and not read_mark(self.lines[i + 1].body)
        ):
            i += 1
            words.append(self.lines[i].body)
        return "".join(words)

    def _annex_list(self) -> frozenset[int]:
        """Lines of a list `附件：1.… 2.…`, which announces annexes and opens none."""
        found: set[int] = set()
        for i, line in enumerate(self.lines):
            head = re.match(r"附[ \u3000]*件?[ \u3000]*[:：][ \u3000]*(\S.*)", line.body)
            if not head:
                continue
            mark = read_mark(head[1])
            if not mark and not self._announces(i, head[1]):
                continue
            found.add(i)
            number, j = mark.number if mark else 0, i + 1
            while j < len(self.lines) and mark:
                if not self.lines[j].blank:
                    following = read_mark(self.lines[j].body)
                    if not following or following.number != number + 1:
                        break
                    found.add(j)
                    number += 1
                j += 1
        return frozenset(found)

    def _announces(self, i: int, title: str) -> bool:
        """Whether `附件：…` at line i names an annex that follows later, or closes a signed text."""
        bare = re.sub(r"\s", "", title)
        if any(re.sub(r"\s", "", x.body) == bare for x in self.lines[i + 1 :]):
            return True
        after = [x.body for x in self.lines[i + 1 : i + 8] if not x.blank]
        return not after or any(DATE_LINE.match(x) for x in after[:3])

    # -- marks -----------------------------------------------------------------------------------------------------

    def _order(self, marks: dict[int, Mark]) -> None:
        """Where `一、` sections hold articles that number on across them, articles stand below them."""
        articles = [i for i, m in marks.items() if m.style == "article"]
        sections = [i for i, m in marks.items() if m.style == "cn" and m.number <= 2]
        if (
            articles
            and any(i < articles[0] for i in sections)
            and any(articles[0] < i < articles[-1] and marks[i].number == 2 for i in sections)
        ):
            self.rank |= {"article": self.rank["cn"] + 0.5, "款": self.rank["cn"] + 0.7}

    def _above(self, style: str) -> list[Level]:
        kept = []
        for level in self.stack:
            if level.style != "annex" and self.rank[level.style] >= self.rank[style]:
                break
            kept.append(level)
        return kept

    def _parents(self, mark: Mark, i: int) -> list[Level] | None:
        """The levels above a part that opens here, or None where the mark is part of the text."""
        at = next((n for n, level in enumerate(self.stack) if level.style == mark.style), None)
        follows = at is not None and mark.number == self.stack[at].number + 1
        runs_on = at is None and mark.number > 1 and self.last.get(mark.style) == mark.number - 1
        inside = i > 0 and not self.lines[i - 1].blank and self.broken(i - 1)
        unfinished = i > 0 and not self.lines[i - 1].blank and not self.lines[i - 1].finished
        if mark.reference and (mark.style == "article" or unfinished or not follows):
            return None
        if inside and not (follows and mark.style in STRONG):
            return None
        if follows and at is not None:
            return self.stack[:at]
        if mark.number == 1 or runs_on:
            return self._above(mark.style)
        if mark.style in STRONG:
            ahead = at is None or self.stack[at].number <= mark.number <= self.stack[at].number + 20
            return self._above(mark.style) if ahead and mark.number > 0 else None
        skipped = at is not None and mark.number == self.stack[at].number + 2
        return self._above(mark.style) if skipped else None

    def _open(self, i: int, mark: Mark, parents: list[Level]) -> None:
        below_article = any(x.style == "article" for x in parents)
        heading = "" if below_article else read_heading(mark, self.paragraph(i))
        level = Level(mark.style, mark.number, mark.label, mark.shown, heading)
        self.stack = [*parents, level]
        for style in [s for s in self.last if self.rank[s] > self.rank[mark.style] and mark.style in ("book", "chapter")]:
            if style != "article":
                del self.last[style]
        self.last[mark.style] = mark.number
        self.parts.append(Part(i, self.lines[i].lead, list(self.stack), _KIND.get(mark.style, "item")))

    def _new_paragraph(self, i: int) -> None:
        """A paragraph after the items of an article is a further 款 of the article, no part of its last item."""
        at = next((n for n, x in enumerate(self.stack) if x.style == "article"), None)
        above = next((j for j in range(i - 1, -1, -1) if not self.lines[j].blank), None)
        if (
            at is None
            or above is None
            or self.stack[-1].style not in ("cn_paren", "款")
            or self.lines[i].lead == self.lines[i].end
        ):
            return
        if self.lines[above].body[-1:] != "。" or self.broken(above) or self.lines[i].blank or WEB_TAIL.match(self.lines[i].body):
            return
        number = self.stack[-1].number + 1 if self.stack[-1].style == "款" else self._own_paragraphs(self.stack[: at + 1]) + 1
        level = Level("款", number, f"[第{number}款]", f"第{numeral(number)}款", "")
        self.stack = [*self.stack[: at + 1], level]
        self.parts.append(Part(i, self.lines[i].lead, list(self.stack), "paragraph"))

    def _own_paragraphs(self, levels: list[Level]) -> int:
        """How many paragraphs the article that was opened last has before its items."""
        at = next(n for n in range(len(self.parts) - 1, -1, -1) if self.parts[n].levels == levels)
        return sum(not x.blank for x in self.lines[self.parts[at].line : self.parts[at + 1].line])

    def _annex(self, i: int, first: bool) -> bool:
        """Open an annex if line i is the head of one."""
        line = self.lines[i]
        m = _ANNEX.match(line.body)
        if not m or len(line.body) > 60 or line.body[-1:] in "。；;，" or i in self.annex_list:
            return False
        if re.match(r"[、和及至所中的]|规定", m[3]) or (not m[2] and (first or (m[3] and not re.search(r"[:：]", line.body)))):
            return False
        title = m[3].strip() or self._annex_title(i)
        label = "附" + m[1] + (m[2] or "")
        self.stack = [Level("annex", 0, label, label, re.sub(r"\s+", "", title))]
        self.last = {}
        self.parts.append(Part(i, line.lead, list(self.stack), "annex"))
        return True

    def _annex_title(self, i: int) -> str:
        """The title below `附件1`, over up to three lines."""
        words: list[str] = []
        for j in range(i + 1, min(i + 8, len(self.lines))):
            line = self.lines[j]
            if line.blank and not words:
                continue
            if (
                line.blank
                or j in self.in_table
                or line.finished
                or read_mark(line.body)
                or len(words) == 3
                or UNIT_LINE.match(line.body)
            ):
                break
            words.append(line.body)
        return "".join(words)

    # -- the pass --------------------------------------------------------------------------------------------------

    def run(self) -> list[Part]:
        """All parts in order, with their ends."""
        skip = self.in_table | self.segments.contents | self.annex_list
        marks = {
            i: m for i in range(self.segments.outside, len(self.lines)) if i not in skip and (m := read_mark(self.lines[i].body))
        }
        self._order(marks)
        if self.segments.title > self.segments.outside:
            self._scan(self.segments.outside, self.segments.title, marks, [Level("annex", 0, NOTICE, "", "")])
        self._scan(self.segments.title, len(self.lines), marks, [])
        self._close()
        return self.parts

    def _scan(self, begin: int, end: int, marks: dict[int, Mark], root: list[Level]) -> None:
        """Front, then numbered parts and annexes, from line `begin` up to `end`."""
        named = root or [Level("annex", 0, FRONT, "", "")]
        self.stack, self.last, self.around, opened = list(root), {}, None, len(self.parts)
        first = next((i for i in range(begin, end) if not self.lines[i].blank), end)
        if first == end:
            return
        self.parts.append(Part(first, self.lines[first].lead, list(named), "front"))
        for i in range(first, end):
            self._past_pictures(i)
            if i in self.in_table or i in self.segments.contents:
                continue
            if not root and self._annex(i, len(self.parts) == opened + 1):
                continue
            if (mark := marks.get(i)) and (parents := self._parents(mark, i)) is not None:
                self._open(i, mark, parents)
            elif not mark:
                self._new_paragraph(i)
        if self.parts[opened].start == (self.parts[opened + 1].start if len(self.parts) > opened + 1 else -1):
            del self.parts[opened]

    def _past_pictures(self, i: int) -> None:
        """What a picture says opens parts of its own; after it the text goes on in the part in which the picture stands."""
        if i in self.pictured:
            self.around = self.around or (self.stack, dict(self.last), len(self.parts) - 1)
        elif self.around and not self.lines[i].blank:
            self.stack, self.last, at = self.around
            self.around = None
            if len(self.parts) > at + 1:
                self.parts.append(Part(i, self.lines[i].lead, list(self.parts[at].levels), self.parts[at].kind))

    def _close(self) -> None:
        """Split off what closes the body, and give every part its end."""
        last_line, tables = len(self.lines), [self.lines[b.last].end for b in self.blocks]
        while (
            last_line
            and last_line - 1 not in self.in_table
            and (self.lines[last_line - 1].blank or WEB_TAIL.match(self.lines[last_line - 1].body))
        ):
            last_line -= 1
        stop = self.lines[last_line - 1].end if last_line else 0
        bodies = [n for n, p in enumerate(self.parts) if p.kind not in ("front", "annex") and p.levels[0].style != "annex"]
        if bodies:
            n = bodies[-1]
            until = self.parts[n + 1].line if n + 1 < len(self.parts) else last_line
            closing = next((i for i in range(self.parts[n].line + 1, until) if self._closes(i, until)), None)
            if closing is not None:
                part = Part(closing, self.lines[closing].lead, [Level("annex", 0, CLOSING, "", "")], "closing")
                self.parts.insert(n + 1, part)
        for part, after in zip_longest(self.parts, self.parts[1:]):
            end = min(after.start if after else stop, max(stop, part.start))
            part.end = trim(self.text, part.start, end, max((t for t in tables if t <= end), default=0))
        title = self.segments.title
        for part in self.parts:
            if part.levels[0].label == NOTICE and title < len(self.lines):
                part.end = min(part.end, trim(self.text, part.start, self.lines[title].start))

    def _closes(self, i: int, until: int) -> bool:
        line = self.lines[i]
        if i in self.in_table or line.blank:
            return False
        if _CLOSES.match(line.body) or i in self.annex_list or ANNEX_WORD.match(line.body):
            return True
        after = next((x for x in self.lines[i + 1 : until] if not x.blank), None)
        return bool(len(line.body) <= 40 and _SIGNER.match(line.body) and after and DATE_LINE.match(after.body))
