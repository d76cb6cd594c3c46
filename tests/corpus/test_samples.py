"""The sample plans: marked as fictional, consistent in their figures, different from each other."""

import re
from pathlib import Path

import pytest

from corpus.lexicon.regions import find_regions
from tests.shared import SEEDS, needs_shared

SAMPLES = sorted((Path(__file__).parents[2] / "corpus" / "samples").iterdir())
TEXTS = {path.name[:3]: path.read_text(encoding="utf-8") for path in SAMPLES}
_PART = re.compile(r"(?:#+ )?(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d+\.|第[一二三四五六七八九十]+条)")
# What documents of this kind share word for word: statements of responsibility and titles cited with their number.
_FORMULA = re.compile(r"[（(][^（）()]*(?:负责|责任单位|不再)[^（）()]*[)）]|《[^《》]*》（[^（）]*）")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name[:3])
def test_a_sample_says_that_it_is_fictional_and_names_no_real_place(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if path.name[:3] in line)
    assert "示例（虚构）" in title and text.count("示例（虚构）") >= 2
    assert "示例" in path.name and path.suffix in (".txt", ".md")
    assert find_regions(text) == ()
    assert find_regions(text, [path.name[:3]]) == (path.name[:3],)


def test_there_are_five_cities_in_two_formats() -> None:
    assert len(TEXTS) == len(SAMPLES) == 5
    assert {path.suffix for path in SAMPLES} == {".txt", ".md"}


@pytest.mark.parametrize(
    ("city", "lines"),
    [("云泽市", 25), ("澜川市", 25), ("青岚市", 40), ("砚溪市", 24), ("汐州市", 28)],
)
def test_a_sample_has_this_many_numbered_lines(city: str, lines: int) -> None:
    assert sum(bool(_PART.match(line)) for line in TEXTS[city].splitlines()) == lines


@pytest.mark.parametrize(
    ("city", "clause"),
    [
        (
            "云泽市",
            r"（九）挥发性有机物治理工程。.*（市生态环境局牵头，市工业和信息化局、市市场监管局、市商务局按职责分工负责）",
        ),
        ("澜川市", r"1\.源头替代。.*\(责任单位:市生态环境局、经信局、市场监管局\)"),
        ("青岚市", r"第五条 市生态环境主管部门对本市挥发性有机物污染防治实施统一监督管理。"),
        (
            "砚溪市",
            r"\| 挥发性有机物治理设施升级96家 \| 市生态环境局 \| 市工信局、市交通运输局、市市场监管局 \|",
        ),
        (
            "汐州市",
            r"（牵头单位：市生态环境局；配合单位：市行政审批局、各园区管委会；完成时限：2025年9月底前）",
        ),
    ],
)
def test_several_cities_say_who_answers_for_volatile_organic_compounds(city: str, clause: str) -> None:
    assert re.search(clause, TEXTS[city])


def test_cities_share_wording_to_compare() -> None:
    shared = "不得以技术改造、异地搬迁等名义变相新增高耗能产能。"
    assert [city for city, text in TEXTS.items() if shared in text] == ["云泽市", "澜川市"]
    rates = {
        city: re.findall("新建涉挥发性有机物项目一律执行(.*?)替代，未落实替代来源的不予批复", text)
        for city, text in TEXTS.items()
    }
    assert rates == {
        "云泽市": ["倍量"],
        "澜川市": ["1.5倍量"],
        "砚溪市": ["2倍量"],
        "青岚市": [],
        "汐州市": [],
    }


def test_the_indicator_table_adds_up() -> None:
    rows = [line.split("\t") for line in TEXTS["澜川市"].splitlines() if line.count("\t") == 5]
    assert rows[0][:2] == ["指标", "单位"]
    for name, _, before, after, change, unit in rows[1:]:
        difference = float(after) - float(before)
        word, figure = re.fullmatch(r"(减少|增加|下降)\[?([\d.]+)%?\]?", change).groups()  # type: ignore[union-attr]
        expected = -float(figure) * (float(before) / 100 if word == "下降" else 1)
        if word == "增加":
            expected = -expected
        assert difference == pytest.approx(expected, abs=float(before) * 0.0006), name
        assert unit.startswith("市")
    assert len(rows) == 9


def test_an_incentive_target_is_one_point_above_the_basic_one() -> None:
    rows = re.findall(r"^(\S+)\t([\d.]+)\t([\d.]+)$", TEXTS["澜川市"], re.MULTILINE)
    assert len(rows) == 6
    assert all(float(high) - float(low) == pytest.approx(1) for _, low, high in rows)


def test_the_task_table_is_complete() -> None:
    rows = [line.strip("|").split("|") for line in TEXTS["砚溪市"].splitlines() if line.startswith("|")]
    body = [[cell.strip() for cell in row] for row in rows[2:]]
    assert [row[0] for row in body] == [str(number) for number in range(1, 22)]
    assert all(len(row) == 5 and all(row) for row in body)


@needs_shared
def test_no_sentence_of_a_real_plan_is_copied() -> None:
    length = 20
    real = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    runs = {real[at : at + length] for at in range(len(real) - length + 1)}
    for city, text in TEXTS.items():
        own = _FORMULA.sub("\0", text)
        copied = [own[at : at + length] for at in range(len(own) - length + 1) if own[at : at + length] in runs]
        assert not copied, city
