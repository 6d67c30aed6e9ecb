"""p-values as papers report them, made one-sided in one direction, or kept out with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from enthesis.errors import Fault, InvalidData

__all__ = ["LeftOut", "OneSidedP", "Relation", "ReportedP", "one_sided"]

Relation = Literal["=", "<", ">"]


@dataclass(frozen=True, slots=True)
class ReportedP:
    """One study's p-value with its direction: ``ReportedP(0.03, 1)``, ``ReportedP(0.05, 1, "<")``."""

    p: float
    """As printed, in (0, 1]."""
    direction: int
    """1 when the estimate favours treatment, -1 when it favours the comparator, 0 when nothing says which."""
    relation: Relation = "="
    """"=" for an exact p; "<" and ">" for a p printed only against a bound."""
    two_sided: bool = True
    """False for a one-sided p of the hypothesis that treatment is better; it carries its own direction."""
    n: float | None = None
    """Patients of the study, for weights and for the albatross plot."""

    def __post_init__(self) -> None:
        """Refuse what no paper can mean."""
        faults = []
        if not 0 < self.p <= 1:
            faults.append(Fault(f"Invalid p {self.p}; must be in (0, 1].", repair="p = 0.000 is p < 0.001."))
        if self.direction not in (-1, 0, 1):
            faults.append(Fault(f"Invalid direction {self.direction}; must be 1, -1 or 0."))
        if self.relation not in ("=", "<", ">"):
            faults.append(Fault(f"Invalid relation {self.relation!r}; must be =, < or >."))
        if self.n is not None and not 2 <= self.n < float("inf"):
            faults.append(Fault(f"Invalid n {self.n}; must be at least 2."))
        if faults:
            raise InvalidData(faults)


@dataclass(frozen=True, slots=True)
class OneSidedP:
    """A p-value of the hypothesis that treatment is better, as one tail and the sign of the effect.

    The tail is kept rather than p itself: 1 - 1e-20 is not a number that a float can tell from 1.
    """

    tail: float
    """Probability beyond the observed statistic on its own side; at most 0.5, for a two-sided p its half."""
    direction: int
    """1: p is the tail; -1: p is 1 - tail."""
    n: float | None
    study: int
    """Position in the list given, from 0."""
    at_bound: bool
    """True when only a bound was printed and the study entered at it."""

    @property
    def p(self) -> float:
        """The one-sided p-value."""
        return self.tail if self.direction > 0 else 1 - self.tail


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A study that cannot enter, and why."""

    study: int
    """Position in the list given, from 0."""
    why: str


def one_sided(reported: Sequence[ReportedP]) -> tuple[tuple[OneSidedP, ...], tuple[LeftOut, ...]]:
    """One-sided p-values of "treatment is better", and the studies that have none.

    A two-sided p in favour of treatment is halved; against it, one minus the half. "p < 0.05" enters at its
    bound, which understates the evidence of that study; "p > 0.05" or "not significant" could be anything up
    to 1 and cannot enter; nor can a two-sided p without a direction (save p = 1, which has none).

    Args:
        reported: The p-values in the order of the studies.

    Source: Cochrane Handbook 12.2.1.2; Becker 1994, in Cooper & Hedges (editors), The Handbook of Research
    Synthesis, pp. 215-230.
    """
    entered, left_out = [], []
    for study, value in enumerate(reported):
        if why := _why_not(value):
            left_out.append(LeftOut(study, why))
        else:
            tail, direction = _tail(value)
            entered.append(OneSidedP(tail, direction, value.n, study, at_bound=value.relation == "<"))
    return tuple(entered), tuple(left_out)


def _why_not(value: ReportedP) -> str:
    if value.relation == ">":
        return f"p > {value.p:g} may be anything up to 1: it holds no p-value to combine."
    if value.two_sided and value.direction == 0 and (value.p < 1 or value.relation == "<"):
        return "a two-sided p-value without a direction supports neither side."
    if not value.two_sided and value.p == 1:
        return "a one-sided p of 1 is no exact p-value."
    return ""


def _tail(value: ReportedP) -> tuple[float, int]:
    if value.two_sided:
        return value.p / 2, value.direction or 1
    return (value.p, 1) if value.p <= 0.5 else (1 - value.p, -1)
