"""The instruments by the part of the body they ask about."""

from collections.abc import Iterable
from dataclasses import dataclass

from enthesis.domain.instruments import Instrument
from enthesis.domain.vocabulary import Vocabulary

__all__ = ["Shelf", "shelves"]

PLACES = (
    ("Pain, change and general health", ()),
    ("Knee", ("knee", "patellar-tendon")),
    ("Hip", ("hip", "hip-abductor")),
    ("Ankle and foot", ("ankle", "achilles", "foot")),
    ("Shoulder, arm and elbow", ("shoulder", "elbow")),
    ("Back", ("lumbar-disc", "lumbar-nerve-root", "facet-joint", "sacroiliac-joint", "low-back")),
    ("Jaw", ("tmj",)),
)
OTHER = "Neck and other"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Instruments of one part of the body."""

    title: str
    instruments: tuple[Instrument, ...]


def shelves(instruments: Iterable[Instrument], vocabulary: Vocabulary) -> tuple[Shelf, ...]:
    """Each instrument once, where most of its conditions lie; those that are switched off left out."""
    places = {region: title for title, regions in PLACES for region in regions}
    held: dict[str, list[Instrument]] = {title: [] for title in (*dict(PLACES), OTHER)}
    for instrument in instruments:
        if not instrument.switched_off:
            held[_place(instrument, places, vocabulary)].append(instrument)
    ordered = ((title, sorted(found, key=lambda i: i.short_name.lower())) for title, found in held.items())
    return tuple(Shelf(title, tuple(found)) for title, found in ordered if found)


def _place(instrument: Instrument, places: dict[str, str], vocabulary: Vocabulary) -> str:
    if instrument.conditions == ("all",):
        return PLACES[0][0]
    found = [places.get(vocabulary.conditions[name].region, "") for name in instrument.conditions]
    named = [title for title in found if title]
    return max(named, key=named.count) if named else OTHER
