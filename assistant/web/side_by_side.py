"""A clause beside the matching clauses of other documents, aligned sentence by sentence, as HTML. Pure functions."""

from collections.abc import Iterator
from html import escape

from assistant.precedents.types import Across, Aligned, Counterpart, Quotation
from assistant.web.differences import newer, render_namings, render_similarity, same
from assistant.web.staging import PRINT, staged
from assistant.web.tables import cell, grid
from assistant.web.taking import copy_button, pick_button, source_link, tools

BESIDE = 4  # documents beside ours in one table: what an A4 page laid across holds in readable type
_NONE = '<span class="nil">没有对应的句子</span>'
_OURS = "本条"


def render_across(found: Across) -> str:
    """The page: what is compared, tables of up to BESIDE other documents each, and the documents without a counterpart."""
    matched = [each for each in found.counterparts if each.clause]
    without = [each for each in found.counterparts if not each.clause]
    tables = "".join(_table(found, group) for group in _chunks(matched))
    body = f'<p class="subject">{source_link(found.clause)}</p>{_summary(found)}{tables}{_without(without, found.left)}'
    return staged("各地对照", body, buttons=PRINT)


def _summary(found: Across) -> str:
    others = len(found.counterparts) + found.left
    matched = sum(each.clause is not None for each in found.counterparts)
    if not others:
        return '<div class="notice" role="status"><p>文件库中没有其他文件可以对照。</p></div>'
    said = f"其他 {others} 个文件中，{matched} 个有对应条款。" if matched else f"其他 {others} 个文件中都没有对应条款。"
    marks = "句子按本条的顺序对齐；写法相近的，<ins>下划线</ins>标出与本条不同的字词。" if matched else ""
    return f'<p class="count">{said}{marks}</p>'


def _chunks(matched: list[Counterpart]) -> Iterator[list[Counterpart]]:
    """As few tables as BESIDE allows, of nearly equal width."""
    tables = -(-len(matched) // BESIDE)
    for n in range(tables):
        yield matched[len(matched) * n // tables : len(matched) * (n + 1) // tables]


def _name(counterpart: Counterpart) -> str:
    return escape(counterpart.region or counterpart.title)


def _table(found: Across, beside: list[Counterpart]) -> str:
    ours = found.clause.citation.region
    heads = (f"{_OURS}（{escape(ours)}）" if ours else _OURS, *map(_name, beside))
    rows = [_row("places", cell(_OURS, source_link(found.clause)), [cell(_name(each), _place(each)) for each in beside])]
    rows += [
        _row("", _quoted(sentence), [_cell(each, _answering(each, sentence)) for each in beside]) for sentence in found.sentences
    ]
    if any(_besides(each) for each in beside):
        own = cell(_OURS, '<span class="nil">本条没有的内容</span>')
        rows.append(_row("besides", own, [_extra(each) for each in beside]))
    return grid("side-by-side", heads, rows)


def _row(css: str, own: str, others: list[str]) -> str:
    attribute = f' class="{css}"' if css else ""
    return f"<tr{attribute}>{own}{''.join(others)}</tr>"


def _place(counterpart: Counterpart) -> str:
    """Where the counterpart stands, and how near it is."""
    link = source_link(counterpart.clause) if counterpart.clause else ""
    return link + (render_similarity(counterpart.similarity, clause=True) if counterpart.similarity else "")


def _quoted(sentence: Quotation) -> str:
    offered = tools(copy_button(sentence), pick_button(sentence.citation))
    return cell(_OURS, f'<span class="wording">{escape(sentence.citation.quote)}</span>{offered}')


def _answering(counterpart: Counterpart, sentence: Quotation) -> Aligned | None:
    """The row of a sentence of ours."""
    place = sentence.citation.start, sentence.citation.end
    return next((r for r in counterpart.rows if r.ours and (r.ours.citation.start, r.ours.citation.end) == place), None)


def _besides(counterpart: Counterpart) -> list[Quotation]:
    """What only the counterpart says."""
    return [row.theirs for row in counterpart.rows if row.ours is None and row.theirs]


def _cell(counterpart: Counterpart, row: Aligned | None) -> str:
    if row is None or row.theirs is None:
        return cell(_name(counterpart), _NONE)
    alike = _alike(row)
    text = newer(row.pieces) if alike else escape(row.theirs.citation.quote)
    note = '<span class="same">与本条一字不差</span>' if same(row.pieces) else ""
    offered = tools(copy_button(row.theirs), pick_button(row.theirs.citation))
    return cell(
        _name(counterpart), f'<span class="wording">{text}</span>{note}{render_namings(row.namings) if alike else ""}{offered}'
    )


def _alike(row: Aligned) -> bool:
    """Whether half of their sentence or more is ours too; else the differences are most of it and tell nothing."""
    kept = sum(len(piece.text) for piece in row.pieces if piece.kind == "kept")
    return 2 * kept >= sum(len(piece.text) for piece in row.pieces if piece.kind != "left_out") > 0


def _extra(counterpart: Counterpart) -> str:
    said = "".join(
        f'<p><span class="wording">{escape(each.citation.quote)}</span>{tools(copy_button(each), pick_button(each.citation))}</p>'
        for each in _besides(counterpart)
    )
    return cell(_name(counterpart), said or '<span class="nil">无</span>')


def _without(counterparts: list[Counterpart], left: int) -> str:
    if not counterparts:
        return ""
    items = "".join(
        f"<li>{escape(f'{each.region}：' if each.region else '')}《{escape(each.title)}》</li>" for each in counterparts
    )
    more = f"<p>另有 {left} 个文件没有对应条款，不逐一列出。</p>" if left else ""
    return f'<section class="without"><h3>没有对应条款的文件</h3><p>查过以下文件，没有足够接近的条款：</p><ul>{items}</ul>{more}</section>'
