"""From an episode to a kept answer, an override, an aid, a signed consent, a plan and an injection."""

import hashlib
import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.audit.models import AuditEntry
from enthesis.web.consult.models import Consultation, KeptAid, Override
from enthesis.web.registry.models import Care, Consent, Episode, Injection
from made_clinic import acting_user, logged_in, make_episode, make_patient, make_site, make_user

PURPOSES = ("care", "registry", "research", "contact", "sharing", "cross-border")
STROKES = json.dumps([[[10, 10], [40, 60], [80, 20]], [[100, 30], [160, 90], [200, 40]]])
SAFE = {
    "side": "right", "infection": "none", "red_flags": "none", "fever_or_illness": "no", "malignancy": "none",
    "platelets": "210", "platelets.unit": "10^9/L", "platelet_dysfunction": "no", "accepts_risk": "yes",
    "haemodynamically_unstable": "no", "grading": "kellgren-lawrence|2",
}  # fmt: skip


@pytest.fixture
def consult(browser: Client, episode: Episode):
    """Sends the facts of the episode and gives the kept consultation."""

    def send(**change: str) -> Consultation:
        data = {"intervention": "prp", "key": str(uuid4()), **SAFE, **change}
        answer = browser.post(f"/consult/episodes/{episode.key}/", data)
        assert answer.status_code == 302, answer.content.decode()
        with acting_as_system("test"):
            found: Consultation = Consultation.objects.get(key=data["key"])
        assert answer["Location"] == f"/consult/kept/{found.key}/"
        return found

    return send


def page_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:1500]
    return answer.content.decode()


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, f"no {name} in the page"
    return found[1]


def test_the_form_begins_with_what_is_on_record(browser: Client, episode: Episode) -> None:
    page = page_of(browser, f"/consult/episodes/{episode.key}/?intervention=prp")
    assert 'value="210"' in page
    assert '<option value="10^9/L" selected>' in page
    assert 'value="aspirin"' in page
    assert '<option value="kellgren-lawrence|2" selected>' in page
    assert '<option value="IN" selected>' in page
    assert '<option value="nrs-pain" selected>' in page, "what this registry asks of such patients"
    assert re.search(r'value="none" checked', page), "an empty list says that there is none"


def test_the_answer_is_kept_as_it_was_given_with_facts_and_edition(consult, browser: Client) -> None:
    row = consult()
    assert row.scenario == row.answer["scenario"] == "uncertain"
    assert row.facts["platelets"] == "210 10^9/L"
    assert len(row.catalogue_hash) == 64
    with acting_as_system("test"):
        stored = Consultation.objects.get(pk=row.pk)
        stored.answer["headline"] = "Said on that day."
        Consultation.objects.filter(pk=row.pk).update(answer=stored.answer)
    assert "Said on that day." in page_of(browser, f"/consult/kept/{row.key}/")


def test_the_facts_of_an_answer_are_told_in_the_words_of_the_form(consult, browser: Client) -> None:
    row = consult(**{"drugs[0].name": "aspirin"})
    page = page_of(browser, f"/consult/kept/{row.key}/")
    facts = page.partition("Facts it was given for")[2].partition("</dl>")[0]
    assert "<dt>Platelets in blood</dt><dd>210 10^9/L</dd>" in facts
    assert re.search(r"<dt>Grade on the image</dt><dd>Kellgren-Lawrence 2: ", facts)
    assert "medicine: aspirin" in facts
    assert "kellgren-lawrence" not in facts


def test_the_same_form_sent_twice_keeps_one_answer(browser: Client, episode: Episode) -> None:
    data = {"intervention": "prp", "key": str(uuid4()), **SAFE}
    for _ in range(2):
        assert browser.post(f"/consult/episodes/{episode.key}/", data).status_code == 302
    with acting_as_system("test"):
        assert Consultation.objects.count() == 1


