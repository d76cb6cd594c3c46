"""An Answer as HTML: pure functions. Every text that comes from a document or a person is escaped."""

import re
from collections.abc import Mapping
from html import escape

from assistant.report import answer_text
from assistant.types import Answer, Citation
from assistant.web.judging import judge_buttons, why_found
from assistant.web.links import MARK, Marks, badges, mark_link, opener, paged
from assistant.web.tables import render_structure, restated
from assistant.web.taking import across_button, pick_button, tools

SHOWN = 20  # citations in sight; those of a long list are folded, every mark leads to its text anyway


def render_notice(text: str) -> str:
    """Something the reader should know that is no failure."""
    return f'<div class="notice" role="status">{_lines(escape(text))}</div>'


def render_error(text: str) -> str:
    """A failure, never to be taken for an answer."""
    return f'<div class="error" role="alert"><strong>未能完成</strong>{_lines(escape(text))}</div>'


def render_answer(answer: Answer, typed: str | None = None, said: Mapping[str, bool] | None = None) -> str:
    """The whole answer: text with marks, the table or list of its kind, what else was looked for, citations.

    typed: what the reader wrote; where another question was asked for it, that is said first.
    said: what was said before of cited clauses, by their ids: right or wrong.
    """
    marks = {citation.n: citation for citation in answer.citations}
    if answer.outcome == "not_found":
        text = _lines(_linked(answer.text, marks))
        body = f'<div class="notice" role="status"><strong>未查到</strong>{text}</div>'
    else:
        told, restating = _said(answer, marks)
        body = told + render_structure(answer, marks) + restating
    asked = "" if typed is None or typed == answer.question else f'<p class="asked">按“{escape(answer.question)}”查询</p>'
    return f'<article class="answer">{asked}{body}{_also(answer.also)}{_taking(answer)}{_citations(answer.citations, said or {})}</article>'


def _taking(answer: Answer) -> str:
    """Buttons to take the answer away: copied as plain text, or as a Word file."""
    if answer.outcome == "not_found":
        return ""
    return (
        f'<div class="taking"><button type="button" class="plain" data-copy="{escape(answer_text(answer))}">复制答案</button>'
        '<button type="button" class="plain" data-export>导出 Word</button></div>'
    )


def _lines(markup: str) -> str:
    return "".join(f"<p>{line}</p>" for line in markup.splitlines() if line.strip())


def _linked(text: str, marks: Marks) -> str:
    """`text` escaped, its marks turned into links; a bracketed number that is no citation stays as it is."""

    def link(found: re.Match[str]) -> str:
        number = int(found[1])
        return mark_link(marks[number]) if number in marks else found[0]

    return MARK.sub(link, escape(text))


def _said(answer: Answer, marks: Marks) -> tuple[str, str]:
    """The text; apart from it, folded, the lines that restate the items one by one, which a table or the citations show."""
    head, *rest = [line for line in answer.text.splitlines() if line.strip()] or [""]
    told = set(restated(answer))
    if not told:
        return f'<div class="answer-text">{_lines(_linked(answer.text, marks))}</div>', ""
    folded = [line for line in rest if line in told or line.endswith("：")]
    kept = [head, *(line for line in rest if line not in folded)]
    return (
        f'<div class="answer-text">{_lines(_linked(_joined(kept), marks))}</div>',
        f'<details class="restating"><summary>文字表述（可复制）</summary>{_lines(_linked(_joined(folded), marks))}</details>',
    )


def _joined(lines: list[str]) -> str:
    return "\n".join(lines)


def _also(terms: tuple[str, ...]) -> str:
    return f'<p class="also">也找了：{"、".join(map(escape, terms))}</p>' if terms else ""


def _citations(citations: tuple[Citation, ...], said: Mapping[str, bool]) -> str:
    if not citations:
        return ""
    items = [_citation(each, said) for each in citations]
    shown, rest = items[:SHOWN], items[SHOWN:]
    folded = f"<details><summary>其余 {len(rest)} 处</summary><ol>{''.join(rest)}</ol></details>" if rest else ""
    return f'<section class="citations"><h3>出处</h3><ol>{"".join(shown)}</ol>{folded}</section>'


def _citation(each: Citation, said: Mapping[str, bool]) -> str:
    return (
        f'<li id="citation-{each.n}"><div class="cite-head">'
        + opener(each.document, each.start, each.end, _cite_title(each), hint="查看原文")
        + f'</div><blockquote tabindex="0">{escape(each.quote)}</blockquote>'
        + f"{tools(pick_button(each), across_button(each.document, each.clause))}"
        + f"{'' if each.old else judge_buttons(each, said.get(each.clause))}{why_found(each)}{_refers(each)}</li>"
    )


def _refers(citation: Citation) -> str:
    """The documents of the library that the cited clause names, each a link."""
    if not citation.refers:
        return ""
    links = "".join(opener(id, 0, 0, escape(f"《{title}》"), hint="打开该文件") for id, title in citation.refers)
    return f'<p class="refers">该条提到的文件：{links}</p>'


def _cite_title(citation: Citation) -> str:
    marked = badges(draft=citation.draft, expired=citation.expired, old=citation.old)
    return (
        f'<span class="number">[{citation.n}]</span> <span class="title">{escape(citation.title)}</span>{marked} '
        f'<span class="label">{escape(citation.label)}</span>{paged(citation.page, citation.ocr)}'
    )
