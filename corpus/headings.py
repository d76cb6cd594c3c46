"""The heading of a numbered part: the words between its mark and its text."""

import re

from corpus.markers import Mark

_STATEMENT = re.compile(r"[（(〔\[［【][^（(〔\[［【]{0,12}(?:牵头|责任|负责|配合|主办|协办|实施单位|落实)[^\n]*$")
_NAMED = re.compile(r"[【〔\[（(]([^】〕\]）)]{2,30})[】〕\]）)](?=[\s\u3000]|[\u4e00-\u9fff])")
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s*[%％万亿个家吨]|\d{4}年")
LONGEST = {"cn": 50, "cn_paren": 46, "arabic": 40, "arabic_paren": 32, "circled": 28}


def _bare(words: str) -> str:
    words = _STATEMENT.sub("", words)
    return re.sub(r"[\s\u3000]+", " ", words).strip(" ：:。；;，,*#")


def read_heading(mark: Mark, paragraph: str) -> str:
    """The heading in the first paragraph of a part (line breaks of a page already joined), "" where it has none.

    A heading may end with `。` or `：` and go on as text, or fill the line; a sentence with commas and figures is text.
    """
    rest = paragraph[mark.length :].strip(" \t\u3000")
    if mark.style in ("book", "chapter", "section"):
        return _bare(rest)
    if mark.style == "article":
        named = _NAMED.match(rest)
        return named[1] if named and rest[0] in "【〔[" else ""
    limit = LONGEST[mark.style]
    if named := re.match(r"【([^】]{2,40})】", rest):
        return named[1]
    # two spaces or one full-width space after a few words part heading and text
    parted = re.match(r"([^\s\u3000。，；：]{2,30})(?:\u3000+|[ \t]{2,})(?=\S)", rest)
    if parted:
        return _bare(parted[1])
    stop = re.search(r"[。；！？]", rest)
    head = rest[: stop.start()] if stop else rest
    colon = re.search(r"[:：]", head)
    if colon and colon.start() <= 20 and not re.search(r"[（(〔\[［【]", head[: colon.start()]):
        return _bare(head[: colon.start()])
    alone = not stop or (stop.group() == "。" and stop.end() == len(rest))
    if stop and stop.group() != "。":
        return ""
    head = _bare(head)
    if not head or len(head) > limit:
        return ""
    if alone and stop and (len(head) > 24 or "，" in head):
        return ""
    return "" if _FIGURE.search(head) and ("，" in head or stop) else head
