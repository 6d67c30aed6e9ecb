"""Boundaries by spending functions as their makers printed them; two-sided alpha 0.05, five equal looks."""

import numpy as np
import pytest

from enthesis.statistics import sequential

FIVE = np.arange(1, 6) / 5


def test_classic_obrien_fleming_boundary_of_five_looks():
    """DeMets & Lan 1994, doi:10.1002/sim.4780131308, and every textbook since: 4.56 ... 2.04."""
    found = sequential.classic_boundary(FIVE, shape=sequential.OBRIEN_FLEMING)
    assert found == pytest.approx([4.56, 3.23, 2.63, 2.28, 2.04], abs=5.5e-3)


@pytest.mark.parametrize(
    ("spending", "printed"),
    [
        ("obrien-fleming", [4.8769, 3.3569, 2.6803, 2.2898, 2.0310]),
        ("pocock", [2.4380, 2.4268, 2.4101, 2.3966, 2.3859]),
    ],
)
def test_spending_boundaries_of_the_lan_demets_program(spending, printed):
    """Reboussin, DeMets, Kim & Lan 2000, doi:10.1016/S0197-2456(00)00057-X: each side spends alpha / 2.

    The program integrates on a fixed grid by the trapezoidal rule, and its fourth digit carries that error
    (3.3569 where the integral is 3.35701): agreement is asked for to 2e-4.
    """
    found = sequential.boundaries(FIVE, spending=spending).efficacy
    assert found == pytest.approx(printed, abs=2e-4)


def test_obrien_fleming_type_spends_as_its_formula_says():
    """Lan & DeMets 1983, doi:10.1093/biomet/70.3.659: alpha_1(t) = 2 - 2 Phi(z_(alpha/2) / sqrt(t)).

    At t = 1/4 and one-sided alpha 0.025 the argument is 2 x 2.241403 = 4.482805.
    """
    found = sequential.spent([0.25, 1.0, 1.3], 0.025)
    assert found == pytest.approx([7.367e-6, 0.025, 0.025], rel=1e-3)


def test_power_family_spends_t_to_the_rho():
    """Kim & DeMets 1987, doi:10.1093/biomet/74.1.149."""
    assert sequential.spent([0.5, 1.0], 0.05, "power", rho=2.0) == pytest.approx([0.0125, 0.05], rel=1e-12)
