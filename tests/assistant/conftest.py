"""One library of the sample plans for all tests of this room that only read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.service import Assistant, open_assistant
from tests.shared import SEEDS

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"


def filled(folder: Path, *paths: Path) -> Assistant:
    """An assistant whose library holds these files."""
    assistant = open_assistant(Settings(library=folder))
    outcomes = list(assistant.add(list(paths)))
    assert all(o.status == "added" for o in outcomes), outcomes
    assistant.refresh()
    return assistant


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The sample plans."""
    assistant = filled(tmp_path_factory.mktemp("samples"), SAMPLES)
    yield assistant
    assistant.library.close()


@pytest.fixture(scope="session")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The five real plans."""
    assistant = filled(tmp_path_factory.mktemp("plans"), SEEDS)
    yield assistant
    assistant.library.close()
