"""Arms as a table has them, one row each, checked and put together by trial."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from enthesis.errors import Fault, InvalidData, NotFound
from enthesis.statistics.conversions.columns import read_columns
from enthesis.statistics.conversions.rules import (
    MOST_ROWS_NAMED,
    Array,
    Rule,
    above,
    at_least,
    complete,
    no_more_than,
)

__all__ = ["NETWORK_MEASURES", "Arms", "read_arms"]

MEANS, EVENTS = ("mean", "sd", "n"), ("events", "n")

NETWORK_MEASURES: Mapping[str, tuple[str, ...]] = {
    "MD": MEANS,
    "SMD": MEANS,
    "OR": EVENTS,
    "RR": EVENTS,
    "RD": EVENTS,
}
"""The columns that each measure needs of every arm."""


@dataclass(frozen=True, slots=True, eq=False)
class Arms:
    """Arms sorted by trial, and inside a trial by the network's order of treatments.

    Attributes:
        studies: Name of each trial, (k,).
        treatments: Every treatment, in the network's order.
        trial: Position of each arm's trial in ``studies``, ascending, (arms,).
        treatment: Position of each arm's treatment in ``treatments``, (arms,).
        figures: The figures of each arm by column, (arms,).
    """

    studies: tuple[str, ...]
    treatments: tuple[str, ...]
    trial: NDArray[np.int64]
    treatment: NDArray[np.int64]
    figures: Mapping[str, Array]


def read_arms(
    study: Sequence[str],
    treatment: Sequence[str],
    measure: str,
    columns: Mapping[str, ArrayLike | None],
    treatments: Sequence[str] | None,
) -> Arms:
    """The arms of every trial, or every fault at once.

    Args:
        study: The trial of each arm.
        treatment: The treatment of each arm.
        measure: One of ``NETWORK_MEASURES``.
        columns: Figures by name; those the measure does not need are left alone.
        treatments: The order of treatments; that of first appearance if left out.

    Raises:
        NotFound: Another measure.
        InvalidData: A missing column or label, an unknown treatment, a trial with one arm or with one
            treatment twice, a figure that is missing or impossible.
    """
    if measure not in NETWORK_MEASURES:
        raise NotFound("network measure", measure, NETWORK_MEASURES)
    needed = NETWORK_MEASURES[measure]
    if absent := [name for name in needed if columns.get(name) is None]:
        raise InvalidData([Fault(f"Column {n} is missing.", measure, f"It needs {needed}.") for n in absent])
    figures = dict(zip(needed, read_columns(**{name: columns[name] for name in needed}), strict=True))
    _check_lengths(study, treatment, figures)
    order = list(dict.fromkeys(treatment)) if treatments is None else list(treatments)
    faults = [
        *_label_faults(study, treatment, order),
        *_trial_faults(study, treatment),
        *_figure_faults(study, treatment, figures),
    ]
    if faults:
        raise InvalidData(faults)
    return _sorted(study, treatment, order, figures)


def _check_lengths(study: Sequence[str], treatment: Sequence[str], figures: Mapping[str, Array]) -> None:
    lengths = {"study": len(study), "treatment": len(treatment)}
    lengths |= {name: column.size if column.ndim else 1 for name, column in figures.items()}
    if len(set(lengths.values())) > 1:
        listed = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise InvalidData(Fault(f"Columns of different lengths: {listed}.", repair="Give one row per arm."))
    if len(study) == 0:
        raise InvalidData("No arm was given; a network needs trials with at least two arms each.")


def _label_faults(study: Sequence[str], treatment: Sequence[str], known: list[str]) -> Iterator[Fault]:
    if len(set(known)) < len(known):
        yield Fault("A treatment is listed twice.", "treatments")
    for row, labels in enumerate(zip(study, treatment, strict=True)):
        for name, label in zip(("study", "treatment"), labels, strict=True):
            if not isinstance(label, str) or not label.strip():
                yield Fault(f"Invalid {name} {label!r}; must be a name.", f"row {row + 1}")
        if labels[1] not in known:
            listed = ", ".join(known)
            yield Fault(f"Unknown treatment {labels[1]!r}; must be one of {listed}.", f"row {row + 1}")


def _trial_faults(study: Sequence[str], treatment: Sequence[str]) -> Iterator[Fault]:
    arms: dict[str, list[str]] = {}
    for row, (trial, label) in enumerate(zip(study, treatment, strict=True)):
        mine = arms.setdefault(trial, [])
        if label in mine:
            yield Fault(
                f"Treatment {label!r} has a second arm.",
                f"row {row + 1}, study {trial!r}",
                "Combine the arms of one treatment first.",
            )
        mine.append(label)
    for trial, mine in arms.items():
        if len(mine) == 1:
            only = f"The only arm is {mine[0]!r}; a trial compares at least two."
            yield Fault(only, f"study {trial!r}", "Give its other arms or leave it out.")


def _figure_faults(
    study: Sequence[str], treatment: Sequence[str], figures: Mapping[str, Array]
) -> Iterator[Fault]:
    for rule in _rules(figures):
        for row in np.flatnonzero(rule.broken)[:MOST_ROWS_NAMED]:
            message = f"Invalid {rule.name} {rule.values[row]:.15g}; must be {rule.allowed}."
            yield Fault(message, f"row {row + 1}, study {study[row]!r}, treatment {treatment[row]!r}")


def _rules(figures: Mapping[str, Array]) -> tuple[Rule, ...]:
    n = figures["n"]
    if "sd" in figures:
        return *complete(**figures), above("sd", figures["sd"], 0), at_least("n", n, 2)
    events = figures["events"]
    bounds = at_least("events", events, 0), no_more_than("events", events, "n", n)
    return *complete(**figures), above("n", n, 0), *bounds


def _sorted(
    study: Sequence[str], treatment: Sequence[str], order: list[str], figures: Mapping[str, Array]
) -> Arms:
    studies = tuple(dict.fromkeys(study))
    trial_at = {name: i for i, name in enumerate(studies)}
    place = {name: i for i, name in enumerate(order)}
    trial = np.array([trial_at[name] for name in study], dtype=np.int64)
    label = np.array([place[name] for name in treatment], dtype=np.int64)
    rows = np.lexsort((label, trial))
    sorted_figures = {name: column[rows] for name, column in figures.items()}
    return Arms(studies, tuple(order), trial[rows], label[rows], sorted_figures)
