"""Auditors: what they find, what they do not see, and whether the chain holds."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.audit.models import AuditEntry
from enthesis.web.registry.models import Patient
from made_clinic import acting_user, make_patient, make_user


@pytest.fixture
def auditor(db) -> User:
    return make_user(Role.AUDITOR, None)


@pytest.fixture
def patient(site: Site) -> Patient:
    with acting_user(make_user(Role.PHYSICIAN, site)):
        return make_patient(site, name="Meghna Made-up")


def shown(client: Client, **asked: str) -> str:
    return client.get("/audit/", asked).content.decode()


def test_users_have_names_and_patients_only_keys(
    auditor: User, patient: Patient, log_in: Callable[..., Client]
) -> None:
    page = shown(log_in(auditor, confirmed=False))
    assert "Made-up physician" in page
    assert str(patient.key) in page
    assert "Meghna" not in page


def test_the_trail_is_narrowed_by_patient_person_act_and_day(
    site: Site, auditor: User, patient: Patient, log_in: Callable[..., Client]
) -> None:
    with acting_as_system("test"):
        other = make_patient(site)
        other.delete()
    client = log_in(auditor, confirmed=False)
    by_patient = shown(client, patient=str(patient.key))
    assert str(patient.key) in by_patient
    assert str(other.key) not in by_patient
    physician = User.objects.get(memberships__role="physician")
    assert str(other.key) not in shown(client, person=str(physician.key))
    assert str(patient.key) not in shown(client, action="delete")
    assert "Nothing in the trail fits" in shown(client, first_day="2100-01-01")
    assert "Nothing in the trail fits" in shown(client, last_day="2000-01-01")


@pytest.mark.parametrize(
    "asked", [{"patient": "1"}, {"first_day": "yesterday"}, {"action": "x"}, {"before": "-1"}]
)
def test_a_question_that_makes_no_sense_is_told_so(
    auditor: User, log_in: Callable[..., Client], asked: dict[str, str]
) -> None:
    assert log_in(auditor, confirmed=False).get("/audit/", asked).status_code == 422


def test_older_entries_are_a_page_away_and_none_is_left_out(
    site: Site, auditor: User, log_in: Callable[..., Client]
) -> None:
    with acting_as_system("test"):
        for _ in range(60):
            make_patient(site)
    client = log_in(auditor, confirmed=False)
    first = shown(client, action="create")
    older = first.split('href="?')[1].split('"')[0].replace("&amp;", "&")
    second = client.get(f"/audit/?{older}").content.decode()
    keys = [
        str(key) for key in AuditEntry.objects.filter(action="create").values_list("object_key", flat=True)
    ]
    assert [(k in first) + (k in second) for k in keys] == [1] * 60


def test_an_auditor_of_one_site_reads_that_site_only(
    site: Site, other_site: Site, patient: Patient, log_in: Callable[..., Client]
) -> None:
    with acting_as_system("test"):
        other = make_patient(other_site)
    page = shown(log_in(make_user(Role.AUDITOR, site), confirmed=False))
    assert str(patient.key) in page
    assert str(other.key) not in page
    assert other_site.name not in page


def test_the_chain_is_checked_at_a_button_and_that_is_written_down(
    auditor: User, patient: Patient, log_in: Callable[..., Client]
) -> None:
    client = log_in(auditor, confirmed=False)
    before = AuditEntry.objects.count()
    page = client.post("/audit/verify/").content.decode()
    assert f"{before} entries were read; none was edited" in page
    last = AuditEntry.objects.order_by("number").last()
    assert (last.action, last.details) == ("system", {"entries": before, "breaks": 0})


def test_an_edited_entry_is_found(auditor: User, patient: Patient, log_in: Callable[..., Client]) -> None:
    client = log_in(auditor, confirmed=False)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER audit_entry_no_change")
        else:
            cursor.execute("DROP TRIGGER audit_entry_no_update")
        cursor.execute("UPDATE audit_auditentry SET actor = 'user:nobody' WHERE number = 1")
    page = client.post("/audit/verify/").content.decode()
    assert "The audit trail does not hold" in page
    assert "Entry 1: its content was changed." in page
