"""How often checks of dependent effects raise a false alarm, with and without regard to the dependence.

    python -m validation.dependence.type_one_error --sets 1000

Studies give one to six effects whose sampling errors correlate; true effects differ between and within
studies; nothing is selected, no small-study effect is there, and the true mean is 0. Every check assumes a
sampling correlation of 0.6.
"""

import argparse
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from enthesis import statistics
from enthesis.statistics import bias

Array = NDArray[np.float64]

STUDIES = (10, 20, 40)
CORRELATIONS = (0.3, 0.8)
LARGEST_STUDY = 6
#: Standard deviations of true effects between and within studies, on the scale of a standardised difference.
BETWEEN, WITHIN = 0.2, 0.1
PERMUTATIONS = 199
ALPHA = 0.05
SEED = 20261122


@dataclass(frozen=True, slots=True)
class Effects:
    """One simulated set of k effects in m studies."""

    y: Array
    v: Array
    study: tuple[int, ...]


def draw(rng: Generator, studies: int, correlation: float) -> Effects:
    """Effects of studies of 30 to 300 patients; variances within a study differ by up to a fifth."""
    counts = rng.integers(1, LARGEST_STUDY + 1, studies)
    study = np.repeat(np.arange(studies), counts)
    v = np.repeat(4.0 / rng.integers(30, 301, studies), counts) * rng.uniform(1.0, 1.2, len(study))
    shared = np.sqrt(correlation) * rng.standard_normal(studies)[study]
    own = np.sqrt(1.0 - correlation) * rng.standard_normal(len(study))
    truth = BETWEEN * rng.standard_normal(studies)[study] + WITHIN * rng.standard_normal(len(study))
    return Effects(truth + np.sqrt(v) * (shared + own), v, tuple(study.tolist()))


def alarms(some: Effects) -> dict[str, bool]:
    """Which checks call something."""
    y, v, study = some.y, some.v, some.study
    naive, by_study = bias.egger_test(y, v), bias.egger_test_by_study(y, v, study)
    permuted = bias.permutation_test(y, v, permutations=PERMUTATIONS)
    flipped = bias.permutation_test_by_study(y, v, study, permutations=PERMUTATIONS)
    return {
        "Egger": naive.p < ALPHA,
        "Egger by study": by_study.p < ALPHA,
        "PET": not _holds_zero(naive.limit_ci),
        "PET by study": not _holds_zero(by_study.limit_ci),
        "permutation": permuted.p <= ALPHA,
        "permutation by study": flipped.p <= ALPHA,
    }


def _holds_zero(interval: tuple[float, float] | None) -> bool:
    return interval is not None and interval[0] <= 0.0 <= interval[1]


def simulate(studies: int, correlation: float, sets: int, rng: Generator) -> dict[str, float]:
    """Share of the sets in which each check calls something."""
    counts: dict[str, int] = {}
    for _ in range(sets):
        for name, alarm in alarms(draw(rng, studies, correlation)).items():
            counts[name] = counts.get(name, 0) + alarm
    return {name: count / sets for name, count in counts.items()}


def main() -> None:
    """Print the table in percent."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sets", type=int, default=1000)
    parser.add_argument("--fast", action="store_true", help="compiled kernels")
    asked = parser.parse_args()
    statistics.use_fast(asked.fast)
    rng = default_rng(SEED)
    for number, (studies, correlation) in enumerate((m, r) for m in STUDIES for r in CORRELATIONS):
        found = simulate(studies, correlation, asked.sets, rng)
        if not number:
            print("| studies | correlation | " + " | ".join(found) + " |")
            print("|" + "---|" * (len(found) + 2))
        shares = " | ".join(f"{100 * share:.1f}" for share in found.values())
        print(f"| {studies} | {correlation:g} | {shares} |", flush=True)


if __name__ == "__main__":
    main()
