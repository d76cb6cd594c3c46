"""Statements as ministries, provinces and counties write them → bodies and roles. L lead, S support, R responsible."""

import pytest

from corpus.outline import read_clauses
from corpus.responsibility import read_responsibilities
from tests.corpus.plans import told

BRACKETS = [
    # a list without a role word may hold 单位, 部门, 机关 in its names
    ("（县水利局、县直各有关单位，各镇人民政府）", "R县水利局 R县直各有关单位 R各镇人民政府"),
    ("（市民政局、市政府残工委各成员单位）", "R市民政局 R市政府残工委各成员单位"),
    ("（市委组织部、市纪委监委机关）", "R市委组织部 R市纪委监委机关"),
    # national bodies
    ("（商务部、共青团中央、全国妇联按职责分工负责）", "R商务部 R共青团中央 R全国妇联"),
    ("（公安部、司法部负责，年内报送国务院）", "R公安部 R司法部"),
    # 等 and what kind of bodies they are
    ("（市科技局，临江大学、临江学院等在临高校院所）", "R市科技局 R临江大学 R临江学院"),
    ("（市林业局、市水利局等行业主管部门）", "R市林业局 R市水利局"),
    ("（市司法局牵头，市城管、公安、市场监管等部门按职责分工落实）", "L市司法局 S市城管 S市公安 S市市场监管"),
    ("（市教育局，各设区的市人民政府、在临高校）", "R市教育局 R各设区的市人民政府 R在临高校"),
    # names that several places share
    ("（自治区农牧厅，各盟行政公署、市人民政府）", "R自治区农牧厅 R各盟行政公署、市人民政府"),
    ("（省水利厅，有关州、市人民政府）", "R省水利厅 R有关州、市人民政府"),
    ("（省水利厅，各市（州）、直管市、林区人民政府）", "R省水利厅 R各市（州）、直管市、林区人民政府"),
    ("（市人社局，市各功能区党工委、管委会负责）", "R市人社局 R市各功能区党工委、管委会"),
    ("（经开区、高新区管委会，各县（市）区人民政府）", "R经开区管委会 R高新区管委会 R各县（市）区人民政府"),
    ("（市商务局牵头，市直有审批职能的部门、人行临江市中支配合）", "L市商务局 S市直有审批职能的部门 S人行临江市中支"),
    # names that take no prefix
    ("（省商务厅、民航临江监管局、武警临江总队负责）", "R省商务厅 R民航临江监管局 R武警临江总队"),
    ("（旗教育局、团旗委、妇联负责）", "R旗教育局 R团旗委 R旗妇联"),
    ("（市司法局、信访局、律师协会负责）", "R市司法局 R市信访局 R市律师协会"),
    # together, with what they do, and until when
    ("（市气象局联合市农业农村局、市文旅局实施）", "L市气象局 S市农业农村局 S市文旅局"),
    (
        "（市商务局牵头，各区人民政府、江北新区管理委员会配合；2021年底前取得阶段性成果）",
        "L市商务局 S各区人民政府 S江北新区管理委员会",
    ),
    ("（市商务局负责，2022年6月底前完成，并持续推进）", "R市商务局"),
    ("（市林业局牵头，市农科院、临江农业大学协作）", "L市林业局 S市农科院 S临江农业大学"),
    ("（责任单位：市民政局；督导单位：市妇儿工委办）", "R市民政局 R市妇儿工委办"),
    # page breaks and the lines of a page
    ("（市教育局、市公\n\n— 3 —\n\n安局、临江海\n- 4 -\n关负责）", "R市教育局 R市公安局 R临江海关"),
    ("（省税务局牵头，各市\n州政府配合）", "L省税务局 S各市州政府"),
    ("（市教育局、市级\n有关部门负责）", "R市教育局 R市级有关部门"),
]
LINES = [
    ("牵头单位 市教育局  市体育局\n配合单位 市财政局、水利局\n完成时限 2023年12月", "L市教育局 L市体育局 S市财政局 S市水利局"),
    ("牵 头 单 位：市教育局\n配 合 单 位：市财政局", "L市教育局 S市财政局"),
    ("牵头单位：市教育局\n成员单位：市财政局、市体育局", "L市教育局 S市财政局 S市体育局"),
    (
        "责任单位：市城管局\n          市信访局\n          国网临江供电公司\n          临江海关",
        "R市城管局 R市信访局 R国网临江供电公司 R临江海关",
    ),
    ("实行先行试点。责任单\n位：市教育局、市体育\n局", "R市教育局 R市体育局"),
    ("实施主体：各街道办事处\n监管单位：区城管委\n责任单位：区园林局", "R各街道办事处 R区园林局"),
    ("配合单位：市财政局、市体育\n— 7 —\n局、市水利局", "S市财政局 S市体育局 S市水利局"),
    ("责任单位：市水利局、市林业局\n\n- 8 -\n\n、市属国有企业", "R市水利局 R市林业局 R市属国有企业"),
    ("村级卫生室全覆盖——责任单位：县卫健局，各乡镇", "R县卫健局 R各乡镇"),
    ("由市人社局牵头，会同市教育局、市科技局研究制定具体办法。", "L市人社局 S市教育局 S市科技局"),
    ("市教育局牵头，市财政局配合，每年开展一次评估。", "L市教育局 S市财政局"),
]
NOTHING = [
    "（州级领导包县，州直部门包村）",
    "（由市热线服务中心运行）",
    "（由市级财政承担）",
    "（各县区自行安排）",
    "成立领导小组，下设办公室在市教育局，负责日常工作",
    "成员单位：市财政局、市体育局",
    "市教育局牵头的专班，市财政局配合，每年开展一次评估。",
    "市规划、公安等部门按照各自职责，做好监督管理。",
    "由市教育局、市人社局等部门组成",
]


