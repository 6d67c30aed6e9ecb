"""How fragile each answer of this edition is, computed when first asked for and then kept."""

from collections.abc import Mapping
from functools import cache

from django.urls import reverse

from enthesis.catalogue.risk_of_bias_assessments import load_assessments
from enthesis.domain.evidence import Answer, Question
from enthesis.domain.evidence.fragility import Fragility, Kin, Trial, fragility, gather, kin_of, why_none
from enthesis.errors import CannotEstimate
from enthesis.web.evidence import state
from enthesis.web.evidence.addresses import question_place

__all__ = ["answers_beside", "fragility_of", "fragility_page", "known_trials", "told_fragility"]


@cache
def known_trials() -> Mapping[Kin, tuple[Trial, ...]]:
    """Every figure of every trial of the edition."""
    evidence = state.current().evidence
    return gather(evidence, load_assessments(evidence.studies))


@cache
def _fragility_at(question: Question) -> Fragility | None:
    evidence = state.current().evidence
    topic = evidence.topic(question.condition, question.intervention)
    answer = next(a for a in topic.answers if a.question == question)
    if why_none(answer):
        return None
    return fragility(answer, known_trials()[kin_of(question)], evidence.rules)


def fragility_of(answer: Answer) -> Fragility | None:
    """The multiverse of an answer; None where fewer than two trials are pooled."""
    return _fragility_at(answer.question)


def told_fragility(answer: Answer) -> Fragility:
    """The multiverse of an answer.

    Raises:
        CannotEstimate: There is only one way to analyse it; says why.
    """
    found = fragility_of(answer)
    if found is None:
        raise CannotEstimate(why_none(answer) or "")
    return found


def fragility_page(q: Question) -> str:
    """Page that tells how fragile an answer is."""
    return reverse("fragility", args=question_place(q))


def answers_beside(question: Question) -> tuple[Answer, ...]:
    """The same question against the other classes of comparator."""
    topic = state.current().evidence.topic(question.condition, question.intervention)
    return tuple(
        a
        for a in topic.answers
        if (a.question.outcome, a.question.horizon) == (question.outcome, question.horizon)
        and a.question.comparator_class is not question.comparator_class
    )
