"""Reading the training data: archives, laws, reports, questions; what is held out is never drawn."""

import io
import json
import tarfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import EncoderError
from corpus.lexicon.terms import Term, load_terms
from index.builtin.features import Vocabulary, count_features
from index.training.bank import digest, read_bank
from index.training.material import Material, held_term, missing_files, read_material
from index.training.sampling import Mixture, Sampler
from index.training.texts import Passage, read_laws, read_members, read_reports, split_articles, split_report

LAW = """# 青岚市河道管理条例

<!-- INFO END -->

## 第一章 总则

第一条 为了加强河道管理，保障防洪安全，制定本条例。

第二条 市水务部门负责河道清淤；镇人民政府负责日常保洁。
有关部门予以配合。

## 第二章 附则

本章说明。

第三条之一 本条例自公布之日起施行，原办法同时废止。

第四条 （删去）
"""
TERMS = (Term("", ("脏水",), ("污水", "废水"), ("排放",)), Term("", ("灰尘",), ("扬尘",), ()))
REPORT = """青岚市政府工作报告
各位代表：
一、生态环境
持续开展扬尘管控和裸土覆盖，建成区道路机械化清扫率达到百分之九十以上；完成重点企业深度治理，空气质量优良天数继续增加。
二、民生保障
新增普惠托位，扩大老年助餐服务覆盖面，提高城乡居民基本医疗保险待遇水平，办好群众身边的实事。
"""
REPORTED = REPORT.splitlines()[3]


def write_archive(path: Path, files: Mapping[str, str]) -> None:
    """A .tar.xz of text files."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:xz") as tar:
        for name, text in files.items():
            content = text.encode()
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))


def question(query: str, text: str, number: int = 0) -> dict[str, object]:
    """A row of either question file."""
    return {"query": query, "relevant": [{"id": number, "article": "某法", "text": text}]}


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A small folder of shared data: one law in two versions, one report, questions of the three kinds."""
    old = LAW.replace("市水务部门", "市水利局")
    laws = {"b/青岚市河道管理条例(2020-01-01).md": LAW, "a/青岚市河道管理条例(2010-01-01).md": old}
    write_archive(tmp_path / "laws/laws.tar.xz", {**laws, "_index.md": LAW, "案例/判决.md": LAW})
    write_archive(tmp_path / "reports/reports.tar.xz", {"青岚.txt": REPORT})
    second = "市水务部门负责河道清淤；镇人民政府负责日常保洁。\n有关部门予以配合。"
    rows = {
        "stard/queries.dev.jsonl": [question(f"谁来清淤第{n}问", second) for n in range(7)],
        "questions/written.jsonl": [question(f"河里脏了找谁{n}", "另一条规定保洁责任。", n) for n in (5, 6, 18)],
        "bank/own.jsonl": [
            {"id": f"own-{n}", "register": "work", "query": query, "article": "青岚市政府工作报告", "digest": digest(text)}
            for n, (query, text) in enumerate([("扬尘管控 机械化清扫率", REPORTED), ("清淤归谁", second)])
        ],
    }
    for name, values in rows.items():
        (tmp_path / name).parent.mkdir()
        lines = (json.dumps(value, ensure_ascii=False) for value in values)
        (tmp_path / name).write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path


def test_articles_of_a_law() -> None:
    assert split_articles(LAW) == [
        ("第一条", "为了加强河道管理，保障防洪安全，制定本条例。\n"),
        ("第二条", "市水务部门负责河道清淤；镇人民政府负责日常保洁。\n有关部门予以配合。\n"),
        ("第三条之一", "本条例自公布之日起施行，原办法同时废止。\n"),
        ("第四条", "（删去）"),
    ]


def test_only_the_newest_version_and_no_index_or_cases(shared: Path) -> None:
    laws = read_laws(shared / "laws/laws.tar.xz")
    assert [law.title for law in laws] == ["青岚市河道管理条例"] * 3
    assert "市水务部门" in laws[1].body and not any("市水利局" in law.body for law in laws)


def test_members_come_sorted_and_links_are_passed_over(tmp_path: Path) -> None:
    write_archive(tmp_path / "a.tar.xz", {"b.txt": "二", "a.txt": "一", "c.md": "三"})
    with tarfile.open(tmp_path / "l.tar", "w") as tar:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "../../secret.txt"
        tar.addfile(link)
    assert [text for _, text in read_members(tmp_path / "a.tar.xz", ".txt")] == ["一", "二"]
    assert list(read_members(tmp_path / "l.tar", ".txt")) == []


def test_report_passages_keep_their_heading(shared: Path) -> None:
    assert [p.title for p in read_reports(shared / "reports/reports.tar.xz")] == [
        "一、生态环境",
        "二、民生保障",
    ]


def test_long_paragraphs_are_cut_at_sentence_ends() -> None:
    sentence = "继" * 99 + "。"
    assert [len(p.body) for p in split_report("某市", sentence * 7)] == [300, 300, 100]
    assert next(split_report("某市", sentence)).title == "某市"


