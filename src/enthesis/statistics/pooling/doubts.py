"""What a reader must know before trusting a pooled effect."""

from collections.abc import Iterator
from math import sqrt

from enthesis.statistics.pooling.intervals import Scaling
from enthesis.statistics.pooling.results import Caveat, Certificate

__all__ = ["SINGLE_STUDY", "interval_doubts", "pooling_doubts", "prediction_doubts", "regression_doubts"]

#: Below this many studies tau2, and all that rests on it, is hardly known. Source: Cochrane Handbook
#: 10.10.4; Röver et al. 2015, doi:10.1186/s12874-015-0091-1.
FEW_STUDIES = 5

#: A residual spread within rounding of 1 (PM makes it 1) shortens nothing.
SHORTER = 1.0 - 1e-9

#: At a true I2 of 50 % and a level of 95 %, prediction intervals that rest on an estimate below this held the
#: effect of a new setting in 31 to 98 %, the others in 98 % or more (validation/simulation). Too short for
#: few studies: Partlett & Riley 2017, doi:10.1002/sim.7140; Nagashima et al. 2019,
#: doi:10.1177/0962280218773520.
SMALL_I2 = 0.5

#: Wider by less than this at the upper limit of tau2, the interval is short by little.
NOTABLY_WIDER = 1.5

#: Source: Cochrane Handbook 10.11.5.1.
STUDIES_PER_MODERATOR = 10

EMPTY = Caveat(
    "tau2-interval-empty",
    "The effects agree more closely than their variances allow; no tau2 above 0 is compatible.",
)

SINGLE_STUDY = Caveat("single-study", "One study: this is that study; heterogeneity cannot be estimated.")


def pooling_doubts(
    k: int,
    method: str,
    certificate: Certificate,
    interval: str,
    scaling: Scaling,
    *,
    tau2: float,
    tau2_ci: tuple[float, float],
    predicted: bool,
) -> tuple[Caveat, ...]:
    """The caveats of one pooled effect; ``scaling`` is that of this one analysis."""
    found = [*_of_number(k), *_of_tau2(method, certificate), *_of_interval(interval, scaling)]
    if method == "EE":
        return tuple(found)
    found += interval_doubts(tau2, *tau2_ci)
    if not predicted:
        text = f"{k} studies leave no degrees of freedom for a prediction interval."
        found.append(Caveat("no-prediction", text))
    return tuple(found)


def prediction_doubts(
    se: float, i2: float, tau2: float, upper: float, *, several: bool = False
) -> Iterator[Caveat]:
    """The caveat of a prediction interval around a mean of error ``se``; ``upper`` ends tau2's interval.

    ``several`` intervals share tau2; the smallest error then gives the most that they may be short by.
    """
    wider = sqrt((max(upper, tau2) + se**2) / (tau2 + se**2))
    if i2 < SMALL_I2 and wider > NOTABLY_WIDER:
        which, rests = ("intervals are", "they rest") if several else ("interval is", "it rests")
        yield Caveat(
            "prediction-too-short",
            f"The prediction {which} probably too short: {rests} on an I2 of {i2:.0%}, and tau2 may be "
            f"larger; at the upper limit of tau2 {'they' if several else 'it'} would be "
            f"{'up to ' if several else ''}{wider:.1f} times as wide.",
        )


def regression_doubts(
    k: int, moderators: int, method: str, certificate: Certificate, interval: str, scaling: Scaling
) -> tuple[Caveat, ...]:
    """The caveats of one meta-regression."""
    found = [*_of_tau2(method, certificate), *_of_interval(interval, scaling)]
    if k < STUDIES_PER_MODERATOR * moderators:
        text = f"{k} studies for {moderators} moderators: fewer than ten each, so chance findings are likely."
        found.insert(0, Caveat("few-studies-per-moderator", text))
    return tuple(found)


def interval_doubts(tau2: float, low: float, high: float) -> Iterator[Caveat]:
    """The caveats of an estimate of tau2 beside its interval."""
    if high == 0.0:
        yield EMPTY
    elif not low <= tau2 <= high:
        yield Caveat("tau2-outside-interval", "The estimate of tau2 lies outside its own interval.")


def _of_number(k: int) -> Iterator[Caveat]:
    if k < FEW_STUDIES:
        yield Caveat("few-studies", f"Only {k} studies: the between-study variance is hardly known.")


def _of_tau2(method: str, certificate: Certificate) -> Iterator[Caveat]:
    if not certificate.converged:
        yield Caveat("not-converged", "The between-study variance was not proved to be the best one.")
    if certificate.boundary and method != "EE":
        yield Caveat(
            "tau2-on-boundary",
            "The between-study variance was estimated as 0; that does not show that the studies agree.",
        )
    if certificate.roots > 1:
        yield Caveat("several-optima", "The likelihood has several peaks; the highest one was taken.")


def _of_interval(interval: str, scaling: Scaling) -> Iterator[Caveat]:
    if scaling.degenerate[0]:
        yield Caveat(
            "no-residual-spread",
            "The effects fit without any residual, so Hartung-Knapp has nothing to scale by; "
            "its floor was used.",
        )
    elif interval == "hartung-knapp" and scaling.spread[0] < SHORTER:
        yield Caveat(
            "hartung-knapp-shorter",
            "The standard error is below the classic one; compare with the floored interval.",
        )
