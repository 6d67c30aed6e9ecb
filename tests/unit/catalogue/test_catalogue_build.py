"""The values of the domain mirror the schemas field by field."""

import dataclasses
from copy import deepcopy
from datetime import date

import pytest

from enthesis.catalogue import load
from enthesis.catalogue.build import build_review, build_study
from enthesis.catalogue.files import SHIPPED
from enthesis.catalogue.schema import read_schema
from enthesis.catalogue.strict_yaml import read_yaml
from enthesis.domain.evidence import printed, review, study
from enthesis.errors import InvalidData

STUDY, REVIEW, RECORD = read_schema("study"), read_schema("review"), read_schema("record")["$defs"]
ROW = STUDY["properties"]["results"]["items"]
MIRRORS = [
    (study.Study, STUDY),
    (study.Blinding, STUDY["properties"]["blinding"]),
    (study.Population, STUDY["properties"]["population"]),
    (study.Arm, STUDY["properties"]["arms"]["items"]),
    (study.Product, STUDY["properties"]["arms"]["items"]["properties"]["product"]),
    (study.Result, ROW),
    (printed.PrintedContrast, ROW["properties"]["contrast"]),
    (printed.WithinArm, ROW["properties"]["within_arm"]["items"]),
    (printed.PrintedP, RECORD["printed_p"]),
    (printed.Source, RECORD["source"]),
    (printed.Integrity, RECORD["integrity"]),
    (printed.Correction, RECORD["corrections"]["items"]),
    (review.Review, REVIEW),
    (review.Included, REVIEW["properties"]["included"]),
    (review.PooledRow, REVIEW["properties"]["pooled"]["items"]),
    (review.Statement, REVIEW["properties"]["statements"]["items"]),
]


def field_names(value):
    return {field.name for field in dataclasses.fields(value)}


@pytest.mark.parametrize(("value", "schema"), MIRRORS, ids=lambda item: getattr(item, "__name__", ""))
def test_a_value_has_exactly_the_fields_of_its_schema(value, schema):
    assert field_names(value) == set(schema["properties"])


@pytest.mark.parametrize(("value", "schema"), MIRRORS, ids=lambda item: getattr(item, "__name__", ""))
def test_what_the_schema_requires_has_no_default(value, schema):
    required = {
        f.name for f in dataclasses.fields(value) if f.default is f.default_factory is dataclasses.MISSING
    }
    assert required == set(schema.get("required", ()))


def test_figures_of_an_arm_carry_its_id():
    figures = ROW["properties"]["arms"]["additionalProperties"]
    assert field_names(printed.ArmFigures) == {"arm", *figures["properties"]}


# What a value holds where the file is silent.
SILENT = [("derived", False), ("reread", False), ("usable", True), ("paired", False), ("unit", "person")]


def as_document(value):
    """A domain value, or a document, as plain values without what a file may leave out."""
    if isinstance(value, study.Result):
        arms = {"arms": {figures.arm: as_document(figures) for figures in value.arms}}
        return as_document(fields_of(value) | arms)
    if dataclasses.is_dataclass(value):
        return as_document(fields_of(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        plain = {name: as_document(item) for name, item in value.items() if (name, item) not in SILENT}
        return {name: item for name, item in plain.items() if item is not None and item != [] and item != {}}
    return [as_document(item) for item in value] if isinstance(value, list | tuple) else value


def fields_of(value):
    names = [
        f.name
        for f in dataclasses.fields(value)
        if not (f.name == "arm" and isinstance(value, printed.ArmFigures))
    ]
    return {name: getattr(value, name) for name in names}


def read(kind, name):
    return read_yaml((SHIPPED / kind / f"{name}.yaml").read_bytes()).value


def test_no_figure_is_lost_or_changed_on_the_way_from_file_to_value():
    catalogue = load()
    for kind, values in (("studies", catalogue.studies), ("reviews", catalogue.reviews)):
        for name, value in values.items():
            assert as_document(value) == as_document(read(kind, name)), name


def test_a_correction_has_its_day():
    document = read("studies", "bennell-2021")
    document["corrections"] = [
        {
            "field": "results[0].arms.prp.sd",
            "was": 2.6,
            "now": 2.7,
            "reason": "slip",
            "source": "table 2",
            "date": "2026-11-30",
        }
    ]
    assert build_study(document).corrections[0].date.isoformat() == "2026-11-30"


def test_a_value_that_refuses_says_where_it_stands():
    document = deepcopy(read("studies", "bennell-2021"))
    document["results"][3]["arms"]["prp"]["sd"] = -1
    document["results"][5]["contrast"]["p"]["value"] = 2
    with pytest.raises(InvalidData, match=r"results\[3\].arms\[0\].sd: -1 is not above 0") as caught:
        build_study(document)
    assert [f.where for f in caught.value.faults] == ["results[3].arms[0].sd", "results[5].contrast.p.value"]


def test_a_review_that_refuses_says_where_it_stands():
    document = deepcopy(read("reviews", "xu-2026"))
    document["pooled"][1]["ci"] = [2, 1]
    with pytest.raises(InvalidData, match=r"pooled\[1\].ci: \[2, 1\] is not ordered"):
        build_review(document)
