"""Every Questionnaire against HL7's schema, the R4B models and the required bindings; and what is refused."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from enthesis.catalogue.instruments_loader import find_instrument, load_instruments
from enthesis.domain.instruments import ClinicLicence
from enthesis.errors import CannotEstimate, InvalidData, NotAllowed
from enthesis.exchange.fhir import expressions, questionnaire, questionnaire_response
from enthesis.exchange.fhir.systems import ORDINAL

INSTRUMENTS = load_instruments()
SCORED = [name for name, i in INSTRUMENTS.items() if not i.switched_off]
SHIPPED = [name for name in SCORED if INSTRUMENTS[name].licence.text_ships]
KEPT_BACK = [name for name in SCORED if name not in SHIPPED]
SCHEMA = json.loads(
    (Path(__file__).parents[2] / "reference/fhir/questionnaire-r4.schema.json").read_text("utf-8")
)
# Required bindings of R4, copied from http://hl7.org/fhir/R4/questionnaire.html; fhir.resources checks none.
STATUS = {"draft", "active", "retired", "unknown"}
ITEM_TYPES = {
    *("group", "display", "question", "boolean", "decimal", "integer", "date", "dateTime", "time", "string"),
    *("text", "url", "choice", "open-choice", "attachment", "reference", "quantity"),
}
# Extensible in R4; http://hl7.org/fhir/R4/valueset-questionnaire-item-control.html
ITEM_CONTROLS = {"radio-button", "slider"}


def problems(resource):
    validator = jsonschema.Draft6Validator({**SCHEMA, "$ref": f"#/definitions/{resource['resourceType']}"})
    return [f"{list(e.absolute_path)}: {e.message}" for e in validator.iter_errors(resource)]


def all_items(items):
    for item in items:
        yield item
        yield from all_items(item.get("item", []))


def complete(instrument):
    first = {branch[0] for branch in instrument.branches}
    others = {i for branch in instrument.branches for i in branch} - first
    return {i.id: None if i.id in others else i.response.maximum for i in instrument.items}


@pytest.mark.parametrize("name", SCORED)
def test_every_questionnaire_is_valid_r4(name):
    resource = questionnaire(INSTRUMENTS[name], structure_only=True).resource
    assert problems(resource) == []
    assert Questionnaire.model_validate(resource).url == f"urn:enthesis:Questionnaire/{name}"


@pytest.mark.parametrize("name", SCORED)
def test_every_response_is_valid_r4(name):
    instrument = INSTRUMENTS[name]
    resource = questionnaire_response(instrument, complete(instrument), authored="2026-11-22")
    assert problems(resource) == []
    assert QuestionnaireResponse.model_validate(resource).status == "completed"


@pytest.mark.parametrize("name", SCORED)
def test_required_bindings_and_the_rules_of_the_standard_hold(name):
    resource = questionnaire(INSTRUMENTS[name], structure_only=True).resource
    items = list(all_items(resource["item"]))
    links = [item["linkId"] for item in items]
    assert resource["status"] in STATUS
    assert {item["type"] for item in items} <= ITEM_TYPES
    assert len(set(links)) == len(links)  # que-2
    assert all(bool(item.get("item")) is (item["type"] == "group") for item in items)  # que-1
    assert all(("answerOption" in item) is (item["type"] == "choice") for item in items)  # que-5
    assert re.fullmatch(r"[A-Z]([A-Za-z0-9_]){0,254}", resource["name"])  # que-0
    controls = {
        e["valueCodeableConcept"]["coding"][0]["code"]
        for item in items
        for e in item.get("extension", [])
        if "valueCodeableConcept" in e
    }
    assert controls <= ITEM_CONTROLS


def test_the_schema_refuses_what_is_wrong():
    resource = questionnaire(INSTRUMENTS["koos"], structure_only=True).resource
    assert problems({**resource, "status": "final"})
    assert problems({**resource, "colour": "blue"})
    assert problems({**resource, "item": [{"linkId": "1", "type": "slider"}]})


@pytest.mark.parametrize("name", SCORED)
def test_a_complete_form_calculates_every_score_that_is_not_noted_as_missing(name):
    instrument = INSTRUMENTS[name]
    form = questionnaire(instrument, structure_only=True)
    links = {item["linkId"] for item in all_items(form.resource["item"])}
    for made in expressions(instrument):
        noted = any(f"'{made.score.label}' is not calculated" in note for note in form.notes)
        assert (f"score-{made.score.name}" in links) is not noted


def test_only_the_index_by_a_value_set_has_no_expression():
    lacking = [
        (name, note)
        for name in SCORED
        for note in questionnaire(INSTRUMENTS[name], structure_only=True).notes
        if "not calculated" in note
    ]
    assert [name for name, _ in lacking] == ["eq-5d-5l"]
    assert "value set" in lacking[0][1]


@pytest.mark.parametrize("name", KEPT_BACK)
def test_wording_that_may_not_ship_is_refused_with_its_owner(name):
    instrument = INSTRUMENTS[name]
    with pytest.raises(NotAllowed, match=re.escape(instrument.licence.owner)):
        questionnaire(instrument)


@pytest.mark.parametrize("name", KEPT_BACK)
def test_structure_only_names_no_item_but_by_number_and_says_so(name):
    form = questionnaire(INSTRUMENTS[name], structure_only=True)
    texts = [i["text"] for i in all_items(form.resource["item"]) if i.get("prefix")]
    assert texts == [f"Item {n}" for n in range(1, len(texts) + 1)]
    assert "Structure only" in form.resource["description"]
    assert form.resource["title"].endswith("(structure only)")
    assert form.resource["status"] == "draft"


@pytest.mark.parametrize("name", SHIPPED)
def test_free_wording_is_in_the_form(name):
    instrument = INSTRUMENTS[name]
    resource = questionnaire(instrument).resource
    texts = {i["linkId"]: i["text"] for i in all_items(resource["item"])}
    assert all(texts[item.id] == item.text for item in instrument.items)
    assert resource["status"] == "active"


def test_a_clinic_with_a_licence_gets_its_own_wording_in_its_language():
    peg = INSTRUMENTS["peg-3"]
    texts = {item.id: f"eigener Wortlaut {item.number}" for item in peg.items}
    licence = ClinicLicence("peg-3", "de", "contract 7", texts)
    form = questionnaire(peg, language="de", clinic=licence)
    assert form.resource["language"] == "de"
    assert [i["text"] for i in form.resource["item"][:3]] == list(texts.values())
    with pytest.raises(NotAllowed, match="peg-3"):
        questionnaire(peg, language="fr", clinic=licence)
    with pytest.raises(InvalidData, match="has no text"):
        questionnaire(peg, language="de", clinic=ClinicLicence("peg-3", "de", "contract 7", {}))


def test_an_instrument_that_is_switched_off_has_no_form():
    with pytest.raises(CannotEstimate, match="switched off"):
        questionnaire(INSTRUMENTS["sf-12"], structure_only=True)


def test_an_option_is_worth_what_the_scorer_counts():
    resource = questionnaire(INSTRUMENTS["rand-36"], structure_only=True).resource
    # RAND-36 item 1 runs from excellent (1, worth 100) to poor (5, worth 0).
    worth = {o["valueCoding"]["code"]: o["extension"][0] for o in resource["item"][0]["answerOption"]}
    assert {code: (e["url"], e["valueDecimal"]) for code, e in worth.items()} == {
        code: (ORDINAL, points) for code, points in zip("12345", (100, 75, 50, 25, 0), strict=True)
    }


def test_only_codes_that_the_instrument_confirms_are_given():
    coded = {
        name: resource["code"]
        for name in SCORED
        if "code" in (resource := questionnaire(INSTRUMENTS[name], structure_only=True).resource)
    }
    given = {name: [(c["system"], c["code"]) for c in codes] for name, codes in coded.items()}
    assert given == {
        name: [("http://loinc.org", c.code) for c in INSTRUMENTS[name].codes if c.system == "loinc"]
        for name in SCORED
        if any(c.system == "loinc" for c in INSTRUMENTS[name].codes)
    }


def test_a_line_is_a_slider_between_its_ends():
    (line, _) = questionnaire(find_instrument("vas")).resource["item"]
    held = {
        e["url"].rsplit("/", 1)[1]: next(v for k, v in e.items() if k != "url") for e in line["extension"]
    }
    assert line["type"] == "decimal"
    assert (held["minValue"], held["maxValue"]) == (0, 100)
    assert held["questionnaire-itemControl"]["coding"][0]["code"] == "slider"
    assert held["questionnaire-unit"]["code"] == "mm"


def test_the_address_can_be_that_of_a_clinics_own_server():
    resource = questionnaire(find_instrument("vas"), base="https://fhir.example.org/").resource
    assert resource["url"] == "https://fhir.example.org/Questionnaire/vas-pain-100"
