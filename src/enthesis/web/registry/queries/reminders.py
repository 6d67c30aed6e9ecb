"""Which follow-ups a message is due for, and which messages have lost their reason."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from enthesis.domain.episodes import Channel, StepKind
from enthesis.web.accounts.models import Site
from enthesis.web.registry.models import Consent, FollowUp, Message
from enthesis.web.registry.queries.worklist import Chased, judged, open_now, rules_of_chasing

__all__ = ["WAITING", "due_for_a_message", "has_message", "without_reason"]

WAITING = (Message.State.WAITING, Message.State.HELD, Message.State.SENDING)
BLOCK = 200


def due_for_a_message(site: Site, now: datetime) -> Iterator[Chased]:
    """Follow-ups whose next step is a message and for which none was made lately."""
    keys = list(open_now(site, now).exclude(_made_lately(now)).values_list("pk", flat=True))
    for first in range(0, len(keys), BLOCK):
        block = keys[first : first + BLOCK]
        rows = (
            FollowUp.objects.filter(pk__in=block).select_related("patient", "site", "episode").order_by("pk")
        )
        for _, item in judged(list(rows)):
            if item.step.kind is StepKind.ASK and item.step.channel in (Channel.MESSAGE, Channel.EMAIL):
                yield item


def has_message(follow_up: FollowUp, now: datetime) -> bool:
    """Whether a message waits, or one was made within the days between two tries."""
    return FollowUp.objects.filter(_made_lately(now), pk=follow_up.pk).exists()


def without_reason() -> QuerySet[Message]:
    """Messages that wait although the form is answered or closed, or the patient died or withdrew."""
    consent = Consent.objects.filter(
        patient=OuterRef("patient"), purpose=Consent.Purpose.CONTACT, given=True, withdrawn_at=None
    )
    over = Q(follow_up__completed_at__isnull=False) | ~Q(follow_up__closed_because="")
    gone = Q(patient__died_on__isnull=False) | ~Exists(consent)
    return Message.objects.filter(over | gone, state__in=(Message.State.WAITING, Message.State.HELD))


def _made_lately(now: datetime) -> Exists:
    since = now - timedelta(days=rules_of_chasing().gap_days)
    lately = Q(state__in=WAITING) | Q(made_at__gt=since) & ~Q(state=Message.State.CANCELLED)
    return Exists(Message.objects.filter(lately, follow_up=OuterRef("pk")))
