"""The solver's certificate: simulated analyses, each answer held against a dense grid.

    python -m validation.pooling.certificate --sets 100000

Counts, for REML and ML, the sets left unsolved and the sets whose (restricted) log-likelihood lies
below the best of a dense grid (one set in twenty also with moderators); for PM, the sets whose
estimating equation is not met. The objective is written here once more, from its definition, so that
an error in the engine cannot hide in both.
"""

import argparse
import time
from dataclasses import dataclass

import numpy as np

from enthesis.errors import CannotEstimate
from enthesis.statistics import pooling

#: Rounding of a sum of 40 logarithms and squares, in units of log-likelihood; nobody's inference
#: hangs on a millionth of it.
ROUNDING = 1e-9
GRID_POINTS = 600
#: Every so many sets one is also fitted with moderators, which the engine does one at a time.
REGRESSIONS = 20
REGRESSION = "REML with 2 moderators"
CHUNK = 500


@dataclass
class Tally:
    """What went wrong, and how hard the sets were."""

    sets: int = 0
    unsolved: int = 0
    below_grid: int = 0
    worst_shortfall: float = -np.inf
    several_optima: int = 0
    several_roots: int = 0
    on_boundary: int = 0
    most_iterations: int = 0
    seconds: float = 0.0


def simulate(rng: np.random.Generator, sets: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """y, v and mask of analyses with 2 to 40 studies, from tame to hostile.

    Variances spread over up to eight powers of ten; tau is 0 or anything from a thousandth to ten
    thousand standard errors; a third has outliers up to 10^4 standard errors, and a third has pairs
    of precise studies that contradict each other, which gives likelihoods with several peaks.
    """
    k = rng.integers(2, 41, sets)
    mask = np.arange(40) < k[:, None]
    spread = rng.uniform(0.0, 8.0, (sets, 1)) * rng.integers(0, 2, (sets, 1))
    v = 10.0 ** (spread * rng.uniform(-0.5, 0.5, (sets, 40)))
    tau = 10.0 ** rng.uniform(-3.0, 4.0, (sets, 1)) * rng.integers(0, 2, (sets, 1))
    y = rng.normal(0.0, np.sqrt(v + tau**2))
    kind = rng.integers(0, 3, sets)
    outlier = (rng.random((sets, 40)) < 0.1) & (kind == 1)[:, None]
    y += outlier * rng.choice([-1.0, 1.0], (sets, 40)) * np.sqrt(v) * 10.0 ** rng.uniform(0, 4, (sets, 40))
    feud = (kind == 2)[:, None] & (np.arange(40) < 2)
    v = np.where(feud, v * 10.0 ** rng.uniform(-6.0, 0.0, (sets, 1)), v)
    gap = 10.0 ** rng.uniform(-1.0, 2.0, (sets, 1)) * np.sqrt(v[:, :1])
    y = np.where(feud, y[:, :1] + gap * np.arange(40), y)
    unit = 10.0 ** rng.uniform(-6.0, 6.0, (sets, 1))
    return y * unit, v * unit**2, mask


def objective(y: np.ndarray, v: np.ndarray, mask: np.ndarray, t: np.ndarray, restricted: bool) -> np.ndarray:
    """The log-likelihood of tau2 = t, (sets, points), from its definition."""
    total = np.where(mask, v, 1.0)[:, None, :] + t[:, :, None]
    w = mask[:, None, :] / total
    mass = w.sum(axis=2)
    reference = (
        y[:, None, :] - np.take_along_axis(y, np.argmin(np.where(mask, v, np.inf), 1)[:, None], 1)[:, None]
    )
    mean = (w * reference).sum(axis=2) / mass
    q = (w * (reference - mean[:, :, None]) ** 2).sum(axis=2)
    spread = np.where(mask[:, None, :], np.log(total), 0.0).sum(axis=2)
    return -0.5 * (spread + q + (np.log(mass) if restricted else 0.0))


def dense_grid(y: np.ndarray, v: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """0 and GRID_POINTS values, evenly spaced in the logarithm, from far below v to far above y's range."""
    low = np.where(mask, v, np.inf).min(axis=1)
    top = np.ptp(np.where(mask, y, y[:, :1]), axis=1) ** 2 + np.where(mask, v, 0.0).max(axis=1)
    steps = np.linspace(0.0, 1.0, GRID_POINTS)
    grid = 1e-3 * low[:, None] * (4.0 * top / (1e-3 * low))[:, None] ** steps
    return np.concatenate([np.zeros((len(y), 1)), grid], axis=1)


def examine(method: str, y: np.ndarray, v: np.ndarray, mask: np.ndarray, tally: Tally) -> None:
    """Add one chunk of sets to the tally of a likelihood method."""
    restricted = method == "REML"
    start = time.perf_counter()
    batch = pooling.pool_batch(y, v, mask, method=method)
    tally.seconds += time.perf_counter() - start
    ours = objective(y, v, mask, batch.tau2[:, None], restricted)[:, 0]
    best = objective(y, v, mask, dense_grid(y, v, mask), restricted).max(axis=1)
    tally.sets += len(y)
    tally.unsolved += int((~batch.converged | ~np.isfinite(ours)).sum())
    tally.below_grid += int((ours < best - ROUNDING).sum())
    tally.worst_shortfall = max(tally.worst_shortfall, float((best - ours).max()))
    tally.several_optima += int((batch.roots > 1).sum())
    tally.several_roots += int((batch.roots > 2).sum())
    tally.on_boundary += int(batch.boundary.sum())
    tally.most_iterations = max(tally.most_iterations, int(batch.iterations.max()))


def examine_paule_mandel(y: np.ndarray, v: np.ndarray, mask: np.ndarray, tally: Tally) -> None:
    """Add one chunk: PM must meet its equation, or start below it and stay on the boundary."""
    start = time.perf_counter()
    batch = pooling.pool_batch(y, v, mask, method="PM")
    tally.seconds += time.perf_counter() - start
    w = mask / (np.where(mask, v, 1.0) + batch.tau2[:, None])
    reference = y - np.take_along_axis(y, np.argmin(np.where(mask, v, np.inf), 1)[:, None], 1)
    mean = (w * reference).sum(axis=1) / w.sum(axis=1)
    left = (w * (reference - mean[:, None]) ** 2).sum(axis=1) / (mask.sum(axis=1) - 1) - 1.0
    met = (np.abs(left) < ROUNDING) | (batch.boundary & (left < 0.0))
    tally.sets += len(y)
    tally.unsolved += int((~batch.converged).sum())
    tally.below_grid += int((~met).sum())
    tally.worst_shortfall = max(
        tally.worst_shortfall, float(np.where(batch.boundary, left, np.abs(left)).max())
    )
    tally.on_boundary += int(batch.boundary.sum())
    tally.most_iterations = max(tally.most_iterations, int(batch.iterations.max()))


def examine_regression(rng: np.random.Generator, y: np.ndarray, v: np.ndarray, tally: Tally) -> None:
    """One set of studies with two moderators, by REML."""
    X = np.column_stack([rng.normal(size=len(y)), rng.integers(0, 2, len(y))])
    try:
        start = time.perf_counter()
        found = pooling.meta_regression(y, v, X, ["a", "b"])
        tally.seconds += time.perf_counter() - start
    except CannotEstimate:
        return
    design = np.column_stack([np.ones(len(y)), X])
    grid = dense_grid(y[None], v[None], np.ones((1, len(y)), dtype=bool))[0]
    ours, *others = (restricted_likelihood(y, v, design, t) for t in (found.tau2, *grid[::4]))
    tally.sets += 1
    tally.unsolved += not (found.converged and np.isfinite(ours))
    tally.below_grid += ours < max(others) - ROUNDING
    tally.worst_shortfall = max(tally.worst_shortfall, max(others) - ours)
    tally.several_optima += found.certificate.roots > 1
    tally.several_roots += found.certificate.roots > 2
    tally.on_boundary += found.certificate.boundary
    tally.most_iterations = max(tally.most_iterations, found.certificate.iterations)


def restricted_likelihood(y: np.ndarray, v: np.ndarray, design: np.ndarray, t: float) -> float:
    """The restricted log-likelihood of tau2 = t from its definition, by QR."""
    root = np.sqrt(1.0 / (v + t))
    basis, triangle = np.linalg.qr(root[:, None] * design)
    scaled = root * (y - y[np.argmin(v)])
    outside = scaled - basis @ (basis.T @ scaled)
    return float(np.log(root).sum() - np.log(np.abs(np.diag(triangle))).sum() - 0.5 * outside @ outside)


def certify(sets: int, seed: int = 20260101) -> dict[str, Tally]:
    """Tallies by method over ``sets`` simulated analyses."""
    rng = np.random.default_rng(seed)
    tallies = {"REML": Tally(), "ML": Tally(), "PM": Tally(), REGRESSION: Tally()}
    for start in range(0, sets, CHUNK):
        y, v, mask = simulate(rng, min(CHUNK, sets - start))
        for method in ("REML", "ML"):
            examine(method, y, v, mask, tallies[method])
        examine_paule_mandel(y, v, mask, tallies["PM"])
        for i in range(0, len(y), REGRESSIONS):
            examine_regression(rng, y[i, mask[i]], v[i, mask[i]], tallies[REGRESSION])
    return tallies


def main() -> int:
    """Print the tallies; exit code 1 if any set failed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=20260101)
    arguments = parser.parse_args()
    tallies = certify(arguments.sets, arguments.seed)
    for method, tally in tallies.items():
        print(method, tally)
    return int(any(t.unsolved or t.below_grid for t in tallies.values()))


if __name__ == "__main__":
    raise SystemExit(main())