def test_a_fault_keeps_nothing_and_leaves_a_refusal(browser: Client, episode: Episode) -> None:
    data = {"intervention": "prp", "key": str(uuid4()), **SAFE, "age_years": "300"}
    answer = browser.post(f"/consult/episodes/{episode.key}/", data)
    assert answer.status_code == 422
    with acting_as_system("test"):
        assert not Consultation.objects.exists()
    assert AuditEntry.objects.filter(action="refused", kind="consultation").exists()


def test_injecting_against_the_answer_needs_an_override_with_its_reason(consult, browser: Client) -> None:
    row = consult(infection="local")
    assert row.scenario == "do not"
    page = page_of(browser, f"/consult/kept/{row.key}/")
    assert "Record the injection" not in page
    address = f"/consult/kept/{row.key}/override/"
    form = page_of(browser, address)
    without = {
        "key": hidden(form, "key"),
        "instead": "injected",
        "reason": "clinical-judgement",
        "explanation": " ",
    }
    assert browser.post(address, without).status_code == 422
    with acting_as_system("test"):
        assert not Override.objects.exists()
    assert browser.post(address, without | {"explanation": "Skin healed since."}).status_code == 302
    page = page_of(browser, f"/consult/kept/{row.key}/")
    assert "Skin healed since." in page
    assert f"consultation={row.key}" in page


def test_injecting_is_no_override_where_it_is_not_advised_against(consult, browser: Client) -> None:
    row = consult()
    address = f"/consult/kept/{row.key}/override/"
    form = page_of(browser, address)
    assert "inject all the same" not in form
    data = {"key": hidden(form, "key"), "instead": "injected", "reason": "other", "explanation": "x"}
    assert browser.post(address, data).status_code == 422


def test_overrides_are_counted_for_the_lead_without_names(consult, browser: Client, episode: Episode) -> None:
    row = consult(infection="local")
    consult()
    address = f"/consult/kept/{row.key}/override/"
    data = {
        "key": str(uuid4()),
        "instead": "injected",
        "reason": "source-disputed",
        "explanation": "Old rule.",
    }
    browser.post(address, data)
    lead = logged_in(make_user(Role.REGISTRY_LEAD, None))
    page = page_of(lead, "/consult/overrides/")
    assert "1 of 2 consultations" in page
    assert "Old rule." in page
    assert episode.patient.name not in page
    assert "1 of 2" in page_of(lead, "/consult/overrides/count/")
    kept = page_of(lead, f"/consult/kept/{row.key}/")
    assert episode.patient.name not in kept


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_the_aid_is_there_in_each_language_on_screen_and_as_pdf(
    consult, browser: Client, language: str
) -> None:
    row = consult()
    page = page_of(browser, f"/consult/kept/{row.key}/aid/{language}/")
    assert f'<article lang="{language}">' in page
    assert "<svg" in page
    pdf = browser.get(f"/consult/kept/{row.key}/aid/{language}.pdf")
    assert pdf.content.startswith(b"%PDF")


def signed(page: str, **change: Any) -> dict[str, Any]:
    data = {"key": hidden(page, "key"), "shown": hidden(page, "shown"), "means": "screen", "strokes": STROKES}
    return data | dict.fromkeys(PURPOSES, "no") | {"care": "yes", "registry": "yes"} | change


def test_what_it_costs_is_filled_in_once_and_told_in_aid_and_consent(consult, browser: Client) -> None:
    row = consult()
    address = f"/consult/kept/{row.key}/aid/en/"
    form = page_of(browser, address)
    assert "the clinic has not filled this in" in form
    before = hidden(page_of(browser, f"/consult/kept/{row.key}/consent/en/"), "shown")
    data = {"key": hidden(form, "key"), "cost": "4000 rupees, <two visits>"}
    assert browser.post(address, data).status_code == 302
    assert "4000 rupees, &lt;two visits&gt;" in page_of(browser, address)
    after = hidden(page_of(browser, f"/consult/kept/{row.key}/consent/en/"), "shown")
    assert after != before, "another text is another document"
    assert consult().cost == "4000 rupees, <two visits>"
    assert consult(intervention="hyaluronic-acid").cost == ""
    long = browser.post(address, data | {"cost": "x" * 201})
    assert long.status_code == 422


