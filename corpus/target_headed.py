"""A noun said before a list of members with a figure each: `主要污染物减排量为：氮氧化物515吨、氨氮95吨`."""

import re

from corpus.quantities import Quantity
from corpus.target_lists import CATEGORY
from corpus.target_words import MEASURE_NOUN, read_predicate, skip_lead

WINDOW = 120  # how far before the first figure its head may begin, in characters
_MEMBER = r"[\u4e00-\u9fffA-Za-z0-9.-]{2,10}?"
_FIRST = re.compile(
    rf"(?P<head>[^，。；：:、]{{2,40}}?)(?:\s*[：:]|(?P<verb>(?:分别)?(?:达到|完成|为|是|达|控制在))\s*[：:]?)\s*(?P<member>{_MEMBER})$"
)
_NEXT = re.compile(rf"\s*(?:[、，,]|和|及|以及)\s*(?P<member>{_MEMBER})$")
_ACTION = re.compile(r"[达完为是到升降增减建创新改实推]|不[低高少超]")


def headed(text: str, quantities: list[Quantity], start: int) -> list[tuple[Quantity, str, int]]:
    """(figure, indicator, where its words begin) for every member of a headed list within a sentence from `start`.

    A list has two members or more; each is a plain noun right before its figure, and the head names what is measured.
    """
    found: list[tuple[Quantity, str, int]] = []
    i = 0
    while i < len(quantities):
        start = max(start, quantities[i].start - WINDOW)
        first = _FIRST.search(text[start : quantities[i].start])
        rows = _members(text, quantities, i, first["member"]) if first else []
        if first and len(rows) > 1 and (head := _head(first["head"])):
            begin = skip_lead(text, start + first.start(), quantities[i].start)
            found += [(q, _name(member, head), begin) for q, member in rows]
            i += len(rows)
        else:
            i += 1
        start = quantities[i - 1].after
    return found


def _members(text: str, quantities: list[Quantity], i: int, member: str) -> list[tuple[Quantity, str]]:
    rows = []
    while _plain(member) and quantities[i].unit:
        rows.append((quantities[i], member))
        i += 1
        following = _NEXT.match(text[quantities[i - 1].after : quantities[i].start]) if i < len(quantities) else None
        if not following:
            return rows
        member = following["member"]
    return rows


def _plain(member: str) -> bool:
    return not MEASURE_NOUN.search(member) and not _ACTION.search(member)


def _head(words: str) -> str | None:
    """What is measured, without scope and time: `重点工程减排量`; None where the words measure nothing."""
    subject = words[skip_lead(words, 0, len(words)) :]
    subject = read_predicate(subject).subject or subject
    category = CATEGORY.search(subject)
    subject = subject[category.end() :] if category else subject
    return subject if len(subject) > 1 and re.search(r"量|能力|浓度|率|比例|比重|规模|产值|面积|减排$", subject) else None


def _name(member: str, head: str) -> str:
    return member + head
