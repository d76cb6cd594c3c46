"""A generated plan in which forms, brackets and widths are mixed at random parses back to what it was made of."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.outline import read_clauses
from corpus.responsibility import read_responsibilities

OFFICES = [
    "发展改革委",
    "工业和信息化局",
    "教育局",
    "科技局",
    "公安局",
    "民政局",
    "财政局",
    "人力资源社会保障局",
    "自然资源和规划局",
    "生态环境局",
    "住房城乡建设局",
    "交通运输局",
    "水务局",
    "农业农村局",
    "商务局",
    "文化广电旅游局",
    "卫生健康委",
    "应急管理局",
    "市场监管局",
    "统计局",
    "医保局",
    "总工会",
    "妇联",
    "委编办",
]
OTHERS = [
    "各县（市、区）人民政府",
    "各有关部门",
    "临江高新区管委会",
    "人行临江市中心支行",
    "临江海关",
    "各镇（街道）",
    "国网临江供电公司",
]
BRACKETS = ["（）", "()", "（)", "〔〕", "［］", "[]", "【】"]
HEADINGS = ["改造工程", "提效工程", "试点工作", "培训计划", "数据平台", "评价体系", "宣传活动", "储备制度"]


@dataclass(frozen=True)
class Made:
    """A statement's text and the bodies it was made of, in order, with their roles."""

    text: str
    bodies: tuple[tuple[str, str], ...]


def _broken(draw: st.DrawFn, text: str) -> str:
    """The text with line breaks where a page would put them: inside names, never at a bracket's edge."""
    cuts = draw(st.lists(st.integers(2, max(2, len(text) - 2)), max_size=2, unique=True))
    for at in sorted((c for i, c in enumerate(cuts) if all(abs(c - d) > 7 for d in cuts[:i])), reverse=True):
        inner = text[at - 1] not in "：: " and text[at : at + 1] not in (" ", "")
        text = text[:at] + "\n" + text[at:] if inner else text
    return text


@st.composite
def statements(draw: st.DrawFn) -> Made:
    pool = [f"市{o}" for o in OFFICES] + OTHERS
    names = draw(st.lists(st.sampled_from(pool), min_size=2, max_size=7, unique=True))
    comma, semicolon = draw(st.sampled_from("，,")), draw(st.sampled_from("；;"))
    colon, mark = draw(st.sampled_from("：:")), draw(st.sampled_from("、、、，,"))
    n = draw(st.integers(1, len(names) - 1))
    first, rest = names[:n], names[n:]
    lead = [(x, "lead") for x in first] + [(x, "support") for x in rest]
    plain = [(x, "responsible") for x in names]
    a, b, both = "、".join(first), "、".join(rest), mark.join(names)
    text, bodies = draw(
        st.sampled_from(
            [
                (f"{both}等按职责分工负责", plain),
                (f"{both}负责", plain),
                (f"{both}按照职责分工组织实施", plain),
                (f"{a}牵头{comma}{b}配合", lead),
                (f"{a}牵头{comma}{b}等按职责分工负责", lead),
                (f"由{a}牵头{comma}{b}参与", lead),
                (f"{a}会同{b}", lead),
                (f"责任单位{colon}{both}", plain),
                (f"责任部门{colon}{both}等", plain),
                (f"牵头单位{colon}{a}{semicolon}配合单位{colon}{b}", lead),
                (f"牵头单位{colon}{a}{comma}配合单位{colon}{b}", lead),
                (f"牵头单位{colon}{a}  配合单位{colon}{b}", lead),
                (f"责任单位{colon}{a}牵头{comma}{b}等部门配合", lead),
                (
                    f"主办单位{colon}{a}{semicolon}协办单位{colon}{b}{semicolon}完成时限{colon}2025年12月底前",
                    lead,
                ),
            ]
        )
    )
    text = _broken(draw, text)
    kind = draw(st.sampled_from([*BRACKETS, "line"]))
    if kind == "line" and "单位" in text[:4]:
        return Made("\n" + text, tuple(bodies))
    kind = BRACKETS[0] if kind == "line" else kind
    return Made(kind[0] + text + kind[1], tuple(bodies))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(statements(), min_size=1, max_size=8))
def test_what_was_written_is_read(made: list[Made]) -> None:
    text = "临江市仓储节能方案\n一、重点任务\n"
    for i, m in enumerate(made):
        text += f"（{'一二三四五六七八'[i]}）{HEADINGS[i]}。到2025年（含当年）完成改造，覆盖率达到80%（力争）。{m.text}\n"
    clauses = read_clauses(text, "d")
    found = read_responsibilities(text, clauses)
    tasks = [r for c, r in zip(clauses, found, strict=True) if len(c.path) == 2]
    assert [[(r.unit, r.role) for r in rs] for rs in tasks] == [list(m.bodies) for m in made]
    for c, rs in zip(clauses, found, strict=True):
        for r in rs:
            assert c.start <= r.start < r.end <= c.end
            assert "".join(text[r.start : r.end].split()) in "".join(c.text.split())
    assert found == read_responsibilities(text, clauses)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(alphabet="市局委、，（）()〔责任单位牵头负责：:\n 由以下均需不再列出同第一各区2。", max_size=200))
def test_any_text_is_read_without_failing_and_within_its_clause(text: str) -> None:
    clauses = read_clauses(text, "d")
    for c, rs in zip(clauses, read_responsibilities(text, clauses), strict=True):
        assert all(0 <= r.start < r.end <= len(text) and (r.inherited or c.start <= r.start) for r in rs)
        assert all(r.unit and r.department for r in rs)
