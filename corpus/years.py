"""The years a sentence speaks of: `到2025年底前`, `“十四五”时期`, `2023—2025年`; and the years it only compares with."""

import re
from dataclasses import dataclass

_PERIOD = {c: 2005 + 5 * i for i, c in enumerate("零一二三四五六七")}  # 十三五 ends with 2020
_SPAN = r"20\d\d年?(?:[—–～~-]{1,2}|至|到)(?P<span>20\d\d)年"
_YEAR = r"(?P<year>20\d\d)年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:年?[底末]|上半年|下半年)?(?:之前|以前|前)?"
_PLAN = r"[“\"]?十(?P<plan>[一二三四五六七])五[”\"]?(?:规划)?(?:时期|期间|末期|期末|末|规划期|五年)"
_SOFT = r"(?P<soft>今年|明年|本年度|全年|每年|每年度|(?:未来|今后)?[一二三四五两]年内|(?:未来|今后)[一二三四五两]年)"
# `比2020年下降`, `自2023年起`, `以2020年为基期`: no time of the goal
_AGAINST = r"(?<![比较与从自以于同〔\d])(?<!相比)(?<!截至)(?<!截止)(?<!截止到)"
_FRAME = re.compile(
    rf"{_AGAINST}(?P<to>到|至|在|力争到|确保到)?(?:{_SPAN}|{_YEAR}|{_PLAN}|{_SOFT})"
    r"(?!的?(?:基础上|水平|相比|以来|实际|为基|同期|建成的|第?\d))"
)
_BASE = re.compile(
    r"(?:比|较|同|与|相比|在|以)[“\"]?(?:(?P<year>20\d\d)年?|(?P<plan>十[一二三四五六七]五)[”\"]?|上年|去年|上一?年度?|基期|前[一三五]年)"
    r"(?:同期|[底末初])?(?:平均)?(?:水平)?(?:的?基础上|为基[期数准]|相比)?[，,]?$"
)
TIME_LEAD = re.compile(
    r"(?:到|至|在|力争到|确保到)?(?:(?:20\d\d年?[—–～~至到-]{1,2})?20\d\d年(?!的?基础上|水平|同期)(?:年?[底末])?|"
    r"[“\"]?十[一二三四五六七]五[”\"]?(?:规划)?(?:时期|期间|期末|末期|末)|"
    r"今年|明年|全年|每年|年内|(?:未来|今后)[一二三四五两]年|[一二三四五两]年内)(?:之前|以前|前)?[，,]?"
)
_NUMBERED = re.compile(r"〔(20\d\d)〕|\[(20\d\d)\]")
_DATED = re.compile(r"^[ \t\u3000（(]*(20\d\d)年\d{1,2}月\d{1,2}日", re.M)
EARLIEST = 2010  # `改造2000年以前的小区` says how old, not by when


@dataclass(frozen=True, slots=True)
class Frame:
    """A time of goals. `year` is its last year, None for `今年` or `每年`; `sure` where the words say by when."""

    year: int | None
    sure: bool
    start: int
    end: int


def find_frames(text: str) -> list[Frame]:
    """The frames of a text, in order."""
    frames = map(_frame, _FRAME.finditer(text))
    return [f for f in frames if not f.year or f.year >= EARLIEST]


def _frame(m: re.Match[str]) -> Frame:
    if m["plan"]:
        return Frame(_PERIOD[m["plan"]], True, m.start(), m.end())
    year = m["span"] or m["year"]
    sure = bool(m["span"] or (year and (m["to"] in ("到", "至", "力争到", "确保到") or m[0][-1] in "前底末")))
    return Frame(int(year) if year else None, sure, m.start(), m.end())


def cut_baseline(text: str) -> tuple[str, int | None]:
    """Take a comparison off the end of the text: `…能源消耗比2020年` → (`…能源消耗`, 2020); unchanged if none."""
    m = _BASE.search(text, max(0, len(text) - 24))
    if not m:
        return text, None
    return text[: m.start()], int(m["year"]) if m["year"] else None


def document_year(text: str) -> int | None:
    """The least year the document can be of: the latest in its document numbers and dates on lines of their own."""
    years = [int(a or b) for a, b in _NUMBERED.findall(text)] + [int(y) for y in _DATED.findall(text)]
    return max(years, default=None)


def plan_year(text: str) -> int | None:
    """The last year of the five-year plan a heading names (`“十四五”各县区…目标` → 2025)."""
    m = re.search(r"十([一二三四五六七])五", text)
    return _PERIOD[m[1]] if m else None
