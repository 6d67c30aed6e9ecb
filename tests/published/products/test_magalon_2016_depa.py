"""Magalon 2016, BMJ Open Sport Exerc Med 2:e000060, doi:10.1136/bmjsem-2015-000060, abstract.

Doses of 20 preparations run from 0.21 to 5.43 billion, a 25-fold range, and only the largest has an A.
"""

import pytest

from enthesis.catalogue.product_rules import load_product_rules
from enthesis.domain.products import product_report, read_product


def dose_letter(dose_e9: float) -> str:
    record = {"product": {"platelets": 1000, "volume_injected": dose_e9}, "activation": {"agent": "none"}}
    return product_report(read_product(record), load_product_rules()).as_dict()["code_parts"]["depa"]["dose"]


def test_the_largest_published_dose_is_the_only_a():
    assert dose_letter(5.43) == "A"


def test_the_smallest_published_dose_is_a_d():
    assert dose_letter(0.21) == "D"


def test_the_published_range_is_25_fold():
    ratio = 5.43 / 0.21
    assert ratio == pytest.approx(25, abs=1)
