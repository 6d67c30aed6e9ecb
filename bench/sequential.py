"""Prints how long boundaries, exit probabilities and monitoring take.

python -m bench sequential

Every figure is the best of several runs after a first one that is not counted.
"""

from collections.abc import Callable

import numpy as np

from bench._timing import measured
from enthesis.statistics import pooling, sequential

RUNS = 7


def main() -> None:
    """Boundaries by number of looks, and the whole of a monitored meta-analysis."""
    for k in (5, 10, 20, 40):
        t = np.arange(1, k + 1) / k
        _show(f"boundaries, {k} looks", lambda t=t: sequential.boundaries(t))
        _show(f"the same with futility, {k} looks", lambda t=t: sequential.boundaries(t, futility="pocock"))
    uneven = np.sort(np.random.default_rng(0).uniform(0.02, 1.0, 30))
    _show("the same, 30 looks as unequal as trials", lambda: sequential.boundaries(uneven, futility="pocock"))
    five = np.arange(1, 6) / 5
    bound = sequential.boundaries(five).efficacy
    drifts = np.linspace(-4.0, 4.0, 400)
    _show(
        "power curve, 5 looks, 400 effects", lambda: sequential.exit_probabilities(five, bound, drift=drifts)
    )
    y, v, n = _trials(24)
    needed = sequential.required_information_for_means(5.0, 20.0, d2=sequential.diversity(y, v).d2, beta=0.1)
    _show("cumulative pooling alone, 24 trials", lambda: pooling.cumulative(y, v))
    _show(
        "monitor, 24 trials",
        lambda: sequential.monitor(y, v, n, needed, favours="less", timing="retrospective"),
    )
    _show(
        "sequential Bayes, 24 trials",
        lambda: sequential.sequential_bayes(y, v, mcid=5.0, favours="less", tau_scale=5.0),
    )


def _trials(k: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(k)
    n = rng.integers(30, 120, k)
    v = 4.0 * 20.0**2 / n
    return rng.normal(-4.0, np.sqrt(v + 9.0)), v, n


def _show(what: str, action: Callable[[], object]) -> None:
    print(f"  {what:40} {measured(action, RUNS)[0].min():9.2f} ms")


if __name__ == "__main__":
    main()
