"""The data files of products: they agree with the records, and a mistake in one is told with its line."""

import json
import re
import shutil
from typing import get_args

import pytest

from enthesis.catalogue import load
from enthesis.catalogue.product_rules import PRODUCT_FOLDER, load_product_rules, read_product_rules
from enthesis.catalogue.schema import SCHEMA_FOLDER
from enthesis.domain.products import read_product, reported_items, reported_product
from enthesis.domain.products.classes.scale import FACTS, QUANTITIES
from enthesis.domain.products.kinds import ProductKind
from enthesis.domain.products.reporting.checklist import value_at
from enthesis.errors import InvalidData

RULES = load_product_rules()
PAW, MISHRA, KON = (f"classifications/{name}.yaml" for name in ("paw-2012", "mishra-2012", "kon-2020"))
MIBO = "checklists/mibo-prp-2017.yaml"
SCHEMAS = sorted(SCHEMA_FOLDER.glob("product-*.schema.json"))


@pytest.fixture(name="folder")
def _folder(tmp_path):
    return shutil.copytree(PRODUCT_FOLDER, tmp_path / "products")


def change(folder, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("checklist", RULES.checklists, ids=lambda c: c.id)
def test_every_path_of_a_checklist_leads_into_the_record(checklist):
    kinds = [kind for kind in checklist.applies_to if kind in list(ProductKind)]
    assert kinds
    for kind in kinds:
        record = read_product({"kind": kind})
        for point in checklist.points:
            for path in (*point.record, *filter(None, [point.asked_when])):
                value_at(record, path)


@pytest.mark.parametrize("checklist", RULES.checklists, ids=lambda c: c.id)
def test_ids_of_data_points_are_unique(checklist):
    ids = [point.id for point in checklist.points]
    assert len(ids) == len(set(ids))


def test_every_kind_of_product_has_one_checklist():
    for kind in ProductKind:
        assert sum(kind.value in checklist.applies_to for checklist in RULES.checklists) == 1


def test_kinds_and_checklists_use_the_words_of_the_evidence():
    interventions = set(load().vocabulary.interventions)
    own = {"prp-releasate", "platelet-lysate", "ppp"}
    assert {kind.value for kind in ProductKind} - interventions == own
    assert {word for checklist in RULES.checklists for word in checklist.applies_to} - interventions == own


def test_every_injected_product_of_the_evidence_is_counted():
    uncounted = set()
    for study in load().studies.values():
        for arm in study.arms:
            items = reported_items(reported_product(arm.product, arm, study), RULES.checklists)
            assert items is None or 0 <= items.k <= items.n
            uncounted |= {arm.intervention} if items is None else set()
    controls = {
        "saline",
        "sham",
        "exercise",
        "eswt",
        "usual-care",
        "arthrocentesis",
        "oral-analgesic",
        "surgery",
    }
    others = {
        "autologous-blood",
        "high-volume-injection",
        "ozone",
        "dry-needling",
        "local-anaesthetic",
        "radiofrequency",
    }
    assert uncounted <= controls | others


def test_systems_that_are_on_have_sources_and_the_others_a_reason_and_a_need():
    assert {system.key for system in RULES.in_use} == {"mishra", "paw", "depa", "dohan_ehrenfest", "everts"}
    for system in RULES.in_use:
        assert system.sources
        assert system.example
    for system in RULES.switched_off:
        assert system.switched_off
        assert system.would_need


def test_every_rule_has_a_date_and_a_next_review():
    for rule in (*RULES.classifications, *RULES.checklists):
        assert re.fullmatch(r"\d{4}-\d{2}", rule.reviewed)
        assert rule.next_review > rule.reviewed


def test_every_limit_has_a_source():
    assert all(limit.source for limit in RULES.limits.counts)
    assert all(analyser.source for analyser in RULES.limits.analysers)
    assert set(RULES.limits.sources) == {"recovery", "counting", "making", "cells"}


def enumerations(node):
    if isinstance(node, dict):
        if "enum" in node:
            yield node["enum"]
        for value in node.values():
            yield from enumerations(value)
    elif isinstance(node, list):
        for value in node:
            yield from enumerations(value)


def test_words_of_the_schemas_are_the_words_of_the_domain():
    kinds = [kind.value for kind in ProductKind]
    lists = [
        words for path in SCHEMAS for words in enumerations(json.loads(path.read_text(encoding="utf-8")))
    ]
    assert all(words == kinds for words in lists if "prp" in words)
    assert list(QUANTITIES) in lists
    assert list(FACTS) in lists


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda p: p.name)
def test_schemas_are_closed(path):
    def open_objects(node):
        if isinstance(node, dict):
            is_object = "properties" in node and node.get("type") == "object"
            if is_object and node.get("additionalProperties") is not False:
                yield node
            for value in node.values():
                yield from open_objects(value)
        elif isinstance(node, list):
            for value in node:
                yield from open_objects(value)

    assert list(open_objects(json.loads(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (PAW, "key: paw", "kee: paw", r"paw-2012.yaml:\d+ kee: unknown field"),
        (PAW, "quantity: platelets", "quantity: plates", "Did you mean platelets"),
        (PAW, "up_to: 750", "up_to: 1300", "do not rise"),
        (PAW, "up_to: 750", "up_to: blut", "does not have the right form"),
        (PAW, "needs: [platelets]", "needs: [plates]", "No part is called 'plates'"),
        (PAW, "'{platelets}{", "'{plates}{", "names no part 'plates'"),
        (PAW, "id: paw-2012", "id: paw-2013", "differs from the file name"),
        (MISHRA, "few+yes: '4'", "few+no: '4'", "stands twice"),
        (MISHRA, ", few+yes: '4'", "", "must have exactly"),
        (MISHRA, "{none: 'no', exogenous: 'yes'}", "{none: 'no'}", "must be: none, exogenous"),
        (KON, "would_need:", "# ", "the field 'would_need' is missing"),
        (KON, "switched_off:", "# ", "is missing"),
        ("plausibility.yaml", "refuse_above_percent: 105", "refuse_above_percent: high", "must be a number"),
        ("analysers.yaml", "id: cell-dyn-3700", "id: Cell Dyn", "does not have the right form"),
        ("msc-criteria.yaml", "lineages:", "lineage:", "unknown field"),
        (MIBO, "wording_verified: false", "wording_verified: maybe", "must be true or false"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_place(folder, name, old, new, told):
    change(folder, name, old, new)
    with pytest.raises(InvalidData, match=told):
        read_product_rules(folder)


def test_mistakes_of_several_files_are_told_together(folder):
    change(folder, "classifications/paw-2012.yaml", "key: paw", "kee: paw")
    change(folder, "analysers.yaml", "analysers:", "counters:")
    with pytest.raises(InvalidData, match="kee") as refusal:
        read_product_rules(folder)
    assert any("analysers.yaml" in str(fault) for fault in refusal.value.faults)


def test_a_copy_of_the_shipped_folder_gives_the_shipped_rules(folder):
    copied = read_product_rules(folder)
    assert [system.key for system in copied.classifications] == [s.key for s in RULES.classifications]
    assert copied.limits.counts == RULES.limits.counts


def test_a_part_is_one_of_three_kinds():
    from enthesis.domain.products.classes.scale import Part

    assert {type(part) for system in RULES.in_use for part in system.parts} == set(get_args(Part))
