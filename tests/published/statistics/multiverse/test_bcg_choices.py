"""Thirteen trials of BCG against tuberculosis, analysed as three publications chose to.

Data: Viechtbauer 2010, doi:10.18637/jss.v036.i03, table 1. Tolerances are half of the last printed digit.
"""

import numpy as np
import pytest

from enthesis.statistics import multiverse as mv

# Cases and non-cases when vaccinated, cases and non-cases when not.
TRIALS = np.array(
    [
        [4, 119, 11, 128],
        [6, 300, 29, 274],
        [3, 228, 11, 209],
        [62, 13536, 248, 12619],
        [33, 5036, 47, 5761],
        [180, 1361, 372, 1079],
        [8, 2537, 10, 619],
        [505, 87886, 499, 87892],
        [29, 7470, 45, 7232],
        [17, 1699, 65, 1600],
        [186, 50448, 141, 27197],
        [5, 2493, 3, 2338],
        [27, 16886, 29, 17825],
    ],
    dtype=float,
)


@pytest.fixture(scope="module")
def found() -> mv.Multiverse:
    a, b, c, d = TRIALS.T
    y = np.log(a / (a + b) / (c / (c + d)))
    v = 1.0 / a - 1.0 / (a + b) + 1.0 / c - 1.0 / (c + d)
    axes = [
        mv.AnalysisAxis("estimator", ("REML", "DL"), ({"method": "REML"}, {"method": "DL"})),
        mv.AnalysisAxis("interval", ("Wald", "HK"), ({"interval": "wald"}, {"interval": "hartung-knapp"})),
    ]
    return mv.multiverse(y, v, np.arange(13), axes)


def test_reml_and_wald_as_viechtbauer_2010_section_3_3(found):
    assert found.tau2[0] == pytest.approx(0.3132, abs=5e-5)
    assert (found.mu[0], found.se[0]) == pytest.approx((-0.7145, 0.1798), abs=5e-5)
    assert found.ci[0] == pytest.approx((-1.0669, -0.3622), abs=5e-5)


def test_reml_and_knapp_hartung_as_on_the_metafor_site(found):
    assert found.se[1] == pytest.approx(0.1808, abs=5e-5)
    assert found.p[1] == pytest.approx(0.0019, abs=5e-5)
    assert found.ci[1] == pytest.approx((-1.1084, -0.3206), abs=5e-5)


def test_dersimonian_laird_as_colditz_1994(found):
    """Colditz et al. 1994, doi:10.1001/jama.1994.03510330076038, abstract: RR 0.49 (0.34 to 0.70)."""
    assert np.exp(found.mu[2]) == pytest.approx(0.49, abs=5e-3)
    assert np.exp(found.ci[2]) == pytest.approx((0.34, 0.70), abs=5e-3)
