"""After the demo is loaded the database takes the index of a patient, not of the whole clinic."""

import pytest
from django.core.management import call_command
from django.db import connection

from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.registry.models import Patient, Response

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts its rows by itself")


def test_the_answers_of_one_patient_are_found_by_the_patient(db) -> None:
    call_command("load_demo", patients=30, seed=5, verbosity=0)
    with acting_as_system("test"):
        patient = Patient.objects.first()
        assert patient is not None
        rows = Response.objects.filter(site=patient.site, patient=patient, replaced_by=None)
        assert "patient_id" in rows.explain()
