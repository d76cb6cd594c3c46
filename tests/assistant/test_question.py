"""What is asked: kinds, places, topics."""

import pytest

from assistant.question import check, parse
from corpus.errors import QueryError

KNOWN = ("云泽市", "澜川市", "吉林市")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("谁负责挥发性有机物整治", "who"),
        ("散煤归哪个部门管", "who"),
        ("绿色建筑的责任单位", "who"),
        ("云泽市秸秆利用谁牵头、谁配合", "lead"),
        ("市科技局有哪些任务", "tasks"),
        ("各地工信部门都负责什么", "tasks"),
        ("经开区管委会要落实哪些工作？", "tasks"),
        ("今年底前要完成什么", "when"),
        ("燃煤锅炉什么时候淘汰完", "when"),
        ("单位GDP能耗要降多少", "target"),
        ("农村污水处理率目标是多少", "target"),
        ("各市VOCs减排量对比", "compare"),
        ("三个市能耗下降目标分别是多少", "compare"),
        ("东山镇能耗强度目标", "table"),
        ("方案的文号是什么", "meta"),
        ("哪天印发的", "meta"),
        ("哪些还是征求意见稿", "meta"),
        ("哪些市引用国发〔2021〕33号", "meta"),
        ("两高项目准入怎么写", "precedent"),
        ("严禁违规新建高耗能项目，坚决停批停建不符合要求的项目。", "precedent"),
        ("养猪场的粪怎么处理", "find"),
        ("乡下旱厕改造", "find"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert parse(text, KNOWN).kind == kind


@pytest.mark.parametrize(
    ("text", "regions", "topic"),
    [
        ("谁负责挥发性有机物整治", (), "挥发性有机物整治"),
        ("云泽VOC谁管", ("云泽市",), "VOC"),
        ("请问澜川市的散煤治理由哪个部门负责？", ("澜川市",), "散煤治理"),
        ("吉林省的目标", ("吉林省",), None),
        ("改造老旧管网多少公里", (), "改造老旧管网"),
        ("新建充电桩几万个", (), "新建充电桩"),
        ("活性炭碘值不得低于多少", (), "活性炭碘值"),
        ("水电气报装要找哪几家", (), "水电气报装"),
        ("会议纪要归谁管", (), "会议纪要"),
        ("畜禽粪污归哪个部门管", (), "畜禽粪污"),
        ("散煤要找谁", (), "散煤"),
        ("请查水电气报装应该找谁", (), "水电气报装"),
        ("碳足迹管理该由谁负责", (), "碳足迹管理"),
        ("锅炉淘汰应由谁负责", (), "锅炉淘汰"),
    ],
)
def test_places_and_topics(text: str, regions: tuple[str, ...], topic: str | None) -> None:
    question = parse(text, KNOWN)
    assert question.regions == regions
    assert topic is None or question.topic == topic


@pytest.mark.parametrize(
    "thing",
    "电力供应 煤炭供应 应急响应 扩大内需 电力供需 热岛效应 化学反应 气候适应 机构改革相应 上下对应 市场刚需 群众急需 会议纪要 规划概要 "
    "城管 市场监管 档案保管 侨办 侨务承办 活动主办 企业排查 环境督查 资金申请".split(),
)
def test_a_word_that_ends_as_a_question_does_stays_whole(thing: str) -> None:
    assert parse(f"{thing}由哪个部门负责").topic == thing
    assert parse(f"谁负责{thing}").topic == thing


def test_years() -> None:
    assert parse("2024年和“十四五”的目标").years == (2024, 2025)


@pytest.mark.parametrize("text", ["", "  \n", "？？", "问" * 2001])
def test_refused(text: str) -> None:
    with pytest.raises(QueryError):
        check(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("哪些文件依据绵阳市消防条例制定", "meta"),
        ("根据《浙江省人民政府关于节能的通知》制定的有哪些文件", "meta"),
        ("谁负责根据国家标准制定地方标准", "who"),
        ("根据排放标准制定的减排目标是多少", "target"),
        ("云泽市优化营商环境三年行动方案的发文日期和文号", "meta"),
        ("云泽市“十四五”节能减排综合工作实施方案的发文日期", "meta"),
        ("依据云泽市大气污染防治条例制定重污染天气应急预案并组织实施", "precedent"),
        ("本办法由云泽市生态环境局负责解释并报省有关部门确定有效期。", "precedent"),
    ],
)
def test_what_is_asked_of_the_document_itself(text: str, kind: str) -> None:
    assert parse(text, KNOWN).kind == kind
