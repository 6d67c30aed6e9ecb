"""Parts of the answer of a block model against their definition by whole matrices."""

import numpy as np
import pytest
from scipy.linalg import sqrtm
from scipy.optimize import minimize_scalar

from enthesis.errors import CannotEstimate
from enthesis.statistics import blocks
from enthesis.statistics.blocks import Multivariate, RandomIntercept, ThreeLevel
from made_blocks import Trials, dense_likelihood, make_trials


def three_level(between: float = 0.4) -> tuple[Trials, blocks.BlockFit, np.ndarray, np.ndarray]:
    """Trials, their three-level regression on weeks, its covariance M and design X."""
    trials = make_trials(11, trials=10, between=between)
    found = blocks.fit(trials.y, trials.v, trials.week, ["week"], random=[ThreeLevel(trials.trial)])
    between, within = (one.value for one in found.components)
    same = np.array(trials.trial)[:, None] == np.array(trials.trial)
    return (
        trials,
        found,
        np.diag(trials.v + within) + between * same,
        np.column_stack([np.ones(trials.k), trials.week]),
    )


def test_cr2_is_the_published_formula():
    """A = D' B^(+1/2) D with B = D (I - H) M (I - H)' D', and Satterthwaite's df from its quadratic forms.

    Source: Pustejovsky & Tipton 2018, doi:10.1080/07350015.2016.1247004.
    """
    trials, found, M, X = three_level()
    W, codes = np.linalg.inv(M), np.array(trials.trial)
    bread = np.linalg.inv(X.T @ W @ X)
    away = np.eye(trials.k) - X @ bread @ X.T @ W
    residual, meat, arms = away @ trials.y, np.zeros((2, 2)), []
    for one in dict.fromkeys(trials.trial):
        rows = np.flatnonzero(codes == one)
        D = np.linalg.cholesky(M[np.ix_(rows, rows)]).T
        B = D @ away[rows] @ M @ away[rows].T @ D.T
        A = D.T @ np.real(sqrtm(np.linalg.inv(B))) @ D
        score = X[rows].T @ W[np.ix_(rows, rows)] @ A
        meat += np.outer(score @ residual[rows], score @ residual[rows])
        arms.append(away[rows].T @ A.T @ W[np.ix_(rows, rows)] @ X[rows] @ bread)
    result = blocks.robust(found)
    assert np.array(result.covariance) == pytest.approx(bread @ meat @ bread, rel=1e-8)
    for c in range(2):
        p = np.array([arm[:, c] for arm in arms])
        quadratic = p @ M @ p.T
        assert result.df[c] == pytest.approx(np.trace(quadratic) ** 2 / np.square(quadratic).sum(), rel=1e-8)


def test_a_cluster_that_decides_a_coefficient_alone_has_no_say_in_its_error():
    """Only trial 0 has x = 1: its residual is 0 and the pseudo-inverse leaves it out."""
    trials = make_trials(2, trials=9)
    x = [float(name == "trial 0") for name in trials.trial]
    found = blocks.fit(trials.y, trials.v, x, ["x"], random=[RandomIntercept(trials.trial)])
    result = blocks.robust(found)
    others = [i for i, one in enumerate(x) if not one]
    assert np.isfinite([one.se for one in result.coefficients]).all()
    alone = blocks.fit(
        trials.y[others], trials.v[others], random=[RandomIntercept([trials.trial[i] for i in others])]
    )
    assert result.coefficients[0].se == pytest.approx(blocks.robust(alone).coefficients[0].se, rel=0.02)


