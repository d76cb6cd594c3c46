"""The built-in encoder: unit vectors, the same in any company; weights that are missing or altered are refused."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import WeightsError
from index.builtin.features import Vocabulary, count_features
from index.builtin.model import BuiltinEncoder, embed
from index.builtin.quantise import pack
from index.builtin.weights import (
    FOLDER,
    MANIFEST,
    check_replaceable,
    is_weights_folder,
    read_weights,
    write_weights,
)
from tests.shared import SHARED, needs_shared

Row = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
TEXTS = ["青岚市推进河道清淤。", "加强扬尘管控，5月底前完成", "", "龘", "河道", "河道 河道"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A weights folder of random vectors, dim 8, for the features of TEXTS but 龘."""
    vocabulary, found_in = count_features([t for t in TEXTS if t != "龘"], least=1)
    table = np.random.default_rng(0).standard_normal((len(found_in), 8)).astype(np.float32)
    write_weights(tmp_path / "weights", vocabulary.keys, *pack(table))
    return tmp_path / "weights"


def test_rows_are_sums_of_feature_vectors_by_the_root_of_their_counts(folder: Path) -> None:
    encoder = BuiltinEncoder.load(folder, "own")
    vectors = encoder.encode_passages(TEXTS)
    assert vectors.dtype == np.float32 and vectors.shape == (len(TEXTS), encoder.dim) == (6, 8)
    table = encoder.table()
    for text, vector in zip(TEXTS, vectors, strict=True):
        rows, counts = np.unique(encoder.vocabulary.rows(text), return_counts=True)
        total = np.sqrt(counts) @ table[rows]
        assert np.allclose(vector, total / (np.linalg.norm(total) or 1), atol=1e-6)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 0, 0, 1, 1])


def test_questions_and_passages_are_treated_alike(folder: Path) -> None:
    encoder = BuiltinEncoder.load(folder)
    assert np.array_equal(encoder.encode_queries(TEXTS), encoder.encode_passages(TEXTS))


def test_no_texts_no_rows(folder: Path) -> None:
    assert BuiltinEncoder.load(folder).encode_queries([]).shape == (0, 8)


def test_a_vector_is_the_same_to_the_bit_in_any_company() -> None:
    encoder = BuiltinEncoder.load()
    many = [f"{text}第{n}号" for n in range(1500) for text in ("清理河道", "扬尘管控与裸土覆盖")]
    together = encoder.encode_passages(many)
    for place in (0, 1, 2047, 2048, 2999):
        assert np.array_equal(encoder.encode_passages([many[place]])[0], together[place])


def test_embedding_of_empty_bags_alone() -> None:
    vectors = embed(Vocabulary(np.zeros(0, np.int64)).bags(["河"]), lambda rows: np.zeros((0, 4), np.float32), 0, 4)
    assert np.array_equal(vectors, np.zeros((1, 4), np.float32))


def test_shipped_encoder_is_an_encoder_of_512_dimensions() -> None:
    encoder = BuiltinEncoder.load()
    assert (encoder.name, encoder.dim) == ("builtin", 512)
    assert encoder.fingerprint == BuiltinEncoder.load().fingerprint
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 30_000_000


def test_full_width_and_plain_spellings_meet() -> None:
    encoder = BuiltinEncoder.load()
    one, two = encoder.encode_queries(["ＰＭ２.５浓度下降１０％", "pm2.5浓度下降10%"])
    assert np.array_equal(one, two)


SYNONYMS = [
    ("雾霾", "重污染天气", "义务教育"),
    ("养猪场粪污", "畜禽粪污资源化利用", "个人所得税"),
    ("老人家看病报销", "老年人医疗保障", "道路扬尘污染"),
    ("工地灰尘大", "建筑施工扬尘污染防治", "农村土地承包"),
    ("被公司辞退赔多少钱", "解除劳动合同经济补偿", "水生野生动物保护"),
    ("小孩上学划片", "义务教育阶段就近入学", "危险化学品储存"),
    ("工厂排臭气", "挥发性有机物综合治理", "退役军人安置"),
    ("谁管垃圾分类", "生活垃圾分类主管部门", "证券发行"),
]


@pytest.mark.parametrize(("everyday", "official", "unrelated"), SYNONYMS)
def test_everyday_words_lie_nearer_to_official_terms_than_to_others(everyday: str, official: str, unrelated: str) -> None:
    query, near, far = BuiltinEncoder.load().encode_queries([everyday, official, unrelated])
    assert query @ near > query @ far + 0.1


