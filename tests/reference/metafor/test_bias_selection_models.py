"""Selection models against metafor's selmodel, a numerical optimiser (optim) with its default tolerances."""

from functools import cache

import numpy as np
import pytest
from metafor_bias_cases import close, effects, expected, grid

from enthesis.statistics.bias import selection_model
from enthesis.statistics.bias.selection_likelihood import SelectionLikelihood, SmoothSelection, StepSelection
from enthesis.statistics.bias.selection_weights import SMOOTH_WEIGHTS

KIND = {
    "beta": "beta",
    "halfnorm": "half-normal",
    "negexp": "negative-exponential",
    "logistic": "logistic",
    "power": "power",
}
STEPS = {"stepfun3psm": (0.025,), "stepfun_2": (0.05, 0.5)}
# The step models have a closed form: the same parameters must give the same log-likelihood.
SAME = 1e-8
# For the smooth ones metafor integrates each study with R's integrate at its default relative tolerance of
# 2^-13 = 1.2e-4; our fixed rule is exact to 1e-12 (unit test). k studies may add up their errors.
INTEGRATE = 0.5**13
# Where metafor's optimum is this close to ours, no parameter can differ by more than sqrt(2e-7) = 4.5e-4 of
# its standard error; the agreement asked for is 1e-3 of the larger of value and standard error.
NEAR_OPTIMUM = 1e-7
PARAMETER = 1e-3
# Standard errors: metafor differences its log-likelihood twice, ours its analytic gradient once. Asked for
# where the log-likelihood is a closed form; the integrated ones are too noisy to be differenced.
STANDARD_ERROR = 2e-3
# All studies lie in one interval of p-values with probability 1: the weight is not identified, every value
# has the same likelihood. (Enthesis refuses this unless asked not to.)
FLAT = {
    ("dat.hart1999_rate", "stepfun3psm_greater"),
    ("dat.pritz1997", "stepfun3psm_less"),
    ("sim.single_mean", "stepfun3psm_less"),
}

# Where metafor's optimiser stopped more than NEAR_OPTIMUM below the top, by cause.
STOPPED_SHORT = {
    "a local maximum with another mean; ours is 1.28 higher": {"stepfun_2_less": ["dat.egger2001"]},
    "a weight ran towards infinity; ours stands on its bound, 100": {
        "stepfun3psm_greater": [
            "dat.bcg",
            "dat.collins1985a",
            "dat.damico2009",
            "dat.egger2001",
            "dat.gibson2002",
            "dat.graves2010",
            "dat.hart1999",
            "dat.hine1989",
            "dat.lee2004",
            "dat.nielweise2007",
            "dat.normand1999",
            "dat.pignon2000",
            "dat.yusuf1985",
            "sim.pain_k24",
            "sim.pain_k3_zero_tau",
            "sim.prepost",
            "sim.sparse_adverse",
        ],
        "stepfun3psm_less": [
            "dat.baskerville2012",
            "dat.cohen1981",
            "dat.dagostino1998",
            "dat.dorn2007",
            "dat.hackshaw1998",
            "dat.hartmannboyce2018",
            "dat.hine1989",
            "dat.linde2005",
            "dat.mcdaniel1994",
            "dat.raudenbush1985",
            "dat.yusuf1985",
            "sim.sparse_adverse",
        ],
        "stepfun_2_greater": [
            "dat.bcg",
            "dat.lee2004",
            "dat.nielweise2007",
            "dat.normand1999",
            "dat.yusuf1985",
            "sim.sparse_adverse",
        ],
        "stepfun_2_less": [
            "dat.cohen1981",
            "dat.dorn2007",
            "dat.hartmannboyce2018",
            "dat.hine1989",
            "dat.linde2005",
            "dat.mcdaniel1994",
            "dat.raudenbush1985",
            "dat.yusuf1985",
            "sim.sparse_adverse",
        ],
    },
    "tau2 is 0 at the top; theirs stays just above": {
        "stepfun3psm_greater": ["dat.dagostino1998", "dat.raudenbush1985"],
        "stepfun3psm_less": ["dat.hart1999"],
        "stepfun_2_greater": ["dat.cohen1981"],
        "stepfun_2_less": ["dat.collins1985a"],
    },
    "no selection is the top (a delta of 0); theirs stays just above": {
        "halfnorm_less": ["dat.hackshaw1998"],
        "logistic_greater": ["dat.bcg"],
        "logistic_less": ["dat.hackshaw1998", "sim.pain_k24"],
        "negexp_greater": ["dat.bcg"],
        "negexp_less": ["dat.hackshaw1998", "sim.pain_k24"],
    },
    "the noise of integrate stopped the optimiser": {
        "beta_greater": ["sim.pain_k24"],
        "beta_less": ["sim.pain_k24"],
        "halfnorm_greater": ["dat.hackshaw1998", "sim.pain_k24"],
        "logistic_less": ["dat.bcg"],
        "negexp_less": ["dat.bcg"],
        "power_greater": ["dat.hackshaw1998", "sim.pain_k24"],
        "power_less": ["dat.hackshaw1998"],
    },
    "the optimiser stopped at its default tolerance": {
        "stepfun3psm_less": ["dat.collins1985a", "dat.normand1999"],
        "stepfun_2_less": ["dat.nielweise2007", "dat.normand1999"],
    },
}

