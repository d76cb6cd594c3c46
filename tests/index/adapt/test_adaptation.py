"""Adopted only where it pays, taken back by one command, and never half of it: the real encoder over a small library."""

import json
import logging
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import EncoderError
from corpus.lexicon.terms import Thesaurus, load_terms
from corpus.store import Library
from index.adapt import adaptation
from index.adapt.adaptation import Given, Outcome, adapt, undo
from index.adapt.fit import Schedule
from index.adapt.measure import Change, change
from index.adapt.shelf import names, open_serving, shelf, working
from index.builtin.model import BuiltinEncoder
from index.search import Searcher
from tests.fakes import open_library
from tests.index.adapt.invented import open_invented

GIVEN = Given((), load_terms()[:60], ())
QUICK = Schedule(steps=10, batch=64, rate=0.01)
QUESTION = "海洋牧场怎么办"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = open_invented(tmp_path / "库")
    yield made
    made.close()


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """A library with an adapted encoder, to be copied, and what was said of the training."""
    library = open_invented(tmp_path_factory.mktemp("训练") / "库")
    outcome = adapt(library, GIVEN, schedule=QUICK)
    library.close()
    return library.path, outcome


@pytest.fixture
def adapted(trained: tuple[Path, Outcome], tmp_path: Path) -> Iterator[Library]:
    made = Library(Path(shutil.copytree(trained[0], tmp_path / "库")))
    yield made
    made.close()


def searcher(library: Library) -> Searcher:
    return Searcher.open(library, open_serving(library), Thesaurus(()))


def test_an_encoder_that_finds_more_serves_with_its_own_index(trained: tuple[Path, Outcome], adapted: Library) -> None:
    outcome = trained[1]
    assert outcome.verdict == "adopted" and outcome.whole.low > 0 and outcome.whole.queries == 106
    assert set(outcome.parts) == {"heading", "cloze"} and outcome.learnt["cloze"] > 0
    serving = open_serving(adapted)
    assert serving.name == "builtin" and serving.fingerprint != BuiltinEncoder.load().fingerprint
    built: list[int] = []
    Searcher.open(adapted, serving, Thesaurus(()), progress=lambda done, total: built.append(done))
    assert built == [], "the index fits already"
    assert len(searcher(adapted).search(QUESTION)) == 10


def test_what_no_example_touches_stays_bit_by_bit(adapted: Library) -> None:
    texts = ["The quick brown fox", "铁路货运量"]
    before, after = BuiltinEncoder.load().encode_queries(texts), open_serving(adapted).encode_queries(texts)
    assert np.array_equal(before[0], after[0])
    learnt = ["加强邮政网点"]
    assert not np.array_equal(BuiltinEncoder.load().encode_queries(learnt), open_serving(adapted).encode_queries(learnt))


def test_without_a_gain_the_encoder_before_goes_on_serving(library: Library) -> None:
    outcome = adapt(library, GIVEN, schedule=Schedule(steps=0))
    assert outcome.verdict == "no_gain" and outcome.whole.gain == 0.0
    assert names(library) == () and open_serving(library).fingerprint == BuiltinEncoder.load().fingerprint


def test_too_little_to_measure_with_is_no_ground_for_a_change(tmp_path: Path) -> None:
    outcome = adapt(open_library(tmp_path), GIVEN, schedule=QUICK)
    assert outcome.verdict == "too_little" and names(open_library(tmp_path)) == ()


def figures(gain: float, low: float, high: float) -> Change:
    return Change(50, 0.5, 0.5 + gain, low, high)


GOOD, LOST, NONE = figures(0.1, 0.05, 0.15), figures(-0.1, -0.15, -0.05), figures(0.01, -0.01, 0.03)


@pytest.mark.parametrize(
    ("parts", "whole", "general", "serving", "verdict"),
    [
        ((GOOD, NONE), GOOD, NONE, None, "adopted"),
        ((GOOD, NONE), GOOD, NONE, NONE, "adopted"),
        ((NONE, NONE), NONE, GOOD, None, "no_gain"),
        ((LOST, LOST), LOST, GOOD, None, "no_gain"),
        ((GOOD, LOST), GOOD, GOOD, None, "part_lost"),
        ((GOOD, GOOD), GOOD, figures(-0.02, -0.03, 0.01), None, "forgets"),
        ((GOOD, GOOD), GOOD, figures(-0.005, -0.009, -0.001), None, "adopted"),
        ((GOOD, GOOD), GOOD, GOOD, figures(-0.01, -0.05, 0.03), "not_better"),
    ],
)
def test_what_decides(parts: tuple[Change, Change], whole: Change, general: Change, serving: Change | None, verdict: str) -> None:
    assert adaptation._verdict({"mark": parts[0], "cloze": parts[1]}, whole, general, serving) == verdict


