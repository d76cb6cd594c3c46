"""How the encoder is trained: numbers alone, so that they can be named without torch."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schedule:
    """runs: trained apart and averaged; steps and rate (Adam) are those of each run: the rate rises for a tenth of
    the steps, then falls to 0; scale: what cosines are multiplied by before the softmax; anchor: how much of the
    beginning is added to the average, which pulls wording back in against learned meaning.
    """

    runs: int = 6
    steps: int = 300
    rate: float = 0.01
    scale: float = 20.0
    anchor: float = 0.3
    seed: int = 0
