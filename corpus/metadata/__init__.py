"""What a document says of itself: title, number, issuer, place, date, draft or in force, validity, citations."""

import re

from corpus.metadata.citations import cited_documents
from corpus.metadata.front import Front, is_adoption, read_front
from corpus.metadata.issue import read_date, read_issuer
from corpus.metadata.number import read_number
from corpus.metadata.region import read_region
from corpus.metadata.title import read_titles
from corpus.metadata.validity import validity
from corpus.types import Facts

__all__ = ["read_facts"]

_DRAFT = re.compile(r"征求意见稿|送审稿|讨论稿|审议稿|[（(][^（）()]{0,6}草案[^（）()]{0,6}[）)]|草案$|草稿|公开征求.{0,80}意见")
_CONSULTATION = re.compile(r"(?:现|拟)[^。]{0,60}(?:公开|社会)[^。]{0,20}(?:征求|征集)[^。]{0,10}意见")


def read_facts(text: str, source: str) -> Facts:
    """The facts of a stored text. `source` is its file name, used only where the text is silent (title, place, date).

    What is not said is None, never guessed. Time is linear in the text.
    """
    front = read_front(text)
    titles = read_titles(text, front, source)
    issuer = read_issuer(front, text, (titles.notice, titles.title))
    body = "\n".join(line for line in text.split("\n") if not is_adoption(line[:400].strip()))
    return Facts(
        title=titles.title,
        doc_number=read_number(front),
        issuer=issuer,
        region=read_region(titles.title, titles.notice, issuer, source, text),
        date=read_date(front, text, source),
        draft=_is_draft(front, titles.title, titles.notice, source),
        valid=validity(text),
        cites=cited_documents(body, (titles.title, titles.notice)),
    )


def _is_draft(front: Front, title: str, notice: str, source: str) -> bool:
    if any(_DRAFT.search(name) for name in (title, notice, source)):
        return True
    short = (line for line in front.lines if len(line) <= 60 and "。" not in line and "《" not in line)
    return any(_DRAFT.search(line) for line in short) or any(_CONSULTATION.search(line[:600]) for line in front.lines)
