"""Responses as the curves of one episode."""

from collections.abc import Iterable
from datetime import date

from enthesis.catalogue.instruments_loader import find_instrument
from enthesis.domain.episodes.curve import PromCurve, ScoredOn, prom_curve
from enthesis.domain.episodes.protocol import Protocol, Yardstick
from enthesis.errors import InvalidData, NotFound
from enthesis.web.registry.models import Response

__all__ = ["curves_of", "score_in"]


def curves_of(
    protocol: Protocol, condition: str, responses: Iterable[Response], index: date
) -> tuple[PromCurve, ...]:
    """Curves of an episode, one for each instrument that has a yardstick and at least one score.

    A curve whose stored scores cannot be true is left out of the drawing; its answers stay on record.
    """
    yardsticks = protocol.yardsticks.get(condition, ())
    baseline_from = protocol.windows[0].opens(index)
    answered = list(responses)
    drawn = []
    for yardstick in yardsticks:
        scores = [
            ScoredOn(row.answered_on, value)
            for row in answered
            if row.instrument == yardstick.instrument and (value := score_in(row, yardstick)) is not None
        ]
        try:
            if scores:
                drawn.append(_curve(yardstick, scores, index, baseline_from))
        except (InvalidData, NotFound):
            continue
    return tuple(drawn)


def _curve(yardstick: Yardstick, scores: list[ScoredOn], index: date, baseline_from: date) -> PromCurve:
    instrument = find_instrument(yardstick.instrument)
    return prom_curve(instrument, yardstick, scores, index=index, baseline_from=baseline_from)


def score_in(row: Response, yardstick: Yardstick) -> float | None:
    """The score of a response that the yardstick reads; the main score where scales have no names."""
    if not row.scores:
        return row.score
    held = row.scores.get(yardstick.score)
    return float(held) if isinstance(held, int | float) else None
