"""Prints how long pooling takes, and how long metafor, PyMARE and statsmodels take on the same data.

python -m bench pooling

Peers are used where they are installed (metafor through Rscript) and named where they are not.
Every figure is the best of several runs after a first one that is not counted.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from bench._timing import measured
from enthesis import statistics
from enthesis.statistics import pooling

ANALYSES, STUDIES = 1000, 12
RUNS = 30
METAFOR = """
suppressPackageStartupMessages(library(metafor))
y <- as.matrix(read.csv("y.csv", header = FALSE)); v <- as.matrix(read.csv("v.csv", header = FALSE))
one <- function(i) predict(rma(y[i, ], v[i, ], method = "REML", test = "knha"))
one(1)
cat(system.time(for (i in seq_len(nrow(y))) one(i))[["elapsed"]])
"""


def main() -> None:
    """The two promised figures, what the rest costs, and the peers."""
    y, v = _studies(ANALYSES, STUDIES)
    large = _studies(1, 10_000)
    ours = {
        "REML": _show(
            f"{ANALYSES} x k={STUDIES}, REML + HK + PI", lambda: pooling.pool_batch(y, v), "at most 5 ms"
        )
    }
    _show("k=10,000, batch of one", lambda: pooling.pool_batch(*large), "at most 2 ms")
    _show("k=10,000, pool with tau2 interval", lambda: pooling.pool(large[0][0], large[1][0]), "at most 2 ms")
    for method in ("DL", "PM", "ML"):
        what = f"{ANALYSES} x k={STUDIES}, {method} + HK + PI"
        ours[method] = _show(what, lambda m=method: pooling.pool_batch(y, v, method=m))
    _show(f"{ANALYSES} x k={STUDIES}, Q-profile", lambda: pooling.pool_batch(y, v).tau2_ci)
    _show("one analysis, k=12, all of pool", lambda: pooling.pool(y[0], v[0]))
    _show("leave one out, k=12", lambda: pooling.leave_one_out(y[0], v[0]))
    _show("influence, k=12", lambda: pooling.influence(y[0], v[0]))
    X = np.random.default_rng(0).normal(size=(STUDIES, 2))
    _show("meta-regression, k=12, 2 moderators", lambda: pooling.meta_regression(y[0], v[0], X, ["a", "b"]))
    _show("posterior, k=3", lambda: pooling.bayes_pool(y[0, :3], v[0, :3], tau_scale=0.5))
    _show("500 posteriors, k=3", lambda: pooling.bayes_pool_batch(y[:500, :3], v[:500, :3], tau_scale=0.5))
    _fast(y, v)
    _growth()
    for name, measure in (
        ("metafor", _metafor),
        ("PyMARE (estimates only)", _pymare),
        ("statsmodels", _statsmodels),
    ):
        _compare(name, measure(y, v), ours)


def _fast(y: np.ndarray, v: np.ndarray) -> None:
    """The same with compiled kernels, and what they cost a process once."""
    if not find_spec("numba"):
        print("  compiled kernels: numba is not installed")
        return
    for what, environment in (("compiling", {"NUMBA_CACHE_DIR": tempfile.mkdtemp()}), ("loading", {})):
        _show_start(what, environment)
    statistics.use_fast()
    what = f"fast: {ANALYSES} x k={STUDIES}"
    _show(f"{what}, REML + HK + PI", lambda: pooling.pool_batch(y, v), "at most 0.6 ms")
    _show(f"{what}, ML + HK + PI", lambda: pooling.pool_batch(y, v, method="ML"))
    _show(f"{what}, DL + HK + PI", lambda: pooling.pool_batch(y, v, method="DL"))
    statistics.use_fast(False)


def _show_start(what: str, environment: dict[str, str]) -> None:
    """First batch of a fresh process: kernels compiled anew, or loaded from disk."""
    code = (
        "import time; from enthesis import statistics; from enthesis.statistics import pooling;"
        "pooling.pool_batch([[0, 1, 2]], [[1, 1, 1]]); statistics.use_fast(); start = time.perf_counter();"
        "pooling.pool_batch([[0, 1, 2]], [[1, 1, 1]]); print(time.perf_counter() - start)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    print(f"  {'fast: ' + what + ' the kernels':40} {1000.0 * float(done.stdout):9.2f} ms")


def _growth() -> None:
    """REML + HK + PI by number of studies and of analyses."""
    sizes = [(1000, k) for k in (3, 6, 12, 24, 48, 96)] + [(b, 12) for b in (1, 10, 100, 10_000, 100_000)]
    for fast in (False, True) if find_spec("numba") else (False,):
        statistics.use_fast(fast)
        for analyses, k in sizes:
            y, v = _studies(analyses, k)
            taken = _best(partial(pooling.pool_batch, y, v), runs=5)
            each = 1000.0 * taken / (analyses * k)
            name = f"{'fast: ' if fast else ''}{analyses} x k={k}"
            print(f"  {name:40} {taken:9.2f} ms  {each:9.3f} us per analysis and study")
    statistics.use_fast(False)


def _studies(analyses: int, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Effects of standardised mean differences with tau of about a standard error."""
    rng = np.random.default_rng(k)
    v = rng.uniform(0.02, 0.2, (analyses, k))
    return rng.normal(0.4, np.sqrt(v + 0.08)), v


