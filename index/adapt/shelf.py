"""Where a library keeps the encoders adapted to it, and which one serves.

    <library>/encoder/current     names of folders, oldest first: the last one serves, the one before it comes back by undo
                      <name>/     weights as of the built-in encoder, and adapted.json
                      lock        held while adapting

A folder is whole before `current` names it, and `current` changes by os.replace: killed at any moment, one of both serves.
"""

import json
import logging
import re
import secrets
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import EncoderError, WeightsError
from corpus.faults import reason
from corpus.store import Library
from index.builtin.model import BuiltinEncoder
from index.builtin.weights import Weights, write_weights

_KEPT = 2  # the one that serves and the one before it
_CURRENT, _RECORD = "current", "adapted.json"
_NAME = re.compile(r"[\w-]+")
_LOG = logging.getLogger(__name__)


def shelf(library: Library) -> Path:
    """The folder that holds the adapted encoders."""
    return library.path / "encoder"


def names(library: Library) -> tuple[str, ...]:
    """The adapted encoders that are kept, oldest first; the last one serves. () where the built-in one does."""
    try:
        found = (shelf(library) / _CURRENT).read_text(encoding="utf-8", errors="replace").split()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise EncoderError(f"无法读取 {shelf(library) / _CURRENT}：{reason(error)}。请检查访问权限。") from error
    return tuple(name for name in found if _NAME.fullmatch(name))


def open_serving(library: Library) -> BuiltinEncoder:
    """The encoder that serves this library: the adapted one, else the built-in one.

    Raises EncoderError where the adapted one is damaged.
    """
    return open_kept(library, names(library)) or BuiltinEncoder.load()


def open_kept(library: Library, kept: Sequence[str]) -> BuiltinEncoder | None:
    """The last of `kept`. None where there is none, or it was adapted from another version of the built-in encoder.

    The latter is logged. Raises EncoderError where it is damaged.
    """
    if not kept:
        return None
    folder = shelf(library) / kept[-1]
    try:
        base = json.loads((folder / _RECORD).read_text(encoding="utf-8"))["base"]
        adapted = BuiltinEncoder.load(folder)
    except (OSError, ValueError, KeyError, TypeError, WeightsError) as error:
        raise EncoderError(f"按本库训练的编码器 {folder} 已损坏或缺失。请运行 policy train --undo 不再使用它。") from error
    if base == BuiltinEncoder.load().fingerprint:
        return adapted
    _LOG.warning("内置编码器已更新，按本库训练的编码器不再使用。请重新训练：policy train；或运行 policy train --undo 不再提示。")
    return None


def write_adapted(library: Library, weights: Weights) -> str:
    """Writes weights adapted from the built-in encoder of fingerprint `weights.fingerprint`; they do not serve yet."""
    name = f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(3)}"
    folder = shelf(library) / name
    write_weights(folder, weights.keys, weights.packed, weights.scales)
    record = {"base": weights.fingerprint, "made": time.strftime("%Y-%m-%dT%H:%M:%S%z")}
    (folder / _RECORD).write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    return name


def switch(library: Library, kept: Sequence[str]) -> None:
    """Makes the last of `kept` the one that serves, the built-in one where there is none; older ones go."""
    root, kept = shelf(library), tuple(kept)[-_KEPT:]
    fresh = root / f"{_CURRENT}.new"
    fresh.write_text("".join(f"{name}\n" for name in kept), encoding="utf-8")
    fresh.replace(root / _CURRENT)
    for path in root.iterdir():
        if path.is_dir() and path.name not in kept:  # older ones, and what a killed training left
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def working(library: Library) -> Iterator[None]:
    """Held while an encoder is made or switched. Raises EncoderError where another process does so, or nothing can be written."""
    root = shelf(library)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / "lock", timeout=0):
            yield
    except Timeout as error:
        raise EncoderError("另一个程序正在训练本库的编码器。请待其完成后再试。") from error
    except OSError as error:
        raise EncoderError(f"无法写入 {root}：{reason(error)}。请检查磁盘空间和写入权限；正在使用的编码器未作改动。") from error