def test_aid_and_consent_say_whose_they_are(consult, browser: Client, episode: Episode) -> None:
    row = consult()
    with acting_as_system("test"):
        name = episode.patient.name
    for part in ("aid", "consent"):
        assert name in page_of(browser, f"/consult/kept/{row.key}/{part}/hi/")


def test_a_consent_is_signed_purpose_by_purpose_with_its_document(consult, browser: Client) -> None:
    row = consult()
    address = f"/consult/kept/{row.key}/consent/bn/"
    page = page_of(browser, address)
    assert "checked" not in "".join(re.findall(r'<input type="radio" name="(?:care|registry)"[^>]*>', page))
    assert browser.post(address, signed(page)).status_code == 302
    with acting_as_system("test"):
        held = {c.purpose: c for c in Consent.objects.all()}
        aid = KeptAid.objects.get()
    assert {p: c.given for p, c in held.items()} == dict.fromkeys(PURPOSES, False) | {
        "care": True,
        "registry": True,
    }
    care = held["care"]
    assert care.language == "bn"
    text = json.dumps(care.document_json, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == care.content_hash, "what is kept is what was shown"
    assert care.document_json["aid_hash"] == aid.content_hash
    assert hashlib.sha256(aid.content.encode()).hexdigest() == aid.content_hash
    assert care.signature_svg.startswith("<svg ")
    assert "10,10 40,60 80,20" in care.signature_svg


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"strokes": ""}, "Nothing was signed"),
        ({"strokes": "[[[1,2]]]"}, "Nothing was signed"),
        ({"strokes": "<svg onload=alert(1)>"}, "could not be read"),
        ({"strokes": '[[["a","b"]]]'}, "could not be read"),
        ({"strokes": "[[[1e400,1],[2,2],[3,3],[4,4],[5,5]]]"}, "could not be read"),
        ({"strokes": "[[[NaN,1],[2,2],[3,3],[4,4],[5,5]]]"}, "could not be read"),
        ({"strokes": "[[[true,1],[2,2],[3,3],[4,4],[5,5]]]"}, "could not be read"),
        ({"strokes": '[[["1","1"],[2,2],[3,3],[4,4],[5,5]]]'}, "could not be read"),
        ({"strokes": "[[[5000000,1],[2,2],[3,3],[4,4],[5,5]]]"}, "could not be read"),
        ({"strokes": "{}"}, "could not be read"),
        ({"strokes": "5"}, "could not be read"),
        ({"strokes": "[" * 100_000}, "could not be read"),
        ({"witness": "a\x07b"}, "a sign that cannot be seen"),
        ({"means": "spoken"}, "needs the name of the witness"),
        ({"research": ""}, "Say yes or no"),
        ({"shown": "0" * 64}, "has changed since it was shown"),
    ],
)
def test_a_consent_that_is_not_whole_is_refused_and_nothing_is_kept(
    consult, browser: Client, change: dict[str, str], said: str
) -> None:
    row = consult()
    address = f"/consult/kept/{row.key}/consent/en/"
    answer = browser.post(address, signed(page_of(browser, address), **change))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with acting_as_system("test"):
        assert not Consent.objects.exists()
        assert not KeptAid.objects.exists()


def test_a_consent_on_paper_needs_no_drawing(consult, browser: Client) -> None:
    row = consult()
    address = f"/consult/kept/{row.key}/consent/en/"
    data = signed(page_of(browser, address), strokes="", means="paper")
    assert browser.post(address, data).status_code == 302
    assert browser.get(f"/consult/kept/{row.key}/consent/en.pdf").content.startswith(b"%PDF")


def plan_data(page: str) -> dict[str, str]:
    fields = re.findall(r'<textarea name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', page)
    return dict(fields) | {"key": hidden(page, "key")}