GRID = grid("selmodel")
SHORT = [(name, key) for keys in STOPPED_SHORT.values() for key, names in keys.items() for name in names]
NEAR = [case for case in GRID if case not in SHORT and case not in FLAT]


@cache
def fit(name, key):
    kind, favours = key.rsplit("_", 1)
    return selection_model(
        *effects(name),
        favours=favours,
        kind=KIND.get(kind, "steps"),
        steps=STEPS.get(kind, (0.025,)),
        minimum_k=0,
        minimum_in_interval=0,
    )


def reference_parameters(name, key):
    """metafor's mu, tau2 and free deltas with their standard errors."""
    answer = expected(name, "selmodel", key)
    first = 1 if key.startswith("stepfun") else 0
    values = [answer["beta"][0], answer["tau2"], *answer["delta"][first:]]
    return values, [answer["se"][0], answer["se_tau2"], *answer["se_delta"][first:]]


def log_likelihood_at(name, key, values):
    kind, favours = key.rsplit("_", 1)
    sign = 1 if favours == "greater" else -1
    smooth = kind in KIND
    selection = SmoothSelection.of(SMOOTH_WEIGHTS[KIND[kind]]) if smooth else StepSelection(STEPS[kind])
    y, v = effects(name)
    theta = np.array([sign * values[0], *values[1:]])
    return SelectionLikelihood(sign * y, v, selection).value_and_gradient(theta)[0]


def shortfall(name, key):
    """How far metafor's parameters lie below our top, in log-likelihood."""
    values, _ = reference_parameters(name, key)
    return fit(name, key).log_likelihood - log_likelihood_at(name, key, values)


def test_the_grid_of_selection_models_is_complete():
    assert len(GRID) == 134
    assert sum(key.startswith("stepfun") for _, key in GRID) == 104
    assert (len(NEAR), len(SHORT), len(FLAT)) == (61, 70, 3)


@pytest.mark.parametrize(("name", "key"), GRID)
def test_at_metafors_parameters_the_log_likelihood_is_metafors(name, key):
    values, _ = reference_parameters(name, key)
    reference = expected(name, "selmodel", key)["ll"]
    tolerance = SAME if key.startswith("stepfun") else INTEGRATE * len(effects(name)[0])
    assert log_likelihood_at(name, key, values) == pytest.approx(reference, rel=SAME, abs=tolerance)


@pytest.mark.parametrize(("name", "key"), GRID)
def test_our_log_likelihood_is_at_least_metafors(name, key):
    assert shortfall(name, key) >= -1e-12 * abs(fit(name, key).log_likelihood)


def test_exactly_the_listed_cases_stop_short_of_the_top():
    assert {case for case in GRID if shortfall(*case) > NEAR_OPTIMUM} == set(SHORT)


@pytest.mark.parametrize(("name", "key"), NEAR)
def test_where_metafor_reached_the_top_the_parameters_agree(name, key):
    found = fit(name, key)
    for ours, theirs, se in zip(
        (found.mu, found.tau2, *found.delta), *reference_parameters(name, key), strict=True
    ):
        assert ours == pytest.approx(theirs, abs=PARAMETER * max(abs(theirs), se or 0.0))


@pytest.mark.parametrize(("name", "key"), [case for case in NEAR if case[1].startswith("stepfun")])
def test_where_metafor_reached_the_top_of_a_step_model_the_standard_errors_agree(name, key):
    found = fit(name, key)
    _, errors = reference_parameters(name, key)
    assert [found.se, found.tau2_se, *found.delta_se] == pytest.approx(errors, rel=STANDARD_ERROR)


@pytest.mark.parametrize(("name", "key"), GRID)
def test_the_log_likelihood_without_selection_is_metafors(name, key):
    reference = expected(name, "selmodel", key)
    unadjusted = fit(name, key).log_likelihood_unadjusted
    # metafor's own maximum without selection, from its statistic; a statistic below 0 is printed as 0.
    if reference["LRT"] > 0:
        assert close(reference["ll"] - reference["LRT"] / 2, unadjusted, SAME, SAME)
    else:
        assert reference["ll"] <= unadjusted + SAME


def test_the_local_maximum_that_metafor_stopped_at_is_named_as_a_rival():
    found = fit("dat.egger2001", "stepfun_2_less")
    reference = expected("dat.egger2001", "selmodel", "stepfun_2_less")
    caveat = next(c for c in found.caveats if c.code == "several-tops")
    assert f"{reference['beta'][0]:.3g}" in caveat.text
