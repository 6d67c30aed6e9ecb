"""Prints how long the methods of statistics/bias take on the studies of one analysis.

python bench/bias.py

Best of several runs in one process after a first one that is not counted. The permutation test and GOSH
refit REML in every permutation and subset; 20 ms are promised for each.
"""

from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from bench._timing import measured
from enthesis import statistics
from enthesis.statistics.bias import (
    egger_test,
    egger_test_by_study,
    fragility_of_meta_analysis,
    funnel_plot,
    gosh,
    gosh_by_study,
    henmi_copas,
    influence_by_study,
    permutation_test,
    permutation_test_by_study,
    permutation_test_of_moderators,
    publication_sensitivity,
    rank_test,
    robust_fit,
    selection_model,
    trim_and_fill,
)

RUNS = 9


def main() -> None:
    """Measure on simulated pain trials: k = 12, 24 and 96, tau about the size of a standard error."""
    y, v = _studies(12)
    print(f"{'statistics/bias':54} {'wall ms':>7}  {'median':>7}  {'CPU ms':>7}")
    _show("1000 permutations, k = 12", lambda: permutation_test(y, v, permutations=1000))
    x = np.arange(12.0)
    _show("1000 permutations of a moderator, k = 12", lambda: permutation_test_of_moderators(y, v, x, ["x"]))
    for k in (12, 24, 96):
        _show(f"GOSH, 2000 subsets, k = {k}", lambda k=k: gosh(*_studies(k), subsets=2000))
    for b in (1000, 4000, 16000):
        _show(f"{b} permutations, k = 24", lambda b=b: permutation_test(*_studies(24), permutations=b))
    if find_spec("numba"):
        statistics.use_fast()
        _show("fast: 1000 permutations, k = 12", lambda: permutation_test(y, v, permutations=1000))
        for k in (12, 24, 96):
            _show(f"fast: GOSH, 2000 subsets, k = {k}", lambda k=k: gosh(*_studies(k), subsets=2000))
        statistics.use_fast(False)
    _rest(y, v)
    _dependent()


def _rest(y: np.ndarray, v: np.ndarray) -> None:
    _show("Egger, random-effects", lambda: egger_test(y, v))
    _show("rank test, exact", lambda: rank_test(y, v))
    _show("trim and fill", lambda: trim_and_fill(y, v))
    _show("funnel coordinates", lambda: funnel_plot(y, v, centre=0.3))
    _show("Henmi-Copas", lambda: henmi_copas(y, v))
    _show("sandwich", lambda: robust_fit(y, v))
    for kind in ("steps", "beta"):
        _show(
            f"selection model, {kind}, k = 24",
            lambda kind=kind: selection_model(*_studies(24), favours="greater", kind=kind),
        )
    events = np.array([5, 9, 12, 20]), np.array([60, 80, 100, 160]), np.array([12, 16, 25, 33])
    _show("fragility of 4 trials", lambda: fragility_of_meta_analysis(*events, events[1]))


def _dependent() -> None:
    """Forty studies of one to five effects."""
    rng = np.random.default_rng(40)
    study = np.repeat(np.arange(40), rng.integers(1, 6, 40)).tolist()
    y, v = _studies(len(study))
    said = f"{len(study)} effects of 40 studies"
    _show(f"Egger by study, {said}", lambda: egger_test_by_study(y, v, study))
    _show(f"GOSH by study, {said}", lambda: gosh_by_study(y, v, study))
    _show(f"permutation by study, {said}", lambda: permutation_test_by_study(y, v, study))
    _show(f"selection, {said}", lambda: publication_sensitivity(y, v, favours="greater", study=study))
    _show(f"influence of studies, {said}", lambda: influence_by_study(y, v, study))


def _studies(k: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(k)
    v = rng.uniform(0.02, 0.2, k)
    return rng.normal(0.5, np.sqrt(v + 0.08)), v


def _show(what: str, action: Callable[[], object]) -> None:
    """Print the least and the median wall time, and the least CPU time, in ms."""
    walls, cpus = measured(action, RUNS)
    print(f"  {what:52} {walls.min():7.2f}  {np.median(walls):7.2f}  {cpus.min():7.2f}")


if __name__ == "__main__":
    main()
