"""Records → the JSON objects of the machine-readable contract, and → lines for people."""

from dataclasses import asdict
from typing import Any

from assistant.types import Answer, Citation, Item
from corpus.types import Clause, Correction, Document, Version
from index.base import Hit
from index.evidence import explained

Json = dict[str, Any]


def document_json(document: Document, clauses: int, version: Version, corrected: tuple[Correction, ...]) -> Json:
    """A line of `policy documents`. corrected: the facts that a person has corrected, by their names here."""
    f = document.facts
    return {
        "document": document.id,
        "source": document.source,
        "title": f.title,
        "doc_number": f.doc_number,
        "issuer": f.issuer,
        "region": f.region,
        "date": f.date,
        "draft": f.draft,
        "valid": f.valid,
        "cites": list(f.cites),
        "clauses": clauses,
        "version": version.number,
        "versions": version.count,
        "current": version.current,
        "corrected": [c.field for c in corrected],
    }


def clause_json(clause: Clause, source: str) -> Json:
    """A line of `policy clauses`."""
    return {
        "clause": clause.id,
        "document": clause.document,
        "source": source,
        "path": list(clause.path),
        "label": clause.label,
        "heading": clause.heading,
        "kind": clause.kind,
        "text": clause.text,
        "start": clause.start,
        "end": clause.end,
        "responsibilities": [asdict(r) for r in clause.responsibilities],
        "targets": [asdict(t) for t in clause.targets],
        "tables": [asdict(t) for t in clause.tables],
    }


def hit_json(rank: int, hit: Hit, clause: Clause, document: Document) -> Json:
    """A hit of `policy search`."""
    return {
        "rank": rank,
        "clause": hit.clause,
        "document": hit.document,
        "source": document.source,
        "path": list(clause.path),
        "label": clause.label,
        "heading": clause.heading,
        "score": round(hit.score, 6),
        "quote": document.text[hit.start : hit.end],
        "start": hit.start,
        "end": hit.end,
        "old": not document.current,
        "why": {**asdict(hit.why), "text": explained(hit.why)},
        "also": [asdict(place) for place in hit.also],
    }


def also_text(hit: Hit) -> str:
    """How many other documents say the same, "" for none."""
    others = len({place.document for place in hit.also} - {hit.document})
    return f"另有 {others} 份文件有相同表述" if others else ""


def citation_json(c: Citation) -> Json:
    """A citation of `policy ask`; `page` and `ocr` only where the file has pages or was recognised."""
    data = {**asdict(c), "path": list(c.path), "refers": [{"document": id, "title": title} for id, title in c.refers]}
    return data if c.page is not None or c.ocr else {key: value for key, value in data.items() if key not in ("page", "ocr")}


def item_json(item: Item) -> Json:
    """An item of `policy ask`."""
    return {
        **asdict(item),
        "path": list(item.path),
        "units": [asdict(u) for u in item.units],
        "values": list(item.values),
        "marks": list(item.marks),
    }


def answer_json(id: object, answer: Answer) -> Json:
    """A line of `policy ask`."""
    return {
        "id": id,
        "question": answer.question,
        "kind": answer.kind,
        "outcome": answer.outcome,
        "text": answer.text,
        "items": [item_json(i) for i in answer.items],
        "citations": [citation_json(c) for c in answer.citations],
        "also": list(answer.also),
        "unlisted": answer.unlisted,
    }


def page_of(c: Citation) -> str:
    """`第3页`, marked where recognised from a picture; without the number where the file has no pages."""
    return ("" if c.page is None else f"第{c.page}页") + ("（扫描识别）" if c.ocr else "")


def source_of(c: Citation) -> str:
    """Where a quotation stands, drafts, expired documents and old versions marked: `《…方案》（征求意见稿）三、（九）…，第3页`."""
    draft = "（征求意见稿）" if c.draft and "征求意见稿" not in c.title else ""
    state = ("（已过有效期）" if c.expired else "") + ("（旧版本）" if c.old else "")
    return f"《{c.title}》{draft}{state}{c.label}{'，' if c.page is not None else ''}{page_of(c)}"


def answer_text(answer: Answer) -> str:
    """An answer as plain text: what is said, then every source with its quotation, letter by letter."""
    lines = [answer.text]
    if answer.citations:
        lines += ["", "出处："]
    for c in answer.citations:
        lines.append(f"[{c.n}] {source_of(c)}：“{c.quote}”")
    return "\n".join(lines)
