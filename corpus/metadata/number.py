"""文号: the document's own number (党政机关公文格式, GB/T 9704—2012, 7.2.5)."""

import re

from corpus.metadata.dates import WRITTEN, iso
from corpus.metadata.front import Front, is_adoption, is_sentence

_OPEN, _CLOSE = r"[〔\[（(【［﹝〈]", r"[〕\]）)】］﹞〉]"
_YEAR = r"(?:19|20)\d{2}"
_ISSUE = rf"{_OPEN}\s?{_YEAR}\s?{_CLOSE}\s?第?\s?\d{{1,5}}\s?号"
_WITH_ORGAN = rf"[\u4e00-\u9fffA-Za-z]{{1,14}}\s?{_ISSUE}"
_YEARLY = rf"{_YEAR}\s?年\s?第\s?\d{{1,5}}\s?号"
_SERIAL = r"第\s?[\d一二三四五六七八九十百零〇]{1,6}\s?号"
_ORDER = rf"[^\s，。；、：（）()《》日]{{2,30}}(?:令|公告|通告)\s?{_SERIAL}"
_ANY = rf"{_ORDER}|{_WITH_ORGAN}|{_ISSUE}|{_YEARLY}|{_SERIAL}"
NUMBER_ONLY = re.compile(rf"[（(\[【〔]?\s?(?:(?:发文字号|文号|公告)[：:]?\s?)?(?P<number>{_ANY})\s?[）)\]】〕]?(?:\s?签发人.*)?")
_BEHIND_HEAD = re.compile(rf"^[\u4e00-\u9fff]{{2,30}}文件\s?(?P<number>{_WITH_ORGAN})")
_BEHIND_TITLE = re.compile(rf"(?:\s?[（(\[【]\s?|\s)(?P<number>{_WITH_ORGAN}|{_YEARLY})\s?[）)\]】]?$")
_PROMULGATED = re.compile(rf"(?P<number>(?:[^\s，。；：（）()《》日]{{1,20}}、)?{_ORDER})\s?(?:修订|重新)?(?:公布|发布|颁布)")
_ORDER_HEAD = re.compile(r"^[\u4e00-\u9fff、 ]{2,60}(?:令|公告|通告)$")
_LABELS = ("发文字号", "文号", "文件编号", "发文号", "公文文号", "文件字号", "发布文号")


def read_number(front: Front) -> str | None:
    """The number as written, None if the front shows none. Numbers of cited documents stand in sentences and are none.

    Of a law: the order that promulgated or last wholly revised it (`公安部令第127号`).
    """
    for label in _LABELS:
        if (value := front.labels.get(label)) and (match := re.search(_ANY, value)):
            return match[0]
    previous = ""
    for line in front.lines:
        if number := _number_of_line(line, previous):
            return number
        previous = line
    return _promulgated(front)


def strip_number(title: str) -> str:
    """The title without a number in parentheses behind it."""
    return _BEHIND_TITLE.sub("", title)


def _number_of_line(line: str, previous: str) -> str | None:
    if len(line) > 200 or is_sentence(line):
        return None
    if match := NUMBER_ONLY.fullmatch(line):
        if re.fullmatch(_SERIAL, match["number"]):  # of an order or announcement whose name is the line above
            return f"{previous}{match['number']}" if _ORDER_HEAD.match(previous) else None
        return match["number"]
    match = _BEHIND_HEAD.match(line)
    if not match and "》" not in line[-60:]:
        match = _BEHIND_TITLE.search(line)
    return match["number"] if match else None


def _promulgated(front: Front) -> str | None:
    """The order of the newest promulgation among the lines on adoption."""
    dated: list[tuple[str, str]] = []
    for line in front.lines:
        if is_adoption(line) and (match := _PROMULGATED.search(re.sub("《[^》]*》", "", line))):
            day = WRITTEN.search(line)
            dated.append(((iso(day) if day else None) or "", match["number"]))
    return max(dated)[1] if dated else None
