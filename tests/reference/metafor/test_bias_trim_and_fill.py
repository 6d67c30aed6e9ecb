"""Trim and fill against metafor's trimfill."""

import numpy as np
import pytest
from metafor_bias_cases import bias_sets, close, effects, expected, grid

from enthesis.errors import CannotEstimate
from enthesis.statistics.bias import trim_and_fill

# Closed forms given tau2 (which for EE and DL is a closed form too).
RELATIVE = 1e-8
NEAR_ZERO = 1e-10
# The refits inside metafor's trimfill use its default threshold for REML, not the tightened one of the rest
# of the reference: tau2 stops when a step is below 1e-5, in y's unit squared ...
DEFAULT_THRESHOLD = 1e-5
# ... which moves effects by less than this share of their standard error.
MOVED = 2e-4
# Slow convergence near 0: here the last step below 1e-5 left tau2 6.7e-5 from the optimum.
STOPPED_EARLY = {("dat.dagostino1998", "REML_Q0_auto"), ("dat.dagostino1998", "REML_Q0_left")}
# With two studies the line that chooses the side goes through both; Enthesis asks for the side.
TOO_FEW_TO_CHOOSE = {("sim.pain_k2", f"EE_{estimator}_auto") for estimator in ("L0", "R0", "Q0")}

GRID = grid("trimfill")
ANSWERED = [case for case in GRID if case not in TOO_FEW_TO_CHOOSE]
CLOSED = [case for case in ANSWERED if not case[1].startswith("REML")]
REML = [case for case in ANSWERED if case[1].startswith("REML")]


def fit(name, key):
    method, estimator, side = key.split("_")
    y, v = effects(name)
    return trim_and_fill(y, v, estimator=estimator, side=None if side == "auto" else side, method=method)


def restricted_log_likelihood(y, v, tau2):
    w = 1 / (v + tau2)
    residual = w @ (y - w @ y / w.sum()) ** 2
    return (np.log(w).sum() - np.log(w.sum()) - residual) / 2


def test_the_grid_of_trim_and_fill_is_complete():
    assert len(GRID) == 884
    assert (len(CLOSED), len(REML)) == (586, 295)


@pytest.mark.parametrize(("name", "key"), ANSWERED)
def test_the_same_studies_are_filled_in_as_by_metafor(name, key):
    reference, found = expected(name, "trimfill", key), fit(name, key)
    assert found.filled == reference["k0"]
    assert found.side == reference["side"]
    assert close(found.filled_se, reference["se_k0"], RELATIVE)
    assert close(found.p, reference["p_k0"], RELATIVE)
    assert found.v_filled == pytest.approx(reference["vi_filled"], rel=RELATIVE)


@pytest.mark.parametrize(("name", "key"), CLOSED)
def test_the_adjusted_effect_agrees_with_metafor(name, key):
    reference, found = expected(name, "trimfill", key), fit(name, key)
    assert found.y_filled == pytest.approx(reference["yi_filled"], rel=RELATIVE, abs=NEAR_ZERO)
    assert close(found.tau2, reference["tau2"], RELATIVE, NEAR_ZERO)
    assert close(found.mu, reference["beta"][0], RELATIVE, NEAR_ZERO)
    assert close(found.se, reference["se"][0], RELATIVE)
    bounds = (reference["ci_lb"][0], reference["ci_ub"][0])
    assert found.ci == pytest.approx(bounds, rel=RELATIVE, abs=NEAR_ZERO)


@pytest.mark.parametrize(("name", "key"), [case for case in REML if case not in STOPPED_EARLY])
def test_under_reml_the_adjusted_effect_agrees_to_metafors_threshold(name, key):
    reference, found = expected(name, "trimfill", key), fit(name, key)
    moved = MOVED * found.se
    assert found.y_filled == pytest.approx(reference["yi_filled"], rel=RELATIVE, abs=moved)
    assert close(found.tau2, reference["tau2"], RELATIVE, DEFAULT_THRESHOLD)
    assert close(found.mu, reference["beta"][0], RELATIVE, moved)
    assert close(found.se, reference["se"][0], MOVED)


@pytest.mark.parametrize(("name", "key"), REML)
def test_at_metafors_tau2_and_filled_studies_the_effect_is_metafors(name, key):
    reference = expected(name, "trimfill", key)
    y, v = effects(name)
    w = 1 / (np.append(v, reference["vi_filled"]) + reference["tau2"])
    assert close(
        w @ np.append(y, reference["yi_filled"]) / w.sum(), reference["beta"][0], RELATIVE, NEAR_ZERO
    )


@pytest.mark.parametrize(("name", "key"), REML)
def test_the_restricted_likelihood_is_at_least_metafors(name, key):
    reference, found = expected(name, "trimfill", key), fit(name, key)
    y, v = effects(name)
    data = np.append(y, found.y_filled), np.append(v, found.v_filled)
    ours = restricted_log_likelihood(*data, found.tau2)
    assert ours >= restricted_log_likelihood(*data, reference["tau2"]) - 1e-12 * abs(ours)


@pytest.mark.parametrize(("name", "key"), sorted(TOO_FEW_TO_CHOOSE))
def test_two_studies_do_not_choose_a_side(name, key):
    with pytest.raises(CannotEstimate, match="at least 3 studies"):
        fit(name, key)


NO_SOLUTION = [
    (name, key)
    for name, case in bias_sets().items()
    for key, value in case["intercept"].get("trimfill", {}).items()
    if "missing value" in str(value.get("error"))
]


@pytest.mark.parametrize(("name", "key"), NO_SOLUTION)
def test_where_metafor_stops_at_a_missing_value_q0_is_refused_with_the_reason(name, key):
    with pytest.raises(CannotEstimate, match="Q0 has no real solution"):
        fit(name, key)


def test_there_are_28_such_cases():
    assert len(NO_SOLUTION) == 28