def _read(statement: str) -> str:
    text = f"一、重点任务\n（一）推进仓储节能。新建示范库房，完善标准体系。\n{statement}\n（二）其他。"
    return " ".join(told(r) for r in read_responsibilities(text, read_clauses(text, "d")) if r)


@pytest.mark.parametrize(("statement", "expected"), BRACKETS)
def test_brackets_of_many_hands(statement: str, expected: str) -> None:
    assert _read(f"加快建设。{statement}") == expected


@pytest.mark.parametrize(("statement", "expected"), LINES)
def test_lines_and_sentences_of_many_hands(statement: str, expected: str) -> None:
    assert _read(statement) == expected


@pytest.mark.parametrize("statement", NOTHING)
def test_what_says_nobody_is_responsible(statement: str) -> None:
    assert _read(f"加快建设。{statement}") == "" == _read(statement)


def test_those_responsible_one_by_one_may_all_be_in_the_lead() -> None:
    text = (
        "一、重点任务\n（一）改革。加快改革。（卫生计生委、财政部负责。列第一位者为牵头部门，分别负责为各部门分别牵头，下同）\n"
        "（二）支付。完善支付。（财政部、卫生计生委分别负责）\n（三）药品。保障供应。（商务部、财政部负责）"
    )
    read = [told(r) for r in read_responsibilities(text, read_clauses(text, "d")) if r]
    assert read == ["L卫生计生委 R财政部", "L财政部 L卫生计生委", "L商务部 R财政部"]


def test_a_row_counts_once_and_tells_its_own_lead() -> None:
    text = (
        "任务分工表\n| 序号 | 任务 | 责任部门及完成时限 |\n| --- | --- | --- |\n"
        "| 1 | 农产品 | 市农业农村局、市林业局（列第一位的为牵头部门） |\n"
        "| 2 | 服务业 | 市文旅局<br>市住建局 |\n| 3 | 物流 | 牵头单位：市商务局；配合单位：市邮政管理局 |\n"
    )
    read = [(r.unit, r.role) for rs in read_responsibilities(text, read_clauses(text, "d")) for r in rs]
    assert read == [
        ("市农业农村局", "lead"),
        ("市林业局", "responsible"),
        ("市文旅局", "responsible"),
        ("市住建局", "responsible"),
        ("市商务局", "lead"),
        ("市邮政管理局", "support"),
    ]
