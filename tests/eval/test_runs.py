import subprocess
from pathlib import Path

import pytest

from corpus.errors import PolicyError
from eval.runs import Made, read_run, write_run
from tests.eval.fakes import MADE, result, run
from tests.fakes import FakeEncoder


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    made = run(result({"a": 1, "b": None}), result({"a": 2, "b": 3}, "其他做法"))
    write_run(tmp_path / "run.json", made)
    assert read_run(tmp_path / "run.json") == made


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', '{"format": 99}', "\ufffe"])
def test_anything_else_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError, match=r"run\.json"):
        read_run(path)


def test_what_made_it() -> None:
    made = Made.now(FakeEncoder())
    assert (made.encoder, made.fingerprint, made.dim) == ("fake", "fake:水气电林", 4)
    assert made.cpus > 0
    assert MADE.short_commit == "0123456789ab+"


def test_without_git_there_is_no_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise FileNotFoundError("git")

    monkeypatch.setattr(subprocess, "run", missing)
    assert Made.now(FakeEncoder()).short_commit == "无"
