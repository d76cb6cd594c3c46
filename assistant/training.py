"""What became of training an encoder, and the marks it learns from: as JSON and as lines for people."""

from collections.abc import Mapping
from dataclasses import asdict

from assistant.report import Json
from corpus.errors import LibraryError
from corpus.store import Library
from corpus.types import Mark
from index.adapt.adaptation import FEWEST, Outcome, Verdict
from index.adapt.examples import KINDS, Kind
from index.adapt.measure import Change

_LEARNT: Mapping[Kind, str] = {
    "mark": "标记过的问题与条款",
    "term": "自备词表的说法与规范用语",
    "heading": "标题与条文",
    "cloze": "句子与上下文",
}
_WHY: Mapping[Verdict, str] = {
    "adopted": "已采用训练后的编码器，索引已用它重建。恢复训练之前的编码器：policy train --undo",
    "too_little": f"没有训练：留作检验的问题不足 {FEWEST} 个，无法判断训练的好坏。请添加更多文件后再试。",
    "no_gain": "没有采用：训练后没有可靠的提高（置信区间包含 0 或在 0 以下）。仍使用原来的编码器。",
    "part_lost": "没有采用：总体提高，但其中一部分明显下降。仍使用原来的编码器。",
    "forgets": "没有采用：通用能力下降过多。仍使用原来的编码器。",
    "not_better": "没有采用：不如正在使用的、上次按本库训练的编码器。仍使用该编码器。",
}


def outcome_json(outcome: Outcome) -> Json:
    """A line of `policy train`. Figures are mean reciprocal ranks; an interval is that of the difference."""
    return {
        "status": "adopted" if outcome.verdict == "adopted" else "kept",
        "reason": outcome.verdict,
        "learnt": dict(outcome.learnt),
        "whole": change_json(outcome.whole),
        "parts": {kind: change_json(part) for kind, part in outcome.parts.items()},
        "general": change_json(outcome.general),
        "serving": change_json(outcome.serving) if outcome.serving else None,
    }


def change_json(change: Change) -> Json:
    """One comparison."""
    return {name: round(value, 6) for name, value in {**asdict(change), "gain": change.gain}.items()}


def outcome_text(outcome: Outcome) -> str:
    """What was learnt from, what was measured, and what follows from it."""
    learnt = "，".join(f"{_LEARNT[kind]} {outcome.learnt.get(kind, 0)} 对" for kind in KINDS)
    lines = [f"训练材料：{learnt}。"]
    if outcome.whole.queries:
        lines.append("检验（未参与训练的材料，只用语义检索，正确条款的平均倒数名次，括号内为差值及其 95% 置信区间）：")
        lines += [f"  {_LEARNT[kind]}：{_told(part)}" for kind, part in outcome.parts.items()]
        lines.append(f"  合计：{_told(outcome.whole)}")
        lines.append(f"  通用能力（内置词表）：{_told(outcome.general)}")
    if outcome.serving:
        lines.append(f"  与上次按本库训练的编码器相比：{_told(outcome.serving)}")
    return "\n".join([*lines, _WHY[outcome.verdict]])


def _told(change: Change) -> str:
    interval = f"{change.gain:+.3f}，{change.low:+.3f} 至 {change.high:+.3f}"
    return f"{change.queries} 问，{change.before:.3f} → {change.after:.3f}（{interval}）"


def mark_json(library: Library, mark: Mark) -> Json:
    """A line of `policy feedback --list`. label: None, and used: false, where the library has no such clause now."""
    return {**asdict(mark), "label": (label := _label(library, mark)), "used": label is not None}


def mark_text(library: Library, mark: Mark) -> str:
    """A mark as a line for people."""
    label = _label(library, mark)
    what = label if label is not None else f"{mark.clause}（库中没有这一条款，训练时不计）"
    return f"{mark.number}. {'有用' if mark.good else '不对'}  {mark.question} → {what}"


def _label(library: Library, mark: Mark) -> str | None:
    """The title and the clause, None where the library has no such clause."""
    place = library.place_of(mark.clause)
    try:
        if place is None:
            return None
        return f"《{library.document(place).facts.title}》{library.clause(place, mark.clause).label}"
    except LibraryError:  # removed just now
        return None
