"""Slips of the keyboard: mended only where no document has the word and one term that sounds alike is there."""

import pytest

from assistant.spelling import Slip, Speller

TEXT = "散煤治理 秸秆综合利用 装配式建筑 挥发性有机物 达州市 二氧化硫 充电桩"
TERMS = ["散煤", "秸秆", "秸秆综合利用", "装配式建筑", "挥发性有机物", "达州市", "二氧化硫", "充电桩", "三煤", "氨氮"]


def known(words: str) -> bool:
    return all(words[i : i + 2] in TEXT for i in range(len(words) - 1))


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("散媒谁管", (Slip("散媒", "散煤"),)),
        ("秸杆综合利用", (Slip("秸杆综合利用", "秸秆综合利用"),)),
        ("装配试建筑占比", (Slip("装配试建筑", "装配式建筑"),)),
        ("达洲市挥法性有机物", (Slip("达洲市", "达州市"), Slip("挥法性有机物", "挥发性有机物"))),
        ("充电庄", (Slip("充电庄", "充电桩"),)),
        ("二氧化碳", ()),  # sounds different: another thing, not a slip
        ("散煤治理", ()),  # the documents have it
        ("安氮", ()),  # the term it sounds like is in no document
        ("VOC 2025", ()),
        ("", ()),
    ],
)
def test_slips(text: str, slips: tuple[Slip, ...]) -> None:
    assert Speller(TERMS).slips(text, known) == slips


@pytest.mark.parametrize("text", ["民用航空法什么时候施行", "老厂电费怎么算", "航空法哪些条文管"])
def test_a_word_that_frames_a_question_and_a_rare_reading_are_no_slips(text: str) -> None:
    terms = ["法审", "老岸电", "法那"]
    held = ["民用航空", "航空", "法审么", "老岸电", "电费", "什么时候", "施行", "法那些", "条文"]

    def holds(words: str) -> bool:
        return all(any(words[i : i + 2] in text for text in held) for i in range(len(words) - 1))

    assert Speller(terms).slips(text, holds) == ()


def test_two_that_sound_alike_are_left() -> None:
    assert Speller(["甲煤", "甲梅"]).slips("甲媒", lambda w: w in ("甲煤", "甲梅")) == ()


def test_asked_for_what_is_in_force_no_restriction_is_meant() -> None:
    assert Speller(["限行"]).slips("现行有效的文件有哪些", lambda words: words in ("限行", "有效", "文件")) == ()
