"""Attacks on the audit trail by somebody who holds the database but not the keys: each one is found.

The attacker drops the triggers, then writes raw SQL. Everything happens inside a savepoint, which stands for
the copy, on the kind of database under test.
"""

import hashlib
import json
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enthesis.web.accounts.models import Site
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.audit.models import AuditEntry, ChainHead
from enthesis.web.audit.noting import note_head, noted_heads, set_aside_heads_after
from enthesis.web.audit.verifying import Verified, verify_chain
from made_clinic import make_episode, make_patient

ENTRIES = 12
TRIGGERS = {
    "audit_auditentry": (
        "audit_entry_no_update", "audit_entry_no_delete", "audit_entry_no_change", "audit_entry_no_truncate",
    ),
    "audit_chainhead": ("audit_head_no_delete", "audit_head_forward", "audit_head_no_truncate"),
}  # fmt: skip
# A value other than what is there, for each field of an entry; ``at`` is moved by an hour.
FORGED = {
    "actor": "user:somebody-else",
    "site_id": 999,
    "action": "login",
    "kind": "forged",
    "object_key": "forged",
    "patient_key": "forged",
    "details": json.dumps({"forged": True}),
    "at": "2001-01-01 00:00:00+00:00",
    "previous": "f" * 64,
    "hash": "f" * 64,
}


