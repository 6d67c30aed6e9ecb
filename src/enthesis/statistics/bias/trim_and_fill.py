"""Duval and Tweedie's trim and fill."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import CannotEstimate, Fault, InvalidData
from enthesis.statistics.bias.studies import check_effects
from enthesis.statistics.bias.weighted_line import check_varies
from enthesis.statistics.pooling import meta_regression, pool_batch
from enthesis.statistics.pooling.data import Array, check_level
from enthesis.statistics.pooling.results import Caveat

__all__ = ["TrimAndFill", "trim_and_fill"]

_ESTIMATORS, _SIDES = ("L0", "R0", "Q0"), ("left", "right")
_ALWAYS = (
    Caveat(
        "filled-studies-are-imagined",
        "The filled studies do not exist; the adjusted effect is a sensitivity analysis, not the truth.",
    ),
)


@dataclass(frozen=True, slots=True)
class TrimAndFill:
    """How many studies would make the funnel symmetric, and the effect if they existed.

    Attributes:
        filled: Number of studies filled in (k0).
        filled_se: Standard error of k0 before rounding; None where its formula gives a negative variance.
        p: P-value of "none is missing on this side"; only the estimator R0 has one.
        side: Where studies were filled in, "left" or "right".
        side_chosen: The side was chosen from the data.
        estimator: "L0", "R0" or "Q0".
        method: Estimator of tau2 in every fit; "EE" is a common effect.
        mu: Effect with the filled studies.
        se: Its standard error.
        ci: Its Wald interval at ``level``.
        tau2: Between-study variance with the filled studies.
        unadjusted: Effect of the studies as they are.
        level: Coverage of the interval.
        y_filled: Effects filled in.
        v_filled: Their variances.
        k: Number of real studies.
        caveats: Doubts that the reader must see.
    """

    filled: int
    filled_se: float | None
    p: float | None
    side: str
    side_chosen: bool
    estimator: str
    method: str
    mu: float
    se: float
    ci: tuple[float, float]
    tau2: float
    unadjusted: float
    level: float
    y_filled: tuple[float, ...]
    v_filled: tuple[float, ...]
    k: int
    caveats: tuple[Caveat, ...]


def trim_and_fill(
    y: ArrayLike,
    v: ArrayLike,
    *,
    estimator: str = "L0",
    side: str | None = None,
    method: str = "REML",
    level: float = 0.95,
) -> TrimAndFill:
    """Number of studies missing from one side of the funnel, and the effect with their mirror images.

    Args:
        y: Effect of each study, shape (k,), on one additive scale.
        v: Sampling variance of each y, shape (k,), in y's unit squared.
        estimator: "L0" (which the authors prefer with few studies), "R0" (has a test) or "Q0".
        side: Where studies are thought to be missing, "left" or "right". Without it: the side away from
            which effects lean as studies get smaller.
        method: Estimator of tau2 in every fit; "EE" for a common effect.
        level: Coverage of the interval.

    When it misleads: heterogeneity alone makes it fill in studies that never were; it assumes that the most
    extreme effects are suppressed, whatever their p-value; under real selection it corrects too little.

    Raises:
        InvalidData: A value breaks a rule.
        CannotEstimate: Fewer than 3 studies, Q0 has no real solution, or the count never settles.

    Source: Duval & Tweedie 2000, doi:10.1111/j.0006-341X.2000.00455.x and doi:10.1080/01621459.2000.10473905.
    """
    y, v = check_effects(y, v)
    _check_options(estimator, side, level)
    if len(y) < 2 or (side is None and len(y) < 3):
        raise CannotEstimate(f"Trim and fill needs at least 3 studies (2 with a side given); {len(y)} given.")
    chosen = side or _missing_side(y, v, method)
    sign = -1.0 if chosen == "right" else 1.0
    order = np.argsort(sign * y, kind="stable")
    z, s = sign * y[order], v[order]
    count, raw, centre = _settle(z, s, estimator, method)
    first = len(z) - count
    y_filled, v_filled = sign * (2 * centre - z[first:]), s[first:]
    full = pool_batch(
        np.append(y, y_filled)[None],
        np.append(v, v_filled)[None],
        method=method,
        interval="wald",
        level=level,
    )
    return TrimAndFill(
        filled=count,
        filled_se=_count_se(raw, len(z), estimator),
        p=0.5 ** (count + 1) if estimator == "R0" else None,
        side=chosen,
        side_chosen=side is None,
        estimator=estimator,
        method=method,
        mu=float(full.mu[0]),
        se=float(full.se[0]),
        ci=(float(full.ci[0, 0]), float(full.ci[0, 1])),
        tau2=float(full.tau2[0]),
        unadjusted=_mean(y, v, method),
        level=level,
        y_filled=tuple(y_filled.tolist()),
        v_filled=tuple(v_filled.tolist()),
        k=len(y),
        caveats=_caveats(len(y), full.i2[0]),
    )


def _missing_side(y: Array, v: Array, method: str) -> str:
    """The side away from which effects lean as studies get smaller."""
    check_varies(v, "variance")
    line = meta_regression(y, v, np.sqrt(v)[:, None], ["standard-error"], method=method, interval="wald")
    return "right" if line.coefficients[1].estimate < 0 else "left"


def _settle(z: Array, s: Array, estimator: str, method: str) -> tuple[int, float, float]:
    """Trim and re-estimate until the count stays: the count, its value before rounding, and the centre."""
    k, count, seen = len(z), 0, set()
    while count not in seen:
        seen.add(count)
        if count > k - 1:
            raise CannotEstimate("Trim and fill trimmed every study; the effects are too few or too skewed.")
        centre = _mean(z[: k - count], s[: k - count], method)
        raw = _count(z - centre, estimator)
        following = max(0, round(raw))
        if following == count:
            return count, raw, centre
        count = following
    raise CannotEstimate(
        f"Trim and fill with {estimator} runs in a circle and settles on no number of studies."
    )


def _count(deviation: Array, estimator: str) -> float:
    """Estimated number of missing studies, not rounded, from the ranks of the absolute deviations."""
    k = len(deviation)
    ranks = np.empty(k)
    ranks[np.argsort(np.abs(deviation), kind="stable")] = np.arange(1, k + 1)
    if estimator == "R0":
        # Ranks to the left of the centre; the run beyond the largest of them is what sticks out.
        return float(k - ranks[deviation < 0].max(initial=0.0) - 1)
    s = ranks[deviation > 0].sum()
    if estimator == "L0":
        return float((4 * s - k * (k + 1)) / (2 * k - 1))
    inside = 2 * k**2 - 4 * s + 0.25
    if inside < 0:
        raise CannotEstimate("The estimator Q0 has no real solution for these studies; use L0 or R0.")
    return float(k - 0.5 - np.sqrt(inside))


def _count_se(n: float, k: int, estimator: str) -> float | None:
    """Standard error of the unrounded count n."""
    if estimator == "R0":
        return float(np.sqrt(2 * max(0.0, n) + 2))
    spread = k * (k + 1) * (2 * k + 1) + 10 * n**3 + 27 * n**2 + 17 * n
    variance = (spread - 18 * k * n**2 - 18 * k * n + 6 * k**2 * n) / 24
    if variance < 0:
        return None
    if estimator == "L0":
        return float(4 * np.sqrt(variance) / (2 * k - 1))
    return float(2 * np.sqrt(variance) / np.sqrt((k - 0.5) ** 2 - n * (2 * k - n - 1)))


def _mean(y: Array, v: Array, method: str) -> float:
    return float(pool_batch(y[None], v[None], method=method, interval="wald").mu[0])


def _caveats(k: int, i2: float) -> tuple[Caveat, ...]:
    found = list(_ALWAYS)
    if k < 10:
        found.append(Caveat("few-studies", f"With {k} studies, chance alone makes a funnel look asymmetric."))
    if i2 >= 0.5:
        found.append(Caveat("heterogeneous", "Heterogeneity alone makes trim and fill add studies."))
    return tuple(found)


def _check_options(estimator: str, side: str | None, level: float) -> None:
    check_level(level)
    faults = []
    if estimator not in _ESTIMATORS:
        faults.append(
            Fault(f"{estimator!r} is unknown;", "estimator", f"give one of {', '.join(_ESTIMATORS)}.")
        )
    if side is not None and side not in _SIDES:
        faults.append(Fault(f"{side!r} is unknown;", "side", "give left or right, or nothing."))
    if faults:
        raise InvalidData(faults)
