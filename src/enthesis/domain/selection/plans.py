"""What follows an injection: rehabilitation by region and week, advice, and the follow-up of the registry.

Plans are templates that a clinician edits. A phase that was not found at a source is marked until signed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from enthesis.domain.episodes.protocol import Protocol, Window
from enthesis.domain.selection.drugs import DrugAdvice
from enthesis.domain.selection.logic import Condition, holds
from enthesis.domain.selection.sources import Source
from enthesis.errors import Fault, InvalidData, NotFound

__all__ = ["Advice", "Phase", "Plan", "RehabilitationPlan", "make_plan", "rehabilitation_for"]


@dataclass(frozen=True, slots=True)
class Phase:
    """Days of a phase (both included, from the injection), its aim, what to do, and what to leave."""

    name: str
    from_day: int
    to_day: int
    goal: str
    do: str
    avoid: str
    load_rule: str
    source: Source


@dataclass(frozen=True, slots=True)
class Advice:
    """Advice that goes with every injection of the region, for patients whom ``when`` describes."""

    topic: str
    text: str
    when: Condition
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class RehabilitationPlan:
    """A template for some conditions. ``signed_by`` is empty until a named clinician has signed."""

    id: str
    title: str
    conditions: tuple[str, ...]
    phases: tuple[Phase, ...]
    red_flags: tuple[str, ...]
    red_flags_source: Source
    advice: tuple[Advice, ...]
    notes: tuple[str, ...] = ()
    signed_by: str = ""

    def __post_init__(self) -> None:
        """Refuse a plan whose days overlap or run backwards.

        Raises:
            InvalidData: Each such phase.
        """
        faults, before = [], -1
        for phase in self.phases:
            if phase.from_day <= before or phase.to_day < phase.from_day:
                said = f"days {phase.from_day} to {phase.to_day} do not follow day {before}."
                faults.append(Fault(said, f"{self.id}.{phase.name}", "Put the phases in order."))
            before = phase.to_day
        if faults:
            raise InvalidData(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to do after this injection, for this patient.

    ``follow_up`` are the windows of the registry's protocol, named by ``protocol``.
    """

    rehabilitation: RehabilitationPlan
    advice: tuple[Advice, ...]
    drugs: tuple[DrugAdvice, ...]
    protocol: str
    follow_up: tuple[Window, ...]

    @property
    def is_signed(self) -> bool:
        """True when a named clinician stands behind the template."""
        return bool(self.rehabilitation.signed_by)


def rehabilitation_for(plans: Iterable[RehabilitationPlan], condition: str) -> RehabilitationPlan:
    """The template for a condition.

    Raises:
        NotFound: No template covers it.
    """
    held = tuple(plans)
    for plan in held:
        if condition in plan.conditions:
            return plan
    raise NotFound("rehabilitation plan for condition", condition, (c for p in held for c in p.conditions))


def make_plan(
    template: RehabilitationPlan,
    drugs: tuple[DrugAdvice, ...],
    protocol: Protocol,
    facets: Mapping[str, Any],
) -> Plan:
    """The template with the advice that concerns this patient, drug holds and the windows of follow-up."""
    return Plan(
        rehabilitation=template,
        advice=tuple(a for a in template.advice if holds(a.when, facets)),
        drugs=drugs,
        protocol=f"{protocol.id} {protocol.version}",
        follow_up=protocol.windows,
    )
