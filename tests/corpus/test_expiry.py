"""Validity worked out from the document's own words."""

import datetime

import pytest

from corpus.expiry import expires, has_expired
from corpus.types import Facts


def facts(valid: str | None, date: str | None = "2022-09-28") -> Facts:
    return Facts("云泽市方案", None, None, "云泽市", date, False, valid, ())


@pytest.mark.parametrize(
    ("valid", "date", "end"),
    [
        ("自印发之日起施行，有效期至2025年12月31日", None, "2025-12-31"),
        ("有效期至2025年6月", None, "2025-06-30"),
        ("有效期至2025年", None, "2025-12-31"),
        ("自发布之日起30日后施行，有效期3年", "2022-09-28", "2025-10-27"),
        ("自发布之日起30日后施行，有效期3年", None, None),
        ("自2023年1月1日起施行，有效期五年", "2022-09-28", "2027-12-31"),
        ("自公布之日起施行，试行期两年", "2024-02-29", "2026-02-27"),
        ("自公布之日起施行", "2022-09-28", None),
        ("有效期至2025年13月40日", None, None),
        (None, "2022-09-28", None),
    ],
)
def test_expires(valid: str | None, date: str | None, end: str | None) -> None:
    assert expires(facts(valid, date)) == (datetime.date.fromisoformat(end) if end else None)


def test_the_last_day_is_still_valid() -> None:
    until = facts("有效期至2025年12月31日")
    assert not has_expired(until, datetime.date(2025, 12, 31))
    assert has_expired(until, datetime.date(2026, 1, 1))
