"""Where a line ends a part and where a page only broke it; statements of duty at the end of lines."""

import pytest

from corpus.ingest import read_document
from corpus.layout import read_lines
from tests.corpus.test_outline import paths
from tests.limits import that_ends


def test_a_broken_line_that_begins_like_a_mark() -> None:
    long = "本项工作由各部门按照职责分工组织实施并对照前述要求和本方案的"
    assert len(long) == 30
    body = "\n".join([long] * 14)
    text = f"一、甲\n{body}\n（三）项规定办理。\n二、乙\n{body}\n结束。"
    assert paths(text) == ["一", "二"]


@pytest.mark.parametrize("statement", ["（市甲局牵头，市乙局配合）", "（责任单位：市甲局、市乙局）"])
def test_clauses_of_one_length_that_end_in_a_statement_are_no_broken_lines(statement: str) -> None:
    items = "\n".join(f"{n}.推进第{n}类设施改造提升。完成改造{n + 20}个。{statement}" for n in range(1, 14))
    assert paths(f"一、甲\n{items}") == ["一", *(f"一/{n}" for n in range(1, 14))]
    assert paths(f"一、甲\n{items.replace('。', '，').replace(f'个，{statement}', f'个{statement}')}") == paths(
        f"一、甲\n{items}"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "（市甲局（市河长制办公室）牵头）",
        "（市甲局、市乙局等按职责分工负责）",
        "（牵头单位：市甲局；完成时限：2025年底前）",
        "〔时限：2025年底，责任单位：市甲局〕",
        "（市甲局牵头，长期坚持）",
        "（市甲局牵头，年底前完成）",
        "（市甲局负责；2025年底前完成。）",
        "（市妇联、市残联负责）",
        "（市工商联牵头，市气象台配合）",
        "（市气象台负责）",
        "（各镇街落实）",
        "（属地负责）",
        "（各市州落实）",
        "（责任领导：张三）",
    ],
)
def test_a_line_that_ends_in_a_statement_is_finished(statement: str) -> None:
    assert read_lines(f"完成改造20个{statement}")[0].finished
    assert read_lines("完成改造20个。（市甲局承担主要责任）")[0].finished


@pytest.mark.parametrize("statement", ["（市甲局牵头，长期坚持）", "（市妇联负责）", "（属地落实）"])
def test_parts_of_a_wrapped_text_end_in_a_statement(statement: str) -> None:
    wrapped = "\n".join(["各县区人民政府要高度重视食品安全工作落实属地责任压实主体责任"] * 14)
    items = "\n".join(
        f"{n}.各县区各部门要开展检查并建立台账制度".ljust(31 - len(statement), "甲") + statement for n in range(1, 4)
    )
    assert paths(f"一、甲\n{wrapped}。\n二、乙\n{items}\n三、丙") == ["一", "二", "二/1", "二/2", "二/3", "三"]


@pytest.mark.parametrize(
    ("end", "rest"),
    [
        ("强化责任落实。到2025年公共机构（含驻市单位）", "单位建筑面积能耗下降5%，用电量下降8%，按照要求执行。"),
        ("由市发展改革委会同有关部门（单位）", "负责组织实施，市财政局配合，并且报送备案。"),
        ("由市教育局、市卫生健康委（主管单位）", "牵头，市财政局配合，并且报送备案。"),
        ("强化责任落实。规定见（配合单位清单）", "11.另行制定并且报送备案。"),
        ("强化责任落实。各项内容见附表（单位：万元）", "11.另行制定并且报送备案。"),
    ],
)
def test_a_bracket_within_a_sentence_ends_no_line(end: str, rest: str) -> None:
    width = 30
    items = [f"{n}.推进第{n}类设施改造提升，完成更新换代和运行维护，健全长效机制。完成改造{n + 20}个。" for n in range(1, 10)]
    items.append("10." + end.rjust(width - 3, "，") + rest)
    lines = [item[at : at + width] for item in items for at in range(0, len(item), width)]

    def read(body: list[str]) -> list[object]:
        text = "\n".join(["某市方案", "一、任务", *body, "二、保障", "加强领导。"])
        clauses = read_document(text, "d", "甲.txt")[1]
        return [(c.path, c.heading, [t.indicator for t in c.targets], [r.unit for r in c.responsibilities]) for c in clauses]

    assert read(lines) == read(items)
    assert bool(read(lines)[-2][2]) == ("%" in rest)


def test_a_long_line_that_opens_a_bracket_is_read_once() -> None:
    with that_ends():
        assert paths("一、甲\n（" + "各单位" * 100_000 + "\n二、乙") == ["一", "二"]
