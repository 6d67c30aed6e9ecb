"""Feedback on cards for the registry lead: counted by clinic, card and reason, each clinic for itself."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from enthesis.errors import NotAllowed
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.consult.models import HookFeedback
from made_clinic import acting_user, logged_in, make_site, make_user

SERVICE = "cds-services/enthesis-consult"
PATIENT = {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1961-04-02"}


def order() -> dict[str, Any]:
    drawn = {
        "resourceType": "ServiceRequest", "id": "o1", "status": "draft", "code": {"text": "PRP injection"},
        "reasonCode": [{"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "M17"}]}],
    }  # fmt: skip
    entry = [{"resource": drawn}]
    context = {"userId": "Practitioner/1", "patientId": "p1", "draftOrders": {"entry": entry}}
    return {
        "hook": "order-select",
        "hookInstance": str(uuid4()),
        "context": context,
        "prefetch": {"patient": PATIENT},
    }


def posted(client: Client, address: str, body: dict[str, Any], status: int = 200) -> dict[str, Any]:
    answer = client.post(address, json.dumps(body), content_type="application/json")
    assert answer.status_code == status, answer.content.decode()[:500]
    found: dict[str, Any] = answer.json()
    return found


def card_of(client: Client, base: str) -> str:
    (card,) = posted(client, f"{base}{SERVICE}", order())["cards"]
    return str(card["uuid"])


def told(
    client: Client, base: str, card: str, reason: str = "", comment: str = "", status: int = 200
) -> None:
    row: dict[str, Any] = {"card": card, "outcome": "accepted", "outcomeTimestamp": "2026-11-22T10:00:00Z"}
    if reason:
        row |= {"outcome": "overridden"}
        row |= {"overrideReason": {"reason": {"code": reason}, "userComment": comment}}
    posted(client, f"{base}{SERVICE}/feedback", {"feedback": [row]}, status)


def clinic(site: Site) -> str:
    return f"/clinics/{site.key}/"


def lead_of(site: Site, address: str = "lead@example.org") -> Client:
    return logged_in(make_user(Role.REGISTRY_LEAD, site, address))


def section(client: Client) -> str:
    answer = client.get("/consult/overrides/")
    assert answer.status_code == 200
    page = answer.content.decode()
    return re.sub(r"<[^>]+>", " ", page.partition('id="cards"')[2].partition("<details>")[0])


def test_the_lead_reads_how_often_a_card_was_set_aside_and_why(anyone: Client, site: Site) -> None:
    make_site("Another Made-up Clinic")
    for reason in ("patient-wish", "patient-wish", "source-disputed", ""):
        told(anyone, clinic(site), card_of(anyone, clinic(site)), reason)
    text = " ".join(section(lead_of(site)).split())
    assert re.search(r"Platelet-rich plasma for knee osteoarthritis … cannot say", text)
    assert f"{site.name} 1 3 the patient, well informed, wishes it: 2; " in text
    assert "the source of the rule is disputed: 1" in text


def test_without_feedback_the_page_says_so(site: Site) -> None:
    assert "No clinical system has told of a card in this time." in section(lead_of(site))


def test_feedback_of_another_clinic_is_not_shown(anyone: Client, site: Site) -> None:
    other = make_site("Another Made-up Clinic")
    told(anyone, clinic(other), card_of(anyone, clinic(other)), "patient-wish")
    assert "No clinical system has told" in section(lead_of(site))
    assert "Another Made-up Clinic" in section(lead_of(other, "other@example.org"))


def test_a_card_of_one_clinic_is_refused_at_the_address_of_another(anyone: Client, site: Site) -> None:
    other = make_site("Another Made-up Clinic")
    card = card_of(anyone, clinic(site))
    told(anyone, clinic(other), card, "patient-wish", status=400)
    told(anyone, "/", card, "patient-wish", status=400)
    with acting_as_system("test"):
        assert not HookFeedback.objects.exists()


def test_the_only_clinic_of_an_installation_needs_no_address_of_its_own(anyone: Client, site: Site) -> None:
    told(anyone, "/", card_of(anyone, "/"), "patient-wish")
    assert site.name in section(lead_of(site))


def test_where_several_clinics_could_be_meant_only_the_lead_of_all_reads_it(
    anyone: Client, site: Site
) -> None:
    make_site("Another Made-up Clinic")
    told(anyone, "/", card_of(anyone, "/"), "patient-wish")
    with acting_as_system("test"):
        assert HookFeedback.objects.get().site is None
    assert "No clinical system has told" in section(lead_of(site))
    whole = logged_in(make_user(Role.REGISTRY_LEAD, None, "all@example.org"))
    assert "clinic not known" in section(whole)


def test_what_is_older_than_ninety_days_is_not_counted(anyone: Client, site: Site) -> None:
    for age in (89, 91):
        told(anyone, "/", card_of(anyone, "/"), "patient-wish")
        with acting_as_system("test"):
            newest = HookFeedback.objects.latest("pk")
            newest.received_at = timezone.now() - timedelta(days=age)
            newest.save()
    assert "wishes it: 1" in " ".join(section(lead_of(site)).split())


def test_comments_are_read_by_who_may_read_names(anyone: Client, site: Site, browser: Client) -> None:
    told(anyone, "/", card_of(anyone, "/"), "other", comment="Mrs Made-up insists.")
    assert "Mrs Made-up insists." not in section(lead_of(site))
    assert "Mrs Made-up insists." in section(browser)


def test_a_reason_of_the_clinical_systems_own_is_shown_as_sent(anyone: Client, site: Site) -> None:
    told(anyone, "/", card_of(anyone, "/"), "<b>local-7</b>")
    page = lead_of(site).get("/consult/overrides/").content.decode()
    assert "&lt;b&gt;local-7&lt;/b&gt;: 1" in page
    assert "<b>local-7" not in page


def test_the_lead_finds_the_address_of_the_own_clinic_only(site: Site) -> None:
    other = make_site("Another Made-up Clinic")
    page = lead_of(site).get("/consult/overrides/").content.decode()
    assert f"/clinics/{site.key}/cds-services" in page
    assert str(other.key) not in page


@pytest.mark.parametrize("tail", ["cds-services", SERVICE, f"{SERVICE}/feedback"])
def test_a_clinic_that_is_not_there_or_no_longer_active_answers_nothing(
    anyone: Client, site: Site, tail: str
) -> None:
    site.active = False
    site.save()
    for key in (site.key, uuid4()):
        address = f"/clinics/{key}/{tail}"
        answer = (
            anyone.get(address)
            if tail == "cds-services"
            else anyone.post(address, json.dumps(order()), content_type="application/json")
        )
        assert answer.status_code == 404
        assert answer.json()["message"] == "There is no such clinic here."


def test_the_discovery_of_a_clinic_is_that_of_all(anyone: Client, site: Site) -> None:
    assert anyone.get(f"{clinic(site)}cds-services").json() == anyone.get("/cds-services").json()


def test_rows_are_found_inside_a_scope_only(anyone: Client, site: Site, physician: User) -> None:
    told(anyone, "/", card_of(anyone, "/"), "patient-wish")
    with pytest.raises(NotAllowed, match="Log in"):
        HookFeedback.objects.count()
    with acting_user(physician):
        assert HookFeedback.objects.count() == 1
