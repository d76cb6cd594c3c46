"""Features: characters and pairs, folded; the same alone as in a batch; four bits a value."""

import unicodedata
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.builtin.features import Vocabulary, count_features, distinct, feature_keys
from index.builtin.quantise import pack, unpack

texts = st.text(st.characters() | st.sampled_from("河道治Ａb５_㎡％%，。 \n\0ΑΣ\u0301①"), max_size=20)


def features(text: str) -> list[str]:
    """The features of a text, readable: `治`, `治水`."""
    keys, _ = feature_keys([text])
    return [chr(k) if k >> 21 == 0 else chr(k >> 21) + chr(k & (1 << 21) - 1) for k in keys.tolist()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("，。 \n", []),
        ("河", ["河"]),
        ("管河道", ["管", "河", "道", "管河", "河道"]),
        ("管河。道", ["管", "河", "道", "管河"]),
        ("河河河", ["河", "河", "河", "河河", "河河"]),
        ("ＰＭ", ["p", "m", "pm"]),
        ("５％", ["5", "%", "5%"]),
        ("㎡", ["m", "2", "m2"]),
        ("《河》", ["河"]),
        ("𠀀河", ["𠀀", "河", "𠀀河"]),
        ("河\0道", ["河", "道"]),
        ("\ud800河", ["河"]),
    ],
)
def test_characters_and_pairs_of_a_text(text: str, expected: list[str]) -> None:
    assert features(text) == expected


def plainly(text: str) -> list[str]:
    """The same features, one character at a time."""
    folded = unicodedata.normalize("NFKC", text).lower()
    solid = [c if c == "%" or c == "_" or c.isalnum() else " " for c in folded]
    pairs = [a + b for a, b in pairwise(solid) if " " not in (a, b)]
    return [c for c in solid if c != " "] + pairs


@given(texts)
def test_features_agree_with_a_plain_reading(text: str) -> None:
    assert features(text) == plainly(text)


@given(st.lists(texts, max_size=6))
def test_a_batch_gives_what_each_text_gives(batch: list[str]) -> None:
    keys, counts = feature_keys(batch)
    alone = [feature_keys([text])[0] for text in batch]
    assert counts.tolist() == [len(k) for k in alone]
    assert keys.tolist() == [k for each in alone for k in each.tolist()]


def test_unknown_features_are_left_out() -> None:
    vocabulary = Vocabulary(np.array([ord("河"), ord("道")], np.int64)[np.argsort([ord("河"), ord("道")])])
    assert [vocabulary.keys[r] for r in vocabulary.rows("河道长，道")] == [ord("河"), ord("道"), ord("道")]
    assert len(vocabulary.rows("龘")) == 0


def test_an_empty_vocabulary_knows_nothing() -> None:
    assert [len(bag) for bag in Vocabulary(np.zeros(0, np.int64)).bags(["河", ""])] == [0, 0]


def test_features_are_counted_once_a_text_and_rare_ones_dropped() -> None:
    vocabulary, found_in = count_features(["河河", "河道", "道"], least=2)
    assert {chr(k): n for k, n in zip(vocabulary.keys.tolist(), found_in.tolist(), strict=True)} == {
        "河": 2,
        "道": 2,
    }


def test_counting_no_texts() -> None:
    vocabulary, found_in = count_features([], least=1)
    assert len(vocabulary) == len(found_in) == 0


@given(st.integers(0, 2**32 - 1), st.sampled_from([2, 8, 64]), st.floats(1e-6, 1e6))
def test_rounding_stays_within_half_a_level_or_is_clipped(seed: int, dim: int, size: float) -> None:
    table = (np.random.default_rng(seed).standard_normal((5, dim)) * size).astype(np.float32)
    packed, scales = pack(table)
    assert packed.dtype == np.uint8 and packed.shape == (5, dim // 2)
    error = np.abs(unpack(packed, scales) - table)
    clipped = np.abs(table) > 7.5 * scales[:, None]
    assert (error[~clipped] <= 0.5001 * np.broadcast_to(scales[:, None], table.shape)[~clipped]).all()


def test_columns_keep_their_places() -> None:
    table = np.array([[7.5, -7.5, 0.5, -0.5, 1.5, -2.5]], np.float32)
    assert np.allclose(unpack(*pack(table)), table, atol=1e-6)


def test_a_row_of_zeros_stays_near_zero() -> None:
    assert np.abs(unpack(*pack(np.zeros((1, 4), np.float32)))).max() < 1e-30


@given(st.lists(st.integers(0, 9)))
def test_distinct_rows_are_those_of_sorting(rows: list[int]) -> None:
    given_rows = np.array(rows, np.int32)
    found, place = distinct(given_rows)
    expected = np.unique(given_rows, return_inverse=True)
    assert (found.tolist(), place.tolist()) == (expected[0].tolist(), expected[1].tolist())
