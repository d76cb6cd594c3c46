"""`python -m index.training --shared ../shared`: trains the built-in encoder, measures it, writes its weights."""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from corpus.errors import EncoderError, PolicyError
from index.base import Vectors
from index.builtin.features import Rows, count_features
from index.builtin.model import BuiltinEncoder, embed
from index.builtin.quantise import pack
from index.builtin.weights import FOLDER, check_replaceable, write_weights
from index.training.bank import FOLDER as BANK
from index.training.material import Material, missing_files, read_material
from index.training.measure import Figures, evaluate, evaluate_terms
from index.training.sampling import Mixture, Sampler
from index.training.schedule import Schedule
from index.training.speed import measure_speed

_LEAST = 8  # a feature found in fewer texts has no vector
_SPEED_ARTICLES = 20_000
_EVERY = 50  # steps between two lines of progress

MEANING = {
    "runs": "独立训练的次数，结果取平均",
    "steps": "每次训练的步数",
    "rate": "最高的学习率",
    "scale": "余弦在 softmax 之前放大的倍数",
    "anchor": "平均之后加回多少初始向量",
    "seed": "随机种子",
    "batch": "每步的配对数",
    "statute": "法律问答配对所占的份额",
    "written": "自编问题配对所占的份额",
    "terms": "用语对照配对所占的份额",
    "dropout": "随机略去的字词所占的份额",
    "reports": "填空配对中出自政府工作报告的份额",
}

Say = Callable[[str], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if min(options.runs, options.steps, options.dim) < 1 or options.dim % 2:
        parser.error("--runs、--steps、--dim 须为正整数，且 --dim 须为偶数")
    missing = missing_files(options.shared)
    if missing:
        sys.stderr.write(f"训练数据目录 {options.shared} 中缺少：{'、'.join(missing)}。请用 --shared 指定数据目录\n")
        return 1
    try:
        _run(options, partial(_say, time.monotonic()))
    except PolicyError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _run(options: argparse.Namespace, say: Say) -> None:
    material = read_material(options.shared, options.bank)
    kinds = "，".join(f"{kind} {len(questions):,} 问" for kind, questions in material.questions.items())
    say(f"读入 {len(material.passages):,} 段文本（检索范围 {material.searched:,} 段），{kinds}")
    if options.speed:
        say(str(measure_speed(options.out, [p.text for p in material.passages[:_SPEED_ARTICLES]])))
        return
    if not options.measure:
        _train(material, options, say)
    encoder = BuiltinEncoder.load(options.out)
    passages = encoder.encode_passages([p.text for p in material.passages[: material.searched]])
    for figures in _measure(material, passages, encoder.encode_queries):
        say(f"权重文件（4 位）：{figures}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index.training", description="训练、测量内置编码器")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="训练数据目录（默认 ../shared）")
    parser.add_argument("--bank", type=Path, default=BANK, help="题库目录（默认为程序自带的题库）")
    parser.add_argument("--out", type=Path, default=FOLDER, help="权重文件夹（默认为程序自带的权重）")
    parser.add_argument("--dim", type=int, default=512, help="向量维数，须为偶数（默认 512）")
    for made_of in (Schedule, Mixture):
        for field in fields(made_of):
            kind, default = type(field.default), field.default
            parser.add_argument(f"--{field.name}", type=kind, default=default, help=f"{MEANING[field.name]}（默认 {default}）")
    parser.add_argument("--measure", action="store_true", help="只测量现有权重的检索效果，不训练")
    parser.add_argument("--speed", action="store_true", help="只测量现有权重的打开时间和编码速度，不训练")
    return parser


def _chosen(options: argparse.Namespace, made_of: type[Schedule] | type[Mixture]) -> dict[str, Any]:
    return {field.name: getattr(options, field.name) for field in fields(made_of)}


def _train(material: Material, options: argparse.Namespace, say: Say) -> None:
    check_replaceable(options.out)
    try:
        from index.training.fit import beginning, train  # torch is needed here alone
    except ImportError as error:
        raise EncoderError('训练需要 torch，本机没有安装。请先安装：pip install "policy-assistant[models]"') from error
    vocabulary, found_in = count_features((p.text for p in material.passages), _LEAST)
    sampler = Sampler(material, vocabulary, Mixture(**_chosen(options, Mixture)))
    bags = [sampler.whole(place) for place in range(material.searched)]
    say(f"{len(vocabulary):,} 个特征")

    def report(run: int, step: int, loss: float) -> None:
        if step % _EVERY == 0:
            say(f"第 {run} 次训练，第 {step} 步，损失 {loss:.3f}")

    start = beginning(found_in, len(material.passages), options.dim, options.seed)
    schedule = Schedule(**_chosen(options, Schedule))
    for run, table in enumerate(chain([start], train(start, sampler, schedule, report))):
        encode = partial(embed, lookup=table.__getitem__, size=len(vocabulary), dim=options.dim)

        def encode_texts(texts: Sequence[str], encode: Callable[[Sequence[Rows]], Vectors] = encode) -> Vectors:
            return encode(vocabulary.bags(texts))

        for figures in _measure(material, encode(bags), encode_texts):
            say(f"{f'{run} 次平均' if run else '训练前'}：{figures}")
        if run:
            write_weights(options.out, vocabulary.keys, *pack(table))


def _measure(material: Material, passages: Vectors, encode: Callable[[Sequence[str]], Vectors]) -> list[Figures]:
    queries = {kind: encode([q.query for q in material.held(kind)]) for kind in material.questions if material.held(kind)}
    figures = evaluate(material, passages, queries)
    return [*figures, evaluate_terms(material.terms, material.held_terms, encode)]


def _say(started: float, line: str) -> None:
    sys.stdout.write(f"[{time.monotonic() - started:5.0f} 秒] {line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
