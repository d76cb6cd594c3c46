"""Tells commitments from reports of what has been: headings, lead-ins, years and the words before a figure."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.target_prose import Figure
from corpus.types import Clause
from corpus.years import Frame, document_year, find_frames

_HISTORY_HEADING = re.compile(
    r"回顾|总结|现状|(?:发展|工作|现实|产业)基础|基础条件|基本情况|取得的?(?:主要)?(?:成效|成就|成绩)|主要(?:成效|成就)|发展成[就效]|面临|形势|"
    r"编制背景|发展环境|存在的?(?:主要)?(?:问题|困难)|机遇|挑战|起草说明|编制过程"
)
_GOAL_HEADING = re.compile(r"目标|指标")
_PAST = re.compile(
    r"已(?!建|有)|已建成|已有|截[至止]|目前|现有|(?<![比较同])(?:去年|上年)|以来|过去|(?:一|五|三)年来|回顾|"
    r"(?:增长|下降|降低|提高|提升|增加|减少|实现|完成|建成|达到|新增|创建|培育|改造|淘汰|引进|获得|荣获|遴选)了|"
    r"累计(?=完成|建成|实现|投入|改造|淘汰|新增|发放|达|下降|创建|培育|争取|为)|实际(?:完成|达到)|居全[国省]|(?:全[国省]|排名)第|高于全[国省]|获评|荣获"
)
_COMPARED = re.compile("同比")  # of a result, unless words of intent stand before it: 预期目标是：……同比增长8%左右
_INTENT = re.compile(
    r"力争|争取|确保|目标|预期|不低于|不少于|不高于|不超过|原则上|计划|拟|将(?!原|高)|要(?!求|点|素)|应当|必须|有望"
)
_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇\d]+条(?:之[一二三四五六七八九十])?")
_REPORT = re.compile(r"各位代表|政府工作报告")
_LEAD_IN = re.compile(r"[：:]\s*$")


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a clause: the year its headings or the lead-in above it give, and what they say of its tense.

    goal: a section of goals.  history: a section on what has been.  strict: a report, where a figure without words of
    intent is past.  law: an article of a law, whose figures are norms unless it says by when.
    now: the least year the document can be of.
    """

    year: int | None
    goal: bool
    history: bool
    strict: bool
    law: bool
    now: int | None


def read_settings(text: str, clauses: Sequence[Clause]) -> list[Setting]:
    """The setting of every clause, in order. A clause that ends with `：` gives its year to the clauses below it."""
    strict = bool(_REPORT.search(text))
    headed = [f.year for c in clauses for h in c.headings for f in find_frames(h + " ") if strict and f.year]
    now = max([*headed, document_year(text) or 0]) or None
    lead_ins: dict[tuple[str, ...], int | None] = {}
    settings = []
    for clause in clauses:
        settings.append(_setting(clause, lead_ins, now, strict))
        if _LEAD_IN.search(clause.text, max(0, len(clause.text) - 8)):
            frames = find_frames(clause.text[-200:])
            lead_ins[clause.path] = frames[-1].year if frames else None
    return settings


def _setting(clause: Clause, lead_ins: dict[tuple[str, ...], int | None], now: int | None, strict: bool) -> Setting:
    above = [clause.path[:i] for i in range(len(clause.path) - 1, 0, -1) if clause.path[:i] in lead_ins]
    years = [f.year for h in clause.headings for f in find_frames(h + " ") if f.year]
    year = years[-1] if years else lead_ins[above[0]] if above else None
    headings = "\n".join(clause.headings)
    goal = bool(above and year) or bool(_GOAL_HEADING.search(headings))
    past = bool(_HISTORY_HEADING.search(headings)) or bool(strict and year and now and year < now)
    return Setting(year, goal, past, strict, any(map(_ARTICLE.fullmatch, clause.path)), now)


class Tense:
    """The words of a clause that speak of the past or of what is to come, found once."""

    def __init__(self, text: str, setting: Setting) -> None:
        self.setting, self.frames = setting, find_frames(text)
        self._starts = [f.start for f in self.frames]
        self._past = [m.start() for m in _PAST.finditer(text)]
        self._compared = [m.start() for m in _COMPARED.finditer(text)]
        self._intent = [m.start() for m in _INTENT.finditer(text)]

    def frame(self, begin: int, end: int) -> Frame | None:
        """The last year or period named in [begin, end)."""
        i = bisect_left(self._starts, end) - 1
        return self.frames[i] if i >= 0 and self._starts[i] >= begin else None

    def is_goal(self, figure: Figure, frame: Frame | None, begin: int) -> bool:
        """Whether a figure of the sentence from `begin` is a commitment.

        The nearest words before it decide; where there are none, the clause and the form of the statement.
        """
        s = self.setting
        if frame and frame.year and s.now and frame.year < s.now:
            return False
        past, intent = (_nearest(x, begin, figure.quantity.end) for x in (self._past, self._intent))
        by_when = frame.start if frame and frame.sure else -1
        if intent < 0 and by_when < 0:
            past = max(past, _nearest(self._compared, begin, figure.quantity.end))
        if past > max(intent, by_when):
            return False
        coming = bool(frame and frame.year and s.now and frame.year >= s.now)
        if s.history:
            return coming and by_when >= 0
        if s.law:
            return by_when >= 0
        if intent >= 0 or by_when >= 0 or coming:
            return True
        if s.strict:
            return s.year is not None and s.year == s.now
        return s.goal or figure.form in ("built", "share") or figure.change == "level" or figure.bound != "="


def _nearest(starts: list[int], begin: int, end: int) -> int:
    """The greatest start in [begin, end), -1 if none."""
    i = bisect_left(starts, end) - 1
    return starts[i] if i >= 0 and starts[i] >= begin else -1
