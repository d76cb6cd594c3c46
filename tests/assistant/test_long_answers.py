"""Answers over many documents: what is listed, what is counted, and what stands in every one of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answers import listing
from assistant.answers.deadlines import _ANY_DUE, _DUE
from assistant.answers.referring import Names
from assistant.report import answer_json
from assistant.service import Assistant
from assistant.types import Answer
from assistant.web.render import render_answer
from corpus.types import Document, Facts
from index.base import Scope
from tests.assistant.conftest import filled
from tests.limits import that_ends

MANY = 130
TASK = "治理散煤。2031年底前完成。"


def _plan(n: int) -> str:
    """A plan of one of thirteen towns, of which every other names who is responsible."""
    town, named = "甲乙丙丁戊己庚辛壬癸子丑寅"[n % 13], "（市生态环境局负责）" if n % 2 else ""
    return (
        f"云{town}市第{n}号散煤治理方案\n云{town}政发〔2021〕{n}号\n一、目标\n到2030年，散煤用量下降{n}%。\n"
        f"二、散煤治理\n{TASK}{named}\n三、附则\n本方案自2022年1月1日起施行。\n"
    )


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A library of many plans."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "文").mkdir()
    for n in range(MANY):
        (folder / "文" / f"{n}.txt").write_text(_plan(n), "utf-8")
    assistant = filled(folder / "库", folder / "文")
    yield assistant
    assistant.library.close()


def told(answer: Answer, rest: int, unit: str, name: str) -> None:
    """What is not listed is told in the text, on the page and in the record."""
    line = f"另有 {rest} {unit}未列出，请写明{name}。"
    assert answer.unlisted == rest == answer_json(1, answer)["unlisted"]
    assert answer.text.endswith(line) and line in render_answer(answer)


def test_of_facts_of_all_documents_a_page_is_listed(many: Assistant) -> None:
    answer = many.ask("文号是多少")
    assert len(answer.items) == len(answer.citations) == listing.PAGE
    assert answer.text.startswith(f"{MANY} 个文件有文号可查")
    told(answer, MANY - listing.PAGE, "个文件", "地区或文件名")


def test_of_a_place_all_are_listed_and_told_apart_by_title(many: Assistant) -> None:
    answer = many.ask("云甲市的文号是多少")
    assert {i.region for i in answer.items} == {"云甲市"} and len(answer.items) == MANY // 13
    assert answer.unlisted == 0 and "云甲市《云甲市第13号散煤治理方案》：文号为云甲政发〔2021〕13号" in answer.text


@pytest.mark.parametrize(
    "question", ["《云甲市第13号散煤治理方案》的文号是多少", "云甲第13号散煤治理方案文号", "第13号散煤治理方案的文号"]
)
def test_the_document_the_question_names_is_the_only_one(many: Assistant, question: str) -> None:
    assert [i.values for i in many.ask(question).items] == [("云甲政发〔2021〕13号",)]


def test_a_titled_document_that_does_not_say_it_is_not_answered_by_others(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("云甲市散煤治理方案\n云甲政发〔2021〕1号\n一、目标\n治理散煤。\n", "utf-8")
    (tmp_path / "乙.txt").write_text("云甲市油烟治理方案\n一、目标\n治理油烟。\n", "utf-8")
    assistant = filled(tmp_path / "库", tmp_path / "甲.txt", tmp_path / "乙.txt")
    assert assistant.ask("云甲市油烟治理方案的文号是多少").outcome == "not_found"
    assert assistant.ask("云甲市散煤治理方案的文号是多少").outcome == "answered"


@pytest.mark.parametrize(
    "question", ["哪些文件引用了《云岭省节能条例》", "哪些文件引用了云岭省节能条例", "引用《云岭省节能条例》的有哪些文件"]
)
def test_a_title_that_is_cited_is_no_document_asked_about(tmp_path: Path, question: str) -> None:
    (tmp_path / "省.txt").write_text("云岭省节能条例\n第一条 节约能源。\n第二条 依据《云岭省立法条例》制定。\n", "utf-8")
    (tmp_path / "市.txt").write_text("云泽市节能方案\n一、依据\n依据《云岭省节能条例》，制定本方案。\n", "utf-8")
    assistant = filled(tmp_path / "库", tmp_path / "省.txt", tmp_path / "市.txt")
    assert [i.source for i in assistant.ask(question).items] == ["市.txt"]
    (item,) = assistant.ask("《云岭省节能条例》引用了哪些文件").items
    assert (item.source, item.values) == ("省.txt", ("《云岭省立法条例》",))


def test_deadlines_of_nothing_in_particular_are_a_page(many: Assistant) -> None:
    answer = many.ask("什么时候完成")
    assert len(answer.items) == listing.PAGE
    told(answer, 2 * MANY - listing.PAGE, "处", "事项、地区或文件名")
    assert len(many.ask("2031年底前要完成什么").items) == MANY
    assert len(many.ask("散煤治理什么时候完成").items) >= MANY


def test_every_town_that_names_somebody_is_told_and_a_page_of_those_that_do_not(many: Assistant) -> None:
    answer = many.ask("谁负责散煤治理")
    naming = [i for i in answer.items if i.units]
    assert len(naming) == MANY // 2, answer.text
    assert len(answer.items) - len(naming) == listing.PAGE
    assert answer.unlisted > 0
    told(answer, answer.unlisted, "处写有这一内容而没有单列责任单位的条款", "地区或文件名")


def test_tasks_are_complete_up_to_what_a_list_can_hold(many: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(many.ask("各地生态环境局都负责什么").items) == MANY // 2
    monkeypatch.setattr("assistant.answers.tasks.MOST", 40)
    answer = many.ask("各地生态环境局都负责什么")
    assert len(answer.items) == 40 and answer.text.startswith(f"共 {MANY // 2} 项，见于 {MANY // 2} 个文件")
    told(answer, MANY // 2 - 40, "项", "地区或文件名")
    documents = frozenset(d.id for d in many.documents()[:-1])
    assert many.ask("各地生态环境局都负责什么", Scope(documents=documents)).unlisted == 0


def test_figures_are_complete_up_to_what_a_list_can_hold(many: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(many.ask("散煤用量要下降多少").items) == MANY
    monkeypatch.setattr(listing, "MOST", 110)
    answer = many.ask("散煤用量要下降多少")
    assert len(answer.items) == 110
    told(answer, MANY - 110, "项", "地区或文件名")


def test_of_the_places_of_a_large_library_a_page_is_named(tmp_path: Path) -> None:
    for n in range(30):
        (tmp_path / f"{n}.txt").write_text(f"油烟治理方案之{n}\n一、油烟\n治理油烟。\n", "utf-8")
    (tmp_path / "市.txt").write_text("云泽市方案\n一、油烟\n治理油烟。（市甲局负责）\n", "utf-8")
    answer = filled(tmp_path / "库", *tmp_path.glob("*.txt")).ask("上海市谁负责油烟治理")
    assert "现有：云泽市、《" in answer.text and answer.text.endswith("等 31 个文件。") and answer.text.count("《") < listing.PAGE


@pytest.mark.parametrize(
    "text",
    [
        "截至2025年底",
        "到2025年",
        "2025年6月底前",
        "在2025年上半年前完成",
        "“十四五”期末",
        "十五五末期",
        "每年3月上旬前",
        "自2025年1月1日起",
        "2025年印发",
        "十四五规划",
    ],
)
def test_the_quick_look_for_deadlines_sees_what_the_thorough_one_sees(text: str) -> None:
    assert bool(_ANY_DUE.search(text)) == bool(_DUE.search(text))


def test_documents_named_in_a_text_are_those_whose_names_stand_in_it() -> None:
    named = [
        ("关于印发《节能方案》的通知", "云政发〔2021〕1号"),
        ("节能方案", None),
        ("节能", "云政发〔2021〕11号"),
        ("方案", "第三号"),
    ]
    documents = [
        Document(str(n), "", "", Facts(t, number, None, None, None, False, None, ())) for n, (t, number) in enumerate(named)
    ]
    for text in (
        "落实《关于印发《节能方案》的通知》（云政发〔2021〕11号）",
        "节能方案、第三号",
        "《方案》《节能》《方案》》",
        "《节能方案",
        "",
    ):
        wanted = [d for d in documents if f"《{d.facts.title}》" in text or (d.facts.doc_number or "无号") in text]
        assert Names(documents).named_in(text) == wanted


def test_titles_are_found_among_many_brackets_in_one_pass() -> None:
    documents = [
        Document(str(n), "", "", Facts(t, None, None, None, None, False, None, ())) for n, t in enumerate(("甲", "节能"))
    ]
    with that_ends():
        named = Names(documents).named_in("《" * 100_000 + "甲" + "》" * 100_000 + "《节" + "《》" * 100_000 + "能》")
    assert named == documents[:1]


@pytest.fixture(scope="module")
def notices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A plan that says everything of itself and a notice that cites documents."""
    folder = tmp_path_factory.mktemp("notices")
    (folder / "省.txt").write_text("云岭省消防条例\n第一条 预防火灾。\n", "utf-8")
    (folder / "方案.txt").write_text(
        "云泽市“十四五”节能减排实施方案〔样本（试行）〕\n云政发〔2022〕8号\n云泽市人民政府\n2022年9月28日\n一、目标\n治理散煤。\n"
        "二、附则\n本方案自2022年10月1日起实施，有效期至2025年12月31日。\n",
        "utf-8",
    )
    (folder / "通知.txt").write_text(
        "澜川市消防通知\n澜政发〔2022〕9号\n一、依据\n根据《云岭省消防条例》《国务院关于节能的意见》（国发〔2021〕33号）和《云岭省消防方案》（岭政发〔2022〕7号），制定本通知。\n",
        "utf-8",
    )
    assistant = filled(folder / "库", *folder.glob("*.txt"))
    yield assistant
    assistant.library.close()


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("《云泽市“十四五”节能减排实施方案》的文号是什么", "云政发〔2022〕8号"),
        ("云泽市“十四五”节能减排实施方案的文号是什么", "云政发〔2022〕8号"),
        ("云泽市“十四五”节能减排实施方案是哪天印发的", "2022年9月28日"),
        ("《云泽市“十四五”节能减排实施方案》的发文机关是谁", "云泽市人民政府"),
        ("《云泽市“十四五”节能减排实施方案》的有效期到什么时候", "2025年12月31日"),
        ("云泽市“十四五”节能减排实施方案什么时候实施", "2025年12月31日"),
        ("云泽市“十四五”节能减排实施方案的实施日期", "2025年12月31日"),
        ("《云泽市人民政府关于印发〈云泽市“十四五”节能减排实施方案〉的通知》的文号", "云政发〔2022〕8号"),
        ("云泽市“十四五”节能减排实施方案（征求意见稿）的文号", "云政发〔2022〕8号"),
        ("云泽市“十四五”节能减排实施方案什么时候发布的意见", "2022年9月28日"),
    ],
)
def test_what_is_asked_of_a_document_is_not_read_from_its_title(notices: Assistant, question: str, value: str) -> None:
    (item,) = notices.ask(question).items
    assert item.source == "方案.txt" and value in "；".join(item.values), item


@pytest.mark.parametrize(
    "question",
    [
        "哪些文件引用了国发〔2021〕33号",
        "哪些文件依据国发[2021]33号制定",
        "哪个文件是根据国发〔2021〕33号制定的",
        "国发〔2021〕33号被哪些文件引用",
        "哪些文件引用了岭政发〔2022〕7号",
        "哪些文件依据云岭省消防条例制定",
        "根据《云岭省消防条例》制定的有哪些文件",
    ],
)
def test_who_cites_a_document_is_found_however_it_is_asked(notices: Assistant, question: str) -> None:
    assert [i.source for i in notices.ask(question).items] == ["通知.txt"], notices.ask(question).text


@pytest.mark.parametrize(
    "question",
    [
        "云泽市“十四五”节能减排实施方案任务分解表的文号",
        "《云泽市“十四五”节能减排实施方案任务分解表》的文号",
        "“十四五”节能减排实施方案评估办法是哪天印发的",
    ],
)
def test_a_title_in_a_longer_title_is_another_document(notices: Assistant, question: str) -> None:
    assert notices.ask(question).outcome == "not_found"
