"""Targets in running text: the figures of a sentence with what they measure, read from the words around each.

Four forms: `…率达到98%以上` (closed), `甲、乙分别为1吨、2吨` (list), `创建20家绿色工厂`, `新增管网30公里` (built),
`70%以上的机关达到…要求` (share).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from corpus.quantities import Quantity
from corpus.target_headed import headed
from corpus.target_lists import distribute
from corpus.target_sentences import Part
from corpus.target_words import (
    GOAL,
    INDEX_NOUN,
    MEASURE_NOUN,
    RATIO_NOUN,
    REWARD,
    Predicate,
    goal_verb,
    is_subject,
    read_predicate,
    skip_lead,
)
from corpus.types import Bound, Change

WINDOW = 160  # how far before a figure its subject may begin, in characters
BEHIND = 100  # how far behind a figure its noun may end
_JOINT = re.compile(r"\s*(?:[、，,]|和|及|以及|与)\s*")
_JOINED = re.compile(r"\s*(?:[、，,；;：:]|或|和|及|以及|与|并|且|同时|$)")
_AFTER = re.compile(r"\s*(?:$|[，,；;。：:、（(〔！!\n|]|或|和|及|并|且|以及|同时|的?(?:目标|水平|要求)(?:[，,；;。、]|任务|$))")
_SHARE_VERB = re.compile(
    r"达到|达标|达|建成|创建|创成|完成|实现|执行|采用|使用|得到|纳入|开展|具备|符合|配备|安装|覆盖|通过|建立|落实|设有|享有|拥有|参加"
)
_NOUN_END = re.compile(
    rf"(?:[、和及与并]|以及)(?=\d|[一二三四五六七八九十N]+[个家]|较|比|同比|累计|总数|力争|带动|推动|{GOAL.pattern})"
)
_CLASS = re.compile(r"的|(?:亿|万|千)?级|[^，。]{0,6}(?:方面|环节)")
_PLANT = re.compile(r"项目|生产线|机组|工程|基地|电站|装置|锅炉|设备")
_RANK = r"(?:[一二三四五六七八九十百千万亿两几]+级?|\d+[百千万亿]+级|国家级|省级|市级|县级|世界级|[一二三四五]星级)"
_PLACE = r"(?:其他|其余|全)?[\u4e00-\u9fff]{0,6}(?:市本级|城市|县城|城区|建成区|市区|县区|[县市区镇]|乡镇|农村|乡村|城镇|地区)"
_HEAD = r"{2,40}?(?:率|比例|比重|占比|量|面积|能力)"
_HEAD_PLACE = re.compile(rf"(?P<head>.{_HEAD})(?P<place>{_PLACE})$")
_PLACE_HEAD = re.compile(rf"{_PLACE}(?P<head>.{_HEAD})$")
# a statement without a figure before the one that has it: `煤炭零消费、绿色采购比例达到80%`
_WHOLE = re.compile(r"(?:零(?:消费|增长|排放|新增|填埋)|全覆盖|负增长|只增不减|稳中有[升降])、")
_YEARLY = "（年均）"

Form = Literal["closed", "list", "built", "share"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and what it measures. Offsets into the text that was read; `verb` is what a built list goes on with."""

    indicator: str
    quantity: Quantity
    unit: str
    bound: Bound
    change: Change
    baseline_year: int | None
    start: int
    end: int
    form: Form
    verb: str = ""


def read_sentence(text: str, parts: list[Part]) -> Iterator[Figure]:
    """The figures of a sentence whose indicator can be told, in order.

    A subject is carried on only to the figure that follows it directly, in the same part or the next one.
    """
    listed = headed(text, [q for part in parts for q in part.quantities], parts[0].start) if parts else []
    for q, name, start in listed:
        yield _make(name, q, read_predicate(""), start, "list")
    taken = {q.start for q, _, _ in listed}
    last: Figure | None = None
    for part in parts:
        if any(q.start in taken for q in part.quantities):
            last = None
            continue
        begin, i = part.start, 0
        if not part.quantities:
            last = None
        while i < len(part.quantities):
            run = _run(text, part.quantities, i)
            found = _read_run(text, part, begin, run, last)
            begin, i, last = run[-1].after, i + len(run), None
            for figure in found:
                last, begin = figure, max(begin, figure.end)
                yield figure


