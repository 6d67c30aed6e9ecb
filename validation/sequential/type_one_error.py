"""Type I error of a monitored meta-analysis, simulated: how often a boundary is crossed when nothing works.

    python -m validation.sequential.type_one_error --analyses 20000

Trials of equal size come in one by one, up to the required information; after each one the cumulative
meta-analysis is tested. Two tables: repeated testing at 1.96 beside the boundaries, for the common-effect
mean (whose z is the Brownian motion of the theory); and boundaries of the O'Brien-Fleming type for
random-effects means, where the heterogeneity must be estimated, with the first formal look after one
trial or after two.
"""

import argparse
import time

import numpy as np
from scipy.special import ndtri

from enthesis.statistics import pooling
from enthesis.statistics.sequential import boundaries

LOOKS = (3, 5, 10, 20)
#: tau as a multiple of a trial's standard error; I2 is 0, 20, 50 and 80 %.
TAUS = (0.0, 0.5, 1.0, 2.0)
CHUNK = 2000


def z_paths(
    rng: np.random.Generator, analyses: int, looks: int, tau: float, method: str, interval: str
) -> np.ndarray:
    """z after each trial, (analyses, looks), under no effect on average; variances differ by up to 4."""
    v = np.ones((analyses, looks)) if tau == 0.0 else rng.uniform(0.4, 1.6, (analyses, looks))
    y = rng.normal(0.0, np.sqrt(v + tau**2))
    mask = np.tri(looks, dtype=bool)
    shape = (analyses, looks, looks)
    flat = (analyses * looks, looks)
    found = pooling.pool_batch(
        np.broadcast_to(y[:, None, :], shape).reshape(flat),
        np.broadcast_to(v[:, None, :], shape).reshape(flat),
        np.broadcast_to(mask, shape).reshape(flat),
        method=method,
        interval=interval,
    )
    tail = np.maximum(0.5 * found.p, np.finfo(float).tiny)
    return (-np.sign(found.statistic) * ndtri(tail)).reshape(analyses, looks)


def crossing_rate(
    seed: int, analyses: int, looks: int, tau: float, method: str, interval: str, bound: np.ndarray
) -> float:
    """Share of analyses that cross at some of the last looks, as many as ``bound`` has."""
    rng, crossed = np.random.default_rng(seed), 0
    for first in range(0, analyses, CHUNK):
        size = min(CHUNK, analyses - first)
        z = z_paths(rng, size, looks, tau, method, interval)[:, -len(bound) :]
        crossed += int((np.abs(z) >= bound).any(axis=1).sum())
    return crossed / analyses


def main() -> None:
    """Print both tables with the simulation's standard error."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--analyses", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1983)
    given = parser.parse_args()
    started = time.perf_counter()
    n, seed = given.analyses, given.seed
    print(f"{n} analyses a cell; nominal 5.00 %, standard error {100 * np.sqrt(0.05 * 0.95 / n):.2f} %")
    print("\ncommon effect    looks:" + "".join(f"{k:>8}" for k in LOOKS))
    rules = {
        "1.96 every time": lambda t: np.full(len(t), 1.959964),
        "O'Brien-Fleming type": lambda t: boundaries(t).efficacy,
        "Pocock type": lambda t: boundaries(t, spending="pocock").efficacy,
        "power family, rho 3": lambda t: boundaries(t, spending="power").efficacy,
    }
    for name, rule in rules.items():
        rates = [crossing_rate(seed, n, k, 0.0, "EE", "wald", rule(np.arange(1, k + 1) / k)) for k in LOOKS]
        print(f"{name:23}" + "".join(f"{100 * r:7.2f}%" for r in rates))
    print("\nO'Brien-Fleming type, random effects (REML)")
    print("interval            first tau/se" + "".join(f"{k:>8}" for k in LOOKS))
    for first in (1, 2):
        bounds = [boundaries(np.arange(first, k + 1) / k).efficacy for k in LOOKS]
        for interval in ("wald", "hartung-knapp", "hartung-knapp-floor"):
            for tau in TAUS:
                rates = [
                    crossing_rate(seed, n, k, tau, "REML", interval, b)
                    for k, b in zip(LOOKS, bounds, strict=True)
                ]
                shown = "".join(f"{100 * r:7.2f}%" for r in rates)
                print(f"{interval:19} {first:5} {tau:6.1f}{shown}", flush=True)
    print(f"\n{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
