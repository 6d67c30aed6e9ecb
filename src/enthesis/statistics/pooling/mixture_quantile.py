"""Inverts distribution functions that have no closed inverse."""

from collections.abc import Callable

import numpy as np

from enthesis.statistics.pooling.data import Array

__all__ = ["find_quantile"]

MAX_STEPS = 200
#: Relative to the width of the search: Newton doubles the digits, so the next step would be rounding.
SMALLEST_STEP = 1e-11


def find_quantile(
    cdf: Callable[[Array], Array],
    density: Callable[[Array], Array],
    p: Array,
    low: Array,
    high: Array,
    start: Array,
) -> Array:
    """Where each cdf reaches its p, (n,): Newton, kept between ``low`` and ``high`` by bisection."""
    width, at = high - low, np.clip(start, low, high)
    for _ in range(MAX_STEPS):
        gap, slope = cdf(at) - p, density(at)
        low, high = np.where(gap < 0.0, at, low), np.where(gap < 0.0, high, at)
        short = slope * width > np.abs(gap)
        newton = gap / np.where(short, -slope, 1.0)
        arrived = short & (np.abs(newton) <= SMALLEST_STEP * width)
        inside = arrived | (short & (at + newton > low) & (at + newton < high))
        at = np.where(inside, at + newton, 0.5 * (low + high))
        if arrived.all():
            break
    return at
