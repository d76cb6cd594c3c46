"""Names of departments → functions, whatever the place, the year and the abbreviation."""

import json
from pathlib import Path

import pytest

from corpus.errors import LibraryError
from corpus.lexicon.departments import default_departments, department_of, departments_in, load_departments

SAME = [
    (
        "市发改委",
        "市发改局",
        "市发展改革委",
        "市发展和改革委员会",
        "临江市发展和改革局",
        "区发展改革局",
        "国家发展改革委",
    ),
    (
        "市经信局",
        "市工信局",
        "市工业和信息化局",
        "省经济和信息化厅",
        "市经济和信息化委员会",
        "工业和信息化部",
    ),
    (
        "市规自局",
        "市自规局",
        "市自然资源和规划局",
        "市自然资源规划局",
        "市国土资源局",
        "市规划局",
        "省自然资源厅",
    ),
    ("市管局", "市机关事务管理局", "市机关事务服务中心", "市机关事务中心", "区机关事务管理中心"),
    ("临江银保监分局", "金融监管总局临江监管分局", "临江金融监管分局", "嘉水银保监分局望山监管组"),
    ("人行临江市中心支行", "人民银行临江市分行", "中国人民银行临江市中心支行", "人行望山支行"),
    ("市生态环境局", "市环保局", "市生态环境分局", "市环境保护局"),
    (
        "市市场监管局",
        "市场监管局",
        "市市场监督管理局",
        "市工商局",
        "市质监局",
        "市食品药品监督管理局",
        "区市场局",
    ),
    ("市文化广电旅游局", "市旅游局", "市文旅局", "市文化和旅游局", "市文广旅体局", "市旅游发展委员会"),
    ("市卫健委", "市卫生健康委", "市卫计委", "市卫生健康局", "市卫生和计划生育委员会"),
    ("市农业农村局", "市农业局", "市农委", "市畜牧兽医局"),
    ("市应急局", "市应急管理局", "市安监局"),
    ("市乡村振兴局", "市扶贫办"),
    ("市城管局", "市城管执法局", "市综合执法局", "市综合行政执法局", "市执法局"),
    ("市住建局", "市住房城乡建设局", "市住房和城乡建设委员会"),
    ("市人社局", "市人力社保局", "市人力资源社会保障局", "市人力资源和社会保障局"),
    ("市国资委", "市国资局"),
    ("市医保局", "市医疗保障局"),
    ("市大数据局", "市数据局", "市大数据发展管理局"),
    ("市政数局", "市政务服务数据管理局", "市行政审批局"),
    ("市信访局", "市信访办"),
    ("市妇联", "市妇女联合会"),
    ("团市委", "共青团市委", "市团委"),
    ("市总工会", "县总工会"),
    ("市委宣传部", "县委宣传部", "宣传部"),
    ("市委组织部", "组织部"),
    ("市委网信办", "市网信办"),
    ("市委编办", "市编办", "市委机构编制委员会办公室"),
    ("市中级人民法院", "市法院", "望山县人民法院"),
    ("市税务局", "国家税务总局临江市税务局", "税务总局"),
    ("市供电公司", "国网临江供电公司", "临江供电局"),
    ("临江海关", "海关总署"),
    ("市公安局", "市公安局东河分局", "公安部"),
    ("市商务局", "市商务局（市口岸办）", "省商务厅"),
    ("市水利局", "市水务局"),
    ("市教育局", "市教体局", "市教育和体育局", "教育部门", "省教育厅"),
    ("市消防救援支队", "市消防支队"),
]


@pytest.mark.parametrize("names", SAME, ids=lambda n: n[0])
def test_names_of_one_function(names: tuple[str, ...]) -> None:
    functions = {n: department_of(n) for n in names}
    assert len(set(functions.values())) == 1, functions
    assert all(default_departments().known(n) for n in names)


def test_functions_are_kept_apart() -> None:
    assert len({department_of(names[0]) for names in SAME}) == len(SAME)


@pytest.mark.parametrize(
    "unit",
    [
        "市水务集团",
        "各县（市、区）人民政府",
        "经开区管委会",
        "各有关部门",
        "省重点项目建设局",
        "临江市",
        "市人民政府",
        "某某物业公司",
    ],
)
def test_an_unknown_body_is_its_own_department(unit: str) -> None:
    assert department_of(unit) == unit
    assert default_departments().known(unit) is None


@pytest.mark.parametrize(
    ("question", "same_as"),
    [
        ("各地工信部门有哪些任务", ["市工信局"]),
        ("科技部门牵头什么", ["市科技局"]),
        ("发改委、工信局是牵头还是配合", ["市发改委", "市工信局"]),
        ("自然资源部门（规自局）各市任务", ["市规自局"]),
        ("临江市水务局有哪些任务", ["市水务局"]),
        ("妇联要参与哪些工作", ["市妇联"]),
        ("市管局承担的工作", ["市管局"]),
        ("发改和住建各管什么", ["市发改委", "市住建局"]),
        ("环保局、环保部门和生态环境局是一家吗", ["市生态环境局"]),
        ("谁负责人行道改造", []),
        ("工会经费怎么用", []),
        ("有关部门怎样配合主管部门", []),
        ("挥发性有机物整治谁负责", []),
        ("", []),
    ],
)
def test_departments_named_in_a_question(question: str, same_as: list[str]) -> None:
    assert departments_in(question) == tuple(department_of(u) for u in same_as)


def test_a_mention_tells_the_alias_and_where_it_stands() -> None:
    text = "请问市场监管局和规自局谁牵头"
    found = default_departments().find(text)
    assert [m.alias for m in found] == ["市场监管局", "规自局"]
    assert all(text[m.start : m.end] == m.alias for m in found)


def test_the_table_has_its_sources_and_no_name_twice() -> None:
    path = Path(load_departments.__code__.co_filename).with_name("departments.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    names = [n for row in rows for n in row["names"]]
    assert len(rows) >= 70
    assert len(names) == len(set(names))
    assert all(row["source"] and row["department"] for row in rows)
    assert all(department_of(n) == row["department"] for row in rows for n in row["names"])


def test_a_user_adds_rows(tmp_path: Path) -> None:
    extra = tmp_path / "own.jsonl"
    row = {"department": "低空经济", "names": ["低空办", "低空经济发展办公室"], "source": "三定规定"}
    extra.write_text(json.dumps(row, ensure_ascii=False) + "\n\n", encoding="utf-8")
    departments = load_departments([extra])
    assert departments.of("市低空办") == departments.of("市低空经济发展办公室") == "低空经济"
    assert departments.of("市教育局") == department_of("市教育局")
    assert department_of("市低空办") == "市低空办"


@pytest.mark.parametrize(
    "line",
    ["{", '["市教育局"]', '{"department": "甲"}', '{"names": ["乙"]}', '{"department": "甲", "names": [1]}'],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, line: str) -> None:
    extra = tmp_path / "own.jsonl"
    extra.write_text(line, encoding="utf-8")
    with pytest.raises(LibraryError, match="部门表"):
        load_departments([extra])
