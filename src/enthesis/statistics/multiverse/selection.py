"""From levels to studies: which candidate of each study every specification uses."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from enthesis.statistics.multiverse.axes import Axis, SelectionAxis
from enthesis.statistics.multiverse.candidates import Candidates
from enthesis.statistics.multiverse.distinct import distinct_rows

__all__ = ["Selections", "select"]

#: Specifications whose candidates are unpacked at once: 8 MB for 200 candidates.
PORTION = 40_000
ABSENT = -1


class Selections(NamedTuple):
    """The distinct sets of studies of a multiverse.

    Attributes:
        choice: Candidate of each study, -1 where the study is left out, (U, S).
        kind: Row of ``choice`` that each specification uses, (N,).
        tied: A study of that row had several candidates that nothing preferred, (U,).
    """

    choice: NDArray[np.int32]
    kind: NDArray[np.int64]
    tied: NDArray[np.bool_]


def select(candidates: Candidates, axes: Sequence[Axis], specifications: NDArray[np.int16]) -> Selections:
    """The studies of every specification, (N, axes), each distinct set once."""
    n = len(candidates.y)
    chosen = [(i, axis) for i, axis in enumerate(axes) if isinstance(axis, SelectionAxis)]
    admitted, order = _admitted(chosen, specifications, n)
    first, kind = distinct_rows(np.column_stack([admitted, order.view(np.uint64)]))
    admitted, order = admitted[first], order[first]
    preferring = [(i, axis) for i, axis in chosen if axis.prefers]
    choice = np.empty((len(first), len(candidates.names)), dtype=np.int32)
    tied = np.zeros(len(first), dtype=np.bool_)
    for code in np.unique(order):
        rows = np.flatnonzero(order == code)
        levels = specifications[first[rows[0]]]
        rank = np.array([axis.rank[levels[i]] for i, axis in preferring]).reshape(len(preferring), n)
        choice[rows], tied[rows] = _choose(admitted[rows], rank, candidates)
    if len(candidates.names) == n and not preferring:
        return Selections(choice, kind, tied)
    once, again = distinct_rows(choice)
    ties = np.zeros(len(once), dtype=np.bool_)
    np.logical_or.at(ties, again, tied)
    return Selections(choice[once], again[kind], ties)


def _admitted(
    chosen: list[tuple[int, SelectionAxis]], specifications: NDArray[np.int16], n: int
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Candidates let in by all axes, as bits, (N, W), and which order of preference holds, (N,)."""
    size = len(specifications)
    admitted = np.tile(_bits(np.ones((1, n), dtype=np.bool_)), (size, 1))
    order = np.zeros(size, dtype=np.int64)
    for i, axis in chosen:
        level = specifications[:, i]
        admitted &= _bits(axis.rank >= 0)[level]
        if axis.prefers:
            order = order * len(axis.levels) + level
    return admitted, order


def _bits(flags: NDArray[np.bool_]) -> NDArray[np.uint64]:
    packed = np.packbits(flags, axis=1)
    return np.ascontiguousarray(np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8)))).view(np.uint64)


def _choose(
    admitted: NDArray[np.uint64], rank: NDArray[np.int64], candidates: Candidates
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """The best admitted candidate of each study, (U, S), and whether another was as good, (U,)."""
    n, studies = len(candidates.y), len(candidates.names)
    _, standing = np.unique(rank, axis=1, return_inverse=True) if len(rank) else (None, np.zeros(n, np.int64))
    standing = standing.reshape(-1)
    by_study = np.lexsort((np.arange(n), standing, candidates.study))
    place = _place_in_study(candidates.study[by_study])
    seats = np.full((studies, place.max() + 1), n)
    seats[candidates.study[by_study], place] = by_study
    group = np.append(standing, -1)[seats]
    choice = np.empty((len(admitted), studies), dtype=np.int32)
    tied = np.empty(len(admitted), dtype=np.bool_)
    for start in range(0, len(admitted), PORTION):
        part = slice(start, start + PORTION)
        flags = np.unpackbits(admitted[part].view(np.uint8), axis=1, count=n).view(np.bool_)
        choice[part], tied[part] = _first_seated(flags, seats, group)
    return choice, tied


def _first_seated(
    flags: NDArray[np.bool_], seats: NDArray[np.int64], group: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Seat by seat from the last to the first, so that the best one admitted is what remains."""
    padded = np.concatenate([flags, np.zeros((len(flags), 1), dtype=np.bool_)], axis=1)
    best = np.full((len(flags), len(seats)), ABSENT, dtype=np.int32)
    standing = np.full(best.shape, -1, dtype=np.int64) if seats.shape[1] > 1 else None
    tied = np.zeros(best.shape, dtype=np.bool_)
    for seat in range(seats.shape[1] - 1, -1, -1):
        here = padded[:, seats[:, seat]]
        if standing is not None:
            level = group[:, seat]
            tied = np.where(here, standing == level, tied)
            standing = np.where(here, level, standing)
        best = np.where(here, seats[:, seat].astype(np.int32), best)
    return best, np.asarray(tied.any(axis=1), dtype=np.bool_)


def _place_in_study(study: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, 2 ... within each run of equal numbers."""
    starts = np.flatnonzero(np.diff(study, prepend=-1))
    lengths = np.diff(np.append(starts, len(study)))
    return np.arange(len(study)) - np.repeat(starts, lengths)
