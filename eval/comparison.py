"""Two runs over the same questions: which differences are more than chance, and which questions changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import PolicyError
from eval.measures import shown
from eval.runs import Asked, Result, Run
from eval.statistics import Difference, paired
from eval.tables import Table, difference

_EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class Compared:
    """A set in both runs. pairs: (before, after) of the questions both asked.  lone: how many only one of them asked."""

    before: Result
    after: Result
    pairs: tuple[tuple[Asked, Asked], ...]
    lone: int

    def differences(self) -> dict[str, Difference]:
        """By measure."""
        return {
            measure: paired([b.values[measure] for b, _ in self.pairs], [a.values[measure] for _, a in self.pairs])
            for measure in self.before.measures
            if measure in self.after.measures
        }

    def changed(self) -> list[tuple[Asked, Asked]]:
        """The questions whose rank or values differ, the greatest loss first; ties by id."""
        return sorted((pair for pair in self.pairs if _differs(*pair)), key=lambda pair: (_gain(*pair), pair[0].id))


def compare(before: Run, after: Run, systems: tuple[str, str] | None = None) -> list[Compared]:
    """Results of the same set and system; with `systems`, of the first in `before` and of the second in `after`.

    Raises PolicyError if no set is in both.
    """
    found = [_paired(b, a) for b in before.results for a in after.results if b.set == a.set and _match(b, a, systems)]
    if not any(compared.pairs for compared in found):
        names = "；".join(
            f"{'前' if run is before else '后'}者有 {'、'.join(f'{r.set}（{r.system}）' for r in run.results)}"
            for run in (before, after)
        )
        raise PolicyError(f"两次测量没有可以对照的问题：{names}。请用同样的问题测量，或用 --systems 指定各自的做法。")
    return [compared for compared in found if compared.pairs]


def _match(before: Result, after: Result, systems: tuple[str, str] | None) -> bool:
    return (before.system, after.system) == systems if systems else before.system == after.system


def _paired(before: Result, after: Result) -> Compared:
    later = {(q.id, q.text): q for q in after.questions}
    pairs = tuple((q, later[q.id, q.text]) for q in before.questions if (q.id, q.text) in later)
    return Compared(before, after, pairs, len(before.questions) + len(after.questions) - 2 * len(pairs))


def _differs(before: Asked, after: Asked) -> bool:
    return before.rank != after.rank or any(abs(after.values.get(m, v) - v) > _EQUAL for m, v in before.values.items())


def _gain(before: Asked, after: Asked) -> float:
    return sum(after.values.get(m, v) - v for m, v in before.values.items())


def warnings(before: Run, after: Run) -> Iterator[str]:
    """What else differs between the runs than what was meant to."""
    for name in before.corpora.keys() & after.corpora.keys():
        if before.corpora[name].state != after.corpora[name].state:
            yield f"注意：两次测量的文本 {name} 不同，差别未必出自程序。"


def table(compared: Compared) -> Table:
    """Every measure before and after."""
    before, after = compared.before, compared.after
    systems = before.system if before.system == after.system else f"{before.system} → {after.system}"
    lone = f"，另有 {compared.lone} 问只在一方" if compared.lone else ""
    body = [
        [shown(measure), f"{found.before:.3f}", f"{found.after:.3f}", difference(found)]
        for measure, found in compared.differences().items()
    ]
    return Table(f"{before.set}（{systems}，{len(compared.pairs)} 问{lone}）", ["", "前", "后", "后减前"], body)


def changes(compared: Compared, most: int) -> list[str]:
    """A line for each of up to `most` changed questions, half of them the greatest losses, half the greatest gains."""
    changed = compared.changed()
    shown_ones = changed if len(changed) <= most else [*changed[: most - most // 2], *changed[len(changed) - most // 2 :]]
    worse = sum(_gain(*pair) < -_EQUAL for pair in changed)
    better = sum(_gain(*pair) > _EQUAL for pair in changed)
    lines = [f"有变化的 {len(changed)} 问：变差 {worse}，变好 {better}"]
    return lines + [f"  {_moved(before, after)}  {before.id}  {before.text}" for before, after in shown_ones]


def _moved(before: Asked, after: Asked) -> str:
    """Ranks and the change of the first measure; for answers what became right (+) and wrong (-)."""
    gains = {measure: after.values.get(measure, value) - value for measure, value in before.values.items()}
    if before.rank or after.rank:
        first, gain = next(iter(gains.items()))
        return f"第 {before.rank or '—'} → {after.rank or '—'} 位，{shown(first)} {gain:+.3f}"
    return " ".join(f"{'+' if gain > 0 else '-'}{shown(measure)}" for measure, gain in gains.items() if abs(gain) > _EQUAL)
