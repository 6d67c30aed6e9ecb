"""Prints how long a multiverse of 10^4 to 10^6 specifications takes, on two threads.

python -m bench multiverse

"As declared" has axes as a review declares them: many specifications share their studies. "All different"
is the worst case: every specification has a set of studies of its own. Wall and processor time: on a busy
machine they part.
"""

from collections.abc import Callable
from time import perf_counter, process_time

import numpy as np

from enthesis.statistics import multiverse as mv

RUNS = 3


def main() -> None:
    """Both kinds of multiverse by number of specifications, then what is asked of the result."""
    for exclusions in (3, 6, 9, 12):
        found = _show("as declared", lambda e=exclusions: _declared(e))
    _show("  curve of 500 points", lambda: mv.specification_curve(found, points=500))
    _show("  shares", lambda: mv.shares(found, threshold=0.3))
    _show("  variance explained", lambda: mv.variance_explained(found))
    _show("  one specification alone", lambda: mv.rerun(found, len(found) // 3))
    small = _declared(0)
    _show("  500 sign flips", lambda: mv.sign_flip_test(small, flips=500))
    for bits in (13, 16, 20):
        _show("all different, REML", lambda b=bits: _different(b, "REML"))
    _show("all different, DL", lambda: _different(20, "DL"))


def _declared(exclusions: int) -> mv.Multiverse:
    """24 trials, each with effects on two of four instruments, at three horizons, as final or change."""
    rng = np.random.default_rng(24)
    rows = []
    for study in range(24):
        truth, n = rng.normal(0.4, 0.25), rng.integers(30, 120)
        for instrument in rng.choice(4, 2, replace=False):
            for horizon in range(3):
                for kind in ("final", "change"):
                    rows.append(
                        (study, f"i{instrument}", f"h{horizon}", kind, rng.normal(truth, 0.1), 4.0 / n)
                    )
    study, instrument, horizon, kind, y, v = (np.array(column) for column in zip(*rows, strict=True))
    traits = rng.random((12, 24)) < 0.25
    axes: list[mv.Axis] = [
        _preferences(instrument),
        mv.selection_axis("horizon", horizon),
        mv.selection_axis("kind", kind),
        mv.AnalysisAxis(
            "estimator", ("REML", "DL", "PM", "EE"), tuple({"method": m} for m in ("REML", "DL", "PM", "EE"))
        ),
        mv.AnalysisAxis("interval", ("HK", "Wald"), ({"interval": "hartung-knapp"}, {"interval": "wald"})),
    ]
    for i in range(exclusions):
        out = traits[i][study]
        axes.append(
            mv.SelectionAxis(f"exclusion {i}", ("all", "without"), np.stack([out * 0, np.where(out, -1, 0)]))
        )
    return mv.multiverse(y, v, study, axes)


def _preferences(instrument: np.ndarray) -> mv.SelectionAxis:
    number = np.char.lstrip(instrument, "i").astype(int)
    orders = ((0, 1, 2, 3), (3, 2, 1, 0), (1, 0, 3, 2), (2, 3, 0, 1), (0, -1, 1, -1))
    return mv.SelectionAxis("instrument", tuple("ABCDE"), np.array(orders)[:, number])


def _different(bits: int, method: str) -> mv.Multiverse:
    """``bits`` optional trials and four that are always in: 2^bits sets, none twice."""
    rng = np.random.default_rng(bits)
    k = bits + 4
    v = rng.uniform(0.02, 0.2, k)
    y = rng.normal(0.4, np.sqrt(v + 0.08))
    axes = [
        mv.SelectionAxis(f"trial {i}", ("in", "out"), np.stack([np.zeros(k), -np.eye(k)[i]]))
        for i in range(bits)
    ]
    return mv.multiverse(y, v, np.arange(k), axes, method=method)


def _show(what: str, action: Callable[[], object]) -> mv.Multiverse:
    """Print the least wall time, and the processor time of that run on all threads."""
    taken = []
    for _ in range(RUNS):
        wall, cpu = perf_counter(), process_time()
        found = action()
        taken.append((perf_counter() - wall, process_time() - cpu))
    wall, cpu = min(taken)
    size = (
        f"{len(found):>9} specifications, {found.distinct:>8} distinct"
        if isinstance(found, mv.Multiverse)
        else ""
    )
    print(f"  {what:28} {1000.0 * wall:9.1f} ms  {1000.0 * cpu:9.1f} ms CPU  {size}", flush=True)
    return found


if __name__ == "__main__":
    main()
