"""How two texts differ, and how near they are, as HTML. Pure functions.

Insertions are underlined and deletions struck through; the style sheet adds words for those who hear the page.
"""

from collections.abc import Iterable, Sequence
from html import escape

from assistant.precedents.report import named
from assistant.precedents.types import Naming, Piece, Similarity

LEGEND = '<p class="legend"><ins>下划线</ins>为增加的字词，<del>删除线</del>为没有写的字词。</p>'
_FORMS = {"kept": "{}", "added": '<ins title="增加">{}</ins>', "left_out": '<del title="没有写">{}</del>'}


def redline(pieces: Iterable[Piece]) -> str:
    """The newer text with what it adds and what it leaves out of the base."""
    return "".join(_FORMS[piece.kind].format(escape(piece.text)) for piece in pieces)


def newer(pieces: Iterable[Piece]) -> str:
    """The newer text exactly, with what it adds marked."""
    return redline(piece for piece in pieces if piece.kind != "left_out")


def same(pieces: Sequence[Piece]) -> bool:
    """Whether the texts say the same, word for word; not so where nothing was compared."""
    return bool(pieces) and all(piece.kind == "kept" for piece in pieces)


def render_namings(namings: Iterable[Naming], *, single: bool = False) -> str:
    """Figures, years, places and departments that differ, one sign each; "" for none.

    single: also what only one of the texts names, which a difference in sight shows anyway.
    """
    listed = (each for each in namings if single or (each.ours and each.theirs))
    signs = "".join(f'<li class="naming">{escape(named((each,)))}</li>' for each in listed)
    return f'<ul class="namings" aria-label="数值、时间、地区、部门的不同">{signs}</ul>' if signs else ""


def render_similarity(similarity: Similarity, *, theme: bool = False, clause: bool = False) -> str:
    """The figure, and what was measured for whoever points at it or opens it."""
    said = _measured(similarity, theme=theme, clause=clause)
    return (
        f'<details class="similarity"><summary title="{escape(said)}">相似度 {similarity.value:.2f}</summary>'
        f"<p>{escape(said)}</p></details>"
    )


def _measured(similarity: Similarity, *, theme: bool, clause: bool) -> str:
    words = "主题中的字词有多少写在这句话里" if theme else "两句话的字词有多少相同"
    how = "逐句取对方最接近的一句，按字数平均。" if clause else ""
    return (
        f"最高为 1，是两项的平均：编码器向量的余弦 {similarity.cosine:.2f}；{words} {similarity.words:.2f}，"
        f"少见的字词占比重大。{how}只说明文字接近的程度，不说明内容是否正确、有效、适用。"
    )
