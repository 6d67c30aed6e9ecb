"""Log-in, its pause after wrong passwords, its end, and what it tells strangers."""

from collections.abc import Callable

import pytest
from django.test import Client

from enthesis.web.accounts import session_time
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.audit.models import AuditEntry
from made_clinic import PASSWORD, make_user

WRONG = {"password": "not the right sentence"}


def test_the_first_day_says_the_one_command(client: Client, db) -> None:
    answer = client.get("/clinic/", follow=True)
    assert b"enthesis account create" in answer.content
    assert answer.status_code == 200


def test_who_has_an_account_is_not_told_of_the_command(client: Client, physician: User) -> None:
    assert b"enthesis account create" not in client.get("/account/login/").content


def test_log_in_leads_to_where_one_wanted(client: Client, physician: User) -> None:
    asked = client.get("/account/sessions/")
    assert asked.status_code == 302
    assert asked.url == "/account/login/?next=/account/sessions/"
    given = {"login": physician.email.upper(), "password": PASSWORD, "next": "/account/sessions/"}
    done = client.post(asked.url, given)
    assert done.url == "/account/sessions/"


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.PHYSICIAN, "/clinic/"),
        (Role.COORDINATOR, "/clinic/"),
        (Role.REGISTRY_LEAD, "/clinic/"),
        (Role.ADMINISTRATOR, "/administration/"),
        (Role.AUDITOR, "/audit/"),
        (Role.CURATOR, "/account/"),
    ],
)
def test_everybody_begins_at_a_page_that_opens(client: Client, site: Site, role: Role, page: str) -> None:
    given = {"login": make_user(role, site).email, "password": PASSWORD}
    done = client.post("/account/login/", given, follow=True)
    assert done.redirect_chain[0][0] == page
    assert done.status_code == 200


def test_wrong_name_and_wrong_password_are_told_in_the_same_words(client: Client, physician: User) -> None:
    known = client.post("/account/login/", {"login": physician.email, **WRONG})
    unknown = client.post("/account/login/", {"login": "nobody@example.org", **WRONG})
    for answer in (known, unknown):
        assert "not correct" in answer.content.decode()
    assert known.content.count(b'class="fault"') == unknown.content.count(b'class="fault"')


def test_five_wrong_passwords_pause_the_log_in_with_words(client: Client, physician: User) -> None:
    answers = [client.post("/account/login/", {"login": physician.email, **WRONG}) for _ in range(5)]
    assert [a.status_code for a in answers[:4]] == [422] * 4
    right = client.post("/account/login/", {"login": physician.email, "password": PASSWORD})
    for answer in (answers[4], right):
        assert answer.status_code == 429
        assert answer["Retry-After"] == "900"
        assert "opens again in 15 minutes" in answer.content.decode()
    assert client.get("/account/").status_code == 302


def test_the_pause_is_of_one_name_only(client: Client, site: Site, physician: User) -> None:
    other = make_user(Role.COORDINATOR, site)
    for _ in range(5):
        client.post("/account/login/", {"login": physician.email, **WRONG})
    assert client.post("/account/login/", {"login": other.email, "password": PASSWORD}).status_code == 302


def test_every_way_in_and_out_is_in_the_trail(physician: User, log_in: Callable[..., Client]) -> None:
    Client().post("/account/login/", {"login": physician.email, **WRONG})
    client = log_in(physician, confirmed=False)
    client.post("/account/logout/")
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["refused", "log-in", "log-out"]
    assert physician.email not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize(("key", "ago"), [(session_time.SEEN, 3601), (session_time.BEGUN, 12 * 3600 + 1)])
def test_a_log_in_runs_out(physician: User, log_in: Callable[..., Client], key: str, ago: int) -> None:
    client = log_in(physician, confirmed=False)
    assert client.get("/account/").status_code == 200
    session = client.session
    session[key] -= ago
    session.save()
    over = client.get("/account/sessions/")
    assert over.status_code == 302
    assert over.url == "/account/login/?next=/account/sessions/"
    assert "after a time without use" in client.get(over.url).content.decode()
    assert client.get("/account/").status_code == 302


def test_a_closed_account_is_out_at_the_next_click(physician: User, log_in: Callable[..., Client]) -> None:
    client = log_in(physician, confirmed=False)
    physician.is_active = False
    physician.save()
    assert client.get("/account/").status_code == 302
    again = client.post("/account/login/", {"login": physician.email, "password": PASSWORD}, follow=True)
    assert client.get("/account/").status_code == 302
    assert again.status_code == 200


def test_nobody_can_sign_up(client: Client, db) -> None:
    answer = client.get("/account/new/")
    assert answer.status_code == 403
    assert "Ask an administrator" in answer.content.decode()
    before = User.objects.count()
    client.post("/account/new/", {"email": "new@example.org", "password1": PASSWORD})
    assert User.objects.count() == before


def test_another_session_can_be_ended_and_only_ones_own(
    site: Site, physician: User, log_in: Callable[..., Client]
) -> None:
    here, there = log_in(physician, confirmed=False), log_in(physician, confirmed=False)
    elsewhere = log_in(make_user(Role.COORDINATOR, site), confirmed=False)
    page = here.get("/account/sessions/").content.decode()
    number = page.split('name="session" value="')[1].split('"')[0]
    assert elsewhere.post("/account/sessions/", {"session": number}).status_code == 404
    assert there.get("/account/").status_code == 200
    assert here.post("/account/sessions/", {"session": number}).status_code == 302
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 200


def test_pages_of_a_person_are_not_kept_by_the_browser(
    physician: User, log_in: Callable[..., Client]
) -> None:
    assert "no-store" in log_in(physician, confirmed=False).get("/account/")["Cache-Control"]


def test_pages_of_the_evidence_show_no_account_and_ask_nobody(
    physician: User, log_in: Callable[..., Client], client: Client
) -> None:
    assert log_in(physician).get("/about/").content == client.get("/about/").content