def test_the_interval_is_that_of_the_pairs() -> None:
    before = np.linspace(0, 1, 200)
    steady = change(before, before + 0.1)
    assert (steady.low, steady.high) == pytest.approx((0.1, 0.1)) and steady.gain == pytest.approx(0.1)
    noisy = change(before, before[::-1])
    assert noisy.low < 0 < noisy.high and change(np.zeros(0), np.zeros(0)).queries == 0


def test_undo_goes_back_step_by_step(adapted: Library) -> None:
    first = open_serving(adapted).fingerprint
    again = adapt(adapted, GIVEN, schedule=Schedule(steps=10, batch=64, rate=0.01, seed=1))
    if again.verdict != "adopted":  # no better than the first: make it serve all the same, to have two
        assert again.verdict == "not_better" and again.serving is not None
        adaptation._serve(
            adapted, (*names(adapted), shutil.copytree(shelf(adapted) / names(adapted)[0], shelf(adapted) / "b").name), None
        )
    assert len(names(adapted)) == 2
    assert undo(adapted) and open_serving(adapted).fingerprint == first
    assert undo(adapted) and open_serving(adapted).fingerprint == BuiltinEncoder.load().fingerprint
    assert not undo(adapted) and len(searcher(adapted).search(QUESTION)) == 10
    assert [path for path in shelf(adapted).iterdir() if path.is_dir()] == []


_KILLED = """
import os, signal, sys
from pathlib import Path
from corpus.store import Library
from tests.index.adapt.test_adaptation import GIVEN, QUICK
from index.adapt.adaptation import adapt

def die(done, total):
    if done >= {at}:
        os.kill(os.getpid(), signal.SIGKILL)

adapt(Library(Path(sys.argv[1])), GIVEN, schedule=QUICK, {stage}=die)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize(("stage", "at"), [("training", 5), ("indexing", 1)])
def test_killed_half_way_the_encoder_before_serves(library: Library, stage: str, at: int) -> None:
    before = [hit.clause for hit in searcher(library).search(QUESTION)]
    command = [sys.executable, "-c", _KILLED.format(at=at, stage=stage), str(library.path)]
    killed = subprocess.run(command, cwd=Path(__file__).resolve().parents[3], capture_output=True, text=True)
    assert killed.returncode == -9, killed.stderr
    assert open_serving(library).fingerprint == BuiltinEncoder.load().fingerprint
    assert [hit.clause for hit in searcher(library).search(QUESTION)] == before
    assert adapt(library, GIVEN, schedule=QUICK).verdict == "adopted", "nothing stands in the way of another try"
    assert sorted(path.name for path in shelf(library).iterdir() if path.is_dir()) == list(names(library))


def test_killed_between_encoder_and_index_both_are_brought_together(adapted: Library) -> None:
    (shelf(adapted) / "current").unlink()  # the index is that of the adapted encoder, the encoder is the built-in one
    assert len(searcher(adapted).search(QUESTION)) == 10


def test_a_searcher_finishes_with_the_encoder_it_began_with(library: Library) -> None:
    begun = searcher(library)
    before = begun.search(QUESTION)
    assert adapt(library, GIVEN, schedule=QUICK).verdict == "adopted"
    assert begun.search(QUESTION) == before


def test_a_damaged_encoder_is_named_and_can_be_put_away(adapted: Library) -> None:
    (shelf(adapted) / names(adapted)[-1] / "vectors.npy").write_bytes(b"x")
    with pytest.raises(EncoderError, match="policy train --undo"):
        open_serving(adapted)
    assert undo(adapted) and len(searcher(adapted).search(QUESTION)) == 10


def test_one_made_from_another_built_in_encoder_serves_no_more(adapted: Library, caplog: pytest.LogCaptureFixture) -> None:
    record = shelf(adapted) / names(adapted)[-1] / "adapted.json"
    record.write_text(json.dumps({"base": "0" * 64}), encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert open_serving(adapted).fingerprint == BuiltinEncoder.load().fingerprint
    assert "policy train" in caplog.text and len(searcher(adapted).search(QUESTION)) == 10
    assert adapt(adapted, GIVEN, schedule=QUICK).verdict == "adopted" and len(names(adapted)) == 1


def test_two_trainings_at_once_are_refused(library: Library) -> None:
    with working(library), pytest.raises(EncoderError, match="另一个程序正在训练"):
        adapt(library, GIVEN, schedule=QUICK)
