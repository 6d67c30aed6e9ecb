"""Conditions and injections a consultation can be about."""

from dataclasses import dataclass

from enthesis.domain.evidence.questions import intervention_key
from enthesis.domain.selection.product_classes import classes_of
from enthesis.errors import Fault, InvalidData, NotFound
from enthesis.web.evidence.state import current

__all__ = ["Chosen", "check_begun", "chosen", "condition_choices", "injection_choices"]

PLACEBO = "saline"
CHOOSE = "Choose one."


@dataclass(frozen=True, slots=True)
class Chosen:
    """A condition and an injection of the vocabulary, with their labels."""

    condition: str
    intervention: str
    condition_label: str
    intervention_label: str


def condition_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Conditions by family."""
    families: dict[str, list[tuple[str, str]]] = {}
    for name, held in current().evidence.vocabulary.conditions.items():
        families.setdefault(held.family.replace("-", " "), []).append((name, held.label))
    return [(family.capitalize(), names) for family, names in families.items()]


def injection_choices() -> list[tuple[str, str]]:
    """Injections that candidacy knows, and the combinations that were tried in trials."""
    evidence = current().evidence
    single = [name for name in evidence.vocabulary.interventions if _is_known(name) and name != PLACEBO]
    tried = sorted({name for _, name in evidence.topics if "+" in name and _is_known(name)})
    return [(name, label_of(name)) for name in (*single, *tried)]


def label_of(intervention: str) -> str:
    """Label of an injection or a combination."""
    words = current().evidence.vocabulary.interventions
    return " + ".join(words[part].label for part in intervention.split("+"))


def chosen(condition: str, intervention: str) -> Chosen:
    """The condition and the injection of an address.

    Raises:
        InvalidData: Either is missing or not known; names each.
    """
    evidence = current().evidence
    if faults := _faults(condition, intervention):
        raise InvalidData(faults)
    named = intervention_key(frozenset(intervention.split("+")), evidence.rules)
    return Chosen(condition, named, evidence.vocabulary.conditions[condition].label, label_of(named))


def check_begun(condition: str, intervention: str) -> None:
    """Check what an address has chosen beforehand; either may still be open.

    Raises:
        InvalidData: One of them is not known.
    """
    if faults := [f for f in _faults(condition, intervention) if f.message != CHOOSE]:
        raise InvalidData(faults)


def _faults(condition: str, intervention: str) -> list[Fault]:
    conditions = current().evidence.vocabulary.conditions
    faults = []
    if condition not in conditions:
        faults.append(_unknown("condition", condition, conditions))
    if not _is_known(intervention):
        faults.append(_unknown("intervention", intervention, [name for name, _ in injection_choices()]))
    return faults


def _unknown(what: str, given: str, known: object) -> Fault:
    if not given:
        return Fault(CHOOSE, what)
    error = NotFound(what, given[:60], known)  # type: ignore[arg-type]
    return Fault(str(error), what)


def _is_known(intervention: str) -> bool:
    words = current().evidence.vocabulary.interventions
    try:
        return bool(classes_of(intervention)) and all(p in words for p in intervention.split("+"))
    except NotFound:
        return False
