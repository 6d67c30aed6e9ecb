"""The words of the field: conditions, interventions, comparator classes, outcomes, instruments, horizons.

Which words exist is data and comes in as one frozen ``Vocabulary``. The few that rules know by name
(comparator classes, horizons, outcome domains) are fixed here; a test holds both equal.
"""

from enthesis.domain.vocabulary.comparators import CLASS_OF_INTERVENTION, ComparatorClass, comparator_class
from enthesis.domain.vocabulary.horizons import HORIZONS, Horizon, horizon_of
from enthesis.domain.vocabulary.outcomes import EVENT_OUTCOMES, OutcomeDomain
from enthesis.domain.vocabulary.vocabulary import Vocabulary
from enthesis.domain.vocabulary.words import Condition, Instrument, Intervention, Outcome, Word

__all__ = [
    "CLASS_OF_INTERVENTION",
    "EVENT_OUTCOMES",
    "HORIZONS",
    "ComparatorClass",
    "Condition",
    "Horizon",
    "Instrument",
    "Intervention",
    "Outcome",
    "OutcomeDomain",
    "Vocabulary",
    "Word",
    "comparator_class",
    "horizon_of",
]
