"""Line breaks and spaces inside a statement: which fall within a name and which part two names."""

import re

from corpus.brackets import CLOSER, FAMILY, Flat
from corpus.labels import LABEL, LABELLED
from corpus.layout import PAGE
from corpus.units import UnitReader

# spaces and line breaks, with what stands alone on a line between two pages, and the break of a cell in Markdown
GAP = re.compile(rf"(?:[^\S\n]*\n\s*(?:(?:{PAGE}|\d{{1,3}})[^\S\n]*(?=\n))?|\s|<br\s*/?>)+")
_MARKS = "、，,；;。：:∶︰､"
_ACTED = re.compile(r"(?:牵头|负责|配合|参与|协助|落实)$")
_OTHER_LABEL = re.compile(r"[一-龥]{2,4}(?:单位|部门|内容|措施|目标|要求)[:：∶︰]")
_SEVERAL = re.compile(r"各[市县区州盟旗镇乡]$")
_HALF = re.compile(
    r"(?:[省市县区州]委|[省市县区州部]级|[省市县区州]直|党委|国家税务总局|中国人民银行|人民银行|人行|国家金融监督管理总局|金融监管总局)$"
)


def flatten(text: str, start: int, end: int, units: UnitReader) -> Flat:
    """text[start:end] without breaks: one inside a name vanishes, one between two names becomes `、`, before a label `；`.

    PDF text breaks names anywhere; tables and lists part names by nothing but a break or spaces.
    """
    kept: list[str] = []
    at: list[int] = []
    depth, token = 0, 0  # token: where in `kept` the name at the gap began
    i = start
    while i < end:
        gap = GAP.match(text, i, end)
        if gap:
            mark = _between("".join(kept[token:]), text, gap.end(), end, units) if kept else ""
            if mark and gap.end() < end:
                kept.append(mark)
                at.append(i)
                token = len(kept)
            i = gap.end()
            continue
        char = text[i]
        depth += (char in FAMILY) - (char in CLOSER and depth > 0)
        kept.append(char)
        at.append(i)
        if depth == 0 and char in _MARKS:
            token = len(kept)
        i += 1
    return Flat("".join(kept), tuple(at))


def _between(left: str, text: str, at: int, end: int, units: UnitReader) -> str:
    right = text[at : min(end, at + 40)]
    if _label_ahead(right) and not right.startswith("工作"):
        return "；" if left else ""
    if not left or _HALF.search(left) or (_SEVERAL.search(left) and re.match("[市县区州盟旗镇乡街]", right)):
        return ""
    if (label := LABEL.fullmatch(left)) and label.group("unit") and not units.departments.known(left):
        return "：" if units.begins_body(right) else ""
    left = left.rpartition("会同")[2]
    complete = _ACTED.search(left) or units.is_body(left)
    if not complete:
        return ""
    word = re.split(r"[\s、，,；;。）)]", right, maxsplit=1)[0]
    whole = left + re.split(r"等|按|牵头|负责|配合", word, maxsplit=1)[0]
    known = units.departments.known
    if known(whole) and not known(left) and not units.is_office(word):
        return ""
    return (
        "、"
        if units.begins_body(right) or units.is_person(word) or (known(word) and units.is_body(word) and word[0] != "同")
        else ""
    )


def _label_ahead(text: str) -> bool:
    """Whether a label comes next, itself broken or not; not where it comes only after the rest of a name (`局 配合单位：`)."""
    if LABELLED.match(text) or _OTHER_LABEL.match(text):
        return True
    rest = text.split(maxsplit=1)[1:]
    return bool(LABELLED.match("".join(text.split())) and not (rest and LABELLED.match("".join(rest[0].split()))))
