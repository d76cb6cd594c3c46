"""What a text says of what is asked: forms that are the same, and things that are merely near."""

import pytest

from assistant.aspects import aspects
from assistant.match import coverage, facets, fold, says, words_of
from corpus.lexicon.terms import Thesaurus, load_terms

THESAURUS = Thesaurus(load_terms())


@pytest.mark.parametrize(
    ("form", "text", "said"),
    [
        ("氨氮", "氨氮重点工程减排量", True),
        ("单位地区生产总值能耗", "单位地区生产总值能源消耗", True),
        ("规上工业", "规模以上工业增加值", True),
        ("二氧化硫", "二氧化碳排放", False),
        ("二氧化硫", "氮氧化物", False),
        ("挥发性有机物", "按发性有机物（吨）", True),
        ("voc", "含vocs物料", True),
        ("用水", "利用污水", False),
        ("co", "cod减排", False),
        ("co", "co2减排", False),
        ("voc", "减排vocs10吨", True),
        ("pm2.5", "pm2.5浓度", True),
        ("供水供电供气报装", "供水、供电、供气、通信报装", True),
    ],
)
def test_says(form: str, text: str, said: bool) -> None:
    assert bool(says(form, text)) is said


@pytest.mark.parametrize(
    ("topic", "text", "least", "most"),
    [
        ("VOC减排量", "挥发性有机物重点工程减排量", 0.9, 1.0),
        ("单位GDP能耗", "全市单位地区生产总值能源消耗", 0.9, 1.0),
        ("二氧化硫减排目标", "氮氧化物重点工程减排量", 0.0, 0.0),
        ("再生水利用率", "城市污水处理率", 0.0, 0.5),
        ("充电车位", "电车", 0.0, 0.0),
        ("目标是多少", "随便什么", 1.0, 1.0),
        ("公共机构节能", "发挥公共机构表率作用", 0.5, 0.7),
        ("VOCs重点工程减排量", "挥发性有机物重点工程形成减排能力", 1.0, 1.0),
        ("淘汰35蒸吨燃煤锅炉", "65蒸吨燃煤锅炉超低排放", 0.0, 0.5),
    ],
)
def test_coverage(topic: str, text: str, least: float, most: float) -> None:
    assert least <= coverage(aspects(topic, THESAURUS), fold(text)) <= most


@pytest.mark.parametrize(
    ("topic", "parts"),
    [("能耗强度和年均降幅", ["能耗强度", "年均降幅"]), ("装机、户数", ["装机", "户数"]), ("挥发性有机物", ["挥发性有机物"])],
)
def test_facets(topic: str, parts: list[str]) -> None:
    assert facets(topic) == parts


def test_words_of_a_text_without_what_every_plan_says() -> None:
    assert "目标" not in words_of("散煤治理目标") and "治理" in words_of("散煤治理目标")
    assert "散媒" in words_of("散媒治理")