def test_predicted_effects_are_the_published_formula():
    """G Z' P y with error variance G - G Z' P Z G (Robinson 1991, doi:10.1214/ss/1177011926)."""
    trials, found, M, X = three_level()
    W = np.linalg.inv(M)
    P = W - W @ X @ np.linalg.inv(X.T @ W @ X) @ X.T @ W
    between, within = (one.value for one in found.components)
    effects = blocks.ranef(found)
    names = list(dict.fromkeys(trials.trial))
    Z = np.array(trials.trial)[:, None] == np.array(names)
    for columns, variance, term in ((Z, between, "study"), (np.eye(trials.k), within, "study/effect")):
        mine = [one for one in effects if one.term == term]
        assert [one.estimate for one in mine] == pytest.approx(
            variance * columns.T @ P @ trials.y, rel=1e-8, abs=1e-12
        )
        spread = variance - variance**2 * np.diagonal(columns.T @ P @ columns)
        assert [one.se for one in mine] == pytest.approx(np.sqrt(spread), rel=1e-8)
    assert [one.group for one in effects if one.term == "study"] == names


def test_predicted_effects_and_sampling_errors_add_up_to_the_residual():
    trials, found, M, _ = three_level()
    fitted = found.coefficients[0].estimate + found.coefficients[1].estimate * np.array(trials.week)
    effects = blocks.ranef(found)
    study = {one.group: one.estimate for one in effects if one.term == "study"}
    within = np.array([one.estimate for one in effects if one.term == "study/effect"])
    error = trials.v * np.linalg.solve(M, trials.y - fitted)
    assert np.array([study[name] for name in trials.trial]) + within + error == pytest.approx(
        trials.y - fitted
    )


def test_a_profile_interval_ends_where_the_likelihood_has_fallen_enough():
    """The other component is found anew by a bounded search over whole matrices (good to 1e-8)."""
    trials, found, _, X = three_level(between=0.9)
    same = np.array(trials.trial)[:, None] == np.array(trials.trial)

    def profile(between: float) -> float:
        def fall(log_within: float) -> float:
            M = np.diag(trials.v + np.exp(log_within)) + between * same
            return -dense_likelihood(trials.y, X, M, restricted=True)

        return -minimize_scalar(fall, bounds=(-30.0, 3.0), method="bounded", options={"xatol": 1e-9}).fun

    interval = blocks.profile_intervals(found)[0]
    assert interval.name == "sigma2[study]"
    assert 0.0 < interval.ci[0] < interval.value < interval.ci[1]
    for end in interval.ci:
        # Half the 95 % point of a chi-square with one degree of freedom.
        assert found.reml.log_likelihood - profile(end) == pytest.approx(1.9207294, abs=1e-6)


def test_profiles_of_correlations_keep_to_their_range():
    trials = make_trials(3, trials=6, between=0.5)
    for structure in ("CS", "HCS", "UN", "CAR"):
        inner = trials.week if structure == "CAR" else trials.outcome
        found = blocks.fit(trials.y, trials.v, random=[Multivariate(trials.trial, inner, structure)])
        rhos = [one for one in blocks.profile_intervals(found) if one.name.startswith("rho")]
        low = {"CS": -0.5, "HCS": -0.5, "UN": -1.0, "CAR": 0.0}[structure]
        assert rhos
        assert all(low <= one.ci[0] <= one.value + 1e-9 <= one.ci[1] + 1e-9 <= 1.0 + 1e-9 for one in rhos)


def test_a_t_interval_has_k_minus_p_degrees_of_freedom():
    trials = make_trials(11, trials=10)
    wald = blocks.fit(trials.y, trials.v, trials.week, ["week"], random=[ThreeLevel(trials.trial)])
    t = blocks.fit(
        trials.y, trials.v, trials.week, ["week"], random=[ThreeLevel(trials.trial)], interval="wald-t"
    )
    assert (wald.df, t.df) == (None, trials.k - 2)
    assert t.coefficients[0].se == wald.coefficients[0].se
    assert t.coefficients[0].ci[0] < wald.coefficients[0].ci[0]
    assert t.moderators.statistic == pytest.approx(wald.moderators.statistic)
    assert t.moderators.residual_df == trials.k - 2
    assert t.moderators.p > wald.moderators.p


def test_doubts_reach_the_reader():
    trials = make_trials(11, trials=10)
    codes = {one.code for one in blocks.fit(trials.y, trials.v, random=[ThreeLevel(trials.trial)]).caveats}
    assert codes >= {"few-blocks", "sampling-covariance-unknown"}
    V = blocks.sampling_covariance(trials.v, trials.trial, rho=0.5)
    known = {one.code for one in blocks.fit(trials.y, V, random=[ThreeLevel(trials.trial)]).caveats}
    assert "sampling-covariance-unknown" not in known


