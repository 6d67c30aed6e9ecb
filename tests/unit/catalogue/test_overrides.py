from datetime import date

import pytest

from enthesis.catalogue.overrides_loader import load_overrides, read_overrides
from enthesis.domain.evidence import Level
from enthesis.errors import InvalidData

GOOD = """
- condition: knee-osteoarthritis
  intervention: prp
  comparator_class: placebo
  outcome: pain
  horizon: [40, 78]
  level: moderate
  by: A Curator
  date: '2026-11-22'
  reason: Full RoB 2 assessment on file.
"""


def test_a_decision_belongs_to_its_question():
    ((question, decision),) = read_overrides(GOOD.encode()).items()
    assert (question.condition, question.span) == ("knee-osteoarthritis", (40, 78))
    assert (decision.level, decision.by, decision.on) == (Level.MODERATE, "A Curator", date(2026, 11, 22))


def test_what_ships_can_be_read():
    assert load_overrides() == {}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("by: A Curator", "by: ''"), "'by' is missing"),
        (("  reason: Full RoB 2 assessment on file.\n", ""), "'reason' is missing"),
        (("level: moderate", "level: sure"), "high"),
        (("[40, 78]", "[40, 79]"), r"\[40, 78\]"),
        (("placebo", "nothing"), "hyaluronic-acid"),
        (("date: '2026-11-22'", "date: soon"), "Write a date"),
        (("'2026-11-22'", "2026-11-22"), "read as a date"),
        (("by:", "author:"), "Unknown field 'author'"),
        ((GOOD, "a: [1"), "overrides.yaml:2: no valid YAML"),
        ((GOOD, "a: 1"), "no list"),
        ((GOOD, "- 7"), "no decision"),
    ],
)
def test_a_faulty_decision_is_refused_with_the_repair(change, said):
    with pytest.raises(InvalidData, match=said):
        read_overrides(GOOD.replace(*change).encode())
