"""The weights folder as a sentence-transformers model: the same vectors, and it can be saved and opened again."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sentence_transformers", reason="本机没有安装 sentence-transformers")

from sentence_transformers import SentenceTransformer

from index.builtin.model import BuiltinEncoder
from index.builtin.st_module import BuiltinModule
from index.builtin.weights import FOLDER
from index.encoder import open_encoder

TEXTS = [
    "谁负责挥发性有机物整治",
    "青岚市生态环境局牵头，有关部门配合。",
    "",
    "PM２.５下降１０％",
    "垃圾" * 300,
]


@pytest.fixture(scope="module")
def model() -> SentenceTransformer:
    return SentenceTransformer(str(FOLDER), trust_remote_code=True, device="cpu", local_files_only=True)


def test_folder_opens_through_our_module_with_the_same_vectors(model: SentenceTransformer) -> None:
    assert isinstance(model[0], BuiltinModule)
    assert model.get_embedding_dimension() == 512
    encoder = BuiltinEncoder.load()
    ours, theirs = encoder.encode_passages(TEXTS), model.encode_document(TEXTS, show_progress_bar=False)
    cosines = (ours * theirs).sum(axis=1)
    assert (cosines[[0, 1, 3, 4]] >= 0.9999).all()
    assert not theirs[2].any()
    assert np.allclose(ours, model.encode_query(TEXTS, show_progress_bar=False), atol=1e-5)


def test_prompts_are_put_before_the_text(model: SentenceTransformer) -> None:
    told, plain = model.encode(["河道"], prompt="清理"), model.encode(["清理河道"])
    assert np.allclose(told, plain, atol=1e-6)


def test_saved_model_opens_as_either(model: SentenceTransformer, tmp_path: Path) -> None:
    model.save(str(tmp_path), create_model_card=False)
    expected = BuiltinEncoder.load().encode_queries(TEXTS)
    encoder = open_encoder(str(tmp_path))
    assert isinstance(encoder, BuiltinEncoder) and encoder.name == str(tmp_path)
    assert np.allclose(encoder.encode_queries(TEXTS), expected, atol=1e-3)
    again = SentenceTransformer(modules=[BuiltinModule.load(str(tmp_path))], device="cpu")
    assert np.allclose(again.encode(TEXTS, show_progress_bar=False), expected, atol=1e-3)


def test_vectors_can_be_trained_further() -> None:
    module = BuiltinModule.load(str(FOLDER))
    near = module(module.preprocess(["河道", "清淤"]))["sentence_embedding"]
    (near[0] @ near[1]).backward()
    weight = next(module.parameters())
    assert weight.grad is not None and weight.grad.any()
