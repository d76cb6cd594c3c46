"""An Answer as HTML."""

from dataclasses import replace

import pytest

from assistant.report import answer_text
from assistant.types import Answer, Citation, Item, Kind, UnitRole
from assistant.web.render import SHOWN, render_answer, render_error, render_notice
from tests.assistant.page_text import Seen

BAD = '<script>x()</script><img src=x onerror="x()">&amp;'


def citation(n: int, text: str = "由市水务局牵头。", *, draft: bool = False) -> Citation:
    return Citation(n, "d:一", "d", "某.txt", "河湾市方案", "河湾市", ("一",), "一、治水", 5, 13, text, draft)


def item(*marks: int, units: tuple[UnitRole, ...] = (), values: tuple[str, ...] = ()) -> Item:
    return Item("d", "某.txt", "河湾市", ("一",), "一、治水", units, values, "由市水务局牵头。", marks)


def answer(kind: Kind = "who", text: str = "见[1]。", **more: object) -> Answer:
    base = Answer("谁负责治水", kind, "answered", text, (item(1),), (citation(1),))
    return replace(base, **more)  # type: ignore[arg-type]


def test_marks_become_links_to_their_quotation() -> None:
    links = Seen(render_answer(answer())).links()
    assert {(each["data-document"], each["data-start"], each["data-end"]) for each in links} == {("d", "5", "13")}
    assert all(each["href"] for each in links)


@pytest.mark.parametrize("text", ["发〔2023〕5号", "编号[2]", "[0]", "[" + "1" * 5000 + "]", "[一]", "[01]", "[１]"])
def test_a_bracket_that_is_no_citation_stays_text(text: str) -> None:
    seen = Seen(render_answer(answer(text=text, items=())), within="p")
    assert seen.marked == text
    assert len(seen.links()) == 1  # the citation's own


def test_who_names_units_in_the_column_of_their_role() -> None:
    units = (
        UnitRole("市水务局", "lead", False),
        UnitRole("市财政局", "support", False),
        UnitRole("市住建局", "support", False),
        UnitRole("各区政府", "responsible", True),
    )
    page = render_answer(answer(items=(item(1, units=units),)))
    cells = [part.split("</td>")[0] for part in page.split("<td ")[1:]]
    texts = {part.split('data-name="')[1].split('"')[0]: Seen(f"<td {part}</td>").shown for part in cells}
    assert texts["牵头"] == "市水务局"
    assert texts["配合"] == "市财政局、市住建局"
    assert texts["责任／落实"] == "各区政府（统一规定）"
    assert "一、治水" in texts["条款"] and "[1]" in texts["条款"]


def test_a_task_without_a_department_says_so() -> None:
    assert "写有这一内容，没有单列的责任表述" in render_answer(answer())
    page = Seen(render_answer(answer(text="一份文件：\n河湾市：未点名[1]；各区政府落实[1]。"))).shown
    assert "条款河湾市未点名一、治水" in page


def test_a_clause_that_others_carry_out_says_that_it_names_nobody() -> None:
    below = UnitRole("各区政府", "responsible", True)
    page = render_answer(answer(items=(item(1, units=(below,)),)))
    assert 'class="none" colspan="2"' in page and "各区政府" in Seen(page).shown


def test_rows_of_one_document_stand_under_one_region() -> None:
    rows = (item(1, units=(UnitRole("市水务局", "lead", False),)), item(1), replace(item(1), document="e", region="临江市"))
    page = render_answer(answer(items=rows))
    assert page.count('class="place" rowspan="2"') == 1 and page.count('class="place again"') == 1
    assert page.count('data-name="地区" class="place"') == 2


def test_a_task_of_a_table_is_named_with_its_row() -> None:
    lead = item(1, units=(UnitRole("市水务局", "lead", False),))
    text = "共 2 项：\n河湾市（2 项）：\n  牵头：一、治水 清淤24处[1]\n  牵头：一、治水 植树[1]"
    page = Seen(render_answer(answer("tasks", text, items=(lead, lead))), within="ol").marked
    assert "一、治水 清淤24处" in page and "一、治水 植树" in page


def test_another_question_asked_for_a_follow_up_is_said() -> None:
    assert "按“谁负责治水”查询" in Seen(render_answer(answer(), "那河湾呢")).shown
    assert "查询" not in render_answer(answer(), "谁负责治水") and "查询" not in render_answer(answer())


def test_an_answer_is_copied_with_its_sources_letter_by_letter() -> None:
    quote = "第(三)项：  “A”&B，\n\t<b>下降０.5％。"
    said = answer(text="见[1]。\n完。", citations=(citation(1, quote, draft=True),))
    plain = answer_text(said)
    assert plain == f"见[1]。\n完。\n\n出处：\n[1] 《河湾市方案》（征求意见稿）一、治水：“{quote}”"
    copied = [tag["data-copy"] for _, tag in Seen(render_answer(said)).tags if "data-copy" in tag]
    assert copied == [plain]
    assert "data-copy" not in render_answer(replace(said, outcome="not_found"))


