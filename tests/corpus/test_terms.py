"""The thesaurus: reading rows, naming bad ones, and what a query gains."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import LibraryError
from corpus.lexicon.terms import Term, Thesaurus, load_terms


def _term(say: str, official: str, related: str = "") -> Term:
    return Term("测试", tuple(say.split()), tuple(official.split()), tuple(related.split()))


SMALL = Thesaurus(
    [
        _term("VOCs 有机废气", "挥发性有机物", "活性炭"),
        _term("CO", "一氧化碳"),
        _term("COD", "化学需氧量"),
        _term("两高", "高耗能高排放"),
        _term("两高项目", "高耗能高排放项目"),
        _term("PM2.5", "细颗粒物"),
        _term("煤", "煤炭"),
        _term("SO2", "二氧化硫"),
        _term("GPS", "卫星定位"),
        _term("PM2", "二类粉尘"),
        _term("5G", "第五代移动通信"),
        _term("bus", "公共汽车"),
    ]
)
BUILTIN = Thesaurus(load_terms())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("有机废气归谁管", ("挥发性有机物", "VOCs")),
        ("VOC排放", ("挥发性有机物", "VOCs")),
        ("vocs", ("挥发性有机物",)),
        ("ＶＯＣｓ治理", ("挥发性有机物",)),
        ("挥发性有机物", ("VOCs", "有机废气")),
        ("COD减了多少", ("化学需氧量",)),
        ("CODs", ("化学需氧量",)),
        ("CO浓度", ("一氧化碳",)),
        ("CODE", ()),
        ("AVOC", ()),
        ("GP诊所", ()),
        ("SO₂排放", ("二氧化硫",)),
        ("PM2.5", ("细颗粒物",)),
        ("PM2.55", ()),
        ("APM2.5", ()),
        ("PM2排放", ("二类粉尘",)),
        ("PM2.9排放", ()),
        ("5G网络", ("第五代移动通信",)),
        ("2.5G网络", ()),
        ("bu指标", ()),
        ("两高项目", ("高耗能高排放项目",)),
        ("两高企业", ("高耗能高排放",)),
        ("煤的价格", ()),
        ("COD和两高项目", ("化学需氧量", "高耗能高排放项目")),
        ("两高项目和COD", ("高耗能高排放项目", "化学需氧量")),
        ("有机废气与挥发性有机物", ("VOCs",)),
        ("", ()),
    ],
)
def test_what_a_query_gains(query: str, expected: tuple[str, ...]) -> None:
    assert SMALL.expand(query) == expected


def test_the_longest_word_wins_over_an_earlier_one() -> None:
    terms = [_term("甲乙", "一号"), _term("乙丙丁", "二号")]
    assert Thesaurus(terms).expand("甲乙丙丁") == ("二号",)
    assert Thesaurus(reversed(terms)).expand("甲乙丙丁") == ("二号",)


def test_earlier_rows_come_first_and_the_number_is_capped() -> None:
    many = [_term("热词", f"正式用语{number:02}") for number in range(20)]
    assert Thesaurus(many).expand("热词") == tuple(f"正式用语{number:02}" for number in range(12))
    assert Thesaurus(many).expand("热词", limit=2) == ("正式用语00", "正式用语01")


@pytest.mark.parametrize(
    ("query", "term"),
    [
        ("VOCs治理归谁管", "挥发性有机物"),
        ("两高", "高耗能高排放项目"),
        ("双控", "能耗双控"),
        ("NH3-N减排", "氨氮"),
        ("NOx", "氮氧化物"),
        ("CO2", "二氧化碳排放"),
        ("LDAR", "泄漏检测与修复"),
        ("经信局", "工业和信息化局"),
        ("工信局", "经济和信息化局"),
        ("发展改革委", "发展和改革委员会"),
        ("充电桩", "充电基础设施"),
        ("三线一单", "生态环境分区管控"),
        ("文号是多少", "发文字号"),
        ("无废城市", "无废城市建设"),
        ("养猪场的粪", "规模化畜禽养殖"),
    ],
)
def test_built_in_rows_know_the_words_of_the_field(query: str, term: str) -> None:
    assert term in BUILTIN.expand(query)


@pytest.mark.parametrize("query", ["谁负责", "由谁牵头", "能不能", "目标是多少"])
def test_words_of_every_question_gain_nothing(query: str) -> None:
    assert BUILTIN.expand(query) == ()


def test_built_in_rows_are_well_formed() -> None:
    terms = load_terms()
    assert len(terms) > 6000 and len(set(terms)) == len(terms)
    assert all(term.domain and term.say and term.official for term in terms)
    assert all(word == word.strip() for term in terms for word in (*term.say, *term.official, *term.related))


@given(st.text(alphabet="VOCsCODE两高项目挥发性有机物有机废气 ", max_size=40))
def test_nothing_gained_stands_in_the_query_and_no_term_twice(query: str) -> None:
    gained = SMALL.expand(query)
    assert len(set(gained)) == len(gained) <= 12
    assert not [term for term in gained if not term.isascii() and term in query]
    assert SMALL.expand(query) == gained


def _file(folder: Path, text: str) -> Path:
    path = folder / "本地词表.jsonl"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_users_rows_come_before_the_built_in_ones(tmp_path: Path) -> None:
    full = {"domain": "本地", "say": ["两高"], "official": ["云泽两高清单"], "related": ["台账"]}
    short = {"say": ["湖长"], "official": ["云泽湖长制"]}
    text = "\ufeff" + json.dumps(full, ensure_ascii=False) + "\n\n" + json.dumps(short, ensure_ascii=False)
    terms = load_terms([_file(tmp_path, text)])
    assert terms[:2] == (
        Term("本地", ("两高",), ("云泽两高清单",), ("台账",)),
        Term("", ("湖长",), ("云泽湖长制",), ()),
    )
    assert terms[2:] == load_terms()
    assert Thesaurus(terms).expand("两高")[0] == "云泽两高清单"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("不是JSON", "不是合法的 JSON：不是JSON"),
        ("[1, 2]", "是 list，不是对象"),
        ('{"say": ["甲乙"]}', "official 是 None"),
        ('{"say": "甲乙", "official": ["丙丁"]}', "say 是 '甲乙'"),
        ('{"say": ["甲乙"], "official": [""]}', "official 是 ['']"),
        ('{"say": [], "official": ["丙丁"]}', "say 是空列表"),
        ('{"say": ["甲乙"], "official": [3]}', "official 是 [3]"),
        ('{"say": ["甲乙"], "official": ["丙丁"], "offical": []}', "不认识的键 offical"),
        ('{"say": ["甲乙"], "official": ["丙丁"], "domain": 1}', "domain 是 1"),
    ],
)
def test_a_bad_row_is_named_with_file_and_line(tmp_path: Path, row: str, said: str) -> None:
    path = _file(tmp_path, '{"say": ["湖长"], "official": ["湖长制"]}\n\n' + row + "\n")
    with pytest.raises(LibraryError) as error:
        load_terms([path])
    assert "本地词表.jsonl 第 3 行" in str(error.value)
    assert said in str(error.value) and "应为" in str(error.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"没有\.jsonl"):
        load_terms([tmp_path / "没有.jsonl"])
    path = tmp_path / "国标.jsonl"
    path.write_bytes("词表".encode("gb18030"))
    with pytest.raises(LibraryError, match="UTF-8"):
        load_terms([path])


def test_the_rows_shown_in_the_documentation_can_be_read(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "lexicon.md"
    rows = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith('{"') and '"say"' in line]
    assert len(rows) == 3
    assert len(load_terms([_file(tmp_path, "\n".join(rows))])) == len(load_terms()) + 3
