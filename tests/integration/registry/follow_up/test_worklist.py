"""The worklist names who needs somebody today, keeps the call log, and reaches over no wall."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enthesis.domain.episodes import Channel, Outcome
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.audit.models import AuditEntry
from enthesis.web.registry.actions.chase import log_step
from enthesis.web.registry.models import ChaseStep, FollowUp
from enthesis.web.registry.queries.worklist import worklist
from made_clinic import acting_user, logged_in, make_user
from made_follow_ups import followed


@pytest.fixture
def nurse(site: Site) -> User:
    return make_user(Role.COORDINATOR, site)


def order(site: Site) -> list[str]:
    return [item.row.patient.local_id for item in worklist([site], timezone.now()).items]


def test_what_closes_soon_comes_first_then_primary_windows(nurse: User, site: Site) -> None:
    with acting_user(nurse):
        followed(site, nurse, days_ago=11, local_id="just opened")
        followed(site, nurse, days_ago=20, local_id="two days left")
        followed(site, nurse, days_ago=170, local_id="half a year")
        assert order(site) == ["two days left", "half a year", "just opened"]


def test_the_lists_of_two_clinics_are_one_in_order(nurse: User, site: Site, other_site: Site) -> None:
    with acting_as_system("test"):
        abroad = make_user(Role.PHYSICIAN, other_site)
        for days_ago in (11, 19, 42, 48, 170, 180):
            followed(site, nurse, days_ago=days_ago, local_id=f"here {days_ago}")
            followed(other_site, abroad, days_ago=days_ago + 1, local_id=f"there {days_ago + 1}")
        both = worklist([site, other_site], timezone.now()).items
    places = [
        ((row.late_until - item.today).days > 7, row.week not in {0, 26, 52}, row.late_until)
        for item in both
        for row in [item.row]
    ]
    assert len({item.row.site_id for item in both}) == 2
    assert len({place[:2] for place in places}) > 2
    assert places == sorted(places)


def test_who_did_not_consent_to_contact_is_not_asked(nurse: User, site: Site) -> None:
    with acting_user(nurse):
        followed(site, nurse, days_ago=11, local_id="no contact", contact=False)
        assert order(site) == []


def test_after_a_try_the_patient_is_left_in_peace_for_some_days(nurse: User, site: Site) -> None:
    with acting_user(nurse):
        row = followed(site, nurse, days_ago=11, local_id="tried")
        now = timezone.now()
        for days, listed in ((1, []), (4, ["tried"])):
            ChaseStep.objects.all().delete()
            log_step(
                follow_up=row, channel=Channel.PHONE, outcome=Outcome.NO_ANSWER, by=nurse,
                at=now - timedelta(days=days),
            )  # fmt: skip
            assert order(site) == listed


def test_a_call_is_logged_once_from_the_page_and_a_double_click_adds_nothing(nurse: User, site: Site) -> None:
    with acting_user(nurse):
        row = followed(site, nurse, days_ago=11, local_id="K-7")
    client = logged_in(nurse)
    assert "K-7" in client.get(reverse("follow-up")).content.decode()
    address = reverse("follow-up-log", args=[row.key])
    for _ in range(2):
        assert client.post(address, {"channel": "phone", "outcome": "no-answer"}).status_code == 302
    with acting_as_system("test"):
        step = ChaseStep.objects.get()
        assert (step.outcome, step.by) == ("no-answer", nurse)
    assert "Nobody needs to be asked again today" in client.get(reverse("follow-up")).content.decode()


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"channel": "pigeon", "outcome": "reached"}, "channel"),
        ({"channel": "phone"}, "outcome"),
        ({"channel": "phone", "outcome": "reached", "next_on": "2020-01-01"}, "has passed"),
    ],
)
def test_a_wrong_line_is_refused_with_words_and_leaves_a_trace(
    nurse: User, site: Site, form: dict[str, str], said: str
) -> None:
    with acting_user(nurse):
        row = followed(site, nurse, days_ago=11, local_id="K-7")
    response = logged_in(nurse).post(reverse("follow-up-log", args=[row.key]), form)
    assert response.status_code == 422
    assert said in response.content.decode()
    with acting_as_system("test"):
        assert not ChaseStep.objects.exists()
    assert AuditEntry.objects.filter(action="refused", kind="followup").count() == 1


def test_a_patient_of_another_site_is_not_listed_and_not_found(
    nurse: User, site: Site, other_site: Site
) -> None:
    with acting_as_system("test"):
        row = followed(other_site, make_user(Role.PHYSICIAN, other_site), days_ago=11, local_id="Q-404")
    client = logged_in(nurse)
    assert "Q-404" not in client.get(reverse("follow-up")).content.decode()
    response = client.post(
        reverse("follow-up-log", args=[row.key]), {"channel": "phone", "outcome": "reached"}
    )
    assert response.status_code == 404


def test_a_window_is_closed_from_the_page_with_its_reason(nurse: User, site: Site) -> None:
    with acting_user(nurse):
        row = followed(site, nurse, days_ago=11, local_id="K-7")
    address, client = reverse("follow-up-close", args=[row.key]), logged_in(nurse)
    assert client.post(address, {"reason": "lost"}).status_code == 422
    assert client.post(address, {"reason": "lost", "lost_because": "moved-away"}).status_code == 302
    with acting_as_system("test"):
        assert FollowUp.objects.get(pk=row.pk).closed_because == "lost:moved-away"


def test_the_download_is_written_down_and_no_cell_is_a_formula(nurse: User, site: Site) -> None:
    with acting_user(nurse):
        followed(site, nurse, days_ago=11, local_id="=1+1")
    body = logged_in(nurse).get(reverse("follow-up-export")).content.decode()
    assert "'=1+1" in body
    assert AuditEntry.objects.filter(action="export", kind="worklist").count() == 1


def test_pages_follow_each_other_without_gap_or_repeat(nurse: User, site: Site) -> None:
    with acting_user(nurse):
        for i in range(45):
            followed(site, nurse, days_ago=11, local_id=f"P-{i}")
        now: datetime = timezone.now()
        first = worklist([site], now)
        second = worklist([site], now, start=first.more or 0)
    ids = [item.row.pk for item in (*first.items, *second.items)]
    assert (len(first.items), len(ids), len(set(ids))) == (40, 45, 45)
    assert second.more is None