def test_fingerprint_follows_the_weights(folder: Path, tmp_path: Path) -> None:
    weights = read_weights(folder)
    write_weights(tmp_path / "same", weights.keys, weights.packed, weights.scales)
    write_weights(tmp_path / "other", weights.keys, weights.packed, weights.scales * 2)
    assert read_weights(tmp_path / "same").fingerprint == weights.fingerprint
    assert read_weights(tmp_path / "other").fingerprint != weights.fingerprint


@pytest.mark.parametrize("name", ["features.npy", "scales.npy", "vectors.npy"])
def test_altered_weights_are_refused(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[-1] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(WeightsError, match=rf"与清单不符.*{name}.*请重新安装本程序.*python -m index\.training"):
        BuiltinEncoder.load(folder)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("features.npy", "缺少权重文件"),
        ("vectors.npy", "缺少权重文件"),
        (MANIFEST, "找不到内置编码器的权重清单"),
    ],
)
def test_missing_weights_are_refused(folder: Path, name: str, found: str) -> None:
    (folder / name).unlink()
    with pytest.raises(WeightsError, match=f"{found}.*{name}.*请重新安装本程序"):
        BuiltinEncoder.load(folder)


@pytest.mark.parametrize(
    ("manifest", "found"),
    [("{", "已损坏"), ("[]", "已损坏"), ("{}", "已损坏"), ('{"format": 1, "files": {}}', "已损坏")],
)
def test_a_broken_manifest_is_refused(folder: Path, manifest: str, found: str) -> None:
    (folder / MANIFEST).write_text(manifest, "utf-8")
    with pytest.raises(WeightsError, match=found):
        read_weights(folder)


def test_another_format_is_refused(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    (folder / MANIFEST).write_text(json.dumps(manifest | {"format": 2}), "utf-8")
    with pytest.raises(WeightsError, match="格式为 2，本程序只能读取格式 1"):
        read_weights(folder)


def test_arrays_that_do_not_fit_each_other_are_refused(folder: Path) -> None:
    weights = read_weights(folder)
    write_weights(folder, weights.keys[1:], weights.packed, weights.scales)
    with pytest.raises(WeightsError, match="大小互不相符"):
        read_weights(folder)


def test_writing_replaces_weights_and_leaves_nothing_else(folder: Path) -> None:
    weights = read_weights(folder)
    write_weights(folder, weights.keys, weights.packed, weights.scales * 2)
    assert [path.name for path in folder.parent.iterdir()] == ["weights"]
    assert np.array_equal(read_weights(folder).scales, weights.scales * 2)


def test_a_folder_with_other_things_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("会议记录", "utf-8")
    with pytest.raises(WeightsError, match="不是权重文件夹，未予覆盖"):
        check_replaceable(tmp_path)
    check_replaceable(tmp_path / "new")


def test_a_weights_folder_is_recognised(folder: Path, tmp_path: Path) -> None:
    assert is_weights_folder(folder) and is_weights_folder(FOLDER)
    assert not is_weights_folder(tmp_path)


NO_TORCH = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("torch", "sentence_transformers", "transformers"):
            raise ImportError(name)

sys.meta_path.insert(0, Refuse())
from index.encoder import open_encoder
encoder = open_encoder("builtin")
assert encoder.encode_queries(["谁负责扬尘管控"]).any()
assert not {"torch", "sentence_transformers", "transformers"} & set(sys.modules)
"""


def test_encoding_needs_neither_torch_nor_sentence_transformers() -> None:
    done = subprocess.run([sys.executable, "-c", NO_TORCH], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def lines(name: str) -> list[Row]:
    return [json.loads(line) for line in (SHARED / name).read_text("utf-8").splitlines()]


@needs_shared
def test_held_out_questions_find_their_texts() -> None:
    """Recall@10 among all texts that any question of both kinds was written for; measured 0.72 and 0.86."""
    rows = {"statute": lines("stard/queries.dev.jsonl"), "written": lines("questions/written.jsonl")}
    held = {
        "statute": [row for n, row in enumerate(rows["statute"]) if n % 6 == 0],
        "written": [row for row in rows["written"] if row["relevant"][0]["id"] % 12 == 6],
    }
    every = {r["text"]: f"{r['article']}\n{r['text']}" for kind in rows for row in rows[kind] for r in row["relevant"]}
    places = {text: place for place, text in enumerate(every)}
    encoder = BuiltinEncoder.load()
    passages = encoder.encode_passages(list(every.values()))
    for kind, questions in held.items():
        scores = encoder.encode_queries([row["query"] for row in questions]) @ passages.T
        top = np.argpartition(-scores, 10, axis=1)[:, :10]
        found = [
            len({places[r["text"]] for r in row["relevant"]} & set(best)) / len(row["relevant"])
            for row, best in zip(questions, top.tolist(), strict=True)
        ]
        assert np.mean(found) > {"statute": 0.66, "written": 0.83}[kind]
