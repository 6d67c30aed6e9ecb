"""Fragility index of one trial: how few patients its significance rests on."""

from dataclasses import dataclass

import numpy as np

from enthesis.errors import CannotEstimate, Fault, InvalidData
from enthesis.statistics.pooling.results import Caveat

__all__ = ["FragilityIndex", "fragility_index"]


@dataclass(frozen=True, slots=True)
class FragilityIndex:
    """Number of patients whose outcome would have to differ for the significance to turn.

    Attributes:
        index: Patients whose outcome was changed.
        quotient: index / all patients.
        significant: Whether the trial is significant as it is; the index turns that.
        p: Fisher's exact two-sided p-value as it is.
        p_after: The same after the changes.
        arm: Arm (1 or 2) whose outcomes were changed: the one with the lower risk.
        events_after: Events of that arm after the changes.
        alpha: Significance level.
        caveats: Doubts that the reader must see.
    """

    index: int
    quotient: float
    significant: bool
    p: float
    p_after: float
    arm: int
    events_after: int
    alpha: float
    caveats: tuple[Caveat, ...]


def fragility_index(
    events1: int, n1: int, events2: int, n2: int, *, alpha: float = 0.05, lost: int | None = None
) -> FragilityIndex:
    """Fewest outcomes to change in the lower-risk arm until Fisher's exact test turns.

    A significant trial gets events added in that arm; one that is not significant has events taken away
    (the reverse fragility index).

    Args:
        events1: Patients with the event in arm 1.
        n1: Patients of arm 1.
        events2: Patients with the event in arm 2.
        n2: Patients of arm 2.
        alpha: Significance level.
        lost: Patients lost to follow-up; more than the index is a caveat.

    When it misleads: it restates the p-value in patients and leans on sample size; a low index does not make
    a trial wrong, a high one does not make it right; 0.05 is no law of nature.

    Raises:
        InvalidData: Counts that are no counts.
        CannotEstimate: No change in that arm turns the significance.

    Source: Walsh et al. 2014, doi:10.1016/j.jclinepi.2013.10.019; reverse: Khan et al. 2020,
        doi:10.1001/jamanetworkopen.2020.12469.
    """
    _check_counts(events1, n1, events2, n2, alpha)
    first = events1 * n2 <= events2 * n1
    low, n_low, high, n_high = (events1, n1, events2, n2) if first else (events2, n2, events1, n1)
    p = p_after = _fisher(low, n_low, high, n_high)
    significant, changed = p < alpha, low
    step = 1 if significant else -1
    while (p_after < alpha) == significant:
        changed += step
        if not 0 <= changed <= n_low:
            raise CannotEstimate(f"No change of outcomes in the lower-risk arm moves p across {alpha:g}.")
        p_after = _fisher(changed, n_low, high, n_high)
    index = abs(changed - low)
    return FragilityIndex(
        index=index,
        quotient=index / (n1 + n2),
        significant=significant,
        p=p,
        p_after=p_after,
        arm=1 if first else 2,
        events_after=changed,
        alpha=alpha,
        caveats=_caveats(index, lost),
    )


def _fisher(a: int, n_a: int, b: int, n_b: int) -> float:
    # Imported here: scipy.stats costs more to load than all the rest of the statistics.
    from scipy.stats import fisher_exact

    return float(fisher_exact(np.array([[a, n_a - a], [b, n_b - b]])).pvalue)


def _caveats(index: int, lost: int | None) -> tuple[Caveat, ...]:
    if lost is None or lost < index:
        return ()
    text = f"{lost} patients were lost to follow-up; {index} other outcomes would turn the significance."
    return (Caveat("lost-more-than-index", text),)


def _check_counts(events1: int, n1: int, events2: int, n2: int, alpha: float) -> None:
    faults = []
    for arm, events, n in ((1, events1, n1), (2, events2, n2)):
        whole = events == int(events) and n == int(n)
        if not (whole and 0 <= events <= n and n > 0):
            message = f"{events!r} events of {n!r} patients are no counts;"
            faults.append(Fault(message, f"arm {arm}", "give whole numbers, events from 0 to n."))
    if not 0 < alpha < 1:
        faults.append(Fault(f"{alpha!r} is no significance level;", "alpha", "give a number in (0, 1)."))
    if faults:
        raise InvalidData(faults)
