"""The document's own title."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from corpus.metadata.front import Front, clean, is_adoption, is_date_line, is_noise, is_organ, is_sentence
from corpus.metadata.kinds import comparable, is_document_title, without_parentheses
from corpus.metadata.number import NUMBER_ONLY, strip_number
from corpus.metadata.region import leading_region

MAX_TITLE_LINES = 6
MAX_TITLE = 300  # characters
_ISSUES = "印发|发布|公布|下发|颁布|颁发"
_FORWARDS = "转发|批转"
_NOTICE_KINDS = "通知|公告|通告|决定|命令|令|函|公示|意见"
_NOTICE = re.compile(
    rf"^(?P<organ>[^《》]{{0,80}}?)关于(?P<verb>{_ISSUES}|{_FORWARDS})(?P<what>.{{4,160}}?)的(?:{_NOTICE_KINDS})(?:[（(].{{0,20}}[）)])?$"
)
_CONSULTS = re.compile(
    r"关于(?:公开|再次|对|就|面向社会|向社会|\s){0,4}(?:(?:征求|征集|听取)(?:对)?)?《(.{4,120})》.{0,20}(?:意见|建议).{0,12}$"
)
_ISSUED = re.compile(
    r"(?:现将|现印发|现发布|现公布)(?:修订后的|修改后的|我[市省县区局委]|新修订的)?《([^《》]{4,120}(?:《[^《》]*》[^《》]*)?)》"
    r"|^《([^《》]{4,120})》(?:已|业)?经"
)
_DELIVERS = re.compile(r"印发|公布|发布|下发|征求|征集|施行|执行|遵照")
_OPEN_ENDED = re.compile(r"(?:关于|印发|转发|发布|公布|批转|和|与|及|、|的|[“《〈（(])$")
_SUFFIX_LINE = re.compile(r"^[（(〔\[【][^（）()]{2,24}[）)\]〕】]$")
_NO_SUFFIX = re.compile(r"此件|删减|公开发布|以下简称|下称|[，。：]")
_PERSON = re.compile(r"(?:[市州省县区]长|主席|主任|书记|院长|检察长)\s?[\u4e00-\u9fff]\s?[\u4e00-\u9fff]{1,3}$|(?:会议|大会)上$")
_SECTION = re.compile(r"(?:目标|要求|安排|部署|行动|战略|布局|工程|体系|框架|分工|任务|措施|举措|说明)$")
# A text whose line breaks are lost: the title ends where the first sentence begins.
_RUN_ON = re.compile(
    r"^([^，。：；]{4,80}?(?:方案|办法|意见|规划|计划|条例|规定|细则|纲要)(?:（[^（）]{2,12}）)?)\s*(?=为|根据|各|一、|第一)"
)
_HALVES = {"《": "》", "〈": "〉", "（": "）", "“": "”", "(": ")"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A title-like run of lines joined; `complete` if it ends in a kind of document; `early`: before any sentence."""

    text: str
    complete: bool
    early: bool


@dataclass(frozen=True, slots=True)
class Titles:
    """title: the document's own.  notice: the title of the notice that issues it, "" if there is none."""

    title: str
    notice: str


def read_titles(text: str, front: Front, source: str) -> Titles:
    """The title as people cite it, with （征求意见稿）; of a notice that issues a document, the title of that document.

    A headline of a web page above the text is no title. Without any title: the file name without its extension.
    """
    headings = list(_headings(front.lines))
    labelled = front.labels.get("标题", front.labels.get("名称", ""))
    first = next((h.text for h in headings if h.complete), "")
    notice = next((h.text for h in headings if _NOTICE.match(h.text) or _CONSULTS.search(h.text)), "")
    issued = _issued_by_title(notice or labelled) or _issued_by_text(front)
    if issued:
        block = _standing_alone(text, issued)
        own_act = not notice or not _is_forwarding(notice)
        if block or (own_act and (notice or not first or first.endswith("令") or "通知" in first[-4:])):
            return Titles(block or issued, notice)
    if first:
        return Titles(first, notice)
    early = next((h.text for h in headings if h.early), "")
    run_on = _RUN_ON.match(front.lines[0][:200]) if front.lines else None
    return Titles(labelled or early or (run_on[1] if run_on else PurePath(source).stem), notice)


