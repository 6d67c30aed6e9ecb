"""Checks of dependent effects against their definitions, written out with dense matrices."""

import numpy as np
import pytest
from numpy.linalg import inv, slogdet
from scipy.stats import t as student

from enthesis.errors import CannotEstimate, InvalidData
from enthesis.statistics import bias, blocks, effects, pooling

RNG = np.random.default_rng(11)
COUNTS = RNG.integers(1, 5, 16)
STUDY = [f"study {i}" for i in np.repeat(np.arange(16), COUNTS)]
K = len(STUDY)
SIZE = np.repeat(RNG.integers(30, 300, 16), COUNTS).astype(float)
V = 4 / SIZE * RNG.uniform(0.9, 1.1, K)
TRUTH = 0.4 + np.repeat(RNG.normal(0, 0.25, 16), COUNTS) + RNG.normal(0, 0.15, K)
Y = TRUTH + np.repeat(RNG.normal(0, 0.6, 16), COUNTS) * np.sqrt(V) + RNG.normal(0, 0.8, K) * np.sqrt(V)
NAMES = list(dict.fromkeys(STUDY))
SAME = np.array([[a == b for b in STUDY] for a in STUDY])


def sampling(rho=0.6):
    return np.where(SAME, rho * np.sqrt(np.outer(V, V)), 0.0) + np.diag((1 - rho) * V)


def three_level(**options):
    return blocks.fit(
        Y, blocks.sampling_covariance(V, STUDY, rho=0.6), random=[blocks.ThreeLevel(STUDY)], **options
    )


def reml(y, covariance):
    """Restricted log-likelihood of one mean, up to a constant."""
    W, one = inv(covariance), np.ones(len(y))
    mean = one @ W @ y / (one @ W @ one)
    return -0.5 * (slogdet(covariance)[1] + np.log(one @ W @ one) + (y - mean) @ W @ (y - mean))


def test_pooling_the_averages_is_the_three_level_model():
    averages, model = bias.study_averages(Y, V, STUDY), three_level()
    pooled = pooling.pool(averages.y, averages.v, interval="wald")
    assert pooled.mu == pytest.approx(model.coefficients[0].estimate, rel=1e-7)
    assert pooled.se == pytest.approx(model.coefficients[0].se, rel=1e-6)
    assert pooled.tau2 == pytest.approx(model.component("sigma2[study]").value, rel=1e-5)
    assert averages.omega2 == model.component("sigma2[study/effect]").value > 0
    assert averages.study == tuple(NAMES)
    assert averages.effects == tuple(COUNTS.tolist())


def test_a_study_of_one_effect_keeps_it():
    averages = bias.study_averages([0.1, 0.5, 0.9], [0.1, 0.2, 0.3], ["a", "b", "c"])
    np.testing.assert_allclose(averages.y, [0.1, 0.5, 0.9], rtol=1e-15)
    np.testing.assert_allclose(averages.v, [0.1, 0.2, 0.3], rtol=1e-15)
    assert averages.omega2 == 0.0
    assert averages.caveats == ()


def test_contrasts_within_studies_give_a_variance_that_sign_flips_leave_alone():
    flip = np.repeat(RNG.choice([-1.0, 1.0], 16), COUNTS)
    plain = bias.study_averages(Y, V, STUDY, within="contrasts")
    turned = bias.study_averages(flip * Y, V, STUDY, within="contrasts")
    assert turned.omega2 == pytest.approx(plain.omega2, rel=1e-6)
    first = np.unique(STUDY, return_index=True)[1]
    np.testing.assert_allclose(turned.y, flip[np.sort(first)] * plain.y, rtol=1e-6)


def test_the_variance_from_contrasts_maximises_their_likelihood():
    omega2 = bias.study_averages(Y, V, STUDY, within="contrasts").omega2
    X = np.array([[float(one == name) for name in NAMES] for one in STUDY])

    def likelihood(at):
        C = sampling() + at * np.eye(K)
        W = inv(C)
        A = X.T @ W @ X
        r = Y - X @ np.linalg.solve(A, X.T @ W @ Y)
        return -0.5 * (slogdet(C)[1] + slogdet(A)[1] + r @ W @ r)

    assert omega2 > 0
    step = 0.02 * omega2
    assert likelihood(omega2) > max(likelihood(omega2 - step), likelihood(omega2 + step))


