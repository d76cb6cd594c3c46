"""Whole documents: several statements, conventions, inherited responsibility, tables, deadlines, offsets, speed."""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pytest

from corpus.outline import read_clauses
from corpus.responsibility import clause_statements, read_responsibilities
from corpus.types import Cell, Clause, Responsibility, Row, Table
from tests.corpus.plans import clause, told
from tests.limits import that_ends
from tests.shared import SEEDS, SHARED, needs_shared


def read(text: str) -> dict[str, tuple[Responsibility, ...]]:
    clauses = read_clauses(text, "d")
    return {"/".join(c.path): r for c, r in zip(clauses, read_responsibilities(text, clauses), strict=True)}


def inherited(found: tuple[Responsibility, ...]) -> list[str]:
    return [r.unit for r in found if r.inherited]


PLAN = """临江市仓储节能方案

一、主要目标
到2025年，建成一批示范库房。
二、重点任务
（一）库房改造工程。更换灯具。{first}
（二）运输提效工程。更换车辆。（责任单位：市交通运输局、市商务局）
（三）培训工程。每年两期。
三、保障措施
（一）加强领导。定期会商。（市发改局、市财政局按职责分工负责）
附件1
任务分工
一、清点库房
逐一登记。（责任单位：市统计局、市财政局）
"""


def test_a_sentence_that_assigns_everything_below() -> None:
    assigning = "以下均由各县（市、区）政府，临江高新区、滨湖新区管委会负责实施，不再逐项列出"
    statement = f"（市发改局、市住建局等分工负责，各县（市、区）政府，临江高新区、滨湖新区管委会。{assigning}）"
    text = PLAN.format(first=statement)
    found = read(text)
    bodies = ["各县（市、区）政府", "临江高新区管委会", "滨湖新区管委会"]
    assert told(found["二/一"]) == "R市发改局 R市住建局"
    for path in ("二/一", "二/二", "二/三", "三/一"):
        assert inherited(found[path]) == bodies
    for path in ("一", "二", "三"):
        assert found[path] == ()
    assert all(inherited(r) == [] for p, r in found.items() if p.startswith("附件"))
    for r in found["三/一"]:
        assert text[r.start : r.end] == (assigning if r.inherited else "（市发改局、市财政局按职责分工负责）")


@pytest.mark.parametrize(
    ("first", "bodies", "role"),
    [
        ("（市发改局负责，以下均含各县（市、区）政府，不再逐一列出）", ["各县（市、区）政府"], "responsible"),
        (
            "（市发改局等负责，各级政府抓好落实。以下各项工作均需各地落实，不再逐项列出）",
            ["各地"],
            "responsible",
        ),
        ("（责任单位：市发改局。各乡镇〔街道〕为责任主体，下同）", ["各乡镇〔街道〕"], "responsible"),
        (
            "（市发改局牵头，各区人民政府、高新区管委会配合，下同）",
            ["各区人民政府", "高新区管委会"],
            "support",
        ),
        (
            "（责任单位：市发改局；各县区人民政府均为责任单位，以下不再列出）",
            ["各县区人民政府"],
            "responsible",
        ),
        (
            "（责任单位：市发改局，以下任务均包括各县（市、区）党委和政府，不再重复列出）",
            ["各县（市、区）党委和政府"],
            "responsible",
        ),
        (
            "（责任单位：市发改局；\n以下各项工作均由各区\n政府负责落实，不再一\n一列出）",
            ["各区政府"],
            "responsible",
        ),
        ("（市发改局负责）以下各项均需各县区人民政府落实，不再一一列出。", ["各县区人民政府"], "responsible"),
    ],
)
def test_wordings_of_inherited_responsibility(first: str, bodies: list[str], role: str) -> None:
    found = read(PLAN.format(first=first))
    assert inherited(found["二/一"]) == inherited(found["三/一"]) == bodies
    assert {r.role for r in found["三/一"] if r.inherited} == {role}
    assert all(r.unit not in bodies for r in found["二/一"] if not r.inherited)


def test_a_body_named_again_is_named_once() -> None:
    first = "（市发改局负责，以下均需各区人民政府落实，不再一一列出）"
    text = PLAN.format(first=first).replace("市交通运输局、市商务局", "市交通运输局、各区人民政府")
    assert [(r.unit, r.inherited) for r in read(text)["二/二"]] == [
        ("市交通运输局", False),
        ("各区人民政府", False),
    ]


