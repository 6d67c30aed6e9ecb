"""The shipped instrument files are complete, consistent and honest about what was read."""

import re
from itertools import pairwise
from typing import get_args, get_type_hints

import pytest

from enthesis.catalogue import load
from enthesis.catalogue.instrument_build import RULES
from enthesis.catalogue.instruments_loader import INSTRUMENT_FOLDER, find_instrument, load_instruments
from enthesis.catalogue.schema import read_schema
from enthesis.domain.instruments import Code, Instrument, Item, Language, Licence, Source, Threshold, ValueSet
from enthesis.domain.instruments.rules import ScoreRule
from enthesis.errors import NotFound

INSTRUMENTS = load_instruments()
EVERY = pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=list(INSTRUMENTS))

REQUIRED = """
    6mwt aofas-ankle-hindfoot ases constant-murley dash eq-5d-5l faam faos hoos ikdc-subjective jfls-20 jfls-8
    koos koos-12 koos-ps lefs lysholm ndi nrs-pain odi-2.1a oks pass-question peg-3 pgic
    promis-pain-interference-4a promis-physical-function-4a prtee quickdash rand-36 rmdq sf-12 sf-36 spadi
    tegner vas-pain-100 visa-a visa-g visa-p womac-likert-3.1 womac-vas
"""

DATE = re.compile(r"20\d\d-\d\d-\d\d")


def test_every_promised_instrument_has_a_file():
    assert sorted(set(REQUIRED.split()) - set(INSTRUMENTS)) == []


def test_every_file_is_read():
    assert {path.stem for path in INSTRUMENT_FOLDER.iterdir()} == set(INSTRUMENTS)


@EVERY
def test_conditions_are_words_of_the_vocabulary(instrument):
    known = {*load().vocabulary.words["condition"], "all"}
    assert [c for c in instrument.conditions if c not in known] == []


@EVERY
def test_score_words_are_instruments_of_the_vocabulary(instrument):
    known = {"", *load().vocabulary.words["instrument"]}
    assert [rule.word for rule in instrument.scores if rule.word not in known] == []


@EVERY
def test_item_wording_ships_only_where_its_licence_lets_it(instrument):
    if not instrument.licence.text_ships:
        assert [item.id for item in instrument.items if item.text] == []


@EVERY
def test_every_source_can_be_followed_and_says_when_it_was_read(instrument):
    for source in instrument.sources.values():
        assert source.address.startswith(("https://", "http://"))
        assert DATE.fullmatch(source.read)


@EVERY
def test_every_threshold_names_its_population_and_method(instrument):
    assert [t.id for t in instrument.thresholds if not (t.population.strip() and t.method.strip())] == []


@EVERY
def test_every_threshold_of_a_scale_lies_inside_it(instrument):
    for threshold in instrument.thresholds:
        low, high = instrument.score_rule(threshold.score).range
        width = 100 if threshold.scale == "normal" else high - low
        for number in (threshold.value, threshold.high):
            assert number is None or 0 < number <= width + (low if threshold.kind == "pass" else 0)


@EVERY
def test_a_switched_off_instrument_says_why_and_offers_no_score(instrument):
    if instrument.switched_off:
        assert " Needed: " in instrument.switched_off
        assert instrument.scores == ()
    else:
        assert instrument.scores


@EVERY
def test_every_score_that_drops_answers_says_its_rule_for_gaps(instrument):
    assert [rule.name for rule in instrument.scores if not rule.missing.strip()] == []


@pytest.mark.parametrize("name", INSTRUMENTS["eq-5d-5l"].value_sets)
def test_a_worse_level_never_loses_less_in_a_value_set(name):
    for losses in INSTRUMENTS["eq-5d-5l"].value_sets[name].losses:
        assert all(b >= a for a, b in pairwise(losses))


def test_instruments_are_found_by_id_and_alias_in_any_case():
    assert find_instrument("KOOS").id == "koos"
    assert find_instrument(" womac ").id == "womac-likert-3.1"
    assert find_instrument("VAS").id == "vas-pain-100"


def test_an_unknown_instrument_is_not_found_and_close_names_are_offered():
    with pytest.raises(NotFound, match=r"No instrument is called 'kooss'\. Did you mean koos"):
        find_instrument("kooss")


def test_nothing_is_guessed_between_versions():
    assert find_instrument("promis-physical-function-4a").version == "v2.0"
    assert find_instrument("promis-physical-function-4a-v1").version == "v1.0"


SCHEMA = read_schema("instrument")


@pytest.mark.parametrize(
    ("place", "owner", "field"),
    [
        (SCHEMA["properties"]["kind"], Instrument, "kind"),
        (SCHEMA["properties"]["licence"]["properties"]["status"], Licence, "status"),
        (SCHEMA["$defs"]["better"], ScoreRule, "better"),
        (SCHEMA["$defs"]["threshold"]["properties"]["kind"], Threshold, "kind"),
        (SCHEMA["$defs"]["threshold"]["properties"]["scale"], Threshold, "scale"),
        (SCHEMA["$defs"]["source"]["properties"]["standing"], Source, "standing"),
        (SCHEMA["properties"]["languages"]["items"]["properties"]["status"], Language, "status"),
    ],
)
def test_lists_of_words_in_the_schema_equal_those_of_the_domain(place, owner, field):
    assert sorted(place["enum"]) == sorted(get_args(get_type_hints(owner)[field]))


def test_rules_of_the_schema_are_the_rules_that_can_score():
    assert sorted(SCHEMA["$defs"]["rule"]["properties"]["type"]["enum"]) == sorted(RULES)


@pytest.mark.parametrize(
    ("place", "owner"),
    [
        (SCHEMA["$defs"]["threshold"], Threshold),
        (SCHEMA["properties"]["codes"]["items"], Code),
        (SCHEMA["properties"]["languages"]["items"], Language),
    ],
)
def test_fields_of_the_schema_are_the_fields_of_the_domain(place, owner):
    assert set(place["properties"]) == set(owner.__dataclass_fields__)


def test_every_group_of_the_schema_is_closed():
    assert list(_open_groups(SCHEMA, "instrument")) == []


def _open_groups(node, place):
    if isinstance(node, dict):
        if "properties" in node and node.get("additionalProperties") is not False:
            yield place
        for name, below in node.items():
            yield from _open_groups(below, f"{place}.{name}")


def test_items_and_value_sets_are_frozen():
    for kind in (Item, ValueSet, Instrument):
        assert kind.__dataclass_params__.frozen
