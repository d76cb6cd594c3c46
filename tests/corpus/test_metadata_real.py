"""Facts of real documents, where they are at hand."""

import re
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from corpus.metadata import read_facts
from tests.shared import SEEDS, SHARED, needs_shared, seed

SEED_FACTS = {
    "000": (
        "达州市“十四五”节能减排综合工作实施方案（征求意见稿）",
        None,
        None,
        "达州市",
        None,
        True,
        None,
        2,
    ),
    "001": (
        "天水市“十四五”节能减排综合工作实施方案",
        "天政办发〔2022〕75号",
        "天水市人民政府办公室",
        "天水市",
        "2022-09-28",
        False,
        None,
        1,
    ),
    "002": (
        "三门峡市“十四五”节能减排综合工作方案",
        None,
        "三门峡市人民政府",
        "三门峡市",
        "2023-04-12",
        False,
        None,
        3,
    ),
    "003": (
        "海宁市“十四五”节能减排综合工作实施方案（征求意见稿）",
        None,
        None,
        "海宁市",
        None,
        True,
        "自发布之日起30日后施行，有效期3年",
        2,
    ),
    "004": ("吉林市“十四五”节能减排综合实施方案（征求意见稿）", None, None, "吉林市", None, True, None, 7),
}


@needs_shared
@pytest.mark.parametrize("number", sorted(SEED_FACTS))
def test_facts_of_real_plans(number: str) -> None:
    path = seed(number)
    f = read_facts(path.read_text(encoding="utf-8"), path.name)
    assert (f.title, f.doc_number, f.issuer, f.region, f.date, f.draft, f.valid, len(f.cites)) == SEED_FACTS[number]


@needs_shared
def test_titles_without_their_file_names() -> None:
    for path in SEEDS.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert read_facts(text, "x.txt") == read_facts(text, path.name)


def members(archive: Path, every: int) -> Iterator[tuple[PurePosixPath, str]]:
    with tarfile.open(archive) as opened:
        for index, member in enumerate(opened):
            file = opened.extractfile(member) if member.isfile() and index % every == 0 else None
            if file:
                yield PurePosixPath(member.name), file.read().decode("utf-8")


@needs_shared
def test_laws_give_their_title_and_place() -> None:
    read = 0
    for path, text in members(SHARED / "laws" / "laws.tar.xz", 17):
        read += 1
        found = read_facts(text, path.name)
        heading = text.split("\n", 1)[0].lstrip("# ").strip()
        assert found.title == " ".join(heading.split())
        named = re.match(r"[\u4e00-\u9fff]{2,3}?[省市]", heading) if "地方法规" in str(path) else None
        if named and not re.search("浦东新区|自治县|城市大脑|关于市人民", heading):
            assert found.region == named[0]
        if "宪法" in path.parts or "行政法" in path.parts:
            assert found.region is None
    assert read > 150


@needs_shared
def test_reports_without_a_title_are_placed_by_their_file_names() -> None:
    for path, text in members(SHARED / "reports" / "reports.tar.xz", 1):
        found = read_facts(text, path.name)
        assert found.region
        assert found.region.startswith(path.stem)
        assert (found.doc_number, found.issuer, found.draft, found.valid) == (None, None, False, None)
