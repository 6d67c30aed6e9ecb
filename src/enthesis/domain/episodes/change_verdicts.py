"""What one patient's change can mean, against measurement error and what patients call important."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

__all__ = ["VERDICT_WORDS", "ChangeVerdict", "judge_change"]

# Differences of scores carry rounding; a change of exactly the threshold must not depend on it.
ROUNDING = 1e-9


class ChangeVerdict(StrEnum):
    """What one change against baseline can mean."""

    IMPORTANT_IMPROVEMENT = "important-improvement"
    SMALL_IMPROVEMENT = "small-improvement"
    CLEAR_IMPROVEMENT = "clear-improvement"
    UNCERTAIN_IMPROVEMENT = "uncertain-improvement"
    WITHIN_ERROR = "within-error"
    BELOW_IMPORTANT = "below-important"
    UNCERTAIN_WORSENING = "uncertain-worsening"
    CLEAR_WORSENING = "clear-worsening"
    SMALL_WORSENING = "small-worsening"
    IMPORTANT_WORSENING = "important-worsening"
    NO_YARDSTICK = "no-yardstick"
    NO_BASELINE = "no-baseline"


def judge_change(improvement: float, mcid: float | None, mdc: float | None) -> ChangeVerdict:
    """What one change can mean.

    A change must exceed the MDC to be told from error and reach the MCID to be important. The MCID of
    improvement stands in for worsening, for which hardly any is published.

    Args:
        improvement: Points against baseline, positive when better.
        mcid: Points that patients call important; None where none is on file.
        mdc: Points of measurement error; None where none is on file.
    """
    size, better = abs(improvement), improvement > 0
    if mcid is None and mdc is None:
        return ChangeVerdict.NO_YARDSTICK
    important = mcid is not None and size >= mcid - ROUNDING
    told_from_error = mdc is not None and size > mdc + ROUNDING
    if important:
        return _important(better, told_from_error)
    if told_from_error:
        return _beyond_error(better, knows_important=mcid is not None)
    return ChangeVerdict.BELOW_IMPORTANT if mdc is None else ChangeVerdict.WITHIN_ERROR


def _important(better: bool, told_from_error: bool) -> ChangeVerdict:
    if told_from_error:
        return ChangeVerdict.IMPORTANT_IMPROVEMENT if better else ChangeVerdict.IMPORTANT_WORSENING
    return ChangeVerdict.UNCERTAIN_IMPROVEMENT if better else ChangeVerdict.UNCERTAIN_WORSENING


def _beyond_error(better: bool, *, knows_important: bool) -> ChangeVerdict:
    if knows_important:
        return ChangeVerdict.SMALL_IMPROVEMENT if better else ChangeVerdict.SMALL_WORSENING
    return ChangeVerdict.CLEAR_IMPROVEMENT if better else ChangeVerdict.CLEAR_WORSENING


_V = ChangeVerdict
VERDICT_WORDS: Mapping[ChangeVerdict, str] = MappingProxyType(
    {
        _V.IMPORTANT_IMPROVEMENT: "Better, by at least what patients usually call important.",
        _V.SMALL_IMPROVEMENT: "Better, by less than what patients usually call important.",
        _V.CLEAR_IMPROVEMENT: "Better; how much patients call important is not known for these questions.",
        _V.UNCERTAIN_IMPROVEMENT: (
            "Looks better by at least what patients usually call important, but answers can vary that much "
            "by chance."
        ),
        _V.WITHIN_ERROR: "No clear change: answers can vary that much by chance.",
        _V.BELOW_IMPORTANT: "No change that patients usually call important.",
        _V.UNCERTAIN_WORSENING: (
            "Looks worse by at least what patients usually call important, but answers can vary that much "
            "by chance."
        ),
        _V.CLEAR_WORSENING: "Worse; how much patients call important is not known for these questions.",
        _V.SMALL_WORSENING: "Worse, by less than what patients usually call important.",
        _V.IMPORTANT_WORSENING: "Worse, by at least what patients usually call important.",
        _V.NO_YARDSTICK: "No published yardstick says whether this change matters.",
        _V.NO_BASELINE: "There is no answer from before the injection, so a change cannot be told.",
    }
)
