"""What one trial says under one way of reading it: the rule of the answers with its choices changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from enthesis.domain.evidence.fragility.choices import Figures, Instrument, Reading, Values, Window
from enthesis.domain.evidence.fragility.trials import Figure, Trial
from enthesis.domain.evidence.picking import Route
from enthesis.domain.evidence.questions import Question
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.scales import Scale
from enthesis.domain.evidence.sizes import Contrast, Effect, ScaleKind
from enthesis.domain.evidence.synthesis import fits
from enthesis.domain.vocabulary import HORIZONS

__all__ = ["Asked", "Read", "read"]

PRINTED_FIRST = (Route.CONTRAST, Route.ARMS, Route.QUARTILES, Route.PERCENT, Route.EXACT_P, Route.DIRECTION)


@dataclass(frozen=True, slots=True)
class Asked:
    """The question with the scale of its answer and the declared rules."""

    question: Question
    scale: Scale
    rules: EvidenceRules


@dataclass(frozen=True, slots=True)
class Read:
    """What a trial says: one effect, from the figures at these places of the trial."""

    places: tuple[int, ...]
    effect: Effect
    contrast: Contrast


def read(trial: Trial, reading: Reading, asked: Asked) -> Read | None:
    """The effect of a trial under one reading; None when it has none on the scale of the answer.

    Several instruments are averaged. The standard error is the mean of theirs, as if they were perfectly
    correlated, because no trial prints the correlation and no precision may be counted twice.

    Source: averaging outcomes of one trial: Borenstein et al. 2009, ch. 24, doi:10.1002/9780470743386.ch24.
    """
    held = [i for i, figure in enumerate(trial.figures) if _is_admitted(figure, reading, asked)]
    if not held:
        return None
    ordered = sorted(held, key=lambda i: _preference(trial.figures[i], reading, asked))
    if reading.instrument is not Instrument.MEAN:
        chosen = ordered[:1] if _fits(trial.figures[ordered[0]].contrast, asked.scale) else []
    else:
        chosen = list(_one_per_instrument(trial, ordered, asked.scale))
    return _mean(trial, chosen, asked.scale) if chosen else None


def _is_admitted(figure: Figure, reading: Reading, asked: Asked) -> bool:
    if figure.correlation not in (None, reading.correlation):
        return False
    spans = [asked.question.horizon]
    if reading.window is Window.NEIGHBOURS and asked.question.horizon is not None:
        at = HORIZONS.index(asked.question.horizon)
        spans = list(HORIZONS[max(0, at - 1) : at + 2])
    return figure.contrast.pick.question.horizon in spans


def _preference(figure: Figure, reading: Reading, asked: Asked) -> tuple[object, ...]:
    """Sort key of the figures of one trial, best first.

    The declared reading gives the order of ``per_trial``: its last keys are the order of the figures already.
    """
    pick, row = figure.contrast.pick, figure.contrast.pick.result
    rank = asked.rules.rank_of(row.outcome, row.instrument)
    wanted = "final" if reading.values is Values.FINAL else "change"
    return (
        pick.is_suspect,
        pick.route is Route.DIRECTION,
        pick.question.horizon != asked.question.horizon,
        -rank if reading.instrument is Instrument.LAST else rank,
        row.derived,
        _distance(figure, reading, asked),
        _place_of_route(pick.route, reading),
        row.kind != wanted,
        figure.correlation is not None,
    )


def _distance(figure: Figure, reading: Reading, asked: Asked) -> float:
    row, horizon = figure.contrast.pick.result, asked.question.horizon
    week = sum(row.weeks_span) / 2 if row.weeks_span is not None else float(row.weeks or 0)
    inside = figure.contrast.pick.question.horizon == horizon
    if horizon is None or (reading.window is Window.LAST and inside):
        return -week
    return abs(week - horizon.centre)


def _place_of_route(route: Route, reading: Reading) -> int:
    return PRINTED_FIRST.index(route) if reading.figures is Figures.PRINTED else int(route)


def _fits(contrast: Contrast, scale: Scale) -> bool:
    if scale.kind is ScaleKind.NATIVE and contrast.pick.result.instrument not in scale.instruments:
        return False
    return fits(contrast, scale)


def _one_per_instrument(trial: Trial, ordered: Sequence[int], scale: Scale) -> Iterator[int]:
    """The best figure of each instrument, all of them as sound as the best figure of the trial."""
    standing = _standing(trial.figures[ordered[0]])
    seen = set()
    for i in ordered:
        figure = trial.figures[i]
        instrument = figure.contrast.pick.result.instrument
        if instrument not in seen and _standing(figure) == standing and _fits(figure.contrast, scale):
            seen.add(instrument)
            yield i


def _standing(figure: Figure) -> tuple[bool, bool, object]:
    pick = figure.contrast.pick
    return pick.is_suspect, pick.route is Route.DIRECTION, pick.question.horizon


def _mean(trial: Trial, chosen: Sequence[int], scale: Scale) -> Read:
    effects = [trial.figures[i].contrast.on[scale.kind] for i in chosen]
    if len(effects) == 1:
        return Read(tuple(chosen), effects[0], trial.figures[chosen[0]].contrast)
    y = float(np.mean([e.y for e in effects]))
    v = float(np.mean(np.sqrt([e.v for e in effects])) ** 2)
    return Read(tuple(chosen), Effect(y, v), trial.figures[chosen[0]].contrast)
