"""What to expect, from the live answers: points of the patient's own instrument, and people of a hundred."""

from dataclasses import dataclass

from enthesis.domain.evidence import Answer, Evidence, Topic
from enthesis.domain.evidence.absolute_terms import AbsoluteTerms, absolute_terms, points_on
from enthesis.domain.evidence.questions import HARMS
from enthesis.domain.selection.facts import PatientFacts
from enthesis.errors import CannotEstimate

__all__ = ["ExpectedCourse", "expected_course"]

_CORE = ("pain", "function", "composite", "responder")
_PERCENT_SCALE = ("points of 0–100", 0.0, 100.0)


@dataclass(frozen=True, slots=True)
class ExpectedCourse:
    """One answer in terms of one patient.

    ``points`` is the mean difference with its interval on the instrument named, positive better; None where
    the effect cannot be said in points. ``people`` likewise. ``why_not`` says what is missing for either.
    """

    answer: Answer
    instrument: str
    low: float
    high: float
    points: tuple[float, float, float] | None
    people: AbsoluteTerms | None
    why_not: tuple[str, ...]


def expected_course(
    topic: Topic | None, evidence: Evidence, facts: PatientFacts
) -> tuple[ExpectedCourse, ...]:
    """Answers about pain, function, their scores, responders and harms that have figures, placebo first."""
    answers = topic.answers if topic else ()
    asked = [a for a in answers if a.question.outcome in (*_CORE, *HARMS) and (a.synthesis or a.published)]
    return tuple(_course(a, evidence, facts) for a in asked)


def _course(a: Answer, evidence: Evidence, facts: PatientFacts) -> ExpectedCourse:
    name, low, high = _instrument(a, evidence, facts)
    why: list[str] = []
    points = people = None
    if a.question.outcome in _CORE[:3]:
        try:
            points = points_on(a, low, high)
        except CannotEstimate as error:
            why.append(str(error))
    try:
        people = absolute_terms(a, evidence)
    except CannotEstimate as error:
        why.append(str(error))
    return ExpectedCourse(a, name, low, high, points, people, tuple(why))


def _instrument(a: Answer, evidence: Evidence, facts: PatientFacts) -> tuple[str, float, float]:
    """The patient's instrument where it measures the outcome and its range is known; else 0 to 100."""
    name = facts.instrument
    limits = facts.instrument_range or (evidence.rules.fixed_ranges.get(name) if name else None)
    if name is None or limits is None or name not in evidence.rules.hierarchy.get(a.question.outcome, ()):
        return _PERCENT_SCALE
    label = evidence.vocabulary.instruments[name].label if name in evidence.vocabulary.instruments else name
    return label, limits[0], limits[1]
