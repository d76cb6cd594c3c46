"""target, table and compare: the figures documents commit to, by indicator, place and year."""

import re
from collections import defaultdict
from dataclasses import dataclass

from assistant.answers.desk import Desk, marks, place
from assistant.answers.listing import room, unlisted
from assistant.aspects import aspects
from assistant.match import LOOSE, Aspect, coverage, facets, fold, said
from assistant.question import short_name
from assistant.types import Answer, Item
from corpus.quantities import find_quantities
from corpus.types import Clause, Document, Target

# An indicator answers if it says this share of what the question asks, calibrated on the development questions:
# at 0.5 a neighbouring indicator is taken for the one asked for, at 0.7 everyday words are refused.
ENOUGH = 0.6
CLOSE = 0.9  # further indicators of a document join the best one at this share of its score
_RATES = frozenset({"%", "％", "个百分点"})
TOTAL = 0.85
FULL = 0.75  # a sentence that is no target answers only if it says nearly all of the question
WHOLE = 0.99  # and all of it, where other documents have a target for what is asked
_BOUND = {"=": "", ">=": "以上", "<=": "以下", "~": "左右"}
_VERB = re.compile(
    r"(?:力争|预期)?(?:下降|降低|减少|压减|削减|增长|提高|提升|增加)(?:到|至)?(?=[^，。；：、]{0,4}$)|力争(?=[^，。；：]{0,8}$)"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A target with where it stands and how much of the question it says."""

    document: Document
    clause: Clause
    target: Target
    score: float


def _places(desk: Desk) -> set[str]:
    """Places of table rows that the question names, in full or without 市 县 区 镇."""
    text = desk.question.text
    rows = {t.place for _, c in desk.stating("targets") for t in c.targets if t.place}
    named = {p for p in rows if p in text or (len(p) > 2 and re.sub(r"(?:市|县|区|镇|乡|街道)$", "", p) in text)}
    regions = {d.facts.region for d in desk.documents.values()}
    return named - regions


def _fit(asked: tuple[Aspect, ...], target: Target, clause: Clause) -> float:
    """How well an indicator is the one asked for, 0 to 1: the share of the question it says, and of it the question."""
    narrow = fold(target.indicator)
    wide = narrow + fold(f"{target.place or ''}{clause.heading}")
    recall = max(coverage(asked, narrow), 0.9 * coverage(asked, wide))
    explained = sum(said(a, narrow) for a in asked) / max(len(narrow), 1)
    return recall * (0.75 + 0.25 * min(1.0, explained)) if recall >= ENOUGH else 0.0


def _matching(desk: Desk, asked: tuple[Aspect, ...], places: set[str]) -> list[Row]:
    """Targets that are the one asked for, at the asked year and place."""
    years = set(desk.question.years)
    rows = []
    for document, clause in desk.stating("targets"):
        for target in clause.targets:
            if (years and target.year not in years) or (places and target.place not in places):
                continue
            if not places and target.place and target.place != document.facts.region:
                continue
            if (fit := _fit(asked, target, clause)) > 0:
                # the whole region's row of a table gives way to what the text itself says
                rows.append(Row(document, clause, target, fit * (TOTAL if target.place and not places else 1.0)))
    return rows


def _chosen(desk: Desk, places: set[str]) -> list[Row]:
    """The rows that answer: for every facet and document the best, and those as close."""
    chosen: dict[tuple[str, int, int], Row] = {}
    parts = facets(_strip(desk.question.topic, places))
    wanted = _units(desk) if len(parts) == 1 else frozenset()
    for facet in parts:
        asked = aspects(facet, desk.opens.thesaurus)
        if not asked and not places:
            continue
        rows: defaultdict[str, list[Row]] = defaultdict(list)
        for row in _matching(desk, asked, places):
            rows[row.document.id].append(row)
        for document, own in rows.items():
            fitting = [r for r in own if r.target.unit in wanted]
            own = fitting if fitting or (wanted and not wanted & _RATES) else own
            own = _goals(own, desk.question.text)
            if not own:
                continue
            top = max(r.score for r in own)
            for row in own:
                if row.score >= CLOSE * top:
                    chosen.setdefault((document, row.target.start, row.target.end), row)
    return sorted(chosen.values(), key=lambda r: (-r.score, r.document.id, r.target.start))


def _units(desk: Desk) -> frozenset[str]:
    """The units a question asks in, empty where it does not say."""
    if re.search(r"比例|比重|占比|率|百分|几成|降幅|增幅", desk.question.topic + desk.question.text):
        return _RATES
    m = re.search(r"(?:多少|几)(?:个|万|亿)*(吨|公里|家|户|座|台|辆|个|项|千瓦|立方米|平方米|亩)", desk.question.text)
    return frozenset(f"{scale}{m[1]}" for scale in ("", "万", "亿")) if m else frozenset()


def _goals(rows: list[Row], text: str) -> list[Row]:
    """Without the change columns of a table where the goal itself stands beside them, unless a change is asked for."""
    if re.search(r"变化|幅度|减少|增加|下降|降低|提高|提升|降|增", text):
        return rows
    goals = {(r.clause.id, r.target.indicator, r.target.place) for r in rows if r.target.change == "level"}
    return [r for r in rows if r.target.change == "level" or (r.clause.id, r.target.indicator, r.target.place) not in goals]


def _strip(facet: str, places: set[str]) -> str:
    for p in sorted(places, key=len, reverse=True):
        facet = facet.replace(p, " ").replace(re.sub(r"(?:市|县|区|镇|乡|街道)$", "", p), " ")
    return facet


def value_of(target: Target) -> str:
    """The figure with its unit, as written."""
    return f"{target.value}{target.unit}"


def _words(document: Document, target: Target) -> str:
    year = f"{target.year}年" if target.year else ""
    base = f"（比{target.baseline_year}年）" if target.baseline_year else ""
    where = f"{target.place}" if target.place else ""
    # the document's own verb, and its own reserve (力争) right before the figure
    before = "".join(document.text[target.start : target.end].rpartition(target.value)[0].split())
    verb = m[0] if (m := _VERB.search(before)) and m[0] not in target.indicator[-5:] else ""
    return f"{year}{where}{target.indicator}{verb}{value_of(target)}{_BOUND[target.bound]}{base}"


def _figures(desk: Desk, least: float) -> list[tuple[Document, Clause, int, int, tuple[str, ...]]]:
    """Where no indicator fits: the sentences nearest to the question that say enough of it and hold a figure."""
    asked = aspects(desk.question.topic, desk.opens.thesaurus)
    wanted, found = _units(desk), []
    for hit in desk.search(desk.question.topic, 3) if asked and not desk.question.years and not _unknown_place(desk) else []:
        document, clause = desk.documents[hit.document], desk.clause(hit)
        figures = [q for q in find_quantities(document.text, hit.start, hit.end) if q.unit and (not wanted or q.unit in wanted)]
        if figures and coverage(asked, fold(document.text[hit.start : hit.end])) >= least:
            found.append((document, clause, hit.start, hit.end, tuple(f"{q.value}{q.unit}" for q in figures)))
    return found


# a place by its ending, none of the words that only look like one (园区, 县城, 各镇, 全市)
_PLACE = re.compile(
    r"(?<![各全本])([\u4e00-\u9fff]{2,3}?(?:镇|乡(?!镇|村)|街道|县(?!城|级|域|区)|市(?!场|政|民|级|区|管|[\u4e00-\u9fff]{1,6}局)|区(?!域)))"
)
_NO_PLACE = re.compile(
    r"[一二三四五六七八九十两]市$|(?:地|园|社|城|市|县|辖|景|校|小|库|山|郊|街|灾|牧|新|开发|示范|保护|高新|经开|自治|禁燃|重点|功能|试点|试验)区$|"
    r"(?:乡|村|城|集|建制|重点)镇$|城市$|[各全个几哪那这该每]"
)


def _place_names(desk: Desk) -> list[str]:
    """Words of the question that end like a place, the regions of the library taken out."""
    text = desk.question.text
    for name in sorted({d.facts.region or "" for d in desk.documents.values()}, key=len, reverse=True):
        text = text.replace(name, " ").replace(short_name(name), " ") if name else text
    return [m[1] for m in _PLACE.finditer(text) if not _NO_PLACE.search(m[1])]


def unknown_place(desk: Desk) -> bool:
    """Whether the question names a city or county that stands in no text of the library."""
    names = [n[-3:] for n in _place_names(desk) if n[-1] in "市县"]
    return any(not any(n in d.text for d in desk.documents.values()) for n in names)


def _unknown_place(desk: Desk) -> bool:
    """Whether the question names a place for which no document in scope has a row, and which is no region of one."""
    rows = {t.place for c in desk.stated("targets") for t in c.targets if t.place}
    found = _place_names(desk)
    return any(not any(p.endswith(f) or f.endswith(p) for p in rows) for f in found)


def lacks_indicator(desk: Desk) -> bool:
    """Whether the question names a place the texts do not know, or something the library has targets for, though not at
    the place or in the year asked.
    """
    if _unknown_place(desk):
        return True
    years, places = set(desk.question.years), _places(desk)
    here = {d.id for d in desk.in_scope()}
    known, own = set(), set()
    for clause in desk.stated("targets"):
        for t in clause.targets:
            known.add(words := fold(t.indicator))
            if clause.document in here and (not years or t.year in years) and (t.place in places if places else not t.place):
                own.add(words)
    asked = aspects(_strip(desk.question.topic, places), desk.opens.thesaurus)
    return any(any(coverage([a], w) >= LOOSE for w in known) and not any(coverage([a], w) >= LOOSE for w in own) for a in asked)


def answer_target(desk: Desk) -> Answer | None:
    """The answer, or None where no target in scope is the one asked for."""
    places = _places(desk)
    rows = [] if _unknown_place(desk) else _chosen(desk, places)
    found: list[tuple[Document, Clause, int, int, tuple[str, ...], str]]
    found = [
        (r.document, r.clause, r.target.start, r.target.end, (value_of(r.target),), _words(r.document, r.target)) for r in rows
    ]
    lacks = not found and lacks_indicator(desk)
    if not found and not (lacks and places):
        found = [(*f, " ".join(f[0].text[f[2] : f[3]].split())) for f in _figures(desk, WHOLE if lacks else FULL)]
    if not found:
        return None
    items, lines = [], []
    for document, clause, start, end, values, words in found[: room(len(found), narrowed=True)]:
        n = desk.cite(document, clause, start, end)
        lines.append(f"{place(document)}：{words}{marks([n])}")
        quote = desk.citations[n - 1].quote
        items.append(
            Item(document.id, document.source, document.facts.region, clause.path, clause.label, (), values, quote, (n,))
        )
    bases = {(r.target.year, r.target.baseline_year, r.target.change) for r in rows}
    note = "\n注意：各处的年份或基期不同，不宜直接比较。" if desk.question.kind == "compare" and len(bases) > 1 else ""
    head, more = f"关于“{desk.question.topic}”，找到 {len(found)} 项指标：", len(found) - len(items)
    in_tables = bool(rows) and all(any(t.start <= r.target.start < t.end for t in r.clause.tables) for r in rows)
    kind = "table" if in_tables and desk.question.kind == "target" else desk.question.kind
    text = "\n".join([head, *lines]) + unlisted(more, name=desk.to_name()) + note
    return Answer(desk.question.text, kind, "answered", text, tuple(items), tuple(desk.citations), unlisted=more)
