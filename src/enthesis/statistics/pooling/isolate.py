"""Proves where the stationary points of the likelihood lie, so that the best one is never missed.

An interval of tau2 is settled when its two ends prove that the score keeps its sign inside, or
that it is monotone inside (then the signs at the ends tell whether it holds a root). Both proofs
bound a falling convex curve from above by its chord and from below by its tangents. What is not
settled is halved. Nothing is sampled and hoped for: a settled interval is settled for good.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.likelihood import Curves, Model, last_possible_root, score_curves

__all__ = ["Brackets", "isolate_roots"]

#: Each halving narrows an interval in log(tau2 + min v), so 60 of them reach rounding.
MAX_HALVINGS = 60


class Brackets(NamedTuple):
    """Intervals that hold exactly one root each.

    Attributes:
        row: Analysis each bracket belongs to, (n,).
        low: Lower end, (n,).
        high: Upper end, (n,).
        guess: Where the chord of h / g, which is straight for equal variances, meets 1, (n,).
        is_peak: The score falls through zero here: a maximum, (n,).
        proved: Per analysis: every interval was settled, (B,).
        at_zero: Score at tau2 = 0, (B,).
    """

    row: NDArray[np.int64]
    low: Array
    high: Array
    guess: Array
    is_peak: NDArray[np.bool_]
    proved: NDArray[np.bool_]
    at_zero: Array


class _Intervals(NamedTuple):
    row: NDArray[np.int64]
    a: Array
    b: Array
    at_a: Curves
    at_b: Curves

    def keep(self, mask: NDArray[np.bool_]) -> "_Intervals":
        curves = (Curves(*(c[mask] for c in end)) for end in (self.at_a, self.at_b))
        return _Intervals(self.row[mask], self.a[mask], self.b[mask], *curves)


def isolate_roots(model: Model, *, restricted: bool) -> Brackets:
    """One bracket for every root of the score on tau2 > 0, for every row of the model."""
    zero, last = np.zeros(len(model.k)), last_possible_root(model, restricted=restricted)
    start = score_curves(model, zero, restricted=restricted)
    todo = _Intervals(
        np.arange(len(zero)), zero, last, start, score_curves(model, last, restricted=restricted)
    )
    todo = todo.keep(last > 0.0)
    found = []
    for _ in range(MAX_HALVINGS):
        crossing, open_ = _settle(todo)
        found.append(todo.keep(crossing))
        todo = todo.keep(open_)
        if not len(todo.row):
            break
        todo = _halve(model, todo, restricted=restricted)
    crossing = _changes_sign(todo)
    found.append(todo.keep(crossing))
    proved = np.ones(len(zero), dtype=np.bool_)
    proved[todo.row] = False
    row, a, b = (np.concatenate([getattr(f, name) for f in found]) for name in ("row", "a", "b"))
    guess = np.concatenate([_guess(f) for f in found])
    is_peak = np.concatenate([f.at_a.g > f.at_a.h for f in found])
    return Brackets(row, a, b, guess, is_peak, proved, start.g - start.h)


def _settle(todo: _Intervals) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which intervals hold exactly one root, and which are still open."""
    a, b, d = todo.at_a, todo.at_b, todo.b - todo.a
    no_root = _above(a.g, b.g, a.g1, b.g1, a.h, b.h, d) | _above(a.h, b.h, a.h1, b.h1, a.g, b.g, d)
    monotone = _above(a.g1, b.g1, a.g2, b.g2, a.h1, b.h1, d)
    monotone |= _above(a.h1, b.h1, a.h2, b.h2, a.g1, b.g1, d)
    crossing = monotone & _changes_sign(todo)
    return crossing, ~(no_root | monotone)


def _above(fa: Array, fb: Array, sa: Array, sb: Array, ca: Array, cb: Array, d: Array) -> NDArray[np.bool_]:
    """Proved: f > c on an interval of width d, both falling and convex, s the descent of f."""
    return (fa > ca) & (fb > cb) & ((fa - d * sa > cb) | (fb + d * sb > ca))


def _changes_sign(todo: _Intervals) -> NDArray[np.bool_]:
    return (todo.at_a.g > todo.at_a.h) != (todo.at_b.g > todo.at_b.h)


def _guess(some: _Intervals) -> Array:
    """Inside each interval: by the chord of h / g, or half way where that says nothing."""
    at_a, at_b = some.at_a.h * some.at_b.g, some.at_b.h * some.at_a.g
    rise = at_b - at_a
    share = np.divide(some.at_a.g * some.at_b.g - at_a, rise, out=np.full_like(rise, 0.5), where=rise != 0.0)
    return some.a + np.clip(share, 0.0, 1.0) * (some.b - some.a)


def _halve(model: Model, todo: _Intervals, *, restricted: bool) -> _Intervals:
    """Cut each interval where log(tau2 + min v) is half way: the scale on which the curves bend."""
    part = model.take(todo.row)
    low = part.v.min(axis=1)
    middle = np.sqrt((todo.a + low) * (todo.b + low)) - low
    middle = np.clip(middle, todo.a, todo.b)
    at = score_curves(part, middle, restricted=restricted)
    join = np.concatenate
    return _Intervals(
        join([todo.row, todo.row]),
        join([todo.a, middle]),
        join([middle, todo.b]),
        Curves(*map(join, zip(todo.at_a, at, strict=True))),
        Curves(*map(join, zip(at, todo.at_b, strict=True))),
    )