def test_questions_find_their_articles_and_new_ones_are_added(shared: Path) -> None:
    material = read(shared)
    assert material.searched == 5 and len(material.passages) == 7
    assert material.passages[3] == Passage("某法", "另一条规定保洁责任。")
    assert [q.wanted for q in material.questions["statute"]] == [(1,)] * 7
    assert [q.held for q in material.questions["statute"]] == [True, *[False] * 5, True]
    assert [(q.wanted, q.held) for q in material.questions["written"]] == [
        ((3,), False),
        ((3,), True),
        ((3,), True),
    ]
    assert material.passages[4] == Passage("青岚市政府工作报告", REPORTED)
    assert [(q.wanted, q.held) for q in material.questions["bank"]] == [((4,), True), ((1,), False)]


def test_a_question_of_the_bank_without_its_passage_is_named(shared: Path) -> None:
    row = {"id": "own-9", "register": "short", "query": "问", "article": "某条例", "digest": digest("别处的话。")}
    (shared / "bank/own.jsonl").write_text(json.dumps(row), "utf-8")
    with pytest.raises(EncoderError, match="own-9 所据的“某条例”不在训练数据中"):
        read(shared)


def test_a_digest_names_two_prints_of_one_text() -> None:
    assert digest("市水务部门负责，镇政府配合。") == digest(" 市水务部门负责,\n镇政府配合") != digest("市水务部门负责")


def test_a_share_of_the_bank_and_of_the_thesaurus_is_held_out() -> None:
    bank = read_bank()
    assert len({row.id for row in bank}) == len({row.query for row in bank}) == len(bank) >= 6000
    assert {row.register for row in bank} == {"everyday", "work", "short", "scenario"}
    assert 0.06 < sum(row.held for row in bank) / len(bank) < 0.11
    terms = load_terms()
    assert 0.06 < sum(map(held_term, terms)) / len(terms) < 0.11


def test_missing_files_are_named(shared: Path, tmp_path: Path) -> None:
    assert missing_files(shared) == []
    (shared / "stard/queries.dev.jsonl").unlink()
    assert missing_files(shared) == ["stard/queries.dev.jsonl"]


def vocabulary_of(material: Material) -> Vocabulary:
    """Every feature of the passages, questions and terms."""
    texts = [p.text for p in material.passages]
    texts += [q.query for questions in material.questions.values() for q in questions]
    texts += [word for term in material.terms for words in (term.say, term.official, term.related) for word in words]
    return count_features(texts, least=1)[0]


def read(folder: Path) -> Material:
    """The material of such a folder, with two terms."""
    return read_material(folder, folder / "bank", TERMS)


def sampler_of(material: Material, **mixture: float) -> Sampler:
    return Sampler(material, vocabulary_of(material), Mixture(batch=20, **mixture))


def test_batches_hold_the_four_kinds_in_their_shares(shared: Path) -> None:
    material = read(shared)
    batch = sampler_of(material, statute=0.1, written=0.3, terms=0.2, dropout=0).batch(np.random.default_rng(0))
    assert len(batch) == 20
    assert sum(pair.who < 0 for pair in batch) == 4
    assert sum(pair.who == 3 for pair in batch) == 2  # the added article has one sentence: no cloze from it
    assert sum(pair.who in (1, 3, 4) for pair in batch) >= 6  # the shared written questions and our own


def test_held_questions_are_never_drawn(shared: Path) -> None:
    material = read(shared)
    sampler = sampler_of(material, statute=0.5, written=0.5, terms=0, dropout=0)
    rng = np.random.default_rng(0)
    drawn = {tuple(pair.query.tolist()) for _ in range(30) for pair in sampler.batch(rng)}
    rows = vocabulary_of(material).rows
    asked = {tuple(rows(q.query)): q.held for kind in material.questions.values() for q in kind}
    assert drawn == {bag for bag, held in asked.items() if not held}


def test_cloze_takes_the_sentence_out_of_the_rest(shared: Path) -> None:
    material = read(shared)
    sampler = sampler_of(material, statute=0, written=0, terms=0, dropout=0)
    rng = np.random.default_rng(0)
    for _ in range(10):
        for pair in sampler.batch(rng):
            together = np.sort(np.concatenate([pair.query, pair.passage]))
            whole = np.sort(sampler.whole(pair.who))
            title = len(whole) - len(together)
            assert title == 0 or set(together) <= set(whole)
            assert len(together) <= len(whole) and len(pair.query) and len(pair.passage)


def test_dropout_leaves_features_out_but_never_all(shared: Path) -> None:
    material = read(shared)
    sampler = sampler_of(material, dropout=0.9)
    batch = sampler.batch(np.random.default_rng(0))
    assert all(len(pair.query) and len(pair.passage) for pair in batch)
    assert np.mean([len(pair.passage) for pair in batch]) < 15