@pytest.fixture
def chain(site: Site) -> int:
    """Twelve entries; gives the number of the first."""
    with acting_as_system("test"):
        for place in range(ENTRIES // 2):
            make_episode(make_patient(site, local_id=f"T-{place}"))
    assert verify_chain().holds
    return 1


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def attacked(attack: Callable[[], None], known: tuple[tuple[int, str], ...] = ()) -> Verified:
    """What verification says after an attack; the attack is undone."""
    with transaction.atomic():
        for table, names in TRIGGERS.items():
            for name in names:
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                sql(f"DROP TRIGGER IF EXISTS {name}{on}")
        attack()
        done = verify_chain(known=known)
        transaction.set_rollback(True)
    return done


def cut_tail(number: int) -> None:
    sql("DELETE FROM audit_auditentry WHERE number > %s", number)


def exchange(one: int, other: int) -> None:
    sql("UPDATE audit_auditentry SET number = -1 WHERE number = %s", one)
    sql("UPDATE audit_auditentry SET number = %s WHERE number = %s", one, other)
    sql("UPDATE audit_auditentry SET number = %s WHERE number = -1", other)


def close_gap(number: int) -> None:
    """Delete one entry and move all later ones down, so that the numbers have no gap."""
    sql("DELETE FROM audit_auditentry WHERE number = %s", number)
    for later in range(number + 1, ENTRIES + 1):
        sql("UPDATE audit_auditentry SET number = %s WHERE number = %s", later - 1, later)


def insert(after: int) -> None:
    """A made-up entry, linked as well as one can without the key, with later ones moved up."""
    for later in range(ENTRIES, after, -1):
        sql("UPDATE audit_auditentry SET number = %s WHERE number = %s", later + 1, later)
    before = AuditEntry.objects.filter(number=after).first()
    made = AuditEntry(
        number=after + 1, at="2026-01-01T00:00:00Z", actor="user:forged", action="read", kind="patient",
        previous=before.hash if before else "0" * 64, hash=hashlib.sha256(b"forged").hexdigest(),
    )  # fmt: skip
    AuditEntry.objects.bulk_create([made])


def set_head(number: int) -> None:
    """The head without its key: number and hash fit, the proof cannot."""
    last = AuditEntry.objects.get(number=number)
    sql("UPDATE audit_chainhead SET number = %s, hash = %s WHERE id = 1", number, last.hash)


attacks = st.one_of(
    st.tuples(st.just("edit"), st.integers(1, ENTRIES), st.sampled_from(sorted(FORGED))),
    st.tuples(st.just("delete"), st.integers(1, ENTRIES), st.booleans()),
    st.tuples(st.just("exchange"), st.integers(1, ENTRIES), st.integers(1, ENTRIES)).filter(
        lambda a: a[1] != a[2]
    ),
    st.tuples(st.just("cut"), st.integers(0, ENTRIES - 1), st.booleans()),
    st.tuples(st.just("insert"), st.integers(0, ENTRIES), st.booleans()),
)


def carry_out(attack: tuple) -> None:
    kind, number, more = attack
    if kind == "edit":
        sql(f"UPDATE audit_auditentry SET {more} = %s WHERE number = %s", FORGED[more], number)
    elif kind == "delete":
        if more:
            close_gap(number)
            set_head(ENTRIES - 1)
        else:
            sql("DELETE FROM audit_auditentry WHERE number = %s", number)
    elif kind == "exchange":
        exchange(number, more)
    elif kind == "cut":
        cut_tail(number)
        if more and number:
            set_head(number)
        elif more:
            sql("UPDATE audit_chainhead SET number = 0, hash = %s, proof = '' WHERE id = 1", "0" * 64)
    else:
        insert(number)
        if more:
            set_head(ENTRIES + 1)


# Emptying everything leaves what a new installation looks like; only a note shows it (see below).
@given(attack=attacks.filter(lambda a: a != ("cut", 0, True)))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_attack_is_found(chain: int, attack: tuple) -> None:
    assert not attacked(lambda: carry_out(attack)).holds


@given(first=attacks, second=attacks)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_two_attacks_do_not_hide_each_other(chain: int, first: tuple, second: tuple) -> None:
    def both() -> None:
        for attack in (first, second):
            try:
                with transaction.atomic():
                    carry_out(attack)
            except Exception:
                assert attack is second, "the first attack itself failed"

    noted = ((ENTRIES, AuditEntry.objects.get(number=ENTRIES).hash),)
    undone = first[0] == second[0] == "exchange" and set(first[1:]) == set(second[1:])
    assert attacked(both, noted).holds == undone


def test_nothing_attacked_nothing_found(chain: int) -> None:
    assert attacked(lambda: None).holds


def test_an_old_state_put_back_whole_is_found_by_a_note_and_by_nothing_else(chain: int, site: Site) -> None:
    """The honest limit: chain, head and proof of yesterday fit each other."""
    old = ChainHead.objects.get(pk=1)
    with acting_as_system("test"):
        make_patient(site, local_id="T-later")
    head = ChainHead.objects.get(pk=1)

    def put_back() -> None:
        cut_tail(old.number)
        sql(
            "UPDATE audit_chainhead SET number = %s, hash = %s, proof = %s WHERE id = 1",
            old.number, old.hash, old.proof,
        )  # fmt: skip

    assert attacked(put_back).holds
    found = attacked(put_back, ((head.number, head.hash),))
    assert [b.what for b in found.breaks] == [
        "the entry noted outside the database is not in the chain any more"
    ]


def test_an_emptied_trail_is_found_by_a_note(chain: int) -> None:
    noted = ((ENTRIES, AuditEntry.objects.get(number=ENTRIES).hash),)
    assert not attacked(lambda: carry_out(("cut", 0, True)), noted).holds


def test_notes_stand_beside_the_keys_and_a_restore_sets_later_ones_aside(chain: int, settings) -> None:
    for number in (3, 7):
        note_head(number, AuditEntry.objects.get(number=number).hash)
    assert [number for number, _ in noted_heads()] == [3, 7]
    assert verify_chain(known=noted_heads()).holds
    assert set_aside_heads_after(5) == 1
    assert [number for number, _ in noted_heads()] == [3]
    aside = settings.KEY_FILE.with_name("audit-heads-set-aside.txt").read_text()
    assert aside.startswith("7:")


def test_a_chain_of_other_keys_does_not_hold(chain: int, settings, tmp_path) -> None:
    """Without the key nobody can write a chain of their own that passes."""
    from enthesis.web.vault.keys import key_ring

    settings.KEY_FILE = tmp_path / "other" / "keys.json"
    key_ring.cache_clear()
    assert not verify_chain().holds
