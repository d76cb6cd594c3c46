"""One thing under two names is one thing; what is merely near stays apart."""

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answers.desk import Desk
from assistant.answers.naming import MOST_NAMES, namings_of
from assistant.aspects import aspects
from assistant.match import fold, standing
from assistant.names import defined, names
from assistant.question import parse
from assistant.service import Assistant
from corpus.lexicon.terms import Term, Thesaurus, load_terms
from index.base import Scope
from tests.assistant.conftest import filled

THESAURUS = Thesaurus(load_terms())

# how a question asks, how a plan heads its clause, and the names of the thing
THINGS = {
    "挥发性有机物": ("谁负责{}整治", "强化{}治理", ("挥发性有机物", "VOCs", "有机废气")),
    "化学需氧量": ("{}减排由哪个部门负责", "推进{}减排", ("化学需氧量", "COD")),
    "细颗粒物": ("{}污染归谁管", "控制{}污染", ("细颗粒物", "PM2.5")),
    "住房公积金": ("谁负责{}管理", "规范{}管理", ("住房公积金", "公积金")),
    "老旧小区": ("谁负责{}改造", "实施{}改造", ("老旧小区", "城镇老旧小区", "老旧住宅小区")),
    "充电桩": ("谁负责{}建设", "加快{}建设", ("充电桩", "充电设施", "充电基础设施")),
    "保障性租赁住房": ("谁负责{}建设", "扩大{}供给", ("保障性租赁住房", "保租房")),
    "危险废物": ("{}由谁监管", "加强{}监管", ("危险废物", "危废")),
}
OTHERS = (
    "大气污染防治", "加油站安全管理", "二氧化碳排放核算", "社会保险扩面", "城市道路更新", "电梯机房检修", "秸秆综合利用",
    "公共机构节能", "绿色建筑推广", "污水处理提质",
)  # fmt: skip
OTHER_WORK = dict.fromkeys(OTHERS[6:], "市财政局")
CITIES = [a + b + "市" for a in "云松澜" for b in "川溪岭泽"]
CASES = [(thing, asked) for thing, (_, _, names) in THINGS.items() for asked in names]


def plan(city: str, leaders: dict[str, str]) -> str:
    """A plan with a clause for each heading, led by the unit given."""
    clauses = [
        f"{n}.{head}。到2025年，{head}，完成重点项目{20 + n}个。（{unit}牵头，市气象局配合）\n"
        for n, (head, unit) in enumerate(leaders.items(), 1)
    ]
    return f"{city}人民政府关于印发{city}“十四五”工作方案的通知\n\n{city}“十四五”工作方案\n\n一、主要任务\n" + "".join(clauses)


