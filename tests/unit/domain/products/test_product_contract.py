"""The contract of ``enthesis product --json`` and the public names of the room."""

import json

import enthesis.domain.products as room
from enthesis.catalogue.product_rules import load_product_rules
from enthesis.domain.products import product_report, read_product
from enthesis.domain.products.answers import CONTRACT_VERSION, PLATELET_KEYS
from enthesis.domain.products.kinds import ProductKind

RULES = load_product_rules()
PROMISED = {
    "contract_version", "kind", "name", "dose_e9", "fold", "recovery_percent", "purity_percent",
    "leukocyte_fold", "neutrophil_fold", "red_cell_share_percent", "volume_reduction", "codes",
    "code_parts", "codes_not_given",
    "leukocytes", "not_derived", "warnings", "caveats", "reporting",
}  # fmt: skip


def answer(record: dict) -> dict:
    return product_report(read_product(record), RULES).as_dict()


def test_a_platelet_answer_has_every_promised_key_whatever_was_measured():
    assert set(answer({})) == PROMISED
    assert set(answer({"product": {"platelets": 900, "volume_injected": 4}})) == PROMISED
    assert CONTRACT_VERSION == 1


def test_every_promised_key_has_a_meaning():
    assert set(PLATELET_KEYS) == PROMISED


def test_every_system_has_a_key_and_either_a_code_or_a_reason():
    got = answer({"product": {"platelets": 900, "volume_injected": 4}})
    assert set(got["codes"]) == {
        "mishra", "paw", "depa", "dohan_ehrenfest", "everts", "plra", "marspill", "isth", "kon",
        "acosta_olivo",
    }  # fmt: skip
    for key, code in got["codes"].items():
        assert (code is None) == (key in got["codes_not_given"])


def test_leukocyte_labels_are_of_four_words():
    got = answer({"whole_blood": {"leukocytes": 6}, "product": {"leukocytes": 3}})
    assert set(got["leukocytes"]) == {"mishra", "paw", "dohan_ehrenfest"}
    assert set(got["leukocytes"].values()) <= {"rich", "poor", "neither", "unknown"}


def test_what_cannot_be_derived_is_null_and_named():
    got = answer({"product": {"platelets": 900}})
    assert got["dose_e9"] is None
    assert "dose: needs product.volume_injected" in got["not_derived"]


def test_platelet_poor_plasma_is_not_classified():
    got = answer({"kind": "ppp", "product": {"platelets": 10, "leukocytes": 0}})
    assert set(got["codes"].values()) == {None}
    assert got["leukocytes"] == {}
    assert got["codes_not_given"]["paw"] == "PAW (platelets, activation, white cells) does not classify ppp"


def test_every_kind_of_product_has_an_answer_that_is_json():
    for kind in ProductKind:
        got = json.loads(json.dumps(answer({"kind": kind.value})))
        assert got["kind"] == kind.value
        assert got["contract_version"] == 1
        assert {"name", "warnings", "caveats", "reporting"} <= set(got)
        assert got["reporting"]["reported"] == 0


def test_a_caveat_tells_when_the_dilution_of_blood_is_not_recorded():
    blood = {"platelets": 200, "volume": 27, "anticoagulant_volume": 3}
    product = {"platelets": 1000, "volume_prepared": 3}
    # 1 - 27 / 30 = 10 %
    (caveat,) = answer({"whole_blood": blood, "product": product})["caveats"]
    assert "fold and recovery are 10 % lower" in caveat
    assert (
        answer({"whole_blood": {**blood, "counted": "before-anticoagulant"}, "product": product})["caveats"]
        == []
    )


def test_the_public_names_are_those_the_room_lists():
    exported = {name for name in dir(room) if not name.startswith("_")}
    packages = {
        "answers", "cells", "checks", "classes", "counts", "delivery", "formulas", "injectates", "intake",
        "kinds", "measures", "msc", "plausibility", "platelets", "preparation", "product", "reporting",
        "rules",
        "texts", "units",
    }  # fmt: skip
    assert exported - packages == set(room.__all__)
    assert sorted(room.__all__, key=lambda n: (not n[0].isupper(), n)) == list(room.__all__)
