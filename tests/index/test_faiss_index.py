from pathlib import Path

import numpy as np
import pytest

from index import faiss_index
from index.faiss_index import FaissIndex, widened
from tests.contract.vector_index import Make, VectorIndexContract, grid_vectors, ids


class TestFaiss(VectorIndexContract):
    @pytest.fixture
    def make(self) -> Make:
        return FaissIndex


class TestFaissHalfPrecision(VectorIndexContract):
    """What holds many vectors: the grid's halves are exact in float16 too."""

    @pytest.fixture
    def make(self, monkeypatch: pytest.MonkeyPatch) -> Make:
        monkeypatch.setattr(faiss_index, "FULL_PRECISION", -1)
        return FaissIndex


def test_many_vectors_are_kept_in_half_the_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faiss_index, "FULL_PRECISION", 100)
    sizes = []
    for expected in (100, 101):
        index = FaissIndex(256, expected=expected)
        index.upsert(np.arange(100, dtype=np.int64), grid_vectors(100, 256, 0))
        index.save(tmp_path / "vectors")
        sizes.append((tmp_path / "vectors").stat().st_size)
    assert 0.45 < sizes[1] / sizes[0] < 0.55


@pytest.mark.parametrize("limit", [10**6, -1])
def test_saved_and_loaded_it_is_the_same_and_can_be_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    monkeypatch.setattr(faiss_index, "FULL_PRECISION", limit)
    index = FaissIndex(8)
    index.upsert(np.arange(30, dtype=np.int64) * 3, grid_vectors(30, 8, 0))
    index.save(tmp_path / "vectors")
    loaded = FaissIndex.load(tmp_path / "vectors")
    queries = grid_vectors(4, 8, 1)
    for ours, theirs in zip(index.search(queries, 30), loaded.search(queries, 30), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    np.testing.assert_array_equal(loaded.vectors(ids(27, 0)), grid_vectors(30, 8, 0)[[9, 0]])
    loaded.delete(ids(0, 3))
    assert (loaded.count(), sorted(loaded.ids())[:2]) == (28, [6, 9])


@pytest.mark.parametrize("limit", [10**6, -1])
@pytest.mark.parametrize("numbers", [range(600), range(0, 1800, 3), range(599, -1, -1)], ids=["built", "others", "backwards"])
def test_what_a_file_holds_is_read_as_what_was_put_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, numbers: range
) -> None:
    monkeypatch.setattr(faiss_index, "FULL_PRECISION", limit)
    index, rows, query = FaissIndex(8), grid_vectors(600, 8, 0), grid_vectors(1, 8, 1)
    index.upsert(ids(*numbers), rows)
    index.save(tmp_path / "vectors")
    loaded = FaissIndex.load(tmp_path / "vectors")
    asked = np.random.default_rng(2).permutation(600)
    for one in (index, loaded):
        np.testing.assert_array_equal(one.vectors(ids(*numbers)[asked]), rows[asked])
        np.testing.assert_array_equal(one.products(ids(*numbers)[asked], query), rows[asked] @ query[0])
    loaded.upsert(ids(numbers[7]), query)
    np.testing.assert_array_equal(loaded.vectors(ids(numbers[7], numbers[8])), [query[0], rows[8]])


def test_every_half_is_widened_to_the_same_number() -> None:
    halves = np.arange(2**16, dtype=np.uint16).view(np.float16)
    halves = halves[np.isfinite(halves)]
    np.testing.assert_array_equal(widened(halves).view(np.uint32), halves.astype(np.float32).view(np.uint32))


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad").write_bytes(b"not an index at all")
    with pytest.raises(ValueError, match="not a FAISS index"):
        FaissIndex.load(tmp_path / "bad")
    with pytest.raises(FileNotFoundError):
        FaissIndex.load(tmp_path / "missing")


def test_no_vector_asked_for_gives_none() -> None:
    assert FaissIndex(8).vectors(ids()).shape == (0, 8)
