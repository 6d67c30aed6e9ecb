"""One specification, on its own, step by step: what a reader would do by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from enthesis.errors import CannotEstimate, InvalidData, NotFound
from enthesis.statistics.multiverse.axes import AnalysisAxis
from enthesis.statistics.multiverse.specifications import Multiverse
from enthesis.statistics.pooling import PooledEffect, pool

__all__ = ["Specification", "rerun", "specification"]


@dataclass(frozen=True, slots=True)
class Specification:
    """One way through the multiverse.

    Attributes:
        levels: Level chosen on each axis.
        candidates: Positions of the effects used, in the order of the studies.
        studies: Names of their studies.
        options: Options of `pool`.
    """

    levels: Mapping[str, str]
    candidates: tuple[int, ...]
    studies: tuple[str, ...]
    options: Mapping[str, Any]


def specification(found: Multiverse, which: int | Mapping[str, str]) -> Specification:
    """What a specification is made of.

    Args:
        found: A multiverse.
        which: Its number, or a level for every axis (which need not be among those analysed).

    Raises:
        NotFound: No such axis or level.
        InvalidData: A number out of range, or an axis without a level.
    """
    levels = _levels(found, which)
    options = dict(found.default)
    best: dict[int, tuple[tuple[int, ...], int]] = {}
    for i, study in enumerate(found.candidates.study.tolist()):
        ranks = []
        for axis in found.axes:
            if not isinstance(axis, AnalysisAxis):
                ranks.append(int(axis.rank[axis.levels.index(levels[axis.name]), i]))
        if min(ranks, default=0) >= 0:
            best[study] = min(best.get(study, (tuple(ranks), i)), (tuple(ranks), i))
    for axis in found.axes:
        if isinstance(axis, AnalysisAxis):
            options.update(axis.options[axis.levels.index(levels[axis.name])])
    studies = sorted(best)
    return Specification(
        levels=levels,
        candidates=tuple(best[s][1] for s in studies),
        studies=tuple(found.candidates.names[s] for s in studies),
        options=options,
    )


def rerun(found: Multiverse, which: int | Mapping[str, str]) -> PooledEffect:
    """One specification analysed alone, with everything that `pool` tells.

    Args:
        found: A multiverse.
        which: Its number, or a level for every axis.

    Raises:
        NotFound: No such axis or level.
        InvalidData: A number out of range, or an axis without a level.
        CannotEstimate: It leaves no study.
    """
    one = specification(found, which)
    if not one.candidates:
        raise CannotEstimate("This specification leaves no study to analyse.")
    at = np.array(one.candidates)
    return pool(found.candidates.y[at], found.candidates.v[at], **one.options)


def _levels(found: Multiverse, which: int | Mapping[str, str]) -> dict[str, str]:
    if not isinstance(which, Mapping):
        if not 0 <= which < len(found):
            raise InvalidData(f"There are {len(found)} specifications, from 0 on; {which} is not one.")
        numbers = found.specifications[which].tolist()
        return {axis.name: axis.levels[j] for axis, j in zip(found.axes, numbers, strict=True)}
    names = [axis.name for axis in found.axes]
    for name in which:
        if name not in names:
            raise NotFound("axis", name, names)
    for axis in found.axes:
        if axis.name not in which:
            raise InvalidData(f"No level was given for {axis.name}.")
        if which[axis.name] not in axis.levels:
            raise NotFound(f"level of {axis.name}", which[axis.name], axis.levels)
    return {axis.name: which[axis.name] for axis in found.axes}
