"""Which documents a question means: those whose title it says, else those nearest to what it says."""

import re
from collections.abc import Iterable

from assistant.answers.desk import Desk
from assistant.aspects import aspects
from assistant.match import coverage, fold
from assistant.question import short_name
from corpus.metadata.kinds import comparable, is_kind_alone
from corpus.types import Document

STATE = "中华人民共和国"
LEAST = 4  # characters of a title without its place; 《民法典》, 《刑法》 are national laws called by less
NEAREST = 200  # clauses looked at for the nearest documents


def _key(text: str, regions: Iterable[str]) -> str:
    """Folded, without the state's name and those of places."""
    text = fold(text).replace(STATE, "")
    for region in regions:
        text = re.sub(f"{re.escape(region)}|{re.escape(short_name(region))}", "", text)
    return text


def titled(desk: Desk, documents: list[Document], text: str) -> list[Document]:
    """The documents whose title stands in a text, whole but for the place and the state; of titles in titles the longest."""
    whole, places = _key(text, ()), set(desk.question.regions)
    bare, found = _key(text, places), dict[str, list[Document]]()
    for document in documents:
        title = comparable(document.facts.title)
        region = [document.facts.region] if document.facts.region else []
        key, short = _key(title, ()), _key(title, region)
        least = 2 if title.startswith(STATE) else LEAST
        for said, where in ((key, whole), (short, bare)):
            if len(said) >= least and said in where and not is_kind_alone(said):
                found.setdefault(said, []).append(document)
    longest = [said for said in found if not any(said != other and said in other for other in found)]
    return list({d.id: d for said in longest for d in found[said]}.values())


def by_nearness(desk: Desk, documents: list[Document]) -> list[Document]:
    """Those whose title says most of the question's words first, then in the order of the search, then as they were."""
    asked = aspects(desk.question.topic, desk.opens.thesaurus)
    said = {d.id: coverage(asked, fold(d.facts.title)) if asked else 0.0 for d in documents}
    ranks: dict[str, int] = {}
    for n, hit in enumerate(desk.search(desk.question.topic, NEAREST)):
        ranks.setdefault(hit.document, n)
    return sorted(documents, key=lambda d: (-said[d.id], ranks.get(d.id, NEAREST)))
