"""What an answer on screen names may have left the library since: said for a reader of the page."""

from assistant.web.seam import PolicyService
from corpus.errors import PolicyError

GONE = "所引的文件或条款已不在文件库中，可能已经移除或更新。请重新提问，或在“文件”栏查看现有文件。"


def trouble(service: PolicyService, error: PolicyError, *documents: str, clause: str = "") -> str:
    """The error's sentence, or GONE where the library lacks one of the documents, or the first of them the clause."""
    try:
        held = {each.id for each in service.documents(versions=True)}
        there = held.issuperset(documents) and (not clause or clause in {each.id for each in service.clauses(documents[0])})
    except PolicyError:
        return str(error)
    return str(error) if there else GONE
