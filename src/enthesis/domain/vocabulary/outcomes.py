"""The outcome domains that rules know by name."""

from enum import StrEnum

__all__ = ["EVENT_OUTCOMES", "OutcomeDomain"]


class OutcomeDomain(StrEnum):
    """What an outcome is about."""

    PAIN = "pain"
    FUNCTION = "function"
    STIFFNESS = "stiffness"
    COMPOSITE = "composite"
    QUALITY_OF_LIFE = "quality-of-life"
    RESPONDER = "responder"
    REINTERVENTION = "reintervention"
    ADVERSE_EVENT = "adverse-event"
    SERIOUS_ADVERSE_EVENT = "serious-adverse-event"
    STRUCTURE = "structure"


# Counted in people who had the event, so a p-value alone gives no standardised difference for them.
EVENT_OUTCOMES = frozenset(
    {
        OutcomeDomain.RESPONDER,
        OutcomeDomain.REINTERVENTION,
        OutcomeDomain.ADVERSE_EVENT,
        OutcomeDomain.SERIOUS_ADVERSE_EVENT,
    }
)
