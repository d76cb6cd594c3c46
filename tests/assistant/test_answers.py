"""Answers over the sample plans and, where they lie here, over the five real plans."""

from pathlib import Path

import pytest

from assistant.report import answer_text
from assistant.service import Assistant
from assistant.types import Answer
from assistant.web.render import render_answer
from index.base import Scope
from tests.assistant.conftest import filled
from tests.shared import SEEDS, needs_shared

VOC = {"000": "三/九", "001": "三/九", "002": "二/九", "003": "三/十一", "004": "三/八"}


def check(assistant: Assistant, answer: Answer) -> None:
    """What holds for every answer: quotes are slices, marks point at citations, every item is cited."""
    for n, c in enumerate(answer.citations, 1):
        assert c.n == n
        assert assistant.document(c.document).text[c.start : c.end] == c.quote != ""
        assert assistant.clause(c.document, c.clause).start <= c.start < assistant.clause(c.document, c.clause).end
    for item in answer.items:
        assert item.marks and all(1 <= m <= len(answer.citations) for m in item.marks)
    assert (answer.outcome == "answered") == bool(answer.items)


QUESTIONS = [
    "谁负责挥发性有机物整治", "散煤治理谁牵头谁配合", "各地工信部门都负责什么", "2025年底前要完成什么", "挥发性有机物减排目标",
    "各市能耗下降目标对比", "哪些是征求意见稿", "文号是什么", "新建项目实行倍量替代怎么写", "餐饮油烟怎么管", "谁负责疫苗接种", "月球车目标多少",
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_is_cited(samples: Assistant, question: str) -> None:
    check(samples, samples.ask(question))


@pytest.mark.parametrize(
    "question", ["谁负责疫苗接种", "月球车目标多少", "上海市谁负责挥发性有机物整治", "云泽市2031年能耗目标是多少"]
)
def test_what_is_not_there_is_not_found(samples: Assistant, question: str) -> None:
    answer = samples.ask(question)
    assert (answer.outcome, answer.items, answer.citations) == ("not_found", (), ())
    assert answer.text


def test_the_users_own_example_is_answered_from_several_samples(samples: Assistant) -> None:
    answer = samples.ask("谁负责挥发性有机物整治")
    assert answer.kind == "who"
    units = {i.region: {u.unit for u in i.units if u.role == "lead"} for i in answer.items}
    assert units["云泽市"] == {"市生态环境局"} and len(units) >= 2


def test_scope_limits_the_answer(samples: Assistant) -> None:
    answer = samples.ask("谁负责挥发性有机物整治", Scope(regions=frozenset({"云泽市"})))
    assert {i.region for i in answer.items} == {"云泽市"}
    answer = samples.ask("云泽市谁负责挥发性有机物整治")
    assert {i.region for i in answer.items} == {"云泽市"}


def test_same_question_same_answer(samples: Assistant) -> None:
    assert samples.ask("谁负责挥发性有机物整治") == samples.ask("谁负责挥发性有机物整治")


@needs_shared
def test_the_one_right_clause_of_each_city_first(plans: Assistant) -> None:
    answer = plans.ask("谁负责挥发性有机物整治")
    first = {(c.source[:3], "/".join(c.path)) for c in answer.citations[:5]}
    assert first == set(VOC.items())


@needs_shared
@pytest.mark.parametrize("number", sorted(VOC))
def test_nobody_is_left_out_and_nobody_invented(plans: Assistant, number: str) -> None:
    text = next(SEEDS.glob(f"{number}_*")).read_text("utf-8")
    for answer in (plans.ask("谁负责挥发性有机物整治"), plans.ask("两高项目谁来管")):
        check(plans, answer)
        item = next(i for i in answer.items if i.source.startswith(number))
        for unit in item.units:
            assert unit.inherited or unit.unit in text or unit.unit[1:] in text


def test_the_same_work_given_out_by_two_clauses_is_told_of_both(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(
        "云川市绿色出行方案\n一、重点任务\n（一）城市交通。在公交、出租领域推广新能源汽车，优化线网。（市交通运输局负责）\n"
        "（二）公共机构。机关带头推广新能源汽车，节约用电。（市机关事务局负责）\n（三）散煤治理。整治散煤销售网点。（市市场监管局负责）\n"
        "（四）保障措施。加强新闻宣传。（市委宣传部负责）\n",
        "utf-8",
    )
    assistant = filled(tmp_path / "库", tmp_path / "甲.txt")
    answer = assistant.ask("谁负责新能源汽车推广")
    check(assistant, answer)
    assert [i.units[0].unit for i in answer.items] == ["市交通运输局", "市机关事务局"]
    assert "云川市 一、（一）城市交通：" in answer.text and "云川市 一、（二）公共机构：" in answer.text
    assert [i.units[0].unit for i in assistant.ask("谁负责散煤治理").items] == ["市市场监管局"]
    assistant.library.close()


def answered_over(folder: Path, question: str, *texts: str) -> Answer:
    """The answer over documents of these texts."""
    folder.mkdir(exist_ok=True)
    for n, text in enumerate(texts):
        (folder / f"{n}.txt").write_text(text, "utf-8")
    assistant = filled(folder / "库", *sorted(folder.glob("*.txt")))
    answer = assistant.ask(question)
    check(assistant, answer)
    assistant.library.close()
    return answer


def test_every_document_of_a_named_place_that_gives_out_the_work_is_told(tmp_path: Path) -> None:
    many = "推进天然气下乡、电能替代、光伏入户、沼气利用、秸秆综合利用，同步做好散煤治理等工作，健全管护机制，加强督导检查。"
    answer = answered_over(
        tmp_path,
        "云川市散煤治理由谁负责",
        "云川市散煤治理方案\n一、散煤治理\n（一）推进散煤治理。开展散煤治理，散煤治理全覆盖。（市生态环境局牵头）\n",
        f"云川市人居环境整治方案\n一、主要任务\n（一）厕所革命。改造厕所。（市农业农村局牵头）\n（二）清洁能源入户。{many}（市发展改革委牵头）\n",
        "云川市市场监管工作要点\n一、主要任务\n（一）煤质监管。查处劣质煤，配合散煤治理，抽检煤炭经营网点，畅通举报渠道。（市市场监管局牵头）\n",
    )
    assert {u.unit for i in answer.items for u in i.units} == {"市生态环境局", "市发展改革委", "市市场监管局"}


def test_the_statement_in_the_last_item_is_of_the_work_its_heading_names(tmp_path: Path) -> None:
    answer = answered_over(
        tmp_path,
        "散煤治理由谁负责",
        "云川市大气污染防治方案\n一、主要任务\n（一）散煤治理。加强散煤治理，逐户建立清单。\n1.推进清洁取暖，散煤治理覆盖1万户。\n"
        "2.开展执法检查。\n3.加强宣传。（市生态环境局牵头，市财政局配合）\n（二）锅炉管控。推动散煤治理与锅炉淘汰并举。（市财政局牵头）\n"
        "1.落实散煤治理补贴。\n2.公开补贴结果。\n",
    )
    assert [[u.unit for u in i.units] for i in answer.items] == [["市生态环境局", "市财政局"]]


def test_a_statement_is_told_once_and_its_own_words_are_no_work(tmp_path: Path) -> None:
    text = (
        "云川市节能减排方案\n一、任务\n（一）交通节能。推广新能源汽车，建设充电桩。（市交通运输局牵头）\n1.公交车换新能源汽车。\n"
        "2.出租车换新能源汽车。\n（二）机关节能。机关用车采购新能源汽车。（市机关事务局牵头）\n1.新购车辆中新能源汽车占六成。\n"
        "（三）住房保障。增加住房供应。（市住房城乡建设局负责）\n（四）煤炭减量。削减散煤。（市住房城乡建设局负责）\n"
    )
    answer = answered_over(tmp_path, "新能源汽车由谁负责", text)
    assert [i.units[0].unit for i in answer.items] == ["市交通运输局", "市机关事务局"]
    assert len(answered_over(tmp_path / "再", "住房由谁负责", text).items) == 1


def test_an_expired_document_is_marked_where_it_is_cited(samples: Assistant) -> None:
    cited = {c.region: c for c in samples.ask("谁负责挥发性有机物整治").citations}
    # its validity ended on 2025-12-31
    assert cited["云泽市"].expired and not cited["砚溪市"].expired
    assert "（已过有效期）" in answer_text(samples.ask("云泽市谁负责挥发性有机物整治"))


def test_a_clause_that_names_a_document_of_the_library_leads_to_it(tmp_path: Path) -> None:
    (tmp_path / "省.txt").write_text("云岭省节能方案\n云岭政发〔2022〕3号\n一、目标\n节能。\n", "utf-8")
    (tmp_path / "市.txt").write_text(
        "云泽市节能方案\n一、依据\n落实《云岭省节能方案》（云岭政发〔2022〕3号）的要求，做好散煤治理。（市甲局负责）\n", "utf-8"
    )
    assistant = filled(tmp_path / "库", tmp_path / "省.txt", tmp_path / "市.txt")
    (citation,) = assistant.ask("散煤治理谁负责").citations
    higher = next(d for d in assistant.documents() if d.source == "省.txt")
    assert citation.refers == ((higher.id, "云岭省节能方案"),)
    assert higher.id in render_answer(assistant.ask("散煤治理谁负责"))


def test_what_was_looked_for_beside_the_words_is_told(samples: Assistant) -> None:
    assert "挥发性有机物" in samples.ask("VOC谁管").also
    assert samples.ask("挥发性有机物谁管").also == ()


def test_another_name_of_the_thing_that_was_searched_is_told_as_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("云泽市方案\n一、挥发性有机物整治\n整治挥发性有机物。（市甲局负责）\n", "utf-8")
    (tmp_path / "乙.txt").write_text("澜洲市方案\n一、VOCs整治\n整治VOCs。（市乙局负责）\n", "utf-8")
    answer = filled(tmp_path / "库", tmp_path / "甲.txt", tmp_path / "乙.txt").ask("谁负责挥发性有机物整治")
    assert {i.region for i in answer.items} == {"云泽市", "澜洲市"} and "VOCs" in answer.also


def test_a_place_added_later_is_known_to_the_speller(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("云泽市方案\n一、油烟\n治理油烟。（市甲局负责）\n", "utf-8")
    (tmp_path / "乙.txt").write_text("澜洲市方案\n一、油烟\n治理油烟。（市乙局负责）\n", "utf-8")
    assistant = filled(tmp_path / "库", tmp_path / "甲.txt")
    assistant.ask("云择市油烟谁管")
    assert next(iter(assistant.add([tmp_path / "乙.txt"]))).status == "added"
    assert {i.region for i in assistant.ask("澜州市油烟谁管").items} == {"澜洲市"}


def test_economic_growth_is_that_of_the_gross_product(tmp_path: Path) -> None:
    text = (
        "云泽市2025年工作要点\n一、推动经济持续健康发展\n到2025年，新引进总部企业10家。\n"
        "二、主要目标\n到2025年，地区生产总值增长6%左右。\n"
    )
    (tmp_path / "要点.txt").write_text(text, "utf-8")
    answer = filled(tmp_path / "库", tmp_path / "要点.txt").ask("经济增长目标")
    assert [item.values for item in answer.items] == [("6%",)]


def asked(folder: Path, text: str, question: str) -> Answer:
    """The answer from a library of one text."""
    (folder / "文.txt").write_text(text, "utf-8")
    return filled(folder / "库", folder / "文.txt").ask(question)


def test_a_figure_that_something_is_to_fall_to_is_not_said_to_be_the_fall(tmp_path: Path) -> None:
    answer = asked(tmp_path, "云泽市方案\n一、主要目标\n到2025年，细颗粒物年均浓度下降到30微克/立方米。\n", "PM2.5目标是多少")
    assert "下降到30微克/立方米" in answer.text


@pytest.mark.parametrize(
    ("question", "values"), [("低效设施什么时候全部替换", ["2024年底前"]), ("低效设施什么时候排查", ["2023年10月底前"])]
)
def test_a_deadline_is_for_what_its_sentence_began_with(tmp_path: Path, question: str, values: list[str]) -> None:
    text = "云泽市方案\n一、末端提升\n2023年10月底前，对低效设施完成排查，2024年底前全部替换。\n"
    assert [v for item in asked(tmp_path, text, question).items for v in item.values] == values


def test_a_deadline_in_a_row_is_told_once(samples: Assistant) -> None:
    answer = samples.ask("砚溪市挥发性有机物治理设施升级什么时候完成")
    assert [item.values for item in answer.items].count(("2025年6月底前",)) == 1


def test_a_sentence_with_the_figure_answers_where_other_documents_have_a_target(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("云泽市方案\n一、目标\n到2025年，活性炭更换率达到95%。\n", "utf-8")
    (tmp_path / "乙.txt").write_text("澜川市办法\n第一条 采用吸附法的，活性炭的碘值不得低于800毫克/克。\n", "utf-8")
    answer = filled(tmp_path / "库", tmp_path / "甲.txt", tmp_path / "乙.txt").ask("澜川市活性炭碘值不得低于多少")
    assert [item.values for item in answer.items] == [("800毫克/克",)]


def test_a_unit_that_leads_nothing_has_its_other_tasks_told(tmp_path: Path) -> None:
    answer = asked(tmp_path, "云泽市方案\n一、散煤\n治理散煤。（市工信局、市财政局负责）\n", "市工信局牵头哪些工作")
    assert "均未写明由其牵头" in answer.text
    assert [(u.unit, u.role) for item in answer.items for u in item.units] == [("市工信局", "responsible")]
