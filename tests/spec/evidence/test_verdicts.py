from pathlib import Path

import pytest
import yaml

from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.evidence.certainty import Level
from enthesis.domain.evidence.verdicts import Size, Verdict, decide, size_of

ROWS = yaml.safe_load(Path(__file__).with_name("verdicts.yaml").read_text(encoding="utf-8"))
LEVELS = {level.word: level for level in Level}


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['benefit']} {r['certainty']}")
def test_size_times_certainty_gives_the_verdict(row):
    size = size_of(row["benefit"], 10, load_evidence_rules())
    assert size == row["size"], row["why"]
    assert decide(size, LEVELS[row["certainty"]]) == row["verdict"], row["why"]


def test_every_verdict_and_every_size_stands_in_the_table():
    assert {row["verdict"] for row in ROWS} == set(Verdict)
    assert {row["size"] for row in ROWS} == set(Size) - {Size.UNKNOWN}


def test_without_an_important_difference_the_verdict_is_unclear():
    assert decide(size_of(50, None, load_evidence_rules()), Level.HIGH) is Verdict.UNCLEAR


def test_every_verdict_has_its_own_sign():
    assert len({v.mark.sign for v in Verdict}) == len(Verdict)
