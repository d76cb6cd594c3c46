"""What comes before the first number: web-page text, the notice that issues a plan, the title block; and contents pages."""

import re
from dataclasses import dataclass

from corpus.layout import Line
from corpus.markers import read_mark

_WORDS = (
    "方案|通知|意见|办法|规定|条例|规划|计划|细则|决定|决议|公告|通告|要点|措施|清单|分工表?|报告|行动|纲要|标准|政策|"
    "预案|规则|章程|批复|函|准则|制度|指南|指引|规程|目录|任务表|一览表|若干措施|实施"
)
_SUFFIX = r"(?:[ \u3000]*[（(〔\[【][^（()）]{1,24}[）)〕\]】])*"
TITLE = re.compile(rf"[^。！？；]{{0,80}}(?:{_WORDS}){_SUFFIX}$")
NUMBER_LINE = re.compile(
    r"[\[（(【]?[\u4e00-\u9fff]{1,10}[〔\[（(【]?(?:19|20)\d{2}[〕\]）)】]?[ \u3000]*第?\d{1,5}号[\]）)】]?$"
)
ADDRESSEE = re.compile(r"(?:各|有关|省|市|县|区|国务院|全).{1,200}[:：]$")
DATE_LINE = re.compile(
    r"[（(]?(?:\d{4}|[零〇○一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?[）)]?$"
)
ANNEX_WORD = re.compile(r"附[ \u3000]*[件表录]?[ \u3000]*[:：]?$")
_FULL_TEXT = re.compile(r"(?:以下[为是])?.{0,8}(?:全文|原文)(?:内容)?(?:如下|为)?[:：]?$")
_NEWS = re.compile(r"近日|日前|记者|获悉|小编|讯[:：]|[印发]发了|消息[:，]|指出，|明确，|要求，|提出，")
_META = re.compile(
    r"(?:索[ \u3000]*引[ \u3000]*号|发文(?:机关|字号|单位)|发布(?:机构|日期|时间|单位)|成文日期|信息来源|来[ \u3000]*源|主题(?:分类|词)|"
    r"浏览(?:次数|量)|点击(?:数|量)?|责任编辑|作者|字体|字号|有效性|文件编号|公开(?:方式|日期))[ \u3000]*[:：]"
)
_ISSUES = re.compile(
    r"现将|(?:现)?(?:予以)?(?:印发|下发|转发|公布)(?:给)?你们|予以(?:印发|公布|发布)|现(?:予|印)(?:印)?发|同意.{0,40}印发|(?:贯彻|遵照)执行|抓好(?:贯彻)?落实"
)
WEB_TAIL = re.compile(
    r"(?:原文(?:地址|链接)|来源|信息来源|责任编辑|编辑|上一篇|下一篇|扫一扫|分享到|打印本页|关闭窗口|相关(?:链接|阅读))[ \u3000]*[:：|【\[]|(?:扫一扫|上一篇|下一篇)"
)


@dataclass(frozen=True, slots=True)
class Segments:
    """Line numbers, half open: [0, outside) is no part of the document, [outside, title) the notice (may be empty),
    [title, …) the title block and what follows. `contents`: lines of a table of contents, which open nothing.
    """

    outside: int
    title: int
    contents: frozenset[int]


def is_title(line: Line) -> bool:
    """A line that reads as (the end of) a document's title."""
    return 4 <= len(line.body) <= 70 and bool(TITLE.match(line.body)) and not read_mark(line.body) and not _META.match(line.body)


def _is_opening(line: Line) -> bool:
    return is_title(line) or bool(NUMBER_LINE.match(line.body) or ADDRESSEE.match(line.body))


def _is_paragraph(line: Line) -> bool:
    return (len(line.body) >= 60 and line.finished) or (len(line.body) >= 30 and line.body[-1:] in "。！")