def test_the_plan_is_changed_signed_and_kept_with_the_record(consult, browser: Client) -> None:
    row = consult()
    address = f"/consult/kept/{row.key}/plan/"
    page = page_of(browser, address)
    assert "unverified" in page
    assert "Week 52" in page
    data = plan_data(page) | {"do-0": "Rest, then walk on the second day"}
    assert browser.post(address, data).status_code == 422, "not signed"
    assert browser.post(address, data | {"signed": "on"}).status_code == 302
    with acting_as_system("test"):
        care = Care.objects.get(kind="rehabilitation")
    assert care.plan["phases"][0]["do"] == "Rest, then walk on the second day"
    assert care.plan["signed_by"] == "Made-up physician"
    assert care.plan["consultation"] == str(row.key)


def test_a_plan_without_what_to_do_is_not_signed(consult, browser: Client) -> None:
    address = f"/consult/kept/{consult().key}/plan/"
    data = plan_data(page_of(browser, address)) | {"do-1": " "}
    assert browser.post(address, data).status_code == 422
    with acting_as_system("test"):
        assert not Care.objects.exists()


def test_the_injection_remembers_the_consultation(
    consult, browser: Client, physician: User, site: Site
) -> None:
    row = consult()
    address = re.search(r'href="(/clinic/episodes/[^"]+)"', page_of(browser, f"/consult/kept/{row.key}/"))
    assert address is not None
    page = page_of(browser, address[1].replace("&amp;", "&"))
    data = {
        "key": hidden(page, "key"), "consultation": hidden(page, "consultation"), "intervention": "prp",
        "given_on": "2026-03-02", "target": "knee-intra-articular", "guidance": "ultrasound",
        "volume_ml": "5",
        "operator": str(physician.key),
    }  # fmt: skip
    answer = browser.post(address[1].partition("?")[0], data)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    with acting_as_system("test"):
        assert Injection.objects.get().consultation == row.key
    assert "injected 2 Mar 2026" in page_of(browser, f"/consult/kept/{row.key}/")


def test_another_sites_consultation_is_not_there(consult, site: Site) -> None:
    row = consult()
    elsewhere = logged_in(make_user(Role.PHYSICIAN, make_site("Another Made-up Clinic"), "p@example.org"))
    for tail in ("", "override/", "plan/", "aid/en/", "aid/en.pdf", "consent/en/", "consent/en.pdf"):
        assert elsewhere.get(f"/consult/kept/{row.key}/{tail}").status_code == 404


def test_a_coordinator_reads_and_does_not_consult(consult, site: Site, episode: Episode) -> None:
    row = consult()
    nurse = logged_in(make_user(Role.COORDINATOR, site))
    page = page_of(nurse, f"/consult/kept/{row.key}/")
    assert "What next" not in page
    assert nurse.get(f"/consult/episodes/{episode.key}/").status_code == 403
    assert nurse.get(f"/consult/kept/{row.key}/override/").status_code == 403


def test_a_condition_without_trials_still_gets_an_answer(
    browser: Client, site: Site, physician: User
) -> None:
    with acting_user(physician):
        other = make_episode(
            make_patient(site, local_id="T-2"), condition="hamstring-injury", grading_system="", grade=""
        )
    data = {"intervention": "ozone", "key": str(uuid4()), "side": "left"}
    answer = browser.post(f"/consult/episodes/{other.key}/", data)
    assert answer.status_code == 302, answer.content.decode()[:1000]
    page = page_of(browser, answer["Location"])
    assert "No comparative trial of this injection for this condition was found" in page


def test_the_leads_front_page_leads_to_the_overrides(site: Site) -> None:
    page = page_of(logged_in(make_user(Role.REGISTRY_LEAD, None)), "/clinic/")
    assert 'hx-get="/consult/overrides/count/"' in page
    nurse = logged_in(make_user(Role.COORDINATOR, site))
    assert "overrides" not in page_of(nurse, "/clinic/")
