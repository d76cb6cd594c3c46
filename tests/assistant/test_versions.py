"""Two texts clause by clause: each clause in one row, with what became of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import versions
from assistant.precedents.mentions import mentions
from assistant.versions import Comparison, Status, compare_documents
from corpus.ingest import read_document
from corpus.lexicon.departments import load_departments

OLD = (
    "云泽市节水方案（征求意见稿）\n为节水，制定本方案。\n"
    "一、总体目标\n到2025年，全市用水总量控制在8.5亿立方米以内。\n"
    "二、重点任务\n（一）管网改造。改造城镇老旧供水管网120公里，漏损率降到10%以下。\n（二）中水回用。新建再生水厂3座，推广中水用于绿化和道路浇洒。\n"
    "（三）节水宣传。每年开展节水宣传周活动，普及节水知识。\n三、保障措施\n各县区人民政府应当落实资金。\n"
)
NEW = (
    "云泽市节水方案\n为节水，制定本方案。\n"
    "一、总体目标\n到2025年，全市用水总量控制在8.2亿立方米以内。\n"
    "二、重点任务\n（一）农业节水。推广高效灌溉面积20万亩。\n（二）节水宣传。每年开展节水宣传周活动，普及节水知识。\n"
    "（三）管网改造。改造城镇老旧供水管网120公里，漏损率降到10%以下。\n三、保障措施\n各县区人民政府应当落实资金。\n"
)


def compared(old: str, new: str) -> Comparison:
    (one, before), (two, after) = read_document(old, "a", "旧.txt"), read_document(new, "b", "新.txt")
    return compare_documents(one, before, two, after, lambda text: mentions(text, load_departments(), ()))


def rows(found: Comparison) -> list[tuple[Status, str, str]]:
    return [(r.status, "/".join(r.old.path) if r.old else "", "/".join(r.new.path) if r.new else "") for r in found.rows]


def test_every_status() -> None:
    found = compared(OLD, NEW)
    assert rows(found) == [
        ("changed", "[前言]", "[前言]"),
        ("changed", "一", "一"),
        ("same", "二", "二"),
        ("added", "", "二/一"),
        ("moved", "二/三", "二/二"),
        ("same", "二/一", "二/三"),
        ("removed", "二/二", ""),
        ("same", "三", "三"),
    ]
    assert sum(found.counts.values()) == len(found.rows) and found.counts["added"] == found.counts["removed"] == 1
    goal = found.rows[1]
    assert [(p.kind, p.text) for p in goal.pieces if p.kind != "kept"] == [
        ("left_out", "8.5亿立方米以内"),
        ("added", "8.2亿立方米以内"),
    ]
    assert 0.9 < goal.similarity < 1 and not goal.renumbered
    assert all(not row.pieces for row in found.rows if row.status in ("same", "added", "removed"))
    assert {row.renumbered for row in found.rows if row.old and row.new and row.old.path != row.new.path} == {True}


def test_the_same_text_is_the_same() -> None:
    found = compared(OLD, OLD.replace("\n", "\n\n").replace("，", "， "))
    assert found.counts == {**dict.fromkeys(found.counts, 0), "same": len(found.rows)}


def test_a_clause_put_in_renumbers_those_below_and_moves_none() -> None:
    old = "方案\n" + "".join(
        f"第{n}条 {what}由市水利局会同有关部门负责。\n" for n, what in zip("一二三", ("取水", "供水", "排水"), strict=True)
    )
    new = "方案\n第一条 为了节约用水，制定本办法。\n" + "".join(
        f"第{n}条 {what}由市水利局会同有关部门负责。\n" for n, what in zip("二三四", ("取水", "供水", "排水"), strict=True)
    )
    found = compared(old, new)
    assert [r.status for r in found.rows] == ["same", "added", "same", "same", "same"]
    assert [r.renumbered for r in found.rows] == [False, False, True, True, True]


def test_a_clause_moved_and_changed_shows_both() -> None:
    far = OLD.replace("到2025年，全市用水总量", "（略）").replace(
        "（一）管网改造。改造城镇老旧供水管网120公里，漏损率降到10%以下。\n", ""
    )
    new = far + "四、管网\n改造城镇老旧供水管网160公里，漏损率降到10%以下。\n"
    (row,) = [r for r in compared(OLD, new).rows if r.new and r.new.path == ("四",)]
    assert row.status == "moved" and {p.text for p in row.pieces if p.kind == "added"} >= {"160公里"}


def test_nothing_against_something() -> None:
    assert {r.status for r in compared("云泽市节水方案\n", NEW).rows} <= {"changed", "added"}
    assert compared("\n", "\n").rows == ()


def test_many_clauses_of_the_same_words_are_paired_by_their_number() -> None:
    text = "条例\n" + "".join(f"第{n}条 （略）\n" for n in range(1, 121))
    assert compared(text, text).counts["same"] == 121


def test_a_long_table_is_compared_by_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "LONG", 300)
    lines = [f"序号{n} 改造第{n}段管网{n * 3}公里" for n in range(200)]
    other = [*lines[:100], "序号100 改造第100段管网999公里", *lines[101:]]
    old, new = "方案\n一、任务\n" + "\n".join(lines), "方案\n一、任务\n" + "\n".join(other)
    (row,) = [r for r in compared(old, new).rows if r.status == "changed"]
    assert [(p.kind, p.text) for p in row.pieces if p.kind != "kept"] == [("left_out", "300公里\n"), ("added", "999公里\n")]
    assert "".join(p.text for p in row.pieces if p.kind != "left_out") == (row.new.text if row.new else "")


_SENTENCES = (
    "改造管网120公里。",
    "推广中水回用。",
    "开展节水宣传。",
    "落实资金。",
    "（略）",
    "每年考核一次。",
    "用水总量控制在8.5亿立方米。",
)
_PLANS = st.lists(st.sampled_from(_SENTENCES), max_size=9).map(
    lambda parts: "云泽市节水方案\n" + "".join(f"{n}、{part}\n" for n, part in zip("一二三四五六七八九", parts, strict=False))
)


@settings(max_examples=60, deadline=None)
@given(_PLANS, _PLANS)
def test_every_clause_stands_in_one_row(old: str, new: str) -> None:
    found = compared(old, new)
    before = [r.old.id for r in found.rows if r.old]
    after = [r.new.id for r in found.rows if r.new]
    (_, ours), (_, theirs) = read_document(old, "a", ""), read_document(new, "b", "")
    assert sorted(before) == sorted(c.id for c in ours) and after == [c.id for c in theirs]
    for row in found.rows:
        assert (row.status == "added") == (row.old is None) and (row.status == "removed") == (row.new is None)
        if row.pieces and row.new:
            assert "".join(p.text for p in row.pieces if p.kind != "left_out") == row.new.text
    staying = [before.index(r.old.id) for r in found.rows if r.old and r.new and r.status != "moved"]
    assert staying == sorted(staying)
