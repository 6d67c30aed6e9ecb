"""What the walk over every form once found, kept here where the gate sees it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.registry.models import Care, Injection, SiteProtocol
from made_clinic import logged_in, make_user
from made_record import make_record
from posted_forms import forms_of


@pytest.fixture
def rows(site: Site, physician: User) -> dict[str, Any]:
    with acting_as_system("test"):
        return make_record(site, physician, "Nandini Made-up")


@pytest.fixture
def send(physician: User, rows: dict[str, Any]) -> Callable[..., int]:
    """Sends the form of a page as it opens, with changes; the status."""
    client = logged_in(physician)

    def posted(address: str, **change: str) -> int:
        (form, *_) = [f for f in forms_of(client.get(address).content.decode()) if len(f.kinds) > 2]
        sent = {n: held for n, held in form.values.items() if held} | change
        return client.post(address, sent).status_code

    return posted


def count(model: type) -> int:
    with acting_as_system("test"):
        return model.objects.count()


def test_the_injection_as_the_form_opens_is_right(send: Callable[..., int], rows: dict[str, Any]) -> None:
    assert send(reverse("injection-new", args=[rows["episode"].key])) == 302
    assert count(Injection) == 2


@pytest.mark.parametrize(
    "slip",
    [
        {"preparation.device": "x" * 201},
        {"preparation.device": "a\x00b"},
        {"preparation.minutes_to_injection": "5000000"},
        {"preparation.temperature": "9" * 5000},
        {"product.lymphocytes": "5000000"},
        {"product.lymphocytes": "1", "product.lymphocytes.unit": "per litre"},
        {"kind": "snake oil"},
        {"consultation": str(uuid4())},
    ],
)
def test_a_slip_in_the_syringe_is_refused(
    send: Callable[..., int], rows: dict[str, Any], slip: dict[str, str]
) -> None:
    assert send(reverse("injection-new", args=[rows["episode"].key]), **slip) == 422
    assert count(Injection) == 1


def test_a_correction_keeps_the_limits_of_the_entry(send: Callable[..., int], rows: dict[str, Any]) -> None:
    address = reverse("correct-injection", args=[rows["injection"].key])
    assert send(address, needle_gauge="5000000", reason="misread") == 422
    assert send(address, needle_gauge="22", reason="misread") == 302


def test_care_has_not_ended_in_the_future(send: Callable[..., int], rows: dict[str, Any]) -> None:
    address, before = reverse("care-new", args=[rows["episode"].key]), count(Care)
    assert send(address, kind="rehabilitation", what="Walking", ended_on="2999-12-31") == 422
    assert count(Care) == before


@pytest.mark.parametrize("slip", [{"asked-nrs-pain": "a\x00b"}, {"late-week-104": "5000000"}])
def test_a_protocol_with_a_window_of_nowhere_or_of_ages_is_refused(site: Site, slip: dict[str, str]) -> None:
    client = logged_in(make_user(Role.REGISTRY_LEAD, site))
    page = client.get("/clinic/protocols/").content.decode()
    (form,) = [f for f in forms_of(page) if "late-week-104" in f.kinds]
    assert client.post("/clinic/protocols/", form.values | slip).status_code == 422
    assert count(SiteProtocol) == 0


@pytest.mark.parametrize("number", ["9" * 5000, "٣", "-1", "x"])
def test_a_role_and_a_session_of_no_number_are_not_found(site: Site, number: str) -> None:
    client = logged_in(make_user(Role.ADMINISTRATOR, None))
    person = make_user(Role.COORDINATOR, site)
    client.post("/account/confirm/", {"password": "a long sentence nobody uses"})
    taken = client.post(f"/administration/people/{person.key}/roles/take/", {"role": number})
    assert taken.status_code == 404
    assert person.memberships.count() == 1
    assert client.post("/account/sessions/", {"session": number}).status_code == 404


@pytest.mark.parametrize("wrong", [{"language": "NaN"}, {"telephone": "<script>"}])
def test_a_site_has_a_language_and_a_telephone_or_none(site: Site, wrong: dict[str, str]) -> None:
    client = logged_in(make_user(Role.ADMINISTRATOR, None))
    client.post("/account/confirm/", {"password": "a long sentence nobody uses"})
    given = {"name": "Second Made-up", "country": "IN", "time_zone": "Asia/Kolkata", "language": "en"}
    assert client.post("/administration/sites/new/", given | wrong).status_code == 422
    assert Site.objects.count() == 1
    assert client.post("/administration/sites/new/", given).status_code == 302


def test_a_working_site_of_nobody_is_refused(rows: dict[str, Any], physician: User) -> None:
    client = logged_in(physician)
    assert client.post("/clinic/working-site/", {"site": str(uuid4())}).status_code == 404
    assert client.post("/clinic/working-site/", {"site": ""}).status_code == 302


@pytest.mark.parametrize(
    ("page", "part", "wrong", "right"),
    [
        ("messages", "state", "lost", "sent"),
        ("harms", "show", "some", "all"),
        ("queries", "show", "some", "all"),
    ],
)
def test_a_part_of_a_list_that_is_not_offered_is_named(
    site: Site, page: str, part: str, wrong: str, right: str
) -> None:
    client = logged_in(make_user(Role.COORDINATOR, site))
    answer = client.get(reverse(page), {part: wrong})
    assert answer.status_code == 422
    assert f"&#x27;{wrong}&#x27; is not offered" in answer.content.decode()
    assert client.get(reverse(page), {part: right}).status_code == 200
