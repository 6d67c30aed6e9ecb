"""Addresses of the evidence pages, both ways: from a question to its page, from an address to its words."""

from django.urls import reverse

from enthesis.domain.evidence import Question
from enthesis.domain.vocabulary import HORIZONS, ComparatorClass, Horizon
from enthesis.errors import NotFound

__all__ = [
    "WHOLE",
    "comparator_from",
    "horizon_from",
    "horizon_slug",
    "question_page",
    "question_place",
    "review_page",
    "study_page",
    "topic_page",
]

WHOLE = "whole-follow-up"


def horizon_slug(horizon: Horizon | None) -> str:
    """'weeks-18-39', 'weeks-79-on', or 'whole-follow-up'."""
    if horizon is None:
        return WHOLE
    return f"weeks-{horizon.lo}-{'on' if horizon.hi is None else horizon.hi}"


_HORIZONS = {horizon_slug(h): h for h in HORIZONS}


def horizon_from(slug: str) -> Horizon | None:
    """Horizon of a slug; None for the whole follow-up.

    Raises:
        NotFound: No horizon is written so.
    """
    if slug == WHOLE:
        return None
    if slug not in _HORIZONS:
        raise NotFound("span of follow-up", slug, (*_HORIZONS, WHOLE))
    return _HORIZONS[slug]


def comparator_from(slug: str) -> ComparatorClass:
    """Comparator class of a slug.

    Raises:
        NotFound: No class is called so.
    """
    try:
        return ComparatorClass(slug)
    except ValueError:
        raise NotFound("comparator class", slug, [str(c) for c in ComparatorClass]) from None


def topic_page(condition: str, intervention: str) -> str:
    """Page of a condition and an intervention."""
    return reverse("topic", args=[condition, intervention])


def question_place(q: Question) -> list[str]:
    """The parts of an address that say which question is meant."""
    return [q.condition, q.intervention, str(q.comparator_class), q.outcome, horizon_slug(q.horizon)]


def question_page(q: Question) -> str:
    """Page of one question."""
    return reverse("question", args=question_place(q))


def study_page(study: str) -> str:
    """Page of a study report."""
    return reverse("study", args=[study])


def review_page(review: str) -> str:
    """Page of a review or guideline."""
    return reverse("review", args=[review])
