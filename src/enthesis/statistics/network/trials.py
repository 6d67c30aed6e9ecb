"""A trial of a network: its contrasts with their covariance."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.network.arm_effects import ArmEffects
from enthesis.statistics.network.arms import Arms
from enthesis.statistics.pooling.data import LARGEST, Array

__all__ = ["LeftOut", "Trial", "trials_of"]

#: Contrasts whose covariance is this near to singular hold no information on one of their differences.
SINGULAR = 1e-13


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One trial's contrasts against its first treatment.

    Attributes:
        study: Its name.
        treatments: Its treatments in the network's order; the first is the baseline of y.
        n: Patients of each arm.
        y: Effects against the baseline, (arms - 1,); ratios as logarithms.
        covariance: Sampling covariance of y, (arms - 1, arms - 1).
        halved: Halves were added to its arms because a cell was empty.
    """

    study: str
    treatments: tuple[str, ...]
    n: tuple[float, ...]
    y: Array
    covariance: Array
    halved: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A trial that cannot speak, and why."""

    study: str
    treatments: tuple[str, ...]
    reason: str


def trials_of(arms: Arms, effects: ArmEffects) -> tuple[tuple[Trial, ...], tuple[LeftOut, ...]]:
    """Every trial that says something, and those that do not.

    Raises:
        InvalidData: Effects or variances beyond any trial.
    """
    kept: list[Trial] = []
    out: list[LeftOut] = []
    faults: list[Fault] = []
    ends = np.flatnonzero(np.diff(arms.trial, prepend=-1, append=len(arms.studies)))
    for i, name in enumerate(arms.studies):
        rows = slice(ends[i], ends[i + 1])
        labels = tuple(arms.treatments[j] for j in arms.treatment[rows])
        if effects.refused[i]:
            out.append(LeftOut(name, labels, effects.refused[i]))
            continue
        y, covariance = _contrasts(effects, i, rows)
        if found := list(_faults(name, y, covariance)):
            faults += found
        elif not _is_definite(covariance):
            out.append(LeftOut(name, labels, "Its variance is 0, so it has no weight that could be stated."))
        else:
            n = tuple(arms.figures["n"][rows].tolist())
            kept.append(Trial(name, labels, n, y, covariance, bool(effects.halved[i])))
    if faults:
        raise InvalidData(faults)
    return tuple(kept), tuple(out)


def _contrasts(effects: ArmEffects, i: int, rows: slice) -> tuple[Array, Array]:
    location, s = effects.y[rows], effects.s[rows]
    y = location[1:] - location[0]
    return y, np.diag(s[1:]) + s[0] + effects.shared[i] * np.outer(y, y)


def _faults(name: str, y: Array, covariance: Array) -> Iterator[Fault]:
    if not (np.abs(y) <= LARGEST).all() or not (np.diagonal(covariance) <= LARGEST**2).all():
        yield Fault("Its effects or variances are beyond any trial.", f"study {name!r}")


def _is_definite(covariance: Array) -> bool:
    low, high = np.linalg.eigvalsh(covariance)[[0, -1]]
    return bool(low > SINGULAR * high and low >= LARGEST**-2)
