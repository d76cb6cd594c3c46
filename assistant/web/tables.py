"""The structured part of an answer: the table or the counted list of its kind. Pure functions."""

import re
from html import escape
from itertools import groupby

from assistant.types import Answer, Citation, Item, Kind, UnitRole
from assistant.web.chart import Bar, bar_of, render_charts
from assistant.web.links import MARK, NIL, Marks, badges, marks_of, opener
from corpus.types import Role

ROLE_NAMES: dict[Role, str] = {"lead": "牵头", "support": "配合", "responsible": "责任／落实"}
_BADGES = {"lead": "牵头", "support": "配合", "responsible": "责任", "inherited": "落实"}
_UNNAMED = "写有这一内容，没有单列的责任表述，请看原文"
VALUE_NAMES: dict[Kind, str] = {"when": "时限", "meta": "内容"}  # else 数值


def render_structure(answer: Answer, marks: Marks) -> str:
    """The table or list of the answer's items; "" where the kind has none."""
    if not answer.items:
        return ""
    if answer.kind in ("who", "lead"):
        return _responsibility_table(answer, marks)
    if answer.kind == "tasks":
        return _task_list(answer, marks)
    if any(item.values for item in answer.items):
        return _value_table(answer, marks, VALUE_NAMES.get(answer.kind, "数值"))
    return ""


