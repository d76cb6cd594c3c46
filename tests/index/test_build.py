import json
import multiprocessing
import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexStateError
from corpus.store import Library
from index import build as build_module
from index import vectors as vectors_module
from index.build import build, current_folder, ensure, index_root
from index.manifest import FILE, Manifest
from index.snapshot import open_snapshot
from tests.fakes import FakeEncoder, open_library, store


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = open_library(tmp_path)
    yield opened
    opened.close()


def serving(library: Library) -> Path:
    folder = current_folder(index_root(library))
    assert folder is not None
    return folder


def folders(library: Library) -> list[str]:
    return sorted(p.name for p in index_root(library).iterdir() if p.is_dir())


def vectors_by_text(library: Library) -> list[list[float]]:
    snapshot = open_snapshot(index_root(library))
    rows: list[list[float]] = snapshot.vectors.vectors(np.arange(len(snapshot.layout.units))).tolist()
    return rows


def test_the_manifest_says_what_was_built(library: Library) -> None:
    manifest = build(library, FakeEncoder())
    assert Manifest.read(serving(library)) == manifest
    assert (manifest.encoder, manifest.dim, manifest.state) == ("fake", 4, library.state())
    assert (manifest.documents, manifest.clauses) == (2, 6)
    assert set(manifest.files) == {p.name for p in serving(library).iterdir()} - {FILE}
    manifest.check_contents(serving(library))


def test_nothing_is_built_where_nothing_changed(library: Library) -> None:
    first = ensure(library, FakeEncoder())
    folder, encoder = serving(library), FakeEncoder()
    assert ensure(library, encoder) == first
    assert (serving(library), encoder.seen) == (folder, [])


def test_what_changes_while_it_is_read_is_left_to_the_next_build(library: Library) -> None:
    other = Library(library.path)
    texts = [[("一", "短", "短。")], [("一", "水的事", "保护水源。"), ("二", "长的事", "更长的条款，" * 20)]]

    def elsewhere(done: int, total: int) -> None:
        if texts:
            store(other, "b", "松陵市", texts.pop())

    stale = build(library, FakeEncoder(), progress=elsewhere)
    assert stale.documents == 1 and stale.state != library.state()
    assert ensure(library, FakeEncoder()).documents == 2


def test_a_changed_library_is_built_again_and_known_texts_are_not_encoded_again(library: Library) -> None:
    ensure(library, FakeEncoder())
    before = serving(library)
    store(library, "b", "松陵市", [("一", "水的事", "保护水源。节约用水。"), ("二", "气的事", "监测空气。")])
    encoder = FakeEncoder()
    ensure(library, encoder)
    assert serving(library) != before
    assert folders(library) == [serving(library).name]
    assert all("监测空气" in text for text in encoder.seen)
    taken_over = vectors_by_text(library)
    build(library, FakeEncoder(), fresh=True)
    np.testing.assert_allclose(taken_over, vectors_by_text(library))


def test_a_removed_document_leaves_the_index(library: Library) -> None:
    ensure(library, FakeEncoder())
    library.remove("a")
    assert ensure(library, FakeEncoder()).documents == 1
    assert {d.id for d in open_snapshot(index_root(library)).layout.documents} == {"b"}


def test_equal_texts_are_encoded_once(tmp_path: Path) -> None:
    library = Library(tmp_path)
    for id in "abc":
        store(library, id, None, [("一", "水", "节约用水。")])
    encoder = FakeEncoder()
    build(library, encoder)
    assert sorted(encoder.seen) == sorted(set(encoder.seen))


def test_an_empty_library_has_an_index(tmp_path: Path) -> None:
    manifest = ensure(Library(tmp_path), FakeEncoder())
    assert (manifest.documents, manifest.clauses, manifest.texts) == (0, 0, 0)


def test_another_encoder_is_refused_with_both_names_and_the_command(library: Library) -> None:
    ensure(library, FakeEncoder())
    with pytest.raises(IndexStateError) as caught:
        ensure(library, FakeEncoder("水气", name="BAAI/other"))
    assert str(caught.value) == ("索引由 fake（4 维）建立，当前设置为 BAAI/other（2 维）。请运行：policy index --rebuild")


def test_the_builtin_encoder_is_called_so() -> None:
    manifest = Manifest(1, "builtin", "x", 512, "1", "1", "", 0, 0, 0, {})
    with pytest.raises(IndexStateError) as caught:
        manifest.check_encoder(FakeEncoder(name="other"))
    assert str(caught.value).startswith("索引由内置编码器（512 维）建立，当前设置为 other（4 维）。")


def test_other_weights_under_the_same_name_are_refused(library: Library) -> None:
    ensure(library, FakeEncoder("水气电林"))
    with pytest.raises(IndexStateError, match="另一版本"):
        ensure(library, FakeEncoder("水气电山"))


def test_a_newer_builtin_encoder_rebuilds_by_itself(library: Library) -> None:
    ensure(library, FakeEncoder("水气", name="builtin"))
    assert ensure(library, FakeEncoder("水气电", name="builtin")).dim == 3


def test_build_takes_another_encoder_and_encodes_everything(library: Library) -> None:
    ensure(library, FakeEncoder())
    other = FakeEncoder("水气")
    manifest = build(library, other)
    assert manifest.dim == 2
    assert len(other.seen) == len(set(other.seen)) > 0
    assert ensure(library, other) == manifest


