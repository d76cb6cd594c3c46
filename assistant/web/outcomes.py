"""What becomes of files that are added, as HTML: a count, a bar, a line for each file. Pure functions."""

from collections import Counter
from collections.abc import Sequence
from html import escape

from assistant.types import OUTCOMES, Added
from assistant.web.intake import Item, Progress, State

SHOWN = 100  # lines at once; those of failed files come first where there are more
_STATES: dict[State, str] = {"waiting": "等待", "reading": "正在读取", "done": "已读完", "stopped": "未读取"}


def render_progress(progress: Progress) -> str:
    """The whole batch; "" where there is none."""
    items = progress.items
    if not items:
        return ""
    going = progress.running or progress.sending
    ready = sum(each.state in ("done", "stopped") for each in items)
    bar = f'<progress class="progress" max="{len(items)}" value="{ready}" aria-label="已读完的文件"></progress>' if going else ""
    shown = _shown(items)
    left = len(items) - len(shown)
    more = f'<p class="count">其余 {left} 个文件不逐一列出；未收录的列在最前。</p>' if left else ""
    lines = "".join(_line(each) for each in shown)
    return f'{_head(progress, ready)}{bar}{_advice(items)}<ul class="outcomes">{lines}</ul>{more}'


def _head(progress: Progress, ready: int) -> str:
    counted: Counter[str] = Counter(each.status for item in progress.items for each in item.outcomes)
    said = "，".join(f"{name} {counted[status]} 份" for status, name in OUTCOMES.items() if counted[status])
    stopped = sum(each.state == "stopped" for each in progress.items)
    said += f"{'，' if said else ''}{stopped} 个文件未读取" if stopped else ""
    going = progress.running or progress.sending
    if going:
        indexing = ready == len(progress.items) and not progress.sending
        what = "正在更新索引" if indexing else "正在停止，当前文件读完即停" if progress.stopping else "正在添加"
    else:
        what = "已停止" if progress.stopping else "添加完毕"
    total = len(progress.items)
    where = f"收到 {total} 个文件，读完 {ready} 个" if going else f"共 {total} 个文件"
    return f'<p class="pending" role="status"><strong>{what}</strong>：{where}{"；" if said else ""}{said}。</p>'


def _advice(items: Sequence[Item]) -> str:
    failed = sum(each.status == "failed" for item in items for each in item.outcomes)
    if not failed:
        return ""
    return (
        f'<div class="notice unfit"><p>有 {failed} 份未收录，原因见下。按所说的办法处理后，只需重新添加这些文件；'
        "其余文件已在库中，一并再次添加也不会重复。</p></div>"
    )


def _shown(items: Sequence[Item]) -> list[Item]:
    """All of them, or the failed ones, then those about the one being read."""
    if len(items) <= SHOWN:
        return list(items)
    failed = [each for each in items if any(o.status == "failed" for o in each.outcomes)][:SHOWN]
    at = next((n for n, each in enumerate(items) if each.state in ("reading", "waiting")), len(items))
    room = SHOWN - len(failed)
    near = [each for each in items[max(0, at - room // 2) :] if each not in failed][:room]
    return failed + near


def _line(item: Item) -> str:
    if not item.outcomes:
        state = "done" if item.state == "done" else item.state
        return f'<li class="{state}"><b>{_STATES[item.state]}</b> <span>{escape(item.name)}</span></li>'
    return "".join(render_outcome(each, item.name, item.path.name) for each in item.outcomes)


def render_outcome(each: Added, name: str = "", kept: str = "") -> str:
    """A line of what became of a file. name: of what was uploaded, which may hold the file; kept: its name as an upload."""
    base = name.rpartition("/")[2]
    shown = name if each.source in ("", base, kept) else f"{name} › {each.source}" if name else each.source
    count = f"{each.clauses} 条条款" if each.clauses else ""
    said = each.error or "；".join(filter(None, (count, each.told)))
    reason = f"<small>{escape(said)}</small>" if said else ""
    return f'<li class="{each.status}"><b>{OUTCOMES[each.status]}</b> <span>{escape(shown)}</span> {reason}</li>'
