"""Versions and facts of a document, and corrections of them."""

from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest

from assistant.config import Settings
from assistant.service import Assistant, open_assistant
from assistant.web.gone import GONE
from assistant.web.listing import render_documents
from assistant.web.reader_panel import corrected, removed
from assistant.web.standing import FIELDS, render_facts, render_removal, render_standing, render_versions
from corpus.errors import LibraryError
from corpus.types import Correction, Document, Version
from tests.assistant.fake_assistant import DOCUMENTS, SCRIPT, FakeAssistant
from tests.assistant.page_text import Seen

YC = DOCUMENTS[0]
OLDER = replace(YC, id="yc@1", current=False, facts=replace(YC.facts, date="2021-01-01", draft=True))
VERSIONS = [(Version("yc@1", "yc", 1, 2), OLDER), (Version("yc", "yc", 2, 2), YC)]
PLACE = {"document": "yc", "start": 0, "end": 0, "around": 0}


def buttons(markup: str) -> list[tuple[str | None, str | None]]:
    return [(each["data-of"], each["data-compare"]) for _, each in Seen(markup).tags if "data-compare" in each]


@pytest.mark.parametrize(("document", "said"), [(YC, "正在阅读第 2 版"), (OLDER, "正在阅读第 1 版")])
def test_all_versions_are_listed_and_the_older_is_compared_with_the_newer(document: Document, said: str) -> None:
    markup = render_versions(document, VERSIONS)
    seen = Seen(markup)
    assert "共 2 版" in seen.shown and said in seen.shown and seen.shown.index("第 2 版（现行）") < seen.shown.index("2021-01-01")
    assert seen.shown.count("旧版本") == (1 if document is YC else 3)
    assert buttons(markup) == [("yc@1", "yc")] and len(seen.links()) == 1
    assert render_versions(YC, VERSIONS[1:]) == ""


def test_the_list_of_documents_counts_versions_and_opens_them() -> None:
    page = render_documents([YC, DOCUMENTS[1]], {}, 2, {"yc": VERSIONS})
    assert page.count("共 2 版") == 1 and {each["data-document"] for each in Seen(page).links()} == {"yc", "yc@1", "lt"}


def test_a_corrected_fact_is_marked_with_what_was_read_and_can_be_taken_back() -> None:
    markup = render_facts(replace(YC, facts=replace(YC.facts, region=SCRIPT)), [Correction("region", "云川市", SCRIPT)])
    seen = Seen(markup)
    assert "人工更正 1 项" in seen.shown and "读出的是：云川市" in seen.shown and "script" not in seen.names()
    assert [each["data-undo"] for _, each in seen.tags if "data-undo" in each] == ["region", ""]
    assert [each.get("name") for tag, each in seen.tags if tag in ("input", "select")] == list(FIELDS)
    assert "data-undo" not in render_facts(YC, [])


def test_what_was_read_is_said_of_a_state_and_of_nothing() -> None:
    markup = render_standing(YC, [], [Correction("draft", True, False), Correction("date", None, "2023-05-08")])
    assert "读出的是：征求意见稿" in markup and "读出的是：（没有写明）" in markup


def test_a_correction_is_kept_and_taken_back() -> None:
    fake = FakeAssistant()
    reply = corrected(fake, {**PLACE, "facts": {"region": " 新岸市 ", "draft": "draft", "valid": "", "cites": "x", "title": 7}})
    assert "已保存" in reply["told"] and "人工更正 3 项" in reply["html"]
    facts = fake.document("yc").facts
    assert (facts.region, facts.draft, facts.valid, facts.title) == ("新岸市", True, None, YC.facts.title)
    assert "人工更正 2 项" in corrected(fake, {**PLACE, "undo": "draft"})["html"]
    assert "人工更正" not in corrected(fake, {**PLACE, "undo": ""})["html"] and fake.document("yc").facts == YC.facts


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({**PLACE, "facts": {"date": "无"}}, "不是日期"),
        ({**PLACE, "document": "没有", "facts": {}}, GONE),
        ({"facts": {"region": "x"}}, "重新打开后再试"),
        (None, "重新打开后再试"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_changes(data: object, said: str) -> None:
    fake = FakeAssistant()
    reply = corrected(fake, data)
    assert said in reply["told"] and reply["html"] == "" and fake.documents() == list(DOCUMENTS)


@pytest.mark.parametrize(
    ("document", "versions", "said"),
    [(YC, VERSIONS, "连同 1 个旧版本"), (YC, VERSIONS[1:], "移除这份文件："), (OLDER, VERSIONS, "移除这一旧版本：")],
)
def test_what_a_removal_takes_along_is_said_before(
    document: Document, versions: list[tuple[Version, Document]], said: str
) -> None:
    seen = Seen(render_removal(document, versions))
    assert said in seen.shown and [each["data-remove"] for _, each in seen.tags if "data-remove" in each] == [document.id]


def test_a_removed_document_is_gone_and_said_to_be() -> None:
    fake = FakeAssistant()
    reply = removed(fake, {"document": "yc"})
    assert "已移除“云川市节能减排工作方案”" in reply["told"] and reply["told"] in reply["html"] and "data-close" in reply["html"]
    assert [each.id for each in fake.documents()] == ["lt", "bl"]
    assert removed(fake, {"document": "yc"}) == {"told": GONE, "html": ""}


@pytest.mark.parametrize("data", [None, {}, {"document": 7}])
def test_a_removal_of_nothing_removes_nothing(data: object) -> None:
    fake = FakeAssistant()
    reply = removed(fake, data)
    assert "没有移除" in reply["told"] and reply["html"] == "" and fake.documents() == list(DOCUMENTS)


def test_a_removal_that_fails_is_not_said_to_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeAssistant()
    monkeypatch.setattr(fake, "remove", Mock(side_effect=LibraryError("文件库正被其他程序占用，请稍后再试。")))
    assert removed(fake, {"document": "yc"}) == {"told": "文件库正被其他程序占用，请稍后再试。", "html": ""}


def test_a_correction_that_makes_another_version_current_keeps_the_text_in_sight(tmp_path: Path) -> None:
    assistant: Assistant = open_assistant(Settings(library=tmp_path / "library"))
    path = tmp_path / "节水.txt"
    for day in ("2020年1月2日", "2022年1月2日"):
        path.write_text(f"云川市节水方案\n\n一、总体要求\n{day}前完成。\n\n云川市人民政府\n{day}\n", encoding="utf-8")
        list(assistant.add([path]))
    current = next(iter(assistant.documents()))
    assert current.facts.date == "2022-01-02" and assistant.version(current.id).count == 2
    reply = corrected(assistant, {**PLACE, "document": current.id, "facts": {"date": "2019-01-01"}})
    assert "这是旧版本" in reply["html"] and "2022年1月2日前完成" in reply["html"]
    assistant.library.close()
