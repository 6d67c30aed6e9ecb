"""Every row of the specification tables holds; the same tables make docs/reference/products."""

from pathlib import Path

import pytest
import yaml

from enthesis.catalogue.product_rules import load_product_rules
from enthesis.domain.products import (
    CellConcentration,
    Spin,
    measure,
    parse_volume_ml,
    product_report,
    read_product,
)
from enthesis.domain.products.answers import PlateletReport
from enthesis.domain.products.classes import classify, label_leukocytes
from enthesis.domain.products.platelets import PlateletProduct
from enthesis.domain.products.plausibility import Severity, check_cell_plausibility, check_plausibility
from enthesis.errors import InvalidData

TABLES = sorted(Path(__file__).parent.glob("*.yaml"))
RULES = load_product_rules()
# Expected values are written to six significant digits.
WITHIN = 1e-6


def rows(kind: str) -> list:
    found = []
    for path in TABLES:
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
        if table["kind"] == kind:
            found += [pytest.param(table, row, id=f"{path.stem}: {row['say']}") for row in table["rows"]]
    assert found, f"no table of the kind {kind}"
    return found


def test_every_table_is_of_a_kind_that_is_tested():
    kinds = {yaml.safe_load(path.read_text(encoding="utf-8"))["kind"] for path in TABLES}
    assert kinds == {
        "amounts", "centrifuge", "code", "concentration", "leukocytes", "measures", "name", "plausibility",
        "refused", "volume",
    }  # fmt: skip


def test_every_system_in_use_has_a_table():
    systems = {yaml.safe_load(path.read_text(encoding="utf-8")).get("system") for path in TABLES} - {None}
    assert systems == {system.key for system in RULES.in_use}


@pytest.mark.parametrize(("table", "row"), rows("concentration"))
def test_cell_counts_are_read_with_their_unit(table, row):
    if "refused" in row:
        with pytest.raises(InvalidData, match=row["refused"]):
            CellConcentration.parse(row["text"])
        return
    parsed = CellConcentration.parse(row["text"])
    assert parsed.e9_per_l == row["e9_per_l"]
    assert parsed.e12_per_l == row.get("e12_per_l", row["e9_per_l"] / 1000)


@pytest.mark.parametrize(("table", "row"), rows("volume"))
def test_volumes_are_read_with_their_unit(table, row):
    if "refused" in row:
        with pytest.raises(InvalidData, match=row["refused"]):
            parse_volume_ml(row["text"])
    else:
        assert parse_volume_ml(row["text"]) == row["ml"]


@pytest.mark.parametrize(("table", "row"), rows("centrifuge"))
def test_spins_are_in_g(table, row):
    if "refused" in row:
        with pytest.raises(InvalidData, match=row["refused"]):
            Spin(**row["given"])
    else:
        assert Spin(**row["given"]).force_g == pytest.approx(row["expect"]["force_g"], rel=WITHIN)


@pytest.mark.parametrize(("table", "row"), rows("measures"))
def test_derived_values_follow_their_formula(table, row):
    measures = measure(read_product(row["given"]))
    for name, value in row["expect"].items():
        assert getattr(measures, name) == (value if value is None else pytest.approx(value, rel=WITHIN)), name


@pytest.mark.parametrize(("table", "row"), rows("code"))
def test_codes_follow_the_published_rule(table, row):
    product = read_product(row["given"])
    system = next(system for system in RULES.classifications if system.key == table["system"])
    given = classify(product, measure(product), system)
    assert given.code == row.get("code")
    assert row.get("not_given", "") in given.reason
    assert bool(given.reason) == ("not_given" in row)
    assert "notes" not in row or len(given.notes) == row["notes"]


@pytest.mark.parametrize(("table", "row"), rows("leukocytes"))
def test_rich_and_poor_are_said_by_definition(table, row):
    product = read_product(row["given"])
    labels = label_leukocytes(product, measure(product), RULES.classifications)
    assert {label.definition: label.label for label in labels} == row["expect"]


@pytest.mark.parametrize(("table", "row"), rows("plausibility"))
def test_implausible_records_are_told_with_their_cause(table, row):
    product = read_product(row["given"])
    if isinstance(product, PlateletProduct):
        findings = check_plausibility(product, measure(product), RULES.limits)
    else:
        findings = check_cell_plausibility(product, RULES.limits)
    by_severity = {
        severity: sorted(finding.id for finding in findings if finding.severity is severity)
        for severity in Severity
    }
    assert by_severity[Severity.ERROR] == sorted(row.get("errors", []))
    assert by_severity[Severity.WARNING] == sorted(row.get("warnings", []))
    assert row.get("cause", "") in " | ".join(finding.cause for finding in findings)
    assert all(finding.repair for finding in findings)


@pytest.mark.parametrize(("table", "row"), rows("plausibility"))
def test_an_error_keeps_every_number_back(table, row):
    product = read_product(row["given"])
    if row.get("errors"):
        with pytest.raises(InvalidData, match="Likely cause"):
            product_report(product, RULES)
    else:
        assert len(product_report(product, RULES).warnings) == len(row.get("warnings", []))


@pytest.mark.parametrize(("table", "row"), rows("refused"))
def test_contradictions_are_refused_all_at_once(table, row):
    if not row["refused"]:
        assert isinstance(product_report(read_product(row["given"]), RULES), PlateletReport)
        return
    with pytest.raises(InvalidData, match=r"\S") as refusal:
        read_product(row["given"])
    told = "\n".join(map(str, refusal.value.faults))
    assert [piece for piece in row["refused"] if piece not in told] == []
    assert len(refusal.value.faults) == len(row["refused"])


@pytest.mark.parametrize(("table", "row"), rows("name"))
def test_the_name_is_earned_by_documents(table, row):
    allowed = product_report(read_product(row["given"]), RULES).allowed
    assert allowed.name == row["name"]
    assert row.get("why", "") in allowed.why
    assert allowed.may_say_msc == ("MSC" in row["name"])


@pytest.mark.parametrize(("table", "row"), rows("amounts"))
def test_amounts_follow_from_concentration_and_volume(table, row):
    answer = product_report(read_product(row["given"]), RULES).as_dict()
    for name, value in row["expect"].items():
        assert answer[name] == (value if value is None else pytest.approx(value, rel=WITHIN)), name
