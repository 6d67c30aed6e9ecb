"""How often a prediction interval holds the effect of a new setting, by the heterogeneity that it rests on.

    python -m validation.simulation.prediction --sets 20000

The sets are those of `coverage`: random effects, known sampling variances, effects and tau in typical
standard errors. tau of 0.5, 1 and 2 is a true I2 of 20, 50 and 80 %.
"""

import argparse
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator, default_rng
from validation.simulation.coverage import LEVEL, SEED, TAUS, draw_sets, draw_variances

from enthesis.statistics import pooling

STUDIES = (3, 5, 10, 20, 40)
#: Estimated I2 from one value to below the next.
CLASSES = {"I² 0": (0.0, 1e-12), "I² under 50 %": (1e-12, 0.5), "I² 50 % or more": (0.5, 1.0)}
#: A share of fewer sets would be noise.
FEWEST = 300


@dataclass(frozen=True, slots=True)
class Cell:
    """Sets of one k and tau with an estimated I2 of one class.

    Attributes:
        sets: Number of them.
        covered: Share whose interval holds the effect of a new setting; None for too few sets.
    """

    sets: int
    covered: float | None


def simulate(k: int, tau: float, sets: int, rng: Generator) -> dict[str, Cell]:
    """Coverage by class of I2, and over all sets."""
    v = draw_variances(rng, sets, k)
    found = pooling.pool_batch(draw_sets(rng, v, tau), v, level=LEVEL)
    new = tau * rng.standard_normal(sets)
    low, high = found.prediction_interval.T
    held = (low <= new) & (new <= high)
    classes = {name: (found.i2 >= a) & (found.i2 < b) for name, (a, b) in CLASSES.items()}
    return {name: _cell(held[some]) for name, some in (classes | {"all": np.full(sets, True)}).items()}


def _cell(held: np.ndarray) -> Cell:
    return Cell(len(held), float(held.mean()) if len(held) >= FEWEST else None)


def main() -> None:
    """Print the table: share of the sets, and coverage in them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sets", type=int, default=20_000)
    sets = parser.parse_args().sets
    rng = default_rng(SEED)
    names = (*CLASSES, "all")
    print("| k | tau | " + " | ".join(names) + " |")
    print("|" + "---|" * (len(names) + 2))
    for k in STUDIES:
        for tau in TAUS:
            cells = simulate(k, tau, sets, rng)
            print(f"| {k} | {tau:g} | " + " | ".join(_said(cells[name], sets) for name in names) + " |")


def _said(cell: Cell, sets: int) -> str:
    if cell.covered is None:
        return "rare"
    return f"{100 * cell.covered:.1f} of {100 * cell.sets / sets:.0f}"


if __name__ == "__main__":
    main()
