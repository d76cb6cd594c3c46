"""Killed at any moment of adding, indexing and removing, the library holds whole documents and the index agrees with it."""

import signal
from pathlib import Path

import pytest

from tests.killing import survive


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows 没有 SIGKILL")
def test_what_is_left_after_a_kill_is_whole(tmp_path: Path) -> None:
    assert len(survive(tmp_path, 10)) == 10
