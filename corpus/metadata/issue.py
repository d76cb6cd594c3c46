"""Who issued a document and when: signature, index card, lines on adoption."""

import re
from collections.abc import Sequence

from corpus.metadata.dates import WRITTEN, first_date, iso
from corpus.metadata.front import ADOPTED, Front, clean, is_adoption, is_date_line, is_organ

TAIL_LINES = 12
MAX_SIGNERS = 6
MAX_LINE = 200  # characters
COVER = 3000  # so far a date may lack its day (二〇二二年一月 on a cover); further down it is a deadline
_ISSUER_LABELS = ("发文机关", "发布机构", "发文单位", "发布机关", "制定机关", "发布单位", "信息来源")
_DATE_LABELS = ("成文日期", "印发日期", "发文日期", "公布日期", "发布日期", "发布时间", "生成日期")
_CONGRESS = re.compile(
    r"([\u4e00-\u9fff]{0,12}?)第[一二三四五六七八九十\d]{1,3}届(全国)?人民代表大会(常务委员会)?第?.{1,6}次会议(?!.{0,2}批准)"
)
_ORGAN_MEETING = re.compile(
    r"(?:日|经|、)\s?((?:最高人民(?:法院|检察院)|国务院|(?![^第]{0,20}人民代表大会)[\u4e00-\u9fff]{2,20}?(?:部|局|委员会|人民政府)))(?=审判委员会|检察委员会|第[\dO一二三四五六七八九十百]{1,5}次)"
)
_PROMULGATES = re.compile(
    r"日\s?(?:由|经)?([\u4e00-\u9fff、]{2,40}?)(?:令|公告)?(?:第?\s?[\d一二三四五六七八九十百]{1,5}号)?(?:修订|重新)?(?:公布|发布|颁布)"
)
_SPEECH = re.compile(r"^[—\-－]{1,2}\s?(.{4,60})(?:会议|大会)上")
_HEAD = re.compile(r"^([\u4e00-\u9fff 、]{3,60}?)(?:文件|令|公告|通告)(?:\s?[（(]?第.{1,8}号[）)]?)?$")
_TITLE_ORGAN = re.compile(r"^([^《》]{2,80}?)关于")


def read_issuer(front: Front, text: str, titles: Sequence[str]) -> str | None:
    """The body that signed; several are joined with 、. Never inferred from the place: None where nobody signs."""
    for label in _ISSUER_LABELS:
        if (value := front.labels.get(label)) and is_organ(clean(value)):
            return _listed(clean(value))
    signature = _signature(text)
    if signature and signature[0]:
        return signature[0]
    for title in titles:
        if (match := _TITLE_ORGAN.match(title)) and is_organ(match[1].strip()):
            return _listed(match[1].strip())
    heads = [match[1] for line in front.lines if (match := _HEAD.match(line)) and is_organ(match[1])]
    return _listed(heads[0]) if heads else _adopter(front)


def read_date(front: Front, text: str, source: str) -> str | None:
    """ISO date of issue: index card, signature, newest adoption or amendment, file name. Never from running text."""
    for label in _DATE_LABELS[:4]:
        if found := first_date(front.labels.get(label, "")):
            return found
    signature = _signature(text)
    alone = [found for line in front.lines if is_date_line(line) and (found := first_date(line))]
    if signature:  # the cover may give the month only
        return next((day for day in alone if day.startswith(signature[1])), signature[1])
    adopted = sorted(_adoption_dates(front))
    speech = [found for line in front.lines if (m := _SPEECH.match(line)) and (found := first_date(m[1]))]
    for dates in (adopted[-1:], alone, speech):
        if dates:
            return dates[0]
    for label in _DATE_LABELS[4:]:
        if found := first_date(front.labels.get(label, "")):
            return found
    return _closing_date(text) or first_date(source)


def _signature(text: str) -> tuple[str, str] | None:
    """(signers, date) of the first place where names of bodies stand on the lines above a date, or beside it."""
    signers: list[str] = []
    read = 0
    for raw in text.split("\n"):
        read += len(raw) + 1
        line = clean(raw) if len(raw) <= MAX_LINE else raw
        if not line:
            continue
        match = WRITTEN.search(line) if "年" in line and len(line) <= MAX_LINE else None
        day = iso(match) if match and is_date_line(line[match.start() :]) else None
        if match and day and (len(day) == len("2022-09-28") or read <= COVER):
            beside = line[: match.start()].strip()
            if _signs(beside) or (not beside and signers):
                return "、".join(signers) if not beside else _listed(beside), day
        if _signs(line) and len(signers) < MAX_SIGNERS:
            signers.extend(_listed(line).split("、"))
        else:
            signers.clear()
    return None


def _signs(line: str) -> bool:
    """Whether a line names bodies in full, as a signature does; 市水利局 is a cell of a table."""
    return bool(line) and is_organ(line) and not line.startswith(("市", "县", "区", "省", "州", "各"))


def _listed(organs: str) -> str:
    """`甲局 乙局（盖章）` → `甲局、乙局`."""
    return "、".join(re.sub(r"[（(][^）)]*章[）)]$", "", organ) for organ in re.split("[ 、]", organs))


def _closing_date(text: str) -> str | None:
    """A date alone on one of the last lines: a draft or notice without a named signer."""
    lines = [line for raw in text[-2000:].split("\n") if (line := clean(raw))]
    dates = [found for line in lines[-TAIL_LINES:] if is_date_line(line) and (found := first_date(line))]
    return dates[-1] if dates else None


def _adoption_dates(front: Front) -> list[str]:
    """Dates of adoption, promulgation and amendment; not those from which a law applies."""
    found: list[str] = []
    for line in front.lines:
        if not is_adoption(line):
            continue
        plain = re.sub("《[^》]*》", "", line)
        for match in WRITTEN.finditer(plain):
            before, after = plain[: match.start()].rstrip(), plain[match.end() :].lstrip()
            applies = before.endswith(("自", "从", "于")) or after.startswith(("起", "施行", "实施", "生效"))
            if not applies and ADOPTED.search(after) and (day := iso(match)):
                found.append(day)
    return found


def _adopter(front: Front) -> str | None:
    """The body that adopted a law, as it calls itself without the ordinal of its term; approval does not count."""
    for line in reversed([line for line in front.lines if is_adoption(line)]):
        plain = re.sub("《[^》]*》", "", line)
        for place, national, standing in reversed(_CONGRESS.findall(plain)):
            place = re.sub(r"^.*[日据经、]", "", place)
            if national or re.search("..[省市县区州旗盟]$", place):
                return f"{place}{national}人民代表大会{standing}"
        if organs := dict.fromkeys(map(_plain_name, _ORGAN_MEETING.findall(plain))):
            return "、".join(organs)
        if (match := _PROMULGATES.search(plain)) and is_organ(match[1]):
            return "、".join(dict.fromkeys(map(_plain_name, match[1].split("、"))))
    return None


def _plain_name(organ: str) -> str:
    """`经中华人民共和国国务院` → `国务院`; the ordinal of a term goes as well."""
    organ = re.sub(r"第[一二三四五六七八九十\d]{1,3}届", "", organ.removeprefix("经").removeprefix("由"))
    return re.sub("(?:审判|检察)委员会$", "", organ.removeprefix("中华人民共和国"))
