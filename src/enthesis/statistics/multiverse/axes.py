"""The axes of a multiverse: defensible choices, declared as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.pooling.data import check_level
from enthesis.statistics.pooling.estimators import check_method
from enthesis.statistics.pooling.intervals import check_interval

__all__ = ["AnalysisAxis", "Axis", "SelectionAxis", "check_axes", "selection_axis"]

Ranks: TypeAlias = NDArray[np.int64]

OPTIONS = ("method", "interval", "level")


@dataclass(frozen=True)
class SelectionAxis:
    """A choice of data: which candidate effects each level lets in, and which it prefers.

    Attributes:
        name: What is chosen ("instrument").
        levels: The choices.
        rank: (levels, candidates): -1 keeps a candidate out, 0 or more lets it in; within a study the
            lowest rank goes first, the earlier axis before the later, then the order given.
    """

    name: str
    levels: tuple[str, ...]
    rank: Ranks = field(repr=False)

    def __post_init__(self) -> None:
        """Freeze the ranks and refuse what does not fit."""
        rank = np.array(self.rank, dtype=np.int64)
        rank.setflags(write=False)
        object.__setattr__(self, "rank", rank)
        object.__setattr__(self, "levels", tuple(self.levels))
        _check_levels(self.name, self.levels)
        if rank.ndim != 2 or len(rank) != len(self.levels):
            raise InvalidData(
                Fault(f"ranks of shape {rank.shape} do not fit {len(self.levels)} levels.", self.name)
            )

    @property
    def prefers(self) -> bool:
        """Some level prefers one candidate to another that it lets in as well."""
        admitted = self.rank >= 0
        highest = np.where(admitted, self.rank, -1).max(axis=1, initial=-1)
        lowest = np.where(admitted, self.rank, np.iinfo(np.int64).max).min(axis=1, initial=0)
        return bool((highest > lowest).any())


@dataclass(frozen=True)
class AnalysisAxis:
    """A choice of analysis: options of `pool` for each level; the data stay the same.

    Attributes:
        name: What is chosen ("estimator").
        levels: The choices.
        options: For each level its "method", "interval" or "level" as `pool` takes them.
    """

    name: str
    levels: tuple[str, ...]
    options: tuple[Mapping[str, Any], ...]

    def __post_init__(self) -> None:
        """Freeze the options and refuse what `pool` would not take."""
        object.__setattr__(self, "levels", tuple(self.levels))
        object.__setattr__(self, "options", tuple(MappingProxyType(dict(o)) for o in self.options))
        _check_levels(self.name, self.levels)
        if len(self.options) != len(self.levels):
            text = f"{len(self.options)} sets of options do not fit {len(self.levels)} levels."
            raise InvalidData(Fault(text, self.name))
        for given in self.options:
            if unknown := set(given) - set(OPTIONS):
                raise ValueError(f"Unknown option {min(unknown)!r}; give one of {', '.join(OPTIONS)}.")
            check_method(given.get("method", "REML"))
            check_interval(given.get("interval", "wald"))
            check_level(given.get("level", 0.95))


Axis: TypeAlias = SelectionAxis | AnalysisAxis


def selection_axis(
    name: str,
    values: ArrayLike,
    levels: Sequence[str] | None = None,
    *,
    everything: str | None = None,
    indifferent: str = "",
) -> SelectionAxis:
    """An axis on which each level lets in the candidates of that value.

    Args:
        name: What is chosen.
        values: Value of each candidate, (n,).
        levels: The values to choose from; all that occur, sorted, if left out.
        everything: Name of one more level, put first, that lets all candidates in.
        indifferent: Value of candidates that every level lets in, because the choice does not touch them.

    Raises:
        InvalidData: Levels that repeat, or none at all.
    """
    given = np.asarray(values, dtype=np.str_)
    chosen = sorted(set(given.tolist()) - {indifferent}) if levels is None else list(levels)
    admitted = np.array([(given == level) | (given == indifferent) for level in chosen], dtype=np.bool_)
    admitted = admitted.reshape(len(chosen), given.size)
    if everything is not None:
        chosen = [everything, *chosen]
        admitted = np.concatenate([np.ones((1, given.size), dtype=np.bool_), admitted])
    return SelectionAxis(name, tuple(chosen), np.where(admitted, 0, -1))


def check_axes(axes: Sequence[Axis], candidates: int) -> tuple[Axis, ...]:
    """The axes, if they fit the candidates and each other.

    Raises:
        InvalidData: No axis, a name twice, an option set by two axes, or ranks for other candidates.
    """
    given = tuple(axes)
    faults = [] if given else [Fault("a multiverse needs at least one axis.", "axes")]
    names = [axis.name for axis in given]
    faults += [
        Fault("is the name of two axes.", name) for name in sorted(set(names)) if names.count(name) > 1
    ]
    owner: dict[str, str] = {}
    for axis in given:
        if isinstance(axis, SelectionAxis):
            if axis.rank.shape[1] != candidates:
                text = f"ranks {axis.rank.shape[1]} candidates; there are {candidates}."
                faults.append(Fault(text, axis.name))
            continue
        for option in sorted({key for options in axis.options for key in options}):
            if option in owner:
                faults.append(Fault(f"sets {option}, as {owner[option]} does.", axis.name))
            owner[option] = axis.name
    if faults:
        raise InvalidData(faults)
    return given


def _check_levels(name: str, levels: tuple[str, ...]) -> None:
    if not levels:
        raise InvalidData(Fault("an axis needs at least one level.", name))
    if len(set(levels)) < len(levels):
        raise InvalidData(Fault("a level is named twice.", name))
