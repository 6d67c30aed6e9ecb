from pathlib import Path

import pytest
import yaml

from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.evidence.certainty import Level
from enthesis.domain.evidence.verdicts import Size, Verdict, decide, settle, size_of

ROWS = yaml.safe_load(Path(__file__).with_name("verdicts.yaml").read_text(encoding="utf-8"))
LEVELS = {level.word: level for level in Level}


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['benefit']} {r['certainty']}")
def test_size_times_certainty_gives_the_verdict(row):
    size = size_of(row["benefit"], 10, load_evidence_rules())
    assert size == row["size"], row["why"]
    assert decide(size, LEVELS[row["certainty"]]) == row["verdict"], row["why"]


def test_every_verdict_and_every_size_stands_in_the_table():
    assert {row["verdict"] for row in ROWS} == set(Verdict)
    assert {row["size"] for row in ROWS} == set(Size) - {Size.UNKNOWN, Size.UNDECIDED}


def test_without_an_important_difference_the_verdict_is_unclear():
    assert decide(size_of(50, None, load_evidence_rules()), Level.HIGH) is Verdict.UNCLEAR


@pytest.mark.parametrize(
    ("p_benefit", "size"), [(0.2, Size.SMALL_BENEFIT), (0.21, Size.UNDECIDED), (None, Size.SMALL_BENEFIT)]
)
def test_absence_of_benefit_is_said_only_when_a_benefit_is_unlikely(p_benefit, size):
    assert settle(Size.SMALL_BENEFIT, p_benefit, load_evidence_rules()) is size


def test_what_is_undecided_is_unclear_at_any_certainty():
    assert {decide(Size.UNDECIDED, level) for level in Level} == {Verdict.UNCLEAR}


def test_an_important_benefit_is_not_unsettled_by_its_probability():
    assert settle(Size.IMPORTANT_BENEFIT, 0.6, load_evidence_rules()) is Size.IMPORTANT_BENEFIT


def test_every_verdict_has_its_own_sign():
    assert len({v.mark.sign for v in Verdict}) == len(Verdict)
