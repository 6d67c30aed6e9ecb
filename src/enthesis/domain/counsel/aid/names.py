"""Names of conditions, treatments, comparators, outcomes, times and levels in the words of a language."""

from enthesis.domain.counsel.blocks import Certainty
from enthesis.domain.counsel.wording import Said, Wording
from enthesis.domain.evidence import Level, Question
from enthesis.domain.vocabulary import Horizon, Vocabulary

__all__ = ["certainty", "comparator_name", "condition_name", "outcome_name", "time_name", "treatment_name"]


def condition_name(condition: str, vocabulary: Vocabulary, w: Wording) -> Said:
    """A condition; its label in the catalogue where no language has a name for it."""
    return _named(f"condition.{condition}", vocabulary.conditions[condition].label, w)


def treatment_name(intervention: str, vocabulary: Vocabulary, w: Wording) -> Said:
    """A treatment or a combination of two or more."""
    parts = [
        _named(f"treatment.{part}", vocabulary.interventions[part].label, w)
        for part in intervention.split("+")
    ]
    name = parts[0]
    for part in parts[1:]:
        name = w("treatment.joined", first=name, second=part)
    return name


def _named(key: str, label: str, w: Wording) -> Said:
    if w.has(key):
        return w(key)
    w.missing.setdefault(key)
    return Said(label, w.fallback.code)


def comparator_name(question: Question, w: Wording) -> Said:
    """What the treatment was compared with."""
    return w(f"against.{question.comparator_class}")


def outcome_name(outcome: str, w: Wording) -> Said:
    """What was measured."""
    return w(f"outcome.{outcome}")


def time_name(horizon: Horizon | None, w: Wording) -> Said:
    """When it was measured."""
    return w(f"time.{horizon.lo}" if horizon else "time.none")


def certainty(level: Level, w: Wording) -> Certainty:
    """A level with its name and its meaning."""
    return Certainty(level, w(f"certainty.{int(level)}"), w(f"certainty.meaning.{int(level)}"))
