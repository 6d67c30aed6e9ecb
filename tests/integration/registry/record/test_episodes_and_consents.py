"""Episodes with grades that fit and facts the consultation can read; consents that take effect at once."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from enthesis.catalogue.grading_loader import load_grading_systems
from enthesis.domain.selection.intake import read_facts
from enthesis.web.accounts.models import Site
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.audit.models import AuditEntry
from enthesis.web.evidence.state import current
from enthesis.web.registry.models import Consent, Correction, Episode, Message, Patient
from enthesis.web.registry.records.facts import facts_document
from made_clinic import logged_in, make_patient, make_user

pytestmark = pytest.mark.django_db

Form = dict[str, str]


@pytest.fixture
def episode_form() -> Form:
    return {
        "key": str(uuid4()), "condition": "knee-osteoarthritis", "side": "right", "level": "",
        "opened_on": "2026-01-05", "symptoms_since": "2024-01-01", "grade": "kellgren-lawrence:3",
        "grade_wording": "not-stated", "graded_on": "2025-12-20", "prior_treatments": "physiotherapy\nNSAID",
        "prior_injections": "corticosteroid; 2025-03-01; helped; here", "prior_surgery": "none",
        "comorbidities": "diabetes", "drugs": "warfarin; 2026-01-04; atrial fibrillation", "notes": "",
        "fact_height_cm": "158", "fact_weight_kg": "71", "fact_platelets": "210 10^9/L",
        "fact_smoker": "no", "fact_allergies": "none", "fact_infection": "none",
    }  # fmt: skip


def episodes() -> list[Episode]:
    with acting_as_system("test"):
        return list(Episode.objects.select_related("patient"))


def open_one(client: Client, patient: Patient, form: Form):
    return client.post(reverse("episode-new", args=[patient.key]), form)


def test_an_episode_holds_facts_that_the_consultation_reads(
    doctor: Client, patient: Patient, episode_form: Form
) -> None:
    assert open_one(doctor, patient, episode_form).status_code == 302
    (made,) = episodes()
    document = facts_document(made, patient, date(2026, 1, 12), "prp")
    facts = read_facts(document, current().evidence.vocabulary, load_grading_systems(), {}, date(2026, 1, 12))
    assert (facts.grading.code, facts.age_years, facts.sex) == ("3", 64, "female")
    assert facts.bmi == pytest.approx(71 / 1.58**2, abs=0.05)
    assert facts.platelets_e9_per_l == 210
    assert facts.smoker is False
    assert facts.prior_surgery == ()
    assert facts.allergies == ()
    assert facts.red_flags is None
    assert facts.drugs[0].name == "warfarin"
    assert facts.prior_injections[0].same_site is True


def test_only_systems_that_fit_the_condition_are_offered(doctor: Client, patient: Patient) -> None:
    address = reverse("episode-new", args=[patient.key])
    knee = doctor.get(address, {"condition": "knee-osteoarthritis"}).content.decode()
    disc = doctor.get(address, {"condition": "discogenic-low-back-pain"}).content.decode()
    assert "kellgren-lawrence:2" in knee
    assert "pfirrmann:" not in knee
    assert "pfirrmann:III" in disc
    assert "kellgren-lawrence:" not in disc


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("condition", "broken-heart", "valid choice"),
        ("side", "north", "valid choice"),
        ("side", "midline", "side is missing"),
        ("grade", "pfirrmann:3", "no system for this condition"),
        ("grade", "", "without a grade"),
        ("grade_wording", "", "must be named"),
        ("opened_on", "2999-01-01", "has not come yet"),
        ("symptoms_since", "1950-01-01", "before the birth"),
        ("fact_platelets", "210", "unit"),
        ("fact_platelets", "210000 10^9/L", "Impossible"),
        ("fact_weight_kg", "7", "Impossible"),
        ("fact_weight_kg", "20", "Is this right?"),
        ("fact_height_cm", "1.58", "cannot be|Impossible"),
        ("fact_weight_kg", "heavy", "number"),
        ("fact_smoker", "maybe", "valid choice"),
        ("prior_injections", "corticosteroid; last year", "not understood"),
        ("drugs", "warfarin; 2999-01-01", "has not come|after|future"),
        ("key", "", "lost its key"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(
    doctor: Client, patient: Patient, episode_form: Form, field: str, value: str, says: str
) -> None:
    response = open_one(doctor, patient, episode_form | {field: value})
    page = response.content.decode()
    assert response.status_code == 422
    assert any(words in page for words in says.split("|")), page
    assert episodes() == []
    assert AuditEntry.objects.filter(action="refused", kind="episode").count() == 1


def test_another_sites_patient_is_as_good_as_none(
    doctor: Client, other_site: Site, episode_form: Form
) -> None:
    with acting_as_system("test"):
        stranger = make_patient(other_site)
    assert open_one(doctor, stranger, episode_form).status_code == 404
    assert doctor.get(reverse("patient", args=[stranger.key])).status_code == 404
    assert doctor.get(reverse("patient", args=[uuid4()])).status_code == 404


def test_an_episode_is_corrected_with_a_reason(doctor: Client, patient: Patient, episode_form: Form) -> None:
    open_one(doctor, patient, episode_form)
    (made,) = episodes()
    address = reverse("episode-correct", args=[made.key])
    page = doctor.get(address).content.decode()
    assert "warfarin; 2026-01-04; atrial fibrillation" in page
    assert doctor.post(address, episode_form | {"side": "left"}).status_code == 422
    sent = episode_form | {"side": "left", "reason": "wrong knee ticked"}
    assert doctor.post(address, sent).status_code == 302
    assert episodes()[0].side == "left"
    with acting_as_system("test"):
        (kept,) = Correction.objects.all()
        assert (kept.field, kept.before, kept.after) == ("side", "right", "left")


def decide(client: Client, patient: Patient, purpose: str, decision: str, **more: str):
    sent = {"withdraw": purpose}
    if decision != "withdraw":
        said = {"give": "yes", "refuse": "no"}[decision]
        sent = {"key": str(uuid4()), "means": "paper", purpose: said, **more}
    return client.post(reverse("consents", args=[patient.key]), sent)


def test_withdrawing_contact_cancels_what_waits(doctor: Client, patient: Patient) -> None:
    assert decide(doctor, patient, "contact", "give").status_code == 302
    now = datetime.now(UTC)
    with acting_as_system("test"):
        Message.objects.create(
            site=patient.site, patient=patient, channel="sms", language="hi", address="x", body="y",
            not_before=now + timedelta(days=1), made_at=now,
        )  # fmt: skip
    assert "Withdraw" in doctor.get(reverse("consents", args=[patient.key])).content.decode()
    assert decide(doctor, patient, "contact", "withdraw").status_code == 302
    with acting_as_system("test"):
        assert Message.objects.get().state == "cancelled"
        kept = Consent.objects.get()
        assert kept.given
        assert kept.withdrawn_at is not None


def test_the_same_form_of_consents_sent_twice_counts_once(doctor: Client, patient: Patient) -> None:
    form = {"key": str(uuid4()), "means": "paper", "care": "yes", "registry": "yes", "sharing": "no"}
    for _ in range(2):
        assert doctor.post(reverse("consents", args=[patient.key]), form).status_code == 302
    with acting_as_system("test"):
        assert Consent.objects.count() == 3


def test_a_refusal_ends_what_was_given(doctor: Client, patient: Patient) -> None:
    for decision in ("give", "refuse"):
        decide(doctor, patient, "contact", decision)
    with acting_as_system("test"):
        assert not Consent.objects.filter(given=True, withdrawn_at=None).exists()


def test_giving_again_after_a_withdrawal_is_a_new_consent(doctor: Client, patient: Patient) -> None:
    for decision in ("give", "withdraw", "give"):
        decide(doctor, patient, "registry", decision)
    with acting_as_system("test"):
        assert Consent.objects.filter(purpose="registry").count() == 2
    assert ">agreed</span> registry" in doctor.get(reverse("patient", args=[patient.key])).content.decode()


def test_the_name_of_a_witness_is_sealed(doctor: Client, patient: Patient) -> None:
    form = {"key": str(uuid4()), "means": "spoken", "care": "yes", "witness": "Asha Made-up"}
    assert doctor.post(reverse("consents", args=[patient.key]), form).status_code == 302
    with acting_as_system("test"):
        assert Consent.objects.get().witness == "Asha Made-up"
        with connection.cursor() as cursor:
            cursor.execute("SELECT witness FROM registry_consent")
            assert cursor.fetchone()[0].startswith("sealed:")


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"withdraw": "marketing"}, "valid choice"),
        ({"care": "perhaps"}, "valid choice"),
        ({"care": ""}, "at least one purpose"),
        ({"means": "spoken"}, "witness"),
        ({"means": "telepathy"}, "valid choice"),
        ({"key": "1"}, "lost its key"),
    ],
)
def test_a_consent_that_cannot_be_is_refused(
    doctor: Client, patient: Patient, sent: dict[str, str], says: str
) -> None:
    form = {"key": str(uuid4()), "care": "yes", "means": "paper"} | sent
    response = doctor.post(reverse("consents", args=[patient.key]), form)
    assert response.status_code == 422
    assert says in response.content.decode()
    with acting_as_system("test"):
        assert Consent.objects.count() == 0
    assert AuditEntry.objects.filter(action="refused", kind="consent").count() == 1


def test_a_lead_sees_no_names_and_changes_nothing(site: Site, patient: Patient) -> None:
    lead = logged_in(make_user(Role.REGISTRY_LEAD, site))
    assert lead.get(reverse("patient", args=[patient.key])).status_code == 403
    assert lead.get(reverse("patients")).status_code == 403
    assert decide(lead, patient, "care", "give").status_code == 403