@pytest.mark.parametrize(("kind", "head"), [("target", "数值"), ("compare", "数值"), ("when", "时限"), ("meta", "内容")])
def test_values_stand_in_a_table(kind: Kind, head: str) -> None:
    page = Seen(render_answer(answer(kind, items=(item(1, values=("12.5%", "13%")),))))
    assert head in page.shown and "12.5%；13%" in page.shown
    assert "table" in page.names()


def test_tasks_are_grouped_by_document_and_counted() -> None:
    other = replace(item(1), document="e", region="临江市")
    lead = item(1, units=(UnitRole("市水务局", "lead", False),))
    page = Seen(render_answer(answer("tasks", items=(lead, item(1), other)))).shown
    assert "河湾市 2 项" in page and "临江市 1 项" in page and "牵头" in page


@pytest.mark.parametrize(
    ("rest", "in_sight"),
    [
        ("河湾市：见[1]。", []),
        ("河湾市（2项）：\n  河湾市：见[1]。", []),
        ("河湾市：见[1]。\n注意：另有一份未写明。", ["注意：另有一份未写明。"]),
        ("河湾市：见[1]。\n另见[1]。", ["河湾市：见[1]。", "另见[1]。"]),
        ("各县区：\n河湾市：未写明。", ["各县区：", "河湾市：未写明。"]),
    ],
)
def test_lines_that_restate_the_items_are_folded_and_no_others(rest: str, in_sight: list[str]) -> None:
    page = render_answer(answer(text=f"一份文件：\n{rest}"))
    text = Seen(page, within="details")
    folded = text.marked.removeprefix("文字表述（可复制）")
    assert all(line.strip() in text.shown for line in rest.splitlines())
    assert [line for line in rest.splitlines() if line.strip() not in folded] == in_sight


def test_a_restated_line_says_what_a_value_stands_for() -> None:
    text = "一项指标：\n河湾市：用水量：下降[14][1]"
    page = render_answer(answer("target", text, items=(item(1, values=("12.5%",)),)))
    assert '<td data-name="表述" class="quoted"><div>用水量：下降[14]</div></td>' in page
    without = render_answer(answer("target", "一项指标。", items=(item(1, values=("12.5%",)),)))
    assert '<td data-name="表述" class="quoted"><div>由市水务局牵头。</div></td>' in without


def test_a_restated_deadline_is_not_said_thrice() -> None:
    text = "找到 1 处完成时限：\n河湾市 一、治水（到2025年）：到2025年：全部完成[1]"
    page = render_answer(answer("when", text, items=(item(1, values=("到2025年",)),)))
    assert '<td data-name="表述" class="quoted"><div>到2025年：全部完成</div></td>' in page


def test_a_long_list_of_citations_is_folded() -> None:
    page = render_answer(answer(items=(), citations=tuple(citation(n) for n in range(1, SHOWN + 4))))
    before, folded = page.split("<summary>其余 3 处</summary>")
    assert before.count('<li id="citation-') == SHOWN and folded.count('<li id="citation-') == 3
    assert "<summary>" not in render_answer(answer(items=(), citations=tuple(citation(n) for n in range(1, SHOWN + 1))))


def test_no_table_stands_without_values() -> None:
    assert "<table" not in render_answer(answer("when"))


def test_a_draft_is_called_a_draft_beside_the_row_and_the_citation() -> None:
    page = render_answer(answer(citations=(citation(1, draft=True),)))
    assert page.count(">征求意见稿<") == 2
    assert "征求意见稿" not in render_answer(answer())


def test_what_else_was_looked_for_is_said() -> None:
    assert "也找了：畜禽粪污、养殖废弃物" in render_answer(answer(also=("畜禽粪污", "养殖废弃物")))
    assert "也找了" not in render_answer(answer())


def test_not_found_is_a_notice_and_an_error_is_an_error() -> None:
    missing = render_answer(answer("find", "没有找到。", outcome="not_found", items=(), citations=()))
    assert 'class="notice"' in missing and 'class="error"' not in missing
    failed = render_error("问题是空的。")
    assert 'role="alert"' in failed and "问题是空的。" in failed and "notice" not in failed


def test_every_text_is_escaped() -> None:
    bad_citation = replace(citation(1, BAD), document='d" onclick="x()', title=BAD, label=BAD, region=BAD, source=BAD)
    bad_item = replace(item(1, units=(UnitRole(BAD, "lead", True),), values=(BAD,)), region=BAD, label=BAD, quote=BAD)
    kinds: tuple[Kind, ...] = ("who", "tasks", "target", "find", "meta")
    for kind in kinds:
        page = render_answer(answer(kind, BAD, items=(bad_item,), citations=(bad_citation,), also=(BAD,)))
        seen = Seen(page)
        assert not {"script", "img"} & seen.names()
        assert not any(name.startswith("on") for _, attributes in seen.tags for name in attributes)
        assert BAD in seen.shown
    assert BAD in Seen(render_error(BAD)).shown and BAD in Seen(render_notice(BAD)).shown


def test_a_quotation_is_shown_letter_by_letter() -> None:
    quote = "第(三)项：  “A”&B，\n\t下降０.5％。"
    page = Seen(render_answer(answer(citations=(citation(1, quote),))), within="blockquote")
    assert page.marked == quote
