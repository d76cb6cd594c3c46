"""Precedents → the JSON object of the machine-readable contract, and → lines for people."""

from dataclasses import asdict, replace
from typing import Any

from assistant.precedents.types import Group, Naming, Precedents, Quotation
from assistant.precedents.wording import marked
from assistant.report import citation_json

_KINDS = {"figure": "数值", "year": "时间", "place": "地区", "department": "部门"}
_SHOWN = 5  # sources named for one wording

Json = dict[str, Any]


def precedents_json(id: object, found: Precedents) -> Json:
    """A line of `policy precedents`; the citations of a group are marked from 1."""
    return {
        "id": id,
        "text": found.text,
        "theme": found.theme,
        "sentences": list(found.sentences),
        "documents": found.documents,
        "groups": [_group_json(group) for group in found.groups],
    }


def _group_json(group: Group) -> Json:
    numbered = iter([replace(q.citation, n=n) for n, q in enumerate(group.quotations, 1)])
    variants: list[Json] = [
        {
            "wording": v.wording,
            "similarity": v.similarity.value,
            "pieces": [asdict(p) for p in v.pieces],
            "namings": [asdict(n) for n in v.namings],
            "citations": [{**citation_json(next(numbered)), "line": q.line} for q in v.quotations],
        }
        for v in group.variants
    ]
    return {
        "wording": group.wording,
        "similarity": group.similarity.value,
        "cosine": group.similarity.cosine,
        "words": group.similarity.words,
        "asked": group.asked,
        "documents": group.documents,
        "only": group.only,
        "common": group.common,
        "at_least": group.at_least,
        "core": _core_json(group),
        "pieces": [asdict(p) for p in group.pieces],
        "namings": [asdict(n) for n in group.namings],
        "citations": [c for v in variants for c in v["citations"]],
        "variants": variants,
    }


def _core_json(group: Group) -> Json | None:
    """The part of the wording that says it, with the offsets of the first citation's document."""
    if group.core is None:
        return None
    at = group.quotations[0].citation.start
    start, end = group.core
    return {"text": group.wording[start:end], "start": at + start, "end": at + end}


def precedents_text(found: Precedents) -> str:
    """For a terminal: every group with who says it so, then its variants as differences readable without colour."""
    lines: list[str] = []
    for n, group in enumerate(found.groups, 1):
        asked = f"，对应第 {group.asked + 1} 句" if len(found.sentences) > 1 else ""
        lines += [
            f"{n}. {adopted(group, found.documents)}，相似度 {group.similarity.value:.2f}{asked}",
            f"   {_line(group.wording)}",
            *([f"   其中：{_line(group.wording[slice(*group.core)])}"] if group.core else []),
            *(f"      {line}" for line in _sources(group.variants[0].quotations)),
        ]
        if telling := tuple(n for n in group.namings if n.ours):  # what only the precedent names shows in its wording
            lines.append(f"   所给文字与其不同：{named(telling)}")
        for variant in group.variants[1:]:
            lines += [f"   又作：{marked(variant.pieces)}", *(f"      {line}" for line in _sources(variant.quotations))]
    return "\n".join(lines)


def adopted(group: Group, documents: int) -> str:
    """`5 个文件中 4 个采用`, `3425 个文件中至少 60 个采用`, and whether it is common or stands in one document alone."""
    remark = "（独有）" if group.only else "（通用表述）" if group.common else ""
    return f"{documents} 个文件中{'至少' if group.at_least else ''} {group.documents} 个采用{remark}"


def named(namings: tuple[Naming, ...]) -> str:
    """`数值 14.5% ↔ 16%以上；部门 市经信局 ↔ 市工信局`."""
    return "；".join(f"{_KINDS[n.kind]} {n.ours or '（无）'} ↔ {n.theirs or '（无）'}" for n in namings)


def _line(text: str) -> str:
    return " ".join(text.split())


def _sources(quotations: tuple[Quotation, ...]) -> list[str]:
    lines = [q.line for q in quotations[:_SHOWN]]
    return [*lines, f"等 {len(quotations)} 处"] if len(quotations) > _SHOWN else lines
