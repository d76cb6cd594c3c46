from pathlib import Path

import pytest

from eval.charts import FONTS, chinese_font, draw
from eval.report import write_report
from eval.runs import Result
from eval.statistics import Difference
from eval.tables import as_text, difference, tables
from tests.eval.fakes import asked, result, run

KINDS = Result("plans", "Searcher", "plans", (asked("a", 1), asked("b", 2, "who"), asked("c", None, "who")))
WAYS = (result({"a": 2, "b": 2}, "甲", "written"), result({"a": 1, "b": 2}, "Searcher", "written"))
RUN = run(KINDS, *WAYS)


def test_rows_by_kind_and_by_way() -> None:
    by_kind, by_way = tables(RUN)
    assert by_kind.head == ["", "问数", "MRR@10"]
    assert [row[:2] for row in by_kind.body] == [["find", "1"], ["who", "2"], ["全部", "3"]]
    assert [row[2][:5] for row in by_kind.body] == ["1.000", "0.250", "0.500"]
    assert [row[0] for row in by_way.body] == ["甲", "Searcher"]
    assert by_way.body[0][-1].startswith("-0.250（")
    assert by_way.body[1][-1] == ""


def test_columns_are_aligned_where_characters_are_wide() -> None:
    _, *lines = as_text(tables(RUN)[1]).splitlines()
    assert [
        line.index(word) + sum(c > "\u2e80" for c in line[: line.index(word)])
        for line, word in zip(lines, ("问数", "2 ", "2 "), strict=True)
    ] == [10] * 3


def test_the_report_names_everything_and_shows_a_chart_for_each_set(tmp_path: Path) -> None:
    text = write_report(tmp_path, RUN).read_text(encoding="utf-8")
    for said in (
        "builtin",
        "fedcba987654",
        "0123456789ab+",
        "2 核",
        "144 个条款",
        "| 甲 | 2 | 0.500（",
        "chart-1.png",
        "chart-2.png",
    ):
        assert said in text
    for picture in ("chart-1.png", "chart-2.png"):
        assert (tmp_path / picture).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("installed", [[], ["DejaVu Sans"]])
def test_without_a_chinese_font_labels_are_ascii(tmp_path: Path, installed: list[str]) -> None:
    """A missing glyph is a warning, and warnings are errors here."""
    assert chinese_font(installed) is None
    draw(tmp_path / "chart.png", WAYS, None)
    assert (tmp_path / "chart.png").stat().st_size > 1000


def test_the_first_known_font_is_taken() -> None:
    assert chinese_font(["DejaVu Sans", FONTS[2], FONTS[1]]) == FONTS[1]


@pytest.mark.parametrize(("p", "shown"), [(0.0001, "p<0.001"), (0.0314, "p=0.031")])
def test_a_difference_in_words(p: float, shown: str) -> None:
    assert difference(Difference(0.5, 0.48, -0.031, 0.002, p)) == f"-0.020（-0.031 至 +0.002），{shown}"
