"""Compiled by numba: many analyses prepared, solved for tau2 by likelihood, and summed up, row by row.

Takes and gives what `data.prepare`, `maximise.maximise_likelihood` and `sums.sums_at` do; those are the
reference. Imported only when `fast.use_fast` has switched it on.
"""

from math import frexp, ldexp

import numpy as np

from enthesis.statistics.pooling.compiled_curves import LANES, MAX_HALVINGS, compiled, maximum
from enthesis.statistics.pooling.data import Array, Studies
from enthesis.statistics.pooling.solution import Solution
from enthesis.statistics.pooling.sums import Sums

__all__ = ["maximise_rows", "prepare_rows", "sum_rows"]


def prepare_rows(y: Array, v: Array) -> Studies:
    """As `data.prepare`."""
    return Studies(*_prepare(np.ascontiguousarray(y), np.ascontiguousarray(v)))


def maximise_rows(z: Array, v: Array, *, restricted: bool) -> Solution:
    """As `maximise.maximise_likelihood` for a common mean: (n, k) of two studies or more."""
    return Solution(*_maximise(np.ascontiguousarray(z), np.ascontiguousarray(v), restricted))


def sum_rows(studies: Studies, tau2: Array) -> Sums:
    """As `sums.sums_at`."""
    return Sums(*_sums(studies.z, studies.v, tau2))


@compiled
def _prepare(y, v):
    rows, width = y.shape
    z, s = np.empty_like(y), np.empty_like(y)
    k, origin, unit = np.zeros(rows, np.int64), np.empty(rows), np.empty(rows)
    for i in range(rows):
        first = 0
        for j in range(1, width):
            if v[i, j] < v[i, first]:
                first = j
        there = np.isfinite(v[i, first])
        least = v[i, first] if there else 1.0
        origin[i] = y[i, first]
        unit[i] = ldexp(1.0, frexp(least)[1] // 2)
        square = unit[i] ** 2
        for j in range(width):
            source = first if j == 0 else (0 if j == first else j)
            present = np.isfinite(v[i, source])
            k[i] += present
            z[i, j] = (y[i, source] - origin[i]) / unit[i] if present else 0.0
            s[i, j] = v[i, source] / square
        if not there:
            s[i, 0] = 1.0 / square
    return z, s, k, origin, unit


@compiled
def _maximise(z, v, restricted):
    rows, width = z.shape
    tau2, score = np.empty(rows), np.empty(rows)
    proved, steps, roots = np.empty(rows, np.bool_), np.empty(rows, np.int64), np.empty(rows, np.int64)
    size = LANES * ((width - 1 + LANES - 1) // LANES)
    near, spread, w, u = np.empty(size), np.empty(size), np.empty(size), np.empty(size)
    ends, depths = np.empty((MAX_HALVINGS + 2, 14)), np.empty(MAX_HALVINGS + 2, np.int64)
    for i in range(rows):
        others = 0
        for j in range(1, width):
            if np.isfinite(v[i, j]):
                near[others], spread[others] = z[i, j], v[i, j]
                others += 1
        used = LANES * ((others + LANES - 1) // LANES)
        near[others:used], spread[others:used] = 0.0, np.inf
        tau2[i], proved[i], steps[i], score[i], roots[i] = maximum(
            near[:used], spread[:used], v[i, 0], others + 1, restricted, w, u, ends, depths
        )
    return tau2, proved, steps, score, roots


@compiled
def _sums(z, v, tau2):
    rows, width = z.shape
    out = np.empty((6, rows))
    w0 = np.empty(width)
    for i in range(rows):
        t = tau2[i] if np.isfinite(tau2[i]) else 0.0
        total, total0, wz, wz0, size, others, square = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        k = 0
        for j in range(width):
            here = 1.0 / (v[i, j] + t)
            w0[j] = 1.0 / v[i, j]
            k += v[i, j] < np.inf
            total += here
            total0 += w0[j]
            wz += here * z[i, j]
            wz0 += w0[j] * z[i, j]
            size += here * z[i, j] * z[i, j]
        centre, centre0, spread, q = wz / total, wz0 / total0, 0.0, 0.0
        for j in range(width):
            spread += (z[i, j] - centre) ** 2 / (v[i, j] + t)
            q += w0[j] * (z[i, j] - centre0) ** 2
        for j in range(1, width):
            others += w0[j]
            square += w0[j] * w0[j]
        trace = others * (1.0 + w0[0] / total0) - square / total0
        out[0, i], out[1, i], out[2, i], out[3, i], out[4, i] = centre, total, spread, size, q
        out[5, i] = (k - 1) / trace if trace > 0.0 else v[i, 0]
    return out[0], out[1], out[2], out[3], out[4], out[5]
