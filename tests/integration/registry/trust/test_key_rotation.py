"""After a rotation nothing is sealed under an old key, everything opens, and a stop loses nothing."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.audit.models import AuditEntry
from enthesis.web.audit.verifying import verify_chain
from enthesis.web.registry.actions import resealing
from enthesis.web.registry.actions.patients import CORRECTION_PLACE
from enthesis.web.registry.models import Correction, Message, Patient
from enthesis.web.vault import key_ring, seal, unseal
from enthesis.web.vault.keys import rotate
from made_clinic import make_patient
from made_record import make_record

PATIENTS = 5


@pytest.fixture
def rows(site: Site, physician: User) -> dict:
    with acting_as_system("test"):
        made = make_record(site, physician, "Meghna Toiri")
        for place in range(PATIENTS - 1):
            make_patient(site, local_id=f"T-{place}", name=f"Person {place}")
        old = seal("Meghna Taire", CORRECTION_PLACE)
        Correction.objects.update(row_kind="patient", field="name", before=old, after=old)
    Authenticator.objects.create(user=physician, type="totp", data={"secret": seal("ABCD", "mfa")})
    return made


def raw(column: str, table: str) -> list[str]:
    with acting_as_system("test"), connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_everything_is_sealed_under_the_fresh_key_and_opens(rows: dict, physician: User) -> None:
    done = resealing.rotate_keys()
    assert done.key == "k2"
    for column, table in (
        ("name", "registry_patient"),
        ("birth_date", "registry_patient"),
        ("telephone", "registry_patient"),
        ("body", "registry_message"),
    ):
        assert all(value.startswith("sealed:k2:") for value in raw(column, table)), (column, table)
    with acting_as_system("test"):
        names = {p.name for p in Patient.objects.all()}
        assert names == {"Meghna Toiri", *(f"Person {n}" for n in range(PATIENTS - 1))}
        assert Message.objects.get().body == "Made-up"
        kept = Correction.objects.get()
    assert kept.before.startswith("sealed:k2:")
    assert unseal(kept.before, CORRECTION_PLACE) == "Meghna Taire"
    secret = Authenticator.objects.get().data["secret"]
    assert secret.startswith("sealed:k2:")
    assert unseal(secret, "mfa") == "ABCD"


def test_a_second_run_finds_nothing_to_do(rows: dict) -> None:
    assert resealing.rotate_keys().rows == PATIENTS + 3
    assert resealing.reseal_all().rows == 0


def test_a_stop_in_the_middle_loses_nothing_and_the_next_run_goes_on(
    rows: dict, settings, monkeypatch
) -> None:
    monkeypatch.setattr(resealing, "BATCH", 2)
    rotate(settings.KEY_FILE)

    class Stop(Exception):
        pass

    def stop(told: str) -> None:
        raise Stop(told)

    with pytest.raises(Stop, match="sealed again"):
        resealing.reseal_all(stop)
    prefixes = [value[:10] for value in raw("name", "registry_patient")]
    assert sorted(set(prefixes)) == ["sealed:k1:", "sealed:k2:"]
    with acting_as_system("test"):
        assert all(p.name for p in Patient.objects.all())
    resealing.reseal_all()
    assert {value[:10] for value in raw("name", "registry_patient")} == {"sealed:k2:"}


def test_the_chain_holds_and_says_what_was_done(rows: dict) -> None:
    before = AuditEntry.objects.count()
    resealing.rotate_keys()
    told = AuditEntry.objects.order_by("number")[before:]
    assert {e.actor for e in told} == {"system:keys"}
    assert told[0].details == {"rotated_to": "k2"}
    assert {e.details["why"] for e in told[1:]} == {"sealed again"}
    assert verify_chain().holds


def test_a_server_that_began_before_opens_what_the_new_key_sealed(rows: dict, settings) -> None:
    """Its ring is of the old file; another process made the new key."""
    old = key_ring()
    held = json.loads(settings.KEY_FILE.read_text())
    rotate(settings.KEY_FILE)
    sealed = seal("words", "place")
    assert held["current"] == old.current == "k1"
    key_ring.cache_clear()
    settings.KEY_FILE.with_name("new").write_text(settings.KEY_FILE.read_text())
    settings.KEY_FILE.write_text(json.dumps(held))
    assert key_ring().current == "k1"
    settings.KEY_FILE.with_name("new").replace(settings.KEY_FILE)
    assert unseal(sealed, "place") == "words"