def test_eggers_test_by_study_is_a_three_level_line_with_cr2_errors_written_out():
    found = bias.egger_test_by_study(Y, V, STUDY)
    X = np.column_stack([np.ones(K), np.sqrt(V)])
    model = three_level(names=["se"], X=X[:, 1:])
    between, within = (one.value for one in model.components)
    M = sampling() + between * SAME + within * np.eye(K)
    W = inv(M)
    bread = inv(X.T @ W @ X)
    beta = bread @ X.T @ W @ Y
    residual, hat = Y - X @ beta, X @ bread @ X.T
    scores, gradients = [], []
    for name in NAMES:
        rows = np.flatnonzero(np.array(STUDY) == name)
        L = np.linalg.cholesky(M[np.ix_(rows, rows)])
        B = L.T @ (M - hat)[np.ix_(rows, rows)] @ L
        values, vectors = np.linalg.eigh(B)
        power = (vectors / np.sqrt(values)) @ vectors.T
        A = L @ power @ L.T
        half = bread @ X[rows].T @ inv(M[np.ix_(rows, rows)]) @ A
        scores.append(half @ residual[rows])
        gradient = np.zeros((2, K))
        gradient[:, rows] = half
        gradients.append(gradient - half @ X[rows] @ bread @ X.T @ W)
    variance = sum(s[1] ** 2 for s in scores)
    P = np.array([[g[1] @ M @ h[1] for h in gradients] for g in gradients])
    df = np.trace(P) ** 2 / (P**2).sum()
    assert found.slope == pytest.approx(beta[1], rel=1e-8)
    assert found.se == pytest.approx(np.sqrt(variance), rel=1e-8)
    assert found.df == pytest.approx(df, rel=1e-7)
    assert found.p == pytest.approx(2 * student.sf(abs(beta[1] / np.sqrt(variance)), df), rel=1e-6)
    assert found.limit == pytest.approx(beta[0], rel=1e-8)
    assert found.tau2 == pytest.approx(between + within, rel=1e-12)


def test_predictors_of_other_tests_may_be_used():
    half = SIZE / 2
    per_arm = bias.egger_test_by_study(Y, V, STUDY, predictor="sqrt(1/n1 + 1/n2)", n1=half, n2=half)
    line = blocks.fit(
        Y,
        blocks.sampling_covariance(V, STUDY, rho=0.6),
        np.sqrt(4 / SIZE)[:, None],
        ["x"],
        random=[blocks.ThreeLevel(STUDY)],
    )
    assert per_arm.slope == pytest.approx(line.coefficients[1].estimate, rel=1e-9)
    growing = bias.egger_test_by_study(Y, V, STUDY, predictor="n", n=SIZE)
    assert growing.limit is None
    with pytest.raises(InvalidData, match="needs the participants of both arms"):
        bias.egger_test_by_study(Y, V, STUDY, predictor="sqrt(1/n1 + 1/n2)")
    with pytest.raises(InvalidData, match="'size' is unknown"):
        bias.egger_test_by_study(Y, V, STUDY, predictor="size")


def test_harbords_test_of_independent_trials_is_egger_on_petos_estimates():
    rng = np.random.default_rng(5)
    n = rng.integers(60, 400, (2, 14))
    events = rng.binomial(n, [[0.3], [0.2]])
    peto = effects.peto_log_odds_ratio(events[0], n[0], events[1], n[1])
    harbord = bias.harbord_test(events[0], n[0], events[1], n[1])
    egger = bias.egger_test(peto.y, peto.v, variant="classical")
    assert harbord.slope == pytest.approx(egger.slope, rel=1e-10)
    assert harbord.p == pytest.approx(egger.p, rel=1e-10)


def test_too_few_studies_are_refused_however_many_effects_they_give():
    few = ["a", "b", "c", "d"] * 6
    with pytest.raises(CannotEstimate, match="Egger's test by study needs at least 10 studies; 4 given"):
        bias.egger_test_by_study(Y[:24], V[:24], few)
    with pytest.raises(CannotEstimate, match="PET-PEESE by study needs at least 10 studies; 4 given"):
        bias.pet_peese_by_study(Y[:24], V[:24], few, favours="greater")
    with pytest.raises(CannotEstimate, match="2 studies cannot carry 2 coefficients"):
        bias.egger_test_by_study(Y[:4], V[:4], ["a", "a", "b", "b"], minimum_studies=2)


def test_pet_peese_by_study_takes_the_line_that_pet_asks_for():
    found = bias.pet_peese_by_study(Y, V, STUDY, favours="greater")
    egger = bias.egger_test_by_study(Y, V, STUDY)
    assert found.pet[0].estimate == pytest.approx(egger.limit, rel=1e-12)
    squared = bias.egger_test_by_study(Y, V, STUDY, predictor="variance")
    taken = squared if found.pet_p < 0.05 else egger
    assert found.chosen == ("PEESE" if found.pet_p < 0.05 else "PET")
    assert found.mu == pytest.approx(taken.limit, rel=1e-12)
    assert found.ci == pytest.approx(taken.limit_ci, rel=1e-12)
    against = bias.pet_peese_by_study(Y, V, STUDY, favours="less")
    assert against.pet_p == pytest.approx(1 - found.pet_p, rel=1e-9)
    assert (found.k, found.studies) == (K, 16)


