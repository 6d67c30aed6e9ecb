"""Medicines that matter to an injection: the class of each, and what is said about holding it.

Anticoagulants and antiplatelets are never held on the word of this program: whoever prescribed them decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from enthesis.domain.selection.facts import Drug
from enthesis.domain.selection.logic import Condition, holds
from enthesis.domain.selection.sources import Source
from enthesis.errors import Fault, InvalidData

__all__ = ["DrugAdvice", "DrugRule", "class_of", "drug_advice"]

# Stopping one of these may cost a stroke, a stent or the adrenals; the needle seldom costs as much.
PRESCRIBER_DECIDES = frozenset({"anticoagulant", "antiplatelet", "systemic-corticosteroid"})


@dataclass(frozen=True, slots=True)
class DrugRule:
    """What is said about a medicine before an injection that ``when`` describes.

    ``hold_hours`` is None where no hold is advised by the source; 0 says that it may be taken.
    """

    id: str
    drug_class: str
    names: tuple[str, ...]
    when: Condition
    hold_hours: float | None
    advice: str
    basis: str
    source: Source

    def __post_init__(self) -> None:
        """Refuse a rule that would stop a medicine which only its prescriber may stop.

        Raises:
            InvalidData: Such a rule, or a negative hold.
        """
        if self.drug_class in PRESCRIBER_DECIDES and self.hold_hours:
            raise InvalidData(
                Fault(
                    f"holds an {self.drug_class} for {self.hold_hours:g} h.",
                    f"{self.id}.hold_hours",
                    "Leave the hold out and send the question to the prescriber.",
                )
            )
        if self.hold_hours is not None and self.hold_hours < 0:
            raise InvalidData(Fault(f"{self.hold_hours:g} h; must be at least 0.", f"{self.id}.hold_hours"))


@dataclass(frozen=True, slots=True)
class DrugAdvice:
    """What is said about one medicine of one patient.

    ``free_from`` is the first day on which the advised hold has passed; None without a hold or a last dose.
    ``rule`` is empty where no rule knows the medicine.
    """

    drug: str
    drug_class: str
    advice: str
    basis: str
    rule: str
    source: Source | None
    hold_hours: float | None = None
    free_from: date | None = None
    prescriber: bool = False


def class_of(drug: Drug, rules: Iterable[DrugRule]) -> str:
    """Class of a medicine by its name, else as the clinician gave it; empty where neither is known."""
    written = drug.name.strip().lower()
    return next((rule.drug_class for rule in rules if written in rule.names), drug.drug_class or "")


def drug_advice(
    drugs: Iterable[Drug], rules: Iterable[DrugRule], facets: Mapping[str, Any]
) -> tuple[DrugAdvice, ...]:
    """Advice for every medicine, in the order given; several rules may speak about one."""
    known = tuple(rules)
    return tuple(advice for drug in drugs for advice in _advice(drug, known, facets))


def _advice(drug: Drug, rules: tuple[DrugRule, ...], facets: Mapping[str, Any]) -> Iterable[DrugAdvice]:
    written = drug.name.strip().lower()
    named = [rule for rule in rules if written in rule.names]
    said = [rule for rule in named if holds(rule.when, facets)]
    if not said:
        return [_without_rule(drug, class_of(drug, rules), known=bool(named))]
    return [
        DrugAdvice(
            drug.name, rule.drug_class, rule.advice, rule.basis, rule.id, rule.source, rule.hold_hours,
            _free_from(drug, rule), rule.drug_class in PRESCRIBER_DECIDES,
        )
        for rule in said
    ]  # fmt: skip


def _without_rule(drug: Drug, cls: str, *, known: bool) -> DrugAdvice:
    if cls in PRESCRIBER_DECIDES:
        advice = f"No rule names it. As an {cls} it is not stopped without the prescriber."
        return DrugAdvice(drug.name, cls, advice.replace("an sys", "a sys"), "", "", None, prescriber=True)
    why = "no rule on file speaks about it before this injection" if known else "no rule on file knows it"
    return DrugAdvice(drug.name, cls, f"Nothing is advised: {why}.", "", "", None)


def _free_from(drug: Drug, rule: DrugRule) -> date | None:
    if not rule.hold_hours or drug.last_dose is None:
        return None
    # The hour of the last dose is not known; a day more keeps the hold whole.
    return drug.last_dose + timedelta(hours=rule.hold_hours) + timedelta(days=1)
