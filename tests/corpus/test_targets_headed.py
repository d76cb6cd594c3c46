"""Lists whose noun stands before them."""

import pytest

from corpus.outline import read_clauses
from corpus.targets import read_targets


def read(sentence: str) -> list[tuple[str, str, str]]:
    text = f"一、目标\n{sentence}"
    return [(t.indicator, t.value, t.unit) for ts in read_targets(text, read_clauses(text, "d")) for t in ts]


@pytest.mark.parametrize(
    "sentence",
    [
        "到2025年，重点工程减排量分别达到：氮氧化物515吨、氨氮95吨。",
        "到2025年，主要污染物重点工程减排量为氮氧化物515吨、氨氮95吨。",
        "到2025年，四项主要污染物重点工程减排量：氮氧化物515吨，氨氮95吨。",
    ],
)
def test_the_noun_goes_to_every_member(sentence: str) -> None:
    assert read(sentence) == [("氮氧化物重点工程减排量", "515", "吨"), ("氨氮重点工程减排量", "95", "吨")]


@pytest.mark.parametrize(
    "sentence",
    ["到2025年，主要任务为：新建公园5处、改造道路6公里。", "到2025年，涉及企业：甲公司5家、乙公司6家。"],
)
def test_no_noun_that_measures_before_it(sentence: str) -> None:
    assert not any("任务" in name or "涉及" in name for name, _, _ in read(sentence))