def library(folder: Path, plans: dict[str, str]) -> Assistant:
    """The plans of these cities, in a library."""
    texts = folder / "文件"
    texts.mkdir()
    for city, text in plans.items():
        (texts / f"{city}.txt").write_text(text, "utf-8")
    return filled(folder / "库", texts)


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Twelve cities that write the names of every thing in turn; each thing has its own leader."""
    plans = {}
    for n, city in enumerate(CITIES):
        heads = {head.format(names[n % len(names)]): f"市{thing[:2]}局" for thing, (_, head, names) in THINGS.items()}
        plans[city] = plan(city, heads | dict.fromkeys(OTHERS[n % 3 :: 2], "市财政局"))
    opened = library(tmp_path_factory.mktemp("库"), plans)
    yield opened
    opened.library.close()


@pytest.mark.parametrize(("thing", "asked"), CASES)
def test_every_city_answers_by_whichever_name_it_writes(cities: Assistant, thing: str, asked: str) -> None:
    answer = cities.ask(THINGS[thing][0].format(asked))
    assert sorted(item.region or "" for item in answer.items) == sorted(CITIES)
    assert {u.unit for item in answer.items for u in item.units if u.role == "lead"} == {f"市{thing[:2]}局"}


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("谁负责挥发性有机物整治", "加强大气污染防治"),
        ("谁负责大气污染防治", "强化挥发性有机物治理"),
        ("谁负责充电桩建设", "加快加油站建设"),
        ("谁负责加油站建设", "加快充电桩建设"),
        ("谁负责社会保险扩面", "规范住房公积金管理"),
        ("谁负责二氧化硫减排", "推进二氧化碳减排"),
        ("CO减排由谁负责", "推进COD减排"),
        ("谁负责数据中心节能", "加强电梯机房检修"),
        ("谁负责老旧小区改造", "实施老旧车辆淘汰"),
        ("谁负责危险废物监管", "加强危险化学品监管"),
    ],
)
def test_a_city_that_writes_of_something_near_stays_out(tmp_path: Path, asked: str, near: str) -> None:
    own = asked.replace("由谁负责", "").replace("谁负责", "")
    heads = {"云川市": f"推进{own}", "云溪市": near, "云岭市": "绿色建筑推广"}
    assistant = library(tmp_path, {city: plan(city, {head: "市甲局"} | OTHER_WORK) for city, head in heads.items()})
    assert {item.region for item in assistant.ask(asked).items} == {"云川市"}


@pytest.mark.parametrize(
    ("defined", "asked"),
    [
        ("政务服务事项“一网通办”平台建设（以下简称“通办平台”）", "谁负责通办平台运维"),
        ("加强滨湖生态产业园（以下简称“滨湖园”）管理", "谁负责滨湖生态产业园招商"),
        ("加强滨湖生态产业园（以下简称“滨湖园”）管理", "谁负责滨湖园招商"),
        ("推进园区能源管控系统（EMCS）建设", "园区能源管控系统运维由谁负责"),
        ("推进EMCS（园区能源管控系统）建设", "谁负责园区能源管控系统运维"),
    ],
)
def test_a_name_a_text_defines_is_a_name_in_that_text(tmp_path: Path, defined: str, asked: str) -> None:
    short = "EMCS" if "EMCS" in defined else defined.partition("简称“")[2].partition("”")[0]
    act = "招商" if "招商" in asked else "运维"
    full = "滨湖生态产业园" if "滨湖" in asked else "园区能源管控系统"
    plans = {
        "云川市": plan("云川市", {f"落实{short}{act}": "市甲局"} | OTHER_WORK) + f"二、附则\n（一）总体要求。{defined}。\n",
        "云溪市": plan("云溪市", {f"落实{full}{act}": "市甲局"} | OTHER_WORK),
        "云岭市": plan("云岭市", {f"落实产业{act}": "市乙局"} | OTHER_WORK),
    }
    answer = library(tmp_path, plans).ask(asked)
    assert "云川市" in {item.region for item in answer.items}
    assert {u.unit for item in answer.items for u in item.units if u.role == "lead"} == {"市甲局"}


@pytest.mark.parametrize("asked", ["谁负责挥发性有机物整治", "谁负责VOCs整治"])
def test_a_city_that_works_on_the_thing_comes_in_and_one_that_mentions_it_stays_out(tmp_path: Path, asked: str) -> None:
    plans = {city: plan(city, {"推进挥发性有机物整治": "市甲局"} | OTHER_WORK) for city in CITIES[:6]}
    work = "推进钢铁、水泥超低排放改造，推广清洁生产。以石化、化工、涂装为重点，开展VOCs治理，建设集中处理设施。（市甲局牵头）"
    listed = "到2025年，推动绿色建筑与污水处理提质协同，统筹氮氧化物、VOCs、颗粒物协同减排。（市乙局牵头）"
    named = "涉及VOCs排放的项目从严审查，不得擅自简化环评。（市乙局牵头）"
    plans |= {
        city: plan(city, OTHER_WORK) + f"二、其他\n（一）其他工作。{text}\n"
        for city, text in {"青川市": work, "青溪市": listed, "青岭市": named}.items()
    }
    answer = library(tmp_path, plans).ask(asked)
    assert {item.region for item in answer.items} == {*CITIES[:6], "青川市"}


def test_a_name_in_passing_does_not_hide_the_work_under_another(tmp_path: Path) -> None:
    plans = {city: plan(city, {"强化挥发性有机物治理": "市甲局"} | OTHER_WORK) for city in CITIES[:3]}
    aim = "二、目标\n到2025年，氮氧化物、挥发性有机物、化学需氧量排放总量持续下降。\n"
    work = "三、其他\n（一）工业深度治理。推进超低排放改造，以石化、涂装为重点开展VOCs治理。（市甲局牵头）\n"
    answer = library(tmp_path, plans | {"青川市": plan("青川市", OTHER_WORK) + aim + work}).ask("谁负责挥发性有机物整治")
    assert {item.region: {u.unit for u in item.units if u.role == "lead"} for item in answer.items}["青川市"] == {"市甲局"}


@pytest.mark.parametrize(
    ("word", "same", "other"),
    [
        ("挥发性有机物", {"voc", "有机废气"}, {"臭氧污染"}),
        ("voc", {"挥发性有机物", "有机废气"}, set()),
        ("有机废气", {"挥发性有机物", "voc"}, set()),
        ("社会保险", {"社保"}, {"住房公积金"}),
        ("住房公积金", {"公积金"}, {"五险一金", "社保"}),
        ("数据中心", {"idc"}, {"机房"}),
        ("充电桩", {"充电设施", "充电基础设施"}, {"加油站"}),
    ],
)
def test_names_of_a_word_of_the_thesaurus(word: str, same: set[str], other: set[str]) -> None:
    found = set(names(word, THESAURUS))
    assert same <= found and not other & found


def test_a_row_of_several_things_makes_none_of_them_another() -> None:
    rows = Thesaurus([Term("", ("甲乙丙",), ("丁戊己庚", "辛壬癸子"), ()), Term("", ("寅卯辰", "巳午未"), ("申酉戌亥",), ())])
    assert names("丁戊己庚", rows) == names("甲乙丙", rows) == ()
    assert names("申酉戌亥", rows) == ("寅卯辰", "巳午未")
    assert names("寅卯辰", rows) == ("申酉戌亥",)  # what else is said for it need not be the same


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("加强挥发性有机物（以下简称VOCs）治理", {("挥发性有机物", "vocs")}),
        ("加强挥发性有机物(VOCs)治理", {("挥发性有机物", "vocs")}),
        ("推进VOCs（挥发性有机物）治理", {("挥发性有机物", "vocs")}),
        ("建设滨湖生态产业园（以下简称“滨湖园”）。", {("滨湖生态产业园", "滨湖园")}),
        ("本办法所称巡游出租汽车（以下简称巡游车）", {("巡游出租汽车", "巡游车")}),
        ("由成都市住房公积金管理委员会（下文简称为“市公积金管委会”）", {("成都市住房公积金管理委员会", "市公积金管委会")}),
        ("积极探索生态系统生产总值（GEP）核算", {("生态系统生产总值", "gep")}),
        ("完善城市信息模型（CIM）平台", {("城市信息模型", "cim")}),
        ("完成改造（2025年底前）", set()),
        ("推进改造（市甲局牵头）", set()),
        ("适用于挥发性有机物排放企业（以下简称“企业”）", set()),
        ("住房公积金管理中心（以下简称“中心”）", set()),
        ("国家机关、事业单位和社会团体（以下统称“单位”）", set()),
        ("滨湖产业园、滨海产业园（以下统称“两滨园”）", set()),
        ("特种设备安全监督管理部门（以下简称“监管部门”）", set()),
        ("事业单位和公民个人（以下简称单位和个人）", set()),
        ("证券交易所风险基金（以下简称本基金）", set()),
        ("负责中小企业发展工作的部门（以下简称“中小企业部门”）", set()),
        ("押解由武装警察部队（以下简称“海警”）", set()),
        ("推进LNG（含加油站）改造", set()),
        ("推进LNG（不含加油站）改造", set()),
        ("推进LNG（包括加气站）改造", set()),
        ("实施政府和社会资本合作（PPP）项目", set()),
        ("跨境商品展示（O2O）", set()),
        ("改建国道古蔺县城段（G353）", set()),
    ],
)
def test_what_a_text_defines(text: str, pairs: set[tuple[str, str]]) -> None:
    assert set(defined(text)) == pairs


def test_what_a_text_defines_is_kept_without_the_text() -> None:
    class Text(str):
        """A text whose end can be seen."""

    text = Text("推进VOCs（挥发性有机物）治理" * 2)
    seen = weakref.ref(text)
    assert defined(text) == defined(str(text))
    del text
    gc.collect()
    assert seen() is None


def test_a_name_defined_is_one_where_it_is_a_word_of_the_question(tmp_path: Path) -> None:
    define = "三、附则\n（一）总则。本方案适用于滨湖生态产业园（以下简称“滨湖园”）。\n（二）统计。落实滨湖生态产业园统计。（市丙局牵头）\n"
    plans = {
        "云川市": plan("云川市", OTHER_WORK) + define,
        "云溪市": plan("云溪市", {"推进滨湖园林绿化": "市甲局", "推进企业开办": "市丁局"} | OTHER_WORK),
        "云岭市": plan("云岭市", OTHER_WORK)
        + "三、附则\n（一）总则。适用于涂装企业（以下简称“企业”）。涂装企业开展替代。（市乙局牵头）\n",
    }
    assistant = library(tmp_path, plans)
    for asked in ("谁负责滨湖园林绿化", "谁负责企业开办"):
        assert {item.region for item in assistant.ask(asked).items} == {"云溪市"}


def test_what_texts_define_does_not_crowd_out_the_names_everybody_knows(tmp_path: Path) -> None:
    define = "二、附则\n（一）总则。加强挥发性有机物（以下简称{}）治理。\n"
    plans = {
        city: plan(city, {"强化挥发性有机物治理": "市甲局"} | OTHER_WORK) + define.format(f"VOC{letter}")
        for city, letter in zip(CITIES, "ABDEFG", strict=False)
    }
    plans["青川市"] = plan("青川市", {"加强有机废气治理": "市甲局"} | OTHER_WORK)
    desk = Desk(library(tmp_path, plans), parse("谁负责挥发性有机物整治"), Scope())
    found = namings_of(desk, desk.question.topic, aspects(desk.question.topic, THESAURUS))
    assert len(found) == MOST_NAMES and found[0].name == "有机废气" and found[1].documents


def test_a_thing_in_a_heading_is_no_answer_where_other_work_is_asked(tmp_path: Path) -> None:
    heads = {"云川市": "推行企业开办一日办结", "云溪市": "推进企业整治", "云岭市": "畅通企业诉求"}
    assistant = library(tmp_path, {city: plan(city, {head: "市甲局"} | OTHER_WORK) for city, head in heads.items()})
    assert {item.region for item in assistant.ask("谁负责企业整治").items} == {"云溪市"}


@pytest.mark.parametrize(
    ("heading", "text", "how"),
    [
        ("强化VOCs治理", "强化VOCs治理。完成项目五个。", "headed"),
        ("工业治理", "以石化为重点，开展VOCs治理。", "work"),
        ("绿色发展", "统筹氮氧化物、VOCs、颗粒物协同减排。", "listed"),
        ("环评管理", "涉及VOCs排放的项目从严审查。", "named"),
        ("绿色发展", "推动绿色建筑。", "named"),
    ],
)
def test_how_a_text_names_a_thing(heading: str, text: str, how: str) -> None:
    assert standing(aspects("挥发性有机物整治", THESAURUS), fold(heading), fold(text)) == how
