"""Rows of a site are out of reach of everybody else, whichever way they are asked for."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from enthesis.errors import NotAllowed
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.audit.models import AuditEntry
from enthesis.web.audit.verifying import verify_chain
from enthesis.web.registry.models import Episode, Patient
from made_clinic import acting_user, make_episode, make_patient, make_user


def test_without_a_scope_nothing_is_found(site: Site) -> None:
    with pytest.raises(NotAllowed, match="Log in"):
        Patient.objects.count()


def test_a_physician_finds_only_patients_of_the_own_site(
    physician: User, site: Site, other_site: Site
) -> None:
    with acting_as_system("test"):
        own, _ = make_patient(site), make_patient(other_site)
    with acting_user(physician):
        assert list(Patient.objects.all()) == [own]


def test_a_row_of_another_site_cannot_be_written(physician: User, site: Site, other_site: Site) -> None:
    with acting_user(physician), pytest.raises(NotAllowed, match="another site"):
        make_patient(other_site)
    with acting_user(physician), pytest.raises(NotAllowed, match="another site"):
        Patient.objects.bulk_create([Patient(site=other_site)])


def test_relations_do_not_lead_over_the_wall(physician: User, other_site: Site) -> None:
    with acting_as_system("test"):
        episode = make_episode(make_patient(other_site))
    bare = Episode(pk=episode.pk, patient_id=episode.patient_id)
    with acting_user(physician), pytest.raises(Patient.DoesNotExist, match="does not exist"):
        _ = bare.patient


def test_names_are_sealed_in_the_database(physician: User, site: Site) -> None:
    with acting_user(physician):
        patient = make_patient(site, name="Meghna Made-up")
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, birth_date FROM registry_patient")
            name, birth_date = cursor.fetchone()
        assert name.startswith("sealed:k1:")
        assert birth_date.startswith("sealed:k1:")
        assert Patient.objects.get(pk=patient.pk).name == "Meghna Made-up"


def test_every_change_is_in_the_trail_and_no_identifier(physician: User, site: Site) -> None:
    with acting_user(physician):
        patient = make_patient(site, name="Meghna Made-up")
        patient.name, patient.language = "Meghna Else", "bn"
        patient.save()
        Patient.objects.filter(pk=patient.pk).update(channel="email")
        patient.delete()
    entries = list(AuditEntry.objects.filter(kind="patient"))
    assert [e.action for e in entries] == ["create", "change", "change", "delete"]
    assert entries[1].details == {"name": ["sealed", "sealed"], "language": ["hi", "bn"]}
    assert "Meghna" not in str([e.details for e in entries])
    assert {e.actor for e in entries} == {f"user:{physician.key}"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET actor = 'nobody'",
        "DELETE FROM audit_auditentry",
        "DELETE FROM audit_chainhead",
    ],
)
def test_the_database_refuses_to_change_the_trail(physician: User, site: Site, statement: str) -> None:
    with acting_user(physician):
        make_patient(site)
    with (
        pytest.raises(DatabaseError, match=r"stays|can only grow"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_an_untouched_chain_holds(physician: User, site: Site) -> None:
    with acting_user(physician):
        make_episode(make_patient(site))
    done = verify_chain()
    assert done.holds
    assert done.entries == 2


def test_a_registry_lead_of_the_installation_reads_every_site(site: Site, other_site: Site) -> None:
    lead = make_user(Role.REGISTRY_LEAD, None)
    with acting_as_system("test"):
        make_patient(site)
        make_patient(other_site)
    with acting_user(lead):
        assert Patient.objects.count() == 2
