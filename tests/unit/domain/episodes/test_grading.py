"""A grade is stored only when system, grade, condition and wording agree."""

import pytest

from enthesis.catalogue.grading_loader import load_grading_systems
from enthesis.catalogue.load import load
from enthesis.domain.episodes.grading import (
    Grade,
    GradingSystem,
    GradingWording,
    RecordedGrade,
    check_grade,
    systems_for,
)
from enthesis.errors import InvalidData, NotFound

SYSTEMS = load_grading_systems()


def test_every_system_fits_conditions_of_the_vocabulary():
    known = set(load().vocabulary.conditions)
    assert not {c for system in SYSTEMS.values() for c in system.conditions} - known


@pytest.mark.parametrize(
    ("system", "written", "stored"),
    [
        ("pfirrmann", "4", "IV"),
        ("pfirrmann", " iv ", "IV"),
        ("takakura", "3a", "IIIA"),
        ("icrs", "3d", "3D"),
        ("cofield-full-tear", "Massive", "massive"),
    ],
)
def test_roman_arabic_and_case_are_alike(system, written, stored):
    assert SYSTEMS[system].grade(written).code == stored


def test_a_system_with_one_wording_needs_none_named():
    found = check_grade(SYSTEMS, "pfirrmann", "III", "lumbar-radiculopathy")
    assert found == RecordedGrade("pfirrmann", "III", "as-read")


def test_kellgren_lawrence_needs_its_wording():
    with pytest.raises(InvalidData, match="the one used must be named"):
        check_grade(SYSTEMS, "kellgren-lawrence", "2", "knee-osteoarthritis")
    found = check_grade(SYSTEMS, "kellgren-lawrence", "2", "knee-osteoarthritis", "definite-narrowing")
    assert found.wording == "definite-narrowing"


def test_every_fault_is_told_at_once():
    with pytest.raises(InvalidData, match="Kellgren-Lawrence") as told:
        check_grade(SYSTEMS, "kellgren-lawrence", "5", "lumbar-radiculopathy", "home-made")
    assert [fault.where for fault in told.value.faults] == ["grade", "system", "wording"]


def test_the_fault_names_systems_that_fit():
    with pytest.raises(InvalidData, match="Systems that fit: modic, pfirrmann"):
        check_grade(SYSTEMS, "ellman", "1", "discogenic-low-back-pain")


def test_an_unknown_system_suggests_the_known_one():
    with pytest.raises(NotFound, match="pfirrmann"):
        check_grade(SYSTEMS, "pfirman", "1", "discogenic-low-back-pain")


def test_grades_are_ranked_only_where_the_system_is_ordered():
    assert SYSTEMS["kellgren-lawrence"].rank("3") > SYSTEMS["kellgren-lawrence"].rank("2")
    with pytest.raises(InvalidData, match="kinds and no order"):
        SYSTEMS["modic"].rank("2")


def test_a_knee_is_graded_by_joint_and_cartilage_systems():
    found = [system.id for system in systems_for(SYSTEMS, "knee-osteoarthritis")]
    assert found == ["icrs", "kellgren-lawrence", "outerbridge"]


def test_a_system_that_cannot_grade_is_refused():
    with pytest.raises(InvalidData, match="must be at least 2") as told:
        GradingSystem(
            id="x",
            name="X",
            structure="knee",
            modality="MRI",
            conditions=(),
            grades=(Grade("1", "one"),),
            wordings=(GradingWording("a", "a"), GradingWording("a", "b")),
            standing="read",
        )
    assert len(told.value.faults) == 4
