"""Training: three steps on a handful of texts, from the command line down to the weights folder."""

import sys
from pathlib import Path

import numpy as np
import pytest

from index.builtin.model import BuiltinEncoder
from index.builtin.weights import read_weights
from index.training.__main__ import main
from index.training.sampling import Mixture, Sampler
from index.training.schedule import Schedule
from tests.index.test_training_data import read, shared, vocabulary_of

pytest.importorskip("torch", reason="本机没有安装 torch")

from index.training.fit import Table, beginning, train

__all__ = ["shared"]


def run(folder: Path, **settings: float) -> tuple[Table, list[Table], list[float]]:
    """(beginning, averages, losses) of a short training."""
    material = read(folder)
    vocabulary = vocabulary_of(material)
    start = beginning(np.ones(len(vocabulary), np.int64), texts=9, dim=8, seed=0)
    losses: list[float] = []
    sampler = Sampler(material, vocabulary, Mixture(batch=16))
    schedule = Schedule(**{"runs": 1, "steps": 3, **settings})
    averages = list(train(start, sampler, schedule, lambda run, step, loss: losses.append(loss)))
    return start, averages, losses


def test_loss_falls_and_the_beginning_is_left_alone(shared: Path) -> None:
    start, averages, losses = run(shared, steps=40, anchor=0)
    assert np.mean(losses[-5:]) < np.mean(losses[:5])
    assert np.array_equal(start, run(shared)[0]) and not np.array_equal(averages[0], start)


def test_the_same_seed_gives_the_same_vectors_and_another_others(shared: Path) -> None:
    one, two, other = run(shared), run(shared), run(shared, seed=1)
    assert np.allclose(one[1][0], two[1][0], atol=1e-6)
    assert not np.allclose(one[1][0], other[1][0], atol=1e-3)


def test_each_further_run_joins_the_average(shared: Path) -> None:
    first = run(shared, runs=1)[1]
    both = run(shared, runs=2)[1]
    assert len(both) == 2
    assert np.allclose(both[0], first[0], atol=1e-6)
    assert not np.allclose(both[1], both[0], atol=1e-3)


def test_anchor_adds_the_beginning(shared: Path) -> None:
    start, (plain,), _ = run(shared, anchor=0)
    (anchored,) = run(shared, anchor=0.5)[1]
    assert np.allclose(anchored, plain + 0.5 * start, atol=1e-6)


def test_rare_features_begin_longer() -> None:
    table = beginning(np.array([1, 90]), texts=100, dim=256, seed=0)
    rare, common = np.linalg.norm(table, axis=1)
    assert rare / common == pytest.approx(np.log1p(100) / np.log1p(100 / 90), rel=0.2)


def test_command_trains_measures_and_writes(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.training.__main__._LEAST", 1)
    out = tmp_path / "weights"
    options = ["--shared", str(shared), "--bank", str(shared / "bank"), "--out", str(out)]
    assert main([*options, "--runs", "2", "--steps", "3", "--dim", "8"]) == 0
    said = capsys.readouterr().out
    for line in (
        "检索范围 5 段",
        "训练前：statute（2 问）",
        "2 次平均：written（2 问）",
        "权重文件（4 位）：written（2 问）",
        "权重文件（4 位）：terms（",
    ):
        assert line in said
    encoder = BuiltinEncoder.load(out)
    assert encoder.dim == 8 and encoder.encode_queries(["河道清淤"]).any()
    fingerprint = read_weights(out).fingerprint
    assert main([*options, "--measure"]) == main([*options, "--speed"]) == 0
    said = capsys.readouterr().out
    assert "权重文件（4 位）：statute（2 问）" in said and "编码每秒" in said and "次训练" not in said
    assert read_weights(out).fingerprint == fingerprint


def test_missing_data_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shared", str(tmp_path)]) == 1
    assert "缺少：laws/laws.tar.xz、reports/reports.tar.xz" in capsys.readouterr().err


def test_other_folders_are_not_written_over(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shared", str(shared), "--bank", str(shared / "bank"), "--out", str(shared)]) == 1
    assert "未予覆盖" in capsys.readouterr().err
    assert (shared / "laws/laws.tar.xz").is_file()


def test_measuring_without_weights_says_so(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shared", str(shared), "--bank", str(shared / "bank"), "--out", str(tmp_path / "none"), "--measure"]) == 1
    assert "找不到内置编码器的权重清单" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--dim", "7"], ["--runs", "0"], ["--steps", "-1"]])
def test_wrong_numbers_are_wrong_usage(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(wrong)
    assert "--dim 须为偶数" in capsys.readouterr().err


def test_training_without_torch_says_what_to_install(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "index.training.fit")
    monkeypatch.setitem(sys.modules, "torch", None)
    assert main(["--shared", str(shared), "--bank", str(shared / "bank"), "--out", str(tmp_path / "none")]) == 1
    assert 'pip install "policy-assistant[models]"' in capsys.readouterr().err
