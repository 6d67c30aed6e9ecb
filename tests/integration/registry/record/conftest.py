"""A browser of the clinic's own people, and the forms they send."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.registry.models import Episode, Patient
from made_clinic import logged_in, make_episode, make_patient


@pytest.fixture(autouse=True)
def _quick(without_second_factor: None) -> None:
    """Every test here logs in."""


@pytest.fixture
def doctor(physician: User) -> Client:
    return logged_in(physician)


@pytest.fixture
def patient(site: Site) -> Patient:
    with acting_as_system("test"):
        return make_patient(site, birth_date=date(1961, 4, 2))


@pytest.fixture
def episode(patient: Patient) -> Episode:
    with acting_as_system("test"):
        return make_episode(patient, grade_wording="not-stated")


@pytest.fixture
def person_form() -> dict[str, str]:
    """A person nobody is, as the form sends her."""
    return {
        "key": str(uuid4()), "name": "মেঘনা তৈরি", "latin_name": "Meghna Toiri", "local_id": "K-77",
        "birth_date": "1961-04-02", "sex": "female", "telephone": "+91 00000 00077", "email": "",
        "channel": "sms", "language": "bn", "abha": "",
    }  # fmt: skip


@pytest.fixture
def injection_form(physician: User) -> dict[str, str]:
    """An injection of leukocyte-poor PRP into a knee, as the form sends it."""
    return {
        "key": str(uuid4()), "intervention": "prp", "given_on": "2026-01-12",
        "target": "knee joint, intra-articular", "guidance": "ultrasound", "volume_ml": "5",
        "needle_gauge": "21", "operator": str(physician.key), "local_anaesthetic": "",
        "image_reference": "", "kit": "Made-up kit", "lot": "L1", "notes": "",
        "kind": "prp", "product.platelets": "1000", "product.platelets.unit": "10^9/L",
        "whole_blood.platelets": "250", "whole_blood.platelets.unit": "10^9/L",
        "whole_blood.volume": "50", "product.volume_prepared": "6",
    }  # fmt: skip
