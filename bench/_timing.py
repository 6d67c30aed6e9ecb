"""How long a call takes, over several of them."""

from collections.abc import Callable
from time import perf_counter, process_time

import numpy as np

__all__ = ["measured"]


def measured(action: Callable[[], object], runs: int) -> tuple[np.ndarray, np.ndarray]:
    """Wall time and processor time of each of ``runs`` calls in ms, after one that does not count."""
    action()
    taken = []
    for _ in range(runs):
        wall, cpu = perf_counter(), process_time()
        action()
        taken.append((perf_counter() - wall, process_time() - cpu))
    walls, cpus = 1000.0 * np.array(taken).T
    return walls, cpus
