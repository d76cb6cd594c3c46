"""A short run of `python -m tests.fuzz` on each format that takes milliseconds to read."""

import random

import pytest

from tests.fuzz import SEEDS, damaged, fuzz

QUICK = ("txt", "md", "docx", "html", "ofd", "pdf")


@pytest.mark.parametrize("kind", QUICK)
def test_damaged_files_are_read_or_refused(kind: str) -> None:
    results = list(fuzz(kind, 40))
    assert [result for result in results if result.outcome == "出错"] == []
    assert {result.outcome for result in results} >= {"读出"}


@pytest.mark.parametrize("kind", QUICK)
def test_the_same_number_makes_the_same_file(kind: str) -> None:
    whole = SEEDS[kind]()
    one, same, other = (damaged(whole, random.Random(n)) for n in (1, 1, 2))
    assert one == same != other
