"""The demo clinic is invented, says so, and obeys the rules that real records obey."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.catalogue.protocols_loader import load_protocols
from enthesis.domain.instruments import score_response
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.audit.verifying import verify_chain
from enthesis.web.demo.courses import draw_courses
from enthesis.web.demo.load import load_demo
from enthesis.web.registry.models import FollowUp, Patient, Response

TODAY = date(2026, 11, 22)


@pytest.fixture
def demo(db, settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    return load_demo(patients=24, seed=3, today=TODAY, progress=lambda *_: None)


def test_every_site_and_person_is_marked_synthetic(demo) -> None:
    with acting_as_system("test"):
        assert demo.patients == Patient.objects.filter(synthetic=True).count() == 24
    assert all(site.synthetic and "Synthetic" in site.name for site in Site.objects.all())
    assert Site.objects.count() == 3


def test_stored_scores_are_those_of_the_instruments(demo) -> None:
    instruments = load_instruments()
    with acting_as_system("test"):
        for response in Response.objects.exclude(instrument="eq-5d-5l")[:150]:
            scored = score_response(instruments[response.instrument], response.answers).scores
            expected = {s.name: s.value for s in scored if s.value is not None}
            assert response.scores == pytest.approx(expected, abs=5e-5)


def test_nothing_is_answered_in_the_future_or_out_of_its_window(demo) -> None:
    with acting_as_system("test"):
        for response in Response.objects.select_related("follow_up"):
            assert response.follow_up.opens_on <= response.answered_on <= response.follow_up.late_until
            assert response.answered_on <= TODAY
        assert FollowUp.objects.filter(due_on__lt=TODAY, completed_at=None).exists()


def test_the_seed_decides_who_is_invented() -> None:
    protocol = load_protocols()["enthesis-standard"]
    first, again, other = (
        draw_courses(30, protocol, TODAY, np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    assert first.birth == again.birth != other.birth
    assert (first.severity == again.severity).all()


def test_the_trail_says_that_people_were_invented(demo) -> None:
    assert verify_chain().holds


def test_accounts_have_a_password_of_this_installation_only(demo, tmp_path: Path) -> None:
    path = tmp_path / "demo-accounts.txt"
    assert path.stat().st_mode & 0o077 == 0
    assert User.objects.get(email="physician.kolkata@demo.example").check_password(path.read_text())


def test_the_demo_never_mixes_with_a_clinic(demo) -> None:
    with pytest.raises(CommandError, match="There is a clinic already"):
        call_command("load_demo", patients=6)
    call_command("load_demo", patients=6, if_empty=True)
    assert Site.objects.count() == 3
