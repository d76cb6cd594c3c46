"""Which texts are versions of one document, told by title, place, issuer and date."""

from dataclasses import replace

import pytest

from corpus.identity import LEAST, identity, overlap, plain_title
from corpus.types import Facts

FACTS = Facts("云泽市节水行动方案", None, "云泽市水利局", "云泽市", "2022-09-28", False, None, ())


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("云泽市节水行动方案（征求意见稿）", "云泽市节水行动方案"),
        ("云泽市节水行动方案(第二次征求意见稿)", "云泽市节水行动方案"),
        ("云泽市节水行动方案（修订征求意见稿）", "云泽市节水行动方案"),
        ("云泽市节水行动方案（征求意见第二稿）", "云泽市节水行动方案"),
        ("云泽市节水行动方案（送审稿）（示例）", "云泽市节水行动方案（示例）"),
        ("云泽市节水条例（修订草案）", "云泽市节水条例"),
        ("云泽市节水条例（草案二次审议稿）", "云泽市节水条例"),
        ("云泽市节水条例草案", "云泽市节水条例"),
        ("云泽市节水办法（试行）", "云泽市节水办法"),
        ("云泽市节水办法（2023年修订）", "云泽市节水办法"),
        ("云泽市节水办法 （修正）", "云泽市节水办法"),
        ("云泽市节水先进单位名录（第二批）", "云泽市节水先进单位名录（第二批）"),
        ("云泽市节水工作要点（2023年）", "云泽市节水工作要点（2023年）"),
        ("关于起草规范性文件草案的规定", "关于起草规范性文件草案的规定"),
    ],
)
def test_a_title_without_its_state(title: str, plain: str) -> None:
    assert plain_title(title) == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"title": "云泽市节水行动方案（征求意见稿）", "date": "2021-03", "draft": True}),
        ({"issuer": "云泽市水利局、云泽市财政局"}, {"issuer": "云泽市水利局、 云泽市财政局"}),
        (
            {"issuer": "云泽市人民代表大会"},
            {"issuer": "云泽市人民代表大会常务委员会", "title": "云泽市节水行动方案（2023年修正）"},
        ),
        ({"region": None, "issuer": "国务院"}, {"region": None, "issuer": "国务院", "date": "2001-01-01"}),
        ({"title": "云泽市政府工作报告"}, {"title": "云泽市政府工作报告", "date": "2022-01-05"}),
        ({"title": "云泽市预算审查监督条例"}, {"title": "云泽市预算审查监督条例", "date": "1999-01-01"}),
    ],
)
def test_versions_of_one_document(one: dict[str, str], other: dict[str, str]) -> None:
    told = identity(replace(FACTS, **one))  # type: ignore[arg-type]
    assert told and told == identity(replace(FACTS, **other))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"region": "松陵市"}),
        ({}, {"issuer": "云泽市财政局"}),
        ({"title": "云泽市2022年工作要点"}, {"title": "云泽市2023年工作要点"}),
        ({"title": "云泽市政府工作报告"}, {"title": "云泽市政府工作报告", "date": "2023-01-05"}),
        ({"title": "云泽市国民经济和社会发展统计公报"}, {"title": "云泽市国民经济和社会发展统计公报", "date": "2023-03"}),
        ({"title": "云泽市节水先进单位名录（第一批）"}, {"title": "云泽市节水先进单位名录（第二批）"}),
    ],
)
def test_different_documents(one: dict[str, str], other: dict[str, str]) -> None:
    assert identity(replace(FACTS, **one)) != identity(replace(FACTS, **other))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "facts",
    [
        {"issuer": None},
        {"region": None},
        {"title": "通知"},
        {"title": "云泽市征收土地公告"},
        {"title": "关于李某等同志任免的通知"},
        {"title": "关于修改《云泽市节水条例》的决定"},
        {"title": "云泽市政府工作报告", "date": None},
    ],
)
def test_what_cannot_be_told(facts: dict[str, str]) -> None:
    assert identity(replace(FACTS, **facts)) == ""  # type: ignore[arg-type]


def test_how_much_two_texts_share() -> None:
    text = "为推进节水工作，结合我市实际，制定本方案。"
    assert overlap(text, text.replace("，", "，\n")) == 1
    assert overlap(text, text * 3) == 1
    assert overlap(text, "公司是企业法人，有独立的法人财产，享有法人财产权。") == 0
    assert overlap("短", "短") == 1 and overlap("短", "长") == 0
    assert 0 < LEAST < 1
