"""The clinic's front page leads everybody who logs in to the work of their role."""

import pytest
from django.urls import reverse

from enthesis.web.accounts.models import Site
from enthesis.web.accounts.roles import Role
from made_clinic import acting_user, logged_in, make_user
from made_follow_ups import followed


def test_the_day_is_told_in_a_sentence_without_any_name(site: Site) -> None:
    nurse = make_user(Role.COORDINATOR, site)
    with acting_user(nurse):
        row = followed(site, nurse, days_ago=11, local_id="K-7")
        name = row.patient.name
    page = logged_in(nurse).get(reverse("clinic")).content.decode()
    assert "uestionnaires due: 1" in page
    assert name not in page


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.REGISTRY_LEAD, Role.AUDITOR])
def test_the_counts_of_follow_up_come_into_the_page(site: Site, role: Role) -> None:
    client = logged_in(make_user(role, site))
    address = reverse("completeness-part")
    assert f'hx-get="{address}"' in client.get(reverse("clinic")).content.decode()
    assert "No follow-up window has closed yet" in client.get(address).content.decode()


@pytest.mark.parametrize(("role", "place"), [(Role.ADMINISTRATOR, "administration"), (Role.CURATOR, "map")])
def test_who_keeps_no_records_is_led_to_the_own_work(site: Site, role: Role, place: str) -> None:
    answer = logged_in(make_user(role, site)).get(reverse("clinic"))
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse(place))


def test_a_page_that_is_refused_still_shows_the_way_out(site: Site) -> None:
    answer = logged_in(make_user(Role.ADMINISTRATOR, site)).get(reverse("completeness"))
    assert answer.status_code == 403
    assert reverse("account_logout") in answer.content.decode()
