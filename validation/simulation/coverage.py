"""How often intervals for few trials hold the truth: coverage, type-I error and width by simulation.

    python -m validation.simulation.coverage --sets 20000

Trials are drawn from the random-effects model itself, so the tables show each method at its best: normal
effects, known sampling variances. Sizes differ: variances are log-normal, and each set is scaled so that its
typical variance (Higgins & Thompson 2002, eq. 9, doi:10.1002/sim.1186) is 1: effects and tau are in typical
standard errors.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from enthesis.statistics import pooling

Array = NDArray[np.float64]

STUDIES = (2, 3, 4, 5, 10, 20)
TAUS = (0.0, 0.5, 1.0, 2.0)
#: Standard deviation of the logarithm of the variances: of ten pairs of trials, one differs over fivefold.
SPREAD_OF_SIZES = 0.7
#: Half-normal prior of tau in typical standard errors: 0.5 on the standardised scale, trials of 60 patients.
TAU_SCALE = 2.0
LEVEL = 0.95
#: A true mean that each typical trial alone finds about every second time.
EFFECT = 2.0
PORTION = 2000
SEED = 20261122

METHODS = {
    "common effect": {"method": "EE", "interval": "wald"},
    "REML, normal": {"interval": "wald"},
    "Hartung-Knapp": {"interval": "hartung-knapp"},
    "Hartung-Knapp, floor": {"interval": "hartung-knapp-floor"},
}
BAYES, PREDICTION = "Bayes", "prediction interval"
COLUMNS = (*METHODS, BAYES)


@dataclass(frozen=True, slots=True)
class Row:
    """What one method did over the sets of one k and tau.

    Attributes:
        k: Trials in each set.
        tau: Between-trial standard deviation in typical standard errors.
        method: Name of the method, or "prediction interval".
        covered: Share of the intervals that hold the truth; one less it is the type-I error.
        found: Share of the intervals that exclude 0 when the true mean is ``EFFECT``.
        width: Median width of the interval, in typical standard errors.
        sets: Simulated sets.
    """

    k: int
    tau: float
    method: str
    covered: float
    found: float
    width: float
    sets: int

    @property
    def type_one(self) -> float:
        """Share of sets in which a true mean of 0 is called an effect: the interval is the test inverted."""
        return 1.0 - self.covered


def draw_variances(rng: Generator, sets: int, k: int, spread: float = SPREAD_OF_SIZES) -> Array:
    """Sampling variances, (sets, k), of typical variance 1 in each set."""
    v = np.exp(spread * rng.standard_normal((sets, k)))
    w = 1.0 / v
    total = w.sum(axis=1)
    typical = (k - 1.0) / (total - (w * w).sum(axis=1) / total)
    return v / typical[:, None]


def draw_sets(rng: Generator, v: Array, tau: float) -> Array:
    """Observed effects around a true mean of 0, of the shape of v."""
    return np.sqrt(v + tau * tau) * rng.standard_normal(v.shape)


def intervals_of(y: Array, v: Array) -> dict[str, Array]:
    """Interval of the mean by each method, and the prediction interval where there is one, each (sets, 2)."""
    found = {name: pooling.pool_batch(y, v, level=LEVEL, **options) for name, options in METHODS.items()}
    bayes = pooling.bayes_pool_batch(y, v, tau_scale=TAU_SCALE, level=LEVEL)
    intervals = {name: batch.ci for name, batch in found.items()}
    return intervals | {BAYES: bayes.interval, PREDICTION: found["Hartung-Knapp"].prediction_interval}


def simulate(k: int, tau: float, sets: int, rng: Generator, spread: float = SPREAD_OF_SIZES) -> list[Row]:
    """Coverage, power and width of every method for one number of trials and one tau."""
    intervals: dict[str, list[Array]] = {}
    new_effects = []
    for portion in _portions(sets):
        v = draw_variances(rng, portion, k, spread)
        y = draw_sets(rng, v, tau)
        new_effects.append(tau * rng.standard_normal(portion))
        for name, interval in intervals_of(y, v).items():
            intervals.setdefault(name, []).append(interval)
    new, mean = np.concatenate(new_effects), np.zeros(sets)
    return [
        _row(k, tau, name, np.concatenate(parts), new if name == PREDICTION else mean)
        for name, parts in intervals.items()
    ]


def _row(k: int, tau: float, name: str, interval: Array, truth: Array) -> Row:
    """Methods move with their data: a mean of ``EFFECT`` excludes 0 where 0 excludes -``EFFECT``."""
    low, high = interval.T
    covered = np.mean((low <= truth) & (truth <= high))
    found = np.mean((low > -EFFECT) | (high < -EFFECT))
    return Row(k, tau, name, float(covered), float(found), float(np.median(high - low)), len(interval))


def _portions(sets: int) -> Iterator[int]:
    for done in range(0, sets, PORTION):
        yield min(PORTION, sets - done)


def grid(sets: int, seed: int = SEED) -> list[Row]:
    """All k and tau; a cell has its own stream, so that it is the same whatever the others do."""
    cells = [(k, tau) for k in STUDIES for tau in TAUS]
    streams = np.random.SeedSequence(seed).spawn(len(cells))
    return [
        row
        for (k, tau), s in zip(cells, streams, strict=True)
        for row in simulate(k, tau, sets, default_rng(s))
    ]


def table(rows: list[Row], what: str, columns: tuple[str, ...], digits: int) -> str:
    """A Markdown table: one line per k and tau, one column per method; shares are printed in per cent."""
    head = f"| k | tau | {' | '.join(columns)} |\n|{'---|' * (2 + len(columns))}"
    found = {(row.k, row.tau, row.method): getattr(row, what) for row in rows}
    scale = 1.0 if what == "width" else 100.0
    lines = [
        f"| {k} | {tau:g} | " + " | ".join(f"{scale * found[k, tau, c]:.{digits}f}" for c in columns) + " |"
        for k, tau in dict.fromkeys((row.k, row.tau) for row in rows)
    ]
    return "\n".join([head, *lines])


def main() -> None:
    """Simulate the grid and print the tables of the README."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", type=int, default=20000, help="simulated sets per cell")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    rows = grid(given.sets, given.seed)
    print(f"{given.sets} sets per cell, seed {given.seed}\n")
    print("Coverage, %\n\n" + table(rows, "covered", (*COLUMNS, PREDICTION), 1) + "\n")
    print("Type-I error, %\n\n" + table(rows, "type_one", COLUMNS, 1) + "\n")
    print(f"Power at a true mean of {EFFECT:g}, %\n\n" + table(rows, "found", COLUMNS, 1) + "\n")
    print("Median width, typical standard errors\n\n" + table(rows, "width", (*COLUMNS, PREDICTION), 2))


if __name__ == "__main__":
    main()
