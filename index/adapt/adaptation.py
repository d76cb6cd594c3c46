"""Adapts the built-in encoder to a library, keeps the result only where it finds more, and can go back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np

from corpus.errors import EncoderError
from corpus.lexicon.terms import Term
from corpus.store import Library
from corpus.types import Mark
from index.adapt.examples import Kind
from index.adapt.fit import Schedule, fit, sides
from index.adapt.material import Material, gather
from index.adapt.measure import Change, change, worth
from index.adapt.shelf import names, open_kept, switch, working, write_adapted
from index.base import Encoder, Progress
from index.build import build
from index.builtin.model import BuiltinEncoder
from index.builtin.quantise import pack, unpack
from index.builtin.weights import FOLDER, Weights, read_weights

DEFAULT = Schedule()
FEWEST = 20  # queries kept aside; fewer decide nothing
FORGOTTEN = 0.01  # mean reciprocal rank that may be lost on what the encoder could do before

Verdict = Literal["adopted", "too_little", "no_gain", "part_lost", "forgets", "not_better"]


@dataclass(frozen=True, slots=True)
class Given:
    """What an encoder is adapted with beside the library's own texts. general: the built-in rows of the thesaurus."""

    own_terms: Sequence[Term]
    general_terms: Sequence[Term]
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Why the adapted encoder serves now, or why not, and what was measured on what was kept aside.

    learnt: examples of each kind.  parts: by kind, against the built-in encoder.  whole: all parts together.
    general: what the encoder could do before.  serving: `whole`, against the adapted encoder that served; None for none.
    """

    verdict: Verdict
    learnt: Mapping[Kind, int]
    parts: Mapping[Kind, Change]
    whole: Change
    general: Change
    serving: Change | None


def adapt(
    library: Library,
    given: Given,
    *,
    schedule: Schedule | None = None,
    training: Progress | None = None,
    indexing: Progress | None = None,
) -> Outcome:
    """Trains from the built-in encoder's vectors; where it pays, the result serves and the index is built anew with it.

    Until that very moment the encoder before serves, also after a kill. Raises EncoderError where nothing can be written.
    """
    with working(library):
        base = read_weights(FOLDER)
        material = gather(library, given.own_terms, given.general_terms, given.marks)
        learnt = Counter(example.kind for example in material.learnt)
        if sum(len(trial.queries) for trial in material.held().values()) < FEWEST:
            nothing = change(np.zeros(0), np.zeros(0))
            return Outcome("too_little", learnt, {}, nothing, nothing, None)
        adapted = _fitted(base, material, schedule or DEFAULT, training or (lambda done, steps: None))
        outcome = _judged(library, material, BuiltinEncoder(base), BuiltinEncoder(adapted))
        outcome = replace(outcome, learnt=learnt)
        if outcome.verdict == "adopted":
            name = write_adapted(library, adapted)
            _serve(library, (*_whole(library, names(library)), name), indexing)
        return outcome


def undo(library: Library, *, indexing: Progress | None = None) -> bool:
    """Goes back to the encoder before the last one adopted and builds the index anew; False if none was adopted."""
    with working(library):
        kept = names(library)
        if kept:
            _serve(library, _whole(library, kept[:-1]), indexing)
        return bool(kept)


def _fitted(base: Weights, material: Material, schedule: Schedule, report: Progress) -> Weights:
    """The weights after training; rows that no example uses stay as they are, bit by bit.

    The fingerprint is the base's: what these weights were made from.
    """
    given, used = sides(material.learnt, BuiltinEncoder(base).vocabulary)
    table = fit(unpack(base.packed[used], base.scales[used]), material.learnt, given, schedule, report)
    packed, scales = base.packed.copy(), base.scales.copy()
    packed[used], scales[used] = pack(table)
    return Weights(base.keys, packed, scales, base.fingerprint)


def _judged(library: Library, material: Material, base: Encoder, adapted: Encoder) -> Outcome:
    """Measured as it will serve: rounded to four bits."""
    trials = {kind: trial for kind, trial in material.held().items() if trial.queries}
    before = {kind: worth(base, trial) for kind, trial in trials.items()}
    after = {kind: worth(adapted, trial) for kind, trial in trials.items()}
    parts = {kind: change(before[kind], after[kind]) for kind in trials}
    whole = change(*(np.concatenate(list(each.values())) for each in (before, after)))
    general = change(worth(base, material.general), worth(adapted, material.general))
    serving = None
    if (other := _serving(library)) is not None:
        held = np.concatenate([worth(other, trial) for trial in trials.values()])
        serving = change(held, np.concatenate(list(after.values())))
    return Outcome(_verdict(parts, whole, general, serving), {}, parts, whole, general, serving)


def _verdict(parts: Mapping[Kind, Change], whole: Change, general: Change, serving: Change | None) -> Verdict:
    if whole.low <= 0:
        return "no_gain"
    if any(part.high < 0 for part in parts.values()):
        return "part_lost"
    if general.gain < -FORGOTTEN:
        return "forgets"
    return "not_better" if serving is not None and serving.gain < 0 else "adopted"


def _serving(library: Library) -> Encoder | None:
    """The adapted encoder that serves, None where the built-in one does, or the adapted one can serve no more."""
    return open_kept(library, _whole(library, names(library)))


def _whole(library: Library, kept: Sequence[str]) -> Sequence[str]:
    """`kept`, or () where the last of them can serve no more."""
    try:
        return kept if open_kept(library, kept) else ()
    except EncoderError:
        return ()


def _serve(library: Library, kept: Sequence[str], indexing: Progress | None) -> None:
    """Builds the index with the last of `kept`, then lets both serve."""
    encoder = open_kept(library, kept) or BuiltinEncoder.load()
    build(library, encoder, progress=indexing, switching=partial(switch, library, kept))
