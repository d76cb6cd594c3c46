"""Follow-up questions: what is meant, and when nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.followup import LONGEST, complete
from assistant.question import parse

KNOWN = ("云泽市", "澜川市", "海宁市", "达州市", "清溪县")
WHO = "谁负责挥发性有机物整治"


@pytest.mark.parametrize(
    ("question", "previous", "meant"),
    [
        # a place is replaced, or added where none was named
        ("那海宁呢", WHO, f"海宁市{WHO}"),
        ("海宁呢？", WHO, f"海宁市{WHO}"),
        ("那么，云泽市呢？", WHO, f"云泽市{WHO}"),
        ("那海宁", WHO, f"海宁市{WHO}"),
        ("浙江海宁呢", WHO, f"海宁市{WHO}"),
        ("那海宁和达州呢", WHO, f"海宁市、达州市{WHO}"),
        ("海宁呢", "达州谁负责散煤治理", "海宁市谁负责散煤治理"),
        ("海宁呢", "达州、云泽市谁负责散煤治理", "海宁市谁负责散煤治理"),
        ("海宁呢", "散煤治理在达州由谁负责", "散煤治理在海宁市由谁负责"),
        ("那澜川呢", "市水利局牵头哪些任务", "澜川市水利局牵头哪些任务"),
        ("那澜川呢", "市场监管由谁负责", "澜川市市场监管由谁负责"),
        ("那清溪呢", "云泽市水利局牵头哪些任务", "清溪县水利局牵头哪些任务"),
        ("那澜川呢", "各市单位GDP能耗下降多少", "澜川市单位GDP能耗下降多少"),
        ("那曲呢", WHO, f"那曲市{WHO}"),
        ("那曲靖呢", WHO, f"曲靖市{WHO}"),
        ("那清溪呢", "市水利局牵头哪些任务", "清溪县水利局牵头哪些任务"),
        ("那海宁呢", "达州市场监管由谁负责", "海宁市市场监管由谁负责"),
        # a year
        ("那2030年呢", "2025年能耗要降多少", "2030年能耗要降多少"),
        ("2030呢？", "能耗要降多少", "2030年能耗要降多少"),
        ("那十五五呢", "“十四五”能耗要降多少", "十五五能耗要降多少"),
        ("那2030年呢", "依据国发〔2021〕33号，能耗要降多少", "2030年依据国发〔2021〕33号，能耗要降多少"),
        # a role
        ("那牵头单位呢", WHO, "谁牵头挥发性有机物整治"),
        ("配合的呢", "散煤治理由谁牵头", "散煤治理由谁配合"),
        ("那谁配合", "散煤治理由谁牵头", "散煤治理由谁配合"),
        ("责任单位呢", "散煤治理的牵头部门是谁", "散煤治理的责任单位是谁"),
        ("那配合的呢", "市水利局牵头哪些任务", "市水利局配合哪些任务"),
        ("那牵头单位呢", "散煤归谁管", "散煤由谁牵头"),
    ],
)
def test_what_a_follow_up_means(question: str, previous: str, meant: str) -> None:
    assert complete(question, previous, KNOWN) == meant


@pytest.mark.parametrize(
    ("question", "previous"),
    [
        ("那海宁呢", None),
        ("那海宁呢", ""),
        ("海宁", WHO),  # neither 那 nor 呢
        ("那怎么办呢", WHO),
        ("那海宁的散煤呢", WHO),  # more than a place
        ("那海宁谁负责散煤治理呢", WHO),
        ("那个呢", WHO),
        ("呢", WHO),
        ("那", WHO),
        ("？", WHO),
        ("", WHO),
        ("谁负责呢", None),
        ("那2030年呢", "2025年比2020年能耗要降多少"),  # which of the two
        ("海宁呢", "达州的目标比云泽高多少"),  # which of the two
        ("那牵头单位呢", "能耗要降多少"),  # no role to replace
        ("那牵头单位呢", "散煤治理谁牵头、谁配合"),
        ("那么海宁市和达州市和云泽市呢", WHO),  # over the length
    ],
)
def test_nothing_is_guessed(question: str, previous: str | None) -> None:
    assert complete(question, previous, KNOWN) == question


@pytest.mark.parametrize(
    ("question", "previous", "kind", "regions"),
    [
        ("那海宁呢", WHO, "who", ("海宁市",)),
        ("那牵头单位呢", WHO, "lead", ()),
        ("那澜川呢", "市水利局牵头哪些任务", "tasks", ("澜川市",)),
        ("那配合的呢", "市水利局牵头哪些任务", "tasks", ()),
        ("2030年呢", "能耗要降多少", "target", ()),
    ],
)
def test_the_question_made_is_understood(question: str, previous: str, kind: str, regions: tuple[str, ...]) -> None:
    parsed = parse(complete(question, previous, KNOWN), KNOWN)
    assert (parsed.kind, parsed.regions) == (kind, regions)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_other_text_is_left_alone(question: str, previous: str) -> None:
    meant = complete(question, previous, KNOWN)
    assert meant == question or (
        previous
        and len(question.strip()) <= LONGEST
        and ("那" in question or "呢" in question or "又如何" in question or "怎么样" in question)
    )


@given(st.sampled_from(KNOWN), st.sampled_from((WHO, "散煤归谁管", "市水利局牵头哪些任务", "能耗要降多少")))
def test_asking_again_for_the_same_place_changes_nothing(region: str, previous: str) -> None:
    once = complete(f"那{region}呢", previous, KNOWN)
    assert complete(f"那{region}呢", once, KNOWN) == once and once.count(region[:-1]) == 1