def _is_forwarding(notice: str) -> bool:
    match = _NOTICE.match(notice)
    return bool(match and re.fullmatch(_FORWARDS, match["verb"]))


def _issued_by_title(notice: str) -> str:
    if match := _CONSULTS.search(notice):
        return match[1]
    match = _NOTICE.match(notice)
    if not match:
        return ""
    what = match["what"].strip()
    if what.startswith("《") and what.endswith("》") and what.count("《") == what.count("》"):
        inner = what[1:-1]
        return "" if re.search("》.{0,3}《", inner) else inner
    return "" if "《" in what or not is_document_title(what) else what


def _issued_by_text(front: Front) -> str:
    for line in front.lines:
        match = _ISSUED.search(line[:400])
        if match and _DELIVERS.search(line[match.end() : match.end() + 120]):
            several = re.match("[、和及与]《?|等", line[match.end() :])
            return "" if several else match[1] or match[2]
    return ""


def _standing_alone(text: str, title: str) -> str:
    """The title as it stands on lines of its own, with a parenthesis behind it such as （试行）; "" if it does not."""
    wanted = comparable(title)
    lines = [line for raw in text.split("\n") if (line := clean(raw[:MAX_TITLE]))]
    for index, line in enumerate(lines):
        if not wanted.startswith(comparable(line)[: len(wanted)] or "\0"):
            continue
        joined, used = line, 1
        while len(comparable(joined)) < len(wanted) and used < MAX_TITLE_LINES and index + used < len(lines):
            joined += lines[index + used]
            used += 1
        if comparable(joined) == wanted:
            tail = "" if joined.endswith(("）", ")")) else "".join(_suffixes(lines[index + used :][:2]))
            return joined + tail if tail or joined.endswith(("）", ")")) else max(joined, title, key=len)
    return ""


def _headings(lines: Sequence[str]) -> Iterator[Heading]:
    early = True
    index = 0
    while index < len(lines):
        if not _title_like(lines[index]):
            early = early and not is_sentence(lines[index])
            index += 1
            continue
        title, used = _join(lines[index:])
        complete = _is_complete(title)
        if (complete and (early or not _SECTION.search(title))) or (early and not is_organ(lines[index])):
            yield Heading(strip_number(title), complete, early)
        index += used


def _join(lines: Sequence[str]) -> tuple[str, int]:
    """A title broken over lines, and how many lines it takes; the first line alone where no end of a title comes."""
    title, used = lines[0], 1
    while not _is_complete(title) and used < min(len(lines), MAX_TITLE_LINES) and _goes_on(title, lines[used]):
        both_organs = is_organ(title) and is_organ(lines[used])
        title += (" " if both_organs else "") + lines[used]
        used += 1
    if not _is_complete(title):
        return lines[0], 1
    suffixes = _suffixes(lines[used:])
    return title + "".join(suffixes), used + len(suffixes)


def _suffixes(lines: Sequence[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        if not _SUFFIX_LINE.match(line) or _NO_SUFFIX.search(line) or _is_front_matter(line):
            break
        found.append(line)
    return found


def _is_front_matter(line: str) -> bool:
    return bool(NUMBER_ONLY.fullmatch(line)) or is_date_line(line) or is_adoption(line)


def _title_like(line: str) -> bool:
    if len(line) < 2 or is_noise(line) or is_sentence(line) or _is_front_matter(line) or _PERSON.search(line):
        return False
    return not line.startswith(("——", "--", "（", "(", "|")) and len(re.findall(r"[\u4e00-\u9fffA-Za-z]", line)) >= 2


def _goes_on(title: str, line: str) -> bool:
    if not _title_like(line):
        return False
    if is_organ(title):
        return is_organ(line) or line.startswith(("关于", "印发", "转发", "批转")) or len(line) <= 8
    return bool(_OPEN_ENDED.search(title)) or _is_unbalanced(title) or not leading_region(line)


def _is_complete(title: str) -> bool:
    if not is_document_title(title) or _is_unbalanced(title) or is_organ(title):
        return False
    issues = re.search(rf"关于(?:{_ISSUES}|{_FORWARDS})", title)
    return not issues or bool(re.search(rf"(?:{_NOTICE_KINDS}|请示|批复)$", without_parentheses(title)))


def _is_unbalanced(title: str) -> bool:
    return any(title.count(left) > title.count(right) for left, right in _HALVES.items())
