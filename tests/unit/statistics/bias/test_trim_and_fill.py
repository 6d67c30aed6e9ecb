"""Trim and fill: known counts, refusals and caveats."""

import numpy as np
import pytest

from enthesis.errors import CannotEstimate, InvalidData
from enthesis.statistics.bias import trim_and_fill

V = np.linspace(0.01, 0.3, 11)
SYMMETRIC = 0.5 + np.array([0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5]) * 0.1
V_PAIRED = np.array([1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]) * 0.05


@pytest.mark.parametrize("estimator", ["L0", "R0"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_symmetric_funnel_is_left_alone(estimator, side):
    found = trim_and_fill(SYMMETRIC, V_PAIRED, estimator=estimator, side=side)
    assert found.filled == 0
    assert found.mu == pytest.approx(0.5, abs=1e-12)
    assert found.mu == found.unadjusted


def test_removing_the_left_flank_is_noticed_and_mended():
    y, v = SYMMETRIC[SYMMETRIC > 0.15], V_PAIRED[SYMMETRIC > 0.15]
    found = trim_and_fill(y, v, side="left", method="EE")
    assert found.filled > 0
    assert found.mu < found.unadjusted
    assert len(found.y_filled) == len(found.v_filled) == found.filled


def test_filled_studies_mirror_the_trimmed_ones():
    found = trim_and_fill(SYMMETRIC[[0, 1, 3, 5, 7, 9, 2]], V_PAIRED[[0, 1, 3, 5, 7, 9, 2]], side="left")
    centres = (np.array(found.y_filled) + np.sort(SYMMETRIC[[0, 1, 3, 5, 7, 9, 2]])[-found.filled :]) / 2
    assert np.ptp(centres) == pytest.approx(0, abs=1e-12)


def test_the_chosen_side_is_said():
    y = np.linspace(0, 1, 11)
    found = trim_and_fill(y, V)
    assert found.side_chosen
    assert found.side == "left"
    assert trim_and_fill(-y, V).side == "right"


def test_only_r0_has_a_test():
    assert trim_and_fill(SYMMETRIC, V, estimator="R0").p is not None
    assert trim_and_fill(SYMMETRIC, V, estimator="L0").p is None


def test_one_study_is_refused():
    with pytest.raises(CannotEstimate, match="at least 3 studies"):
        trim_and_fill([0.1], [0.1])


def test_without_a_side_studies_of_one_precision_are_refused():
    with pytest.raises(CannotEstimate, match="variance is the same in all 11 studies"):
        trim_and_fill(SYMMETRIC, np.full(11, 0.1))


def test_unknown_options_are_named_together():
    with pytest.raises(InvalidData, match=r"estimator: 'S0' is unknown(?s:.*)side: 'up' is unknown"):
        trim_and_fill(SYMMETRIC, V, estimator="S0", side="up")


def test_the_filled_studies_are_called_imagined_always():
    assert trim_and_fill(SYMMETRIC, V).caveats[0].code == "filled-studies-are-imagined"
    few = {c.code for c in trim_and_fill(SYMMETRIC[:5], V[:5]).caveats}
    assert "few-studies" in few
