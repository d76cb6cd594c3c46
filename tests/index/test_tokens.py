import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tokens import normalise, tokenise


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("污水厂", ["污", "水", "厂", "污水", "水厂"]),
        ("水", ["水"]),
        ("节水，治污", ["节", "水", "节水", "治", "污", "治污"]),
        ("VOCs治理", ["vocs", "治", "理", "治理"]),
        ("ＶＯＣｓ", ["vocs"]),
        ("下降14.5%", ["下", "降", "下降", "14.5%"]),
        ("８０％以上", ["80%", "以", "上", "以上"]),
        ("PM2.5", ["pm2.5"]),
        ("SO₂", ["so2"]),
        ("5G、35kV", ["5g", "35kv"]),
        ("A4纸", ["a4", "纸"]),
        ("2025年", ["2025", "年"]),
        ("3.5万吨/年", ["3.5", "万", "吨", "万吨", "年"]),
        ("二〇二五", ["二", "〇", "二", "五", "二〇", "〇二", "二五"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
        ("，。！？“”《》　\n", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert tokenise(text) == tokens


def test_no_pair_across_anything_between() -> None:
    assert "水气" not in tokenise("水 气") + tokenise("水、气") + tokenise("水a气") + tokenise("水\n气")


@pytest.mark.parametrize(("text", "folded"), [("（Ａ）", "(a)"), ("㎡", "m2"), ("①", "1")])
def test_normalise(text: str, folded: str) -> None:
    assert normalise(text) == folded


@given(st.text())
def test_full_width_or_not_the_tokens_are_the_same(text: str) -> None:
    assert tokenise(normalise(text)) == tokenise(text)


@given(st.text(), st.text())
def test_texts_kept_apart_by_a_line_end_do_not_touch(first: str, second: str) -> None:
    assert tokenise(f"{first}\n{second}") == tokenise(first) + tokenise(second)


def test_another_process_gives_the_same_tokens_and_says_nothing() -> None:
    text = "加强挥发性有机物治理，2025年PM2.5下降3%"
    code = f"import sys; from index.tokens import tokenise; sys.stdout.write('|'.join(tokenise({text!r})))"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert (done.stdout, done.stderr) == ("|".join(tokenise(text)), "")
