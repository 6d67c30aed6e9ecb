"""Completeness of a record and of the reports of the evidence, counted by hand."""

from dataclasses import fields, replace

import pytest

from enthesis.catalogue.product_rules import load_product_rules
from enthesis.domain.evidence.study import Arm, Blinding, Population, Product, Study
from enthesis.domain.products import (
    ReportedProduct,
    read_product,
    record_completeness,
    reported_items,
    reported_product,
)
from enthesis.domain.products.reporting import checklist_for

RULES = load_product_rules()
PRP = checklist_for(RULES.checklists, "prp")
STUDY = Study(
    id="of-nobody-2020", title="A trial", title_is_descriptive=True, first_author=None, year=2020,
    year_is_inferred=False, url="https://example.org", design="rct", condition="knee-osteoarthritis",
    population=Population(severity="KL 2-3"),
    arms=(Arm("prp", "prp", "PRP"), Arm("saline", "saline", "saline")),
    results=(), same_trial_as=(), cautions=(), identity="partial",
)  # fmt: skip


def test_an_empty_record_reports_nothing_of_its_own():
    reporting = record_completeness(read_product({}), PRP)
    assert reporting.reported == 0
    assert reporting.in_record == (0, 40)
    assert reporting.of == 67
    assert [(h.reported, h.of) for h in reporting.headings] == [
        (0, 4), (0, 6), (0, 5), (0, 4), (0, 5), (0, 5), (0, 10), (0, 8), (0, 4), (0, 8), (0, 3), (0, 5),
    ]  # fmt: skip


def test_prp_has_the_twelve_headings_of_the_paper():
    assert len(PRP.headings) == 12
    assert PRP.published_statements == 23
    assert not PRP.wording_verified
    assert "No count here is a MIBO score" in PRP.caveat


def test_each_recorded_field_counts_once():
    record = {
        "whole_blood": {"volume": 30, "platelets": 250},
        "product": {"platelets": 900, "volume_injected": 4},
    }
    reporting = record_completeness(read_product(record), PRP)
    # blood volume, blood platelets, product platelets, dose, fold, volume injected
    assert reporting.in_record == (6, 40)
    assert str(reporting) == "6 of 67 data points"


def test_the_agent_is_not_asked_of_a_product_that_was_not_activated():
    reporting = record_completeness(read_product({"activation": {"exogenous": False}}), PRP)
    activation = next(h for h in reporting.headings if h.id == "activation")
    assert (activation.reported, activation.of) == (1, 1)


def test_an_interval_is_not_asked_of_a_single_injection():
    single = record_completeness(read_product({"delivery": {"injections": 1}}), PRP)
    series = record_completeness(read_product({"delivery": {"injections": 3}}), PRP)
    assert single.of == series.of - 1
    assert "interval between injections" in series.missing
    assert "interval between injections" not in single.missing


def test_culture_is_not_asked_of_marrow_concentrate():
    checklist = checklist_for(RULES.checklists, "bmac")
    headings = {h.id for h in record_completeness(read_product({"kind": "bmac"}), checklist).headings}
    assert "culture" not in headings
    cultured = record_completeness(read_product({"kind": "msc-adipose"}), checklist)
    assert "culture" in {h.id for h in cultured.headings}


def test_what_the_patients_file_holds_can_be_counted_in():
    reporting = record_completeness(read_product({}), PRP, documented_elsewhere={"age", "sex"})
    assert reporting.reported == 2
    with pytest.raises(ValueError, match="has no data point shoe-size"):
        record_completeness(read_product({}), PRP, documented_elsewhere={"shoe-size"})


def test_a_trial_that_names_only_its_arms_reports_its_frame():
    items = reported_items(reported_product(STUDY.arms[0].product, STUDY.arms[0], STUDY), RULES.checklists)
    # design, condition, severity, comparator
    assert str(items) == "4 of 20"
    assert set(items.reported) == {"design", "diagnosis", "severity grade", "comparator"}
    assert items.not_kept == 47
    assert "not seen on the page read" in items.caveats[0]


def test_a_trial_that_says_what_was_injected_reports_more():
    product = Product(
        leukocytes="poor", platelet_dose_e9=10, injections=3, interval_days=7, volume_ml=8,
        activation="none", guidance="ultrasound",
    )  # fmt: skip
    study = replace(STUDY, blinding=Blinding(participants=True), registration="CTRI/1")
    items = reported_items(reported_product(product, study.arms[0], study), RULES.checklists)
    assert str(items) == "13 of 20"
    # leukocytes, dose, activation, volume, injections, interval, guidance of nine
    assert items.of_product == (7, 9)


def test_unknown_leukocytes_are_not_reported():
    unknown = reported_items(ReportedProduct("prp", leukocytes="unknown"), RULES.checklists)
    assert unknown.k == 0
    assert reported_items(ReportedProduct("prp", leukocytes="rich"), RULES.checklists).k == 1


def test_a_single_injection_has_one_data_point_less():
    assert reported_items(ReportedProduct("prp", injections=1), RULES.checklists).n == 19


def test_an_intervention_without_a_checklist_is_not_counted():
    assert reported_items(ReportedProduct("saline"), RULES.checklists) is None


@pytest.mark.parametrize("name", [f.name for f in fields(ReportedProduct) if f.name != "intervention"])
def test_every_fact_of_a_report_counts_somewhere(name):
    kept = {point.study for checklist in RULES.checklists for point in checklist.points}
    assert name in kept
    for intervention in ("prp", "msc-adipose"):
        bare, told = ReportedProduct(intervention), ReportedProduct(intervention, **{name: "stated"})
        gained = reported_items(told, RULES.checklists).k - reported_items(bare, RULES.checklists).k
        checklist = checklist_for(RULES.checklists, intervention)
        assert gained == (name in {point.study for point in checklist.points})
