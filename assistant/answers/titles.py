"""Which documents a question means: those whose title it says, else those nearest to what it says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answers.desk import Desk
from assistant.aspects import aspects
from assistant.match import coverage, fold
from assistant.question import short_name
from corpus.metadata.kinds import comparable, is_kind_alone
from corpus.types import Document

STATE = "中华人民共和国"
LEAST = 4  # characters of a title without its place; 《民法典》, 《刑法》 are national laws called by less
NEAREST = 200  # clauses looked at for the nearest documents

_ONE_KIND = str.maketrans("〈〉", "《》")
_BRACKETED = re.compile(r"《((?:[^《》]|《[^《》]*》)*)》")
_REMARK = re.compile(r"〔[^〔〕]*〕\s*$")
_ISSUES = re.compile(r"(?:印发|转发|下发|发布)《?(.+?)》?的通知$")
# the rest of a longer title, up to its kind: 方案|任务分解表, 条例|实施办法; not 方案|依据什么规定, 方案|哪天印发
_GOES_ON = (
    r"(?:(?!依据|根据|按照|引用|征求|草案|印发|发布|公布|文号|哪|什么|何|谁|几)[\u4e00-\u9fff0-9a-z](?<![的了是有在])){0,12}?"
    r"(?:方案|计划|表(?![述示明现达])|办法|规定|细则|通知|意见|条例|规划|预案|清单|修正案)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names.

    documents: those whose title it says.  rest: the folded text without titles and places.
    unknown: whether it says no title but a longer one, of a document that is not here.
    """

    documents: list[Document]
    rest: str
    unknown: bool


def _key(text: str, regions: Iterable[str]) -> str:
    """Folded, without the state's name and those of places."""
    text = fold(text).replace(STATE, "")
    for region in regions:
        text = re.sub(f"{re.escape(region)}|{re.escape(short_name(region))}", "", text)
    return text


def outside(text: str) -> str:
    """The text without what stands in 《》; a bar in its place."""
    return _BRACKETED.sub("|", text.translate(_ONE_KIND))


def _plain(title: str) -> str:
    """A title as titles are compared, also without a remark with parentheses of its own: 〔样本（试行）〕."""
    return comparable(_REMARK.sub("", title))


def _bracketed(text: str) -> list[str]:
    """The titles in 《》; of a notice that issues a document also that document's."""
    titles = [m[1] for m in _BRACKETED.finditer(text.translate(_ONE_KIND))]
    return [_plain(t) for title in titles for t in (title, *(m[1] for m in _ISSUES.finditer(title)))]


def titled(desk: Desk, documents: list[Document], text: str) -> Named:
    """The documents whose title stands in a text, whole but for the place and the state; of titles in titles the longest.

    A title in 《》 is a document's own or another's; elsewhere one that goes on to another kind word is another's: 方案任务分解表.
    """
    places, found, longer = set(desk.question.regions), dict[str, list[Document]](), False
    # the text and its bracketed titles, with all places and without those the question names
    views = [(_key(outside(text), names), [_key(t, names) for t in _bracketed(text)]) for names in ((), places)]
    for document in documents:
        title = _plain(document.facts.title)
        region = [document.facts.region] if document.facts.region else []
        least = 2 if title.startswith(STATE) else LEAST
        for said, (open_text, titles) in zip((_key(title, ()), _key(title, region)), views, strict=True):
            if len(said) < least or is_kind_alone(said):
                continue
            if said in titles or (said in open_text and re.search(rf"{re.escape(said)}(?!{_GOES_ON})", open_text)):
                found.setdefault(said, []).append(document)
            else:
                longer = longer or said in open_text or any(said in t for t in titles)
    longest = [said for said in found if not any(said != other and said in other for other in found)]
    rest = views[1][0]
    for said in filter(None, (_key(said, places) for said in sorted(found, key=len, reverse=True))):
        rest = re.sub(rf"{re.escape(said)}(?:(?:征求意见稿|草案|送审稿)(?=的))?", "|", rest)
    named = list({d.id: d for said in longest for d in found[said]}.values())
    return Named(named, rest, unknown=longer and not named)


def by_nearness(desk: Desk, documents: list[Document]) -> list[Document]:
    """Those whose title says most of the question's words first, then in the order of the search, then as they were."""
    asked = aspects(desk.question.topic, desk.opens.thesaurus)
    said = {d.id: coverage(asked, fold(d.facts.title)) if asked else 0.0 for d in documents}
    ranks: dict[str, int] = {}
    for n, hit in enumerate(desk.search(desk.question.topic, NEAREST)):
        ranks.setdefault(hit.document, n)
    return sorted(documents, key=lambda d: (-said[d.id], ranks.get(d.id, NEAREST)))
