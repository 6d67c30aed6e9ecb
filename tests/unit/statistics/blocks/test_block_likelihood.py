"""The likelihood of block models against its definition by whole matrices, and its derivatives."""

import numpy as np
import pytest

from enthesis.statistics import blocks
from enthesis.statistics.blocks import STRUCTURES, Multivariate, Term, ThreeLevel
from enthesis.statistics.blocks.fit import fit
from enthesis.statistics.blocks.likelihood import curves, log_likelihood
from made_blocks import Trials, dense_likelihood, make_trials


def terms(trials: Trials, structure: str) -> list[Term]:
    """Three levels and a multivariate term together."""
    inner = trials.week if structure in ("AR", "HAR", "CAR") else trials.outcome
    return [ThreeLevel(trials.trial), Multivariate(trials.trial, inner, structure)]


def fitted(structure: str, *, restricted: bool) -> tuple[Trials, blocks.BlockFit, np.ndarray]:
    """A fit, and parameters away from it and from every bound."""
    trials = make_trials(5, trials=14, outcomes=4)
    V = blocks.sampling_covariance(trials.v, trials.trial, rho=0.4)
    method = "REML" if restricted else "ML"
    found = fit(trials.y, V, trials.week, ["week"], random=terms(trials, structure), method=method, starts=1)
    rng = np.random.default_rng(1)
    start = [s.start(np.full(s_levels(s), 1.3), 0.4) for s in found.model.structures]
    theta = np.concatenate(start)
    return trials, found, theta * rng.uniform(0.8, 1.2, len(theta))


def s_levels(structure: object) -> int:
    """Number of levels of a structure."""
    return len(structure.covariance(structure.start(np.ones(4), 0.1)))  # type: ignore[attr-defined]


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("restricted", [True, False])
def test_gradient_and_curvature_are_those_of_the_likelihood(structure: str, restricted: bool):
    """Central differences with step 1e-5 are right to about 1e-9 of the largest slope."""
    _, found, theta = fitted(structure, restricted=restricted)
    model, step = found.model, 1e-5 * np.eye(len(theta))
    here = curves(model, theta, restricted=restricted)
    slope = [_difference(lambda t: log_likelihood(model, t, restricted=restricted), theta, e) for e in step]
    bend = [_difference(lambda t: curves(model, t, restricted=restricted).gradient, theta, e) for e in step]
    assert here.gradient == pytest.approx(np.array(slope), abs=1e-7 * np.abs(slope).max())
    assert here.hessian == pytest.approx(np.array(bend), abs=1e-7 * np.abs(bend).max())
    assert here.value == log_likelihood(model, theta, restricted=restricted)


def _difference(f, theta: np.ndarray, step: np.ndarray):
    return (f(theta + step) - f(theta - step)) / (2.0 * step.max())


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("method", ["REML", "ML"])
def test_the_maximum_is_the_likelihood_of_whole_matrices(structure: str, method: str):
    trials = make_trials(7, trials=14, outcomes=3)
    V = blocks.sampling_covariance(trials.v, trials.trial, rho=0.4)
    found = fit(trials.y, V, trials.week, ["week"], random=terms(trials, structure)[1:], method=method)
    M = V.dense() + marginal(trials, structure, found)
    X = np.column_stack([np.ones(trials.k), trials.week])
    assert found.ml.log_likelihood == pytest.approx(
        dense_likelihood(trials.y, X, M, restricted=False), abs=1e-9
    )
    assert found.reml.log_likelihood == pytest.approx(
        dense_likelihood(trials.y, X, M, restricted=True), abs=1e-9
    )


def marginal(trials: Trials, structure: str, found: blocks.BlockFit) -> np.ndarray:
    """What the random effects add to V, from the components as reported and the textbook's definition."""
    value = {one.name: one.value for one in found.components}
    is_time = structure in ("AR", "HAR", "CAR")
    inner = trials.week if is_time else trials.outcome
    tau = np.sqrt([value.get(f"tau2[{one}]", value.get("tau2", 0.0)) for one in inner])
    R = np.empty((trials.k, trials.k))
    for i, a in enumerate(inner):
        for j, b in enumerate(inner):
            R[i, j] = _correlation(structure, a, b, value)
    same = np.array(trials.trial)[:, None] == np.array(trials.trial)
    return same * R * np.outer(tau, tau)


def _correlation(structure: str, a, b, value: dict[str, float]) -> float:
    if a == b:
        return 1.0
    if structure in ("ID", "DIAG"):
        return 0.0
    if structure == "UN":
        return value[f"rho[{min(a, b)},{max(a, b)}]"]
    return float(value["rho"] ** (abs(a - b) if structure in ("AR", "HAR", "CAR") else 1.0))


def test_padding_changes_nothing():
    """Blocks of 5 stand among blocks of 6: the padded row is alone and adds nothing."""
    rng = np.random.default_rng(3)
    study = np.repeat(np.arange(6), [5, 6, 5, 7, 9, 1])
    y, v = rng.normal(size=len(study)), rng.uniform(0.1, 0.3, len(study))
    found = blocks.fit(y, v, random=[ThreeLevel(study.tolist())])
    between, within = (one.value for one in found.components)
    M = np.diag(v + within) + between * (study[:, None] == study)
    expected = dense_likelihood(y, np.ones((len(y), 1)), M, restricted=True)
    assert found.reml.log_likelihood == pytest.approx(expected, abs=1e-10)


def test_crossed_random_effects_are_one_large_block():
    rng = np.random.default_rng(4)
    team, scale = rng.integers(0, 6, 40), rng.integers(0, 5, 40)
    y = rng.normal(size=6)[team] + rng.normal(size=5)[scale] + rng.normal(0.0, 0.3, 40)
    v = np.full(40, 0.09)
    random = [blocks.RandomIntercept(team.tolist(), "team"), blocks.RandomIntercept(scale.tolist(), "scale")]
    found = blocks.fit(y, v, random=random)
    one, two = (component.value for component in found.components)
    M = np.diag(v) + one * (team[:, None] == team) + two * (scale[:, None] == scale)
    expected = dense_likelihood(y, np.ones((40, 1)), M, restricted=True)
    assert found.n_blocks == 1
    assert found.reml.log_likelihood == pytest.approx(expected, abs=1e-9)
    assert min(one, two) > 0.1
