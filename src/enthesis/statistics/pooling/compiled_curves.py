"""Compiled by numba: the score of tau2 for one analysis, and the proof of where its roots are.

The formulas and their sources are those of `likelihood`, `isolate` and `maximise`, the reference.
The most precise study, where z = 0, is given by its variance ``first`` alone; z and v hold the k - 1
others and then, up to a multiple of ``LANES``, places of infinite variance.
"""

import numpy as np
from numba import njit

__all__ = ["LANES", "MAX_HALVINGS", "compiled", "maximum"]

#: As in `isolate` and `maximise`.
MAX_HALVINGS, MAX_STEPS, SMALLEST_STEP, BEYOND = 60, 100, 1e-12, 1.1

#: Terms that the processor takes at once; sums of fewer would be taken one by one.
LANES = 16

#: Sums may be taken in any order, which is what lets the processor take several terms at once; neither
#: infinities nor NaN are assumed away.
compiled = njit(cache=True, nogil=True, error_model="numpy", fastmath={"reassoc", "contract", "nsz"})


@compiled
def _curves(z, v, first, t, restricted, w, u):
    """g, g1, g2, h, h1, h2 of `likelihood.Curves` at t; w and u are room to work in."""
    s1, s2, s3, s4, wz = 0.0, 0.0, 0.0, 0.0, 0.0
    for j in range(len(z)):
        w[j] = 1.0 / (v[j] + t)
        square = w[j] * w[j]
        s1 += w[j]
        s2 += square
        s3 += square * w[j]
        s4 += square * square
        wz += w[j] * z[j]
    lead = 1.0 / (first + t)
    total = lead + s1
    centre = wz / total
    u_lead = -lead * centre
    g, wu = 0.0, 0.0
    for j in range(len(z)):
        u[j] = w[j] * (z[j] - centre)
        g += u[j] * u[j]
        wu += w[j] * (u[j] - u_lead)
    centre = wu / total
    pu = -lead * centre
    g, g1, g2 = g + u_lead * u_lead, u_lead * pu, pu * pu
    for j in range(len(z)):
        pu = w[j] * ((u[j] - u_lead) - centre)
        g1 += u[j] * pu
        g2 += pu * pu
    if not restricted:
        cube = lead * lead * lead
        return g, 2.0 * g1, 6.0 * g2, total, lead * lead + s2, 2.0 * (cube + s3)
    share = lead / total
    corner, edge, a = share * s1, share * share, s2 / total
    h = s1 + corner - a
    h1 = corner**2 + 2.0 * edge * s2 + s2 - 2.0 * s3 / total + a * a
    h2 = corner**3 + 3.0 * edge * (corner * s2 + s3 - s2 * a)
    h2 += s3 - 3.0 * s4 / total + 3.0 * s3 * a / total - a**3
    return g, 2.0 * g1, 6.0 * g2, h, h1, 2.0 * h2


@compiled
def _last_root(z, v, first, k, restricted):
    """As `likelihood.last_possible_root`."""
    mean, high = 0.0, first
    for j in range(k - 1):
        mean += z[j]
        high = max(high, v[j])
    mean /= k
    s = mean * mean
    for j in range(k - 1):
        s += (z[j] - mean) ** 2
    m = k - 1 if restricted else k
    root = (s + np.sqrt(s * s + 4.0 * m * s * (high - first))) / (2.0 * m)
    return max(BEYOND * root - first, 0.0)


@compiled
def _log_likelihood(z, v, first, k, t, restricted):
    """As `likelihood.log_likelihood`."""
    total, wz, spread = 1.0 / (first + t), 0.0, np.log(first + t)
    for j in range(k - 1):
        total += 1.0 / (v[j] + t)
        wz += z[j] / (v[j] + t)
        spread += np.log(v[j] + t)
    centre = wz / total
    q = centre * centre / (first + t)
    for j in range(k - 1):
        q += (z[j] - centre) ** 2 / (v[j] + t)
    return -0.5 * (spread + q + (np.log(total) if restricted else 0.0))


@compiled
def _above(fa, fb, sa, sb, ca, cb, d):
    """As in `isolate`: f stays above c on an interval of width d."""
    return fa > ca and fb > cb and (fa - d * sa > cb or fb + d * sb > ca)


