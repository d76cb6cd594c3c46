from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import index
from corpus.errors import IndexStateError, QueryError
from corpus.lexicon.terms import Term, Thesaurus
from corpus.store import Library
from index import fusion
from index.base import Hit, Place, Scope
from index.build import build, ensure, index_root
from index.search import MAX_QUERY, Searcher
from tests.fakes import FakeEncoder, open_library, store

TERMS = Thesaurus([Term("", ("种树",), ("植树造林",), ())])


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = open_library(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def searcher(library: Library) -> Searcher:
    return Searcher.open(library, FakeEncoder(), TERMS)


def ids(hits: list[Hit]) -> list[str]:
    return [hit.clause for hit in hits]


def quote(library: Library, hit: Hit) -> str:
    return library.document(hit.document).text[hit.start : hit.end]


def test_public_names() -> None:
    assert all(hasattr(index, name) for name in index.__all__)


def test_the_clause_that_speaks_of_it_comes_first_with_its_sentence(library: Library, searcher: Searcher) -> None:
    first = searcher.search("废气处理")[0]
    assert first.clause == "a:二"
    assert quote(library, first) == "收集废气并处理。"
    assert first.document == "a"


def test_scores_and_reasons_by_hand(searcher: Searcher) -> None:
    first, *others = searcher.search("废气处理")
    assert first.score == 1.0  # best of both lists
    assert first.why.words == ("废气", "处理")
    assert (first.why.bm25_rank, first.why.dense_rank) == (1, 1)
    assert first.why.cosine == pytest.approx(1.0)  # passage and best sentence speak of 气 alone
    assert all(hit.why.cosine == 0 and hit.why.dense_rank is None for hit in others)


def test_words_of_the_thesaurus_are_looked_for_too(library: Library, searcher: Searcher) -> None:
    first = searcher.search("种树")[0]
    assert (first.clause, quote(library, first)) == ("b:二", "植树造林。")
    assert first.why.words == ("植树造林",)
    without = Searcher.open(library, FakeEncoder(), Thesaurus([]))
    assert without.search("种树")[0].why.words == ()


@pytest.mark.parametrize("query", ["松陵市节约用水", "松陵 节约用水", "节约用水，松陵的"])
def test_a_named_place_comes_first_and_the_others_follow(searcher: Searcher, query: str) -> None:
    hits = searcher.search(query)
    assert [h.document for h in hits] == ["b"] * 3 + ["a"] * 3
    assert (hits[0].clause, hits[0].score) == ("b:一", 1.0)
    assert all(-4 <= h.score <= -2 for h in hits[3:])
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert "松陵" not in "".join(hits[0].why.words)


@pytest.mark.parametrize("asked", ["浪费降几个百分点", "浪费降百分之几", "浪费降多少", "浪费降多少个百分点"])
def test_what_stands_for_a_figure_is_not_looked_for(tmp_path: Path, asked: str) -> None:
    library = Library(tmp_path)
    store(library, "a", None, [("一", "目标", "比重提高3个百分点，达到百分之几十，多少不等。"), ("二", "目标", "浪费下降10%。")])
    hits = Searcher.open(library, FakeEncoder(), TERMS).search(asked)
    assert ids(hits)[0] == "a:二" and hits[0].why.words == ("浪费",)
    assert "个百分点" not in hits[1].why.words and hits[1].why.bm25 == 0
    library.close()


def test_a_question_of_nothing_but_a_figure_looks_for_it(searcher: Searcher) -> None:
    assert searcher.search("多少") and searcher.search("几个百分点")


def test_the_name_of_the_place_is_not_looked_for_in_its_own_plan(library: Library) -> None:
    about = "临溪市位于临溪之滨，临溪市下辖三镇，临溪因溪得名。"
    store(library, "c", "临溪市", [("一", "概况", about), ("二", "其他", "年底考核，奖先进。")])
    hits = Searcher.open(library, FakeEncoder(), TERMS).search("临溪市奖励", 2)
    assert ids(hits) == ["c:二", "c:一"]


def test_a_place_the_library_does_not_have_changes_no_order(searcher: Searcher) -> None:
    assert {h.document for h in searcher.search("临溪市节约用水", 2)} == {"a", "b"}


@pytest.mark.parametrize(
    ("scope", "documents"),
    [
        (Scope(), {"a", "b"}),
        (Scope(documents=frozenset({"a"})), {"a"}),
        (Scope(regions=frozenset({"松陵市"})), {"b"}),
        (Scope(frozenset({"a"}), frozenset({"松陵市"})), set()),
        (Scope(documents=frozenset({"unknown"})), set()),
    ],
)
def test_scope_is_a_hard_limit(searcher: Searcher, scope: Scope, documents: set[str]) -> None:
    for query in ("节约用水", "云泽市节约用水"):
        assert {h.document for h in searcher.search(query, 10, scope)} == documents


def test_a_scope_of_all_documents_is_no_other_scope(searcher: Searcher, library: Library) -> None:
    snapshot, revisions = searcher.snapshot(), library.revisions()
    everything = snapshot.mask(Scope(), revisions)
    assert everything.all()
    assert snapshot.mask(Scope(documents=frozenset({"a", "b", "unknown"})), revisions) is everything
    one = snapshot.mask(Scope(documents=frozenset({"a"})), revisions)
    for mask in (everything, one):
        np.testing.assert_array_equal(snapshot.inside(mask), snapshot.layout.inside(mask))


@pytest.mark.parametrize(("k", "count"), [(1, 1), (4, 4), (6, 6), (1000, 6)])
def test_up_to_k_hits(searcher: Searcher, k: int, count: int) -> None:
    hits = searcher.search("节约用水", k)
    assert len(set(ids(hits))) == len(hits) == count
    assert ids(hits) == ids(searcher.search("节约用水", 1000))[:k]


def test_equal_texts_are_ordered_by_clause_id(tmp_path: Path) -> None:
    library = Library(tmp_path)
    for id in ("m", "c", "x", "a"):
        store(library, id, None, [("二", "水", "节约用水。"), ("一", "水", "节约用水。")])
    hits = Searcher.open(library, FakeEncoder(), TERMS).search("节约用水")
    assert len({h.score for h in hits}) == 1
    assert ids(hits) == sorted(ids(hits))


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[Searcher]:
    """Three cities with one sentence, each with its own name in it, and a fourth that says something near."""
    library = Library(tmp_path / "copies")
    for id, region in (("a", "云泽市"), ("b", "松陵市"), ("c", "临溪市")):
        store(library, id, region, [("一", "用水", f"{region}节约用水，推行分质供水。"), ("二", "其他", "年底考核，奖先进。")])
    store(library, "d", "砚溪市", [("一", "用水", "节约用水，推行阶梯水价。")])
    yield Searcher.open(library, FakeEncoder(), TERMS)
    library.close()


def test_distinct_hits_name_their_copies(copies: Searcher) -> None:
    hits = copies.search("分质供水节约用水", 2, distinct=True)
    assert ids(hits) == ["a:一", "d:一"]
    assert hits[0].also == (Place("b:一", "b"), Place("c:一", "c"))
    assert hits[1].also == ()
    assert ids(copies.search("分质供水节约用水", 3)) == ["a:一", "b:一", "c:一"]
    assert all(hit.also == () for hit in copies.search("分质供水节约用水"))


def test_distinct_across_the_places_named(copies: Searcher) -> None:
    hits = copies.search("松陵市分质供水节约用水", 10, distinct=True)
    assert ids(hits)[0] == "b:一"
    assert not {"a:一", "c:一"} & set(ids(hits))


def test_copies_outside_the_scope_are_not_named(copies: Searcher) -> None:
    (first,) = copies.search("分质供水", 1, Scope(documents=frozenset({"b", "c"})), distinct=True)
    assert (first.clause, first.also) == ("b:一", (Place("c:一", "c"),))


def test_a_library_larger_than_the_depth_gives_the_same_answer(
    library: Library, searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The candidates are found by both sides first; with two of each side the best are still the best."""
    best = ids(searcher.search("废气处理", 1)) + ids(searcher.search("植树", 1))
    monkeypatch.setattr(fusion, "DEPTH", 2)
    assert ids(searcher.search("废气处理", 1)) + ids(searcher.search("植树", 1)) == best
    assert searcher.search("植树", 1, Scope(documents=frozenset({"a"})))[0].document == "a"


def test_what_only_one_side_finds_is_a_candidate(searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """BM25 has the clause on 考核 first; the encoder knows 水 alone, and weighs more."""
    monkeypatch.setattr(fusion, "DEPTH", 1)
    first = searcher.search("考核水", 1)[0]
    assert first.clause.endswith(":一")
    assert first.why.dense_rank == 1


def test_a_removed_document_is_gone_at_once(library: Library, searcher: Searcher) -> None:
    searcher.search("废气")
    library.remove("a")
    assert {h.document for h in searcher.search("废气")} == {"b"}


def test_a_document_read_anew_is_left_out_until_it_is_indexed(library: Library, searcher: Searcher) -> None:
    store(library, "a", "云泽市", [("一", "别的事", "另有规定。")])
    assert {h.document for h in searcher.search("废气")} == {"b"}
    ensure(library, FakeEncoder())
    assert "a:一" in ids(searcher.search("另有规定"))


def test_a_new_index_is_picked_up(library: Library, searcher: Searcher) -> None:
    searcher.search("废气")
    store(library, "c", "临溪市", [("一", "气的事", "监测废气。")])
    assert "c:一" not in ids(searcher.search("废气"))
    build(library, FakeEncoder())
    assert "c:一" in ids(searcher.search("废气"))


def test_an_index_by_another_encoder_is_refused(library: Library, searcher: Searcher) -> None:
    searcher.search("废气")
    build(library, FakeEncoder("水气"))
    with pytest.raises(IndexStateError, match="请运行"):
        searcher.search("废气")


def test_without_an_index(library: Library) -> None:
    with pytest.raises(IndexStateError, match=r"尚未建立索引.*policy index --rebuild"):
        Searcher(library, FakeEncoder(), TERMS).search("废气")


def test_a_damaged_index_is_an_error_not_an_empty_result(library: Library, searcher: Searcher) -> None:
    for path in index_root(library).rglob("layout.json"):
        path.write_text("[" + " " * (path.stat().st_size - 1), encoding="utf-8")
    with pytest.raises(IndexStateError, match="索引已损坏"):
        searcher.search("废气")


def test_an_empty_library_finds_nothing(tmp_path: Path) -> None:
    assert Searcher.open(Library(tmp_path), FakeEncoder(), TERMS).search("废气") == []


@pytest.mark.parametrize("query", ["", "  \n", "？？！", "水" * (MAX_QUERY + 1)], ids=["empty", "blank", "marks", "long"])
def test_a_question_that_cannot_be_taken(searcher: Searcher, query: str) -> None:
    with pytest.raises(QueryError):
        searcher.search(query)


def test_k_must_be_positive(searcher: Searcher) -> None:
    with pytest.raises(ValueError, match="k must be"):
        searcher.search("废气", 0)


def test_a_question_of_nothing_but_a_place(searcher: Searcher) -> None:
    assert {h.document for h in searcher.search("松陵市", 3)} == {"b"}


def test_a_question_without_a_known_word_still_gives_an_order(searcher: Searcher) -> None:
    hits = searcher.search("zzz")
    assert ids(hits) == sorted(ids(hits))
    assert {(h.score, h.why.bm25_rank, h.why.words) for h in hits} == {(0.0, None, ())}


@given(st.text(alphabet="水气电林云泽松陵市节约用，？ a1", min_size=1, max_size=20), st.integers(1, 8))
@settings(deadline=None, max_examples=60)
def test_any_question_gives_a_total_order_and_true_extents(query: str, k: int) -> None:
    library, searcher = shared()
    try:
        hits = searcher.search(query, k)
    except QueryError:
        assert not any(c.isalnum() for c in query)
        return
    assert hits == searcher.search(query, k)
    keys = [(-h.score, h.clause) for h in hits]
    assert keys == sorted(keys)
    clauses = {c.id: c for c in library.clauses()}
    for hit in hits:
        clause = clauses[hit.clause]
        assert clause.start <= hit.start < hit.end <= clause.end
        assert quote(library, hit) == quote(library, hit).strip()
        assert all(word in clause.text.lower() for word in hit.why.words)


def shared() -> tuple[Library, Searcher]:
    return _SHARED[0]


_SHARED: list[tuple[Library, Searcher]] = []


@pytest.fixture(scope="module", autouse=True)
def _library_of_the_property_test(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    library = open_library(tmp_path_factory.mktemp("library"))
    _SHARED.append((library, Searcher.open(library, FakeEncoder(), TERMS)))
    yield
    _SHARED.pop()
    library.close()
