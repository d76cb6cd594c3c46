"""Statements on labelled lines: `牵头单位：…` and `责任单位：…` below an item, broken by pages or listed one name a line."""

import re

from corpus.brackets import balanced
from corpus.breaks import GAP, flatten
from corpus.labels import LABELLED, atoms, label_at, when
from corpus.parties import PartyReader
from corpus.statement import LONGEST, Statement, interpret, starts, without
from corpus.units import UnitReader

_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十百]+[章节条]|[（(]?[一二三四五六七八九十]+[）)、.．]|[（(]?\d{1,3}[）).．、](?!\d)|[①-⑳]|附件)"
)
_BROKEN_ETC = re.compile(r"(?<![高中初同平])等(?![^、，]*(?:部门|单位|负责|配合|参与|牵头|落实)$)[^、，]{1,8}$")
_END = r"(?:[、，,；;。]|\s*$)"
_CARRIES_ON = re.compile(
    rf"[、，,：:]|(?:人民政府|政府|管委会|管理委员会|办事处|办公室)(?:{_END}|[等按牵负配参协落])|等(?:[，。；按有部单负]|$)|[（(〔](?:[市县区镇乡街道园旗州、，,]+|[^（()）〕]{{1,10}}[局办委部])[）)〕]"
)
# on a line of its own it names an authority, not who does a task
_NOT_ON_A_LINE = re.compile(r"主管(?:部门|单位|机构)|^成员单位")


def labelled_lines(text: str, start: int, end: int, units: UnitReader) -> list[Statement]:
    """The statements on labelled lines in text[start:end], in order; lines that belong together are one statement."""
    found: list[Statement] = []
    done = start
    for at in starts(text, start, end):
        label = label_at(text, at, end) if at >= done else None
        if not label or _NOT_ON_A_LINE.search(label[0]):
            continue
        done = block_end(text, label[1], end, units)
        flat = flatten(text, at, done, units)
        read, assignments, convention = interpret(flat, units)
        if read.labelled and read.parties:
            left = without(read.parties, assignments)
            found.append(Statement(at, done, left, read.deadline, assignments, convention))
    return found


def block_end(text: str, at: int, end: int, units: UnitReader) -> int:
    """Where a group of labelled lines that has its first label before `at` ends, breaks of the page included."""
    start, limit = at, min(end, at + LONGEST)
    while at < limit:
        stop = next((i for i in range(at, limit) if text[i] in "\n。"), limit)
        if stop >= limit:
            at = limit
            break
        after = _skip(text, stop + 1, limit)
        label = label_at(text, after, limit) if after < limit else None
        if label or (text[stop] == "\n" and _goes_on(text[start:stop], text, stop, after, limit, units)):
            at = label[1] if label else after
            continue
        at = stop
        break
    return start + len(text[start:at].rstrip(" \n\t\u3000；;，,")) if text[start:at].strip() else at


def _skip(text: str, at: int, limit: int) -> int:
    """Past spaces, line breaks and page numbers; `at` stands behind a line break or a full stop."""
    m = GAP.match(text, at - (text[at - 1] == "\n"), limit)
    return max(at, m.end()) if m else at


def _first(text: str) -> str:
    """The first piece of a list."""
    return next((a.text.rstrip() for a in atoms(text)), "")


def _goes_on(left: str, text: str, stop: int, after: int, limit: int, units: UnitReader) -> bool:
    """Whether the line after a break carries the list on."""
    left = left.rstrip()
    line = text[after : min(limit, after + 200)].split("\n", 1)[0]
    if after >= limit or _NUMBERED.match(line):
        return False
    if not left or left[-1] in "、，,：:" or not balanced(left) or _CARRIES_ON.match(line):
        return True
    if re.fullmatch(r"\n[^\S\n]*\n\s*", text[stop:after]):
        return False
    token = re.split(r"[：:\n]", next(reversed([a.text for a in atoms(left)]), ""))[-1]
    head = re.split(r"\s{2,}", _first(line))[0]
    ahead = "".join(text[after : min(limit, after + 40)].split())
    further = _first(ahead)
    if _BROKEN_ETC.search(token):
        return True
    word = (token.split() or [""])[-1]  # a label set off by spaces may itself be broken
    if LABELLED.match(word + ahead) and not LABELLED.match(ahead):
        return True
    joined = [re.split(r"等|按|牵头|负责|配合|参与|协助|会同", token + h)[0] for h in (head, further)]
    known = units.departments.known
    rest_of_name = len(head) <= 2  # no body's name is as short
    if any(units.is_body(n) and (rest_of_name or not units.is_body(token)) for n in joined):
        return True
    if any(known(n) and not known(token) for n in joined):
        return True
    if when(token + head) and not when(token):
        return True
    read = PartyReader(units, line.rstrip("。 ")).read()
    return read.sound and len(line) <= 120