@compiled
def _verdict(a, b, d):
    """Of the curves at both ends: 0 open, 1 no root or monotone without one, 2 exactly one root."""
    if _above(a[0], b[0], a[1], b[1], a[3], b[3], d) or _above(a[3], b[3], a[4], b[4], a[0], b[0], d):
        return 1
    if _above(a[1], b[1], a[2], b[2], a[4], b[4], d) or _above(a[4], b[4], a[5], b[5], a[1], b[1], d):
        return 2 if (a[0] > a[3]) != (b[0] > b[3]) else 1
    return 0


@compiled
def _refine(z, v, first, low, high, at_a, at_b, restricted, w, u):
    """The peak between low and high, the steps to it, and the score before the last one, as in `maximise`."""
    left, right = at_a[3] * at_b[0], at_b[3] * at_a[0]
    share = 0.5 if right == left else (at_a[0] * at_b[0] - left) / (right - left)
    t = low + min(max(share, 0.0), 1.0) * (high - low)
    for step in range(1, MAX_STEPS + 1):
        g, g1, _, h, h1, _ = _curves(z, v, first, t, restricted, w, u)
        if g > h:
            low = t
        else:
            high = t
        slope = h * g1 - h1 * g
        ahead = t - (h - g) * g / slope if slope > 0.0 else low - 1.0
        here, t = t, ahead if low <= ahead <= high else 0.5 * (low + high)
        if abs(t - here) <= SMALLEST_STEP * (here + first):
            return t, step, g / h - 1.0
    return t, MAX_STEPS, g / h - 1.0


@compiled
def maximum(z, v, first, k, restricted, w, u, ends, depths):
    """The best tau2 of one analysis: tau2, proved, steps, score left over, number of roots.

    ``ends``, (MAX_HALVINGS + 2, 14), and ``depths`` are room for the intervals still to be settled: both
    ends of each and the curves there.
    """
    last = _last_root(z, v, first, k, restricted)
    start = _curves(z, v, first, 0.0, restricted, w, u)
    best, value, score, candidates = 0.0, 0.0, 0.0, 1 if start[0] <= start[3] else 0
    steps, roots, proved, todo = 0, 0, True, 0
    if last > 0.0:
        _put(ends[0], 0.0, last, start, _curves(z, v, first, last, restricted, w, u))
        depths[0], todo = 0, 1
    while todo:
        todo -= 1
        a, b, depth = ends[todo, 0], ends[todo, 1], depths[todo]
        at_a, at_b = _curves_of(ends[todo, 2:8]), _curves_of(ends[todo, 8:14])
        state = _verdict(at_a, at_b, b - a)
        if state == 0 and depth == MAX_HALVINGS:
            proved, state = False, 2 if (at_a[0] > at_a[3]) != (at_b[0] > at_b[3]) else 1
        if state == 0:
            middle = min(max(np.sqrt((a + first) * (b + first)) - first, a), b)
            at = _curves(z, v, first, middle, restricted, w, u)
            _put(ends[todo], a, middle, at_a, at)
            _put(ends[todo + 1], middle, b, at, at_b)
            depths[todo] = depths[todo + 1] = depth + 1
            todo += 2
        elif state == 2:
            roots += 1
            if at_a[0] > at_a[3]:
                t, steps, left = _refine(z, v, first, a, b, at_a, at_b, restricted, w, u)
                candidates += 1
                if candidates == 1:
                    best, score = t, left
                    continue
                if candidates == 2:
                    value = _log_likelihood(z, v, first, k, best, restricted)
                rival = _log_likelihood(z, v, first, k, t, restricted)
                if rival >= value:
                    best, value, score = t, rival, left
    return best, proved, steps, score, roots


@compiled
def _put(row, a, b, at_a, at_b):
    row[0], row[1] = a, b
    row[2], row[3], row[4], row[5], row[6], row[7] = at_a
    row[8], row[9], row[10], row[11], row[12], row[13] = at_b


@compiled
def _curves_of(row):
    return row[0], row[1], row[2], row[3], row[4], row[5]
