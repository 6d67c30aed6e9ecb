"""The univariate reference sets that hold bias methods, read once. Origin: data/README.md."""

import math
from typing import Any

import numpy as np
from metafor_files import sets_of_kind


def bias_sets() -> dict[str, dict[str, Any]]:
    """Every univariate set by name; each has ``yi``, ``vi``, perhaps ``ni``, and ``intercept``."""
    return sets_of_kind("univariate")


def effects(name: str) -> tuple[np.ndarray, np.ndarray]:
    """y and v as metafor saw them."""
    case = bias_sets()[name]
    return np.array(case["yi"], dtype=float), np.array(case["vi"], dtype=float)


def participants(name: str) -> np.ndarray | None:
    """n of each study, where the set has it."""
    n = bias_sets()[name].get("ni")
    return None if n is None else np.array(n, dtype=float)


def grid(section: str) -> list[tuple[str, str]]:
    """(set, key) of everything metafor answered under ``section``; what it refused is left out."""
    return [
        (name, key)
        for name, case in bias_sets().items()
        for key, value in case["intercept"].get(section, {}).items()
        if not (isinstance(value, dict) and "error" in value)
    ]


def expected(name: str, section: str, key: str | None = None) -> Any:
    """metafor's answer."""
    answer = bias_sets()[name]["intercept"][section]
    return answer if key is None else answer[key]


def close(actual: float | None, reference: float | None, relative: float, absolute: float = 0.0) -> bool:
    """Whether two numbers agree; None agrees with None only."""
    if actual is None or reference is None:
        return actual is None and reference is None
    return math.isclose(actual, reference, rel_tol=relative, abs_tol=absolute)
