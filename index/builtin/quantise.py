"""Four bits a value: a row is 16 evenly spaced levels around zero, and one scale, the distance between two levels."""

import numpy as np
from numpy.typing import NDArray

Packed = NDArray[np.uint8]  # [n, dim / 2]: column j in the low half of byte j, column j + dim / 2 in its high half
Scales = NDArray[np.float32]  # [n]

_TOP = 15  # codes are 0 … 15 and stand for -7.5 … 7.5 times the scale
_MIDDLE = np.float32(_TOP / 2)
_SHRINK = np.linspace(0.6, 1.0, 9, dtype=np.float32)  # how much of a row's largest value the outermost level covers


def pack(table: NDArray[np.float32]) -> tuple[Packed, Scales]:
    """Rounds a float32 [n, dim] table (dim even); each row takes, of nine scales, the one of least square error."""
    largest: Scales = np.maximum(np.abs(table).max(axis=1), np.finfo(np.float32).tiny) / _MIDDLE
    scales, errors = largest.copy(), np.full(len(table), np.inf, np.float32)
    for shrink in _SHRINK:
        tried = largest * shrink
        error = np.square((_codes(table, tried) - _MIDDLE) * tried[:, None] - table).sum(axis=1)
        better = error < errors
        scales[better], errors[better] = tried[better], error[better]
    codes = _codes(table, scales).astype(np.uint8)
    half = table.shape[1] // 2
    packed: Packed = codes[:, :half] | codes[:, half:] << np.uint8(4)
    return packed, scales


def _codes(table: NDArray[np.float32], scales: Scales) -> NDArray[np.float32]:
    codes: NDArray[np.float32] = np.clip(np.rint(table / scales[:, None] + _MIDDLE), 0, _TOP)
    return codes


def levels(packed: Packed) -> NDArray[np.float32]:
    """float32 [n, dim]: the rows before they are scaled, -7.5 … 7.5."""
    half = packed.shape[1]
    rows = np.empty((len(packed), 2 * half), np.float32)
    rows[:, :half] = packed & 15
    rows[:, half:] = packed >> 4
    rows -= _MIDDLE
    return rows


def unpack(packed: Packed, scales: Scales) -> NDArray[np.float32]:
    """The float32 [n, dim] table that `packed` and `scales` stand for."""
    rows = levels(packed)
    rows *= scales[:, None]
    return rows
