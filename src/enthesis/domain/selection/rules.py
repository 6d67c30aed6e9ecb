"""One rule of candidacy: to whom it applies, when, what follows, why, and where it was read.

Rules carry the days they hold, so that an old recommendation can be explained: a changed rule ends and a new
one begins.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from enthesis.domain.selection.facets import FACETS, Facet
from enthesis.domain.selection.logic import Comparison, Condition, facts_asked
from enthesis.domain.selection.scenario import Scenario
from enthesis.domain.selection.sources import Source
from enthesis.errors import Fault, InvalidData

__all__ = ["Consequence", "Rule", "in_force"]


class Consequence(StrEnum):
    """What follows when a rule applies."""

    INDICATES = "indicates"
    """The field's table puts such patients into a scenario."""
    LIMITS = "limits"
    """The scenario may not be better than this."""
    ABSOLUTE = "absolute-contraindication"
    RELATIVE = "relative-contraindication"
    FACTOR = "response-factor"
    """Said to go with a better or worse response; information, never a decision."""
    ALTERNATIVE = "alternative"
    REFER = "refer-urgently"
    INFORMS = "informs"


_NEEDS_SCENARIO = (Consequence.INDICATES, Consequence.LIMITS)
_DECIDES = {
    Consequence.ABSOLUTE: Scenario.DO_NOT,
    Consequence.REFER: Scenario.DO_NOT,
    Consequence.RELATIVE: Scenario.UNCERTAIN,
}
_DIRECTIONS = ("better", "worse", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule; ``scenario`` for those that indicate or limit, ``direction`` for response factors.

    ``topic`` ties together factors that contradict each other and alternatives of one kind. A rule that
    forbids keeps the answer back while its facts are unknown, unless ``blocks_when_unknown`` is False: what
    is seen rather than asked, or asked later. ``checked_by`` is empty until a named clinician has signed.
    """

    id: str
    consequence: Consequence
    when: Condition
    text: str
    why: str
    source: Source
    valid_from: date
    next_review: date
    valid_until: date | None = None
    scenario: Scenario | None = None
    direction: str = ""
    topic: str = ""
    order: int = 0
    blocks_when_unknown: bool = True
    checked_by: str = ""

    def __post_init__(self) -> None:
        """Refuse a rule that contradicts itself or decides without a source.

        Raises:
            InvalidData: Every such fault.
        """
        if faults := [Fault(f.message, f"{self.id}.{f.where}".rstrip("."), f.repair) for f in self._faults()]:
            raise InvalidData(faults)

    @property
    def limit(self) -> Scenario | None:
        """The best scenario that the rule leaves when it applies; None when it does not limit."""
        return self.scenario if self.consequence is Consequence.LIMITS else _DECIDES.get(self.consequence)

    @property
    def decides(self) -> bool:
        """True when the scenario depends on it."""
        return self.limit is not None or self.consequence is Consequence.INDICATES

    def _faults(self) -> Iterable[Fault]:
        if (self.scenario is not None) is not (self.consequence in _NEEDS_SCENARIO):
            yield Fault(f"'{self.consequence}' and scenario {self.scenario} do not go together.", "scenario")
        if self.scenario is Scenario.CANNOT_SAY:
            yield Fault("a rule cannot say that it cannot say.", "scenario")
        if (self.direction in _DIRECTIONS) is not (self.consequence is Consequence.FACTOR):
            said, allowed = f"direction '{self.direction}' of '{self.consequence}'.", ", ".join(_DIRECTIONS)
            yield Fault(said, "direction", f"A response factor is one of {allowed}; nothing else has one.")
        if self.decides and not self.source.is_verified:
            yield Fault("decides and is unverified.", "source", "Let it inform, or find the source.")
        if not self.blocks_when_unknown and self.limit is not Scenario.DO_NOT:
            yield Fault("only a rule that forbids could block.", "blocks_when_unknown", "Leave it out.")
        if self.valid_until is not None and self.valid_until < self.valid_from:
            yield Fault(f"ends on {self.valid_until} before it begins on {self.valid_from}.", "valid_until")
        for comparison in facts_asked(self.when):
            yield from _comparison_faults(comparison)


def _comparison_faults(c: Comparison) -> Iterable[Fault]:
    facet = FACETS.get(c.fact)
    if facet is None:
        yield Fault(f"asks about '{c.fact}', which no patient has.", "when", f"Known: {', '.join(FACETS)}.")
        return
    fitting = {"word": ("is",), "flag": ("is",), "list": ("includes",), "number": ("below", "at_least")}
    if c.relation not in fitting[facet.kind]:
        said = " or ".join(fitting[facet.kind])
        yield Fault(f"asks whether {c.fact} {c.relation}.", "when", f"A {facet.kind} is asked with {said}.")
    yield from _word_faults(c, facet)


def _word_faults(c: Comparison, facet: Facet) -> Iterable[Fault]:
    allowed = (True, False) if facet.kind == "flag" else facet.choices
    if isinstance(c.against, frozenset) and allowed:
        for stray in sorted(map(str, c.against - set(allowed))):
            yield Fault(f"'{stray}' is no {facet.label}.", "when", f"Use {', '.join(map(str, allowed))}.")


def in_force(rules: Iterable[Rule], today: date) -> tuple[Rule, ...]:
    """Rules that hold on a day."""
    return tuple(
        rule
        for rule in rules
        if rule.valid_from <= today and (rule.valid_until is None or today <= rule.valid_until)
    )
