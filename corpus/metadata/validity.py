"""From when and until when a document is in force, in its own words."""

import re

_KINDS = (
    "修正案|安排|法|条例|办法|细则|规定|规则|规程|规范|准则|章程|制度|标准|决定|令|公告|通告|意见|通知|方案|规划|计划|纲要|"
    "预案|目录|清单|措施|政策|解释|批复|指引|导则|要点|文件|基准"
)
_NUMERAL = r"[\d一二三四五六七八九十两]{1,4}"
_FROM = r"自[^。；，,\n]{1,40}?[起后日][^。；，,\n]{0,20}?(?:施行|实施|执行|生效|试行)"
_TERM = (
    rf"(?:有效|试行|执行|实施|施行|暂行|政策)期(?:限|间)?[为是：:]?\s?(?:{_NUMERAL}\s?个?[年月日天]|"
    rf"(?:至|到|截至|自|从|暂定)[^。；，,\n]{{1,40}})止?|试行{_NUMERAL}年"
)
_STATEMENT = re.compile(rf"(?:{_FROM}|{_TERM})(?=[。；，,）)\s]|$)(?:[，,]\s?(?:{_TERM})(?=[。；，,）)\s]|$))*")
_ANCHOR = re.compile(r"施行|实施|执行|生效|试行|有效期|政策期")
_MARK = re.compile(
    r"^[\s*#]*(?:第[一二三四五六七八九十百零〇\d]{1,6}条[\s:：]*|[一二三四五六七八九十]{1,3}、\s*|"
    r"[（(][一二三四五六七八九十\d]{1,3}[）)]\s*|\d{1,2}[.．、]\s*)?"
)
_OWN = re.compile(rf"本[^，。；《\n]{{0,14}}?(?:{_KINDS})")
_STOPS = "。；;\n"
_ENDED = re.compile(r"停止|废止|不再|失效")
REACH = 240  # characters of a sentence looked at on either side


def validity(text: str) -> str | None:
    """The document's last statement on its own force, as written; one that names a term comes first.

    Statements on other things (licences, cited documents) are told by what stands before them. Linear in the text.
    """
    best: str | None = None
    done = 0  # every sentence once, though it may hold several of the words
    for anchor in _ANCHOR.finditer(text):
        if anchor.start() < done:
            continue
        start = max(text.rfind(stop, max(0, anchor.start() - REACH), anchor.start()) for stop in _STOPS) + 1
        start = max(start, anchor.start() - REACH)
        ends = [text.find(stop, anchor.start(), anchor.start() + REACH) for stop in _STOPS]
        done = min((end for end in ends if end >= 0), default=anchor.start() + REACH)
        found = _own_statement(text[start:done])
        if found and (best is None or _names_term(found) or not _names_term(best)):
            best = found
    return best


def _own_statement(sentence: str) -> str | None:
    body = _MARK.sub("", sentence, count=1)
    own = bool(_OWN.match(body)) or "现予" in body
    for match in _STATEMENT.finditer(body):
        before = re.split("[，,）)]", body[: match.start()])[-1].strip()
        subject = bool(_OWN.fullmatch(before.removesuffix("的")))
        if not before:
            subject = own or match.start() == 0
        if subject and not _ENDED.search(match[0]):
            return match[0].strip()
    return None


def _names_term(statement: str) -> bool:
    return bool(re.search(_TERM, statement))
