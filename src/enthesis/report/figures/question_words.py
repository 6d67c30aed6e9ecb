"""A question, its scale and its directions in the few words that head a figure."""

from enthesis.domain.evidence.questions import Question
from enthesis.domain.evidence.scales import Scale
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report.sentences import comparator_words, horizon_words, intervention_words

__all__ = ["favoured", "question_title", "question_words", "scale_words"]


def question_title(question: Question, vocabulary: Vocabulary) -> str:
    """Who and what: 'Knee osteoarthritis: platelet-rich plasma against placebo'."""
    who = vocabulary.conditions[question.condition].label
    what = intervention_words(question.intervention, vocabulary)
    return f"{who}: {what} against {comparator_words(question.comparator_class)}"


def question_words(question: Question, vocabulary: Vocabulary) -> str:
    """Outcome and time: 'Pain at 18 to 39 weeks'."""
    outcome = vocabulary.outcomes[question.outcome].label
    joint = " " if horizon_words(question).startswith(("at", "over the")) else ", "
    return f"{outcome}{joint}{horizon_words(question)}"


def scale_words(scale: Scale, question: Question, vocabulary: Vocabulary) -> str:
    """Unit and direction of an effect in one line."""
    who = intervention_words(question.intervention, vocabulary)
    if scale.is_ratio:
        side = "above" if scale.better == "higher" else "below"
        return f"{scale.unit.capitalize()}; {side} 1 is better for {who}"
    unit = vocabulary.instruments[scale.unit].label if scale.unit in vocabulary.instruments else scale.unit
    unit = unit.replace("0-100", "0–100")
    return f"Difference in {unit}; above 0 is better for {who}"


def favoured(scale: Scale, question: Question, vocabulary: Vocabulary) -> tuple[str, str]:
    """Which treatment the left and the right side of an axis of this scale favour."""
    sides = (
        comparator_words(question.comparator_class),
        intervention_words(question.intervention, vocabulary),
    )
    return sides if scale.better == "higher" else (sides[1], sides[0])
