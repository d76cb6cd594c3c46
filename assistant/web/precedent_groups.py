"""Groups of wording, and a draft held against precedent, as HTML. Pure functions."""

from html import escape

from assistant.precedents.types import DraftCheck, DraftSentence, Group, Precedents, Quotation, Variant
from assistant.web.differences import LEGEND, redline, render_namings, render_similarity, same
from assistant.web.links import NIL
from assistant.web.tables import cell, grid
from assistant.web.taking import source

SHOWN = 4  # sources of a wording in sight; the others are folded
_ONLY = '<span class="badge" title="所查文件中，只有一个文件这样写">独有</span>'
_COMMON = '<span class="badge common" title="所查文件中，半数以上这样写">通用表述</span>'


def render_precedents(found: Precedents) -> str:
    """The groups, best first, each with its sources and variants; a notice where there is none."""
    if not found.groups:
        return nothing(found.documents)
    groups = "".join(_group(found, group) for group in found.groups)
    compared = any(group.pieces or len(group.variants) > 1 for group in found.groups)
    return (
        f'<article class="answer precedents"><p class="count">共查 {found.documents} 个文件，'
        f"列出 {len(found.groups)} 种写法，接近的在前。</p>{LEGEND if compared else ''}{groups}</article>"
    )


def nothing(documents: int) -> str:
    """That nothing near was found, and where it was looked for."""
    said = (
        f"所查 {documents} 个文件中没有相近的写法。可以换一种说法，或者放宽地区、文件的范围再试。"
        if documents
        else "所选范围内没有文件。请放宽地区、文件的范围，或者先在“文件”栏添加文件。"
    )
    return f'<div class="notice" role="status"><strong>没有找到</strong><p>{said}</p></div>'


def _group(found: Precedents, group: Group) -> str:
    first, *others = group.variants
    badge = _ONLY if group.only else _COMMON if group.common else ""
    asked = f'<span class="asked">对应所给文字第 {group.asked + 1} 句</span>' if len(found.sentences) > 1 else ""
    least = "至少" if group.at_least else ""
    return (
        f'<section class="group"><header><h3>{found.documents} 个文件中{least} {group.documents} 个采用</h3>{badge}'
        f"{render_similarity(group.similarity, theme=found.theme)}{asked}</header>"
        f'<p class="wording">{_marked(group)}</p>{_against(group)}{_sources(first.quotations)}'
        f"{''.join(map(_variant, others))}</section>"
    )


def _marked(group: Group) -> str:
    """The wording, with the part that answers what was asked marked where it is not the whole."""
    if group.core is None:
        return escape(group.wording)
    start, end = group.core
    before, core, after = group.wording[:start], group.wording[start:end], group.wording[end:]
    return f"{escape(before)}<mark>{escape(core)}</mark>{escape(after)}"


def _against(group: Group) -> str:
    """The wording against the sentence asked: what is named otherwise in sight, the whole difference folded."""
    if not group.pieces:
        return ""
    if same(group.pieces):
        return '<p class="same">与所给文字一字不差</p>'
    return (
        f'{render_namings(group.namings)}<details class="against"><summary>与所给文字的不同</summary>'
        f'<p class="wording">{redline(group.pieces)}</p></details>'
    )


def _variant(variant: Variant) -> str:
    return (
        f'<div class="variant"><p class="wording"><span class="tag">又作</span>{redline(variant.pieces)}</p>'
        f"{render_namings(variant.namings)}{_sources(variant.quotations)}</div>"
    )


def _sources(quotations: tuple[Quotation, ...]) -> str:
    items = [f"<li>{source(each)}</li>" for each in quotations]
    shown, rest = items[:SHOWN], items[SHOWN:]
    folded = f"<details><summary>其余 {len(rest)} 处</summary><ul>{''.join(rest)}</ul></details>" if rest else ""
    return f'<div class="sources"><ul>{"".join(shown)}</ul>{folded}</div>'


def render_draft(check: DraftCheck) -> str:
    """The draft's sentences, each beside its nearest precedent; a notice where no sentence has one."""
    near = sum(sentence.nearest is not None for sentence in check.sentences)
    if not near:
        return nothing(check.documents)
    rows = [_draft_row(sentence) for sentence in check.sentences]
    return (
        f'<article class="answer draft-check"><p class="count">草稿共 {len(check.sentences)} 句：{near} 句有相近的写法，'
        f"{len(check.sentences) - near} 句没有。共查 {check.documents} 个文件。</p>"
        '<p class="legend">草稿一栏以最接近的写法为底稿：<ins>下划线</ins>为草稿增加的字词，'
        "<del>删除线</del>为草稿没有写的字词。“须核改”列出数值、时间、地区、部门的不同，草稿在前。</p>"
        f"{grid('draft', ('草稿', '最接近的写法', '须核改'), rows)}</article>"
    )


def _draft_row(sentence: DraftSentence) -> str:
    if sentence.nearest is None or sentence.similarity is None:
        own = cell("草稿", escape(sentence.text), css="wording")
        return f"<tr>{own}{cell('最接近的写法', '没有相近的写法', css='none', span=2)}</tr>"
    note = '<p class="same">与已有写法一字不差</p>' if same(sentence.pieces) else ""
    own = cell("草稿", f'<span class="wording">{redline(sentence.pieces)}</span>{note}')
    quote = f'<span class="wording">{escape(sentence.nearest.citation.quote)}</span>'
    nearest = f'{quote}<div class="source">{source(sentence.nearest)}</div>{render_similarity(sentence.similarity)}'
    return f"<tr>{own}{cell('最接近的写法', nearest)}{cell('须核改', render_namings(sentence.namings, single=True) or NIL)}</tr>"
