"""The search taken apart: every part alone, and one part more at a time, on the same questions.

A variant differs from the product in what its name says and nothing else; the product itself stands last.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from corpus.lexicon.terms import Thesaurus
from eval.apart import Apart, Parts, Split
from eval.gold import Name, Question
from eval.runs import Result
from eval.search import PRODUCT, judge, product, rank_all
from eval.splitting import characters, pairs, with_words, words
from eval.suites import Suite
from eval.texts import bare_texts, product_texts, whole_texts
from index.base import Encoder, Progress, Scores, Vectors
from index.candidates import PASSAGE_WEIGHT
from index.search import EXPANSION_WEIGHT, Searcher
from index.tokens import tokenise

SHIPPED = "合并，词表扩展，地名优先，普遍适用的在先"
ONE_LOOK = "产品的检索，不逐词核对"
SPLITS: dict[str, Split] = {
    "BM25，jieba 分词": words,
    "BM25，单字": characters,
    "BM25，两字": pairs,
    "BM25，单字加两字": tokenise,
    "BM25，单字加两字，再加 jieba 的长词": with_words,
}
BARE, WHOLE = "片段前不加地名、简称和标题", "整条为一段"

Variant = Callable[[Parts], Scores]


class OneLook:
    """An encoder that has vectors for texts alone, none for words: nothing is looked at closely."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name, self.dim, self.fingerprint = encoder.name, encoder.dim, encoder.fingerprint

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As the encoder does."""
        return self._encoder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """As the encoder does."""
        return self._encoder.encode_passages(texts)

    def coverage(self, query: str, texts: Sequence[str]) -> None:
        """Nothing."""


def plain_variants() -> dict[str, Variant]:
    """Name → scores of a question asked as it is, from the simplest on."""
    made: dict[str, Variant] = {name: partial(Parts.lexical, split=split) for name, split in SPLITS.items()}
    for weight in (0.1, 0.2, 0.4):
        made[f"BM25，单字加两字，词表扩展 {weight}"] = partial(Parts.lexical, expansion=weight)
    made["向量，只用片段"] = lambda parts: parts.passages
    made["向量，只用单句"] = lambda parts: parts.sentences
    for weight in (0.5, PASSAGE_WEIGHT):
        made[f"向量，片段与单句，片段占 {weight}"] = partial(Parts.both, passages=weight)
    for weight in (0.3, 0.5, 0.6, 0.7, 0.8):
        made[f"合并，语义占 {weight}"] = partial(Parts.fused, weight=weight, expansion=0.0)
    made["合并，词表扩展"] = Parts.fused
    return made


def placed_variants() -> dict[str, Variant]:
    """Name → scores of a question whose places stand apart."""
    return {
        "合并，地名优先": lambda parts: parts.placed(parts.fused(expansion=0.0)),
        "合并，词表扩展，地名优先，按各路最高分换算": lambda parts: parts.placed(parts.by_bests()),
        "合并，词表扩展，地名优先，按名次倒数": lambda parts: parts.placed(parts.by_ranks()),
        "合并，词表扩展，地名优先，按标准分": lambda parts: parts.placed(parts.by_zscores()),
        "合并，词表扩展，地名优先": lambda parts: parts.placed(parts.fused(narrow=0.0)),
        SHIPPED: lambda parts: parts.placed(parts.fused()),
    }


def text_variants(name: str) -> dict[str, Variant]:
    """The three sides over other texts, which `name` names."""
    return {
        f"{name}：BM25": lambda parts: parts.placed(parts.lexical(expansion=EXPANSION_WEIGHT)),
        f"{name}：向量": lambda parts: parts.placed(parts.both()),
        f"{name}：{SHIPPED}": lambda parts: parts.placed(parts.fused()),
    }


def ablate(suite: Suite, encoder: Encoder, thesaurus: Thesaurus, progress: Progress) -> Iterator[Result]:
    """Every variant on every set of the suite, then the product; its index must be up to date."""
    library = suite.corpus.library
    matched = product_texts(library)
    apart = Apart(matched, encoder, thesaurus, tuple(SPLITS.values()))
    yield from _results(suite, apart, plain_variants(), progress, places=False)
    if apart.regions:
        yield from _results(suite, apart, placed_variants(), progress)
    del apart  # its vectors make room for those of other texts
    for name, texts in ((BARE, bare_texts), (WHOLE, whole_texts)):
        other = Apart(texts(library, matched.layout), encoder, thesaurus)
        yield from _results(suite, other, text_variants(name), progress)
        del other
    for system, used in ((ONE_LOOK, OneLook(encoder)), (PRODUCT, encoder)):
        searcher = product(Searcher(library, used, thesaurus))
        for name, questions in suite.sets.items():
            yield Result(name, system, suite.name, judge(questions, rank_all(suite.corpus, searcher, questions, progress)))


def _results(
    suite: Suite, apart: Apart, variants: Mapping[str, Variant], progress: Progress, *, places: bool = True
) -> Iterator[Result]:
    for name, questions in suite.sets.items():
        ranked = _ranked(suite, apart, variants, questions, progress, places)
        for variant, rankings in ranked.items():
            yield Result(name, variant, suite.name, judge(questions, rankings))


def _ranked(
    suite: Suite, apart: Apart, variants: Mapping[str, Variant], questions: Sequence[Question], progress: Progress, places: bool
) -> dict[str, dict[str, list[Name]]]:
    """Variant → question id → names, best first."""
    made: dict[str, dict[str, list[Name]]] = {variant: {} for variant in variants}
    texts = [question.text for question in questions]
    for n, (question, parts) in enumerate(zip(questions, apart.asked(texts, places=places), strict=True), 1):
        for variant, scores in variants.items():
            made[variant][question.id] = [suite.corpus.names[id] for id in apart.ranked(scores(parts))]
        progress(n, len(questions))
    return made
