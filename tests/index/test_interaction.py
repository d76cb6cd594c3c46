import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.builtin.interaction import coverage
from index.builtin.model import BuiltinEncoder

TABLE = np.array([[1, 0], [0, 2], [3, 3], [-1, 0]], np.float32)  # row 2 lies half-way between 0 and 1, row 3 against 0
BAGS = st.lists(st.integers(0, 3), max_size=6)


def bag(*rows: int) -> np.ndarray:
    return np.array(rows, np.int32)


def shares(question: np.ndarray, *texts: np.ndarray) -> list[float]:
    return coverage(question, texts, TABLE.__getitem__).tolist()


def test_every_feature_takes_its_nearest_and_counts_by_its_length() -> None:
    question = bag(0, 1)  # lengths 1 and 2
    half = float(np.sqrt(0.5))
    assert shares(question, bag(0, 1), bag(0), bag(2), bag(1, 2)) == pytest.approx([1.0, 1 / 3, half, (half + 2) / 3], abs=1e-6)
    assert shares(bag(0), bag(3)) == pytest.approx([-1.0])


def test_a_feature_asked_four_times_counts_twice() -> None:
    assert shares(bag(0, 0, 0, 0, 1), bag(0)) == pytest.approx([2 / (2 + 2)])


def test_texts_and_questions_without_features() -> None:
    assert shares(bag(0), bag(), bag(0), bag()) == [0.0, 1.0, 0.0]
    assert shares(bag(), bag(0)) == [0.0]
    assert shares(bag(0)) == []
    assert shares(bag(0), bag()) == [0.0]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6), st.lists(BAGS, max_size=5))
def test_a_text_scores_alone_as_among_others_and_more_text_says_no_less(question: list[int], texts: list[list[int]]) -> None:
    asked, bags = bag(*question), [bag(*text) for text in texts]
    together = shares(asked, *bags)
    assert together == pytest.approx([shares(asked, one)[0] for one in bags])
    assert all(-1 - 1e-6 <= share <= 1 + 1e-6 for share in together)
    if bags and all(map(len, bags)):
        assert shares(asked, np.concatenate(bags))[0] >= max(together) - 1e-6


def test_the_built_in_encoder_sees_which_word_a_text_leaves_out() -> None:
    encoder = BuiltinEncoder.load()
    whole, other, nothing = encoder.coverage(
        "秸秆禁烧区由谁划定", ["秸秆禁烧区由县级人民政府划定并公布。", "露天焚烧秸秆的，由乡镇人民政府责令停止。", ""]
    )
    assert nothing == 0 < other < whole < 1 + 1e-6
