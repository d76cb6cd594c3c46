"""The sets of questions at hand, each with the corpus it is asked over; and any other file of the same forms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from corpus.errors import PolicyError
from eval.corpora import Corpus, located, open_articles, open_plans, with_wanted
from eval.gold import HELD, Question, Sought, judged_by_texts, read_clause_gold, read_text_gold
from index.training.bank import by_digest, read_bank
from index.training.material import LAWS, REPORTS, STATUTE, WRITTEN
from index.training.texts import Passage, read_laws, read_reports, read_samples

SETS = {"statute": STATUTE, "written": WRITTEN}  # over the articles, beside our own question bank
BANK = "bank"
PLANS, SAMPLES, ARTICLES, ANSWERS = "plans", "samples", "articles", "answers"
GOLD = ("gold/find.dev.jsonl", "gold/questions.dev.jsonl")  # over the plans
SEEDS, DUTIES = "seeds", "gold/responsibility.dev.jsonl"
ROOT = Path(__file__).resolve().parents[1]
T = TypeVar("T")
SAMPLE_FILES, SAMPLE_QUESTIONS = ROOT / "corpus" / "samples", ROOT / "eval" / "questions" / "samples.jsonl"


@dataclass(frozen=True)
class Suite:
    """Sets of questions by name, over one corpus."""

    name: str
    corpus: Corpus
    sets: dict[str, list[Question]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asking:
    """What is to be measured. suites: names of those at hand.  gold: further files, asked whole.  documents: theirs."""

    shared: Path
    suites: tuple[str, ...]
    gold: tuple[Path, ...]
    documents: Path | None
    sample: int | None


def missing_files(asking: Asking) -> list[str]:
    """Which files of the shared folder are needed and not there."""
    needed: list[str] = []
    if PLANS in asking.suites:
        needed += [*GOLD, SEEDS]
    if ANSWERS in asking.suites:
        needed += [*GOLD, SEEDS, DUTIES]
    if ARTICLES in asking.suites or any(judged_by_texts(path) for path in asking.gold):
        needed += [LAWS, REPORTS, *SETS.values()]
    if any(not judged_by_texts(path) for path in asking.gold) and not asking.documents:
        needed.append(SEEDS)
    return [name for name in dict.fromkeys(needed) if not (asking.shared / name).exists()]


def open_suites(asking: Asking, folder: Path) -> Iterator[Suite]:
    """The suites one after another, their libraries in `folder`; one is closed by whoever asks before the next is opened."""
    by_texts = [path for path in asking.gold if judged_by_texts(path)]
    by_clauses = [path for path in asking.gold if path not in by_texts]
    if PLANS in asking.suites:
        questions = [q for name in GOLD for q in read_clause_gold(asking.shared / name)]
        yield Suite(PLANS, open_plans(folder / PLANS, [asking.shared / SEEDS]), _sets({PLANS: questions}, asking.sample))
    if SAMPLES in asking.suites:
        sets = {SAMPLES: read_clause_gold(SAMPLE_QUESTIONS)}
        yield Suite(SAMPLES, open_plans(folder / SAMPLES, [SAMPLE_FILES]), _sets(sets, asking.sample))
    if by_clauses:
        sets = {path.stem: read_clause_gold(path) for path in by_clauses}
        documents = asking.documents or asking.shared / SEEDS
        yield Suite("documents", open_plans(folder / "documents", [documents]), _sets(sets, asking.sample))
    if ARTICLES in asking.suites or by_texts:
        yield _articles(asking, by_texts, folder / ARTICLES)


def _articles(asking: Asking, gold: Sequence[Path], folder: Path) -> Suite:
    """The articles always hold the texts wanted by every question of SETS and the bank, so that figures of runs compare."""
    laws = read_laws(asking.shared / LAWS)
    bank = _bank(laws, asking.shared)
    everything = [q for kind, name in SETS.items() for q in read_text_gold(asking.shared / name, kind)]
    everything += [question for question, _ in bank]
    asked: dict[str, list[Sought]] = {}
    if ARTICLES in asking.suites:
        asked |= {kind: read_text_gold(asking.shared / name, kind, HELD[name]) for kind, name in SETS.items()}
        asked[BANK] = [question for question, held in bank if held]
    asked |= {path.stem: read_text_gold(path, path.stem) for path in gold}
    sought = [*everything, *(q for questions in asked.values() for q in questions)]
    corpus, places = open_articles(folder, with_wanted(laws, sought))
    return Suite(ARTICLES, corpus, _sets({name: located(q, places) for name, q in asked.items()}, asking.sample))


def _bank(laws: Sequence[Passage], shared: Path) -> list[tuple[Sought, bool]]:
    """The questions of the bank, and whether each is held out of training. Raises PolicyError for one without its text."""
    questions = read_bank()
    if not questions:
        return []
    known = by_digest([*laws, *read_reports(shared / REPORTS), *read_samples()])
    if lost := [q.id for q in questions if q.digest not in known]:
        raise PolicyError(f"题库中的问题 {lost[0]} 等 {len(lost)} 个在数据目录中找不到所据的文字。请核对 {shared} 是否完整。")
    return [(Sought(q.id, BANK, q.query, (Passage(q.article, known[q.digest].body),)), q.held) for q in questions]


def _sets(sets: dict[str, list[Question]], sample: int | None) -> dict[str, list[Question]]:
    """Of each set at most `sample` questions, taken at equal distances; sets without questions are left out.

    Raises PolicyError where two questions of a set have one id.
    """
    for name, questions in sets.items():
        if len({q.id for q in questions}) < len(questions):
            raise PolicyError(f"问题集 {name} 中有编号（id）重复的问题。请改为各不相同的编号。")
    return {name: spread(questions, sample) for name, questions in sets.items() if questions}


def spread(questions: list[T], sample: int | None) -> list[T]:
    """At most `sample` of them, taken at equal distances; all where none is given."""
    if sample is None or len(questions) <= sample:
        return questions
    return [questions[n * len(questions) // sample] for n in range(sample)]
