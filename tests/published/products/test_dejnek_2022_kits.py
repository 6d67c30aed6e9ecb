"""Dejnek 2022, World J Orthop 13:587, doi:10.5312/wjo.v13.i6.587: four kits, 12 healthy men.

Table 1: blood collected and anticoagulant (13.5 + 1.5 and so on, the sum being the syringe), volume of
PRP, activation in vivo. Table 2: whole blood. Table 3: PRP. All are means, so that ratios here are ratios
of means; the paper's own fold (xPLT, table 3) is a mean of ratios and differs in the second digit.
Expected values are worked by hand from those tables. Printed to two or three digits, hence the tolerance.
"""

import pytest

from enthesis.catalogue.product_rules import load_product_rules
from enthesis.domain.products import product_report, read_product

BLOOD = {"platelets": 240.67, "leukocytes": 6.49, "neutrophils": 3.79, "erythrocytes": 4.97}
KITS = {
    "Arthrex ACP": {
        "blood": (13.5, 1.5),
        "volume": 4,
        "counts": (357.33, 0.87, 0.87, 0.05),
        # 357.33 x 4 / 1000; 357.33 / 240.67; 0.87 / 6.49; 357.33 / 408.20; 1429.32 / 3249.05
        "expect": {"dose_e9": 1.43, "fold": 1.48, "leukocyte_fold": 0.13, "purity_percent": 87.5},
        "recovery": 44.0,
        "codes": {"paw": "P2-Bbeta", "mishra": "Type 3B", "dohan_ehrenfest": "P-PRP", "everts": "0-500"},
        "depa": "CCB",
    },
    "Mini GPS III": {
        "blood": (27, 3),
        "volume": 3,
        "counts": (1212.67, 34.19, 16.71, 1.49),
        # 1212.67 x 3 / 1000; 1212.67 / 240.67; 34.19 / 6.49; 1212.67 / 2736.86; 3638.01 / 6498.09
        "expect": {"dose_e9": 3.64, "fold": 5.04, "leukocyte_fold": 5.27, "purity_percent": 44.3},
        "recovery": 56.0,
        "codes": {
            "paw": "P3-Aalpha",
            "mishra": "Type 1A",
            "dohan_ehrenfest": "L-PRP",
            "everts": "1000-1500",
        },
        "depa": "BCC",
    },
    "Xerthra": {
        "blood": (13.5, 1.5),
        "volume": 1.5,
        "counts": (455.27, 1.80, 1.80, 0.02),
        # 455.27 x 1.5 / 1000; 455.27 / 240.67; 1.80 / 6.49; 455.27 / 477.07; 682.905 / 3249.05
        "expect": {"dose_e9": 0.68, "fold": 1.89, "leukocyte_fold": 0.28, "purity_percent": 95.4},
        "recovery": 21.0,
        "codes": {"paw": "P2-Bbeta", "mishra": "Type 3B", "dohan_ehrenfest": "P-PRP", "everts": "0-500"},
        "depa": "DDA",
    },
    "Dr. PRP": {
        "blood": (18, 2),
        "volume": 3,
        "counts": (499.75, 0.60, 0.60, 0.01),
        # 499.75 x 3 / 1000; 499.75 / 240.67; 0.60 / 6.49; 499.75 / 510.35; 1499.25 / 4332.06
        "expect": {"dose_e9": 1.50, "fold": 2.08, "leukocyte_fold": 0.09, "purity_percent": 97.9},
        "recovery": 34.6,
        "codes": {"paw": "P2-Bbeta", "mishra": "Type 3B", "dohan_ehrenfest": "P-PRP", "everts": "0-500"},
        "depa": "CCA",
    },
}


@pytest.fixture(params=KITS, name="kit")
def _kit(request):
    return KITS[request.param]


@pytest.fixture(name="answer")
def _answer(kit):
    blood, anticoagulant = kit["blood"]
    counts = dict(zip(BLOOD, kit["counts"], strict=True))
    record = {
        "whole_blood": {
            **BLOOD, "volume": blood, "anticoagulant_volume": anticoagulant,
            "counted": "before-anticoagulant",
        },
        "product": {**counts, "volume_prepared": kit["volume"], "volume_injected": kit["volume"]},
        "activation": {"exogenous": False},
    }  # fmt: skip
    return product_report(read_product(record), load_product_rules()).as_dict()


def test_dose_fold_and_shares_follow_from_the_printed_means(kit, answer):
    for name, value in kit["expect"].items():
        digit = 0.05 if name == "purity_percent" else 0.005
        assert answer[name] == pytest.approx(value, abs=digit), name
    assert answer["recovery_percent"] == pytest.approx(kit["recovery"], abs=0.05)


def test_codes_follow_from_the_printed_means(kit, answer):
    assert answer["codes"]["depa"] == f"{kit['depa']}, activation none"
    codes = {key: answer["codes"][key].removesuffix(" x10^6/mL") for key in kit["codes"]}
    assert codes == kit["codes"]


def test_only_the_kit_with_leukocytes_is_rich_by_paw_and_mishra(kit, answer):
    is_rich = kit["codes"]["paw"].endswith("Aalpha")
    assert answer["leukocytes"]["paw"] == ("rich" if is_rich else "poor")
    assert answer["leukocytes"]["mishra"] == ("rich" if is_rich else "neither")
    assert answer["leukocytes"]["dohan_ehrenfest"] == "rich"


def test_neutrophils_printed_equal_to_leukocytes_are_doubted(kit, answer):
    is_copied = kit["counts"][1] == kit["counts"][2]
    assert (
        any("neutrophils of the product equal its leukocytes" in w for w in answer["warnings"]) == is_copied
    )
