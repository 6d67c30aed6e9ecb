"""PMC9201351 table 1, doi:10.1177/1759720X221100304: one product with its dose.

32 mL of blood, one spin of 580 g for 8 min, 8 mL of plasma holding 2.37 to 2.62 billion platelets, red
cells under 0.01 and leukocytes under 0.05 x10^6 per microlitre, calcium chloride 10 %.
"""

import pytest

from enthesis.catalogue.product_rules import load_product_rules
from enthesis.domain.products import product_report, read_product


@pytest.mark.parametrize(("platelets", "dose"), [("296.25 x10^3/µL", 2.37), ("327.5 x10^3/µL", 2.62)])
def test_the_printed_doses_follow_from_concentration_and_volume(platelets, dose):
    # 2.37e9 / 8 mL = 296.25e6 per mL; 2.62e9 / 8 mL = 327.5e6 per mL
    record = {
        "product": {
            "platelets": platelets, "leukocytes": "0.05 x10^6/µL", "erythrocytes": "0.01 x10^6/µL",
            "volume_prepared": "8 mL", "volume_injected": "8 mL",
        },
        "preparation": {"spins": [{"g_force": 580, "minutes": 8}]},
        "activation": {"agent": "calcium chloride"},
    }  # fmt: skip
    answer = product_report(read_product(record), load_product_rules()).as_dict()
    assert answer["dose_e9"] == pytest.approx(dose)
    assert answer["code_parts"]["depa"]["dose"] == "C"


def test_the_six_digit_code_of_the_paper_is_not_given_because_its_rule_was_not_read():
    answer = product_report(read_product({"product": {"platelets": 300}}), load_product_rules()).as_dict()
    assert answer["codes"]["kon"] is None
    assert answer["codes_not_given"]["kon"].startswith("switched off: one coded example")
