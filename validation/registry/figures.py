"""Percentiles and the state of the machine, so that a figure can be read."""

from __future__ import annotations

import os
from collections.abc import Sequence

__all__ = ["load_now", "percentile"]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1))]


def load_now() -> str:
    """Load average and cores; above the number of cores the machine was busy with other work too."""
    one, five, _ = os.getloadavg()
    return f"load average {one:.1f} (1 min) {five:.1f} (5 min) on {os.cpu_count()} cores"
