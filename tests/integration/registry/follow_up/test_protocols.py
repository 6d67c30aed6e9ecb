"""A site changes its protocol in the open: checked, versioned, and for new episodes only."""

from datetime import timedelta

import pytest
from django.urls import reverse

from enthesis.errors import NotAllowed
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.registry.actions.protocols import change_protocol, document_in_use
from enthesis.web.registry.models import SiteProtocol
from enthesis.web.registry.queries.protocols import STANDARD, protocol_of
from enthesis.web.registry.queries.working_site import today_at
from made_clinic import acting_user, logged_in, make_episode, make_patient, make_user


@pytest.fixture
def lead(site: Site) -> User:
    return make_user(Role.REGISTRY_LEAD, site)


def form(site: Site) -> dict[str, object]:
    """What the page would send unchanged."""
    with acting_as_system("test"):
        document = document_in_use(site, STANDARD)
    sent: dict[str, object] = {}
    for window in document["windows"]:
        for part, day in zip(("opens", "closes", "late"), window["days"], strict=True):
            sent[f"{part}-{window['id']}"] = str(day)
    for entry in document["core"]:
        sent[f"asked-{entry['instrument']}"] = entry["windows"]
    return sent


def test_a_change_holds_for_episodes_opened_from_today(lead: User, site: Site) -> None:
    client = logged_in(lead)
    assert client.post(reverse("protocols"), form(site) | {"closes-week-2": "19"}).status_code == 302
    with acting_as_system("test"):
        patient = make_patient(site)
        today = today_at(site)
        old = make_episode(patient, opened_on=today - timedelta(days=1))
        new = make_episode(patient, opened_on=today)
        assert protocol_of(old).window("week-2").closes_day == 18
        assert protocol_of(new).window("week-2").closes_day == 19
        assert protocol_of(new).version == "2"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"closes-week-2": "soon"}, "no whole number of days"),
        ({"late-week-2": "60"}, "before week-2 is over"),
        ({"opens-week-6": "90"}, "must not fall"),
        ({"late-baseline": "3"}, "may not be answered after the injection"),
        ({}, "Nothing was changed"),
    ],
)
def test_what_cannot_be_is_refused_with_words(
    lead: User, site: Site, change: dict[str, str], said: str
) -> None:
    response = logged_in(lead).post(reverse("protocols"), form(site) | change)
    assert response.status_code == 422
    assert said in response.content.decode()
    with acting_as_system("test"):
        assert not SiteProtocol.objects.exists()


def test_an_instrument_can_be_left_out_of_windows(lead: User, site: Site) -> None:
    logged_in(lead).post(reverse("protocols"), form(site) | {"asked-pgic": []})
    with acting_as_system("test"):
        protocol = protocol_of(make_episode(make_patient(site), opened_on=today_at(site)))
    assert "pgic" not in protocol.instruments("knee-osteoarthritis", "week-12")


def test_a_physician_changes_no_protocol(physician: User, site: Site) -> None:
    with acting_user(physician), pytest.raises(NotAllowed, match="role does not include"):
        change_protocol(site=site, name=STANDARD, days={"week-2": (10, 19, 23)}, instruments={})
