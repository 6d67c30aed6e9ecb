"""Random effects as the kernels want them: numbered groups, numbered levels, a structure."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.blocks.correlated import Correlated, CorrelatedByLevel, Powers
from enthesis.statistics.blocks.layout import Ints, check_length, number
from enthesis.statistics.blocks.structures import Diagonal, Structure
from enthesis.statistics.blocks.terms import Multivariate, RandomIntercept, Term, ThreeLevel
from enthesis.statistics.blocks.unstructured import Unstructured
from enthesis.statistics.pooling.data import Array

__all__ = ["Grouping", "groupings"]


@dataclass(frozen=True, eq=False, slots=True)
class Grouping:
    """One set of random effects: row i takes the effect of its group at its level.

    Attributes:
        name: What readers call it.
        group: Number of each row's group, (k,).
        level: Number of each row's level, (k,).
        groups: Label of each group.
        levels: Label of each level; ``(None,)`` for a plain intercept.
        structure: Covariance of the m levels within a group.
    """

    name: str
    group: Ints
    level: Ints
    groups: tuple[Hashable, ...]
    levels: tuple[Hashable, ...]
    structure: Structure


def groupings(random: Sequence[Term], k: int) -> tuple[Grouping, ...]:
    """Every term spelt out; a three-level term gives two.

    Raises:
        InvalidData: Labels that are not one per effect, or times that are not numbers.
    """
    return tuple(one for term in random for one in _spell_out(term, k))


def _spell_out(term: Term, k: int) -> Iterator[Grouping]:
    if isinstance(term, RandomIntercept):
        yield _intercept(term.name, term.name, term.group, k)
    elif isinstance(term, ThreeLevel):
        outer, inner = term.names
        yield _intercept(outer, outer, term.study, k)
        effect = range(1, k + 1) if term.effect is None else term.effect
        check_length(inner, effect, k)
        nested = list(zip(term.study, effect, strict=True))
        yield _intercept(f"{outer}/{inner}", f"{outer}/{inner}", nested, k)
    else:
        yield _multivariate(term, k)


def _intercept(name: str, place: str, labels: Sequence[Hashable], k: int) -> Grouping:
    check_length(place, labels, k)
    group, groups = number(labels)
    variance = Diagonal((f"sigma2[{name}]",), 1, shared=True)
    return Grouping(name, group, np.zeros(k, dtype=np.int64), groups, (None,), variance)


def _multivariate(term: Multivariate, k: int) -> Grouping:
    check_length("outer", term.outer, k)
    check_length("inner", term.inner, k)
    group, groups = number(term.outer)
    level, levels = _ordered_levels(term.inner)
    structure = _structure(term, level, levels)
    return Grouping("outer", group, level, groups, levels, structure)


def _ordered_levels(inner: Sequence[Hashable]) -> tuple[Ints, tuple[Hashable, ...]]:
    """Levels in their own order where they have one, else as they appear."""
    codes, seen = number(inner)
    try:
        order = sorted(range(len(seen)), key=lambda i: seen[i])  # type: ignore[arg-type, return-value]
    except TypeError:
        return codes, seen
    return np.argsort(order)[codes], tuple(seen[i] for i in order)


def _structure(term: Multivariate, level: Ints, levels: tuple[Hashable, ...]) -> Structure:
    kind, m = term.structure, len(levels)
    each = tuple(f"tau2[{label}]" for label in levels)
    if kind in ("ID", "DIAG"):
        return Diagonal(("tau2",) if kind == "ID" else each, m, shared=kind == "ID")
    if kind == "UN":
        return Unstructured.of([*each, *(f"rho[{a},{b}]" for a, b in combinations(levels, 2))], m)
    if kind in ("CS", "HCS"):
        powers = Powers(1.0 - np.eye(m), low=-1.0 / max(m - 1, 1))
    else:
        powers = _powers_of_time(term, level, levels)
    return (
        CorrelatedByLevel((*each, "rho"), powers)
        if kind in ("HCS", "HAR")
        else Correlated(("tau2", "rho"), powers)
    )


def _powers_of_time(term: Multivariate, level: Ints, levels: tuple[Hashable, ...]) -> Powers:
    """AR and HAR count whole steps and may alternate in sign; CAR measures time in its shortest gap."""
    times = _times(term, level, levels)
    apart = np.abs(times[:, None] - times)
    if term.structure != "CAR":
        return Powers(apart, low=-1.0)
    per = float(apart[apart > 0.0].min()) if len(times) > 1 else 1.0
    return Powers(apart / per, low=0.0, per=per)


def _times(term: Multivariate, level: Ints, levels: tuple[Hashable, ...]) -> Array:
    """Time of each level."""
    place = "inner" if term.distance is None else "distance"
    given = term.inner if term.distance is None else term.distance
    check_length(place, given, len(level))
    try:
        each_row = np.array([float(x) for x in given])  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise InvalidData(
            Fault(f"{term.structure} needs the time of each effect as a number.", place)
        ) from error
    times = np.zeros(len(levels))
    times[level] = each_row
    faults = [*_unsound(each_row, place), *_unequal(each_row, times, level, levels, place)]
    if term.structure != "CAR":
        faults += _uneven(times, term.structure, place)
    if not faults and len(np.unique(times)) < len(times):
        faults = [Fault("two levels have the same time; each time is one level.", place)]
    if faults:
        raise InvalidData(faults)
    return times


def _unsound(each_row: Array, place: str) -> list[Fault]:
    return [
        Fault(f"{place} is {each_row[i]}; it must be finite.", f"row {i + 1}")
        for i in np.flatnonzero(~np.isfinite(each_row))
    ]


def _unequal(
    each_row: Array, times: Array, level: Ints, levels: tuple[Hashable, ...], place: str
) -> list[Fault]:
    return [
        Fault(
            f"{place} is {each_row[i]}, but level {levels[level[i]]!r} stands at {times[level[i]]}.",
            f"row {i + 1}",
        )
        for i in np.flatnonzero(each_row != times[level])
    ]


def _uneven(times: Array, structure: str, place: str) -> list[Fault]:
    steps = times - times.min()
    if (steps == np.round(steps)).all():
        return []
    return [Fault(f"{structure} counts whole steps; these times are not whole apart.", place, "Use CAR.")]