def test_components_on_the_boundary_are_named():
    rng = np.random.default_rng(0)
    study = np.repeat(np.arange(8), 3)
    found = blocks.fit(rng.normal(0.0, 0.1, 24), np.full(24, 1.0), random=[ThreeLevel(study.tolist())])
    assert found.certificate.boundary == ("sigma2[study]", "sigma2[study/effect]")
    assert all(one.boundary and one.value == 0.0 for one in found.components)
    assert "component-on-boundary" in {one.code for one in found.caveats}


def test_what_hardly_any_study_reports_is_named():
    trial = ["a", "a", "b", "b", "c", "c", "d", "d", "e"]
    outcome = ["pain", "function"] * 4 + ["stiffness"]
    rng = np.random.default_rng(1)
    found = blocks.fit(rng.normal(size=9), np.full(9, 0.1), random=[Multivariate(trial, outcome, "UN")])
    text = {one.code: one.text for one in found.caveats}
    assert "stiffness" in text["rare-level"]
    assert "pain with stiffness" in text["rare-pair"]
    assert "function with pain" not in text["rare-pair"]


def test_levels_that_cannot_be_told_apart_make_a_flat_likelihood():
    rng = np.random.default_rng(2)
    found = blocks.fit(rng.normal(0.2, 0.8, 12), rng.uniform(0.02, 0.1, 12), random=[ThreeLevel(range(12))])
    assert "flat-likelihood" in {one.code for one in found.caveats}


def test_one_study_says_nothing_about_differences_between_studies():
    """Under REML its own effect takes the mean's place: the likelihood is flat, and no profile ends."""
    found = blocks.fit([0.1, 0.5, 0.2], [0.05, 0.04, 0.06], random=[ThreeLevel(["a"] * 3)])
    assert found.converged
    assert "flat-likelihood" in {one.code for one in found.caveats} or found.certificate.boundary
    with pytest.raises(CannotEstimate, match=r"does not bound sigma2\[study\] from above"):
        blocks.profile_intervals(found)


@pytest.mark.parametrize("structure", ["ID", "CS", "AR", "HCS", "UN"])
def test_variances_fourteen_orders_apart_still_give_an_answer(structure: str):
    rng = np.random.default_rng(3)
    study, week = np.repeat(np.arange(5), 2).tolist(), [0.0, 1.0] * 5
    y, v = rng.normal(size=10), 10.0 ** rng.uniform(-7.0, 7.0, 10)
    found = blocks.fit(y, v, random=[Multivariate(study, week, structure)])
    assert np.isfinite(
        [found.coefficients[0].estimate, found.coefficients[0].se, found.reml.log_likelihood]
    ).all()


def test_one_certificate_tells_how_the_answer_was_found():
    trials = make_trials(11, trials=30)
    variances = blocks.fit(trials.y, trials.v, random=[ThreeLevel(trials.trial)]).certificate
    assert (variances.converged, variances.starts, variances.optima) == (True, 4, 1)
    assert variances.gradient < 1e-7
    assert variances.gain < 1e-10
    assert variances.curvature > 0.1
    tied = blocks.fit(trials.y, trials.v, random=[Multivariate(trials.trial, trials.outcome)]).certificate
    assert tied.starts == 8


def test_scenarios_run_over_the_stated_correlations():
    trials = make_trials(11, trials=10)
    found = blocks.over_correlations(
        trials.y, trials.v, cluster=trials.trial, random=[ThreeLevel(trials.trial)]
    )
    assert [one.rho for one in found] == [0.3, 0.5, 0.7]
    V = blocks.sampling_covariance(trials.v, trials.trial, rho=0.5)
    alone = blocks.fit(trials.y, V, random=[ThreeLevel(trials.trial)])
    assert found[1].fit.coefficients == alone.coefficients
