"""Learns the vectors by contrast: within a batch each question is to find its own passage among all others."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray

from index.builtin.features import Rows
from index.builtin.model import weigh
from index.training.sampling import Pair, Sampler
from index.training.schedule import Schedule

Table = NDArray[np.float32]
Report = Callable[[int, int, float], None]  # (run, step, loss)


def beginning(found_in: NDArray[np.int64], texts: int, dim: int, seed: int) -> Table:
    """float32 [features, dim]: random vectors, the rarer the feature the longer (inverse document frequency)."""
    weight = np.log1p(texts / found_in)
    noise = np.random.default_rng(seed).standard_normal((len(found_in), dim), dtype=np.float32)
    table: Table = noise * (weight / weight.mean() / dim**0.5).astype(np.float32)[:, None]
    return table


def train(start: Table, sampler: Sampler, schedule: Schedule, report: Report) -> Iterator[Table]:
    """Yields, after each run, the average of the runs so far. All begin at `start` and see other batches.

    Averaging works because they begin at the same vectors; it is better than any one run.
    """
    total = np.zeros(start.shape, np.float64)
    for run in range(1, schedule.runs + 1):
        rng = np.random.default_rng([schedule.seed, run])
        total += _train_once(start, sampler, schedule, rng, partial(report, run))
        yield (total / run + schedule.anchor * start).astype(np.float32)


def _train_once(
    start: Table,
    sampler: Sampler,
    schedule: Schedule,
    rng: np.random.Generator,
    report: Callable[[int, float], None],
) -> Table:
    table = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(start.copy()), freeze=False, mode="sum")
    optimiser = torch.optim.Adam(table.parameters(), lr=schedule.rate, fused=True)
    warm = 0.1 * schedule.steps
    plan = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / warm) * max(0.0, 1 - step / schedule.steps)
    )
    for step in range(schedule.steps):
        loss = _loss(table, sampler.batch(rng), schedule.scale)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call, unused-ignore]
        optimiser.step()
        plan.step()
        report(step, loss.item())
    trained: Table = table.weight.detach().numpy()
    return trained


def _loss(table: torch.nn.EmbeddingBag, batch: Sequence[Pair], scale: float) -> torch.Tensor:
    queries = _vectors(table, [pair.query for pair in batch])
    passages = _vectors(table, [pair.passage for pair in batch])
    who = torch.tensor([pair.who for pair in batch])
    same = (who[:, None] == who[None, :]) & ~torch.eye(len(batch), dtype=torch.bool)
    scores = (queries @ passages.T * scale).masked_fill(same, -1e4)
    return torch.nn.functional.cross_entropy(scores, torch.arange(len(batch)))


def _vectors(table: torch.nn.EmbeddingBag, bags: Sequence[Rows]) -> torch.Tensor:
    weights = weigh(bags, table.num_embeddings)
    flat, starts = (torch.from_numpy(each.astype(np.int64)) for each in (weights.indices, weights.indptr[:-1]))
    return torch.nn.functional.normalize(table(flat, starts, per_sample_weights=torch.from_numpy(weights.data)), dim=-1)
