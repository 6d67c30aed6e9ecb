"""Worked examples of the granularity tests.

GRIM: Brown & Heathers 2017, doi:10.1177/1948550616673876: mean 5.19 of 28 people. GRIMMER: Anaya 2016,
doi:10.7287/peerj.preprints.2400v1, and Allard 2018: mean 3.44, SD 2.47, 18 people.
"""

from enthesis.domain.evidence.grim import mean_is_possible, sd_is_possible


def test_no_28_whole_numbers_have_the_mean_5_19():
    assert not mean_is_possible(5.19, 28)
    assert mean_is_possible(5.18, 28)
    assert mean_is_possible(5.21, 28)


def test_mean_3_44_of_18_is_possible_but_not_with_sd_2_47():
    assert mean_is_possible(3.44, 18)
    assert not sd_is_possible(3.44, 2.47, 18)
