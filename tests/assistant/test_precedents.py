"""Groups of wording, a draft held against precedent, the same clause across documents: over the sample plans."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.cli import main
from assistant.config import Settings
from assistant.precedents.report import precedents_json, precedents_text
from assistant.precedents.types import Precedents, Quotation
from assistant.service import Assistant, open_assistant
from corpus.errors import LibraryError, QueryError
from index.base import Scope
from tests.assistant.conftest import filled

SAME = "严禁新上高耗能项目，在建项目逐项复核。"
HEAD = "为节能，制定本方案。\n一、项目\n（一）管住项目。"
GREEN = "（二）绿色建筑。新建住宅执行绿色建筑标准，"
PLANS = {
    "甲.txt": f"甲川市节能方案\n{HEAD}{SAME}对存量项目限期改造。（市发改委牵头）\n{GREEN}2025年达到80%。",
    "乙.txt": f"乙川市节能方案\n{HEAD}{SAME}\n{GREEN}2027年达到95%以上；推广装配式住宅。",
    "丙.txt": f"丙川市节能方案\n{HEAD}严禁新上高耗能、高排放项目，在建项目逐项复核。\n{SAME}",
    "丁.txt": "丁川市养老服务办法\n第一条 养老机构应当配备护理人员，每班不少于2人。\n第二条 本办法自2025年1月1日起施行。",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("plans")
    for name, text in PLANS.items():
        (folder / name).write_text(text, "utf-8")
    return filled(tmp_path_factory.mktemp("library"), folder)


def document(assistant: Assistant, source: str) -> str:
    return next(d.id for d in assistant.documents() if d.source == source)


def clause(assistant: Assistant, source: str, *path: str) -> str:
    return next(c.id for c in assistant.clauses(document(assistant, source)) if c.path == path)


def sources(quotations: tuple[Quotation, ...]) -> list[str]:
    return sorted(q.citation.source for q in quotations)


def check_slices(assistant: Assistant, found: Precedents) -> None:
    for group in found.groups:
        for q in group.quotations:
            text = assistant.document(q.citation.document).text
            assert text[q.citation.start : q.citation.end] == q.citation.quote
        for v in group.variants:
            assert "".join(p.text for p in v.pieces if p.kind != "left_out") == v.wording


def test_one_group_for_one_way_of_saying_it(desk: Assistant) -> None:
    found = desk.precedents(SAME)
    first = found.groups[0]
    assert (found.documents, first.documents, first.common, first.only) == (4, 3, True, False)
    assert first.wording == SAME and first.similarity.value == 1
    assert sources(first.variants[0].quotations) == ["丙.txt", "乙.txt", "甲.txt"]
    assert first.variants[1].wording == "严禁新上高耗能、高排放项目，在建项目逐项复核。"
    assert [p.text for p in first.variants[1].pieces if p.kind == "added"] == ["、高排放"]
    check_slices(desk, found)
    values = [g.similarity.value for g in found.groups]
    assert values == sorted(values, reverse=True) and all(0 <= v <= 1 for v in values)


def test_what_one_document_alone_says_is_marked(desk: Assistant) -> None:
    group = desk.precedents("推广装配式住宅").groups[0]
    assert group.only and not group.common and sources(group.quotations) == ["乙.txt"]


def test_the_part_of_a_long_sentence_that_says_it_counts(tmp_path: Path) -> None:
    goals = "到2025年，污水治理率达到80%，秸秆综合利用率稳定在96%以上，粪污处理率达到92%，化肥利用率达到43%以上，覆盖率达到45%"
    (tmp_path / "甲.txt").write_text(f"甲川市办法\n第一条 {goals}。（市农业农村局、市财政局牵头）\n第二条 设立机构。", "utf-8")
    (tmp_path / "乙.txt").write_text("乙川市办法\n第一条 加强秸秆资源化利用。\n第二条 利用率逐步提高。", "utf-8")
    assistant = filled(tmp_path / "库", tmp_path / "甲.txt", tmp_path / "乙.txt")
    found = assistant.precedents("到2025年，农作物秸秆综合利用率达到90%以上")
    first = found.groups[0]
    assert first.core and first.wording[slice(*first.core)] == "秸秆综合利用率稳定在96%以上"
    assert first.wording.startswith(goals) and first.quotations[0].citation.quote == first.wording
    assert [(n.ours, n.theirs) for n in first.namings] == [("90%以上", "96%以上")]
    (checked,) = assistant.against_draft("农作物秸秆综合利用率达到90%以上。").sentences
    assert [(n.ours, n.theirs) for n in checked.namings] == [("90%以上", "96%以上")]
    assert 0 < first.similarity.value <= 0.9  # a sentence of its own that says the same is nearer
    assert all(g.core is None for g in found.groups if g.wording.startswith("加强"))
    check_slices(assistant, found)
    group = precedents_json(1, found)["groups"][0]
    text = assistant.document(first.quotations[0].citation.document).text
    assert text[group["core"]["start"] : group["core"]["end"]] == group["core"]["text"] == "秸秆综合利用率稳定在96%以上"
    assert "   其中：秸秆综合利用率稳定在96%以上\n" in precedents_text(found)
    assistant.library.close()


def test_who_is_responsible_is_no_part_that_says_it(desk: Assistant) -> None:
    group = desk.precedents("定期公布名单，由市发改委牵头").groups[0]
    assert group.core is None or "牵头" not in group.wording[slice(*group.core)]


def test_what_shares_only_the_frame_does_not_say_the_part(tmp_path: Path) -> None:
    frame = "全市单位生产总值能源消耗比2020年下降{}，能源消费总量得到合理控制，主要污染物减排量完成省下达任务"
    (tmp_path / "甲.txt").write_text(f"甲川市办法\n第一条 {frame.format('15%')}，煤炭消费总量控制在119万吨左右。", "utf-8")
    (tmp_path / "乙.txt").write_text(f"乙川市办法\n第一条 {frame.format('16%')}。", "utf-8")
    assistant = filled(tmp_path / "库", tmp_path / "甲.txt", tmp_path / "乙.txt")
    first = assistant.precedents("煤炭消费总量控制在100万吨以内").groups[0]
    assert first.core and first.wording[slice(*first.core)] == "煤炭消费总量控制在119万吨左右"
    assert first.only and sources(first.quotations) == ["甲.txt"]
    both = assistant.precedents("能源消费总量得到合理控制，全市单位生产总值能源消耗比2020年下降14%").groups[0]
    assert both.documents == 2
    assistant.library.close()


def test_the_source_is_written_as_official_documents_write_it(desk: Assistant) -> None:
    lines = {q.line for q in desk.precedents(SAME).groups[0].quotations}
    assert "《甲川市节能方案》一、（一）" in lines


def test_the_number_of_an_article_is_no_part_of_its_wording(desk: Assistant) -> None:
    (quotation,) = desk.precedents("养老机构应当配备护理人员").groups[0].quotations
    assert quotation.citation.quote.startswith("养老机构") and quotation.line == "《丁川市养老服务办法》第一条"


def test_a_theme_is_found_by_what_says_it(desk: Assistant) -> None:
    found = desk.precedents("绿色建筑标准怎么写")
    assert found.theme and found.groups[0].documents == 2
    assert all(not g.pieces for g in found.groups)


def test_a_paragraph_has_a_group_for_each_of_its_sentences_first(desk: Assistant) -> None:
    found = desk.precedents(f"{SAME}养老机构应当配备护理人员，每班不少于5人。")
    assert not found.theme and len(found.sentences) == 2
    assert {g.asked for g in found.groups[:2]} == {0, 1}
    other = next(g for g in found.groups if g.asked == 1)
    assert [(n.ours, n.theirs) for n in other.namings] == [("5人", "2人")]
    far = desk.precedents("严禁新上高耗能项目，存量项目限期改造。每班配备护士。")
    assert [g.asked for g in far.groups[:2]] == [0, 1]
    assert far.groups[2].asked == 0 and far.groups[2].similarity.value > far.groups[1].similarity.value


def test_scope_and_depth(desk: Assistant) -> None:
    only = desk.precedents(SAME, 1, Scope(documents=frozenset({document(desk, "乙.txt")})))
    assert (len(only.groups), only.documents) == (1, 1)
    assert sources(only.groups[0].quotations) == ["乙.txt"] and not only.groups[0].only


@pytest.mark.parametrize("text", ["", "。！", "长" * 2001])
def test_texts_that_cannot_be_taken(desk: Assistant, text: str) -> None:
    for ask in (desk.precedents, desk.against_draft):
        with pytest.raises(QueryError):
            ask(text)


def test_a_draft_is_held_against_its_nearest_precedents(desk: Assistant) -> None:
    draft = "新建住宅执行绿色建筑标准，2026年达到80%。\n建设量子通信骨干光缆。严禁新上高耗能项目，在建项目每月逐项复核。"
    checked = desk.against_draft(draft)
    green, quantum, ban = checked.sentences
    assert [draft[s.start : s.end] for s in checked.sentences] == [s.text for s in checked.sentences]
    assert green.nearest and green.nearest.citation.source == "甲.txt"
    assert [(n.kind, n.ours, n.theirs) for n in green.namings] == [("year", "2026年", "2025年")]
    assert quantum.nearest is None and quantum.similarity is None
    assert [p.text for p in ban.pieces if p.kind == "added"] == ["每月"]
    assert "".join(p.text for p in ban.pieces if p.kind != "left_out") == ban.text


def test_the_same_clause_across_documents(desk: Assistant) -> None:
    home = document(desk, "甲.txt")
    found = desk.across(home, clause(desk, "甲.txt", "一", "二"))
    near = {c.title: c for c in found.counterparts}
    other = near["乙川市节能方案"]
    assert other.clause and other.clause.line == "《乙川市节能方案》一、（二）"
    paired = [r for r in other.rows if r.ours and r.theirs]
    assert [(n.ours, n.theirs) for n in paired[0].namings] == [("2025年", "2027年"), ("80%", "95%以上")]
    assert [r.theirs.citation.quote for r in other.rows if r.ours is None and r.theirs] == ["推广装配式住宅。"]
    assert near["丁川市养老服务办法"].clause is None and near["丁川市养老服务办法"].rows == ()
    assert [c.clause is None for c in found.counterparts] == sorted(c.clause is None for c in found.counterparts)
    assert found.left == 0 and len(found.sentences) == 1


def test_across_an_unknown_clause_says_so(desk: Assistant) -> None:
    with pytest.raises(LibraryError):
        desk.across(document(desk, "甲.txt"), "没有")
    with pytest.raises(LibraryError):
        desk.across("没有", "没有")


def test_a_frequent_wording_is_counted_with_at_least(tmp_path: Path) -> None:
    cities = "东南西北中上下左右前后里"
    for city in cities:
        (tmp_path / f"{city}.txt").write_text(f"{city}川市办法\n第一条 {SAME}\n第二条 {city}川市设立专门机构。", "utf-8")
    assistant = filled(tmp_path / "库", *sorted(tmp_path.glob("*.txt")))
    alone = assistant.precedents(SAME).groups[0]
    assert (alone.documents, alone.at_least) == (len(cities), False)
    among = assistant.precedents("".join(f"设立第{n}个专门机构。" for n in "一二三四五六七") + SAME)
    group = next(g for g in among.groups if g.wording == SAME)
    assert group.at_least and group.documents >= 10
    assert "12 个文件中至少" in CliRunner().invoke(main, ["precedents", among.text, "--library", str(tmp_path / "库")]).stdout
    assistant.library.close()


def test_a_removed_document_is_in_no_group(desk: Assistant, tmp_path: Path) -> None:
    for name, text in PLANS.items():
        (tmp_path / name).write_text(text, "utf-8")
    assistant = filled(tmp_path / "库", *(tmp_path / name for name in PLANS))
    assistant.precedents(SAME)
    assistant.remove(document(assistant, "甲.txt"))
    found = assistant.precedents(SAME)
    assert found.documents == 3 and "甲.txt" not in sources(found.groups[0].quotations)
    assistant.library.close()


def test_an_empty_library_has_no_precedent(tmp_path: Path) -> None:
    assistant = open_assistant(Settings(library=tmp_path))
    assert assistant.precedents(SAME).groups == () and assistant.precedents("绿色建筑").groups == ()
    assert assistant.against_draft(SAME).sentences[0].nearest is None
    assistant.library.close()


def test_the_command_keeps_the_contract_and_reads_without_colour(desk: Assistant) -> None:
    library = str(desk.library.path)
    result = CliRunner().invoke(
        main, ["precedents", "-", "-k", "2", "--library", library, "--json"], input=f'{{"id": "a", "text": "{SAME}"}}\n{{}}\n'
    )
    good, bad = [json.loads(line) for line in result.stdout.splitlines()]
    assert good["id"] == "a" and good["text"] == SAME and "error" in bad and len(good["groups"]) == 2
    group = good["groups"][0]
    assert set(group) >= {"wording", "similarity", "citations", "documents", "only", "variants"}
    assert [c["n"] for c in group["citations"]] == [1, 2, 3, 4]
    assert set(group["citations"][0]) >= {"n", "clause", "source", "path", "label", "start", "end", "quote", "line"}
    shown = CliRunner().invoke(main, ["precedents", SAME, "--library", library]).stdout
    assert "4 个文件中 3 个采用（通用表述）" in shown and "高耗能【+、高排放】项目" in shown
