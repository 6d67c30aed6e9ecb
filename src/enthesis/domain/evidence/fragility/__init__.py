"""How fragile an answer is: the same question analysed in every way that a careful reviewer might choose.

Owns the declared choices (which scale, visit, values, figures; which trials; which estimator), what each
trial says under each of them, and the multiverse of all combinations. Comparator classes are never an axis
of one pool: their answers stand side by side.
"""

from enthesis.domain.evidence.fragility.axes import ESTIMATORS, INTERVALS, IdleAxis
from enthesis.domain.evidence.fragility.choices import (
    DECLARED,
    READINGS,
    Figures,
    Instrument,
    Reading,
    Values,
    Window,
    all_readings,
)
from enthesis.domain.evidence.fragility.reading import Asked, Read, read
from enthesis.domain.evidence.fragility.result import MOST, Fragility, fragility, why_none
from enthesis.domain.evidence.fragility.tables import Candidate
from enthesis.domain.evidence.fragility.traits import TRAITS, Trait
from enthesis.domain.evidence.fragility.trials import Figure, Kin, Trial, gather, kin_of

__all__ = [
    "DECLARED",
    "ESTIMATORS",
    "INTERVALS",
    "MOST",
    "READINGS",
    "TRAITS",
    "Asked",
    "Candidate",
    "Figure",
    "Figures",
    "Fragility",
    "IdleAxis",
    "Instrument",
    "Kin",
    "Read",
    "Reading",
    "Trait",
    "Trial",
    "Values",
    "Window",
    "all_readings",
    "fragility",
    "gather",
    "kin_of",
    "read",
    "why_none",
]
