"""Coordinates of the contour-enhanced funnel plot."""

import numpy as np
import pytest

from enthesis.errors import InvalidData
from enthesis.statistics.bias import funnel_plot

Y = np.array([-0.5, -0.2, 0.0, 0.4])
SE = np.array([0.1, 0.12, 0.2, 0.4])


def test_contours_are_lines_from_the_null_at_the_normal_quantiles():
    plot = funnel_plot(Y, SE**2)
    assert [c.p for c in plot.contours] == [0.1, 0.05, 0.01]
    assert [c.right / plot.se_max for c in plot.contours] == pytest.approx(
        [1.644854, 1.959964, 2.575829], abs=1e-6
    )
    assert all(c.left == -c.right for c in plot.contours)
    assert plot.se_max == pytest.approx(0.4)


def test_each_study_stands_in_the_band_of_its_p_value():
    plot = funnel_plot(Y, SE**2)
    assert [point.band for point in plot.points] == [0.01, 0.1, None, None]
    assert plot.points[0].p == pytest.approx(5.733e-7, rel=1e-3)


def test_contours_meet_at_the_null_and_the_funnel_stands_at_the_centre():
    plot = funnel_plot(Y, SE**2, centre=-0.2, null=0.1)
    assert plot.left[0] == plot.right[0] == -0.2
    assert plot.right[-1] - plot.left[-1] == pytest.approx(2 * 1.959964 * 0.4, abs=1e-6)
    assert plot.contours[0].left + plot.contours[0].right == pytest.approx(0.2)


def test_without_a_centre_no_funnel_is_drawn():
    plot = funnel_plot(Y, SE**2)
    assert plot.centre is None
    assert plot.left == plot.right == ()


def test_heterogeneity_widens_the_funnel_also_at_its_tip():
    plot = funnel_plot(Y, SE**2, centre=0.0, tau2=0.04)
    assert plot.right[0] == pytest.approx(1.959964 * 0.2, abs=1e-6)
    assert len(plot.se) == len(plot.left) == len(plot.right) == 51


def test_bad_options_are_named_together():
    with pytest.raises(InvalidData, match=r"contours: 5 is not a p-value(?s:.*)tau2: -1 is not a variance"):
        funnel_plot(Y, SE**2, contours=(0.05, 5), tau2=-1)


def test_few_studies_are_a_caveat():
    assert funnel_plot(Y, SE**2).caveats[0].code == "few-studies"
    assert funnel_plot(np.tile(Y, 3), np.tile(SE, 3) ** 2).caveats == ()
