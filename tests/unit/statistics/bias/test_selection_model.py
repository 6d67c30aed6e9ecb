"""Selection models: the likelihood by brute force, what is refused and what is said."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import approx_fprime
from scipy.stats import norm

from enthesis.errors import CannotEstimate, InvalidData
from enthesis.statistics.bias import selection_model
from enthesis.statistics.bias.selection_likelihood import SelectionLikelihood, SmoothSelection, StepSelection
from enthesis.statistics.bias.selection_weights import SMOOTH_WEIGHTS

RNG = np.random.default_rng(7)
V = RNG.uniform(0.02, 0.3, 40)
Y = RNG.normal(0.25, np.sqrt(V + 0.05))

#: The weight functions as the papers print them, of the one-sided p-value.
PRINTED = {
    "beta": (lambda p, d: p ** (d[0] - 1) * (1 - p) ** (d[1] - 1), (1.4, 1.1)),
    "half-normal": (lambda p, d: np.exp(-d[0] * p**2), (2.0,)),
    "negative-exponential": (lambda p, d: np.exp(-d[0] * p), (3.0,)),
    "logistic": (lambda p, d: 2 * np.exp(-d[0] * p) / (1 + np.exp(-d[0] * p)), (3.0,)),
    "power": (lambda p, d: (1 - p) ** d[0], (0.7,)),
}


def brute_force(weight, y, v, mu, tau2):
    """Sum of log of weight times density over its integral, by adaptive quadrature."""
    total = 0.0
    for yi, vi in zip(y, v, strict=True):
        density = norm(mu, np.sqrt(vi + tau2))
        reach = np.sqrt(vi) * 12
        low, high = min(mu - 12 * density.std(), -reach), max(mu + 12 * density.std(), reach)
        breaks = np.sqrt(vi) * np.array([-8.5, -4.2648907939228247, -2, 0, 2, 4.2648907939228247, 8.5])
        integral = quad(
            lambda x, vi=vi, density=density: weight(norm.sf(x / np.sqrt(vi))) * density.pdf(x),
            low, high, points=breaks, limit=400, epsabs=1e-13, epsrel=1e-11,
        )[0]  # fmt: skip
        total += np.log(weight(norm.sf(yi / np.sqrt(vi)))) + density.logpdf(yi) - np.log(integral)
    return total


@pytest.mark.parametrize("kind", PRINTED)
def test_the_smooth_likelihood_is_the_printed_formula_integrated(kind):
    printed, delta = PRINTED[kind]
    cut = kind in ("beta", "power")

    def weight(p):
        return printed(np.clip(p, 1e-5, 1 - 1e-5) if cut else p, delta)

    likelihood = SelectionLikelihood(Y[:8], V[:8], SmoothSelection.of(SMOOTH_WEIGHTS[kind]))
    value, _ = likelihood.value_and_gradient(np.array([0.2, 0.04, *delta]))
    assert value == pytest.approx(brute_force(weight, Y[:8], V[:8], 0.2, 0.04), abs=1e-9)


def test_the_step_likelihood_is_the_printed_formula_integrated():
    weights = np.array([1.0, 0.6, 0.3])

    def weight(p):
        return weights[np.searchsorted([0.05, 0.5], p)]

    likelihood = SelectionLikelihood(Y[:6], V[:6], StepSelection((0.05, 0.5)))
    value, _ = likelihood.value_and_gradient(np.array([0.2, 0.04, 0.6, 0.3]))
    mine = 0.0
    for yi, vi in zip(Y[:6], V[:6], strict=True):
        density = norm(0.2, np.sqrt(vi + 0.04))
        cuts = norm.isf([0.05, 0.5]) * np.sqrt(vi)
        parts = density.sf(cuts[0]), density.cdf(cuts[0]) - density.cdf(cuts[1]), density.cdf(cuts[1])
        mine += np.log(weight(norm.sf(yi / np.sqrt(vi)))) + density.logpdf(yi) - np.log(weights @ parts)
    assert value == pytest.approx(mine, abs=1e-11)


@pytest.mark.parametrize("kind", ["steps", *PRINTED])
def test_the_gradient_is_the_slope_of_the_log_likelihood(kind):
    smooth = kind != "steps"
    selection = SmoothSelection.of(SMOOTH_WEIGHTS[kind]) if smooth else StepSelection((0.025, 0.5))
    theta = np.array([0.2, 0.04, *(PRINTED[kind][1] if smooth else (0.5, 0.2))])
    likelihood = SelectionLikelihood(Y, V, selection)
    _, gradient = likelihood.value_and_gradient(theta)
    slopes = approx_fprime(theta, lambda x: likelihood.value_and_gradient(x)[0], 1e-7)
    assert gradient == pytest.approx(slopes, rel=1e-4, abs=1e-4)


def test_weights_of_one_are_no_selection():
    found = SelectionLikelihood(Y, V, StepSelection((0.025,))).value_and_gradient(np.array([0.1, 0.02, 1.0]))
    assert found[0] == pytest.approx(norm.logpdf(Y, 0.1, np.sqrt(V + 0.02)).sum(), abs=1e-10)


def test_standard_errors_come_from_the_curvature_of_the_log_likelihood():
    found = selection_model(Y, V, favours="greater")
    likelihood = SelectionLikelihood(Y, V, StepSelection((0.025,)))
    top = np.array([found.mu, found.tau2, *found.delta])
    size = np.diag([1e-4, 1e-5, 1e-4])

    def value(x):
        return likelihood.value_and_gradient(x)[0]

    def mixed(a, b):
        corners = value(top + a + b) - value(top + a - b) - value(top - a + b) + value(top - a - b)
        return corners / (4 * a.max() * b.max())

    curvature = np.array([[mixed(a, b) for b in size] for a in size])
    errors = np.sqrt(np.diag(np.linalg.inv(-curvature)))
    assert [found.se, found.tau2_se, *found.delta_se] == pytest.approx(errors, rel=1e-3)


def test_dropping_most_studies_without_significance_is_found_and_undone():
    rng = np.random.default_rng(3)
    v = rng.uniform(0.01, 0.2, 2000)
    y = rng.normal(0.1, np.sqrt(v + 0.02))
    seen = (y / np.sqrt(v) > 1.96) | (rng.random(2000) < 0.2)
    found = selection_model(y[seen], v[seen], favours="greater")
    assert found.p < 1e-6
    assert found.delta[0] == pytest.approx(0.2, abs=3 * found.delta_se[0])
    assert found.mu == pytest.approx(0.1, abs=3 * found.se)
    assert found.unadjusted > 0.15


def test_too_few_studies_are_refused_with_the_reason():
    with pytest.raises(CannotEstimate, match=r"at least 10 studies; 9 given.*Carter et al. 2019"):
        selection_model(Y[:9], V[:9], favours="greater")
    with pytest.raises(CannotEstimate, match="3 parameters; 2 studies"):
        selection_model(Y[:2], V[:2], favours="greater", minimum_k=0)


def test_an_interval_without_studies_is_refused_and_named():
    y = -np.abs(Y)
    with pytest.raises(CannotEstimate, match=r"0 studies have a one-sided p-value between 0 and 0\.025"):
        selection_model(y, V, favours="greater")


def test_unknown_options_are_named_together():
    with pytest.raises(InvalidData, match=r"kind: 'magic'(?s:.*)favours: 'up'"):
        selection_model(Y, V, favours="up", kind="magic")
    with pytest.raises(InvalidData, match=r"steps: .* are no steps; give rising p-values"):
        selection_model(Y, V, favours="less", steps=(0.5, 0.05))


def test_few_studies_in_an_interval_and_few_studies_at_all_are_caveats():
    found = selection_model(Y[:20], V[:20], favours="less", minimum_in_interval=0)
    codes = {caveat.code for caveat in found.caveats}
    assert {"few-in-interval", "few-studies", "selection-model-is-a-scenario"} <= codes
    assert sum(found.in_interval) == 20
