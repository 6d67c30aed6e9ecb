"""Whatever a file holds, it becomes a record or a list of faults; nothing else ever comes out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enthesis.catalogue.product_rules import load_product_rules
from enthesis.domain.products import label_lines, mibo_paragraph, product_report, read_product
from enthesis.domain.products.kinds import ProductKind
from enthesis.errors import InvalidData

GROUPS = (
    "whole_blood",
    "product",
    "preparation",
    "activation",
    "delivery",
    "harvest",
    "culture",
    "phenotype",
)
NAMES = (
    "platelets", "leukocytes", "neutrophils", "erythrocytes", "volume", "volume_prepared",
    "volume_injected", "anticoagulant_volume", "counted", "spins", "g_force", "rpm", "radius_cm",
    "minutes", "agent", "exogenous", "moment", "guidance", "injections", "nucleated", "viability",
    "markers_percent", "lineages", "points", "dextrose_percent", "analyser", "recounted", "fibrin",
    "nonsense",
)  # fmt: skip
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**7),
    st.floats(),
    st.sampled_from(
        ["250 x10^9/L", "5 mL", "none", "ultrasound", "with-anticoagulant", "collagen", "high", ""]
    ),
    st.text(max_size=8),
)
entries = st.one_of(
    scalars, st.lists(scalars, max_size=3), st.dictionaries(st.sampled_from(NAMES), scalars, max_size=2)
)
groups = st.one_of(scalars, st.dictionaries(st.sampled_from(NAMES), entries, max_size=8))
kinds = st.one_of(st.sampled_from([kind.value for kind in ProductKind]), scalars)
documents = st.fixed_dictionaries({}, optional={"kind": kinds, **dict.fromkeys(GROUPS, groups)})


def report_or_faults(document):
    """The answer for a document, or the words of its refusal."""
    try:
        return product_report(read_product(document), load_product_rules()), ()
    except InvalidData as refusal:
        return None, tuple(map(str, refusal.faults))


@settings(max_examples=500)
@given(documents)
def test_any_document_gives_an_answer_or_faults(document):
    report, faults = report_or_faults(document)
    assert all(fault.strip() for fault in faults)
    assert (report is None) == bool(faults)
    if report is None:
        return
    answer = report.as_dict()
    assert answer["kind"] in list(ProductKind)
    assert all(value == value for value in answer.values() if isinstance(value, float))
    assert mibo_paragraph(report).endswith(".")
    assert all(line.name and line.value for line in label_lines(report))


@given(st.one_of(scalars, st.lists(scalars, max_size=3)).filter(lambda document: document is not None))
def test_what_is_no_group_of_fields_is_refused(document):
    _, faults = report_or_faults(document)
    assert any("must be a group of fields" in fault for fault in faults)


@pytest.mark.parametrize("value", [10**400, float("inf"), float("nan"), True, [1], {"a": 1}])
def test_what_is_no_number_is_refused(value):
    _, faults = report_or_faults({"product": {"platelets": value}})
    assert any("must be a number" in fault for fault in faults)


def test_empty_boxes_of_a_form_are_fields_that_were_not_filled_in():
    blank = {"whole_blood": {"platelets": "", "volume": " "}, "delivery": {"injections": "", "site": ""}}
    assert read_product(blank) == read_product({})


def test_the_moment_of_activation_may_be_said_shortly():
    for short in ("before", "at"):
        record = read_product({"activation": {"agent": "collagen", "moment": short}})
        assert record.activation.moment == f"{short} injection"