def _first_number(lines: list[Line], begin: int, skip: frozenset[int]) -> int:
    """The first line from `begin` that opens a numbered part of a strong style with number one; len(lines) if none."""
    for i in range(begin, len(lines)):
        if i not in skip and (mark := read_mark(lines[i].body)) and mark.number == 1 and not mark.reference:
            return i
    return len(lines)


def _contents(lines: list[Line]) -> frozenset[int]:
    """A page 目录: from the line after the word up to where its first entry comes again as a heading."""
    bare = [re.sub(r"[\s\u3000.…·]+|\d+$", "", re.sub(r"[.…·\s]*\d*$", "", x.body)) for x in lines[:400]]
    for i, word in enumerate(bare):
        if word != "目录" or len(lines[i].body) > 8:
            continue
        entries = [j for j in range(i + 1, len(bare)) if bare[j]]
        again = next((j for j in entries[1:] if bare[j] == bare[entries[0]]), None) if entries else None
        if again is not None:
            return frozenset(range(i, again))
    return frozenset(
        i for i, x in enumerate(lines[:400]) if read_mark(x.body) and re.search(r"(?:[.…·]{3,}|\t)[ ]*\d{1,3}$", x.body)
    )


def _outside(lines: list[Line], limit: int) -> int:
    """How many lines stand before the document itself: a web page's headline, news text and data lines."""
    near = [i for i in range(min(limit, 120)) if not lines[i].blank]
    for i in near:
        if len(lines[i].body) <= 16 and _FULL_TEXT.match(lines[i].body):
            return i + 1
    openings = [i for i in near if _is_opening(lines[i])]
    paragraphs = [i for i in near if _is_paragraph(lines[i]) and not _ISSUES.search(lines[i].body)]
    first_title = openings[0] if openings else limit
    news = [
        i
        for i in paragraphs
        if i < first_title or (_NEWS.search(lines[i].body[:80]) and not lines[i].body.startswith(("为", "根据")))
    ]
    later = [i for i in openings if news and i > news[-1]]
    if later:
        return later[0]
    meta = [i for i in near if i < first_title and _META.match(lines[i].body)]
    return meta[-1] + 1 if meta and openings else 0


def _title_start(lines: list[Line], end: int, least: int) -> int:
    """The first line of the title whose last line is `end`: short lines right above it without a full stop."""
    start = end
    while start > least:
        above = lines[start - 1]
        if above.blank or above.finished or len(above.body) > 45 or DATE_LINE.match(above.body) or ANNEX_WORD.match(above.body):
            break
        if NUMBER_LINE.match(above.body) or re.search(r"(?:政府|办公室|委员会|厅|局)$", above.body):
            break
        start -= 1
    return start


def _issued_title(lines: list[Line], begin: int, skip: frozenset[int]) -> int:
    """Where the title of the plan begins that a notice from line `begin` issues; `begin` if there is no such notice."""
    issues = next((i for i in range(begin, min(len(lines), begin + 60)) if _ISSUES.search(lines[i].body)), None)
    if issues is None or any(_first_number(lines, begin, skip) <= i < issues for i in range(begin, issues)):
        return begin
    signed = issues
    for i in range(issues + 1, min(len(lines), issues + 120)):
        if DATE_LINE.match(lines[i].body):
            signed = i
        elif (
            i - signed <= 20
            and is_title(lines[i])
            and i not in skip
            and not lines[i].body.startswith(("附件：", "附件:", "附："))
        ):
            ahead = any(not x.blank for x in lines[i + 1 : i + 40])
            if ahead and (signed > issues or _first_number(lines, issues, skip) > i):
                return _title_start(lines, i, issues + 1)
    return begin


def segment(lines: list[Line], skip: frozenset[int]) -> Segments:
    """Find what precedes the document and where its title stands. `skip`: lines that belong to tables."""
    contents = _contents(lines)
    passed = skip | contents
    outside = _outside(lines, _first_number(lines, 0, passed))
    return Segments(outside, _issued_title(lines, outside, passed), contents)
