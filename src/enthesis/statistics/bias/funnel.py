"""Coordinates of a contour-enhanced funnel plot."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.bias.applicability import MINIMUM_K
from enthesis.statistics.bias.studies import check_effects
from enthesis.statistics.distributions import ndtr, ndtri
from enthesis.statistics.pooling.data import Array, check_level
from enthesis.statistics.pooling.results import Caveat

__all__ = ["Contour", "FunnelPlot", "FunnelPoint", "funnel_plot"]


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """One study on the plot.

    Attributes:
        y: Effect, the horizontal place.
        se: Standard error, the vertical place; the axis runs downwards from 0.
        p: Two-sided p-value of y against the null.
        band: Smallest contour p-value that p is below; None when not significant at any of them.
    """

    y: float
    se: float
    p: float
    band: float | None


@dataclass(frozen=True, slots=True)
class Contour:
    """Two straight lines from the null at se = 0; outside them p is below ``p`` at every height.

    Attributes:
        p: Two-sided p-value on the lines.
        left: Effect on the left line at ``se_max``.
        right: Effect on the right line at ``se_max``.
    """

    p: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class FunnelPlot:
    """All that a drawing needs; nothing here is a test.

    Attributes:
        points: The studies, in the order given.
        null: Effect of no benefit, where the contours meet.
        se_max: Height of the plot: the largest standard error.
        contours: Widest p-value first.
        centre: Pooled effect, where the funnel stands; None if none was given.
        se: Heights at which the funnel's edges are given, from 0 to ``se_max``; (m,).
        left: Left edge of the funnel, (m,); empty without a centre.
        right: Right edge, (m,).
        level: Share of studies expected between the edges if nothing but chance and tau2 moves them.
        caveats: Doubts that the reader must see.
    """

    points: tuple[FunnelPoint, ...]
    null: float
    se_max: float
    contours: tuple[Contour, ...]
    centre: float | None
    se: tuple[float, ...]
    left: tuple[float, ...]
    right: tuple[float, ...]
    level: float
    caveats: tuple[Caveat, ...]


def funnel_plot(
    y: ArrayLike,
    v: ArrayLike,
    *,
    centre: float | None = None,
    tau2: float = 0.0,
    null: float = 0.0,
    contours: tuple[float, ...] = (0.1, 0.05, 0.01),
    level: float = 0.95,
) -> FunnelPlot:
    """Where each study, each significance contour and the funnel around the pooled effect stand.

    Studies missing from the pale, non-significant area suggest reporting bias; studies missing from the
    significant areas speak for another cause of asymmetry.

    Args:
        y: Effect of each study, shape (k,), on one additive scale (logs for ratios).
        v: Sampling variance of each y, shape (k,), in y's unit squared.
        centre: Pooled effect to draw the funnel around.
        tau2: Between-study variance that widens the funnel; 0 gives the usual straight one.
        null: Effect of no benefit.
        contours: Two-sided p-values to draw, each in (0, 1).
        level: Coverage of the funnel.

    When it misleads: the eye sees asymmetry in symmetric plots, most of all with fewer than 10 studies, and
    effects that are linked to their own standard error (SMD, OR) lean by construction.

    Raises:
        InvalidData: A value breaks a rule.

    Source: Peters et al. 2008, doi:10.1016/j.jclinepi.2007.11.010; funnel: Sterne & Egger 2001,
        doi:10.1016/S0895-4356(01)00377-8.
    """
    y, v = check_effects(y, v)
    _check_options(tau2, contours)
    se, top = np.sqrt(v), float(np.sqrt(v.max()))
    heights = np.linspace(0.0, top, 2 if tau2 == 0 else 51)
    half = -ndtri((1 - check_level(level)) / 2) * np.sqrt(heights**2 + tau2)
    edge = half if centre is not None else half[:0]
    middle = 0.0 if centre is None else centre
    return FunnelPlot(
        points=_points(y, se, null, contours),
        null=null,
        se_max=top,
        contours=tuple(_contour(p, null, top) for p in sorted(contours, reverse=True)),
        centre=centre,
        se=tuple(heights.tolist()),
        left=tuple((middle - edge).tolist()),
        right=tuple((middle + edge).tolist()),
        level=level,
        caveats=_caveats(len(y)),
    )


def _caveats(k: int) -> tuple[Caveat, ...]:
    if k >= MINIMUM_K:
        return ()
    return (Caveat("few-studies", f"With {k} studies the eye cannot tell chance from asymmetry."),)


def _points(y: Array, se: Array, null: float, contours: tuple[float, ...]) -> tuple[FunnelPoint, ...]:
    p = 2 * ndtr(-np.abs(y - null) / se)
    bands = [min((c for c in contours if value < c), default=None) for value in p]
    rows = zip(y.tolist(), se.tolist(), p.tolist(), bands, strict=True)
    return tuple(FunnelPoint(*row) for row in rows)


def _contour(p: float, null: float, se_max: float) -> Contour:
    half = float(-ndtri(p / 2)) * se_max
    return Contour(p, null - half, null + half)


def _check_options(tau2: float, contours: tuple[float, ...]) -> None:
    faults = [
        Fault(f"{p!r} is not a p-value;", "contours", "give numbers between 0 and 1.")
        for p in contours
        if not 0 < p < 1
    ]
    if not (np.isfinite(tau2) and tau2 >= 0):
        faults.append(Fault(f"{tau2!r} is not a variance;", "tau2", "give a finite number, 0 or more."))
    if faults:
        raise InvalidData(faults)
