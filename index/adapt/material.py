"""Examples to learn from, and trials of what was kept aside."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.lexicon.terms import Term
from corpus.store import Library
from corpus.types import Mark
from index.adapt.examples import (
    Example,
    Kind,
    chosen_clauses,
    cloze_examples,
    heading_example,
    is_held,
    mark_examples,
    term_examples,
)
from index.passages import passages

MOST_ASKED = 800  # queries of a trial


@dataclass(frozen=True, slots=True)
class Trial:
    """Queries to be asked over `pool`; wanted: for each, the places in `pool` of what answers it, at least one."""

    queries: tuple[str, ...]
    wanted: tuple[tuple[int, ...], ...]
    pool: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """learnt: what is trained on.  mark, heading, cloze: trials with what is not.

    general: everyday words of the built-in thesaurus, each to find its official terms: what the encoder could do before.
    """

    learnt: tuple[Example, ...]
    mark: Trial
    heading: Trial
    cloze: Trial
    general: Trial

    def held(self) -> dict[Kind, Trial]:
        """The trials of what was kept aside, by kind."""
        return {"mark": self.mark, "heading": self.heading, "cloze": self.cloze}


def gather(library: Library, own_terms: Sequence[Term], general_terms: Sequence[Term], marks: Sequence[Mark]) -> Material:
    """Everything the library, the user's rows of the thesaurus and the marks give."""
    learnt: list[Example] = []
    asked: list[Example] = []
    headings: list[Example] = []
    seen: list[str] = []  # passages of the clauses that are learnt from
    kept: list[str] = []  # and of those kept aside
    for document, clause in chosen_clauses(library):
        cloze, heading = list(cloze_examples(document, clause)), heading_example(document, clause)
        texts = [part.text for part in passages(document, clause) if part.level == "passage"]
        headings += [heading] if heading else []
        if is_held(clause.id):
            asked += [cuts[len(cuts) // 2] for cuts in cloze]
            kept += texts
        else:
            learnt += [*(cut for cuts in cloze for cut in cuts), *([heading] if heading else [])]
            seen += texts
    said = list(mark_examples(library, marks))
    learnt += [*term_examples(own_terms), *(e for e in said if not is_held(e.of))]
    general = list(term_examples(general_terms))
    return Material(
        learnt=tuple(learnt),
        mark=_mark_trial([e for e in said if is_held(e.of)], [*seen, *kept]),
        heading=_trial([e for e in headings if is_held(e.of)], headings),
        cloze=_cloze_trial(asked, seen),
        general=_trial(general[:: len(general) // MOST_ASKED + 1], general),
    )


def _trial(asked: Sequence[Example], answers: Sequence[Example], others: Sequence[str] = ()) -> Trial:
    """Up to MOST_ASKED of `asked`; any passage of the query's group answers it."""
    pool = {text: n for n, text in enumerate(dict.fromkeys([*(e.passage for e in answers), *others]))}
    places: defaultdict[str, set[int]] = defaultdict(set)
    for answer in answers:
        places[answer.group].add(pool[answer.passage])
    asked = asked[:MOST_ASKED]
    return Trial(tuple(e.query for e in asked), tuple(tuple(sorted(places[e.group])) for e in asked), tuple(pool))


def _cloze_trial(asked: Sequence[Example], others: Sequence[str]) -> Trial:
    """A sentence is answered by the rest of its own passage alone."""
    return _trial(*2 * ([replace(e, group=e.passage) for e in asked],), others)


def _mark_trial(held: Sequence[Example], others: Sequence[str]) -> Trial:
    """A question is answered by any passage of any clause marked as right for it."""
    answers = [replace(e, group=e.of) for e in held if not e.group.startswith("question:")]
    return _trial(list({e.of: e for e in answers}.values()), answers, others)