@pytest.mark.parametrize(
    ("note", "later", "own"),
    [
        ("排在第一位的，为牵头单位，下同", "L市交通运输局 R市商务局", "L市发改局 R市住建局"),
        ("排名第一位的为牵头单位，下同", "L市交通运输局 R市商务局", "L市发改局 R市住建局"),
        ("排第一的单位为牵头单位，以下同", "L市交通运输局 R市商务局", "L市发改局 R市住建局"),
        ("第一个单位为牵头单位，下同", "L市交通运输局 R市商务局", "L市发改局 R市住建局"),
        ("首位为牵头单位，下同", "L市交通运输局 R市商务局", "L市发改局 R市住建局"),
        ("列第一位的为牵头单位", "R市交通运输局 R市商务局", "L市发改局 R市住建局"),
    ],
)
def test_a_convention_of_the_document(note: str, later: str, own: str) -> None:
    found = read(PLAN.format(first=f"（责任单位：市发改局、市住建局。{note}）"))
    assert told(found["二/一"]) == own
    assert told(found["二/二"]) == later


def test_the_bodies_before_the_comma_are_in_the_lead() -> None:
    found = read(PLAN.format(first="（责任单位：市发改局、市住建局，市财政局。逗号前为牵头单位，逗号后为配合单位，下同）"))
    assert told(found["二/一"]) == "L市发改局 L市住建局 S市财政局"


def test_bodies_with_a_star_are_in_the_lead() -> None:
    found = read(PLAN.format(first="（责任单位：市发改局、市住建局*、市财政局，标*的为牵头单位，下同）"))
    assert told(found["二/一"]) == "R市发改局 L市住建局 R市财政局"


def test_a_convention_told_before_the_tasks_or_after_them() -> None:
    before = PLAN.replace("二、重点任务\n", "二、重点任务（责任单位排第一位的为牵头单位）\n").format(
        first="（责任单位：市发改局、市住建局）"
    )
    after = PLAN.format(first="（责任单位：市发改局、市住建局）").replace(
        "附件1\n", "注：责任单位中列第一位的为牵头单位。\n附件1\n"
    )
    for text in (before, after):
        assert told(read(text)["二/一"]) == "L市发改局 R市住建局"


def test_a_lead_in_words_stands_above_the_convention() -> None:
    text = PLAN.format(first="（责任单位：市发改局、市住建局，列首位的为牵头单位，下同）").replace(
        "市发改局、市财政局按职责分工负责", "市财政局会同市发改局，市统计局配合"
    )
    assert told(read(text)["三/一"]) == "L市财政局 S市发改局 S市统计局"


def test_several_statements_of_one_clause_keep_their_own_extents() -> None:
    text = "（一）两件事。甲事先行。（市教育局负责）\n乙事随后。（市财政局、市体育局负责）\n丙事最后。\n责任单位：市司法局"
    (found,) = read_responsibilities(text, [clause(text)])
    assert [(r.unit, text[r.start : r.end]) for r in found] == [
        ("市教育局", "（市教育局负责）"),
        ("市财政局", "（市财政局、市体育局负责）"),
        ("市体育局", "（市财政局、市体育局负责）"),
        ("市司法局", "责任单位：市司法局"),
    ]
    (statements,) = clause_statements(text, [clause(text)])
    assert [(s.start, s.end) for s in statements] == sorted({(r.start, r.end) for r in found})


def test_a_statement_in_a_heading() -> None:
    text = "一、用地\n（一）土地（牵头部门：市自规局）\n盘活存量。\n（二）厂房（市住建局负责）\n统一建设。\n"
    found = read(text)
    assert told(found["一/一"]) == "L市自规局"
    assert told(found["一/二"]) == "R市住建局"
    assert found["一"] == ()


