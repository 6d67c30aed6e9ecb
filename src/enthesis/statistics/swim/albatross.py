"""The albatross plot: p-values against study size, with contours of the effects that would give them.

Where studies print only p, direction and n, the points that lie along one contour suggest an effect of that
size. Contours assume a simple two-arm study with a Wald test.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import InvalidData
from enthesis.statistics.conversions.columns import read_columns
from enthesis.statistics.conversions.rules import Array, above, between, check_option, complete, require
from enthesis.statistics.distributions import ndtri
from enthesis.statistics.swim.reported_p import LeftOut, ReportedP, one_sided

__all__ = [
    "AlbatrossContour",
    "AlbatrossPoint",
    "ContourMeasure",
    "albatross_contour",
    "albatross_points",
    "n_on_contour",
]

ContourMeasure = Literal["SMD", "MD", "RD"]


@dataclass(frozen=True, slots=True)
class AlbatrossPoint:
    """One study of the plot."""

    study: int
    """Position in the list given, from 0."""
    x: float
    """Signed -log10 of the two-sided p: 0 at p = 1, positive in favour of treatment."""
    n: float
    """Patients, both arms together."""
    at_bound: bool
    """True when only a bound such as p < 0.05 was printed: the point belongs further out."""


@dataclass(frozen=True, slots=True)
class AlbatrossContour:
    """Where studies of one true effect lie: one n for each x."""

    effect: float
    x: tuple[float, ...]
    n: tuple[float, ...]


def albatross_points(
    reported: Sequence[ReportedP],
) -> tuple[tuple[AlbatrossPoint, ...], tuple[LeftOut, ...]]:
    """Coordinates of each study, and the studies that cannot be drawn.

    Args:
        reported: p-values with direction and n.

    Source: Harrison et al. 2017, doi:10.1002/jrsm.1239.
    """
    entered, left_out = one_sided(reported)
    points = [
        AlbatrossPoint(e.study, -e.direction * float(np.log10(2 * e.tail)), e.n, e.at_bound)
        for e in entered
        if e.n is not None
    ]
    without_n = [LeftOut(e.study, "no number of patients to place it by.") for e in entered if e.n is None]
    return tuple(points), (*left_out, *without_n)


def albatross_contour(
    measure: ContourMeasure,
    effect: float,
    *,
    x: ArrayLike | None = None,
    sd: float | None = None,
    baseline_risk: float | None = None,
    allocation: float = 1.0,
) -> AlbatrossContour:
    """The curve on which studies of one true effect lie.

    Args:
        measure: "SMD", "MD" (needs sd) or "RD" (needs baseline_risk).
        effect: The effect of the contour, not 0, in the measure's unit, positive in favour of treatment.
        x: Signed -log10 p at which to give n; those of the effect's own sign are used. By default 101 steps
            from p = 0.5 to p = 1e-6.
        sd: Standard deviation within the arms, above 0, for "MD".
        baseline_risk: Risk in the comparator group, in (0, 1), for "RD".
        allocation: Patients of arm 1 for each of arm 2, above 0.

    Raises:
        InvalidData: An effect of 0, a figure outside its range or one the measure needs and has not.

    Source: Harrison et al. 2017, doi:10.1002/jrsm.1239.
    """
    grid = np.linspace(-np.log10(0.5), 6, 101) * np.sign(effect) if x is None else x
    (signed,) = read_columns(x=grid)
    signed = np.atleast_1d(signed)
    signed = signed[signed * np.sign(effect) > 0]
    sizes = n_on_contour(
        measure, effect, 10 ** -np.abs(signed), sd=sd, baseline_risk=baseline_risk, allocation=allocation
    )
    return AlbatrossContour(float(effect), tuple(signed.tolist()), tuple(sizes.tolist()))


def n_on_contour(
    measure: ContourMeasure,
    effect: float,
    p: ArrayLike,
    *,
    sd: float | None = None,
    baseline_risk: float | None = None,
    allocation: float = 1.0,
) -> Array:
    """Patients with whom a study that finds exactly this effect has this two-sided p.

    From effect/SE = z(p): every SE² here is a constant over N, so N = z² · constant / effect². The constants
    are those of the measures' variances, with N patients split r to 1.

    Args:
        measure: "SMD", "MD" (needs sd) or "RD" (needs baseline_risk).
        effect: The effect, not 0.
        p: Two-sided p-values, in (0, 1).
        sd: Standard deviation within the arms, above 0, for "MD".
        baseline_risk: Risk in the comparator group, in (0, 1), for "RD"; with the effect it stays in [0, 1].
        allocation: Patients of arm 1 for each of arm 2, above 0.

    Raises:
        InvalidData: An effect of 0, a figure outside its range or one the measure needs and has not.

    Source: Harrison et al. 2017, doi:10.1002/jrsm.1239; variances of Cochrane Handbook 6.4.1 and 6.5.1 and
    Hedges & Olkin 1985.
    """
    check_option("measure", measure, ContourMeasure)
    p, given = (np.atleast_1d(column) for column in read_columns(p=p, effect=effect))
    (r,) = read_columns(allocation=allocation)
    require(*complete(p=p, effect=given, allocation=r), between("p", p, 0, 1), above("allocation", r, 0))
    if effect == 0:
        raise InvalidData("Invalid effect 0; the contour of no effect is the line p = 1.")
    constant = _variance_times_n(measure, effect, sd, baseline_risk, allocation)
    return ndtri(p / 2) ** 2 * constant / effect**2


def _variance_times_n(
    measure: ContourMeasure, effect: float, sd: float | None, baseline_risk: float | None, r: float
) -> float:
    both_arms = (r + 1) ** 2 / r
    if measure == "SMD":
        return both_arms + effect**2 / 2
    if measure == "MD":
        if sd is None or not 0 < sd < np.inf:
            raise InvalidData(f"Invalid sd {sd}; a contour of mean differences needs one above 0.")
        return sd**2 * both_arms
    if baseline_risk is None or not 0 < baseline_risk < 1 or not 0 <= baseline_risk + effect <= 1:
        raise InvalidData(
            f"Invalid baseline_risk {baseline_risk}; a contour of risk differences needs one in (0, 1) that "
            f"stays in [0, 1] when {effect:g} is added."
        )
    treated = baseline_risk + effect
    return (r + 1) * (treated * (1 - treated) / r + baseline_risk * (1 - baseline_risk))
