"""The moderators of each question of this edition, tried when first asked for and then kept."""

from functools import cache

from django.urls import reverse

from enthesis.domain.evidence import Question
from enthesis.domain.evidence.fragility import Kin, kin_of
from enthesis.domain.evidence.moderators import Moderation, moderation
from enthesis.errors import NotFound
from enthesis.web.evidence import state
from enthesis.web.evidence.addresses import comparator_from
from enthesis.web.evidence.fragilities import known_trials

__all__ = ["kin_at", "moderation_of", "moderators_page"]


@cache
def moderation_of(kin: Kin) -> Moderation:
    """All moderators of a question, whatever its follow-up."""
    return moderation(kin, known_trials().get(kin, ()), state.current().evidence)


def moderators_page(q: Question) -> str:
    """Page of the moderators of a question."""
    return reverse("moderators", args=[q.condition, q.intervention, str(q.comparator_class), q.outcome])


def kin_at(condition: str, intervention: str, comparator: str, outcome: str) -> Kin:
    """The question without its horizon at the parts of an address.

    Raises:
        NotFound: A part is no known word, or no trial asks this.
    """
    evidence = state.current().evidence
    topic = evidence.topic(condition, intervention)
    cls = comparator_from(comparator)
    if outcome not in evidence.vocabulary.outcomes:
        raise NotFound("outcome", outcome, evidence.vocabulary.outcomes)
    kin = Kin(condition, intervention, cls, outcome)
    asked = {kin_of(a.question) for a in topic.answers}
    if kin not in asked:
        names = sorted({k.outcome for k in asked if k.comparator_class is cls})
        raise NotFound(f"outcome of {condition} and {intervention} against {cls}", outcome, names)
    return kin
