"""The answer pages: one condition with one intervention, and one question of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enthesis.domain.evidence import Answer
from enthesis.errors import NotFound
from enthesis.web.evidence import state
from enthesis.web.evidence.addresses import WHOLE, comparator_from, horizon_from, horizon_slug, topic_page
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.present.question import question_view
from enthesis.web.evidence.present.topic import topic_page_of
from enthesis.web.evidence.present.words import topic_title

__all__ = ["answer_at", "show", "show_question"]


@finished()
def show(request: HttpRequest, condition: str, intervention: str) -> HttpResponse:
    """Everything known about a condition and an intervention."""
    held = state.current()
    topic = held.evidence.topic(condition, intervention)
    page = topic_page_of(topic, held.evidence, held.provenance)
    return render(request, "evidence/topic.html", {"page": page})


@finished()
def show_question(
    request: HttpRequest, condition: str, intervention: str, comparator: str, outcome: str, horizon: str
) -> HttpResponse:
    """One question in full."""
    held = state.current()
    a = answer_at(condition, intervention, comparator, outcome, horizon)
    context = {
        "view": question_view(a, held.evidence, held.provenance),
        "title": topic_title(condition, intervention, held.evidence.vocabulary),
        "topic_address": topic_page(condition, intervention),
    }
    return render(request, "evidence/question.html", context)


def answer_at(condition: str, intervention: str, comparator: str, outcome: str, horizon: str) -> Answer:
    """The answer at the parts of an address.

    Raises:
        NotFound: A part is no known word, or no trial asks this question.
    """
    evidence = state.current().evidence
    topic = evidence.topic(condition, intervention)
    cls, span = comparator_from(comparator), horizon_from(horizon)
    if outcome not in evidence.vocabulary.outcomes:
        raise NotFound("outcome", outcome, evidence.vocabulary.outcomes)
    for a in topic.of_class(cls):
        if a.question.outcome == outcome and a.question.horizon == span:
            return a
    asked = [f"{a.question.outcome} {horizon_slug(a.question.horizon)}" for a in topic.of_class(cls)]
    name = f"{outcome} {WHOLE if span is None else horizon}"
    raise NotFound(f"answer on {condition} and {intervention} against {cls}", name, asked)