@pytest.mark.parametrize("version", ["TOKENS_VERSION", "PASSAGES_VERSION"])
def test_other_rules_for_texts_rebuild(library: Library, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    ensure(library, FakeEncoder())
    before = serving(library)
    monkeypatch.setattr(build_module, version, "other")
    ensure(library, FakeEncoder())
    assert serving(library) != before


def spoil_manifest(folder: Path) -> None:
    (folder / FILE).write_text("{", encoding="utf-8")


def drop_vectors(folder: Path) -> None:
    (folder / "vectors.faiss").unlink()


def cut_postings(folder: Path) -> None:
    os.truncate(folder / "bm25_data.npy", 40)


def older_format(folder: Path) -> None:
    row = json.loads((folder / FILE).read_text(encoding="utf-8"))
    (folder / FILE).write_text(json.dumps(row | {"format": 0}), encoding="utf-8")


def unknown_key(folder: Path) -> None:
    row = json.loads((folder / FILE).read_text(encoding="utf-8"))
    (folder / FILE).write_text(json.dumps(row | {"new": 0}), encoding="utf-8")


@pytest.mark.parametrize("harm", [spoil_manifest, drop_vectors, cut_postings, older_format, unknown_key])
def test_a_damaged_index_is_built_again(library: Library, harm: object) -> None:
    ensure(library, FakeEncoder())
    before = serving(library)
    assert callable(harm)
    harm(before)
    ensure(library, FakeEncoder())
    assert serving(library) != before
    open_snapshot(index_root(library))


@pytest.mark.parametrize("pointer", ["", "nowhere", "..", "../index"])
def test_a_pointer_that_leads_nowhere_is_no_index(library: Library, pointer: str) -> None:
    ensure(library, FakeEncoder())
    (index_root(library) / "current").write_text(pointer, encoding="utf-8")
    assert current_folder(index_root(library)) is None
    ensure(library, FakeEncoder())
    assert serving(library)


def test_changed_contents_are_noticed_when_asked(library: Library) -> None:
    manifest = ensure(library, FakeEncoder())
    path = serving(library) / "vectors.faiss"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    manifest.check_sizes(serving(library))
    with pytest.raises(IndexStateError, match=r"vectors\.faiss 的内容已改变"):
        manifest.check_contents(serving(library))


class StoppedError(Exception):
    pass


class StoppingEncoder(FakeEncoder):
    """Breaks off at the second call."""

    calls = 0

    def encode_passages(self, texts: object) -> np.ndarray:
        self.calls += 1
        if self.calls > 1:
            raise StoppedError
        assert isinstance(texts, list)
        return super().encode_passages(texts)


def test_a_broken_off_build_leaves_the_old_index_and_the_next_goes_on(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    ensure(library, FakeEncoder())
    before = serving(library)
    store(library, "c", "临溪市", [(str(n), f"事项{n}", f"节约第{n}种用水。") for n in range(20)])
    monkeypatch.setattr(vectors_module, "CHUNK", 20)
    monkeypatch.setattr(vectors_module, "KEEP_AFTER", -1.0)
    broken = StoppingEncoder()
    with pytest.raises(StoppedError):
        ensure(library, broken)
    assert serving(library) == before
    assert any(name.startswith("building-") for name in folders(library))
    encoder = FakeEncoder()
    ensure(library, encoder)
    assert broken.seen
    assert not set(broken.seen) & set(encoder.seen)
    assert folders(library) == [serving(library).name]


def test_a_damaged_partial_file_is_passed_over(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors_module, "CHUNK", 4)
    monkeypatch.setattr(vectors_module, "KEEP_AFTER", -1.0)
    with pytest.raises(StoppedError):
        ensure(library, StoppingEncoder())
    for path in (index_root(library) / "partial").rglob("*.npz"):
        path.write_bytes(b"PK\x03\x04 not a whole file")
    assert ensure(library, FakeEncoder()).clauses == 6


def _slow_build(folder: str, pause: float) -> None:
    class Slow(FakeEncoder):
        def encode_passages(self, texts: object) -> np.ndarray:
            time.sleep(pause)
            assert isinstance(texts, list)
            return super().encode_passages(texts)

    build(Library(Path(folder)), Slow(), fresh=True)


def test_a_killed_build_leaves_the_old_index_and_no_lock(library: Library) -> None:
    ensure(library, FakeEncoder())
    before = serving(library)
    process = multiprocessing.get_context("spawn").Process(target=_slow_build, args=(str(library.path), 60.0))
    process.start()
    deadline = time.monotonic() + 30
    while len(folders(library)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.kill()
    process.join()
    assert serving(library) == before
    open_snapshot(index_root(library))
    build(library, FakeEncoder())
    assert folders(library) == [serving(library).name]


def test_two_processes_at_once_both_succeed(library: Library) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_slow_build, args=(str(library.path), 0.2)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [p.exitcode for p in processes] == [0, 0]
    Manifest.read(serving(library)).check_contents(serving(library))
    assert folders(library) == [serving(library).name]


def test_waiting_for_another_build_ends_with_a_message(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_module, "LOCK_TIMEOUT", 0.1)
    with build_module._lock(index_root(library)), pytest.raises(IndexStateError, match="正在建立索引"):
        ensure(library, FakeEncoder())


def test_progress_is_told(library: Library) -> None:
    told: list[tuple[int, int]] = []
    texts = build(library, FakeEncoder(), progress=lambda done, total: told.append((done, total))).texts
    assert told[-1] == (texts, texts)
