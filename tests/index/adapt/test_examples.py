"""What the encoder learns from: what is learnt is never measured with, and no pair gives its answer away."""

from pathlib import Path

import pytest

from corpus.lexicon.terms import Term
from corpus.store import Library
from corpus.types import Mark
from index.adapt.examples import cloze_examples, heading_example, is_held, mark_examples, term_examples
from index.adapt.material import gather
from tests.fakes import open_library, store
from tests.index.adapt.invented import CLAUSES, open_invented


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return open_library(tmp_path)


def test_a_sentence_is_asked_against_the_rest_of_its_passage(tmp_path: Path) -> None:
    library = Library(tmp_path)
    store(
        library,
        "c",
        "云泽市",
        [("一", "水的事", "治理并保护水源地。节约用水。提高水的利用率。"), ("二", "电的事", "节约用电，错峰用电。")],
    )
    document = library.document("c")
    (cuts,) = cloze_examples(document, library.clause("c", "c:一"))
    assert [(cut.query, cut.passage.split()) for cut in cuts] == [
        ("治理并保护水源地。", ["云泽市", "工作方案", "水的事", "节约用水。提高水的利用率。"]),
        ("提高水的利用率。", ["云泽市", "工作方案", "水的事", "治理并保护水源地。节约用水。"]),
    ], "节约用水。 is too short to ask with"
    assert list(cloze_examples(document, library.clause("c", "c:二"))) == [], "a single sentence has no rest"


def test_a_heading_is_asked_against_the_words_below_it(tmp_path: Path) -> None:
    library = Library(tmp_path)
    store(
        library, "c", "云泽市", [("一", "公共机构节能行动", "推行合同能源管理。"), ("二", "公共机构节能行动", "制定能耗定额。")]
    )
    document = library.document("c")
    first, second = (heading_example(document, clause) for clause in library.clauses("c"))
    assert first and second and first.query == "公共机构节能行动" and "公共机构" not in first.passage
    assert first.passage.startswith("云泽市 工作方案") and "合同能源管理" in first.passage
    assert first.group == second.group and first.of != second.of
    assert heading_example(library.document("c"), open_library(tmp_path / "x").clause("a", "a:三")) is None


def test_what_is_kept_aside_is_never_learnt(tmp_path: Path) -> None:
    library = open_invented(tmp_path)
    questions = [f"第{n}项怎么办" for n in range(30)]
    marks = [Mark(n, question, f"d{n % 10}:{n}", good=True) for n, question in enumerate(questions)]
    material = gather(library, (), (), marks)
    held = {f"d{n % 10}:{n}" for n in range(CLAUSES) if is_held(f"d{n % 10}:{n}")}
    assert 20 < len(held) < 60
    cloze = [example for example in material.learnt if example.kind in ("cloze", "heading")]
    assert {example.of for example in cloze} & held == set() and len(material.cloze.queries) == len(held)
    texts = {example.passage for example in material.learnt} | {example.query for example in material.learnt}
    assert texts.isdisjoint(material.cloze.queries) and texts.isdisjoint(material.mark.queries)
    assert set(material.mark.queries) == {question for question in questions if is_held(question)} != set()


def test_every_query_kept_aside_has_an_answer_that_does_not_hold_it(tmp_path: Path) -> None:
    material = gather(open_invented(tmp_path), (), (), ())
    for trial in (material.cloze, material.heading):
        for query, wanted in zip(trial.queries, trial.wanted, strict=True):
            assert wanted and all(query not in trial.pool[place] for place in wanted)
    assert all(sum(query in text for text in material.cloze.pool) == 0 for query in material.cloze.queries)


def test_marks_become_questions_with_right_and_wrong_clauses(library: Library) -> None:
    marks = [
        Mark(1, "云泽市怎么省水", "a:一", good=True),
        Mark(2, "云泽市怎么省水", "b:二", good=False),
        Mark(3, "谁来考核", "b:二", good=False),
        Mark(4, "谁来考核", "gone:一", good=True),
    ]
    made = list(mark_examples(library, marks))
    right = [example for example in made if example.of == "云泽市怎么省水"]
    assert {example.group for example in right} == {"a:一"} and all("治水" in e.passage or "用水" in e.passage for e in right)
    assert all("林" in example.against for example in made) and len({e.passage for e in right}) >= 2
    assert {example.query.strip() for example in right} == {"怎么省水"}, (
        "a question is learnt as it is searched: without the place"
    )
    own = [example for example in made if example.of == "谁来考核"]
    assert own and all(example.passage == example.query for example in own), "wrong clauses alone: held to itself"


def test_rows_of_the_thesaurus_are_learnt_word_by_word() -> None:
    (first, second) = term_examples([Term("", ("臭气", "废气"), ("挥发性有机物",), ("涂装",))])
    assert (first.query, second.query) == ("臭气", "废气") and first.passage == second.passage == "挥发性有机物 涂装"
