"""A personal link opens one form to who knows the birth date, and nothing to anybody else."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from enthesis.errors import InvalidData, NotAllowed
from enthesis.web.accounts.models import Site
from enthesis.web.accounts.scope import acting_as_link, acting_as_system
from enthesis.web.registry.actions.links import BirthDateCheck, check_birth_date, make_link, revoke_link
from enthesis.web.registry.models import FollowUp
from enthesis.web.registry.queries.links import live_links, opened_by
from made_clinic import make_site

RIGHT, WRONG = date(1961, 4, 2), date(1961, 2, 4)


def test_the_database_holds_no_token(follow_up: FollowUp, now: datetime) -> None:
    with acting_as_system("test"):
        link, token = make_link(follow_up, now)
    assert len(token) >= 43
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM registry_patientlink")
        assert token not in str(cursor.fetchall())
    found = opened_by(token)
    assert found is not None
    assert (found.pk, found.follow_up_id) == (link.pk, follow_up.pk)


@pytest.mark.parametrize("token", ["", "x" * 43, "x" * 5000, "é" * 20])
def test_a_forged_token_opens_nothing(follow_up: FollowUp, token: str) -> None:
    assert opened_by(token) is None


def test_a_link_ends_with_the_last_day_of_its_window_at_the_site(follow_up: FollowUp, now: datetime) -> None:
    with acting_as_system("test"):
        link, _ = make_link(follow_up, now)
    assert link.expires_at.isoformat() == f"{follow_up.late_until + timedelta(days=1)}T00:00:00+05:30"


def test_a_window_that_is_over_or_closed_gets_no_link(follow_up: FollowUp, now: datetime) -> None:
    with acting_as_system("test"):
        with pytest.raises(InvalidData, match="takes no more answers"):
            make_link(follow_up, now + timedelta(days=12))
        follow_up.closed_because = "surgery"
        with pytest.raises(InvalidData, match="takes no more answers"):
            make_link(follow_up, now)


def test_nobody_makes_a_link_for_another_site(follow_up: FollowUp, now: datetime) -> None:
    other: Site = make_site("Another Made-up Clinic")
    with acting_as_link("test", other.pk), pytest.raises(NotAllowed, match="another site"):
        make_link(follow_up, now)


def test_a_revoked_link_is_no_longer_live(follow_up: FollowUp, now: datetime) -> None:
    with acting_as_system("test"):
        link, _ = make_link(follow_up, now)
        assert live_links(follow_up, now) == [link]
        revoke_link(link, now)
        assert live_links(follow_up, now) == []


def test_the_fifth_wrong_birth_date_locks_and_every_further_one_doubles(
    follow_up: FollowUp, now: datetime
) -> None:
    with acting_as_system("test"):
        link, _ = make_link(follow_up, now)
        said = [check_birth_date(link, WRONG, now) for _ in range(5)]
        assert said == [BirthDateCheck.WRONG] * 4 + [BirthDateCheck.LOCKED]
        assert check_birth_date(link, RIGHT, now + timedelta(minutes=14)) is BirthDateCheck.LOCKED
        assert check_birth_date(link, WRONG, now + timedelta(minutes=15)) is BirthDateCheck.LOCKED
        assert check_birth_date(link, RIGHT, now + timedelta(minutes=44)) is BirthDateCheck.LOCKED
        assert check_birth_date(link, RIGHT, now + timedelta(minutes=45)) is BirthDateCheck.RIGHT
        link.refresh_from_db()
    assert link.failed_checks == 0
    assert link.opened_at == now + timedelta(minutes=45)
