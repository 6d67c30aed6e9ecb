"""Altman 1998, BMJ 317:1309, doi:10.1136/bmj.317.7168.1309: intervals of the number needed to treat."""

import pytest

from enthesis.statistics.conversions import number_needed_to_treat


def test_an_interval_that_holds_no_difference_runs_through_infinity():
    # Figure 1: absolute risk reduction 10 %, from -5 % to 25 %.
    needed = number_needed_to_treat(0.10, (-0.05, 0.25))
    assert (needed.estimate.rounded, needed.estimate.benefit) == (10, True)
    assert (needed.best.rounded, needed.best.benefit) == (4, True)
    assert (needed.worst.rounded, needed.worst.benefit) == (20, False)
    assert str(needed) == "NNTB 10 (NNTB 4 to ∞ to NNTH 20)"


def test_an_interval_of_benefit_alone_as_barrowman_prints_it():
    # Barrowman 2002, CMAJ 166:1676: absolute risk reduction 16.6 %, from 0.9 % to 32.2 %; NNT 3.1 to 111.1.
    needed = number_needed_to_treat(0.166, (0.009, 0.322))
    assert needed.estimate.patients == pytest.approx(6, abs=0.05)
    assert (round(needed.best.patients, 1), round(needed.worst.patients, 1)) == (3.1, 111.1)
    assert not needed.through_infinity