def test_subsets_of_studies_are_three_level_models_with_the_variance_within_given():
    cloud = bias.gosh_by_study(Y, V, STUDY, subsets=40, seed=3)
    omega2 = bias.study_averages(Y, V, STUDY).omega2
    assert cloud.members.shape == (40, 16)
    inside = 0
    for members, mu, tau2 in zip(cloud.members, cloud.mu, cloud.tau2, strict=True):
        rows = np.isin(STUDY, np.array(NAMES)[members])
        fixed = (sampling() + omega2 * np.eye(K))[np.ix_(rows, rows)]
        tie, y = SAME[np.ix_(rows, rows)], Y[rows]
        W = inv(fixed + tau2 * tie)
        assert mu == pytest.approx((W @ y).sum() / W.sum(), rel=1e-9)
        if tau2 > 1e-6:
            inside += 1
            best = reml(y, fixed + tau2 * tie)
            assert best > max(reml(y, fixed + f * tau2 * tie) for f in (0.97, 1.03))
    assert inside >= 20


def test_signs_of_whole_studies_are_flipped():
    found = bias.permutation_test_by_study(Y[:12], V[:12], STUDY[:12], permutations=2000)
    averages = bias.study_averages(Y[:12], V[:12], STUDY[:12], within="contrasts")
    studies = len(averages.study)
    assert studies < 12
    assert found.k == studies
    assert found.exact
    statistics = []
    for code in range(2**studies):
        signs = np.where((code >> np.arange(studies)) & 1, -1.0, 1.0)
        statistics.append(abs(pooling.pool(signs * averages.y, averages.v, interval="wald").statistic))
    assert found.p == np.mean(np.array(statistics) >= statistics[0] * (1 - 1e-8))


def test_moderators_are_dealt_out_to_whole_studies():
    year = np.repeat(np.arange(16.0), COUNTS)
    found = bias.permutation_test_of_moderators_by_study(Y, V, year[:, None], ["year"], STUDY, seed=2)
    averages = bias.study_averages(Y, V, STUDY, within="contrasts")
    same = bias.permutation_test_of_moderators(
        averages.y, averages.v, np.arange(16.0)[:, None], ["year"], seed=2
    )
    assert found.p == same.p
    assert found.k == 16
    several = next(i for i, n in enumerate(COUNTS) if n > 1)
    bent = year.copy()
    bent[np.flatnonzero(np.array(STUDY) == NAMES[several])[1]] += 1
    with pytest.raises(InvalidData, match=rf"year differs within study {NAMES[several]}"):
        bias.permutation_test_of_moderators_by_study(Y, V, bent[:, None], ["year"], STUDY)


def test_a_study_leaves_with_all_its_effects():
    found = bias.influence_by_study(Y, V, STUDY)
    assert [one.study for one in found.without] == NAMES
    last = found.without[-1]
    rows = np.array(STUDY) != NAMES[-1]
    rest = [one for one in STUDY if one != NAMES[-1]]
    model = blocks.fit(
        Y[rows],
        blocks.sampling_covariance(V[rows], rest, rho=0.6),
        random=[blocks.ThreeLevel(rest)],
    )
    robust = blocks.robust(model, rest).coefficients[0]
    assert (last.mu, last.se, *last.ci) == pytest.approx((robust.estimate, robust.se, *robust.ci), rel=1e-9)
    assert last.effects == int((~rows).sum())
    assert last.shift == pytest.approx((found.mu - last.mu) / model.coefficients[0].se, rel=1e-9)
    assert last.influence == pytest.approx(last.shift**2, rel=1e-12)
    # Weighted squared Pearson residuals of all studies make up the generalised Q of the averages.
    averages, whole = bias.study_averages(Y, V, STUDY), three_level()
    q = np.sum((averages.y - found.mu) ** 2 / (averages.v + whole.component("sigma2[study]").value))
    assert sum(one.heterogeneity for one in found.without) == pytest.approx(q, rel=1e-6)
    with pytest.raises(CannotEstimate, match="at least 3 studies; 2 given"):
        bias.influence_by_study(Y[:4], V[:4], ["a", "a", "b", "b"])


def test_studies_that_break_a_rule_are_refused_together():
    with pytest.raises(InvalidData, match="has 1 values for 3 effects") as refused:
        bias.study_averages([0.1, 0.2, 0.3], [0.1] * 3, ["a"], rho=1.0)
    assert len(refused.value.faults) == 2
    with pytest.raises(InvalidData, match="'both' is unknown"):
        bias.study_averages([0.1, 0.2], [0.1] * 2, ["a", "b"], within="both")


def test_the_registry_names_a_function_that_is_there_and_defined():
    for entry in bias.DEPENDENCE:
        if entry.by_study is not None:
            assert not entry.defined
            assert bias.dependence_of(entry.by_study).defined
            assert entry.by_study in entry.how
