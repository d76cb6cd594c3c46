"""Every file these tests read in this process is asked for what was left out of its text: see `losing`."""

from collections import Counter
from collections.abc import Iterator

import pytest

from corpus import reading
from corpus.reading import Reader, Reading, scan
from tests.corpus.reading.losing import KINDS, lost
from tests.corpus.reading.recognising import Engine


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known."""
    config.addinivalue_line("markers", "leaves_out: the test reads text that is meant to be left out")


@pytest.fixture(autouse=True)
def nothing_is_lost(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail where characters are lost in a test that does not say so, and where none are in one that does."""
    missing: Counter[str] = Counter()

    def watched(kind: str, reader: Reader) -> Reader:
        def read(name: str, data: bytes) -> Reading:
            found = reader(name, data)
            missing.update(lost(kind, data, found.text))
            return found

        return read

    for kind in KINDS:
        monkeypatch.setitem(reading._READERS, kind, watched(kind, reading._READERS[kind]))
    yield
    if request.node.get_closest_marker("leaves_out"):
        assert missing, "nothing was left out: the mark is needless"
    else:
        assert not missing, f"left out: {dict(missing)}"


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recognition is not installed."""
    monkeypatch.setattr(scan, "available", lambda: False)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Recognition as it were installed."""
    made = Engine()
    monkeypatch.setattr(scan, "available", lambda: True)
    monkeypatch.setattr(scan, "recognised", made.recognised)
    return made
