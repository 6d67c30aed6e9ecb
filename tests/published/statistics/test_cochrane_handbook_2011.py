"""Cochrane Handbook for Systematic Reviews of Interventions, version 5.1.0 (2011): worked examples."""

import math

from enthesis.statistics import conversions, effects


def test_section_7_7_3_3_standard_error_of_a_difference_from_its_p_value():
    # MD 3.8, P = 0.008, groups of 25 and 22: t with 45 degrees 2.78, SE 1.37.
    assert round(float(conversions.critical_value(1 - 0.008, 45)), 2) == 2.78
    assert round(conversions.se_from_p(3.8, 0.008, df=45), 2) == 1.37
    contrast = effects.contrast_from_p(3.8, 0.008, df=45)
    assert (contrast.y, round(contrast.se, 2)) == (3.8, 1.37)
    assert round(effects.contrast_from_t(3.8, 2.78).se, 2) == 1.37


def test_section_7_7_3_3_p_interval_and_standard_error_give_one_standard_deviation():
    from_p = conversions.sd_from_difference_p(3.8, 0.008, 25, 22)
    se = conversions.se_from_p(3.8, 0.008, df=45)
    half = float(conversions.critical_value(0.95, 45)) * se
    from_ci = conversions.sd_from_difference_ci(3.8 - half, 3.8 + half, 25, 22)
    assert math.isclose(from_p, from_ci, rel_tol=1e-12)
    assert math.isclose(from_p, conversions.sd_from_difference_se(se, 25, 22), rel_tol=1e-12)


def test_section_16_4_6_4_standard_deviation_of_differences_from_a_correlation():
    # SDs 2.38 and 2.21, n = 10: SE 0.583 with correlation 0.68; 0.632 with an SD of differences of 2.
    assert round(conversions.se_from_sd(conversions.change_sd(2.38, 2.21, 0.68), 10), 3) == 0.583
    assert round(conversions.se_from_sd(2, 10), 3) == 0.632
    paired = effects.mean_change(7.0, 2.38, 6.5, 2.21, 10, 0.68)
    assert (paired.y, round(paired.se, 3)) == (0.5, 0.583)


def test_section_12_5_4_3_number_needed_to_treat_from_an_odds_ratio():
    # OR 0.73 at a control risk of 0.3: 62 fewer per 1000, NNT 17.
    fewer = 0.3 - conversions.responders_from_odds_ratio(0.73, 0.3)
    assert round(1000 * fewer) == 62
    assert conversions.number_needed_to_treat(fewer, (fewer / 2, 2 * fewer)).estimate.rounded == 17


def test_section_12_6_3_log_odds_ratio_is_about_1_81_standardised_differences():
    assert round(conversions.log_odds_ratio_from_smd(1.0, 0.04).y, 2) == 1.81
