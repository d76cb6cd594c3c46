"""A short run of `python -m tests.fuzz` on each format that takes milliseconds to read."""

import io
import random
import time
from datetime import datetime

import openpyxl
import pytest

from tests.fuzz import SEEDS, damaged, fuzz

_DAY = 86_400  # seconds
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


@pytest.mark.parametrize("kind", ["docx", "xlsx", "ofd", "zip", "eml", "mht"])
def test_a_sound_file_is_the_same_on_another_day(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    today = SEEDS[kind]()
    tomorrow = time.time() + _DAY
    monkeypatch.setattr(time, "time", lambda: tomorrow)
    assert SEEDS[kind]() == today


def test_a_workbook_does_not_tell_when_it_was_made() -> None:
    made = openpyxl.load_workbook(io.BytesIO(SEEDS["xlsx"]())).properties
    assert made.created == made.modified == datetime(2020, 1, 1)
