"""What a person types in place of a fact that was read: checked, and written as facts are."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from corpus.errors import FactError
from corpus.lexicon.regions import load_regions
from corpus.metadata.dates import first_date
from corpus.types import Correction, Fact, Facts

NAMES: Mapping[str, str] = {
    "title": "题目",
    "doc_number": "文号",
    "issuer": "发文机关",
    "region": "地区",
    "date": "日期",
    "draft": "是否征求意见稿",
    "valid": "有效期",
}  # the fields that can be corrected, in their order
LONGEST = 300  # characters
_NUMBERS = re.compile(r"((?:19|20)\d\d)(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?月?)?年?")
_DIGITS = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")  # 20220928


def checked(given: Mapping[str, Fact]) -> dict[str, Fact]:
    """The values as facts are written: dates as ISO, places in full; "" is None. Raises FactError."""
    return {field: _checked(field, value) for field, value in given.items()}


def kept(corrections: Mapping[str, Fact], before: Facts, after: Facts) -> dict[str, Fact]:
    """The corrections of one text that hold for the next version too: those of fields the new text does not say otherwise.

    before, after: as read. A text that is misread as the one before was is corrected as that one was.
    """
    return {
        field: value
        for field, value in corrections.items()
        if (read := getattr(after, field)) is None or read == getattr(before, field)
    }


def overlaid(facts: Facts, corrections: Mapping[str, Fact]) -> Facts:
    """Facts as read, with the corrections in their place."""
    return replace(facts, **corrections)  # type: ignore[arg-type]  # checked by field


def told(read: Facts, corrections: Mapping[str, Fact]) -> tuple[Correction, ...]:
    """Each correction with what was read, in the order of the fields."""
    return tuple(Correction(field, getattr(read, field), corrections[field]) for field in NAMES if field in corrections)


def _checked(field: str, value: Fact) -> Fact:
    if field not in NAMES:
        raise FactError(f"不能更正“{field}”。可以更正的有：{'、'.join(NAMES.values())}。")
    if field == "draft":
        if not isinstance(value, bool):
            raise FactError("“是否征求意见稿”应为是（征求意见稿）或否（正式文件）。")
        return value
    if isinstance(value, bool):
        raise FactError(f"{NAMES[field]}应为文字。")
    text = " ".join((value or "").split())
    if len(text) > LONGEST:
        raise FactError(f"{NAMES[field]}有 {len(text)} 字，超过 {LONGEST} 字的上限，请缩短。")
    if not text.isprintable():
        raise FactError(f"{NAMES[field]}中有看不见的控制字符，请删去后重新填写。")
    if field == "title" and not text:
        raise FactError("题目不能为空。如要恢复读取的题目，请撤销更正。")
    if not text:
        return None
    return {"date": _date, "region": _region}.get(field, str)(text)


def _date(text: str) -> str:
    """`2022年9月28日`, `2022.9`, `20220928`, `二〇二二年九月二十八日` → ISO."""
    if match := _NUMBERS.fullmatch(text) or _DIGITS.fullmatch(text):
        year, month, day = match.groups()
        try:
            whole = date(int(year), int(month or 1), int(day or 1)).isoformat()
        except ValueError:
            raise FactError(f"“{text}”不是日历上有的日期。请写成 2022-09-28、2022-09 或 2022 的样子。") from None
        return whole[: 10 if day else 7 if month else 4]
    found = first_date(text) if len(text) <= 20 else None
    if found is None:
        raise FactError(f"“{text}”不是日期。请写成 2022-09-28、2022-09 或 2022 的样子，也可写 2022年9月28日。")
    return found


def _region(text: str) -> str:
    """A place as its table writes it: 达州 → 达州市. A place no table holds is taken as it is written."""
    rows = load_regions()
    if any(row.name == text for row in rows):
        return text
    named = [row.name for row in rows if row.short == text]
    if len(named) > 1:
        raise FactError(f"“{text}”可指{'、'.join(named)}，请写全称。")
    return named[0] if named else text
