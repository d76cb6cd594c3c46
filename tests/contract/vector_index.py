"""What every VectorIndex does, compared with brute force. A backend's tests subclass `VectorIndexContract`.

class TestMine(VectorIndexContract):
    @pytest.fixture
    def make(self):
        return lambda dim: MyIndex(dim)
"""

from collections.abc import Callable

import numpy as np
import pytest

from index.base import Ids, VectorIndex, Vectors

Make = Callable[[int], VectorIndex]


class BruteForce:
    """The oracle: a dictionary, and a full sort for every question."""

    def __init__(self) -> None:
        self.rows: dict[int, Vectors] = {}

    def upsert(self, ids: Ids, vectors: Vectors) -> None:
        self.rows.update(zip(ids.tolist(), vectors, strict=True))

    def delete(self, ids: Ids) -> None:
        for one in ids.tolist():
            self.rows.pop(one, None)

    def search(self, vectors: Vectors, k: int, allowed: Ids | None = None) -> list[list[tuple[float, int]]]:
        kept = [one for one in self.rows if allowed is None or one in set(allowed.tolist())]
        return [
            sorted(((float(query @ self.rows[one]), one) for one in kept), key=lambda pair: (-pair[0], pair[1]))[:k]
            for query in vectors
        ]


def ids(*numbers: int) -> Ids:
    return np.array(numbers, np.int64)


def grid_vectors(n: int, dim: int, seed: int) -> Vectors:
    """Rows of halves and zeros: inner products are exact, and ties are many."""
    return (np.random.default_rng(seed).integers(-2, 3, (n, dim)) / 2).astype(np.float32)


def same(found: tuple[Vectors, Ids], expected: list[list[tuple[float, int]]]) -> None:
    scores, numbers = found
    assert scores.dtype == np.float32
    assert numbers.dtype == np.int64
    assert numbers.tolist() == [[one for _, one in row] for row in expected]
    np.testing.assert_allclose(scores, [[score for score, _ in row] for row in expected], atol=1e-6)


class VectorIndexContract:
    """Inherit, give `make`, and every promise of the protocol is tested."""

    DIM = 8

    def filled(self, make: Make, n: int, seed: int = 0) -> tuple[VectorIndex, BruteForce]:
        index, oracle = make(self.DIM), BruteForce()
        numbers = np.random.default_rng(seed + 1).permutation(n).astype(np.int64) * 7
        vectors = grid_vectors(n, self.DIM, seed)
        index.upsert(numbers, vectors)
        oracle.upsert(numbers, vectors)
        return index, oracle

    @pytest.mark.parametrize("k", [1, 3, 10, 49, 50, 51, 1000])
    def test_agrees_with_brute_force_whatever_k(self, make: Make, k: int) -> None:
        index, oracle = self.filled(make, 50)
        queries = grid_vectors(5, self.DIM, 99)
        same(index.search(queries, k), oracle.search(queries, k))

    @pytest.mark.parametrize("seed", range(5))
    def test_ties_are_broken_by_id_at_the_last_place_too(self, make: Make, seed: int) -> None:
        index, oracle = make(2), BruteForce()
        numbers = np.random.default_rng(seed).permutation(40).astype(np.int64)
        vectors = np.array([[1, 0]] * 30 + [[0, 1]] * 10, np.float32)
        index.upsert(numbers, vectors)
        oracle.upsert(numbers, vectors)
        query = np.array([[1, 0]], np.float32)
        for k in (1, 7, 29, 31, 40):
            same(index.search(query, k), oracle.search(query, k))

    def test_empty(self, make: Make) -> None:
        index = make(self.DIM)
        scores, found = index.search(grid_vectors(3, self.DIM, 0), 5)
        assert (index.count(), scores.shape, found.shape) == (0, (3, 0), (3, 0))
        index.delete(ids(1, 2))
        index.upsert(ids(), np.zeros((0, self.DIM), np.float32))
        assert index.count() == 0

    def test_upsert_replaces(self, make: Make) -> None:
        index, oracle = self.filled(make, 20)
        again = np.array(list(oracle.rows)[:6], np.int64)
        for step in (1, 2):
            vectors = grid_vectors(len(again), self.DIM, 50 + step)
            index.upsert(again, vectors)
            oracle.upsert(again, vectors)
        assert index.count() == 20
        queries = grid_vectors(4, self.DIM, 3)
        same(index.search(queries, 20), oracle.search(queries, 20))

    def test_of_an_id_given_twice_the_last_vector_counts(self, make: Make) -> None:
        index = make(2)
        index.upsert(ids(5, 5), np.array([[1, 0], [0, 1]], np.float32))
        scores, found = index.search(np.array([[0, 1]], np.float32), 5)
        assert (index.count(), scores.tolist(), found.tolist()) == (1, [[1.0]], [[5]])

    def test_delete_and_insert_again(self, make: Make) -> None:
        index, oracle = self.filled(make, 30)
        gone = np.array([*list(oracle.rows)[::3], 123456], np.int64)
        index.delete(gone)
        oracle.delete(gone)
        queries = grid_vectors(4, self.DIM, 4)
        assert index.count() == 20
        same(index.search(queries, 30), oracle.search(queries, 30))
        back = gone[:4]
        vectors = grid_vectors(4, self.DIM, 77)
        index.upsert(back, vectors)
        oracle.upsert(back, vectors)
        assert index.count() == 24
        same(index.search(queries, 30), oracle.search(queries, 30))

    def test_delete_everything(self, make: Make) -> None:
        index, oracle = self.filled(make, 10)
        index.delete(np.array(list(oracle.rows), np.int64))
        assert index.count() == 0
        assert index.search(grid_vectors(1, self.DIM, 0), 3)[1].shape == (1, 0)

    @pytest.mark.parametrize("k", [1, 5, 12, 100])
    def test_allowed_limits_the_ids(self, make: Make, k: int) -> None:
        index, oracle = self.filled(make, 50)
        allowed = np.array([*list(oracle.rows)[::4], 999999], np.int64)
        queries = grid_vectors(5, self.DIM, 5)
        same(index.search(queries, k, allowed), oracle.search(queries, k, allowed))

    def test_nothing_allowed(self, make: Make) -> None:
        index, _ = self.filled(make, 10)
        assert index.search(grid_vectors(2, self.DIM, 0), 3, ids())[1].shape == (2, 0)
        assert index.search(grid_vectors(2, self.DIM, 0), 3, ids(999999))[1].shape == (2, 0)

    def test_scores_are_inner_products_best_first(self, make: Make) -> None:
        index = make(2)
        index.upsert(ids(1, 2, 3), np.array([[1, 0], [0.5, 0.75], [-1, 0]], np.float32))
        scores, found = index.search(np.array([[1, 0]], np.float32), 3)
        assert found.tolist() == [[1, 2, 3]]
        np.testing.assert_allclose(scores, [[1.0, 0.5, -1.0]], atol=1e-6)

    @pytest.mark.parametrize("k", [0, -1])
    def test_k_must_be_positive(self, make: Make, k: int) -> None:
        index, _ = self.filled(make, 3)
        with pytest.raises(ValueError, match="k must be"):
            index.search(grid_vectors(1, self.DIM, 0), k)

    def test_shapes_must_fit(self, make: Make) -> None:
        index = make(self.DIM)
        with pytest.raises(ValueError, match="shape"):
            index.upsert(ids(1), np.zeros((1, self.DIM + 1), np.float32))
        with pytest.raises(ValueError, match="shape"):
            index.upsert(ids(1, 2), np.zeros((1, self.DIM), np.float32))
