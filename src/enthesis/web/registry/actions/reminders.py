"""Reminders: planned once, sent at most once, and dropped when they have lost their reason."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from enthesis.catalogue.patient_texts_loader import load_patient_texts
from enthesis.domain.episodes import Channel, Outcome, allowed_send_time, reminder_language
from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.actions.links import make_link, revoke_link
from enthesis.web.registry.gateways import NotSent, Outgoing, gateways
from enthesis.web.registry.models import ChaseStep, FollowUp, Message, Patient
from enthesis.web.registry.queries.reminders import due_for_a_message, has_message, without_reason
from enthesis.web.registry.queries.worklist import Chased, rules_of_chasing

__all__ = ["cancel_message", "deliver", "drop_without_reason", "mark_sent_by_hand", "plan"]

MOST_TRIES = 3
TRY_AGAIN = timedelta(minutes=30)
# A worker that died in the middle leaves a message that may have left; it is not sent again.
UNKNOWN_AFTER = timedelta(hours=1)
REMOVED = "The text was removed after sending, because it held a personal link."


def plan(*, site: Site, now: datetime) -> int:
    """Make the messages that are due at a site; made once however often this runs. Gives their number."""
    return sum(_plan_one(item, now) for item in due_for_a_message(site, now))


def drop_without_reason(*, now: datetime) -> int:
    """Cancel messages whose form was answered or closed, or whose patient withdrew; their links end."""
    rows = list(without_reason().select_related("follow_up"))
    for row in rows:
        _cancel(row, now)
    return len(rows)


def deliver(*, now: datetime) -> int:
    """Hand waiting messages to their providers and give the number sent; without a provider they are held.

    A message is claimed before it is handed over, so two processes never send the same one.
    """
    Message.objects.filter(state=Message.State.SENDING, not_before__lt=now - UNKNOWN_AFTER).update(
        state=Message.State.FAILED, failure="It is not known whether it left."
    )
    waiting = Message.objects.filter(state=Message.State.WAITING, not_before__lte=now).order_by("not_before")
    return sum(_deliver_one(row, now) for row in waiting.select_related("follow_up", "patient"))


@transaction.atomic
def mark_sent_by_hand(*, message: Message, by: User, now: datetime) -> None:
    """Somebody copied the text and sent it from a phone of the clinic.

    Raises:
        NotAllowed: The caller may not chase at this site.
        InvalidData: The message does not wait.
    """
    current_scope().check_can(Permission.CHASE, message.site_id)
    _check_waits(message)
    _sent(message, now, by)


@transaction.atomic
def cancel_message(*, message: Message, now: datetime) -> None:
    """Take a message back before it leaves.

    Raises:
        NotAllowed: The caller may not chase at this site.
        InvalidData: The message does not wait.
    """
    current_scope().check_can(Permission.CHASE, message.site_id)
    _check_waits(message)
    _cancel(message, now)


@transaction.atomic
def _plan_one(item: Chased, now: datetime) -> bool:
    row = (
        FollowUp.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=item.row.pk)
    )
    if row.completed_at or row.closed_because or has_message(row, now):
        return False
    patient, address = row.patient, _address(row.patient, item.step.channel)
    if not address:
        return False
    _, token = make_link(row, now)
    language, subject, body = _words(row, token)
    zone = ZoneInfo(row.site.time_zone)
    Message.objects.create(
        site_id=row.site_id,
        patient=patient,
        follow_up=row,
        channel=Patient.Channel.EMAIL if item.step.channel is Channel.EMAIL else _by_phone(patient),
        language=language,
        address=address,
        subject=subject,
        body=body,
        not_before=allowed_send_time(now.astimezone(zone), rules_of_chasing().quiet_hours),
        made_at=now,
    )
    return True


def _words(row: FollowUp, token: str) -> tuple[str, str, str]:
    """Language, subject and text of a reminder; a machine translation says that it is one."""
    texts = load_patient_texts()
    language = reminder_language(row.patient.language, [row.site.language, *texts])
    words = texts[language if language in texts else "en"]
    when = (
        words.words["reminder_after"].format(weeks=row.week) if row.week else words.words["reminder_before"]
    )
    body = words.words["reminder"].format(
        clinic=row.site.name,
        when=when,
        link=f"{settings.PUBLIC_URL}{reverse('patient-start', args=[token])}",
        telephone=row.site.telephone or row.site.name,
    )
    mark = " [machine translation]" if words.translation == "machine" else ""
    return words.language, words.words["reminder_subject"], body + mark


def _address(patient: Patient, channel: Channel | None) -> str:
    return patient.email if channel is Channel.EMAIL else patient.telephone


def _by_phone(patient: Patient) -> str:
    is_whatsapp = patient.channel == Patient.Channel.WHATSAPP
    return Patient.Channel.WHATSAPP if is_whatsapp else Patient.Channel.SMS


def _deliver_one(row: Message, now: datetime) -> bool:
    # Nothing is ever sent to an invented person.
    gateway = None if row.patient.synthetic else gateways().get(row.channel)
    state = Message.State.SENDING if gateway else Message.State.HELD
    if not Message.objects.filter(pk=row.pk, state=Message.State.WAITING).update(state=state):
        return False
    if gateway is None:
        return False
    row.refresh_from_db()
    outgoing = Outgoing(str(row.key), row.channel, row.address, row.subject, row.body, row.language)
    try:
        gateway.send(outgoing)
    except NotSent as error:
        _failed(row, now, str(error))
        return False
    with transaction.atomic():
        _sent(row, now, None)
    return True


def _failed(row: Message, now: datetime, why: str) -> None:
    row.tries += 1
    row.failure = why[:200]
    row.state = Message.State.FAILED if row.tries >= MOST_TRIES else Message.State.WAITING
    row.not_before = now + TRY_AGAIN * 2**row.tries
    row.save(update_fields=("tries", "failure", "state", "not_before"))


def _sent(row: Message, now: datetime, by: User | None) -> None:
    row.state, row.sent_at, row.body = Message.State.SENT, now, REMOVED
    row.save(update_fields=("state", "sent_at", "body"))
    if row.follow_up is not None:
        ChaseStep.objects.create(
            site_id=row.site_id,
            patient=row.patient,
            episode=row.follow_up.episode,
            follow_up=row.follow_up,
            channel=Channel.EMAIL if row.channel == Patient.Channel.EMAIL else Channel.MESSAGE,
            outcome=Outcome.SENT,
            at=now,
            by=by,
        )


def _cancel(row: Message, now: datetime) -> None:
    row.state, row.body = Message.State.CANCELLED, REMOVED
    row.save(update_fields=("state", "body"))
    if row.follow_up is not None:
        for link in row.follow_up.links.filter(revoked_at=None, made_at=row.made_at):
            revoke_link(link, now)


def _check_waits(message: Message) -> None:
    if message.state not in (Message.State.WAITING, Message.State.HELD, Message.State.FAILED):
        raise InvalidData(Fault(f"This message is {message.get_state_display().lower()}.", "message"))
