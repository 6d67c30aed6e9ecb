"""Prints how long block models take, and how that grows with the number of effects.

python bench/blocks.py

Best of several runs in one process after a first one that is not counted. A three-level model of 1200 effects
may take at most 60 ms.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from bench._timing import measured
from enthesis.statistics import blocks
from enthesis.statistics.blocks import Multivariate, ThreeLevel

MOST_MS = 60.0
RUNS = 9
WEEKS = np.array([4.0, 12.0, 26.0, 52.0])


def main() -> None:
    """Measure on simulated trials that give 4 effects each, or 1 to 7, or 1 to 19."""
    print("statistics/blocks                              wall ms   CPU ms")
    limited = [
        _show("three-level, 300 trials x 4, k = 1200", lambda: _three_level(*_trials(300, 4))),
        _show("three-level, 300 trials of 1-7, k = 1200", lambda: _three_level(*_uneven(300, 7))),
        _show("three-level, 120 trials of 1-19, k = 1200", lambda: _three_level(*_uneven(120, 19))),
    ]
    for trials in (15, 30, 75, 150, 600, 2400):
        _show(f"three-level, k = {4 * trials}", partial(_made, trials))
    for structure in ("CS", "HCS", "CAR", "UN"):
        _show(f"{structure}, 30 trials x 4 weeks", partial(_multivariate, 30, structure))
    _rest()
    print(f"  slowest of the first three {max(limited):.1f} ms, at most {MOST_MS:.0f} wanted")


def _rest() -> None:
    y, v, study = _trials(300, 4)
    found = blocks.fit(y, v, random=[ThreeLevel(study)])
    V = blocks.sampling_covariance(v, study, rho=0.6)
    _show("three-level, k = 1200, correlated within trials", lambda: _three_level(y, V, study))
    _show("sampling covariance from rho, k = 1200", lambda: blocks.sampling_covariance(v, study, rho=0.6))
    _show("CR2 and df, k = 1200", lambda: blocks.robust(found))
    _show("random effects, k = 1200", lambda: blocks.ranef(found))
    _show("profile intervals, k = 1200", lambda: blocks.profile_intervals(found))
    _show("three scenarios of rho, k = 60", lambda: _scenarios(*_trials(15, 4)))


def _three_level(y: np.ndarray, v: np.ndarray | blocks.SamplingCovariance, study: list[int]) -> object:
    return blocks.fit(y, v, random=[ThreeLevel(study)])


def _made(trials: int) -> object:
    return _three_level(*_trials(trials, 4))


def _multivariate(trials: int, structure: str) -> object:
    y, v, study = _trials(trials, 4)
    week = np.tile(WEEKS, trials).tolist()
    return blocks.fit(y, v, random=[Multivariate(study, week, structure)])


def _scenarios(y: np.ndarray, v: np.ndarray, study: list[int]) -> object:
    return blocks.over_correlations(y, v, cluster=study, random=[ThreeLevel(study)])


def _trials(trials: int, each: int) -> tuple[np.ndarray, np.ndarray, list[int]]:
    return _effects(np.full(trials, each), np.random.default_rng(trials))


def _uneven(trials: int, most: int) -> tuple[np.ndarray, np.ndarray, list[int]]:
    """Trials of 1 to ``most`` effects, 1200 in all."""
    rng = np.random.default_rng(trials)
    size = rng.integers(1, most + 1, trials)
    while (rest := 1200 - int(size.sum())) != 0:
        one = rng.integers(trials)
        size[one] = np.clip(size[one] + np.sign(rest), 1, most)
    return _effects(size, rng)


def _effects(size: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, list[int]]:
    study = np.repeat(np.arange(len(size)), size)
    v = rng.uniform(0.02, 0.2, len(study))
    true = 0.3 + rng.normal(0.0, 0.25, len(size))[study] + rng.normal(0.0, 0.2, len(study))
    return rng.normal(true, np.sqrt(v)), v, study.tolist()


def _show(what: str, action: Callable[[], object]) -> float:
    """Print and return the least wall time in ms."""
    walls, cpus = measured(action, RUNS)
    print(f"  {what:44} {walls.min():7.2f}  {cpus.min():7.2f}")
    return float(walls.min())


if __name__ == "__main__":
    main()
