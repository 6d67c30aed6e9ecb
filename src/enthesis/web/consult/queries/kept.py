"""Kept consultations: one by key, and what followed from it."""

from dataclasses import dataclass
from uuid import UUID

from django.shortcuts import get_object_or_404

from enthesis.web.consult.models import Consultation, KeptAid, Override
from enthesis.web.registry.models import Care, Episode, Injection

__all__ = [
    "Followed",
    "consultation_of",
    "cost_told_before",
    "earlier_consultations",
    "is_of_episode",
    "what_followed",
]


@dataclass(frozen=True, slots=True)
class Followed:
    """What was done after a consultation."""

    overrides: list[Override]
    aids: list[KeptAid]
    injections: list[Injection]
    plans: list[Care]


def consultation_of(key: UUID) -> Consultation:
    """The consultation of a key with its patient, site and episode.

    Raises:
        Http404: None in reach.
    """
    found: Consultation = get_object_or_404(
        Consultation.objects.select_related(
            "patient", "patient__site", "site", "episode", "episode__site", "episode__patient", "made_by"
        ),
        key=key,
    )
    return found


def is_of_episode(key: UUID, episode: Episode) -> bool:
    """Whether the consultation of a key was about this episode."""
    return bool(Consultation.objects.filter(key=key, episode=episode).exists())


def what_followed(consultation: Consultation) -> Followed:
    """Overrides, aids, injections and plans of a consultation."""
    injected = Injection.objects.filter(
        episode=consultation.episode, consultation=consultation.key, cancelled_because=""
    )
    plans = Care.objects.filter(
        episode=consultation.episode, plan__consultation=str(consultation.key), cancelled_because=""
    )
    return Followed(
        overrides=list(Override.objects.filter(consultation=consultation).select_related("by")),
        aids=list(KeptAid.objects.filter(consultation=consultation)),
        injections=list(injected),
        plans=list(plans),
    )


def cost_told_before(site_id: int, intervention: str) -> str:
    """What the clinic said last that this injection costs; empty when it never did."""
    rows = Consultation.objects.filter(site_id=site_id, intervention=intervention).exclude(cost="")
    return str(rows.values_list("cost", flat=True).first() or "")


def earlier_consultations(episode: Episode) -> list[Consultation]:
    """Consultations of an episode, newest first."""
    rows = Consultation.objects.filter(episode=episode).select_related("made_by")
    return list(rows.defer("answer", "facts"))
