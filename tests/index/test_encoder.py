"""Opening encoders: the built-in one, a real (tiny) sentence-transformers model, and everything that can go wrong."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import EncoderError, WeightsError
from index.builtin.weights import FOLDER
from index.encoder import open_encoder

ROOT = Path(__file__).resolve().parents[2]
PROMPTS = {"query": "问：", "document": "文："}
TEXTS = ["谁负责扬尘", "市住建局负责扬尘管控", "河"]


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one layer and random weights, saved as a sentence-transformers folder with prompts and mean pooling."""
    pytest.importorskip("sentence_transformers", reason="本机没有安装 sentence-transformers")
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("bert")
    characters = sorted(set("".join(TEXTS) + "问文："))
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n", "utf-8")
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=32,
    )
    BertModel(config).save_pretrained(folder / "plain")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder / "plain")
    transformer = Transformer(str(folder / "plain"))
    pooling = Pooling(16, pooling_mode="mean")
    SentenceTransformer(modules=[transformer, pooling], prompts=PROMPTS, device="cpu").save(str(folder / "model"))
    return folder / "model"


def test_builtin_by_name() -> None:
    encoder = open_encoder("builtin")
    assert (encoder.name, encoder.dim) == ("builtin", 512)


def test_a_folder_gives_what_sentence_transformers_gives_with_its_prompts(bert: Path) -> None:
    from sentence_transformers import SentenceTransformer

    encoder = open_encoder(str(bert))
    model = SentenceTransformer(str(bert), device="cpu", local_files_only=True)
    assert (encoder.name, encoder.dim) == (str(bert), 16)
    for ours, prompt in ((encoder.encode_queries(TEXTS), "问："), (encoder.encode_passages(TEXTS), "文：")):
        expected = model.encode(TEXTS, prompt=prompt, normalize_embeddings=True)
        assert ours.dtype == np.float32
        assert np.allclose(ours, expected, atol=1e-5)
        assert np.linalg.norm(ours, axis=1) == pytest.approx(np.ones(len(TEXTS)))
    assert not np.allclose(encoder.encode_queries(TEXTS), encoder.encode_passages(TEXTS), atol=1e-3)


def test_no_texts_no_rows(bert: Path) -> None:
    assert open_encoder(str(bert)).encode_passages([]).shape == (0, 16)


def test_fingerprint_follows_the_files_not_the_place(bert: Path, tmp_path: Path) -> None:
    for name in ("copy", "changed"):
        shutil.copytree(bert, tmp_path / name)
    settings = tmp_path / "changed" / "config_sentence_transformers.json"
    changed = json.loads(settings.read_text("utf-8"))
    changed["prompts"]["query"] = "查："
    settings.write_text(json.dumps(changed), "utf-8")
    first = open_encoder(str(bert)).fingerprint
    assert open_encoder(str(tmp_path / "copy")).fingerprint == first
    assert open_encoder(str(tmp_path / "changed")).fingerprint != first


def test_a_damaged_model_folder(bert: Path, tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text((bert / "modules.json").read_text("utf-8"), "utf-8")
    with pytest.raises(EncoderError, match=r"模型无法打开.*请重新拷贝完整的模型文件夹"):
        open_encoder(str(tmp_path))


def test_a_folder_that_holds_no_model(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"没有 sentence-transformers 模型（缺少 modules\.json"):
        open_encoder(str(tmp_path))


@pytest.mark.parametrize(
    "name",
    [
        "./bge",
        "../models/bge",
        "a/b/c",
        "模型/小号/",
        "~nobody-here/bge",
        "长" * 300,
        "模型/小号",
        "bge-m3",
        "",
        "C:\\models\\bge",
        "bge m3",
    ],
)
def test_a_folder_that_does_not_exist(name: str) -> None:
    with pytest.raises(EncoderError, match=r"找不到编码器文件夹.*内置编码器的名称为 builtin"):
        open_encoder(name)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"")
    with pytest.raises(EncoderError, match="找不到编码器文件夹"):
        open_encoder(str(tmp_path / "model.bin"))


def test_damaged_weights_in_our_format_say_so(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text((FOLDER / "modules.json").read_text("utf-8"), "utf-8")
    with pytest.raises(WeightsError, match="找不到内置编码器的权重清单"):
        open_encoder(str(tmp_path))


def test_sentence_transformers_not_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    (tmp_path / "modules.json").write_text("[]", "utf-8")
    for name in (str(tmp_path), "BAAI/bge-small-zh-v1.5"):
        with pytest.raises(EncoderError, match=r'没有安装。请先安装：pip install "policy-assistant\[models\]"'):
            open_encoder(name)


HUB = """
import sys
from corpus.errors import EncoderError
from index.encoder import open_encoder
try:
    encoder = open_encoder("nobody/none")
    said = f"{encoder.name} {encoder.dim} {encoder.fingerprint} {encoder.encode_queries(['河']).shape}"
except EncoderError as error:
    said = str(error)
sys.stdout.buffer.write(said.encode())
"""


def ask_hub(cache: Path, **environment: str) -> str:
    """What opening `nobody/none` gives in a fresh process, for the hub's settings are read at import."""
    pytest.importorskip("sentence_transformers", reason="本机没有安装 sentence-transformers")
    done = subprocess.run(
        [sys.executable, "-c", HUB],
        cwd=ROOT,
        env={**os.environ, "HF_HOME": str(cache), **environment},
        capture_output=True,
        check=True,
        timeout=120,
    )
    return done.stdout.decode()


@pytest.mark.parametrize("environment", [{"HF_ENDPOINT": "http://127.0.0.1:9"}, {"HF_HUB_OFFLINE": "1"}])
def test_a_hub_out_of_reach(environment: dict[str, str], tmp_path: Path) -> None:
    said = ask_hub(tmp_path, **environment)
    assert said.startswith("无法从模型库取得 nobody/none")
    assert "以文件夹路径作为编码器名称" in said


def test_a_model_in_the_cache_opens_without_the_hub(bert: Path, tmp_path: Path) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    cached = tmp_path / "hub" / "models--nobody--none"
    shutil.copytree(bert, cached / "snapshots" / commit)
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text(commit, "utf-8")
    said = ask_hub(tmp_path, HF_ENDPOINT="http://127.0.0.1:9")
    assert said == f"nobody/none 16 nobody/none@{commit} (1, 16)"
