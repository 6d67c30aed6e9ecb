"""Reminders are made once, leave at most once, at decent hours, and never without consent."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from enthesis.errors import InvalidData
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.registry.actions.reminders import (
    cancel_message,
    deliver,
    drop_without_reason,
    mark_sent_by_hand,
    plan,
)
from enthesis.web.registry.gateways import NotSent, Outgoing, gateways
from enthesis.web.registry.models import ChaseStep, Consent, FollowUp, Message, PatientLink
from enthesis.web.registry.queries.links import hash_of
from made_clinic import acting_user, logged_in, make_user
from made_follow_ups import followed


@pytest.fixture
def nurse(site: Site) -> User:
    return make_user(Role.COORDINATOR, site)


@pytest.fixture
def row(nurse: User, site: Site) -> Iterator[FollowUp]:
    with acting_user(nurse):
        row = followed(site, nurse, days_ago=11, local_id="K-7")
        row.patient.synthetic = False
        row.patient.save()
        yield row


@pytest.fixture(autouse=True)
def no_kept_gateways() -> Iterator[None]:
    gateways.cache_clear()
    yield
    gateways.cache_clear()


def message_of(row: FollowUp) -> Message:
    return Message.objects.get(follow_up=row)


def test_a_reminder_is_made_once_in_the_language_of_the_patient(row: FollowUp, site: Site) -> None:
    now = timezone.now()
    assert (plan(site=site, now=now), plan(site=site, now=now)) == (1, 0)
    message = message_of(row)
    assert message.language == "hi"
    assert message.body.endswith("[machine translation]")
    token = message.body.split("/p/")[1].split("/")[0]
    assert PatientLink.objects.get(follow_up=row).token_hash == hash_of(token)


def test_nothing_leaves_in_quiet_hours(row: FollowUp, site: Site) -> None:
    late_in_kolkata = datetime.combine(timezone.now().date(), datetime.min.time(), UTC) + timedelta(hours=17)
    plan(site=site, now=late_in_kolkata)
    wait = message_of(row).not_before.astimezone(UTC)
    assert (wait.hour, wait.minute) == (3, 30)  # nine o'clock in Kolkata
    assert deliver(now=wait - timedelta(minutes=1)) == 0


def test_without_a_provider_the_message_stays_in_the_outbox(row: FollowUp, site: Site, nurse: User) -> None:
    now = timezone.now()
    plan(site=site, now=now)
    assert deliver(now=now + timedelta(days=1)) == 0
    message = message_of(row)
    assert message.state == "held"
    mark_sent_by_hand(message=message, by=nurse, now=now)
    assert "/p/" not in message_of(row).body
    assert ChaseStep.objects.get(follow_up=row).outcome == "sent"
    with pytest.raises(InvalidData, match="This message is sent"):
        cancel_message(message=message, now=now)


def test_an_e_mail_leaves_once_through_the_mail_server(row: FollowUp, site: Site, settings) -> None:
    settings.EMAIL_CONFIGURED = True
    row.patient.telephone, row.patient.email = "", "somebody@example.org"
    row.patient.channel = "email"
    row.patient.save()
    Message.objects.create(
        site=site, patient=row.patient, follow_up=row, channel="email", language="en",
        address="somebody@example.org", subject="A form", body="text /p/x/", not_before=timezone.now(),
        made_at=timezone.now(),
    )  # fmt: skip
    later = timezone.now() + timedelta(days=1)
    assert (deliver(now=later), deliver(now=later)) == (1, 0)
    assert [m.to for m in mail.outbox] == [["somebody@example.org"]]


class Refusing:
    channels = frozenset({"sms"})

    def send(self, message: Outgoing) -> None:
        raise NotSent("line is down")


def test_a_provider_that_refuses_is_tried_again_and_then_given_up(
    row: FollowUp, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing = Refusing()
    monkeypatch.setattr(
        "enthesis.web.registry.actions.reminders.gateways", lambda: {"sms": refusing, "whatsapp": refusing}
    )
    now = timezone.now()
    plan(site=site, now=now)
    states = []
    for day in range(1, 5):
        deliver(now=now + timedelta(days=day))
        states.append(message_of(row).state)
    assert states == ["waiting", "waiting", "failed", "failed"]
    assert message_of(row).failure == "line is down"


def test_an_invented_person_is_never_sent_anything(row: FollowUp, site: Site, monkeypatch) -> None:
    monkeypatch.setattr("enthesis.web.registry.actions.reminders.gateways", lambda: {"sms": Refusing()})
    row.patient.synthetic = True
    row.patient.save()
    now = timezone.now()
    plan(site=site, now=now)
    deliver(now=now + timedelta(days=1))
    assert message_of(row).state == "held"


def test_a_withdrawal_takes_the_message_back_and_ends_its_link(row: FollowUp, site: Site) -> None:
    now = timezone.now()
    plan(site=site, now=now)
    assert drop_without_reason(now=now) == 0
    Consent.objects.filter(purpose="contact").update(withdrawn_at=now)
    assert drop_without_reason(now=now) == 1
    assert message_of(row).state == "cancelled"
    assert PatientLink.objects.get(follow_up=row).revoked_at is not None


def test_the_outbox_page_makes_shows_and_marks(row: FollowUp, nurse: User) -> None:
    client = logged_in(nurse)
    assert client.post(reverse("messages-plan")).status_code == 302
    page = client.get(reverse("messages"), {"state": "waiting"}).content.decode()
    assert "K-7" in page
    with acting_as_system("test"):
        key = Message.objects.get().key
    assert client.post(reverse("message-cancel", args=[key])).status_code == 302
    assert client.post(reverse("message-cancel", args=[key])).status_code == 422
