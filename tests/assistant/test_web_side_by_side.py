"""Clauses side by side as HTML."""

import pytest

from assistant.precedents.types import Across, Aligned, Counterpart
from assistant.precedents.wording import compare
from assistant.web.reader import render_reader
from assistant.web.render import render_answer
from assistant.web.side_by_side import BESIDE, render_across
from assistant.web.stage import stage_html
from tests.assistant.desk_records import NAMINGS, NEAR, OURS, PIECES, THEIRS, picks_in, quotation
from tests.assistant.fake_assistant import FakeAssistant
from tests.assistant.page_text import Seen


def beside(name: str, *rows: Aligned, clause: bool = True) -> Counterpart:
    own = quotation(THEIRS, document=name) if clause else None
    return Counterpart(name, f"{name}方案", name, own, NEAR if clause else None, rows)


def cells(markup: str, name: str) -> list[str]:
    parts = markup.split(f'<td data-name="{name}"')[1:]
    return [Seen("<td" + part.split("</td>")[0] + "</td>").shown for part in parts]


def test_sentences_stand_in_the_row_of_ours_and_the_rest_in_a_row_of_its_own() -> None:
    first, second = quotation("甲句。", start=0), quotation("乙句。", start=3)
    a = beside(
        "子市",
        Aligned(second, quotation("乙句！"), NEAR, compare("乙句。", "乙句！"), ()),
        Aligned(None, quotation("丙句。"), None, (), ()),
    )
    b = beside("丑市", Aligned(first, quotation("甲句。"), NEAR, compare("甲句。", "甲句。"), ()))
    markup = render_across(Across(quotation(), (first, second), (a, b, beside("寅市", clause=False)), 7))
    own, others = cells(markup, "子市"), cells(markup, "丑市")
    assert [own[1], others[2], others[3]] == ["没有对应的句子", "没有对应的句子", "无"]
    assert own[2].startswith("乙句！") and own[3].startswith("丙句。") and "与本条一字不差" in others[1]
    assert "其他 10 个文件中，2 个有对应条款" in markup
    assert "寅市：《寅市方案》" in markup and "另有 7 个文件没有对应条款" in markup


def test_marks_stand_only_where_most_of_a_sentence_is_ours() -> None:
    ours = quotation(OURS)
    other = "到2030年，全面建成现代化治理体系，形成各方共治格局。"
    near = Aligned(ours, quotation(THEIRS), NEAR, PIECES, NAMINGS)
    far = Aligned(ours, quotation(other), NEAR, compare(OURS, other), NAMINGS)
    assert any(piece.kind == "kept" for piece in far.pieces)
    for row, marked in ((near, True), (far, False)):
        table = render_across(Across(ours, (ours,), (beside("子市", row),))).partition("<table")[2]
        assert ("<ins" in table) is marked and ("naming" in table) is marked


@pytest.mark.parametrize(("documents", "widths"), [(1, [2]), (BESIDE, [5]), (BESIDE + 1, [3, 4]), (9, [4, 4, 4])])
def test_more_documents_than_fit_make_more_tables(documents: int, widths: list[int]) -> None:
    markup = render_across(Across(quotation(), (quotation(),), tuple(beside(f"市{n}") for n in range(documents))))
    assert [table.count('scope="col"') for table in markup.split("<table")[1:]] == widths


def test_without_other_documents_or_counterparts_that_is_said() -> None:
    assert "没有其他文件可以对照" in render_across(Across(quotation(), (quotation(),), ()))
    alone = render_across(Across(quotation(), (quotation(),), (beside("子市", clause=False),)))
    assert "其他 1 个文件中都没有对应条款" in alone and "<table" not in alone


def test_a_clause_that_is_gone_is_an_error_with_a_way_back() -> None:
    for document, clause in (("yc", "没有"), ("没有", "x")):
        markup = stage_html(FakeAssistant(), {"view": "across", "document": document, "clause": clause})
        assert "未能完成" in markup and "data-leave" in markup


def test_every_clause_of_the_reader_and_every_citation_leads_to_other_documents() -> None:
    fake = FakeAssistant()
    for document in fake.documents():
        seen = Seen(render_reader(document, fake.clauses(document.id)), within="button")
        offered = [(e["data-of"], e["data-across"]) for _, e in seen.tags if "data-across" in e]
        assert offered == [(document.id, clause.id) for clause in fake.clauses(document.id)]
        assert seen.marked == "对照原件关闭"  # nothing is put among the words of the text
    answer = fake.ask("谁负责")
    markup = render_answer(answer)
    assert [pick["quote"] for pick in picks_in(markup)] == [citation.quote for citation in answer.citations]
    assert markup.count("data-across") == len(answer.citations)