def grid(css: str, heads: tuple[str, ...], rows: list[str]) -> str:
    """A table of rows already in HTML."""
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return (
        f'<div class="table-box"><table class="grid {css}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def cell(name: str, markup: str, *, css: str = "", span: int = 1, rows: int = 1) -> str:
    """A table cell over `span` columns and `rows` rows; on a phone rows become cards and `name` stands before the value."""
    css = f"{css} empty".strip() if markup == NIL else css
    attributes = f' class="{css}"' if css else ""
    attributes += f' colspan="{span}"' if span > 1 else ""
    attributes += f' rowspan="{rows}"' if rows > 1 else ""
    return f'<td data-name="{name}"{attributes}><div>{markup}</div></td>'


def _cited(item: Item, marks: Marks) -> Citation | None:
    return next((marks[number] for number in item.marks if number in marks), None)


def _place(item: Item, marks: Marks) -> str:
    """Region of the row, else the document's title, with what must be known of it."""
    cited = _cited(item, marks)
    name = item.region or (cited.title if cited else "") or item.source
    return escape(name) + (badges(draft=cited.draft, expired=cited.expired, old=cited.old) if cited else "")


def _clause_cell(item: Item, marks: Marks) -> str:
    return cell("条款", f"{escape(item.label)} {marks_of(item, marks)}<small>{_title(item, marks)}</small>", css="clause-name")


def _title(item: Item, marks: Marks) -> str:
    cited = _cited(item, marks)
    return escape(cited.title if cited else item.source)


def _place_cells(items: tuple[Item, ...], marks: Marks) -> list[str]:
    """The first cell of every row: one over all rows of a document; on a phone every card has its own."""
    cells: list[str] = []
    for _, each in groupby(items, key=lambda item: item.document):
        group = list(each)
        name = _place(group[0], marks)
        cells.append(cell("地区", name, css="place", rows=len(group)))
        cells += [cell("地区", name, css="place again")] * (len(group) - 1)
    return cells


def _responsibility_table(answer: Answer, marks: Marks) -> str:
    rows = []
    lines = restated(answer) or [""] * len(answer.items)
    for item, line, place in zip(answer.items, lines, _place_cells(answer.items, marks), strict=True):
        named = {role: cell(name, _units(item.units, role)) for role, name in ROLE_NAMES.items()}
        if not item.units:
            cells = cell("责任", _remark(line), css="none", span=len(ROLE_NAMES))
        elif all(unit.inherited and unit.role == "responsible" for unit in item.units):
            cells = cell("责任", _remark(line), css="none", span=2) + named["responsible"]
        else:
            cells = "".join(named.values())
        rows.append(f"<tr>{place}{cells}{_clause_cell(item, marks)}</tr>")
    return grid("who", ("地区", *ROLE_NAMES.values(), "条款"), rows)


def _remark(line: str) -> str:
    """What the answer's text says of a clause that names nobody."""
    return escape(MARK.sub("", line.partition("：")[2].partition("；")[0]).rstrip("。") or _UNNAMED)


def _units(units: tuple[UnitRole, ...], role: Role) -> str:
    named = [each for each in units if each.role == role]
    return (
        "".join(
            f'<span class="unit">{escape(each.unit)}{_INHERITED if each.inherited else ""}'
            f"{'、' if each is not named[-1] else ''}</span>"
            for each in named
        )
        or NIL
    )


_INHERITED = '<small title="本条未单列，由文中另一处统一规定">（统一规定）</small>'


def statements(answer: Answer) -> list[str]:
    """What every item says, without its place and marks; its quotation where the text does not restate it."""
    said = restated(answer)
    if not said:
        return [item.quote for item in answer.items]
    return [_statement(line, item) for line, item in zip(said, answer.items, strict=True)]


def _value_table(answer: Answer, marks: Marks, name: str) -> str:
    said = statements(answer)
    rows = [
        f"<tr>{place}{cell(name, _values(item, marks), css='value')}"
        f"{cell('表述', escape(line), css='quoted')}{_clause_cell(item, marks)}</tr>"
        for item, line, place in zip(answer.items, said, _place_cells(answer.items, marks), strict=True)
    ]
    chart = render_charts(_bars(answer, said, marks), sum(bool(item.values) for item in answer.items))
    return (chart if answer.kind == "compare" else "") + grid("values", ("地区", name, "表述", "条款"), rows)


def _values(item: Item, marks: Marks) -> str:
    """The values, leading to where they stand."""
    said, cited = "；".join(map(escape, item.values)), _cited(item, marks)
    return opener(cited.document, cited.start, cited.end, said, hint="查看原文") if said and cited else said or NIL


def _bars(answer: Answer, said: list[str], marks: Marks) -> list[Bar]:
    bars = (
        bar_of(item, line, item.region or cited.title, cited)
        for item, line in zip(answer.items, said, strict=True)
        if (cited := _cited(item, marks))
    )
    return [bar for bar in bars if bar]


def _statement(line: str, item: Item) -> str:
    """A restating line without the place before it and the item's marks behind it, both of which have their columns."""
    marks = "|".join(map(str, item.marks))
    said = re.sub(rf"(?:\[(?:{marks})\])+(?=[。；]?$)", "", line.strip())
    place, _, rest = said.partition("：")
    before = f"{item.region} {item.label}（{'；'.join(item.values)}）" if item.region else ""
    return rest if place in (item.region, before) else said


def _task_list(answer: Answer, marks: Marks) -> str:
    """Grouped by document in the order of the answer, every group counted."""
    names = restated(answer) or [item.label for item in answer.items]
    parts = []
    for _, each in groupby(zip(answer.items, names, strict=True), key=lambda pair: pair[0].document):
        group = list(each)
        first = group[0][0]
        parts.append(
            f'<section class="tasks"><h3>{_place(first, marks)} '
            f"<small>{len(group)} 项　{_title(first, marks)}</small></h3>"
            f"<ol>{''.join(_task(item, line, marks) for item, line in group)}</ol></section>"
        )
    return "".join(parts)


def _task(item: Item, line: str, marks: Marks) -> str:
    """Roles, the clause and, of a table, the row's task, which only the restating line names."""
    roles = dict.fromkeys("inherited" if unit.inherited else unit.role for unit in item.units)
    badges = "".join(f'<span class="role {role}">{_BADGES[role]}</span>' for role in roles)
    said = _statement(line, item)
    at = said.find(item.label)
    return f"<li>{badges}<span>{escape(said[at:] if at >= 0 else item.label)}</span> {marks_of(item, marks)}</li>"


def restated(answer: Answer) -> list[str]:
    """The lines after the first that carry marks, if they are the items' one by one: as many, with the same marks."""
    known = {citation.n for citation in answer.citations}
    lines = [(line, {int(n) for n in MARK.findall(line)} & known) for line in answer.text.splitlines()[1:]]
    carrying = [(line, numbers) for line, numbers in lines if numbers]
    same = [numbers for _, numbers in carrying] == [set(item.marks) for item in answer.items]
    return [line for line, _ in carrying] if same else []
