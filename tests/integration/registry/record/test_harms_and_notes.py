"""Harms with their clocks and judgement; images, care and end points; nothing impossible is stored."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from enthesis.web.accounts.models import Site
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.audit.models import AuditEntry
from enthesis.web.registry.models import AdverseEvent, Care, EndPoint, Episode, Imaging, Patient
from enthesis.web.registry.queries.working_site import today_at
from made_clinic import logged_in, make_episode, make_patient, make_user

pytestmark = pytest.mark.django_db

Form = dict[str, str | list[str]]


@pytest.fixture
def harm_form() -> Form:
    return {
        "key": str(uuid4()), "term": "septic-arthritis", "other_term": "", "injection": "",
        "started_on": "2026-01-14", "known_on": "2026-01-15", "grade": "3", "serious": ["hospitalisation"],
        "cause_product": "possible", "cause_procedure": "probable", "expected": "no", "outcome": "recovering",
        "ended_on": "", "description": "fever, washed out",
    }  # fmt: skip


def harms() -> list[AdverseEvent]:
    with acting_as_system("test"):
        return list(AdverseEvent.objects.all())


def record(client: Client, episode: Episode, form: Form):
    return client.post(reverse("harm-new", args=[episode.key]), form)


def test_a_serious_harm_has_a_clock_from_the_day_it_was_known(
    doctor: Client, episode: Episode, harm_form: Form
) -> None:
    response = record(doctor, episode, harm_form)
    assert response.status_code == 302
    page = doctor.get(response["Location"]).content.decode()
    # House rule: one day after it was known on 15 January.
    assert "16 Jan 2026" in page
    assert "days late" in page
    assert "Septic arthritis" in doctor.get(reverse("today")).content.decode()


def test_a_report_noted_stops_the_clock(doctor: Client, episode: Episode, harm_form: Form) -> None:
    address = record(doctor, episode, harm_form)["Location"]
    assert doctor.post(address, {"reported_on": "2026-01-10"}).status_code == 422
    assert doctor.post(address, {"reported_on": "2999-01-10"}).status_code == 422
    assert doctor.post(address, {"reported_on": "2026-01-16"}).status_code == 302
    assert "Septic arthritis" not in doctor.get(reverse("today")).content.decode()
    assert harms()[0].reported_on == date(2026, 1, 16)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"started_on": "2999-01-01", "known_on": "2999-01-02"}, "has not come yet"),
        ({"known_on": "2026-01-13"}, "before its onset"),
        ({"ended_on": "2026-01-01"}, "before its onset"),
        ({"grade": "6"}, "valid choice"),
        ({"grade": "4"}, "life-threatening"),
        ({"grade": "5"}, "death in one place"),
        ({"serious": ["bad luck"]}, "valid choice"),
        ({"cause_product": "surely"}, "valid choice"),
        ({"term": "other"}, "Say in a few words"),
        ({"injection": str(uuid4())}, "valid choice"),
        ({"term": ""}, "Fill this in"),
    ],
)
def test_a_harm_that_cannot_be_is_refused(
    doctor: Client, episode: Episode, harm_form: Form, sent: Form, says: str
) -> None:
    response = record(doctor, episode, harm_form | sent)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert harms() == []
    assert AuditEntry.objects.filter(action="refused", kind="adverseevent").count() == 1


def test_a_harm_before_its_injection_is_asked_back(
    doctor: Client, episode: Episode, harm_form: Form, injection_form: dict[str, str]
) -> None:
    made = doctor.post(
        reverse("injection-new", args=[episode.key]), injection_form | {"given_on": "2026-01-20"}
    )
    key = made["Location"].rstrip("/").rpartition("/")[2]
    response = record(doctor, episode, harm_form | {"injection": key})
    assert response.status_code == 422
    assert "before the injection of 2026-01-20" in response.content.decode()


def test_the_lead_judges_and_the_site_answers(
    doctor: Client,
    site: Site,
    episode: Episode,
    patient: Patient,
    harm_form: Form,
) -> None:
    address = record(doctor, episode, harm_form)["Location"]
    lead = logged_in(make_user(Role.REGISTRY_LEAD, site))
    assert patient.name not in lead.get(address).content.decode()
    assert patient.name in doctor.get(address).content.decode()
    assert lead.post(address, {"act": "judge", "reason": "clear"}).status_code == 403
    for client, act, reason in (
        (lead, "take-up", ""),
        (lead, "ask-site", "Was there a culture?"),
        (doctor, "answer", "Yes, S. aureus."),
        (lead, "judge", "Related to the procedure."),
    ):  # fmt: skip
        assert client.post(address, {"act": act, "reason": reason}).status_code == 302
    assert harms()[0].adjudication == "adjudicated"
    assert doctor.post(address, {"act": "reopen", "reason": "no"}).status_code == 403


def note(client: Client, episode: Episode, what: str, form: dict[str, str]):
    return client.post(reverse(what, args=[episode.key]), {"key": str(uuid4()), **form})


IMAGE = {
    "taken_on": "2026-01-05",
    "modality": "radiograph",
    "grade": "kellgren-lawrence:3",
    "grade_wording": "not-stated",
}
CARE = {"kind": "rehabilitation", "what": "quadriceps programme", "started_on": "2026-02-01", "ended_on": ""}
SURGERY = {"reason": "surgery", "on": "2026-05-01", "lost_because": "", "note": "knee replacement"}


def test_images_care_and_end_points_stand_in_the_record(
    doctor: Client, episode: Episode, patient: Patient
) -> None:
    for what, form in (("image-new", IMAGE), ("care-new", CARE), ("endpoint-new", SURGERY)):
        assert note(doctor, episode, what, form).status_code == 302
    page = doctor.get(reverse("patient", args=[patient.key])).content.decode()
    for words in ("Kellgren-Lawrence 3 (not stated)", "quadriceps programme", "Surgery", "knee replacement"):
        assert words in page


@pytest.mark.parametrize(
    ("what", "form", "says"),
    [
        ("image-new", IMAGE | {"taken_on": "2999-01-01"}, "has not come yet"),
        ("image-new", IMAGE | {"grade": "modic:1"}, "valid choice"),
        ("image-new", IMAGE | {"grade_wording": ""}, "must be named"),
        ("image-new", IMAGE | {"modality": "x"}, "valid choice"),
        ("care-new", CARE | {"ended_on": "2026-01-01"}, "before it began"),
        ("care-new", CARE | {"kind": "magic"}, "valid choice"),
        ("care-new", CARE | {"started_on": "1950-01-01"}, "before the birth"),
        ("endpoint-new", SURGERY | {"on": "2999-01-01"}, "has not come yet"),
        ("endpoint-new", SURGERY | {"reason": "lost"}, "without saying why"),
        ("endpoint-new", SURGERY | {"lost_because": "language"}, "no reason for loss"),
        ("endpoint-new", SURGERY | {"reason": "other", "note": ""}, "needs a note"),
        ("endpoint-new", SURGERY | {"reason": "vanished"}, "valid choice"),
    ],
)
def test_what_cannot_be_is_not_noted(
    doctor: Client, episode: Episode, what: str, form: dict[str, str], says: str
) -> None:
    response = note(doctor, episode, what, form)
    assert response.status_code == 422
    assert says in response.content.decode()
    with acting_as_system("test"):
        assert not any(model.objects.exists() for model in (Imaging, Care, EndPoint))
    assert AuditEntry.objects.filter(action="refused").count() == 1


def test_a_death_is_kept_with_the_patient(doctor: Client, episode: Episode, patient: Patient) -> None:
    died = {"reason": "died", "on": "2026-06-01", "lost_because": "", "note": ""}
    assert note(doctor, episode, "endpoint-new", died).status_code == 302
    assert note(doctor, episode, "endpoint-new", died | {"on": "2026-06-02"}).status_code == 422
    with acting_as_system("test"):
        assert Patient.objects.get().died_on == date(2026, 6, 1)


def test_foreign_rows_lead_nowhere(doctor: Client, other_site: Site, harm_form: Form) -> None:
    with acting_as_system("test"):
        foreign = make_episode(make_patient(other_site))
    for what in ("image-new", "care-new", "endpoint-new", "harm-new", "injection-new", "episode-correct"):
        assert doctor.get(reverse(what, args=[foreign.key])).status_code == 404
    assert doctor.get(reverse("harm", args=[uuid4()])).status_code == 404
    assert doctor.get(reverse("injection", args=[uuid4()])).status_code == 404


def test_the_clinics_day_is_that_of_its_own_time_zone(doctor: Client, site: Site, episode: Episode) -> None:
    site.time_zone = "Pacific/Kiritimati"
    site.save()
    ahead = today_at(site)
    assert ahead - datetime.now(UTC).date() in (timedelta(0), timedelta(1))
    image = IMAGE | {"taken_on": (ahead + timedelta(days=1)).isoformat()}
    assert note(doctor, episode, "image-new", image).status_code == 422
    assert note(doctor, episode, "image-new", IMAGE | {"taken_on": ahead.isoformat()}).status_code == 302
