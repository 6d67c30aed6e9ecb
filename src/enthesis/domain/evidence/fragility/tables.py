"""What every trial says under every reading, folded into candidates and axes that the engine multiplies out.

A trial mostly says the same under many readings. Its readings are therefore cut into boxes: sets of levels,
one set per choice, under which it says one thing. Each box is one candidate effect.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enthesis.domain.evidence.fragility.choices import READINGS, all_readings
from enthesis.domain.evidence.fragility.reading import Asked, Read, read
from enthesis.domain.evidence.fragility.trials import Trial

__all__ = ["Candidate", "Table", "candidates", "moving", "tabulate"]

Levels = tuple[tuple[int, ...], ...]
SHAPE = tuple(len(levels) for levels in READINGS.values())


@dataclass(frozen=True, slots=True)
class Table:
    """Distinct things that a trial says, and which of them under each reading: -1 for nothing."""

    trial: Trial
    said: tuple[Read, ...]
    which: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One effect of a trial and the levels of each choice under which the trial says it."""

    trial: Trial
    read: Read
    levels: Levels


def tabulate(trial: Trial, asked: Asked) -> Table:
    """What a trial says under each combination of choices."""
    said: dict[tuple[int, ...], int] = {}
    kept: list[Read] = []
    which = np.full(int(np.prod(SHAPE)), -1, dtype=np.int64)
    for i, reading in enumerate(all_readings()):
        found = read(trial, reading, asked)
        if found is None:
            continue
        if found.places not in said:
            said[found.places] = len(kept)
            kept.append(found)
        which[i] = said[found.places]
    return Table(trial, tuple(kept), which.reshape(SHAPE))


def moving(tables: Sequence[Table]) -> tuple[bool, ...]:
    """For each choice, whether any trial says something else at another of its levels."""
    return tuple(
        any((np.diff(table.which, axis=axis) != 0).any() for table in tables) for axis in range(len(SHAPE))
    )


def candidates(table: Table) -> Iterator[Candidate]:
    """The boxes of one trial; no reading is in two of them."""
    everything = tuple(tuple(range(size)) for size in SHAPE)
    for levels, which in _boxes(table.which, everything, 0):
        yield Candidate(table.trial, table.said[which], levels)


def _boxes(which: NDArray[np.int64], levels: Levels, axis: int) -> Iterator[tuple[Levels, int]]:
    if (which == which.flat[0]).all():
        if which.flat[0] >= 0:
            yield levels, int(which.flat[0])
        return
    groups: dict[bytes, list[int]] = {}
    for i in range(which.shape[axis]):
        groups.setdefault(which.take(i, axis).tobytes(), []).append(i)
    for members in groups.values():
        here = tuple(levels[axis][i] for i in members)
        narrowed = (*levels[:axis], here, *levels[axis + 1 :])
        # One member stands for all, since they say the same.
        yield from _boxes(which.take(members[:1], axis), narrowed, axis + 1)
