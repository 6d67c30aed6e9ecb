"""Egger's and the rank test against metafor's regtest and ranktest."""

import numpy as np
import pytest
from metafor_bias_cases import bias_sets, close, effects, expected, grid, participants

from enthesis.errors import CannotEstimate
from enthesis.statistics.bias import egger_test, rank_test

VARIANT = {"lm": "classical", "rma": "random-effects"}
PREDICTOR = {
    "sei": "standard-error",
    "vi": "variance",
    "ni": "n",
    "sqrtni": "sqrt-n",
    "ninv": "1/n",
    "sqrtninv": "1/sqrt-n",
}
# Closed forms given tau2. In the random-effects variant metafor's tau2 stops at a threshold of 1e-12,
# which leaves the statistic good to about 1e-9.
RELATIVE = 1e-8
# Statistics and effects near 0 are differences of numbers of order 1.
NEAR_ZERO = 1e-10
# Two studies fit a line exactly: metafor gives no statistic, Enthesis refuses.
EXACT_FIT = {("sim.pain_k2", f"lm_{predictor}") for predictor in PREDICTOR}

REGTEST = [case for case in grid("regtest") if case not in EXACT_FIT]
RANKTEST = [name for name, case in bias_sets().items() if "ranktest" in case["intercept"]]


def test_the_grid_of_asymmetry_tests_is_complete():
    assert len(grid("regtest")) == 377
    assert len(REGTEST) == 371
    assert len(RANKTEST) == 34


@pytest.mark.parametrize(("name", "key"), REGTEST)
def test_eggers_test_agrees_with_metafor(name, key):
    y, v = effects(name)
    model, predictor = key.split("_")
    found = egger_test(
        y, v, variant=VARIANT[model], predictor=PREDICTOR[predictor], n=participants(name), minimum_k=3
    )
    reference = expected(name, "regtest", key)
    assert close(found.statistic, reference["stat"], RELATIVE, NEAR_ZERO)
    assert close(found.p, reference["pval"], RELATIVE)
    assert found.df == reference["df"]
    assert close(found.limit, reference["limit"], RELATIVE, NEAR_ZERO)
    lower, upper = found.limit_ci or (None, None)
    assert close(lower, reference["limit_lb"], RELATIVE, NEAR_ZERO)
    assert close(upper, reference["limit_ub"], RELATIVE, NEAR_ZERO)


@pytest.mark.parametrize(("name", "key"), sorted(EXACT_FIT))
def test_two_studies_are_refused_where_metafor_has_no_statistic(name, key):
    y, v = effects(name)
    assert expected(name, "regtest", key)["stat"] is None
    predictor = PREDICTOR[key.removeprefix("lm_")]
    with pytest.raises(CannotEstimate, match="at least 3 studies"):
        egger_test(y, v, variant="classical", predictor=predictor, n=participants(name), minimum_k=2)


@pytest.mark.parametrize("name", RANKTEST)
def test_the_rank_test_agrees_with_metafor(name):
    y, v = effects(name)
    found = rank_test(y, v, minimum_k=2)
    reference = expected(name, "ranktest")
    assert close(found.tau, reference["tau"], RELATIVE)
    assert close(found.p, reference["pval"], RELATIVE)


def test_the_rank_test_is_exact_in_the_26_sets_without_ties():
    exact = [rank_test(*effects(name), minimum_k=2).exact for name in RANKTEST]
    assert np.count_nonzero(exact) == 26
    assert len(exact) == 34
