"""The built-in encoder as a sentence-transformers model of one module, with vectors that can be trained further.

    SentenceTransformer(str(FOLDER), trust_remote_code=True)   # the class stands outside sentence-transformers (≥ 6)
    SentenceTransformer(modules=[BuiltinModule.load(str(FOLDER))])

The switch runs no code from the folder: modules.json holds a name alone, and the class is this installed one.
"""

from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers.base.modules import InputModule

from index.builtin.features import Keys, Vocabulary
from index.builtin.model import BuiltinEncoder, weigh
from index.builtin.quantise import pack
from index.builtin.weights import MANIFEST, write_arrays


class BuiltinModule(InputModule):  # type: ignore[misc, unused-ignore]
    """keys: the features, int64 [n], ascending.  table: their vectors, float32 [n, dim]; 210 MB as shipped."""

    config_file_name = MANIFEST
    save_in_root = True

    def __init__(self, keys: Keys, table: torch.Tensor) -> None:
        super().__init__()  # type: ignore[no-untyped-call, unused-ignore]
        self._vocabulary = Vocabulary(keys)
        self._bag = torch.nn.EmbeddingBag.from_pretrained(table, freeze=False, mode="sum")

    def preprocess(self, inputs: Any, prompt: str | None = None, **_: Any) -> dict[str, torch.Tensor]:
        """The feature rows of all texts one after another (`input_ids`), their `weights`, and where each text begins."""
        texts = self._prepend_prompt(inputs, prompt) if prompt else inputs
        weights = weigh(self._vocabulary.bags(texts), len(self._vocabulary))
        return {
            "input_ids": torch.from_numpy(weights.indices.astype(np.int64)),
            "weights": torch.from_numpy(weights.data),
            "offsets": torch.from_numpy(weights.indptr[:-1].astype(np.int64)),
        }

    def forward(self, features: dict[str, torch.Tensor], **_: Any) -> dict[str, torch.Tensor]:
        """Adds `sentence_embedding`: float32 [texts, dim], rows of unit length, zero for a text without features."""
        sums = self._bag(features["input_ids"], features["offsets"], per_sample_weights=features["weights"])
        features["sentence_embedding"] = torch.nn.functional.normalize(sums, dim=-1)
        return features

    def get_embedding_dimension(self) -> int:
        """Length of a vector."""
        return int(self._bag.embedding_dim)

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Writes the vectors, rounded to four bits a value, with their manifest."""
        table = self._bag.weight.detach().cpu().numpy()
        write_arrays(Path(output_path), self._vocabulary.keys, *pack(table))

    @classmethod
    def load(  # type: ignore[override, unused-ignore]
        cls, model_name_or_path: str, subfolder: str = "", **_: Any
    ) -> "BuiltinModule":
        """Reads a weights folder on this machine. Raises WeightsError if a file is missing or altered."""
        encoder = BuiltinEncoder.load(Path(model_name_or_path) / subfolder)
        return cls(encoder.vocabulary.keys, torch.from_numpy(encoder.table()))
