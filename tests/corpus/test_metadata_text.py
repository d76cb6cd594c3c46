"""Place, draft, validity and citations, each on its own; then what holds for any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.metadata import read_facts
from corpus.metadata.region import leading_region
from tests.limits import that_ends

BODY = "\n\n为做好工作，制定本方案。\n一、总体要求\n抓好落实。\n"


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("云泽市节水方案", "云泽市"),
        ("云岭省云泽市节水方案", "云泽市"),
        ("青石县人民政府关于节水的意见", "青石县"),
        ("关于印发云泽市节水方案的通知", "云泽市"),
        ("2024年云泽市政府工作报告", "云泽市"),
        ("中共云泽市委关于节水的意见", "云泽市"),
        ("云泽市临河区节水方案", "临河区"),
        ("四川省绵阳市节水方案", "绵阳市"),
        ("吉林市节水方案", "吉林市"),
        ("吉林省节水方案", "吉林省"),
        ("内蒙古自治区节水方案", "内蒙古自治区"),
        ("白羊旗节水方案", "白羊旗"),
        ("城市绿化条例", None),
        ("农贸市场管理办法", None),
        ("上市公司监管办法", None),
        ("社区服务规定", None),
        ("各县区节水方案", None),
        ("自然保护区条例", None),
        ("经济技术开发区条例", None),
        ("全省节水方案", None),
        ("县级储备粮办法", None),
        ("试点县节水方案", None),
        ("沿海省市节水方案", None),
        ("节水方案", None),
    ],
)
def test_place_a_title_begins_with(name: str, region: str | None) -> None:
    assert leading_region(name) == region


@pytest.mark.parametrize(
    ("text", "source", "region"),
    [
        ("节水方案\n一、好。\n云泽市水利局\n2023年1月2日", "甲.txt", "云泽市"),
        ("各位代表：\n我代表市人民政府报告工作，全市好，全省第一。\n一、好。", "吉林.txt", "吉林市"),
        ("各位代表：\n我代表省人民政府报告工作，全省好。\n一、好。", "吉林.txt", "吉林省"),
        (
            "政府工作报告\n——2024年1月16日在云泽市第五届人民代表大会第三次会议上\n各位代表：\n好。",
            "甲.txt",
            "云泽市",
        ),
        ("中华人民共和国节水法\n第一条 好。", "甲.txt", None),
        ("节水方案\n一、学习绵阳市的经验。", "甲.txt", None),
        ("东方思想研究办法\n第一条 好。", "甲.txt", None),
        ("保定节水办法\n第一条 保定市好。", "甲.txt", "保定市"),
    ],
)
def test_region(text: str, source: str, region: str | None) -> None:
    assert read_facts(text, source).region == region


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        ("云泽市节水条例\n（草案）\n第一条 好。", True),
        ("云泽市节水条例（修订草案征求意见稿）\n第一条 好。", True),
        ("云泽市节水条例\n（送审稿）\n第一条 好。", True),
        ("云泽市节水方案\n一、制定计划草案，公开征求意见。", False),
        ("云泽市节水方案\n方案经公开征求意见，已经市政府同意，现印发给你们。\n一、好。", False),
        ("云泽市节水方案\n根据《某办法（征求意见稿）》制定本方案。\n一、好。", False),
    ],
)
def test_draft(text: str, draft: bool) -> None:
    assert read_facts(text, "甲.txt").draft is draft


def test_draft_is_told_by_the_name_of_the_file_too() -> None:
    assert read_facts("云泽市节水方案" + BODY, "节水方案（征求意见稿）.txt").draft


@pytest.mark.parametrize(
    ("sentence", "valid"),
    [
        ("本办法自发布之日起45日后施行，有效期4年。", "自发布之日起45日后施行，有效期4年"),
        ("本办法由市水利局负责解释，自印发之日起施行，有效期5年。", "自印发之日起施行，有效期5年"),
        ("本通知有效期至2025年12月31日。", "有效期至2025年12月31日"),
        ("本规定的有效期为五年。", "有效期为五年"),
        ("本规定自公布之日起施行。\n第三条 本规定自2023年1月1日起施行。", "自2023年1月1日起施行"),
        ("本规定有效期五年。\n第三条 本规定自2023年1月1日起施行。", "有效期五年"),
        ("自2023年1月1日起施行。", "自2023年1月1日起施行"),
        ("第三十条　本办法自公布之日起施行，试行期两年。", "自公布之日起施行，试行期两年"),
        ("（三）本方案自印发之日起实施，2019年印发的《云泽市节水方案》同时废止。", "自印发之日起实施"),
        (
            "本意见自2023年2月1日起执行，执行期限至2023年12月31日。",
            "自2023年2月1日起执行，执行期限至2023年12月31日",
        ),
        ("《云岭省节水办法》自2020年1月1日起施行。", None),
        ("取水许可证有效期5年。", None),
        ("本办法规定的许可证有效期5年。", None),
        ("自本办法施行之日起，旧证停止使用。", None),
        ("本办法自2025年1月1日起停止执行。", None),
    ],
)
def test_validity(sentence: str, valid: str | None) -> None:
    text = f"云泽市节水办法\n第一条 好。\n{sentence}\n"
    found = read_facts(text, "甲.txt").valid
    assert found == valid
    assert found is None or found in text


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("按《节水条例》和《节水条例》（国发〔2021〕3号）办。", ("《节水条例》（国发〔2021〕3号）",)),
        ("按《某省关于印发〈节水规划〉的通知》办。", ("《某省关于印发〈节水规划〉的通知》",)),
        (
            "按《某省关于印发《节水规划》的通知》（某政〔2022〕1号）办。",
            ("《某省关于印发《节水规划》的通知》（某政〔2022〕1号）",),
        ),
        (
            "按《节水意见》（某发〔2022〕1号，以下简称《意见》）办，落实《意见》。",
            ("《节水意见》（某发〔2022〕1号）",),
        ),
        ("按《省节水办法》（以下简称《节水办法》）办，落实《节水办法》。", ("《省节水办法》",)),
        ("按《节水通用规范》（GB 55015—2021）办。", ("《节水通用规范》（GB 55015—2021）",)),
        ("按《节水条例》（国务院令第516号）办。", ("《节水条例》（国务院令第516号）",)),
        ("按《节水办法（试行）》和《排水办法》办。", ("《节水办法（试行）》", "《排水办法》")),
        ("读《人民日报》，填《申请表》，领《取水许可证》，读《节水三字经》。", ()),
        ("落实《云泽市节水方案》。", ()),
        ("落实《通知》《实施方案》。", ()),
        ("少了一半《节水，按《排水办法》办。", ("《排水办法》",)),
        ("按《某省关于节水的\n意见》办。", ("《某省关于节水的意见》",)),
    ],
)
def test_cited_documents(text: str, cites: tuple[str, ...]) -> None:
    assert read_facts(f"云泽市节水方案\n一、{text}", "甲.txt").cites == cites


@settings(max_examples=300)
@given(
    st.text(
        alphabet="云泽市县区省关于印发《》〈〉的通知（）〔〕[]202317年月日号令第一、。：\n #自起施行有效期本办法国务院局  ",
        max_size=200,
    )
)
def test_any_text_has_facts(text: str) -> None:
    found = read_facts(text, "甲.txt")
    assert found.title
    assert found.valid is None or found.valid in text


@pytest.mark.parametrize(
    "unit",
    [
        "云泽市",
        "《",
        "（",
        "自2021年起施行",
        "2021年1月1日",
        "第1号",
        "《法》",
        " ",
        "\n",
        "市\n",
        "印发的",
        "令第",
    ],
)
def test_a_million_characters_end(unit: str) -> None:
    text = "云泽市节水方案\n" + unit * (1_000_000 // len(unit))
    with that_ends():
        read_facts(text, "甲.txt")
