"""Opens an Encoder by name: the built-in one, or any sentence-transformers model from a folder or a hub."""

import hashlib
import logging
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import EncoderError
from index.base import Encoder, Scores, Vectors
from index.builtin.model import BuiltinEncoder, unit_rows
from index.builtin.weights import is_weights_folder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUILTIN = "builtin"
_INSTALL = '请先安装：pip install "policy-assistant[models]"'
_LOCAL = "如本机不能联网，请在能联网的机器上下载该模型，把整个文件夹拷贝到本机，再以文件夹路径作为编码器名称"
_HUB_ID = re.compile(r"\w[\w.-]{0,95}/[\w.-]{1,96}", re.ASCII)
_MARKS = ("modules.json", "config.json")  # one of them stands in every model folder
_PATIENCE = 10  # seconds for the hub to answer
_LOG = logging.getLogger(__name__)
_MODEL_FILES = (".json", ".txt", ".model", ".safetensors", ".bin", ".jinja")


def open_encoder(name: str) -> Encoder:
    """Opens the encoder called `name`: `builtin`, a model folder, or a hub id (`BAAI/bge-small-zh-v1.5`).

    A folder that exists goes before a hub id. The network is touched for a hub id alone, and code that a model
    brings is never run. A folder in the built-in format opens without torch.
    Raises EncoderError: no such folder, no model, sentence-transformers not installed, hub out of reach;
    WeightsError: built-in weights missing or altered.
    """
    if name == BUILTIN:
        return BuiltinEncoder.load()
    folder = _folder(name)
    if folder:
        return BuiltinEncoder.load(folder, name) if is_weights_folder(folder) else _open_folder(name, folder)
    if not _HUB_ID.fullmatch(name) or Path(name).is_file():
        raise EncoderError(
            f"找不到编码器文件夹：{name}。请检查路径；模型库中的模型须写全名，如 BAAI/bge-small-zh-v1.5；"
            f"内置编码器的名称为 {BUILTIN}"
        )
    return _open_hub(name)


class TransformerEncoder:
    """An Encoder over a sentence-transformers model; prompts, pooling and window are as its own files say."""

    def __init__(self, model: "SentenceTransformer", name: str, fingerprint: str) -> None:
        self._model = model
        self._name = name
        self._fingerprint = fingerprint

    @property
    def name(self) -> str:
        """The folder or hub id it was opened by."""
        return self._name

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    @property
    def fingerprint(self) -> str:
        """sha256 of a folder's model files, or `<hub id>@<commit>`."""
        return self._fingerprint

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """float32 [len(texts), dim], rows of unit length, in order; with the model's prompt for queries."""
        return self._unit(self._model.encode_query, texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """float32 [len(texts), dim], rows of unit length, in order; with the model's prompt for documents."""
        return self._unit(self._model.encode_document, texts)

    def coverage(self, query: str, texts: Sequence[str]) -> Scores | None:
        """None: a sentence-transformers model gives a text one vector, not one for each word."""
        return None

    def _unit(self, encode: Any, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        vectors = encode(list(texts), convert_to_numpy=True, show_progress_bar=False)
        return unit_rows(np.array(vectors, dtype=np.float32))


def _folder(name: str) -> Path | None:
    """The folder called `name`, None if there is none."""
    try:
        folder = Path(name).expanduser()
        return folder if name and folder.is_dir() else None
    except (OSError, RuntimeError):  # a name too long, a user that does not exist
        return None


def _open_folder(name: str, folder: Path) -> Encoder:
    if not any((folder / file).is_file() for file in _MARKS):
        raise EncoderError(
            f"文件夹 {name} 中没有 sentence-transformers 模型（缺少 {' 或 '.join(_MARKS)}）。请检查路径是否指向模型文件夹本身"
        )
    library = _library(name)
    try:
        model = library.SentenceTransformer(str(folder), local_files_only=True)
    except Exception as error:
        raise EncoderError(f"文件夹 {name} 中的模型无法打开（{_reason(error)}）。请重新拷贝完整的模型文件夹") from error
    return TransformerEncoder(model, name, _files_digest(folder))


def _open_hub(name: str) -> Encoder:
    """Takes the copy in the hub's cache if there is one, so that a model does not change by itself; else downloads."""
    library = _library(name)
    snapshot = _cached_snapshot(name)
    if snapshot:
        try:
            model = library.SentenceTransformer(str(snapshot), local_files_only=True)
            return TransformerEncoder(model, name, f"{name}@{snapshot.name}")
        except Exception as error:  # the download was broken off: complete it
            _LOG.info("缓存中的 %s 不完整（%s），重新下载", name, _reason(error))
    revision = _hub_revision(name)
    try:
        model = library.SentenceTransformer(name, revision=revision)
    except Exception as error:
        raise EncoderError(f"模型 {name} 无法下载或打开（{_reason(error)}）。{_LOCAL}") from error
    return TransformerEncoder(model, name, f"{name}@{revision}")


def _cached_snapshot(name: str) -> Path | None:
    """The folder in which the hub's own cache keeps the model, named by its commit."""
    from huggingface_hub import try_to_load_from_cache

    found = (try_to_load_from_cache(name, file) for file in _MARKS)
    return next((Path(path).parent for path in found if isinstance(path, str)), None)


def _hub_revision(name: str) -> str:
    """The newest commit of the model; one request, so that a hub out of reach is known within seconds."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import RepositoryNotFoundError

    try:
        return str(HfApi().model_info(name, timeout=_PATIENCE).sha)
    except RepositoryNotFoundError as error:
        raise EncoderError(f"模型库中没有 {name}，本机也没有这个文件夹。请检查模型名称或文件夹路径") from error
    except Exception as error:
        raise EncoderError(f"无法从模型库取得 {name}（{_reason(error)}）。{_LOCAL}") from error


def _library(name: str) -> Any:
    try:
        import sentence_transformers
    except ImportError as error:
        raise EncoderError(
            f"编码器 {name} 需要 sentence-transformers，本机没有安装。{_INSTALL}；或使用内置编码器：--encoder {BUILTIN}"
        ) from error
    return sentence_transformers


def _reason(error: Exception) -> str:
    """The kind of a foreign error and the first line of what it says."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}：{lines[0][:200]}" if lines else type(error).__name__


def _files_digest(folder: Path) -> str:
    """sha256 over the names and contents of the files that make the vectors, wherever the folder lies."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in _MODEL_FILES and path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
