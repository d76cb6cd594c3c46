"""The quick way against brute force, on real vectors."""

import json
from collections.abc import Iterator
from pathlib import Path

import faiss
import numpy as np
import pytest

from corpus.ingest import add_paths
from corpus.lexicon.terms import Thesaurus, load_terms
from corpus.store import Library
from index import faiss_index, fusion
from index.base import Vectors
from index.encoder import open_encoder
from index.faiss_index import FaissIndex
from index.search import Searcher
from index.shortlist import Shortlist
from tests.contract.vector_index import ids
from tests.shared import SEEDS, SHARED, needs_shared


def random_vectors(count: int, dim: int, seed: int) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """FAISS's threads wait for one another at every step of the small loops here: slow on a busy machine."""
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    yield
    faiss.omp_set_num_threads(threads)


@pytest.fixture
def condensed(monkeypatch: pytest.MonkeyPatch) -> FaissIndex:
    """400 vectors, the first 300 of them in the shortlist."""
    monkeypatch.setattr(faiss_index, "FULL_PRECISION", 100)
    index = FaissIndex(16, expected=400)
    index.upsert(np.arange(400, dtype=np.int64), random_vectors(400, 16, 0))
    index.condense(300)
    return index


def test_the_nearest_is_on_the_shortlist(condensed: FaissIndex) -> None:
    found = [n in condensed.likely(condensed.vectors(ids(n)), 10) for n in range(300)]
    assert np.mean(found) > 0.99
    assert len(condensed.likely(random_vectors(1, 16, 1), 10)) == 10


def test_only_what_is_allowed_is_likely(condensed: FaissIndex) -> None:
    near = condensed.likely(random_vectors(1, 16, 1), 10, np.arange(400) % 3 == 0)
    assert len(near) >= 5
    assert not (near % 3).any()


def test_where_little_is_allowed_all_of_it_is_scored(condensed: FaissIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faiss_index, "_DEEPEST", 20)
    assert sorted(condensed.likely(random_vectors(1, 16, 1), 3, np.isin(np.arange(400), [5, 350, 7]))) == [5, 7, 350]


def test_the_few_that_are_allowed_are_scored_without_the_others(condensed: FaissIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    query, allowed = random_vectors(1, 16, 1), np.arange(400) % 20 == 0
    nearest = condensed.search(query, 7, np.flatnonzero(allowed))[1][0]
    monkeypatch.setattr(condensed, "_shortlist", None)
    monkeypatch.setattr(condensed, "search", None)
    assert sorted(condensed.likely(query, 7, allowed)) == sorted(nearest)


def test_a_change_undoes_the_shortlist(condensed: FaissIndex) -> None:
    query = random_vectors(1, 16, 1)
    assert len(condensed.likely(query, 400)) == 300
    condensed.delete(ids(0))
    assert len(condensed.likely(query, 400)) == 399
    condensed.condense(300)
    condensed.upsert(ids(0), query)
    assert len(condensed.likely(query, 400)) == 400
    assert condensed.likely(query, 1).tolist() == [0]


def test_saved_and_loaded_with_its_shortlist(condensed: FaissIndex, tmp_path: Path) -> None:
    condensed.save(tmp_path / "vectors.faiss")
    query = random_vectors(1, 16, 1)
    loaded = FaissIndex.load(tmp_path / "vectors.faiss")
    np.testing.assert_array_equal(loaded.likely(query, 10), condensed.likely(query, 10))
    loaded.delete(ids(1))
    assert loaded.count() == 399
    assert condensed.count() == 400


def test_few_vectors_have_no_shortlist(tmp_path: Path) -> None:
    index = FaissIndex(16)
    index.upsert(np.arange(50, dtype=np.int64), random_vectors(50, 16, 0))
    index.condense(50)
    index.save(tmp_path / "vectors.faiss")
    assert [path.name for path in tmp_path.iterdir()] == ["vectors.faiss"]


def test_a_file_that_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / "bad").write_bytes(b"no index")
    with pytest.raises(ValueError, match="not a FAISS index"):
        Shortlist.load(tmp_path / "bad")


def test_a_dimension_that_is_odd() -> None:
    rows = random_vectors(200, 7, 0)
    short = Shortlist.of(7, 200, lambda places: rows[places])
    assert np.mean([n in short.search(rows[n : n + 1], 20)[0] for n in range(200)]) > 0.95


@needs_shared
def test_of_many_real_vectors_the_true_nearest_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faiss_index, "FULL_PRECISION", 100)
    lines = (SHARED / "questions" / "written.jsonl").read_text(encoding="utf-8").splitlines()[:2000]
    rows = open_encoder("builtin").encode_passages([json.loads(line)["query"] for line in lines])
    index = FaissIndex(rows.shape[1], expected=len(rows))
    index.upsert(np.arange(len(rows), dtype=np.int64), rows)
    index.condense(len(rows))
    asked = rows[::100]
    _, nearest = index.search(asked, 20)
    found = [len(np.intersect1d(index.likely(query[None], 100), near)) for query, near in zip(asked, nearest, strict=True)]
    assert np.mean(found) / 20 >= 0.99


@needs_shared
def test_the_first_ten_are_those_of_a_search_through_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plans, with candidates as scarce as in a library a thousand times as large, against every clause scored."""
    library, encoder, thesaurus = Library(tmp_path), open_encoder("builtin"), Thesaurus(load_terms())
    list(add_paths(library, [SEEDS]))
    lines = (SHARED / "gold" / "find.dev.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines][:30]
    monkeypatch.setattr(faiss_index, "FULL_PRECISION", 100)
    monkeypatch.setattr(fusion, "DEPTH", 25)
    searcher = Searcher.open(library, encoder, thesaurus)
    assert (searcher.snapshot().folder / "vectors.shortlist").is_file()
    quick = [[hit.clause for hit in searcher.search(question)] for question in asked]
    monkeypatch.setattr(fusion, "DEPTH", 10_000)
    whole = [[hit.clause for hit in searcher.search(question)] for question in asked]
    share = np.mean([len(set(a) & set(b)) / len(b) for a, b in zip(quick, whole, strict=True)])
    assert share >= 0.99
    library.close()
