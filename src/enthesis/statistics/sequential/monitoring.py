"""Cumulative meta-analysis judged as a group-sequential trial."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enthesis.errors import CannotEstimate, Fault, InvalidData
from enthesis.statistics.distributions import ndtr, ndtri, stdtrit
from enthesis.statistics.pooling import Caveat, PooledBatch, pool_batch
from enthesis.statistics.pooling.data import Array, check_studies
from enthesis.statistics.sequential.boundaries import Boundaries, boundaries
from enthesis.statistics.sequential.looks import check_favours, last_of_each
from enthesis.statistics.sequential.required import RequiredInformation
from enthesis.statistics.sequential.verdicts import (
    TIMINGS,
    Status,
    monitoring_doubts,
    overall_status,
    status_of,
    words_for,
)
from enthesis.statistics.sequential.walk import SMALLEST_STEP

__all__ = ["Look", "Monitoring", "monitor"]


@dataclass(frozen=True, slots=True)
class Look:
    """What was known at one look, and what could be said.

    ``None`` means that the look is not a formal one: too few studies, hardly any more information, or
    the required information was reached before.

    Attributes:
        k: Studies so far.
        participants: Participants so far.
        information: Share of the required information.
        mu: Pooled effect.
        se: Its standard error.
        z: Pooled effect as a standard normal deviate with the same p-value.
        p: Its two-sided p-value, as if it were the only look.
        ci: Its confidence interval at 1 - alpha, as if it were the only look.
        efficacy: |z| needed at this look; inf where nothing may be spent yet.
        futility: |z| below which the look is futile; None also where futility was not asked for.
        adjusted_ci: Repeated confidence interval: over all looks together it covers with 1 - alpha;
            unbounded where nothing may be spent yet.
        status: What this look by itself says.
        words: The same in a sentence.
    """

    k: int
    participants: int
    information: float
    mu: float
    se: float
    z: float
    p: float
    ci: tuple[float, float]
    efficacy: float | None
    futility: float | None
    adjusted_ci: tuple[float, float] | None
    status: Status
    words: str


@dataclass(frozen=True, slots=True)
class Monitoring:
    """A living meta-analysis against its boundaries.

    Attributes:
        looks: Every look, in order.
        status: Crossed benefit or harm (at the first crossing, which settles it), futile (as of the
            latest formal look), or still open.
        words: The same in a sentence.
        decided_at: Position in ``looks`` of the look that decided; None while open.
        required: The information required.
        boundaries: The boundaries of the formal looks.
        formal: Positions in ``looks`` of the formal looks.
        timing: "prospective": looks and rule were set before the data; else "retrospective".
        favours: Direction of benefit.
        method: Estimator of tau2.
        ci_method: What z and the intervals were built with.
        caveats: Doubts that the reader must see.
    """

    looks: tuple[Look, ...]
    status: Status
    words: str
    decided_at: int | None
    required: RequiredInformation
    boundaries: Boundaries
    formal: tuple[int, ...]
    timing: str
    favours: str
    method: str
    ci_method: str
    caveats: tuple[Caveat, ...]


def monitor(
    y: ArrayLike,
    v: ArrayLike,
    participants: ArrayLike,
    required: RequiredInformation,
    *,
    favours: str,
    timing: str,
    stage: ArrayLike | None = None,
    method: str = "REML",
    interval: str = "hartung-knapp",
    least_studies: int = 2,
    spending: str = "obrien-fleming",
    futility: str | None = "obrien-fleming",
    rho: float = 3.0,
) -> Monitoring:
    """Where a cumulative meta-analysis stands, look by look.

    When it misleads: boundaries hold the type I error of a statistic whose variance is known. With few
    heterogeneous studies tau2 is not, and Wald's z then crosses too often, whatever the boundary; one
    study alone shows no heterogeneity at all. So Hartung-Knapp is the default and the first formal look
    has two studies (``validation/sequential`` has the figures of every choice).

    Args:
        y: Effects in the order in which they became known, (k,).
        v: Sampling variances, (k,).
        participants: Participants of each study in all arms, (k,).
        required: The information required, with alpha and beta.
        favours: Direction of benefit: "greater" or "less".
        timing: "prospective" if looks and rule were set before the data, else "retrospective".
        stage: Look that each study belongs to, (k,), never falling (its year, say); one each if left out.
        method: Estimator of tau2.
        interval: "wald", "wald-t", "hartung-knapp" or "hartung-knapp-floor".
        least_studies: Looks with fewer studies are not formal.
        spending: Spending function of alpha.
        futility: Spending function of beta, or None for no futility.
        rho: Power of the power family.

    Raises:
        InvalidData: As for `pool`; participants that are not above 0; stages that fall.
        CannotEstimate: No look is formal: too few studies, or hardly any of the required information.
        ValueError: An unknown name.

    Source: Wetterslev et al. 2008, doi:10.1016/j.jclinepi.2007.03.013; repeated intervals: Jennison &
        Turnbull 1989, doi:10.1111/j.2517-6161.1989.tb01433.x.
    """
    y, v = check_studies(y, v)
    sign = check_favours(favours)
    if timing not in TIMINGS:
        raise ValueError(f"Unknown timing {timing!r}; give one of {', '.join(TIMINGS)}.")
    last = last_of_each(stage, len(y))
    n = np.cumsum(_check_participants(participants, len(y)))[last]
    mask = np.arange(len(y)) <= last[:, None]
    shape = mask.shape
    level = 1.0 - required.alpha
    pooled = pool_batch(
        np.broadcast_to(y, shape),
        np.broadcast_to(v, shape),
        mask,
        method=method,
        interval=interval,
        level=level,
    )
    share = n / required.participants
    formal = _formal(share, pooled.k, least_studies)
    bounds = boundaries(
        share[formal], alpha=required.alpha, beta=required.beta, spending=spending, futility=futility, rho=rho
    )
    looks = _looks(pooled, n, share, formal, bounds, sign)
    status, decided = overall_status([looks[i].status for i in formal], formal)
    return Monitoring(
        looks=looks,
        status=status,
        words=words_for(status, looks[formal[-1] if decided is None else decided].information, decided),
        decided_at=decided,
        required=required,
        boundaries=bounds,
        formal=tuple(formal),
        timing=timing,
        favours=favours,
        method=method,
        ci_method=interval,
        caveats=monitoring_doubts(
            timing, status, [look.status for look in looks], formal, share, interval, method, looks[-1].k
        ),
    )


def _check_participants(participants: ArrayLike, k: int) -> Array:
    n = np.asarray(participants, dtype=np.float64)
    if n.shape != (k,):
        raise InvalidData(Fault(f"{n.shape} counts do not fit {k} studies.", "participants"))
    if (bad := np.flatnonzero(~((n > 0.0) & np.isfinite(n)))).size:
        raise InvalidData(Fault(f"participants is {n[i]}; a study has some.", f"row {i + 1}") for i in bad)
    return n


def _formal(share: Array, k: NDArray[np.int64], least_studies: int) -> list[int]:
    """Looks that are tested: enough studies, more information, up to the first look with all of it."""
    chosen: list[int] = []
    before = 0.0
    for i, t in enumerate(share.tolist()):
        if k[i] < least_studies or t - before < SMALLEST_STEP:
            continue
        chosen.append(i)
        before = t
        if t >= 1.0:
            break
    if not chosen:
        raise CannotEstimate(
            f"{k[-1]} studies hold {share[-1]:.2g} of the required information; monitoring needs at least "
            f"{least_studies} studies and {SMALLEST_STEP:g} of it."
        )
    return chosen


def _looks(
    pooled: PooledBatch, n: Array, share: Array, formal: list[int], bounds: Boundaries, sign: float
) -> tuple[Look, ...]:
    z = -np.sign(pooled.statistic) * ndtri(np.maximum(0.5 * pooled.p, np.finfo(np.float64).tiny))
    half = _critical(bounds.efficacy, pooled.df[formal]) * pooled.se[formal]
    position = {look: j for j, look in enumerate(formal)}
    return tuple(_look(i, position.get(i), pooled, n, share, z, half, bounds, sign) for i in range(len(n)))


def _look(
    i: int,
    j: int | None,
    pooled: PooledBatch,
    n: Array,
    share: Array,
    z: Array,
    half: Array,
    bounds: Boundaries,
    sign: float,
) -> Look:
    mu = float(pooled.mu[i])
    efficacy = None if j is None else float(bounds.efficacy[j])
    wedge = None if j is None or bounds.futility is None else float(bounds.futility[j])
    status = status_of(sign * float(z[i]), efficacy, wedge)
    return Look(
        k=int(pooled.k[i]),
        participants=round(float(n[i])),
        information=float(share[i]),
        mu=mu,
        se=float(pooled.se[i]),
        z=float(z[i]),
        p=float(pooled.p[i]),
        ci=(float(pooled.ci[i, 0]), float(pooled.ci[i, 1])),
        efficacy=efficacy,
        futility=wedge,
        adjusted_ci=None if j is None else (mu - float(half[j]), mu + float(half[j])),
        status=status,
        words=words_for(status, float(share[i])),
    )


def _critical(efficacy: Array, df: NDArray[np.float64]) -> Array:
    """The boundary as a quantile of the statistic's own distribution, (K,)."""
    tail = ndtr(-efficacy)
    t = -stdtrit(np.where(np.isinf(df), 1.0, df), np.where(tail > 0.0, tail, 0.25))
    return np.where(np.isinf(df) | (tail == 0.0), efficacy, t)
