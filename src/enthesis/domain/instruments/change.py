"""Change between two scores, and whether it matters by a threshold the caller chose."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enthesis.domain.instruments.instrument import Instrument
from enthesis.domain.instruments.items import Better
from enthesis.domain.instruments.thresholds import Threshold, ThresholdKind
from enthesis.errors import CannotEstimate, InvalidData

__all__ = ["Change", "Reached", "change", "exceeds_mdc", "is_in_pass", "mcid_responder", "percent_responder"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """Change of one score; ``improvement`` is positive when the patient got better, whatever the direction.

    ``percent`` is improvement in percent of baseline, NaN where ``percent_computable`` is False: a baseline
    of 0 or next to it, or a score missing.
    """

    improvement: Array
    percent: Array
    computable: Mask
    percent_computable: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """Who reached a threshold; ``reached`` is False where ``assessable`` is False."""

    reached: Mask
    assessable: Mask
    threshold: Threshold
    caveats: tuple[str, ...]


def change(baseline: ArrayLike, follow_up: ArrayLike, better: Better) -> Change:
    """Change of a score from baseline to follow-up.

    Args:
        baseline: Scores at baseline, shape (n,); NaN where there is none.
        follow_up: Scores at follow-up, shape (n,); NaN where there is none.
        better: Direction of the score.

    Raises:
        InvalidData: Shapes differ, or the score has no direction.
    """
    before, after = np.asarray(baseline, dtype=np.float64), np.asarray(follow_up, dtype=np.float64)
    if before.shape != after.shape:
        raise InvalidData(f"Baseline has shape {before.shape}, follow-up {after.shape}; must be equal.")
    if better == "none":
        raise InvalidData("A score without a better end has no improvement.")
    improvement = after - before if better == "higher" else before - after
    computable = ~np.isnan(improvement)
    relative = computable & (before != 0)
    percent = np.full_like(improvement, np.nan)
    # A baseline of next to nothing has no percentage a float can hold.
    with np.errstate(over="ignore"):
        np.divide(100 * improvement, np.abs(before), out=percent, where=relative)
    relative &= np.isfinite(percent)
    return Change(improvement, np.where(relative, percent, np.nan), computable, relative)


def percent_responder(baseline: ArrayLike, follow_up: ArrayLike, better: Better, percent: float) -> Mask:
    """Who improved by at least a percentage of baseline; WOMAC 20/50/70 response is this with 20, 50, 70.

    Nobody without both scores, or with a baseline of 0, counts as responder.

    Source: Bellamy et al. 2005, doi:10.1136/ard.2004.026443.
    """
    moved = change(baseline, follow_up, better)
    return moved.percent_computable & (np.nan_to_num(moved.percent) >= percent)


def mcid_responder(
    instrument: Instrument,
    threshold: str,
    baseline: ArrayLike,
    follow_up: ArrayLike,
    *,
    by: Literal["points", "percent"] = "points",
    at: float | None = None,
) -> Reached:
    """Who changed by at least a chosen MCID.

    Args:
        instrument: Whose threshold it is.
        threshold: Id of the MCID; there is no default, because published values differ several-fold.
        baseline: Native scores at baseline, shape (n,).
        follow_up: Native scores at follow-up, shape (n,).
        by: Points, or percent of baseline, where the source gives both.
        at: A number inside the published range, where the source gives a range.

    Raises:
        NotFound: No such threshold.
        InvalidData: It is no MCID, or a range without ``at``.
        CannotEstimate: The source gives no such number.
    """
    chosen = _chosen(instrument, threshold, "mcid")
    moved = change(baseline, follow_up, instrument.better(chosen.score))
    amount = _amount(chosen, by, at)
    if by == "percent":
        reached, able = np.nan_to_num(moved.percent) >= amount, moved.percent_computable
    else:
        reached = np.nan_to_num(moved.improvement) >= _native(instrument, chosen, amount)
        able = moved.computable
    caveat = "A patient's MCID says who responded; it is no yardstick for a difference between groups."
    return Reached(reached & able, able, chosen, (caveat, *_note(chosen)))


def exceeds_mdc(
    instrument: Instrument,
    threshold: str,
    baseline: ArrayLike,
    follow_up: ArrayLike,
    *,
    at: float | None = None,
) -> Reached:
    """Who changed, either way, by more than a chosen measurement error.

    Args:
        instrument: Whose threshold it is.
        threshold: Id of the MDC.
        baseline: Native scores at baseline, shape (n,).
        follow_up: Native scores at follow-up, shape (n,).
        at: A number inside the published range, where the source gives a range.

    Raises:
        NotFound: No such threshold.
        InvalidData: It is no MDC, or a range without ``at``.
    """
    chosen = _chosen(instrument, threshold, "mdc")
    moved = change(baseline, follow_up, instrument.better(chosen.score))
    least = _native(instrument, chosen, _amount(chosen, "points", at))
    beyond = np.abs(np.nan_to_num(moved.improvement)) > least
    return Reached(beyond & moved.computable, moved.computable, chosen, _note(chosen))


def is_in_pass(
    instrument: Instrument, threshold: str, scores: ArrayLike, *, at: float | None = None
) -> Reached:
    """Who is in a state patients call acceptable, by a chosen PASS.

    Args:
        instrument: Whose threshold it is.
        threshold: Id of the PASS.
        scores: Native scores, shape (n,); NaN where there is none.
        at: A number inside the published range, where the source gives a range.

    Raises:
        NotFound: No such threshold.
        InvalidData: It is no PASS, or a range without ``at``.
    """
    chosen = _chosen(instrument, threshold, "pass")
    values, limit = np.asarray(scores, dtype=np.float64), _amount(chosen, "points", at)
    low, high = instrument.score_rule(chosen.score).range
    limit = low + limit * (high - low) / 100 if chosen.scale == "normal" else limit
    inside = values >= limit if instrument.better(chosen.score) == "higher" else values <= limit
    able = ~np.isnan(values)
    return Reached(inside & able, able, chosen, _note(chosen))


def _chosen(instrument: Instrument, name: str, kind: ThresholdKind) -> Threshold:
    threshold = instrument.threshold(name)
    if threshold.kind != kind:
        raise InvalidData(f"'{name}' of {instrument.id} is a {threshold.kind}; must be a {kind}.")
    return threshold


def _amount(threshold: Threshold, by: str, at: float | None) -> float:
    low, high = (
        (threshold.percent, threshold.percent_high) if by == "percent" else (threshold.value, threshold.high)
    )
    if low is None:
        raise CannotEstimate(f"'{threshold.id}' gives no number in {by}; it is {threshold.words()}.")
    if high is None:
        if at is not None and at != low:
            raise InvalidData(f"'{threshold.id}' is {low:g}, not {at:g}.")
        return low
    if at is None or not low <= at <= high:
        raise InvalidData(f"'{threshold.id}' is a range; choose a number from {low:g} to {high:g}.")
    return at


def _native(instrument: Instrument, threshold: Threshold, amount: float) -> float:
    if threshold.scale == "native":
        return amount
    low, high = instrument.score_rule(threshold.score).range
    return amount * (high - low) / 100


def _note(threshold: Threshold) -> tuple[str, ...]:
    return (threshold.note,) if threshold.note else ()