def _run(text: str, quantities: list[Quantity], i: int) -> list[Quantity]:
    """Figures that follow each other with nothing but 、 or 和 between."""
    j = i + 1
    while j < len(quantities) and _JOINT.fullmatch(text, quantities[j - 1].after, quantities[j].start):
        j += 1
    return quantities[i:j]


def _read_run(text: str, part: Part, begin: int, run: list[Quantity], last: Figure | None) -> list[Figure]:
    first, final = run[0], run[-1]
    if begin > part.start and not _JOINED.match(text, begin, first.start):
        begin = text.rfind("、", begin, first.start) + 1  # the words of the figure before end here
    if (not begin and part.start) or first.start - begin > WINDOW:
        return []
    begin = skip_lead(text, begin, first.start)
    if len(run) > 1:
        return _listed(text, begin, run)
    if final.after >= part.end or _AFTER.match(text, final.after, part.end):
        figure = _closed(text, begin, first, last)
    elif first.kind == "ratio":
        figure = _share(text, part, begin, first)
    else:
        figure = _built(text, part, begin, first, last)
    return [figure] if figure else []


def _make(indicator: str, q: Quantity, predicate: Predicate, start: int, form: Form) -> Figure:
    name = re.sub(r"\s+(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])\s+", "", indicator).strip() + (_YEARLY if predicate.yearly else "")
    bound = predicate.bound or q.bound or "="
    return Figure(name, q, q.unit, bound, predicate.change, predicate.baseline_year, start, q.after, form)


def _listed(text: str, begin: int, run: list[Quantity]) -> list[Figure]:
    """`甲、乙…分别为1吨、2吨`: as many members as figures, or nothing is read. A unit may be said once, at the end."""
    predicate = read_predicate(text[begin : run[0].start])
    unit, kinds = run[-1].unit, {q.kind for q in run if q.kind}
    stated = predicate.verb or predicate.bound or predicate.each
    if not (stated and unit and len(kinds) == 1 and is_subject(predicate.subject)) or any(q.inclusive for q in run):
        return []
    names = distribute(predicate.subject, len(run)) or []
    made = [_make(n, q, predicate, begin, "list") for n, q in zip(names, run, strict=False)]
    return [replace(f, unit=f.unit or unit) for f in made]


def _closed(text: str, begin: int, q: Quantity, last: Figure | None) -> Figure | None:
    """A figure that ends its part: `…率达到98%以上`, `新增…能力15万立方米/日`, `无害化处理率100%`."""
    predicate = read_predicate(text[begin : q.start])
    subject = predicate.subject
    if not subject and last:
        return _carried(q, predicate, last)
    if predicate.each and re.search("[、和及与]", subject):
        return None  # one figure for several members
    if m := _WHOLE.search(subject):
        rest = subject[m.end() :]
        begin, subject = (begin + m.end(), rest) if rest else (begin, read_predicate(subject[: m.start()]).subject)
    if not is_subject(subject) or (q.inclusive and not predicate.verb and not predicate.bound):
        return None
    if not _fits(subject, q, predicate):
        near = last if last and not re.search("[，,；;]", text[last.end : begin]) else None
        return _more_built(subject, q, predicate, near)
    if last and last.form == "closed" and re.fullmatch(_PLACE, subject) and (m := _PLACE_HEAD.match(last.indicator)):
        return _make(subject + m["head"], q, predicate, last.start, "closed")
    if m := _HEAD_PLACE.match(subject):
        subject = m["place"] + m["head"]
    return replace(_make(subject, q, predicate, begin, "closed"), verb=_verb(subject, predicate))


def _verb(subject: str, predicate: Predicate) -> str:
    m = goal_verb(subject)
    return m[0] if m and not predicate.verb and not predicate.bound else ""


