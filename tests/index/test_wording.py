import pytest

from corpus.types import Clause, Document, Facts
from index.passages import passages
from index.wording import wording

TEXT = "到2025年，完成120家企业的清洁生产改造，逾期未完成的依照第十二条处理。"


def number_of(text: str, region: str | None = None) -> int:
    body = "一、改造\n" + text
    document = Document("d", "d.txt", body, Facts("方案", None, None, region, None, False, None, ()))
    clause = Clause("d:一", "d", ("一",), "part", "一、改造", ("改造",), body, 0, len(body))
    return wording(document, passages(document, clause))


@pytest.mark.parametrize(
    "other",
    [
        TEXT.replace("，", ", ").replace("。", "；"),
        TEXT.replace("2025", "２０２５"),
        TEXT.replace("第十二条", "第九条"),
        TEXT.replace("120家", "120 家"),
    ],
)
def test_the_same_wording(other: str) -> None:
    assert number_of(other) == number_of(TEXT) != 0


@pytest.mark.parametrize(
    "other",
    [TEXT.replace("120", "160"), TEXT.replace("2025", "2030"), TEXT.replace("企业", "工厂"), TEXT + "由市经信局负责。"],
)
def test_another_figure_or_word_is_another_wording(other: str) -> None:
    assert number_of(other) != number_of(TEXT)


def test_each_place_says_its_own_name() -> None:
    ours = number_of("云泽市各部门要压实责任，云泽市节能办负责通报。", "云泽市")
    theirs = number_of("松陵市各部门要压实责任，松陵市节能办负责通报。", "松陵市")
    assert ours == theirs != 0
    assert ours != number_of("松陵市各部门要压实责任，云泽市节能办负责通报。", "云泽市")


@pytest.mark.parametrize("text", ["", "按规定执行。"])
def test_too_short_to_be_a_copy(text: str) -> None:
    assert number_of(text) == 0
