"""Registering, finding and correcting people; what cannot be is refused, and nothing of it is stored."""

import logging
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.audit.models import AuditEntry
from enthesis.web.registry.actions.patients import CORRECTION_PLACE
from enthesis.web.registry.models import Correction, Patient, SearchTerm
from enthesis.web.vault import unseal
from made_clinic import make_patient

pytestmark = pytest.mark.django_db

Form = dict[str, str]


def people() -> list[Patient]:
    with acting_as_system("test"):
        return list(Patient.objects.all())


def register(client: Client, form: Form):
    return client.post(reverse("patient-new"), form)


def test_a_person_is_registered_and_asked_for_consents_next(
    doctor: Client, site: Site, person_form: Form
) -> None:
    response = register(doctor, person_form)
    (made,) = people()
    assert response.status_code == 302
    assert response["Location"] == reverse("consents", args=[made.key])
    assert (made.name, made.birth_year, made.synthetic) == ("মেঘনা তৈরি", 1961, site.synthetic)


def test_the_same_form_sent_twice_makes_one_person(doctor: Client, site: Site, person_form: Form) -> None:
    first, second = register(doctor, person_form), register(doctor, person_form)
    assert first["Location"] == second["Location"]
    assert len(people()) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "megh toir",
        "toiri",
        "MEGHNA",
        "মেঘ",
        "K-77",
        "k77",
        "+91 00000 00077",
        "910000000077",
        "0077",
        "toiri 0077",
    ],
)
def test_a_person_is_found_by_beginnings_and_numbers(
    doctor: Client, site: Site, person_form: Form, typed: str
) -> None:
    register(doctor, person_form)
    page = doctor.get(reverse("patients"), {"q": typed}).content.decode()
    assert "মেঘনা তৈরি" in page


@pytest.mark.parametrize("typed", ["eghna", "77", "ananya", "toiri 1234", "%", "'; DROP TABLE"])
def test_nobody_is_found_by_what_does_not_fit(
    doctor: Client, site: Site, person_form: Form, typed: str
) -> None:
    register(doctor, person_form)
    assert "মেঘনা" not in doctor.get(reverse("patients"), {"q": typed}).content.decode()


def test_people_of_another_site_are_not_found(doctor: Client, other_site: Site) -> None:
    with acting_as_system("test"):
        from enthesis.web.registry.actions.patients import index_terms

        index_terms(make_patient(other_site, name="Meghna Elsewhere"))
    assert "Elsewhere" not in doctor.get(reverse("patients"), {"q": "megh"}).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "Fill this in."),
        ("birth_date", "2999-01-01", "has not come yet"),
        ("birth_date", "1861-04-02", "cannot be"),
        ("birth_date", "02/31/1961", "valid date"),
        ("sex", "robot", "valid choice"),
        ("telephone", "call me", "6 to 15 digits"),
        ("telephone", "", "way to reach this person"),
        ("email", "not-an-address", "valid email"),
        ("abha", "12-3456-7890", "14 digits"),
        ("local_id", "--", "letters or digits"),
        ("local_id", "x" * 41, "at most 40"),
        ("key", "not-a-key", "lost its key"),
        ("channel", "pigeon", "valid choice"),
    ],
)
def test_what_cannot_be_is_refused_with_words_and_a_line_in_the_trail(
    doctor: Client, site: Site, person_form: Form, field: str, value: str, says: str
) -> None:
    response = register(doctor, person_form | {field: value})
    assert response.status_code == 422
    assert says in response.content.decode()
    assert people() == []
    refused = AuditEntry.objects.get(action="refused")
    assert refused.kind == "patient"
    assert field in refused.details["fields"]
    assert value == "" or value not in str(refused.details)


def test_a_clinic_number_belongs_to_one_person(doctor: Client, site: Site, person_form: Form) -> None:
    register(doctor, person_form)
    other = person_form | {
        "key": str(uuid4()),
        "name": "Someone Else",
        "local_id": "k 77",
        "telephone": "+91 00000 11111",
    }
    response = register(doctor, other)
    assert response.status_code == 422
    assert "belongs to another person" in response.content.decode()
    assert len(people()) == 1


def test_a_person_who_seems_to_be_on_record_is_asked_about(
    doctor: Client, site: Site, person_form: Form
) -> None:
    register(doctor, person_form)
    again = person_form | {"key": str(uuid4()), "local_id": "K-78", "telephone": "+91 00000 22222"}
    response = register(doctor, again)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Is this right?" in page
    assert "number K-77" in page
    seal = response.context["form"].cautions_seal
    assert register(doctor, again | {"confirmed": seal}).status_code == 302
    assert len(people()) == 2


def test_a_confirmation_of_other_doubts_does_not_count(doctor: Client, site: Site, person_form: Form) -> None:
    child = person_form | {"birth_date": "2020-01-01", "confirmed": "0" * 16}
    assert register(doctor, child).status_code == 422
    assert people() == []


def test_a_correction_needs_a_reason_and_keeps_what_was(
    doctor: Client, site: Site, person_form: Form
) -> None:
    register(doctor, person_form)
    (made,) = people()
    address = reverse("patient-correct", args=[made.key])
    assert doctor.post(address, person_form | {"birth_date": "1962-04-02"}).status_code == 422
    sent = person_form | {
        "birth_date": "1962-04-02",
        "latin_name": "Meghna Tairi",
        "reason": "misread the card",
    }
    assert doctor.post(address, sent).status_code == 302
    with acting_as_system("test"):
        kept = {c.field: c for c in Correction.objects.all()}
        assert set(kept) == {"birth_date", "latin_name"}
        assert unseal(kept["birth_date"].before, CORRECTION_PLACE) == "1961-04-02"
        assert kept["birth_date"].reason == "misread the card"
    page = doctor.get(reverse("patients"), {"q": "tairi"}).content.decode()
    assert "মেঘনা" in page
    assert "মেঘনা" not in doctor.get(reverse("patients"), {"q": "toiri"}).content.decode()


def test_names_reach_neither_the_log_nor_the_trail(
    doctor: Client,
    site: Site,
    person_form: Form,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        register(doctor, person_form | {"telephone": "wrong Meghna"})
        register(doctor, person_form)
    printed = (
        caplog.text + "".join(capsys.readouterr()) + str(list(AuditEntry.objects.values_list("details")))
    )
    assert "eghna" not in printed
    assert "মেঘনা" not in printed
    assert "K-77" not in printed


def test_reading_a_name_is_written_down(
    doctor: Client, physician: User, site: Site, person_form: Form
) -> None:
    register(doctor, person_form)
    doctor.get(reverse("patient", args=[people()[0].key]))
    read = AuditEntry.objects.filter(action="read", details={"what": "record"}).get()
    assert read.actor == f"user:{physician.key}"


def test_search_stays_within_few_queries(
    doctor: Client, site: Site, person_form: Form, django_assert_max_num_queries
) -> None:
    for n in range(12):
        form = person_form | {
            "key": str(uuid4()), "local_id": f"Q-{n}", "birth_date": f"19{60 + n}-01-01",
            "telephone": f"+91 00000 100{n:02}",
        }  # fmt: skip
        register(doctor, form)
    with django_assert_max_num_queries(25):
        page = doctor.get(reverse("patients"), {"q": "megh toi"}).content.decode()
    assert page.count("মেঘনা") == 12
    with acting_as_system("test"):
        assert SearchTerm.objects.count() > 100
