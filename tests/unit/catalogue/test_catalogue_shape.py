"""A document that differs from its schema is told so in plain sentences, each with its place."""

import json
from copy import deepcopy
from functools import cache

import pytest

from enthesis.catalogue.files import SHIPPED
from enthesis.catalogue.schema import SCHEMA_FOLDER, bundled_schema, words_schema
from enthesis.catalogue.shape import ShapeChecker
from enthesis.catalogue.strict_yaml import read_yaml


@cache
def vocabulary():
    return read_yaml((SHIPPED / "vocabulary.yaml").read_bytes()).value


@cache
def checker():
    return ShapeChecker("study", vocabulary())


@pytest.fixture
def study():
    return deepcopy(read_yaml((SHIPPED / "studies" / "bennell-2021.yaml").read_bytes()).value)


def told(study):
    return {breach.path: f"{breach.message} {breach.repair}" for breach in checker().breaches(study)}


def test_a_real_study_has_the_right_shape(study):
    assert told(study) == {}


def set_at(document, path, value):
    *way, last = path
    for step in way:
        document = document[step]
    document[last] = value


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("condition",), "knee-osteoartritis", "is no known condition. Did you mean knee-osteoarthritis"),
        (("condition",), "gout", "Allowed: knee-osteoarthritis, advanced-knee-osteoarthritis"),
        (("results", 0, "instrument"), "VAS pain", "Did you mean vas-pain or vas-pain-activity"),
        (("design",), "RTC", "is no known study design"),
        (("funding",), "pharma", "Allowed: industry, public, mixed, none."),
        (("pmid",), 34812863, "34812863 must be text. Put it in quotes: '34812863'."),
        (("countries", 0), False, "false must be text."),
        (("countries", 0), "Norway", "does not have the right form. Write it like NO"),
        (("doi",), "doi.org/10.1", "does not have the right form. Write it like 10.1001/jama.2021.19415"),
        (("year",), "2021", "'2021' must be a whole number or null."),
        (("year",), 21, "21 must be not below 1990."),
        (("title_is_descriptive",), "no", "'no' must be true or false."),
        (("arms",), [], "[] holds fewer than 1."),
        (("arms", 0, "plus"), ["exercise", "exercise"], "names one thing twice."),
        (("results", 0, "reread"), False, "false must be true. Leave the field out"),
        (("results", 0, "range"), [0], "[0] holds fewer than 2."),
        (("results", 0, "weeks"), 12.5, "12.5 must be a whole number."),
        (("results", 0, "arms", "prp", "n"), 144.0, "144.0 must be a whole number."),
        (("results", 0, "arms", "prp", "n"), True, "true must be a whole number."),
        (("results", 0, "arms", "prp", "sd"), 0, "0 must be above 0."),
        (("results", 0, "arms", "prp", "mean"), "1,5", "'1,5' must be a number. Write digits only"),
        (("results", 0, "contrast", "p"), {"relation": "≤", "value": 0.1}, "must be"),
        (("results", 0, "contrast", "p"), "p < 0.05", "'p < 0.05' must be a group of fields."),
        (
            ("results", 0, "contrast"),
            {"of": "prp", "versus": "saline"},
            "holds none of estimate, ci, p, favours.",
        ),
        (("results", 0, "notes"), "one note", "'one note' must be a list."),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(study, path, value, said):
    set_at(study, path, value)
    found = told(study)
    if said == "must be":
        assert found[(*path, "relation")].startswith("'≤' is no known relation. Allowed: =, <, >.")
    else:
        assert said in found[path]


def test_an_unknown_field_is_named_with_its_neighbour(study):
    study["results"][0]["arms"]["prp"]["meen"] = 3
    study["resluts"] = []
    found = told(study)
    assert "unknown field 'meen'. Did you mean mean" in found["results", 0, "arms", "prp", "meen"]
    assert "unknown field 'resluts'. Did you mean results" in found["resluts",]


def test_every_missing_field_is_named_once(study):
    del study["title"], study["identity"]
    breaches = checker().breaches(study)
    assert sorted(b.message for b in breaches) == [
        "the field 'identity' is missing.",
        "the field 'title' is missing.",
    ]


def test_a_flag_needs_its_note(study):
    study["results"][1]["usable"] = False
    assert "the field 'notes' is missing beside usable." in told(study)["results", 1]


def test_an_arm_id_with_capitals_is_refused(study):
    study["results"][0]["arms"]["PRP"] = {"n": 3}
    assert "'PRP' does not have the right form" in told(study)["results", 0, "arms"]


@pytest.mark.parametrize("document", [None, [], "text", 3, True])
def test_a_document_that_is_no_group_of_fields_is_refused(document):
    assert [b.path for b in checker().breaches(document)] == [()]


def objects(schema):
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for value in schema.values():
            yield from objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects(value)


@pytest.mark.parametrize("kind", ["study", "review", "vocabulary"])
def test_every_group_of_fields_is_closed(kind):
    groups = list(objects(bundled_schema(kind, vocabulary())))
    assert groups
    assert all(group["additionalProperties"] is False for group in groups)


@pytest.mark.parametrize("kind", ["study", "review", "vocabulary"])
def test_the_schemas_are_schemas(kind):
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(bundled_schema(kind, vocabulary()))


def test_words_for_editors_are_those_of_the_vocabulary():
    written = json.loads((SCHEMA_FOLDER / "words.schema.json").read_text(encoding="utf-8"))
    assert written == words_schema(vocabulary())
    for group, words in vocabulary().items():
        assert written["$defs"][group]["enum"] == list(words)


def test_no_list_of_the_vocabulary_is_written_by_hand_into_a_schema():
    lists = {tuple(sorted(words)) for words in vocabulary().values()}
    for path in SCHEMA_FOLDER.glob("*.schema.json"):
        if path.name in ("study.schema.json", "review.schema.json", "record.schema.json"):
            for enum in enums(json.loads(path.read_text(encoding="utf-8"))):
                assert tuple(sorted(enum)) not in lists, (path.name, enum)


def enums(node):
    if isinstance(node, dict):
        if isinstance(node.get("enum"), list):
            yield node["enum"]
        for value in node.values():
            yield from enums(value)
    elif isinstance(node, list):
        for value in node:
            yield from enums(value)
