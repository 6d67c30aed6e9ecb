"""Administrators: sites, people and roles, and what they may not reach."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from enthesis.errors import InvalidData, NotAllowed
from enthesis.web.accounts.actions import people as acts
from enthesis.web.accounts.actions.invitations import make_link
from enthesis.web.accounts.actions.roles import give_role, take_role
from enthesis.web.accounts.actions.sites import change_site, make_site
from enthesis.web.accounts.models import Membership, Site, User
from enthesis.web.accounts.roles import PERMISSION_WORDS, Permission, Role
from enthesis.web.audit.models import AuditEntry
from made_clinic import PASSWORD, acting_user, make_user

INVITE = "/administration/people/new/"


@pytest.fixture
def of_one_site(site: Site) -> User:
    return make_user(Role.ADMINISTRATOR, site)


def person_page(person: User, rest: str = "") -> str:
    return f"/administration/people/{person.key}/{rest}"


def test_inviting_shows_a_link_that_lets_the_person_in(
    site: Site, administrator: User, log_in: Callable[..., Client]
) -> None:
    given = {
        "name": "Made-up Nurse",
        "email": "nurse@example.org",
        "role": "coordinator",
        "where": str(site.key),
    }
    answer = log_in(administrator).post(INVITE, given)
    link = re.search(r'readonly value="http://testserver([^"]+)"', answer.content.decode())[1]  # type: ignore[index]
    nurse = Client()
    choose = nurse.get(link, follow=True).redirect_chain[-1][0]
    nurse.post(choose, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    nurse.post("/account/login/", {"login": "nurse@example.org", "password": PASSWORD})
    page = nurse.get("/account/").content.decode()
    assert "nurse or coordinator at Made-up Clinic" in page
    assert mail.outbox == []


def test_the_link_goes_by_mail_when_a_server_is_set(
    site: Site, administrator: User, log_in: Callable[..., Client], settings
) -> None:
    settings.EMAIL_CONFIGURED = True
    given = {
        "name": "Made-up Nurse",
        "email": "nurse@example.org",
        "role": "coordinator",
        "where": str(site.key),
    }
    log_in(administrator).post(INVITE, given)
    assert mail.outbox[0].to == ["nurse@example.org"]
    assert "/account/invitation/" in mail.outbox[0].body


def test_faults_of_an_invitation_are_told_together_and_nothing_is_stored(
    administrator: User, log_in: Callable[..., Client]
) -> None:
    given = {"name": "", "email": "no address", "role": "physician", "where": "everywhere"}
    answer = log_in(administrator).post(INVITE, given)
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "A physician works at a site" in words
    assert words.count('class="fault"') == 3
    assert User.objects.count() == 1


def test_an_address_has_one_account(site: Site, administrator: User) -> None:
    make_user(Role.PHYSICIAN, site, "taken@example.org")
    with acting_user(administrator), pytest.raises(InvalidData, match="has an account already"):
        acts.invite_person(email="Taken@Example.org", name="Made-up", role=Role.AUDITOR, site=None)


def test_a_sensitive_act_asks_for_the_password_and_then_goes_on(
    site: Site, administrator: User, log_in: Callable[..., Client]
) -> None:
    person = make_user(Role.COORDINATOR, site)
    client = log_in(administrator, confirmed=False)
    asked = client.post(person_page(person, "deactivate/"))
    assert asked.url.startswith("/account/confirm/")
    person.refresh_from_db()
    assert person.is_active
    client.post(asked.url, {"password": PASSWORD, "next": person_page(person, "deactivate/")})
    person.refresh_from_db()
    assert not person.is_active


def test_closing_an_account_ends_its_sessions(
    site: Site, administrator: User, log_in: Callable[..., Client]
) -> None:
    person = make_user(Role.COORDINATOR, site)
    theirs = log_in(person, confirmed=False)
    assert theirs.get("/account/").status_code == 200
    log_in(administrator).post(person_page(person, "deactivate/"))
    assert theirs.get("/account/").status_code == 302


def test_a_pause_can_be_ended(site: Site, administrator: User, log_in: Callable[..., Client]) -> None:
    person = make_user(Role.COORDINATOR, site)
    stranger = Client()
    for _ in range(5):
        stranger.post("/account/login/", {"login": person.email, "password": "wrong sentence here"})
    client = log_in(administrator)
    assert "paused after wrong passwords" in client.get(person_page(person)).content.decode()
    client.post(person_page(person, "unlock/"))
    assert "paused" not in client.get(person_page(person)).content.decode()
    entered = stranger.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert entered.status_code == 302


def test_an_unknown_act_is_no_page(site: Site, administrator: User, log_in: Callable[..., Client]) -> None:
    person = make_user(Role.COORDINATOR, site)
    assert log_in(administrator).post(person_page(person, "promote/")).status_code == 404


def test_roles_are_given_and_taken(site: Site, administrator: User, log_in: Callable[..., Client]) -> None:
    person = make_user(Role.COORDINATOR, site)
    client = log_in(administrator)
    client.post(person_page(person, "roles/"), {"role": "registry-lead", "where": "everywhere"})
    assert person.memberships.filter(site=None, role="registry-lead").exists()
    held = person.memberships.get(role="coordinator")
    client.post(person_page(person, "roles/take/"), {"role": str(held.pk)})
    assert [m.role for m in person.memberships.all()] == ["registry-lead"]
    details = [e.details for e in AuditEntry.objects.filter(object_key=str(person.key), action="change")]
    assert details == [{"role_given": "registry-lead"}, {"role_taken": "coordinator"}]


def test_the_table_of_roles_names_every_permission(
    administrator: User, log_in: Callable[..., Client]
) -> None:
    assert set(PERMISSION_WORDS) == set(Permission)
    page = log_in(administrator, confirmed=False).get("/administration/roles/").content.decode()
    assert all(words in page for words in PERMISSION_WORDS.values())


def test_an_administrator_of_one_site_sees_only_its_people_and_sites(
    site: Site, other_site: Site, of_one_site: User, log_in: Callable[..., Client]
) -> None:
    mine, theirs = make_user(Role.PHYSICIAN, site), make_user(Role.PHYSICIAN, other_site)
    client = log_in(of_one_site)
    page = client.get("/administration/").content.decode()
    assert mine.email in page
    assert theirs.email not in page
    assert other_site.name not in page
    assert client.get(person_page(theirs)).status_code == 404
    assert client.post(person_page(theirs, "deactivate/")).status_code == 404
    assert client.get(f"/administration/sites/{other_site.key}/").status_code == 404
    assert client.get(f"/administration/sites/{site.key}/").status_code == 403
    assert client.get("/administration/sites/new/").status_code == 403


def test_an_administrator_of_one_site_cannot_reach_the_installation_through_a_person(
    site: Site, of_one_site: User, administrator: User
) -> None:
    Membership.objects.create(user=administrator, site=site, role=Role.PHYSICIAN)
    with acting_user(of_one_site):
        for act in (acts.deactivate, acts.reset_second_factor, acts.unlock_person, make_link):
            with pytest.raises(NotAllowed, match="also works elsewhere"):
                act(person=administrator)
        with pytest.raises(NotAllowed, match="may not give"):
            give_role(person=make_user(Role.PHYSICIAN, site), role=Role.ADMINISTRATOR, site=None)
        with pytest.raises(NotAllowed, match="may not give"):
            take_role(held=administrator.memberships.get(site=None))
        with pytest.raises(NotAllowed, match="may not give"):
            acts.invite_person(email="a@example.org", name="A", role=Role.AUDITOR, site=None)


def test_an_administrator_of_one_site_gives_no_role_at_another(
    site: Site, other_site: Site, of_one_site: User
) -> None:
    person = make_user(Role.PHYSICIAN, site)
    with acting_user(of_one_site), pytest.raises(NotAllowed, match="may not give"):
        give_role(person=person, role=Role.PHYSICIAN, site=other_site)


def test_nobody_widens_the_own_rights(site: Site, administrator: User) -> None:
    with acting_user(administrator):
        with pytest.raises(NotAllowed, match="own roles"):
            give_role(person=administrator, role=Role.PHYSICIAN, site=site)
        with pytest.raises(NotAllowed, match="own roles"):
            acts.deactivate(person=administrator)
        with pytest.raises(NotAllowed, match="own roles"):
            make_link(person=administrator)


def test_the_last_administrator_stays(administrator: User) -> None:
    second = make_user(Role.ADMINISTRATOR, None, "second@example.org")
    administrator.is_active = False
    administrator.save()
    third = make_user(Role.PHYSICIAN, Site.objects.create(name="Made-up", country="IN"))
    Membership.objects.create(user=third, site=third.memberships.get().site, role=Role.ADMINISTRATOR)
    from enthesis.web.accounts.scope import acting_as_system

    with acting_as_system("test"):
        with pytest.raises(NotAllowed, match="last administrator"):
            acts.deactivate(person=second)
        with pytest.raises(NotAllowed, match="last administrator"):
            take_role(held=second.memberships.get())


def test_sites_are_made_and_changed_in_the_open(administrator: User, log_in: Callable[..., Client]) -> None:
    client = log_in(administrator)
    given = {
        "name": "ক্লিনিক এক",
        "country": "in",
        "time_zone": "Asia/Kolkata",
        "language": "bn",
        "telephone": "",
        "emergency_advice": "",
        "active": "on",
    }
    assert client.post("/administration/sites/new/", given).status_code == 302
    site = Site.objects.get(country="IN")
    changed = given | {"time_zone": "Asia/Manila", "country": "PH"}
    assert client.post(f"/administration/sites/{site.key}/", changed).status_code == 302
    entry = AuditEntry.objects.filter(kind="site").last()
    assert entry.details == {"country": ["IN", "PH"], "time_zone": ["Asia/Kolkata", "Asia/Manila"]}
    assert entry.site_id == site.pk


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("country", "India", "at most 2"),
        ("country", "1!", "two letters"),
        ("time_zone", "Mars/Base", "valid choice"),
        ("name", "", "required"),
    ],
)
def test_a_wrong_site_is_refused_with_the_reason(
    administrator: User, log_in: Callable[..., Client], field: str, value: str, words: str
) -> None:
    given = {"name": "A", "country": "IN", "time_zone": "Asia/Kolkata", "language": "en"} | {field: value}
    answer = log_in(administrator).post("/administration/sites/new/", given)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Site.objects.exists()


def test_two_sites_of_one_name_are_refused_by_the_action_too(administrator: User, site: Site) -> None:
    with acting_user(administrator):
        with pytest.raises(InvalidData, match="already exists"):
            make_site(name=site.name, country="IN", time_zone="Asia/Kolkata")
        with pytest.raises(InvalidData, match="country"):
            change_site(site=site, country="")
