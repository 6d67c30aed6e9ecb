"""The question an answer belongs to, and which questions two arms of a study speak to.

A question is condition x intervention x comparator class x outcome x horizon. What both arms received as
background (exercise, lavage) cancels out; a second biologic given to both stays part of the question,
because hyaluronic acid added to PRP is not hyaluronic acid against PRP.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.study import Arm, Study
from enthesis.domain.vocabulary import EVENT_OUTCOMES, ComparatorClass, Horizon, comparator_class

__all__ = [
    "HARMS",
    "Comparison",
    "Question",
    "better_events",
    "comparisons",
    "intervention_key",
    "treatments",
]

# Asked over the whole follow-up: harms are rare and come when they come.
HARMS = frozenset({"adverse-event", "serious-adverse-event"})

# Events that patients hope for; of all others fewer are better.
_WANTED_EVENTS = frozenset({"responder"})

# A compound comparator is named by its most active part.
_STRONGEST_FIRST = (
    ComparatorClass.OTHER_BIOLOGIC,
    ComparatorClass.HYALURONIC_ACID,
    ComparatorClass.CORTICOSTEROID,
    ComparatorClass.OTHER_ACTIVE,
    ComparatorClass.EXERCISE_OR_USUAL_CARE,
    ComparatorClass.PLACEBO,
)


@dataclass(frozen=True, slots=True)
class Question:
    """Condition, intervention, comparator class, outcome and horizon; no horizon means whole follow-up."""

    condition: str
    intervention: str
    comparator_class: ComparatorClass
    outcome: str
    horizon: Horizon | None

    @property
    def span(self) -> tuple[int, int | None] | None:
        """First and last week, both included; None for the whole follow-up."""
        return (self.horizon.lo, self.horizon.hi) if self.horizon else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two arms of a study seen as an intervention against a comparator."""

    of: str
    versus: str
    intervention: str
    comparator_class: ComparatorClass
    comparator: str
    background: tuple[str, ...]


_DUMMIES = frozenset({"saline", "sham"})


def treatments(arm: Arm, rules: EvidenceRules) -> frozenset[str]:
    """What an arm received; a dummy injection beside an active product is blinding, not treatment."""
    given = frozenset((arm.intervention, *arm.plus))
    return given - _DUMMIES if given - _DUMMIES - rules.background else given


def intervention_key(parts: frozenset[str], rules: EvidenceRules) -> str:
    """Name of a treatment or a combination, parts joined by '+' in the order of the map's columns."""
    order = rules.interventions()
    return "+".join(sorted(parts, key=lambda p: (order.index(p) if p in order else len(order), p)))


def better_events(outcome: str, better: str) -> str:
    """Direction in which an outcome is counted: responses to treatment up, other events down."""
    if outcome not in EVENT_OUTCOMES:
        return better
    return "higher" if outcome in _WANTED_EVENTS else "lower"


def comparisons(study: Study, rules: EvidenceRules) -> Iterator[Comparison]:
    """Every way to read two original arms of a study as intervention against comparator."""
    arms = [arm for arm in study.arms if arm.is_original]
    for of in arms:
        for versus in arms:
            if of is not versus and (found := _read(of, versus, rules)):
                yield found


def _read(of: Arm, versus: Arm, rules: EvidenceRules) -> Comparison | None:
    given, against = treatments(of, rules), treatments(versus, rules)
    shared = given & against & rules.background
    given, against = given - shared, against - shared
    if not given or given == against or not given & set(rules.interventions()):
        return None
    # A product against itself with something added asks about the addition; its mirror image asks nothing.
    if given < against:
        return None
    comparator = _class_of(against or shared)
    if not _stands_as_intervention(given, comparator, rules):
        return None
    name = intervention_key(against, rules) if against else f"{intervention_key(shared, rules)} alone"
    return Comparison(
        of.id, versus.id, intervention_key(given, rules), comparator, name, tuple(sorted(shared))
    )


def _class_of(against: frozenset[str]) -> ComparatorClass:
    classes = {comparator_class(part) for part in against}
    return next(c for c in _STRONGEST_FIRST if c in classes)


def _stands_as_intervention(given: frozenset[str], comparator: ComparatorClass, rules: EvidenceRules) -> bool:
    """A reference treatment is shown against placebo and usual care; elsewhere it is the comparator."""
    inert = (ComparatorClass.PLACEBO, ComparatorClass.EXERCISE_OR_USUAL_CARE)
    products = {p for p in rules.interventions() if not rules.is_reference(p)}
    return comparator in inert or bool(given & products)
