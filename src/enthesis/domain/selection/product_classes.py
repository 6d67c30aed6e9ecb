"""Which interventions share their contraindications, because they are made of the same thing."""

from enum import StrEnum

from enthesis.errors import NotFound

__all__ = ["ProductClass", "classes_of"]


class ProductClass(StrEnum):
    """What is injected, as far as contraindications and drug holds ask."""

    BLOOD = "blood"
    CELLS = "cells"
    HYALURONIC_ACID = "hyaluronic-acid"
    PROLOTHERAPY = "prolotherapy"
    CORTICOSTEROID = "corticosteroid"
    OTHER = "other"


_MEMBERS = {
    ProductClass.BLOOD: ("prp", "aps", "acs", "plasma", "autologous-blood"),
    ProductClass.CELLS: (
        "bmac", "svf", "microfragmented-fat", "msc-bone-marrow", "msc-adipose", "msc-umbilical", "msc-other",
    ),
    ProductClass.HYALURONIC_ACID: ("hyaluronic-acid",),
    ProductClass.PROLOTHERAPY: ("prolotherapy-dextrose",),
    ProductClass.CORTICOSTEROID: ("corticosteroid",),
    ProductClass.OTHER: ("local-anaesthetic", "ozone", "high-volume-injection", "saline"),
}  # fmt: skip
_CLASS = {word: cls for cls, words in _MEMBERS.items() for word in words}


def classes_of(intervention: str) -> frozenset[str]:
    """Classes of an intervention; a combination such as 'prp+hyaluronic-acid' has those of all its parts.

    Raises:
        NotFound: A part is no injection that candidacy knows.
    """
    for part in intervention.split("+"):
        if part not in _CLASS:
            raise NotFound("injection", part, _CLASS)
    return frozenset(_CLASS[part].value for part in intervention.split("+"))
