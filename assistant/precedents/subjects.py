"""What a figure, a year or a place is said of, and whether two such subjects are the same thing.

A pair that is none misleads a drafter: two subjects are the same only where what tells indicators apart agrees (化肥 and 农药
before 利用率 do not); where it cannot be told, they are not.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.match import fold
from corpus.target_prose import read_sentence
from corpus.target_sentences import split_sentences
from corpus.target_words import read_predicate, skip_lead
from corpus.types import Change

SHORTEST = 0.4  # of the longer subject, for one that it ends or begins with: 农村生活污水治理(率) and its 行政村覆盖(率)
ALIKE = 0.65  # Dice of the pairs of characters of what is left of two subjects without their common beginning and end
SHARED = 0.5  # of the pairs of characters of the shorter, for what two times or places are said of

_BREAK = re.compile(r"[，,；;。：:！？\n]")
_STATEMENT = 24  # characters behind a figure read for its noun
_FILLERS = re.compile(
    r"全[市省县区州域国]|我[市省县区]|主要|重点|综合|资源化|有效|累计|总体|平均|年均|共|约|达到|以上|以下|左右|以内|力争|"
    r"[、和及与的其中将应当]"
)
_BUILT = re.compile(r"^(?:新增|新建|建成|建设|创建|创成|培育|打造|完成|实现|形成|发展|推广)+(?=..)")
_SAME = (
    (re.compile(r"(?:单位|万元|每万元)(?:gdp|(?:地区|国内)?生产总值)"), "gdp"),
    (re.compile(r"能源消耗"), "能耗"),
    (re.compile(r"规上(?=工业|企业)"), "规模以上"),
    (re.compile(r"二氧化碳排放"), "碳排放"),
    (re.compile(r"(?:总量|总数|数量)"), "量"),
    (re.compile(r"(?:占?比例|占比|比重|率)$"), "率"),
)
_RATE_OF_CHANGE = re.compile(r"(?:(?P<down>下降|降低|减少)|增长|提高|提升|增加)(?:率|幅度?|比例)$")
_OPPOSITE = re.compile(r"[非未不无]$")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a figure measures, as its core, and how: `change` from a level, `yearly` of an annual mean."""

    core: str
    change: Change
    yearly: bool


def measured(text: str) -> dict[int, Measured]:
    """What the figures of a text measure, by where they begin: those whose indicator corpus.targets can tell."""
    figures = (f for parts in split_sentences(text) for f in read_sentence(text, parts))
    return {f.quantity.start: _measured(f.indicator, f.change, yearly=f.indicator.endswith("（年均）")) for f in figures}


def read_around(text: str, start: int, end: int) -> Measured:
    """What the figure text[start:end] measures, by the words beside it in its part of the sentence, else the part before."""
    begin, stop = part_of(text, start, end)
    predicate = read_predicate(text[skip_lead(text, begin, start) : start])
    noun = re.split(r"\d", text[end : min(stop, end + _STATEMENT)])[0] if not predicate.verb else ""
    about = predicate.subject + noun
    return _measured(about if core(about) else part_before(text, begin), predicate.change, yearly=predicate.yearly)


def _measured(about: str, change: Change, *, yearly: bool) -> Measured:
    """能耗下降率达到5% states the change that 能耗下降5% does."""
    if change == "level" and (m := _RATE_OF_CHANGE.search(about)):
        return Measured(core(about[: m.start()]), "down" if m["down"] else "up", yearly)
    return Measured(core(about), change, yearly)


def part_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The extent of the part between commas that holds text[start:end]."""
    before = [m.end() for m in _BREAK.finditer(text, 0, start)]
    after = _BREAK.search(text, end)
    return before[-1] if before else 0, after.start() if after else len(text)


def part_before(text: str, begin: int) -> str:
    """The nearest part before `begin` that has words of its own."""
    parts = (part for part in reversed(_BREAK.split(text[:begin])) if core(re.sub(r"20\d\d年?", "", part)))
    return next(parts, "")


def core(words: str) -> str:
    """A subject without what tells no two apart: numbers, punctuation, 全市, 综合; names of one indicator made one."""
    short = fold(words)
    for pattern, name in _SAME:
        short = pattern.sub(name, short)
    short = re.sub(r"[\W\d_]", "", _FILLERS.sub("", short))
    return short if short.endswith("率") else _BUILT.sub("", short)  # 新建建筑…率 is no rate of 建筑


def alike(ours: str, theirs: str) -> float:
    """How far two cores name one thing, in [0, 1]; 0: not the same. Two empty ones are alike."""
    if ours == theirs:
        return 1.0
    short, long = sorted((ours, theirs), key=len)
    a, b = _between(short, long)
    if not a:  # something is put in, before or after
        return len(short) / len(long) if len(short) >= SHORTEST * len(long) and not _OPPOSITE.search(b) else 0.0
    shared = 2 * len(_pairs(a) & _pairs(b)) / max(len(_pairs(a)) + len(_pairs(b)), 1)
    return shared if shared >= ALIKE else 0.0


def overlap(ours: str, theirs: str) -> float:
    """The share of the shorter core's pairs of characters that the other has; 0 where it is less than SHARED."""
    a, b = _pairs(ours), _pairs(theirs)
    if not (a and b):
        return float(ours == theirs)
    share = len(a & b) / min(len(a), len(b))
    return share if share >= SHARED else 0.0


def _between(short: str, long: str) -> tuple[str, str]:
    """What is left of both without the beginning and the end they have in common."""
    head = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    short, long = short[head:], long[head:]
    tail = next((i for i, (a, b) in enumerate(zip(short[::-1], long[::-1], strict=False)) if a != b), len(short))
    return short[: len(short) - tail], long[: len(long) - tail]


def _pairs(text: str) -> set[str]:
    return set(map("".join, pairwise(text)))
