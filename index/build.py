"""Store → index: incremental, atomic, and safe to kill at any moment.

    <library>/index/current        the name of the folder that serves
                    <name>/        an index: layout, BM25, vectors, manifest.json
                    building-*/    one being written; without a process at work it is a leftover
                    partial/       vectors a killed build had already made, where making them took long
                    lock           held while building

A build writes a new folder and switches `current` by os.replace. Readers keep what they have mapped.
"""

import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from corpus.errors import IndexStateError
from corpus.faults import reason
from corpus.store import Library
from index.base import Encoder, Progress
from index.faiss_index import FaissIndex
from index.layout import read_library
from index.lexical import LexicalIndex
from index.manifest import BUILTIN, FORMAT, Manifest, describe_files
from index.passages import PASSAGES_VERSION
from index.tokens import TOKENS_VERSION, tokenise
from index.vectors import CHUNK, HASH_SIZE, Hashes, Known, PartialStore, VectorMaker

LOCK_TIMEOUT = 3600  # seconds a second build waits for the first
VECTORS, HASHES = "vectors.faiss", "hashes.npy"

_NAME = re.compile(r"[\w-]+")


def index_root(library: Library) -> Path:
    """The folder that holds the library's indexes."""
    return library.path / "index"


def current_folder(root: Path) -> Path | None:
    """The index folder that serves, None if there is none."""
    try:
        name = (root / "current").read_text(encoding="utf-8").strip()
    except (OSError, ValueError):  # none yet, or damaged: it is built anew
        return None
    folder = root / name
    return folder if _NAME.fullmatch(name) and folder.is_dir() else None


def ensure(library: Library, encoder: Encoder, *, progress: Progress | None = None) -> Manifest:
    """The manifest of an index that fits the library and the encoder; builds one where the library has changed.

    A damaged index, and one by another version of the program or of the built-in encoder, is built anew.
    Raises IndexStateError where another encoder made it: that is the user's choice to settle.
    """
    found = _fitting(library, encoder)
    if found is not None:
        return found
    with _lock(index_root(library)):
        return _fitting(library, encoder) or _build(library, encoder, progress, fresh=False)


def build(
    library: Library,
    encoder: Encoder,
    *,
    progress: Progress | None = None,
    fresh: bool = False,
    switching: Callable[[], None] | None = None,
) -> Manifest:
    """Builds an index with `encoder` and switches to it, whatever stood there before.

    Vectors of unchanged texts are taken over from the index before if the same encoder made it, unless `fresh`.
    switching: called when the index is whole, just before it serves.
    Raises IndexStateError if another process is still building after LOCK_TIMEOUT seconds.
    """
    with _lock(index_root(library)):
        return _build(library, encoder, progress, fresh=fresh, switching=switching)


def _fitting(library: Library, encoder: Encoder) -> Manifest | None:
    """The manifest that serves if nothing need be done, None if an index must be built."""
    folder = current_folder(index_root(library))
    if folder is None:
        return None
    try:
        made = Manifest.read(folder)
        made.check_sizes(folder)
    except (IndexStateError, OSError):
        return None  # derived data: damaged, of another format, or just replaced
    try:
        made.check_encoder(encoder)
    except IndexStateError:
        if made.encoder == encoder.name == BUILTIN:
            return None  # nobody chose another encoder: the program was updated
        raise
    fits = (made.tokens, made.passages, made.state) == (TOKENS_VERSION, PASSAGES_VERSION, library.state())
    return made if fits else None


@contextmanager
def _lock(root: Path) -> Iterator[None]:
    """Held while building. Raises IndexStateError where it cannot be had, or the folder cannot be written."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / "lock", timeout=LOCK_TIMEOUT):
            yield
    except Timeout as error:
        raise IndexStateError("另一个程序正在建立索引，等待已超时。请待其完成后重试。") from error
    except OSError as error:
        raise IndexStateError(
            f"无法写入索引文件夹 {root}：{reason(error)}。请检查磁盘空间和写入权限，或删除该文件夹后重试（索引会自动重建）。"
        ) from error


def _build(
    library: Library,
    encoder: Encoder,
    progress: Progress | None,
    *,
    fresh: bool,
    switching: Callable[[], None] | None = None,
) -> Manifest:
    root = index_root(library)
    before = current_folder(root)
    _sweep(root, keep=before)
    state = library.state()  # before reading: what changes meanwhile makes this index stale, never wrong
    layout, texts = read_library(library, progress)
    work = root / f"building-{secrets.token_hex(6)}"
    work.mkdir()
    layout.save(work)
    LexicalIndex.of(_tokens(texts[: layout.passages], progress)).save(work)
    hashes = [blake2b(text.encode("utf-8", "surrogatepass"), digest_size=HASH_SIZE).digest() for text in texts]
    partial = PartialStore(root / "partial" / blake2b(encoder.fingerprint.encode(), digest_size=8).hexdigest())
    known: Known = {} if fresh else _known(before, encoder) | partial.load(encoder.dim)
    vectors = VectorMaker(encoder, known, partial).fill(texts, hashes, progress)
    vectors.condense(layout.passages)
    vectors.save(work / VECTORS)
    np.save(work / HASHES, np.frombuffer(b"".join(hashes), np.uint8).reshape(-1, HASH_SIZE), allow_pickle=False)
    manifest = Manifest(
        format=FORMAT,
        encoder=encoder.name,
        fingerprint=encoder.fingerprint,
        dim=encoder.dim,
        tokens=TOKENS_VERSION,
        passages=PASSAGES_VERSION,
        state=state,
        documents=len(layout.documents),
        clauses=len(layout.clauses),
        texts=len(texts),
        files=describe_files(work),
    )
    manifest.write(work)
    if switching is not None:
        switching()
    _switch(root, work)
    return manifest


def _tokens(texts: Sequence[str], progress: Progress | None) -> Iterator[list[str]]:
    for done, text in enumerate(texts, 1):
        yield tokenise(text)
        if progress is not None and (done % CHUNK == 0 or done == len(texts)):
            progress(done, len(texts))


def _switch(root: Path, work: Path) -> None:
    folder = work.rename(root / f"{time.strftime('%Y%m%d-%H%M%S')}-{work.name.removeprefix('building-')}")
    pointer = root / "current.new"
    pointer.write_text(folder.name + "\n", encoding="utf-8")
    pointer.replace(root / "current")
    _sweep(root, keep=folder)
    shutil.rmtree(root / "partial", ignore_errors=True)


def _sweep(root: Path, keep: Path | None) -> None:
    """Removes every index folder but one. What a reader on Windows still holds stays until the next build."""
    for path in root.iterdir():
        if path.is_dir() and path != keep and path.name != "partial":
            shutil.rmtree(path, ignore_errors=True)


def _known(folder: Path | None, encoder: Encoder) -> Known:
    """The vectors of the index before, if `encoder` made them."""
    if folder is None:
        return {}
    try:
        manifest = Manifest.read(folder)
        manifest.check_contents(folder)
        manifest.check_encoder(encoder)
    except (IndexStateError, FileNotFoundError):
        return {}
    vectors = FaissIndex.load(folder / VECTORS)
    hashes: Hashes = np.load(folder / HASHES, allow_pickle=False)
    return {row.tobytes(): (vectors, id) for id, row in enumerate(hashes)}