def _carried(q: Quantity, predicate: Predicate, last: Figure) -> Figure | None:
    """`…比2020年下降8%，年均下降1.65%`: the subject of the figure before."""
    if q.kind != "ratio" or not predicate.verb or last.form != "closed":
        return None
    return _make(last.indicator.removesuffix(_YEARLY), q, predicate, last.start, "closed")


def _more_built(noun: str, q: Quantity, predicate: Predicate, last: Figure | None) -> Figure | None:
    """`新建公园5处、绿道6公里`: a further object of the verb before."""
    if not last or not last.verb or predicate.verb or predicate.bound or q.kind not in ("count", "measure"):
        return None
    if "、" in noun or GOAL.search(noun):
        return None  # a verb of its own, or a noun that does not go with the verb before
    return replace(_make(last.verb + noun, q, predicate, last.start, "closed"), verb=last.verb)


def _fits(subject: str, q: Quantity, predicate: Predicate) -> bool:
    """Whether subject, verb and kind of unit go together."""
    if q.kind is None:
        return bool((predicate.verb or predicate.bound) and INDEX_NOUN.search(subject))
    if predicate.verb or predicate.bound:
        return predicate.verb != "了" and (q.kind != "time" or predicate.verb not in ("完成", "实现"))
    if q.kind == "ratio":
        return bool(RATIO_NOUN.search(subject))
    verb = goal_verb(subject)
    if verb and verb.end() == len(subject) and not subject.endswith("林"):
        return False  # `竣工投产24个` says nothing of what
    first = verb and GOAL.match(subject, verb.start())
    return bool(first and len(subject) - first.end() >= 2 and q.kind in ("count", "measure", "money"))


def _built(text: str, part: Part, begin: int, q: Quantity, last: Figure | None) -> Figure | None:
    """A verb, a count and its noun: `创建20家绿色工厂`; later members of a list have the verb of the first."""
    if q.inclusive or not (q.kind == "count" or (q.kind == "measure" and not q.bound and "/" not in q.unit)):
        return None
    stop = min(part.end, q.after + BEHIND)
    end = m.start() if (m := _NOUN_END.search(text, q.after, stop)) else stop
    noun, before = text[q.after : end].strip(), text[begin : q.start]
    if not before.strip() and last and last.verb:
        before, begin = last.verb, last.start
    verb = goal_verb(before)
    if not verb or "的" in before or not 1 <= len(noun) <= 40 or _CLASS.match(noun):
        return None
    if q.kind == "measure" and (verb.end() < len(before) or _PLANT.search(noun)):
        return None  # `实施年产6万吨铸件项目` counts no goal
    figure = _make(before + _shared_noun(text, noun, part), q, read_predicate(""), begin, "built")
    return replace(figure, end=end, verb=before)


def _shared_noun(text: str, noun: str, part: Part) -> str:
    """`千亿` of `3个千亿、3个五百亿和N个百亿产业集群` → `千亿产业集群`."""
    if not re.fullmatch(_RANK, noun):
        return noun
    tail = re.split(r"[个家项]", text[max(part.start, part.end - BEHIND) : part.end])[-1]
    m = re.match(_RANK, tail)
    return noun + tail[m.end() :] if m else noun


def _share(text: str, part: Part, begin: int, q: Quantity) -> Figure | None:
    """`全市80%的县级以上机关建成节约型机关` → share of those that do: the words as written with 的比例."""
    if part.end - q.after > BEHIND:
        return None
    scope, rest = text[begin : q.start], text[q.after : part.end]
    of = rest.startswith("的")
    rest = rest.removeprefix("的")
    verb = _SHARE_VERB.search(rest, 0, 60)
    if not verb or len(scope) > 30 or MEASURE_NOUN.search(scope) or read_predicate(scope).verb:
        return None
    if REWARD.search(scope + rest) or (not of and verb.start() < 2 and not scope):
        return None
    return replace(_make(scope + rest + "的比例", q, read_predicate(""), begin, "share"), end=part.end)
