"""Which regions a text names: full and short names, and the words they hide in."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.lexicon.regions import find_regions, load_regions

LIBRARY = ("云泽市", "袁花镇", "吉林市", "达州市")


def test_table_holds_every_unit_once() -> None:
    regions = load_regions()
    assert Counter(region.level for region in regions) == {"province": 34, "prefecture": 333, "county": 397}
    assert len({region.name for region in regions}) == len(regions)
    provinces = {region.name for region in regions if region.level == "province"}
    for region in regions:
        assert region.province in provinces
        assert region.name.startswith(region.short) and len(region.short) >= 2
        assert region.bare in ("free", "break", "known", "never")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("达州谁负责挥发性有机物整治", ("达州市",)),
        ("天水、三门峡的能耗目标", ("天水市", "三门峡市")),
        ("对比天水和达州，再看天水", ("天水市", "达州市")),
        ("广西的目标", ("广西壮族自治区",)),
        ("凉山州与甘孜", ("凉山彝族自治州", "甘孜藏族自治州")),
        ("海南州和海南", ("海南藏族自治州", "海南省")),
        ("恩施的方案", ("恩施土家族苗族自治州",)),
        ("义乌、昆山", ("义乌市", "昆山市")),
        ("天津市", ("天津市",)),
        ("达州市场监管局", ("达州市",)),
        ("达州县区分解", ("达州市",)),
        ("", ()),
    ],
)
def test_names_without_a_library(text: str, expected: tuple[str, ...]) -> None:
    assert find_regions(text) == expected


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("吉林的目标", (), ("吉林省",)),
        ("吉林的目标", ("吉林市",), ("吉林市",)),
        ("吉林的目标", ("吉林省",), ("吉林省",)),
        ("吉林的目标", ("吉林市", "吉林省"), ("吉林省", "吉林市")),
        ("吉林市的目标", ("吉林省",), ("吉林市",)),
        ("恩施的方案", ("恩施市",), ("恩施市",)),
        ("云泽与袁花谁牵头", LIBRARY, ("云泽市", "袁花镇")),
        ("云泽与袁花谁牵头", (), ()),
        ("朝阳区的任务", (), ()),
        ("朝阳区的任务", ("朝阳区",), ("朝阳区",)),
        ("围场县怎么做", ("围场满族蒙古族自治县",), ("围场满族蒙古族自治县",)),
        ("围场怎么做", ("围场满族蒙古族自治县",), ("围场满族蒙古族自治县",)),
        ("各县区和高新区", ("高新区",), ("高新区",)),
        ("高新技术企业", ("高新区",), ()),
        ("高安谁负责", (), ()),
        ("高安谁负责", ("高安市",), ("高安市",)),
        ("高安市谁负责", (), ("高安市",)),
        ("辽宁省海城市", (), ("海城市",)),
        ("合作市谁负责", ("合作市",), ("合作市",)),
    ],
)
def test_the_library_decides(text: str, known: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert find_regions(text, known) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("四川省达州市", ("达州市",)),
        ("河南新乡", ("新乡市",)),
        ("浙江省嘉兴市海宁市", ("海宁市",)),
        ("某省四川、达州", ("四川省", "达州市")),
        ("广东达州", ("广东省", "达州市")),
        ("四川云泽市", ("云泽市",)),
    ],
)
def test_the_inner_of_adjacent_regions_is_meant(text: str, expected: tuple[str, ...]) -> None:
    assert find_regions(text, ("云泽市",)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "维护社会长治久安",
        "拿出真金白银",
        "人民幸福安康",
        "整治文山会海",
        "确保定期报送",
        "其中卫生院达标",
        "提高安全水平",
        "重大安全隐患",
        "浦东营商环境",
        "推广安全生产经验",
        "建设新乡村",
        "创新乡村治理",
        "三明确一公开",
        "日照时数减少",
        "朝阳产业",
        "专业合作市场",
        "合作办学",
        "适应城市发展",
        "吉林大学研究",
        "珠江西岸",
        "超高密度电池",
        "易地搬迁安置",
        "沿海城镇",
        "沿海城市建设",
        "各项城市功能",
    ],
)
def test_words_that_hold_a_name_by_chance(text: str) -> None:
    known = (
        "大安市",
        "高安市",
        "高密市",
        "迁安市",
        "应城市",
        "海城市",
        "合作市",
        "长治市",
        "保定市",
        "新乡市",
    )
    assert find_regions(text, known) == ()


@given(st.lists(st.sampled_from([region.name for region in load_regions()]), unique=True, max_size=6))
def test_full_names_are_found_in_order(names: list[str]) -> None:
    assert find_regions("；".join(names)) == tuple(names)


@given(st.text(alphabet="达州吉林市省海南云泽县区路和、", max_size=30))
def test_every_name_found_is_in_the_table_or_known(text: str) -> None:
    names = {region.name for region in load_regions()} | set(LIBRARY)
    found = find_regions(text, LIBRARY)
    assert set(found) <= names and len(set(found)) == len(found)
