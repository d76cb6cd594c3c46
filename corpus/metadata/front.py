"""The lines before a document's first numbered part: heads, title, number, notice, signature."""

import re
from dataclasses import dataclass
from functools import cached_property

from corpus.metadata.dates import WRITTEN, first_date

MAX_LINES = 80
MAX_CHARS = 20_000
_ARTEFACT = re.compile(r"\[bookmark:[^\]\n]{0,40}\]|<!--.{0,200}?-->|[\u200b-\u200f\ufeff]")
_SPACED_OUT = re.compile(r"(?:[\u4e00-\u9fff]\s+){2,30}[\u4e00-\u9fff]")
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百零〇\d]{1,5}\s{0,2}[章条编节篇]|[一二三四五六七八九十]{1,3}、|总\s{0,4}则$|目\s{0,4}[录次]$"
    r"|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[、．]|\d{1,2}\.(?!\d)"
)
_FULL_TEXT_BELOW = re.compile(r"^.{0,30}(?:全文|原文|正文)(?:内容)?(?:如下|见下|公布)?[：:。]?$")
_SPEECH = re.compile(r"^(?:各位|同志们|主席|主任)[^。]{0,30}[：:！!]$")  # behind it the text is spoken
_LABEL = re.compile(r"^[\[【(（]?([\u4e00-\u9fff](?:[\u4e00-\u9fff]|\s){0,10})[\]】)）]?\s*[：:]\s*(.*)$")
_NOISE = re.compile(
    r"^(?:附件?\s*[\d一二三四五六七八九十]{0,3}\s*[：:]?$|附[：:]|附件?[\d一二三四五]{0,3}[：:.]|[-—–]\s*\d+\s*[-—–]$|[^\w\u4e00-\u9fff]*$"
    r"|特急|急件|机密|秘密|内部资料|打印|分享|收藏|字体|字号|浏览|关闭|当前位置|首页|您(?:现在)?的位置|来源|https?:|www\.)"
)
_RED_HEAD = re.compile(r"^[^《关]{2,40}文件$")
_ORGAN = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,30}(?:人民政府|政府|办公室|办公厅|委员会|领导小组|指挥部|局|厅|部|委|署|院|会|中心|公司|大学|集团"
    r"|[市县区省州]委|国务院|处|行)|国务院)(?:[（(](?:盖章|代章|印章|章)[）)])?$"
)
_ORGAN_ENDS = frozenset("府室厅会组部局委署院心司学团处行）)")
_NO_ORGAN = re.compile(
    r"关于|印发|工作$|[。，：；]|方案|办法|意见|规划|通知|(?:机会|社会|(?<!代表)大会|全会|进行|执行|实行|施行|现行|发行|运行)$"
)
ADOPTED = re.compile(r"通过|批准|公布|发布|修订|修正|修改|颁布|制定|施行")


@dataclass(frozen=True)
class Front:
    """Cleaned non-empty lines, in order; `labels` are the fields of a government site's index card (索引号、文号 …)."""

    lines: tuple[str, ...]

    @cached_property
    def labels(self) -> dict[str, str]:
        """Label without spaces → value; a value on the line below its label counts."""
        found: dict[str, str] = {}
        for line, following in zip(self.lines, (*self.lines[1:], ""), strict=False):
            if match := _LABEL.match(line[:200]):
                value = match[2].strip() or (following if len(following) < 80 else "")
                found.setdefault("".join(match[1].split()), value)
        return found


def read_front(text: str) -> Front:
    """The front of a text. What stands above “全文如下” on a web page is left out. Looks at the first 20,000 characters."""
    lines: list[str] = []
    for raw in text[:MAX_CHARS].split("\n"):
        line = clean(raw)
        if not line:
            continue
        if _NUMBERED.match(line) or _SPEECH.match(line) or len(lines) == MAX_LINES:
            break
        if _FULL_TEXT_BELOW.match(line):
            lines.clear()
        else:
            lines.append(line)
    return Front(tuple(lines))


def clean(line: str) -> str:
    """A line without Markdown marks, bookmarks and outer white space; a title s p a c e d out is closed up."""
    line = line.strip()
    if not line:
        return ""
    line = _ARTEFACT.sub("", line).strip(" \t\u3000#>*_")
    if _SPACED_OUT.fullmatch(line):
        return "".join(line.split())
    return " ".join(line.split())


def is_noise(line: str) -> bool:
    """Whether a line is furniture: annex marks, page numbers, a red head, a page's navigation, a label with a value."""
    return bool(_NOISE.match(line) or _RED_HEAD.match(line) or " > " in line or _LABEL.match(line[:200]))


def is_sentence(line: str) -> bool:
    """Whether a line is running text, not a heading."""
    return "。" in line or "；" in line or line[-1] in "：:；;，,、！!？?…" or len(line) > 120


def is_date_line(line: str) -> bool:
    """Whether a line holds a date and nothing else (印发 may follow)."""
    bare = line.strip("（）() ")
    match = WRITTEN.match(bare)
    if match:
        return bare[match.end() :].strip() in ("", "印发", "发布", "日")
    return len(bare) <= 10 and first_date(bare) is not None


def is_organ(line: str) -> bool:
    """Whether a line is the name of a body (or several, parted by spaces)."""
    return (
        2 < len(line) <= 80
        and line[-1] in _ORGAN_ENDS
        and all(_ORGAN.match(p) and not _NO_ORGAN.search(p) for p in re.split("[ 、]", line))
    )


def is_adoption(line: str) -> bool:
    """Whether a line says when and by whom a law was adopted or amended."""
    if "年" not in line:
        return False
    head = line.lstrip("（(")
    dated = WRITTEN.match(head.removeprefix("根据").removeprefix("经").strip())
    if not dated and head != line:  # （某委员会第三次会议通过 2008年4月17日公布 …）
        dated = WRITTEN.search(head[:200])
    return bool(dated and ADOPTED.search(line))
