"""Where the real documents lie: tests that need them say so, and are skipped with a reason where they are missing."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("POLICY_SHARED") or Path(__file__).resolve().parents[1].parent / "shared")
SEEDS = SHARED / "seeds"
needs_shared = pytest.mark.skipif(not SEEDS.is_dir(), reason="真实文件目录 ../shared 不在此处")


def seed(number: str) -> Path:
    """The real plan whose file name begins with `number` (`000` … `004`)."""
    return next(SEEDS.glob(f"{number}_*.txt"))
