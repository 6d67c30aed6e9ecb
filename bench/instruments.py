"""Scores a million KOOS responses and says how long it took.

python bench/instruments.py
"""

from time import perf_counter

import numpy as np

from enthesis.catalogue.instruments_loader import find_instrument
from enthesis.domain.instruments import score

RESPONSES = 1_000_000
MOST_SECONDS = 1.0
RUNS = 3


def main() -> None:
    """Best of three runs over one made-up table with one answer in fifty missing."""
    koos, random = find_instrument("koos"), np.random.default_rng(20261122)
    answers = random.integers(0, 5, (RESPONSES, len(koos.items))).astype(np.float64)
    answers[random.random(answers.shape) < 0.02] = np.nan
    seconds = []
    for _ in range(RUNS):
        start = perf_counter()
        score(koos, answers)
        seconds.append(perf_counter() - start)
    best = min(seconds)
    print(f"{RESPONSES:,} KOOS responses: {best:.2f} s, promised {MOST_SECONDS:g} s")


if __name__ == "__main__":
    main()
