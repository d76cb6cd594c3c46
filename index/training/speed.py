"""How long the built-in encoder takes to open and how many articles it encodes a second, on one core."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from index.builtin.model import BuiltinEncoder


class Speed(NamedTuple):
    """Best of a few: seconds to open, articles a second, and their mean length in characters."""

    opening: float
    rate: float
    length: float

    def __str__(self) -> str:
        return f"打开 {self.opening:.3f} 秒，编码每秒 {self.rate:,.0f} 条（平均 {self.length:.0f} 字）"


def measure_speed(folder: Path, texts: Sequence[str], repeats: int = 3) -> Speed:
    """Opens the weights and encodes the texts `repeats` times each; the encoder runs on one thread."""
    openings, rates = [], []
    for _ in range(repeats):
        start = time.perf_counter()
        encoder = BuiltinEncoder.load(folder)
        opened = time.perf_counter()
        encoder.encode_passages(texts)
        rates.append(len(texts) / (time.perf_counter() - opened))
        openings.append(opened - start)
    return Speed(min(openings), max(rates), sum(map(len, texts)) / len(texts))
