"""A patient's own curve: each score against baseline, and in plain words what the change can mean.

A change is read twice: against the measurement error of one person (MDC), below which it may be nothing,
and against what patients call important (MCID). Neither says why somebody changed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from enthesis.domain.episodes.change_verdicts import VERDICT_WORDS, ChangeVerdict, judge_change
from enthesis.domain.episodes.protocol import Yardstick
from enthesis.domain.instruments import Instrument
from enthesis.errors import Fault, InvalidData

__all__ = ["CurvePoint", "PromCurve", "ScoredOn", "prom_curve"]

CAUSE = "The curve shows how you feel against before; it does not show what made the difference."


@dataclass(frozen=True, slots=True)
class ScoredOn:
    """One score on one day; ``window`` is empty for answers outside the protocol."""

    on: date
    value: float
    window: str = ""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One point of the curve; ``improvement`` is positive when better, None without baseline."""

    on: date
    value: float
    window: str
    improvement: float | None
    verdict: ChangeVerdict | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromCurve:
    """The curve of one score, with the bands to draw and the caveats to print beside it.

    ``important_from`` is the score at which improvement becomes important, ``error_band`` the scores that
    differ from baseline by no more than the measurement error; None where no threshold or baseline is
    on file.
    """

    instrument: str
    score: str
    better: str
    range: tuple[float, float]
    baseline: ScoredOn | None
    points: tuple[CurvePoint, ...]
    mcid: float | None
    mdc: float | None
    important_from: float | None
    error_band: tuple[float, float] | None
    caveats: tuple[str, ...]


def prom_curve(
    instrument: Instrument,
    yardstick: Yardstick,
    scores: Iterable[ScoredOn],
    *,
    index: date,
    baseline_from: date,
) -> PromCurve:
    """The curve of one score of one patient around one injection.

    Baseline is the last score from ``baseline_from`` to the day of the injection. Scores up to the injection
    are shown without a verdict.

    Args:
        instrument: Whose score it is.
        yardstick: The score and the thresholds chosen for such patients.
        scores: Native scores with their days, in any order.
        index: Day of the first injection.
        baseline_from: First day of the baseline window.

    Raises:
        InvalidData: The score has no better end, a value lies outside its range, or a threshold has no
            points of its own.
        NotFound: No such score or threshold.
    """
    listed = sorted(scores, key=lambda scored: scored.on)
    _check(instrument, yardstick, listed)
    rule = instrument.score_rule(yardstick.score)
    mcid = _amount(instrument, rule.name, yardstick.mcid, yardstick.mcid_at)
    mdc = _amount(instrument, rule.name, yardstick.mdc, None)
    before = [scored for scored in listed if baseline_from <= scored.on <= index]
    base = before[-1] if before else None
    sign = 1.0 if rule.better == "higher" else -1.0
    goal = None if base is None or mcid is None else base.value + sign * mcid
    return PromCurve(
        instrument=instrument.id,
        score=rule.name,
        better=rule.better,
        range=rule.range,
        baseline=base,
        points=tuple(_point(scored, base, index, sign, mcid, mdc) for scored in listed),
        mcid=mcid,
        mdc=mdc,
        important_from=_inside(goal, rule.range),
        error_band=None if base is None or mdc is None else _band(base.value, mdc, rule.range),
        caveats=tuple(filter(None, (CAUSE, *_caveats(base, goal, rule.range, mcid, mdc), yardstick.why))),
    )


def _check(instrument: Instrument, yardstick: Yardstick, scores: list[ScoredOn]) -> None:
    rule = instrument.score_rule(yardstick.score)
    low, high = rule.range
    where = f"{instrument.id}.{rule.name}"
    faults = [
        Fault(f"score {s.value:g} on {s.on}; must lie in {low:g} to {high:g}.", where)
        for s in scores
        if not low <= s.value <= high
    ]
    if rule.better == "none":
        faults.append(Fault("has no better end, so no curve.", where))
    if faults:
        raise InvalidData(faults)


def _amount(instrument: Instrument, score: str, name: str, at: float | None) -> float | None:
    """Points of a threshold on the native scale; the upper end of a published range unless one is chosen."""
    if not name:
        return None
    threshold = instrument.threshold(name)
    where = f"{instrument.id}.{name}"
    if threshold.score != score:
        raise InvalidData(Fault(f"is a threshold of '{threshold.score}', not of '{score}'.", where))
    if threshold.value is None:
        raise InvalidData(Fault("gives only a percentage; a curve needs points.", where))
    highest = threshold.value if threshold.high is None else threshold.high
    if at is not None and not threshold.value <= at <= highest:
        raise InvalidData(Fault(f"{at:g} lies outside {threshold.value:g} to {highest:g}.", where))
    points = highest if at is None else at
    low, high = instrument.score_rule(score).range
    return points if threshold.scale == "native" else points * (high - low) / 100


def _point(
    scored: ScoredOn,
    base: ScoredOn | None,
    index: date,
    sign: float,
    mcid: float | None,
    mdc: float | None,
) -> CurvePoint:
    if scored.on <= index:
        words = "Before the injection." if scored is not base else "Where you began."
        return CurvePoint(scored.on, scored.value, scored.window, None, None, words)
    if base is None:
        verdict = ChangeVerdict.NO_BASELINE
        return CurvePoint(scored.on, scored.value, scored.window, None, verdict, VERDICT_WORDS[verdict])
    improvement = sign * (scored.value - base.value)
    verdict = judge_change(improvement, mcid, mdc)
    return CurvePoint(scored.on, scored.value, scored.window, improvement, verdict, VERDICT_WORDS[verdict])


def _inside(value: float | None, limits: tuple[float, float]) -> float | None:
    return value if value is not None and limits[0] <= value <= limits[1] else None


def _band(value: float, mdc: float, limits: tuple[float, float]) -> tuple[float, float]:
    return max(value - mdc, limits[0]), min(value + mdc, limits[1])


def _caveats(
    base: ScoredOn | None,
    goal: float | None,
    limits: tuple[float, float],
    mcid: float | None,
    mdc: float | None,
) -> Iterator[str]:
    if base is None:
        yield "There is no answer from before the injection."
    if goal is not None and _inside(goal, limits) is None:
        yield "The first score leaves no room for an important improvement."
    if mcid is not None and mdc is None:
        yield "The measurement error for such patients is not on file; a single change may be chance."
    if mcid is not None and mdc is not None and mdc > mcid:
        yield "The measurement error is larger than the change patients call important."
