"""An injection in one form: stored once, refused in words, asked back when unusual, taken back."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.audit.models import AuditEntry
from enthesis.web.registry.models import Episode, Injection, Patient, Preparation
from enthesis.web.registry.queries.working_site import today_at
from made_clinic import make_episode, make_patient, make_user

pytestmark = pytest.mark.django_db

Form = dict[str, str]


def injections() -> list[Injection]:
    with acting_as_system("test"):
        return list(Injection.objects.select_related("preparation").order_by("id"))


def record(client: Client, episode: Episode, form: Form):
    return client.post(reverse("injection-new", args=[episode.key]), form)


def test_one_form_makes_preparation_and_injection(
    doctor: Client, episode: Episode, injection_form: Form
) -> None:
    response = record(doctor, episode, injection_form)
    (made,) = injections()
    assert response.status_code == 302
    assert response["Location"] == reverse("injection", args=[made.key])
    assert made.preparation is not None
    assert made.preparation.record["product"]["platelets"] == "1000 10^9/L"
    assert "volume_injected" not in made.preparation.record["product"]


def test_the_dose_is_derived_from_count_and_volume(
    doctor: Client, episode: Episode, injection_form: Form
) -> None:
    page = doctor.get(record(doctor, episode, injection_form)["Location"]).content.decode()
    # 1000 x 10^9/L x 0.005 L = 5 x 10^9; 1000 / 250 = 4
    assert "5 billion platelets injected" in page
    assert "4 times the platelets of blood" in page


def test_the_same_form_sent_twice_makes_one_injection(
    doctor: Client, episode: Episode, injection_form: Form
) -> None:
    assert (
        record(doctor, episode, injection_form)["Location"]
        == record(doctor, episode, injection_form)["Location"]
    )
    assert len(injections()) == 1


def test_what_is_typed_is_derived_and_not_stored(
    doctor: Client, episode: Episode, injection_form: Form
) -> None:
    page = doctor.post(reverse("injection-derive", args=[episode.key]), injection_form).content.decode()
    assert "5 billion platelets injected" in page
    assert injections() == []


def test_a_new_injection_begins_with_the_last(doctor: Client, episode: Episode, injection_form: Form) -> None:
    address = reverse("injection-new", args=[episode.key])
    assert 'value="knee joint, intra-articular"' in doctor.get(address).content.decode()
    record(doctor, episode, injection_form | {"target": "pes anserinus", "needle_gauge": "25"})
    page = doctor.get(address).content.decode()
    assert 'value="pes anserinus"' in page
    assert 'value="25"' in page
    assert 'value="Made-up kit"' in page


def test_injections_of_a_course_are_counted(doctor: Client, episode: Episode, injection_form: Form) -> None:
    for day in ("2026-01-12", "2026-01-26", "2026-06-01"):
        record(doctor, episode, injection_form | {"key": str(uuid4()), "given_on": day})
    assert [i.number_in_course for i in injections()] == [1, 2, 1]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("given_on", "2999-01-01", "has not come yet"),
        ("given_on", "1960-01-01", "before the birth"),
        ("given_on", "yesterday", "valid date"),
        ("volume_ml", "300", "cannot be"),
        ("volume_ml", "0", "cannot be"),
        ("volume_ml", "-5", "greater than or equal"),
        ("volume_ml", "five", "number"),
        ("volume_ml", "NaN", "number"),
        ("needle_gauge", "210", "less than or equal"),
        ("needle_gauge", "5", "cannot be"),
        ("intervention", "snake-oil", "valid choice"),
        ("operator", "00000000-0000-4000-8000-000000000000", "valid choice"),
        ("guidance", "dowsing", "valid choice"),
        ("target", "", "Fill this in"),
        ("target", "x" * 81, "at most 80"),
        ("product.platelets", "a lot", "Platelets|platelets"),
        ("product.platelets", "-5", "platelets|Platelets"),
        ("key", "7", "lost its key"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(
    doctor: Client, episode: Episode, injection_form: Form, field: str, value: str, says: str
) -> None:
    response = record(doctor, episode, injection_form | {field: value})
    page = response.content.decode()
    assert response.status_code == 422
    assert any(words in page for words in says.split("|")), re.sub(r"<[^>]+>", " ", page)
    assert injections() == []
    with acting_as_system("test"):
        assert Preparation.objects.count() == 0
    assert AuditEntry.objects.filter(action="refused", kind="injection").count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("volume_ml", "50"), ("needle_gauge", "30")],
)
def test_what_is_unusual_is_stored_when_confirmed(
    doctor: Client, episode: Episode, injection_form: Form, field: str, value: str
) -> None:
    # 60 mL of 400 from 120 mL of 250: four fifths of the platelets, as a centrifuge may give.
    much = {"product.volume_prepared": "60", "product.platelets": "400", "whole_blood.volume": "120"}
    sent = injection_form | much | {field: value}
    response = record(doctor, episode, sent)
    assert response.status_code == 422
    assert "is unusual" in response.content.decode()
    assert injections() == []
    seal = response.context["form"].cautions_seal
    assert record(doctor, episode, sent | {"confirmed": seal}).status_code == 302
    assert len(injections()) == 1


def test_points_that_do_not_add_up_to_the_volume_are_asked_back(
    doctor: Client, episode: Episode, injection_form: Form
) -> None:
    points = {"product.dextrose_percent": "15", "product.volume_per_point": "0.5", "product.points": "8"}
    form = {k: v for k, v in injection_form.items() if "." not in k and k != "kind"} | points
    sent = form | {"intervention": "prolotherapy-dextrose"}
    response = record(doctor, episode, sent)
    assert response.status_code == 422
    assert "points and volume at each give 4 mL" in response.content.decode()
    assert record(doctor, episode, sent | {"volume_ml": "4"}).status_code == 302


def test_a_second_injection_on_one_day_is_asked_back(
    doctor: Client, episode: Episode, injection_form: Form
) -> None:
    record(doctor, episode, injection_form)
    response = record(doctor, episode, injection_form | {"key": str(uuid4())})
    assert response.status_code == 422
    assert "already injected on 2026-01-12" in response.content.decode()


def test_foreign_ids_lead_nowhere(
    doctor: Client, other_site: Site, injection_form: Form, episode: Episode
) -> None:
    with acting_as_system("test"):
        foreign = make_episode(make_patient(other_site))
    assert record(doctor, foreign, injection_form).status_code == 404
    stranger = make_user(Role.PHYSICIAN, other_site)
    response = record(doctor, episode, injection_form | {"operator": str(stranger.key)})
    assert response.status_code == 422
    assert injections() == []


def test_the_key_of_another_sites_row_is_of_no_use(
    doctor: Client, physician: User, other_site: Site, episode: Episode, injection_form: Form
) -> None:
    with acting_as_system("test"):
        theirs = make_episode(make_patient(other_site))
        row = Injection.objects.create(
            site=other_site, patient=theirs.patient, episode=theirs, intervention="prp",
            given_on=date(2026, 1, 1), target="x", guidance="none", volume_ml=1, operator=physician,
        )  # fmt: skip
    response = record(doctor, episode, injection_form | {"key": str(row.key)})
    assert response.status_code == 422
    assert len(injections()) == 1


def test_an_injection_is_taken_back_with_a_reason_and_kept(
    doctor: Client, episode: Episode, patient: Patient, injection_form: Form
) -> None:
    record(doctor, episode, injection_form)
    (made,) = injections()
    address = reverse("take-back-injection", args=[made.key])
    assert doctor.post(address, {"reason": " "}).status_code == 422
    assert doctor.post(address, {"reason": "wrong patient"}).status_code == 302
    assert doctor.post(address, {"reason": "again"}).status_code == 422
    assert injections()[0].cancelled_because == "wrong patient"
    assert "taken back: wrong patient" in doctor.get(reverse("patient", args=[patient.key])).content.decode()


def test_todays_list_shows_it_until_it_is_signed(
    doctor: Client, episode: Episode, injection_form: Form
) -> None:
    given_on = today_at(episode.site) - timedelta(days=1)
    record(doctor, episode, injection_form | {"given_on": given_on.isoformat()})
    page = doctor.get(reverse("today")).content.decode()
    assert "To be signed" in page
    assert "Platelet-rich plasma into knee joint" in page


def test_pages_stay_within_few_queries(
    doctor: Client, episode: Episode, patient: Patient, injection_form: Form, django_assert_max_num_queries
) -> None:
    for week in range(12):
        day = (date(2025, 1, 6) + timedelta(weeks=week)).isoformat()
        assert (
            record(doctor, episode, injection_form | {"key": str(uuid4()), "given_on": day}).status_code
            == 302
        )
    with django_assert_max_num_queries(40):
        assert doctor.get(reverse("patient", args=[patient.key])).status_code == 200
    with django_assert_max_num_queries(40):
        assert doctor.get(reverse("today")).status_code == 200
