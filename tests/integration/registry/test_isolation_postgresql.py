"""The second wall: raw SQL as the role of the application meets only the rows of the sites it named."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from enthesis.errors import InvalidData
from enthesis.web.accounts import row_security
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_link, acting_as_system
from enthesis.web.registry.models import Patient
from made_clinic import acting_user, make_episode, make_patient, make_user

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="row-level security is PostgreSQL's; make test runs this there"
)


@pytest.fixture
def patients(site: Site, other_site: Site) -> dict[str, Patient]:
    with acting_as_system("test"):
        made = {"own": make_patient(site), "other": make_patient(other_site)}
        for patient in made.values():
            make_episode(patient)
    return made


def rows(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def changed(statement: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def test_the_tests_do_not_run_above_the_wall(db) -> None:
    row_security.check_walls_hold("default")
    assert rows("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == [
        (False, False)
    ]


def test_every_site_owned_table_is_walled_and_the_owner_too(db) -> None:
    walled = rows(
        "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity ORDER BY relname"
    )
    assert [name for (name,) in walled] == row_security.walled_tables()
    assert {"registry_patient", "registry_searchterm", "registry_response"} <= {name for (name,) in walled}


def test_every_table_with_a_site_is_walled_unless_it_is_needed_before_anyone_acts(db) -> None:
    with_site = rows(
        "SELECT table_name FROM information_schema.columns WHERE column_name = 'site_id' "
        "AND table_schema = current_schema()"
    )
    # Who belongs where must be read to know whom to let in; the trail is one chain over all sites.
    outside = {"accounts_membership", "audit_auditentry"}
    assert {name for (name,) in with_site} - outside == set(row_security.walled_tables())


def test_raw_sql_without_a_scope_sees_nothing(patients: dict[str, Patient]) -> None:
    assert rows("SELECT count(*) FROM registry_patient") == [(0,)]
    assert rows("SELECT count(*) FROM registry_episode") == [(0,)]


def test_raw_sql_sees_the_rows_of_the_own_site_only(physician: User, patients: dict[str, Patient]) -> None:
    with acting_user(physician):
        assert rows("SELECT key FROM registry_patient") == [(patients["own"].key,)]
        assert rows("SELECT count(*) FROM registry_episode") == [(1,)]
        assert rows("SELECT id FROM registry_patient WHERE id = %s", patients["other"].pk) == []


def test_a_patients_link_sees_its_site_only(site: Site, patients: dict[str, Patient]) -> None:
    with acting_as_link("made-up", site.pk):
        assert rows("SELECT key FROM registry_patient") == [(patients["own"].key,)]


def test_a_curator_who_meets_no_patients_sees_none(site: Site, patients: dict[str, Patient]) -> None:
    with acting_user(make_user(Role.CURATOR, site)):
        assert rows("SELECT count(*) FROM registry_patient") == [(0,)]


def test_raw_changes_and_deletions_do_not_reach_another_site(
    physician: User, patients: dict[str, Patient]
) -> None:
    other = patients["other"].pk
    with acting_user(physician):
        assert changed("UPDATE registry_patient SET language = 'xx' WHERE id = %s", other) == 0
        assert changed("DELETE FROM registry_episode WHERE patient_id = %s", other) == 0
    with acting_as_system("test"):
        assert Patient.objects.get(pk=other).language == "hi"
        assert Patient.objects.get(pk=other).episodes.count() == 1


def test_a_row_cannot_be_moved_to_another_site(
    physician: User, patients: dict[str, Patient], other_site: Site
) -> None:
    move = "UPDATE registry_patient SET site_id = %s WHERE id = %s"
    with (
        acting_user(physician),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        changed(move, other_site.pk, patients["own"].pk)


def test_a_row_cannot_be_slipped_into_another_site(
    physician: User, patients: dict[str, Patient], other_site: Site
) -> None:
    slip = "INSERT INTO registry_searchterm (site_id, patient_id, term) VALUES (%s, %s, %s)"
    with (
        acting_user(physician),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        changed(slip, other_site.pk, patients["other"].pk, b"12345678")


@pytest.fixture
def superuser_role(db) -> Iterator[None]:
    """The question the check asks, answered as a superuser's session would answer it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY VIEW pg_roles AS SELECT current_user::name AS rolname, true AS rolsuper, "
            "false AS rolbypassrls"
        )
        cursor.execute("SET LOCAL search_path = pg_temp, pg_catalog, public")
        yield
        cursor.execute("DROP VIEW pg_temp.pg_roles")


def test_a_superuser_is_refused_as_the_applications_user(superuser_role: None) -> None:
    with pytest.raises(InvalidData, match="may pass row-level security"):
        row_security.check_walls_hold("default")
