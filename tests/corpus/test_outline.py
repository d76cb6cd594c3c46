"""The numbering grammar: tables of cases, the five real plans, and what always holds."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.markers import number_of, numeral, read_mark
from corpus.outline import read_clauses
from corpus.types import Clause, Page
from tests.shared import needs_shared, seed


def paths(text: str) -> list[str]:
    return ["/".join(c.path) for c in read_clauses(text, "d")]


def by_path(text: str, path: str) -> Clause:
    return next(c for c in read_clauses(text, "d") if "/".join(c.path) == path)


@pytest.mark.parametrize(
    ("line", "style", "label"),
    [
        ("一、总体要求", "cn", "一"),
        ("二十一．附则", "cn", "二十一"),
        ("（九）治理工程。", "cn_paren", "九"),
        ("(十) 治理工程", "cn_paren", "十"),
        ("㈢治理", "cn_paren", "三"),
        ("1.建设管网", "arabic", "1"),
        ("12．建设管网", "arabic", "12"),
        ("3、建设管网", "arabic", "3"),
        ("（1）建设管网", "arabic_paren", "1"),
        ("2）建设管网", "arabic_paren", "2"),
        ("①建设管网", "circled", "①"),
        ("第三编 分则", "book", "第三编"),
        ("第 一 章  总 则", "chapter", "第一章"),
        ("第二节 监督", "section", "第二节"),
        ("第十二条 为了治理", "article", "第十二条"),
        ("第十二条之一 补充", "article", "第十二条之一"),
    ],
)
def test_marks(line: str, style: str, label: str) -> None:
    mark = read_mark(line)
    assert mark is not None
    assert (mark.style, mark.label) == (style, label)


@pytest.mark.parametrize(
    "line",
    [
        "2025年，全市完成治理",
        "3.5万吨以上",
        "3个千亿、3个五百亿",
        "“142”产业集群",
        "（以下简称“两高”项目）",
        "35蒸吨/小时",
        "（征求意见稿）",
        "十四五时期",
        "",
    ],
)
def test_no_marks(line: str) -> None:
    assert read_mark(line) is None


@given(st.integers(1, 99))
def test_numerals_go_round(n: int) -> None:
    assert number_of(numeral(n)) == n


def test_numbering_runs_on_across_sections() -> None:
    text = "一、甲\n（一）子。做事。\n（二）丑。做事。\n二、乙\n（三）寅。做事。\n三、丙\n（四）卯。做事。"
    assert paths(text) == ["一", "一/一", "一/二", "二", "二/三", "三", "三/四"]


def test_numbering_restarts_and_mixes() -> None:
    text = "一、甲\n（一）子\n1.天\n（1）地\n①玄\n②黄\n（2）宇\n2．宙\n(二)丑\n1、洪\n二、乙\n（一）寅"
    assert paths(text) == [
        "一", "一/一", "一/一/1", "一/一/1/1", "一/一/1/1/①", "一/一/1/1/②", "一/一/1/2", "一/一/2", "一/二", "一/二/1", "二", "二/一",
    ]  # fmt: skip


def test_numbers_in_a_sentence_open_nothing() -> None:
    text = "一、目标\n到二〇二五年培育3个千亿、3个五百亿集群，构建“142”体系。\n2025年底前完成。\n3.5万户受益。\n二、措施\n做事。"
    assert paths(text) == ["一", "二"]


def test_a_reference_at_the_beginning_of_a_line_is_no_part() -> None:
    text = "一、甲\n（一）子。事。\n（二）丑。按照前款第\n（三）项规定办理。\n（三）项目审批。做事。"
    assert paths(text) == ["一", "一/一", "一/二", "一/三"]


def test_a_heading_ends_with_a_full_stop_and_goes_on() -> None:
    clause = by_path("一、甲\n（一）园区提升工程。引导企业向园区集聚。（市甲局负责）", "一/一")
    assert clause.heading == "园区提升工程"
    assert clause.label == "一、（一）园区提升工程"


def test_a_label_without_a_heading_ends_in_its_number() -> None:
    text = "一、甲\n（一）子。事。\n附件\n目标表\n一、完成改造20家，占比达到30%。\n1.完成改造20家，占比达到30%。"
    assert [c.label for c in read_clauses(text, "d")] == ["一、甲", "一、（一）子", "附件 目标表", "附件一", "附件一、1."]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("1.工作目标：到2025年全部完成。", "工作目标"),
        ("（一）土地（牵头部门：市自规局）", "土地"),
        ("（一）加强组织领导　　各地要高度重视。", "加强组织领导"),
        ("1.到2025年，完成改造20家，占比达到30%。", ""),
        ("（一）强化科技支撑，提升创新能力。建设平台。", "强化科技支撑，提升创新能力"),
        ("2.完成改造20家。", ""),
    ],
)
def test_headings(line: str, heading: str) -> None:
    before = {"（": "一、甲", "1": "一、甲", "2": "1.首"}[line[0]]
    assert read_clauses(f"{before}\n{line}", "d")[-1].heading == heading


def test_a_regulation() -> None:
    text = (
        "云泽市扬尘管理办法\n第一章 总则\n第一条 为了治理扬尘，制定本办法。\n第二条 下列场所适用：\n（一）工地；\n（二）堆场。\n"
        "前款以外的场所参照执行。\n第二章 监督\n第三条 依照第二条规定处理。\n第四条规定的情形除外的，\n第四条 自公布之日起施行。"
    )
    assert paths(text) == [
        "[前言]", "第一章", "第一章/第一条", "第一章/第二条", "第一章/第二条/一", "第一章/第二条/二", "第一章/第二条/[第2款]",
        "第二章", "第二章/第三条", "第二章/第四条",
    ]  # fmt: skip
    assert by_path(text, "第一章/第二条/二").label == "第二条（二）"
    assert by_path(text, "第一章/第二条/[第2款]").label == "第二条第二款"


def test_articles_under_sections() -> None:
    text = "一、总则\n第一条 甲事。\n第二条 乙事。\n二、附则\n第三条 丙事。"
    assert paths(text) == ["一", "一/第一条", "一/第二条", "二", "二/第三条"]


def test_notice_plan_annexes_and_closing() -> None:
    text = (
        "云泽市人民政府办公室关于印发云泽市节能工作方案的通知\n云政办发〔2022〕9号\n\n各县区人民政府，市政府各部门：\n"
        "现将《云泽市节能工作方案》印发给你们，请认真贯彻执行。\n\n云泽市人民政府办公室\n2022年5月6日\n\n"
        "云泽市节能\n工作方案\n为做好节能工作，制定本方案。\n一、目标\n完成任务。\n二、措施\n做事。\n本方案自发布之日起施行，有效期3年。\n"
        "附件：1.目标表\n2.任务表\n附件1\n目标表\n一、说明\n内容。\n附件2\n任务表\n内容。"
    )
    assert paths(text) == ["[通知]", "[前言]", "一", "二", "[结尾]", "附件1", "附件1/一", "附件2"]
    assert by_path(text, "[前言]").text.startswith("云泽市节能\n工作方案")
    assert by_path(text, "二").text == "二、措施\n做事。"
    assert by_path(text, "附件2").heading == "任务表"


def test_news_before_the_document_is_kept_out_of_the_clauses() -> None:
    news = "本网讯：近日，云泽市人民政府印发节能方案，提出一批措施，加快推进既有建筑改造，推动产业转型升级，市民将从中受益。"
    text = f"{news}\n\n云泽市人民政府关于印发节能方案的通知\n云政发〔2022〕9号\n各县区：\n现将方案印发给你们。\n云泽市人民政府\n2022年5月6日\n节能方案\n一、甲\n事。"
    assert paths(text) == ["[通知]", "[前言]", "一"]
    assert read_clauses(text, "d")[0].start == text.index("云泽市人民政府关于")


def test_contents_page_opens_nothing() -> None:
    text = "云泽市规划\n目 录\n一、甲……1\n（一）子……2\n二、乙……3\n一、甲\n（一）子。事。\n二、乙\n事。"
    assert paths(text) == ["[前言]", "一", "一/一", "二"]


def test_page_remains_stand_between_clauses() -> None:
    text = "一、甲\n做事。\n— 2 —\n[bookmark: _GoBack]（一）子。做事。\n3\n二、乙"
    clauses = read_clauses(text, "d")
    assert [c.text for c in clauses] == ["一、甲\n做事。", "（一）子。做事。", "二、乙"]


def test_no_numbers_at_all() -> None:
    text = "关于做好防汛的提示\n各单位要加强值守，确保信息畅通。\n防汛物资\n物资要备足，做到有备无患。"
    clauses = read_clauses(text, "d")
    assert [c.path for c in clauses] == [("[前言]",), ("[第1段]",)] or [c.path for c in clauses] == [
        ("[前言]",),
        ("[第1段]",),
        ("[第2段]",),
    ]
    assert "物资要备足" in clauses[-1].text


def test_a_table_in_a_text_without_numbers_stays_whole() -> None:
    text = "关于分工的说明\n各单位按下表分工，抓好落实。\n任务\t单位\n值守\t市甲局\n巡查\t市乙局\n\n请按时报送。"
    clauses = read_clauses(text, "d")
    assert sum(len(c.tables) for c in clauses) == 1
    assert "请按时报送" in clauses[-1].text and not clauses[-1].tables


def test_a_path_that_occurs_again_has_an_id_of_its_own() -> None:
    clauses = read_clauses("一、甲\n1.子\n2.丑\n另外：\n1.寅", "d")
    assert [c.id for c in clauses] == ["d:一", "d:一/1", "d:一/2", "d:一/1#2"]


def test_a_scanned_page_is_text_as_any_other() -> None:
    text = "一、甲\n事。\n二、乙\n（一）子。\n（二）丑。\n三、丙"
    at = text.index("二、乙"), text.index("（二）"), text.index("三、丙")
    scanned = Page(1, 0), Page(2, at[0], 0.9), Page(3, at[1])
    headed = Page(1, 0), Page(2, at[0] - 1), Page(2, at[0], 0.9), Page(3, at[1])  # nothing is left of its header
    for pages in ((), scanned, headed):
        assert ["/".join(c.path) for c in read_clauses(text, "d", pages)] == ["一", "二", "二/一", "二/二", "三"]
    pictured = Page(1, 0), Page(1, at[0], 0.9), Page(2, at[1])
    assert ["/".join(c.path) for c in read_clauses(text, "d", pictured)] == ["一", "二", "二/一", "一/二", "三"]


LINES = st.sampled_from(
    ["一、甲", "二、乙", "三、丙", "（一）子。事。", "（二）丑", "1.天", "2.地", "①玄", "第一条 事。", "第二章 章名", "附件1", "附件：1.表", "— 3 —",
     "\t甲\t乙", "\t1\t2", "", "正文一句话。", "没有句号的行", "[bookmark: _GoBack]（三）寅", "| 甲 | 乙 |", "| 1 | 2 |", "2022年5月6日", "目录"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=30), st.text(max_size=40), st.lists(st.integers(0, 200), max_size=4))
def test_clauses_are_slices_in_order_and_nothing_is_lost(lines: list[str], noise: str, starts: list[int]) -> None:
    text = "\n".join([*lines[:15], noise, *lines[15:]])
    clauses = read_clauses(text, "d", [Page(0, at, (None, 0.9)[n % 2]) for n, at in enumerate(sorted(starts))])
    at, rebuilt = 0, ""
    for c in clauses:
        assert text[c.start : c.end] == c.text
        assert at <= c.start < c.end
        assert len(c.headings) == len(c.path)
        rebuilt += text[at : c.start] + c.text
        at = c.end
        for table in c.tables:
            for row in table.rows:
                assert all(text[x.start : x.end] == x.text for x in row.cells)
    assert rebuilt + text[at:] == text
    assert max(Counter(c.id for c in clauses).values(), default=1) == 1


# Sections, (x) clauses and annexes of the real plans, counted by hand.
REAL = {
    "000": {"一": 0, "二": 0, "三": 10, "四": 8, "五": 3},
    "001": {"一": 0, "二": 0, "三": 10, "四": 8, "五": 3},
    "002": {"一": 0, "二": 10, "三": 8, "四": 3},
    "003": {"一": 0, "二": 0, "三": 12, "四": 9, "五": 3, "附件1": 0, "附件2": 0},
    "004": {"一": 0, "二": 0, "三": 9, "四": 8, "五": 3, "附件1": 0, "附件2": 0},
}


@needs_shared
@pytest.mark.parametrize("number", sorted(REAL))
def test_real_plans(number: str) -> None:
    text = seed(number).read_text("utf-8")
    clauses = [c for c in read_clauses(text, "d") if not c.path[0].startswith("[")]
    found = Counter(c.path[0] for c in clauses if len(c.path) == 2)
    assert {c.path[0] for c in clauses if len(c.path) == 1} == set(REAL[number])
    assert {k: found[k] for k in REAL[number]} == REAL[number]
    assert max(len(c.path) for c in clauses) == 2
    for c in clauses:
        assert re.match(r"[（(附一二三四五]", c.text)
        assert not re.search(r"bookmark|原文地址|— ?\d", c.text)


@needs_shared
def test_real_numbering_runs_on() -> None:
    found = [c.path for c in read_clauses(seed("000").read_text("utf-8"), "d") if len(c.path) == 2]
    assert found[9:12] == [("三", "十"), ("四", "十一"), ("四", "十二")]


@needs_shared
def test_real_tables() -> None:
    haining = {c.path[0]: c for c in read_clauses(seed("003").read_text("utf-8"), "d") if c.kind == "annex"}
    goals = haining["附件1"].tables[0]
    assert goals.unit == "%" and len(goals.rows) == 12
    assert goals.header == ("镇（街道）", "“十四五”/基本目标", "“十四五”/激励目标")
    trades = haining["附件2"].tables[0]
    assert [r.group for r in trades.rows].count("工业") == 3
    assert re.sub(r"\s", "", trades.rows[0].cells[1].text) == "克标准煤/千瓦时"
    jilin = {c.path[0]: c for c in read_clauses(seed("004").read_text("utf-8"), "d") if c.kind == "annex"}
    amounts = jilin["附件2"].tables[0]
    assert len(amounts.rows) == 15 and amounts.rows[-1].cells[1].text == "19"