@pytest.mark.parametrize(
    ("statement", "deadline"),
    [
        ("（牵头单位：市教育局；配合单位：市财政局；完成时限：2025年12月底前）", "2025年12月底前"),
        ("（责任单位：市教育局，完成时间：2024年6月）", "2024年6月"),
        ("（完成时限：长期坚持；责任单位：市教育局）", "长期坚持"),
        ("（市教育局牵头，市财政局配合，2024年12月底前完成）", "2024年12月底前"),
        ("（责任单位：市教育局；2023年9月30日前）", "2023年9月30日前"),
        ("（责任单位：市教育局）（完成时限：2024年底）", "2024年底"),
        ("（责任单位：市教育局；时间节点：每季度末）", "每季度末"),
        ("（责任单位：市教育局，持续推进）", "持续推进"),
        ("\n责任单位：市教育局\n完成时限：2025年12\n月底前", "2025年12月底前"),
        ("（责任单位：市教育局）", None),
    ],
)
def test_deadlines(statement: str, deadline: str | None) -> None:
    text = f"（一）培训工程。每年两期。{statement}\n"
    (found,) = read_responsibilities(text, [clause(text)])
    assert {r.deadline for r in found} == {deadline}
    assert told(found)[1:].startswith("市教育局")


def _table(text: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    made, at = [], 0
    for row in rows:
        cells = []
        for value in row:
            at = text.index(value, at)
            cells.append(Cell(value, at, at + len(value)))
            at += len(value)
        made.append(Row(tuple(cells), "", cells[0].start, cells[-1].end))
    return Table(header, tuple(made), "", 0, len(text))


def _with_table(text: str, table: Table) -> Clause:
    plain = clause(text)
    return Clause(**{f: getattr(plain, f) for f in plain.__dataclass_fields__} | {"kind": "table", "tables": (table,)})


def test_a_table_of_tasks() -> None:
    rows = [
        ("1", "建一座冷库", "市商务局", "市财政局、市交通\n运输局", "2024年底"),
        ("2", "建两座货场", "市交通运输局\n市邮政管理局", "各县区人民政府", ""),
    ]
    text = "序号\t任务\t牵头单位\t责任单位\t完成时限\n" + "\n".join("\t".join(r) for r in rows) + "\n"
    table = _table(text, ("序号", "任务", "牵头单位", "责任单位", "完成时限"), rows)
    (found,) = read_responsibilities(text, [_with_table(text, table)])
    assert told(found) == "L市商务局 S市财政局 S市交通运输局 L市交通运输局 L市邮政管理局 S各县区人民政府"
    assert [r.deadline for r in found] == ["2024年底"] * 3 + [None] * 3
    assert text[found[0].start : found[0].end] == "\t".join(rows[0])


def test_a_table_of_figures_gives_nobody() -> None:
    rows = [("东河区", "12"), ("西山区", "9")]
    text = "地区\t单位\n东河区\t12\n西山区\t9\n"
    (found,) = read_responsibilities(text, [_with_table(text, _table(text, ("地区", "单位"), rows))])
    assert found == ()


def test_order_and_length_follow_the_clauses() -> None:
    assert read_responsibilities("", []) == ()
    text = "一、甲（市教育局负责）\n二、乙\n"
    first, second = clause(text, 0, 11), clause(text, 12, len(text), ("二",))
    assert [told(r) for r in read_responsibilities(text, [first, second])] == ["R市教育局", ""]


@pytest.mark.parametrize(
    "text",
    [
        "（" * 100_000,
        "（" * 50_000 + "市教育局负责" + "）" * 50_000,
        "（市教育局负责" * 14_000,
        "市教育局和" * 20_000 + "（责任单位：" + "市教育局和" * 400 + "）",
        "（责任单位：" + "按职责要" * 700 + "）",
        "由市" * 50_000,
        "以下均" * 33_000,
        "\n" * 100_000,
        " " * 100_000 + "责任单位：",
        "责任单位：\n" * 20_000,
        "〔（［【" * 25_000,
        "第一位" * 33_000 + "牵头",
        "市教育局、" * 20_000 + "牵头",
    ],
    ids=lambda t: t[:6].strip() or "blank",
)
def test_a_hundred_thousand_characters_end(text: str) -> None:
    with that_ends():
        read_responsibilities(text, [clause(text)])


@needs_shared
def test_the_gold_of_two_real_plans() -> None:
    gold: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (SHARED / "gold" / "responsibility.dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold[row["file"]].append(row)
    wrong, clauses = [], 0
    for file, rows in gold.items():
        found = read((SEEDS / file).read_text(encoding="utf-8"))
        for row in rows:
            got = found.get(row["path"], ())
            direct = [(r.unit, r.role) for r in got if not r.inherited]
            clauses += 1
            if direct != [(u["name"], u["role"]) for u in row["units"]] or inherited(got) != row["inherited"]:
                wrong.append((file, row["path"], direct, inherited(got)))
    assert (clauses, wrong) == (52, [])
