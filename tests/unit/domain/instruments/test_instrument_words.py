"""Rules are said in words a hand calculation can follow, and wording appears only under a licence."""

import pytest

from enthesis.catalogue.instruments_loader import find_instrument, load_instruments
from enthesis.domain.instruments import (
    ClinicLicence,
    Highest,
    Mean,
    OfScores,
    Profile,
    ShareOfMaximum,
    Sum,
    Table,
    ValueSetIndex,
    Weighted,
    missing_in_words,
    rule_in_words,
    wording,
)
from enthesis.errors import InvalidData, NotAllowed

PEG = find_instrument("peg-3")
TEXTS = {"pain": "a", "enjoyment": "b", "activity": "c"}


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Mean(), "mean of the answered items"),
        (Mean(-25, 100), "100 - 25 × mean of the answered items"),
        (Mean(25, -25), "-25 + 25 × mean of the answered items"),
        (Mean(1, 5), "mean of the answered items + 5"),
        (Sum(), "sum of the items"),
        (Sum(0.5), "0.5 × sum of the items"),
        (Sum(-1), "-1 × sum of the items"),
        (ShareOfMaximum(), "100 × sum / highest possible sum of the answered items"),
        (Weighted((1, 2), 3), "3 + sum of the 2 items, each times its own weight"),
        (Table(4, (1, 2, 3)), "printed value for each sum from 4 to 6"),
        (Highest(2.2, 25), "highest answer × 2.2, at most 25"),
        (Profile(), "the answers side by side; no quantity"),
        (ValueSetIndex(), "index by the chosen value set"),
        (OfScores(("pain", "function"), "sum"), "sum of pain, function"),
    ],
)
def test_a_rule_says_what_it_does(rule, words):
    assert rule_in_words(rule) == words


@pytest.mark.parametrize(
    ("name", "score", "words"),
    [
        ("koos", "pain", "5 of 9"),
        ("lefs", "total", "all 20"),
        ("visa-a", "total", "all 8"),
        ("womac", "total", "all 3 scores"),
    ],
)
def test_a_score_says_how_many_answers_it_needs(name, score, words):
    instrument = find_instrument(name)
    assert missing_in_words(instrument, instrument.score_rule(score)) == words


def test_shipped_wording_covers_every_item():
    for instrument in load_instruments().values():
        if instrument.licence.text_ships:
            assert all(wording(instrument).values())


def test_wording_without_a_licence_is_refused_with_the_owner():
    with pytest.raises(NotAllowed, match="belongs to Erin Krebs"):
        wording(PEG)


def test_a_clinic_shows_the_wording_it_has_a_licence_for():
    clinic = ClinicLicence("peg-3", "ja", "letter of 2026-05-02", TEXTS)
    assert wording(PEG, "ja", clinic) == TEXTS


def test_a_clinic_wording_must_cover_the_items_and_nothing_else():
    clinic = ClinicLicence("peg-3", "ja", "letter", {"pain": "a", "enjoyment": " ", "mood": "d"})
    with pytest.raises(InvalidData) as caught:
        wording(PEG, "ja", clinic)
    assert [str(f) for f in caught.value.faults] == [
        "enjoyment: has no text.",
        "activity: has no text.",
        "mood: is no item of peg-3.",
    ]