def _best(action: Callable[[], object], runs: int = RUNS) -> float:
    return float(measured(action, runs)[0].min())


def _show(what: str, action: Callable[[], object], promise: str = "") -> float:
    taken = _best(action)
    print(f"  {what:40} {taken:9.2f} ms  {promise}")
    return taken


def _compare(name: str, found: dict[str, float] | None, ours: dict[str, float]) -> None:
    """Each peer's method beside the same method here, which always gives interval and prediction too."""
    if found is None:
        print(f"  {name}: not installed")
        return
    for what, taken in found.items():
        ratio = taken / ours[what.split()[0]]
        print(f"  {name + ', ' + what:40} {taken:9.2f} ms  {ratio:8.1f} times ours")


def _metafor(y: np.ndarray, v: np.ndarray) -> dict[str, float] | None:
    """1000 calls of rma() and predict(), timed inside R."""
    if not (program := shutil.which("Rscript")):
        return None
    with tempfile.TemporaryDirectory() as folder:
        for name, table in (("y", y), ("v", v)):
            np.savetxt(Path(folder) / f"{name}.csv", table, delimiter=",", fmt="%.17g")
        done = subprocess.run(
            [program, "-e", METAFOR], cwd=folder, capture_output=True, text=True, check=False
        )
    return {"REML + HK + PI": 1000.0 * float(done.stdout.split()[-1])} if done.returncode == 0 else None


def _pymare(y: np.ndarray, v: np.ndarray) -> dict[str, float] | None:
    """All analyses as columns of one data set: estimates and their tests, no Q, prediction or tau2 proof."""
    if not find_spec("pymare"):
        return None
    from pymare import Dataset
    from pymare.estimators import DerSimonianLaird, VarianceBasedLikelihoodEstimator

    def fit(estimator: object) -> Callable[[], object]:
        return lambda: estimator.fit_dataset(Dataset(y.T, v.T)).summary().get_fe_stats()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        likelihood = VarianceBasedLikelihoodEstimator(method="reml")
        return {"DL": _best(fit(DerSimonianLaird())), "REML": _best(fit(likelihood), runs=2)}


def _statsmodels(y: np.ndarray, v: np.ndarray) -> dict[str, float] | None:
    """combine_effects per analysis: Paule-Mandel with Hartung-Knapp; it has no REML."""
    if not find_spec("statsmodels"):
        return None
    from statsmodels.stats.meta_analysis import combine_effects

    def fit() -> None:
        for effect, variance in zip(y, v, strict=True):
            combine_effects(effect, variance, method_re="iterated", use_t=True).summary_frame()

    return {"PM + HK": _best(fit, runs=2)}
