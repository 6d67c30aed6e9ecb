"""A signature holds for the content that was signed, and for nothing else."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enthesis.errors import InvalidData, NotAllowed
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.audit.models import AuditEntry
from enthesis.web.registry.actions.adverse_events import judge_harm
from enthesis.web.registry.actions.injections import cancel_injection
from enthesis.web.registry.actions.signing import sign_row
from enthesis.web.registry.models import AdverseEvent, Injection, Preparation, Signature
from enthesis.web.registry.queries.signatures import Standing, signatures_of, unsigned_injections
from enthesis.web.registry.records.row_kinds import REVIEWED
from enthesis.web.registry.records.signed_content import content_hash
from made_clinic import PASSWORD, acting_user, logged_in, make_user
from made_record import make_record

GAVE = "I gave this injection, and this record of it is right."


@pytest.fixture
def rows(site: Site, physician: User) -> dict:
    with acting_as_system("test"):
        return make_record(site, physician, "Meghna Made-up")


@pytest.fixture
def injection(rows: dict) -> Injection:
    with acting_as_system("test"):
        Signature.objects.all().delete()
    return rows["injection"]


def signed(row, by: User, meaning: str = GAVE) -> Signature:
    with acting_user(by):
        return sign_row(row=row, meaning=meaning, by=by, shown=content_hash(row))


def standing_of(row, by: User) -> list[Standing]:
    with acting_user(by):
        return [s.standing for s in signatures_of(row)]


def test_a_signature_holds_and_is_in_the_trail(injection: Injection, physician: User) -> None:
    made = signed(injection, physician)
    assert standing_of(injection, physician) == [Standing.VALID]
    entry = AuditEntry.objects.get(action="sign")
    assert entry.object_key == str(injection.key)
    assert entry.details["content"] == made.content_hash


def test_signing_twice_is_signing_once(injection: Injection, physician: User) -> None:
    assert signed(injection, physician) == signed(injection, physician)


def test_every_way_of_changing_the_content_ends_the_signature(injection: Injection, physician: User) -> None:
    def by_save() -> None:
        row = Injection.objects.get(pk=injection.pk)
        row.volume_ml = Decimal("4.5")
        row.save()

    def by_update() -> None:
        Injection.objects.filter(pk=injection.pk).update(target="elsewhere")

    def by_bulk_update() -> None:
        row = Injection.objects.get(pk=injection.pk)
        row.notes = "and more"
        Injection.objects.bulk_update([row], ["notes"])

    def by_preparation() -> None:
        row = Preparation.objects.get(pk=injection.preparation_id)
        row.lot = "another lot"
        row.save()

    for change in (by_save, by_update, by_bulk_update, by_preparation):
        signed(injection, physician)
        assert standing_of(injection, physician)[0] is Standing.VALID
        with acting_user(physician):
            change()
        assert standing_of(injection, physician)[0] is Standing.VOID, change.__name__
    with acting_user(physician):
        assert {s.voided_because for s in Signature.objects.all()} == {"the record was changed"}


def test_taking_an_injection_back_ends_its_signature(injection: Injection, physician: User) -> None:
    signed(injection, physician)
    with acting_user(physician):
        cancel_injection(injection=injection, reason="wrong patient")
    assert standing_of(injection, physician) == [Standing.VOID]
    with acting_user(physician), pytest.raises(InvalidData, match="taken back"):
        sign_row(row=injection, meaning=GAVE, by=physician, shown=content_hash(injection))


def test_saving_the_same_content_again_ends_nothing(injection: Injection, physician: User) -> None:
    signed(injection, physician)
    with acting_user(physician):
        row = Injection.objects.get(pk=injection.pk)
        row.volume_ml = Decimal("5.0")
        row.save()
    assert standing_of(injection, physician) == [Standing.VALID]


def test_the_leads_judgement_of_a_harm_leaves_the_signature_of_the_clinic(
    rows: dict, site: Site, physician: User
) -> None:
    from enthesis.domain.episodes.adjudication import AdjudicationAct

    harm: AdverseEvent = rows["adverse_event"]
    signed(harm, physician, REVIEWED)
    with acting_user(make_user(Role.REGISTRY_LEAD, site)) as _:
        lead = User.objects.get(memberships__role=Role.REGISTRY_LEAD)
        judge_harm(harm=harm, act=AdjudicationAct.TAKE_UP, reason="", by=lead)
    assert standing_of(harm, physician) == [Standing.VALID]


def test_a_change_past_the_application_is_seen(injection: Injection, physician: User) -> None:
    signed(injection, physician)
    with acting_user(physician), connection.cursor() as cursor:
        cursor.execute("UPDATE registry_injection SET target = 'hip' WHERE id = %s", [injection.pk])
    assert standing_of(injection, physician) == [Standing.CONTENT_DIFFERS]


def test_a_signature_put_into_the_database_by_hand_is_seen(injection: Injection, physician: User) -> None:
    with acting_user(physician):
        Signature.objects.create(
            site=injection.site, patient=injection.patient, row_kind="injection", row_key=injection.key,
            content_hash=content_hash(injection), meaning=GAVE, by=physician, at=timezone.now(),
        )  # fmt: skip
    assert standing_of(injection, physician) == [Standing.NOT_IN_TRAIL]


def test_what_was_changed_while_it_was_read_is_not_signed(injection: Injection, physician: User) -> None:
    with acting_user(physician):
        shown = content_hash(injection)
        Injection.objects.filter(pk=injection.pk).update(volume_ml=7)
        with pytest.raises(InvalidData, match="changed while you read it"):
            sign_row(row=injection, meaning=GAVE, by=physician, shown=shown)


def test_only_who_gave_it_says_so_and_only_who_may_sign_signs(
    injection: Injection, site: Site, physician: User
) -> None:
    other = make_user(Role.PHYSICIAN, site, "other@example.org")
    with acting_user(other), pytest.raises(InvalidData, match="Only who gave the injection"):
        sign_row(row=injection, meaning=GAVE, by=other, shown=content_hash(injection))
    signed(injection, other, REVIEWED)
    nurse = make_user(Role.COORDINATOR, site)
    with acting_user(nurse), pytest.raises(NotAllowed, match="sign"):
        sign_row(row=injection, meaning=REVIEWED, by=nurse, shown=content_hash(injection))


def test_unsigned_injections_are_listed_until_signed_and_again_when_void(
    injection: Injection, site: Site, physician: User
) -> None:
    def listed() -> list[Injection]:
        with acting_user(physician):
            return unsigned_injections([site])

    assert listed() == [injection]
    signed(injection, physician)
    assert listed() == []
    with acting_user(physician):
        Injection.objects.filter(pk=injection.pk).update(volume_ml=7)
    assert listed() == [injection]


def shown_by(client: Client, address: str) -> str:
    return client.get(address).context["form"].initial["shown"]


def test_the_page_asks_for_the_password_and_refuses_a_wrong_one(
    injection: Injection, physician: User
) -> None:
    client, address = logged_in(physician), reverse("sign-injection", args=[injection.key])
    form = {"shown": shown_by(client, address), "meaning": GAVE}
    wrong = client.post(address, form | {"password": "not the password"})
    assert wrong.status_code == 422
    assert "This is not your password" in wrong.content.decode()
    assert standing_of(injection, physician) == []
    assert client.post(address, form | {"password": PASSWORD}).status_code == 302
    assert standing_of(injection, physician) == [Standing.VALID]
    page = client.get(reverse("injection", args=[injection.key])).content.decode()
    assert "holds" in page
    assert "I gave this injection" in page


def test_wrong_passwords_run_into_the_pause_of_log_in(injection: Injection, physician: User) -> None:
    client, address = logged_in(physician), reverse("sign-injection", args=[injection.key])
    form = {"shown": shown_by(client, address), "meaning": GAVE}
    for _ in range(6):
        client.post(address, form | {"password": "not the password"})
    assert client.post(address, form | {"password": PASSWORD}).status_code in (422, 429)
    assert standing_of(injection, physician) == []


def test_a_forged_meaning_or_content_is_refused(injection: Injection, physician: User) -> None:
    client, address = logged_in(physician), reverse("sign-injection", args=[injection.key])
    shown = shown_by(client, address)
    for form in ({"shown": shown, "meaning": "I am right."}, {"shown": "0" * 64, "meaning": GAVE}, {}):
        assert client.post(address, form | {"password": PASSWORD}).status_code == 422
    assert standing_of(injection, physician) == []
