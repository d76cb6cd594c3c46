"""The weights folder: three arrays, a manifest with their sha256, and what sentence-transformers asks of a model."""

import hashlib
import io
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import WeightsError
from index.builtin.features import Keys
from index.builtin.quantise import Packed, Scales

FOLDER = Path(__file__).parent / "weights"
MANIFEST = "manifest.json"
FORMAT = 1
MODULE_CLASS = "index.builtin.st_module.BuiltinModule"
_ARRAYS = {"features.npy": np.int64, "scales.npy": np.float32, "vectors.npy": np.uint8}
_REMEDY = "请重新安装本程序，或用训练数据重新生成：python -m index.training --shared ../shared"


@dataclass(frozen=True, eq=False, slots=True)
class Weights:
    """keys int64 [n], ascending; packed uint8 [n, dim / 2]; scales float32 [n]; fingerprint: of all three, hex."""

    keys: Keys
    packed: Packed
    scales: Scales
    fingerprint: str


def is_weights_folder(folder: Path) -> bool:
    """Whether `folder` says that it holds weights of the built-in encoder (they may still be damaged)."""
    try:
        modules = json.loads((folder / "modules.json").read_text("utf-8"))
        return [module["type"] for module in modules] == [MODULE_CLASS]
    except (OSError, ValueError, TypeError, KeyError):
        return False


def read_weights(folder: Path) -> Weights:
    """Reads and checks a weights folder. Raises WeightsError if a file is missing, altered or not understood."""
    files = _manifest(folder)
    arrays = {name: _array(folder / name, files[name]) for name in _ARRAYS}
    keys, scales, packed = arrays.values()
    if keys.ndim != 1 or packed.ndim != 2 or not len(keys) == len(scales) == len(packed):
        shapes = "、".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise WeightsError(f"内置编码器的权重文件大小互不相符（{shapes}）。{_REMEDY}")
    return Weights(keys, packed, scales, _digest("".join(files.values()).encode()))


def _manifest(folder: Path) -> dict[str, str]:
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text("utf-8"))
        found, files = manifest["format"], {name: str(manifest["files"][name]) for name in _ARRAYS}
    except OSError as error:
        raise WeightsError(f"找不到内置编码器的权重清单：{path}。{_REMEDY}") from error
    except (ValueError, TypeError, KeyError) as error:
        raise WeightsError(f"内置编码器的权重清单已损坏，无法读取：{path}。{_REMEDY}") from error
    if found != FORMAT:
        raise WeightsError(f"内置编码器的权重格式为 {found}，本程序只能读取格式 {FORMAT}：{path}。{_REMEDY}")
    return files


def _array(path: Path, expected: str) -> NDArray[Any]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WeightsError(f"内置编码器缺少权重文件：{path}。{_REMEDY}") from error
    found = _digest(content)
    if found != expected:
        sums = f"清单记载的 sha256 为 {expected[:12]}…，实际为 {found[:12]}…"
        raise WeightsError(f"内置编码器的权重文件与清单不符：{path}（{sums}）。{_REMEDY}")
    array: NDArray[Any] = np.lib.format.read_array(io.BytesIO(content), allow_pickle=False)
    if array.dtype != _ARRAYS[path.name]:
        raise WeightsError(f"内置编码器的权重文件类型不对：{path}（{array.dtype}）。{_REMEDY}")
    return array


def check_replaceable(folder: Path) -> None:
    """Raises WeightsError if `folder` holds anything but weights: writing there would delete it."""
    taken = folder.exists() and not (folder.is_dir() and _is_ours(folder))
    if taken:
        raise WeightsError(f"{folder} 已存在，且不是权重文件夹，未予覆盖。请另外指定一个文件夹：--out")


def write_weights(folder: Path, keys: Keys, packed: Packed, scales: Scales) -> None:
    """Writes a weights folder, complete before it takes the place of one that stands there. Raises WeightsError."""
    folder = folder.resolve()
    check_replaceable(folder)
    fresh, old = folder.with_name(folder.name + ".new"), folder.with_name(folder.name + ".old")
    for left_over in (fresh, old):
        shutil.rmtree(left_over, ignore_errors=True)
    fresh.mkdir(parents=True)
    write_arrays(fresh, keys, packed, scales)
    _write_json(fresh / "modules.json", [{"idx": 0, "name": "0", "path": "", "type": MODULE_CLASS}])
    prompts = {"query": "", "document": ""}
    _write_json(
        fresh / "config_sentence_transformers.json",
        {"model_type": "SentenceTransformer", "prompts": prompts, "similarity_fn_name": "cosine"},
    )
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def write_arrays(folder: Path, keys: Keys, packed: Packed, scales: Scales) -> None:
    """Writes the arrays and their manifest into a folder that exists."""
    files = {}
    arrays: tuple[NDArray[Any], ...] = (keys, scales, packed)
    for name, array in zip(_ARRAYS, arrays, strict=True):
        np.save(folder / name, array.astype(_ARRAYS[name]), allow_pickle=False)
        files[name] = _digest((folder / name).read_bytes())
    _write_json(folder / MANIFEST, {"format": FORMAT, "files": files})


def _is_ours(folder: Path) -> bool:
    return (folder / MANIFEST).is_file() or not any(folder.iterdir())


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
