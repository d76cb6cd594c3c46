"""Until when a document is valid, worked out from what it says: `有效期3年`, `有效期至2025年12月31日`."""

import datetime
import re

from corpus.markers import number_of
from corpus.types import Facts

_DAY = r"(20\d\d)年(?:(\d{1,2})月(?:(\d{1,2})日)?)?"
_UNTIL = re.compile(rf"(?:有效期|执行期|施行期|试行期).{{0,4}}?(?:至|到|截至|截止到?)\s*{_DAY}|(?:施行|执行|实施)至\s*{_DAY}")
_YEARS = re.compile(r"(?:有效期|试行期?|执行期|暂行期).{0,3}?(\d{1,2}|[一二两三四五六七八九十]{1,2})\s*年")
_FROM = re.compile(rf"自\s*{_DAY}\s*起")
_LATER = re.compile(r"(?:发布|公布|印发)之日起\s*(\d{1,3})\s*(?:日|天)后")


def _last_day(year: int, month: int | None, day: int | None) -> datetime.date:
    """The last day of what is named: a year, a month or a day."""
    if month and day:
        return datetime.date(year, month, day)
    first_of_next = datetime.date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1)
    return first_of_next - datetime.timedelta(days=1)


def _start(facts: Facts) -> datetime.date | None:
    """The day a document takes effect: as it says, else its date (plus `30日后`)."""
    valid = facts.valid or ""
    if m := _FROM.search(valid):
        return datetime.date(int(m[1]), int(m[2] or 1), int(m[3] or 1))
    if not facts.date or len(facts.date) < 10:
        return None
    later = _LATER.search(valid)
    return datetime.date.fromisoformat(facts.date) + datetime.timedelta(days=int(later[1]) if later else 0)


def expires(facts: Facts) -> datetime.date | None:
    """The last day of validity, None where the document does not say or its beginning is unknown."""
    valid = facts.valid or ""
    try:
        if m := _UNTIL.search(valid):
            year, month, day = (m[1], m[2], m[3]) if m[1] else (m[4], m[5], m[6])
            return _last_day(int(year), int(month) if month else None, int(day) if day else None)
        years, start = _YEARS.search(valid), _start(facts)
        if years and start:
            end = start.replace(year=start.year + number_of(years[1]), day=min(start.day, 28) if start.month == 2 else start.day)
            return end - datetime.timedelta(days=1)
    except ValueError:  # a day no calendar has
        return None
    return None


def has_expired(facts: Facts, today: datetime.date) -> bool:
    """Whether the document's own validity is over. False where it says nothing of it."""
    end = expires(facts)
    return end is not None and end < today
