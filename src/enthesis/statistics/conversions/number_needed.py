"""Number needed to treat, whose interval runs through infinity when the difference may be none."""

import math
from dataclasses import dataclass

from enthesis.errors import InvalidData
from enthesis.statistics.conversions.columns import read_columns
from enthesis.statistics.conversions.rules import Rule, between, complete, require

__all__ = ["NumberNeeded", "NumberNeededToTreat", "number_needed_to_treat"]


@dataclass(frozen=True, slots=True)
class NumberNeeded:
    """Patients to treat for one more to benefit, or for one more to be harmed."""

    patients: float
    """1/|difference|, unrounded; infinite when there is no difference."""
    benefit: bool
    """True: one more benefits (NNTB); False: one more is harmed (NNTH)."""

    @property
    def rounded(self) -> float:
        """Rounded up to whole patients, as an NNT is reported (Cochrane Handbook 15.4.4)."""
        # 1/0.1 is 10.000000000000002 in some roads to 0.1; that is ten patients, not eleven.
        return self.patients if math.isinf(self.patients) else float(math.ceil(self.patients - 1e-9))

    def __str__(self) -> str:
        """``NNTB 12``, ``NNTH 20`` or ``no difference``."""
        if math.isinf(self.patients):
            return "no difference (NNT infinite)"
        return f"{'NNTB' if self.benefit else 'NNTH'} {self.rounded:.0f}"


@dataclass(frozen=True, slots=True)
class NumberNeededToTreat:
    """Number needed to treat with its interval, best end first."""

    estimate: NumberNeeded
    best: NumberNeeded
    """The end of the interval most in favour of treatment."""
    worst: NumberNeeded
    """The end least in favour."""
    through_infinity: bool
    """True when the interval holds "no difference": it runs from benefit through infinity to harm."""

    def __str__(self) -> str:
        """``NNTB 10 (NNTB 4 to ∞ to NNTH 20)`` or ``NNTB 10 (NNTB 6 to NNTB 36)``."""
        middle = " to ∞ to " if self.through_infinity else " to "
        return f"{self.estimate} ({self.best}{middle}{self.worst})"


def number_needed_to_treat(difference: float, ci: tuple[float, float]) -> NumberNeededToTreat:
    """Number needed to treat from a difference of two proportions and its interval.

    Args:
        difference: Proportion with the good outcome under treatment less that under the comparator (for a bad
            outcome, comparator less treatment): positive is benefit. In [-1, 1].
        ci: Its confidence interval, lower limit first, enclosing the difference.

    Raises:
        InvalidData: A figure missing, outside [-1, 1], or an interval that does not enclose the difference.

    Source: Altman 1998, doi:10.1136/bmj.317.7168.1309; Cochrane Handbook 15.4.4.
    """
    if len(ci) != 2:
        raise InvalidData(f"Invalid ci {ci!r}; must be two limits, the lower first.")
    point, lo, hi = read_columns(difference=difference, lo=ci[0], hi=ci[1])
    require(
        *complete(difference=point, lo=lo, hi=hi),
        between("difference", point, -1, 1, ends="[]"),
        between("lo", lo, -1, 1, ends="[]"),
        between("hi", hi, -1, 1, ends="[]"),
        Rule("difference", point, (point < lo) | (point > hi), "inside its interval"),
    )
    through = float(lo) < 0 < float(hi)
    return NumberNeededToTreat(_needed(float(point)), _needed(float(hi)), _needed(float(lo)), through)


def _needed(difference: float) -> NumberNeeded:
    return NumberNeeded(math.inf if difference == 0 else 1 / abs(difference), benefit=difference >= 0)
