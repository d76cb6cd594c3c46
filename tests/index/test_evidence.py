import pytest

from index.base import Why
from index.evidence import explained


@pytest.mark.parametrize(
    ("why", "expected"),
    [
        (Why(("秸秆", "焚烧"), 9.1, 0.618, 3, 1), "命中“秸秆”“焚烧”；关键词第 3 名；语义第 1 名（相似度 0.62）。"),
        (Why((), 0.0, 0.4, None, 2), "没有连续两字以上的相同字词；关键词未命中；语义第 2 名（相似度 0.40）。"),
        (Why(("水",), 1.0, 0.0, 1, None), "命中“水”；关键词第 1 名；语义不相近。"),
        (
            Why(("水",), 1.0, 0.5, 1, 2, 0.834),
            "命中“水”；关键词第 1 名；语义第 2 名（相似度 0.50）；逐词核对，问题的用语对应上 83%。",
        ),
        (Why(("水",), 1.0, 0.0, 1, None, -0.1), "命中“水”；关键词第 1 名；语义不相近；逐词核对，问题的用语对应上 0%。"),
    ],
)
def test_a_reason_in_words(why: Why, expected: str) -> None:
    assert explained(why) == expected
