"""The steps of training against the definition of what they descend."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from index.adapt import fit as module
from index.adapt.examples import Example
from index.adapt.fit import Schedule, Table, fit, sides
from index.builtin.features import Vocabulary, feature_keys
from index.builtin.model import weigh

PLAIN = Schedule(dropout=0.0, scale=5.0)
EXAMPLES = (
    Example("mark", "节约用水", "治水护水", "a", "a", against="植树造林"),
    Example("mark", "节约用水用水", "保护水源", "b", "b"),
    Example("cloze", "收集废气", "处理废气", "c", "c"),
    Example("cloze", "减少废气", "收集并处理废气", "c", "c"),
)


def prepared(examples: Sequence[Example] = EXAMPLES) -> tuple[Vocabulary, Table]:
    texts = [text for e in examples for text in (e.query, e.passage, e.against)]
    vocabulary = Vocabulary(np.unique(feature_keys(texts)[0]))
    table = np.random.default_rng(3).standard_normal((len(vocabulary), 6)).astype(np.float32)
    return vocabulary, table


def loss(table: NDArray[np.floating], vocabulary: Vocabulary, examples: Sequence[Example], scale: float) -> float:
    """Mean cross-entropy of each query over all passages and all `against`, others of its own group left out."""

    def vectors(texts: Sequence[str]) -> NDArray[np.floating]:
        sums = weigh(vocabulary.bags(texts), len(vocabulary)) @ table.astype(np.float64)
        return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True))

    against = [e.against for e in examples if e.against]
    scores = scale * vectors([e.query for e in examples]) @ vectors([*(e.passage for e in examples), *against]).T
    total = 0.0
    for n, example in enumerate(examples):
        others = [m for m in range(len(scores[n])) if m >= len(examples) or m == n or examples[m].group != example.group]
        total += np.log(np.exp(scores[n, others]).sum()) - scores[n, n]
    return total / len(examples)


def test_the_gradient_is_that_of_the_loss() -> None:
    vocabulary, table = prepared()
    given, used = sides(EXAMPLES, vocabulary)
    assert list(used) == list(range(len(vocabulary)))
    rows, gradient = module._gradient(table, given, np.arange(len(EXAMPLES)), PLAIN, np.random.default_rng(0))
    for n in range(0, len(rows), 3):
        for column in (0, 5):
            moved = np.zeros(table.shape)
            moved[rows[n], column] = 1e-4
            up, down = (loss((table + sign * moved).astype(np.float64), vocabulary, EXAMPLES, PLAIN.scale) for sign in (1, -1))
            assert gradient[n, column] == pytest.approx((up - down) / 2e-4, abs=2e-4)


def test_training_lowers_the_loss_and_repeats_itself() -> None:
    vocabulary, table = prepared()
    given, _ = sides(EXAMPLES, vocabulary)
    schedule = Schedule(steps=30, batch=64, rate=0.05, kept=1.0, seed=1)
    steps: list[tuple[int, int]] = []
    adapted = fit(table, EXAMPLES, given, schedule, lambda done, total: steps.append((done, total)))
    assert loss(adapted, vocabulary, EXAMPLES, 20.0) < 0.5 * loss(table, vocabulary, EXAMPLES, 20.0)
    assert steps == [(n, 30) for n in range(1, 31)]
    again = fit(table, EXAMPLES, given, schedule, lambda done, total: None)
    assert np.array_equal(adapted, again)


def test_only_a_part_of_the_change_is_kept() -> None:
    vocabulary, table = prepared()
    given, _ = sides(EXAMPLES, vocabulary)
    whole, half = (
        fit(table, EXAMPLES, given, Schedule(steps=5, batch=64, kept=kept), lambda done, total: None) for kept in (1.0, 0.5)
    )
    assert np.allclose(half - table, (whole - table) / 2, atol=1e-6) and not np.allclose(whole, table)
