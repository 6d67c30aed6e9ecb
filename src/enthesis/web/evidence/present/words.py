"""Words of the vocabulary and of questions as headings and labels."""

from enthesis.domain.evidence import Question
from enthesis.domain.evidence.questions import HARMS
from enthesis.domain.vocabulary import ComparatorClass, Vocabulary
from enthesis.report.condition_words import condition_inside
from enthesis.report.sentences import comparator_words, intervention_words

__all__ = [
    "FAMILIES",
    "SHORT_COMPARATORS",
    "against",
    "moment",
    "question_title",
    "topic_title",
    "weeks_label",
]

FAMILIES = {
    "osteoarthritis": "Joints",
    "tendon-soft-tissue": "Tendons, ligaments and fascia",
    "spine": "Spine",
}
SHORT_COMPARATORS = {
    ComparatorClass.PLACEBO: "placebo",
    ComparatorClass.CORTICOSTEROID: "steroid",
    ComparatorClass.HYALURONIC_ACID: "hyaluronic acid",
    ComparatorClass.EXERCISE_OR_USUAL_CARE: "usual care",
    ComparatorClass.OTHER_BIOLOGIC: "other biologic",
    ComparatorClass.OTHER_ACTIVE: "other active",
}


def topic_title(condition: str, intervention: str, vocabulary: Vocabulary) -> str:
    """'Platelet-rich plasma for knee osteoarthritis'."""
    where = vocabulary.conditions[condition].label
    return f"{intervention_words(intervention, vocabulary, start=True)} for {condition_inside(where)}"


def against(comparator_class: ComparatorClass) -> str:
    """'Against placebo'."""
    return f"Against {comparator_words(comparator_class)}"


def moment(q: Question, vocabulary: Vocabulary) -> str:
    """Outcome and time of a question in the least room: 'pain, weeks 18–39', unbroken within the weeks."""
    h, outcome = q.horizon, vocabulary.label("outcome", q.outcome).lower()
    if h is None:
        return outcome
    if h.hi is None:
        return f"{outcome}, after week {h.lo - 1}"
    return f"{outcome}, to week {h.hi}" if h.lo <= 1 else f"{outcome}, weeks {h.lo}\u2060–\u2060{h.hi}"


def question_title(q: Question, vocabulary: Vocabulary) -> str:
    """'Pain at 18 to 39 weeks'."""
    outcome = vocabulary.label("outcome", q.outcome)
    if q.horizon is None:
        return f"{outcome}, whole follow-up" if q.outcome in HARMS else f"{outcome}, time not stated"
    label = q.horizon.label
    return f"{outcome} {label if label.startswith(('up to', 'over')) else f'at {label}'}"


def weeks_label(weeks: int | None, span: tuple[int, int] | None = None) -> str:
    """Time of a visit: 'week 26', 'weeks 4 to 12', 'at the start', 'time not stated'."""
    if span is not None:
        return f"weeks {span[0]} to {span[1]}"
    if weeks is None:
        return "time not stated"
    return "at the start" if weeks == 0 else f"week {weeks}"
