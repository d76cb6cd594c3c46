"""Brackets in pairs, and line breaks inside and between names."""

import pytest

from corpus.brackets import pairs
from corpus.breaks import flatten
from corpus.lexicon.departments import default_departments
from corpus.units import UnitReader


def test_pairs_of_brackets_tell_their_nesting() -> None:
    closed, lost = pairs("（a〔b〕(c[d])）〔（e）")
    assert [(p.start, p.end, p.height) for p in closed] == [
        (0, 12, 2),
        (2, 5, 0),
        (5, 11, 1),
        (7, 10, 0),
        (13, 16, 0),
    ]
    assert lost == [12]


@pytest.mark.parametrize(
    ("raw", "flat"),
    [
        ("市财政局\n市教育局", "市财政局、市教育局"),
        ("市住房城\n乡建设局", "市住房城乡建设局"),
        ("市住房城乡\n建设局", "市住房城乡建设局"),
        ("市商务局（市口岸办\n市物流办）", "市商务局（市口岸办市物流办）"),
        ("市委\n宣传部", "市委宣传部"),
        ("市科技局  配合单位：市财政局", "市科技局；配合单位：市财政局"),
    ],
)
def test_breaks_inside_and_between_names(raw: str, flat: str) -> None:
    found = flatten(raw, 0, len(raw), UnitReader(raw, default_departments()))
    assert found.text == flat
    assert found.span(0, len(flat)) == (0, len(raw))
