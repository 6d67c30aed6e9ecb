"""Which instruments of a follow-up can be put on a screen: their wording may ship and fits the condition."""

from collections.abc import Mapping
from types import MappingProxyType

from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.domain.instruments import Instrument
from enthesis.web.evidence.state import current
from enthesis.web.registry.models import FollowUp

__all__ = ["all_asked", "askable", "is_askable", "on_paper_only"]

# The shipped wording names the knee (see the licence note of the instrument); other joints need their own.
WORDED_FOR: Mapping[str, str] = MappingProxyType({"pass-question": "knee"})


def askable(follow_up: FollowUp) -> tuple[Instrument, ...]:
    """Instruments of a follow-up that Enthesis may show, in the order of the protocol."""
    known, condition = load_instruments(), follow_up.episode.condition
    asked = (known[name] for name in follow_up.instruments if name in known)
    return tuple(instrument for instrument in asked if is_askable(instrument, condition))


def all_asked(follow_up: FollowUp) -> tuple[Instrument, ...]:
    """Every instrument of a follow-up that scores, in the order of the protocol."""
    known = load_instruments()
    asked = (known[name] for name in follow_up.instruments if name in known)
    return tuple(instrument for instrument in asked if not instrument.switched_off)


def on_paper_only(follow_up: FollowUp) -> tuple[Instrument, ...]:
    """Instruments that are asked and whose wording does not ship; the clinic has them on paper."""
    shown = {instrument.id for instrument in askable(follow_up)}
    return tuple(instrument for instrument in all_asked(follow_up) if instrument.id not in shown)


def is_askable(instrument: Instrument, condition: str) -> bool:
    """Whether an instrument can be shown to a patient with a condition."""
    if instrument.switched_off or not instrument.licence.text_ships:
        return False
    region = WORDED_FOR.get(instrument.id)
    return region is None or _region(condition) == region


def _region(condition: str) -> str:
    known = current().evidence.vocabulary.conditions
    return known[condition].region if condition in known else ""
