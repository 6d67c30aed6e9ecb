"""Borenstein, Hedges, Higgins & Rothstein 2009, Introduction to Meta-Analysis: examples of chapters 4, 5."""

import pytest

from enthesis.statistics import effects

# Chapter 4, two independent groups: means 103 and 100, SDs 5.5 and 4.5, 50 in each.
GROUPS = (103, 5.5, 50, 100, 4.5, 50)
# Chapter 5: 5 dead and 95 alive when treated, 10 dead and 90 alive in the control group.
DEATHS = (5, 100, 10, 100)


def test_mean_difference():
    result = effects.mean_difference(*GROUPS)
    assert (round(result.y, 4), round(result.v, 4), round(result.se, 4)) == (3.0, 1.01, 1.005)


def test_standardised_mean_difference_without_correction():
    result = effects.standardised_mean_difference(*GROUPS, corrected=False)
    assert (round(result.y, 4), round(result.v, 4)) == (0.5970, 0.0418)


def test_hedges_g_with_the_shrunken_variance():
    result = effects.standardised_mean_difference(*GROUPS, variance="shrunken-large-sample")
    assert (round(result.y, 4), round(result.v, 4)) == (0.5924, 0.0411)
    assert round(float(effects.hedges_correction(98)), 4) == 0.9923


def test_risk_ratio_odds_ratio_and_risk_difference():
    risk_ratio = effects.log_risk_ratio(*DEATHS)
    odds_ratio = effects.log_odds_ratio(*DEATHS)
    difference = effects.risk_difference(*DEATHS)
    assert (round(risk_ratio.y, 3), round(risk_ratio.v, 3)) == (-0.693, 0.280)
    assert (round(odds_ratio.y, 3), round(odds_ratio.v, 3)) == (-0.747, 0.322)
    assert (round(difference.y, 3), difference.v) == (-0.05, pytest.approx(0.00138, abs=5e-6))
