"""A person's data are given out whole and erased on request; what stays says what was done, not to whom."""

import json

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from enthesis.errors import InvalidData, NotAllowed
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.audit.models import AuditEntry
from enthesis.web.audit.verifying import verify_chain
from enthesis.web.registry.actions.erasure import erase_patient, erased_keys
from enthesis.web.registry.actions.patients import index_terms
from enthesis.web.registry.backup import restoring
from enthesis.web.registry.models import (
    Draft,
    Episode,
    FollowUp,
    Injection,
    Message,
    Patient,
    PatientLink,
    SearchTerm,
)
from enthesis.web.registry.models.patient import AboutPatient
from enthesis.web.vault import unseal
from made_clinic import PASSWORD, acting_user, logged_in, make_user
from made_record import make_record

NAME = "Meghna Toiri"
SECRETS = ("meghna", "toiri", "k-77", "0000000077", "meghna@example.org", "1961-04-02")


@pytest.fixture
def rows(site: Site, physician: User) -> dict:
    with acting_as_system("test"):
        made = make_record(site, physician, NAME)
        patient: Patient = made["patient"]
        patient.local_id, patient.telephone = "K-77", "+91 0000000077"
        patient.email = "meghna@example.org"
        patient.save()
        index_terms(patient)
        Injection.objects.filter(pk=made["injection"].pk).update(
            notes="Called Meghna on 0000000077; toiri said yes."
        )
        Episode.objects.filter(pk=made["episode"].pk).update(drugs=["aspirin, says Meghna"])
        Message.objects.update(body=f"Dear {NAME}", address="+91 0000000077")
    return made


def erase(rows: dict, by: User) -> Patient:
    with acting_user(by):
        erase_patient(patient=Patient.objects.get(pk=rows["patient"].pk), reason=f"{NAME} asked by letter")
        return Patient.objects.get(pk=rows["patient"].pk)


def everything_stored() -> str:
    """Every column of every table, sealed values opened, in small letters."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            if not (table.startswith(("registry_", "audit_"))):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [c[0] for c in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if str(value).startswith("sealed:"):
                        value = unseal(value, f"{table}.{name}")
                    found.append(str(value))
    return "\n".join(found).lower()


def test_before_the_erasure_the_search_of_this_test_finds_the_person(rows: dict) -> None:
    with acting_as_system("test"):
        stored = everything_stored()
    assert [s for s in SECRETS if s not in stored] == []


def test_nothing_in_the_database_says_who_it_was(rows: dict, physician: User) -> None:
    patient = erase(rows, physician)
    with acting_as_system("test"):
        stored = everything_stored()
    assert [s for s in SECRETS if s in stored] == []
    assert patient.erased_at
    assert patient.birth_year == 1961


def test_what_was_done_stays(rows: dict, physician: User) -> None:
    with acting_as_system("test"):
        before = {m: m.objects.count() for m in apps.get_models() if issubclass(m, AboutPatient)}
    erase(rows, physician)
    with acting_as_system("test"):
        after = {m: m.objects.count() for m in before}
        injection = Injection.objects.get()
    assert {m for m in before if before[m] != after[m]} == {Draft}
    assert injection.notes == "Called [removed] on [removed]; [removed] said yes."
    assert (injection.intervention, injection.volume_ml) == ("prp", 5)


def test_every_way_to_the_person_ends(rows: dict, physician: User) -> None:
    erase(rows, physician)
    with acting_user(physician):
        assert PatientLink.objects.filter(revoked_at=None).count() == 0
        assert SearchTerm.objects.count() == 0
        assert Message.objects.exclude(state="cancelled").count() == 0
        assert FollowUp.objects.filter(completed_at=None, closed_because="").count() == 0
    page = logged_in(physician).get(reverse("patients"), {"q": "Meghna"}).content.decode()
    assert "Erased person" not in page


def test_the_trail_says_that_somebody_was_erased_by_whom_and_holds(rows: dict, physician: User) -> None:
    patient = erase(rows, physician)
    entry = AuditEntry.objects.get(action="delete", kind="patient")
    assert entry.actor == f"user:{physician.key}"
    assert entry.patient_key == str(patient.key)
    assert entry.details == {"erased": True, "reason": "[removed] asked by letter"}
    assert verify_chain().holds


def test_an_erasure_is_noted_outside_the_database(
    rows: dict, physician: User, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        patient = erase(rows, physician)
    assert erased_keys() == {str(patient.key)}


def test_an_older_state_put_back_names_who_must_be_erased_again(
    rows: dict, physician: User, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        patient = erase(rows, physician)
    with acting_as_system("test"):
        assert restoring.to_erase_again() == ()
        Patient.objects.filter(pk=patient.pk).update(erased_at=None)
        assert restoring.to_erase_again() == (str(patient.key),)


def test_nobody_is_erased_twice_without_reason_or_without_the_role(
    rows: dict, site: Site, physician: User
) -> None:
    nurse = make_user(Role.COORDINATOR, site)
    with acting_user(nurse), pytest.raises(NotAllowed, match="erase"):
        erase_patient(patient=rows["patient"], reason="asked")
    with acting_user(physician), pytest.raises(InvalidData, match="Say why"):
        erase_patient(patient=rows["patient"], reason=" ")
    patient = erase(rows, physician)
    with acting_user(physician), pytest.raises(InvalidData, match="erased before"):
        erase_patient(patient=patient, reason="asked")


def test_the_page_erases_only_with_number_reason_and_password(rows: dict, physician: User) -> None:
    client, address = logged_in(physician), reverse("erase", args=[rows["patient"].key])
    right = {"reason": "asked by letter", "number": "k-77", "password": PASSWORD}
    for wrong in ({}, right | {"number": "K-78"}, right | {"password": "x"}, right | {"reason": ""}):
        assert client.post(address, wrong).status_code == 422
    with acting_user(physician):
        assert Patient.objects.get().erased_at is None
    assert client.post(address, right).status_code == 302
    with acting_user(physician):
        assert Patient.objects.get().erased_at


def test_everything_is_given_out_and_that_is_written_down(rows: dict, physician: User) -> None:
    client, key = logged_in(physician), rows["patient"].key
    document = json.loads(client.get(reverse("data-json", args=[key])).content)
    assert document["person"]["name"] == NAME
    assert document["person"]["birth_date"] == "1961-04-02"
    kinds = {str(type(r)._meta.verbose_name) for r in rows.values() if isinstance(r, AboutPatient)}
    assert set(document["records"]) == kinds - {"patient link"}
    assert "token" not in json.dumps(document)
    page = client.get(reverse("data-page", args=[key])).content.decode()
    assert NAME in page
    assert AuditEntry.objects.filter(action="export", patient_key=str(key)).count() == 2
    assert client.get(reverse("data-rights", args=[key])).status_code == 200


def test_the_lead_who_may_export_but_knows_no_names_gets_no_names(rows: dict, site: Site) -> None:
    client = logged_in(make_user(Role.REGISTRY_LEAD, site))
    for name in ("data-json", "data-page", "data-rights", "erase"):
        assert client.get(reverse(name, args=[rows["patient"].key])).status_code == 403
