"""Henmi-Copas, PET-PEESE, fail-safe N, excess significance, GOSH, Baujat, permutation, sandwich, registry."""

from itertools import permutations, product

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import gamma, norm

from enthesis.errors import CannotEstimate, InvalidData, NotFound
from enthesis.statistics import bias
from enthesis.statistics.bias import (
    DEPENDENCE,
    baujat_plot,
    check_independent,
    dependence_of,
    excess_significance_test,
    fail_safe_n_orwin,
    fail_safe_n_rosenthal,
    gosh,
    henmi_copas,
    permutation_test,
    permutation_test_of_moderators,
    pet_peese,
    robust_fit,
)
from enthesis.statistics.pooling import meta_regression, pool

V = np.array([0.02, 0.05, 0.11, 0.03, 0.2, 0.08, 0.15, 0.04, 0.3, 0.06, 0.12, 0.07])
Y = np.array([0.1, 0.4, 0.9, -0.1, 1.1, 0.5, 0.3, 0.6, 1.4, -0.2, 0.8, 0.0])
X = np.array([1, 3, 5, 2, 6, 3, 4, 2, 8, 1, 5, 2.0])


def test_the_critical_value_of_henmi_and_copas_solves_their_equation():
    found = henmi_copas(Y, V, level=0.9)
    w, t, tau2 = 1 / V, found.critical, found.tau2
    total, w2 = w.sum(), (w**2).sum() / w.sum()
    variance = (1 + tau2 * w2) / total
    c = w * (V + tau2) / total
    covariance = np.diag(V + tau2) - np.outer(c, c) / variance
    wc = w[:, None] * covariance

    def exceeds(r):
        d = r * np.sqrt(variance)
        m = c / variance * d
        mean = np.trace(wc) + w @ m**2 - total * d**2
        var = 2 * np.trace(wc @ wc) + 4 * (w * m) @ covariance @ (w * m)
        limit = len(Y) - 1 + (total - w2) * (r**2 * (1 + tau2 * w2) / t**2 - 1) / w2
        return gamma.cdf(limit, mean**2 / var, scale=var / mean) * norm.pdf(r)

    start = t / np.sqrt(1 + tau2 * w2)
    assert quad(exceeds, start, start + 12, epsabs=1e-13)[0] == pytest.approx(0.05, abs=1e-9)


def test_without_heterogeneity_henmi_and_copas_is_the_common_effect_and_says_when_it_is_shorter():
    y = 0.3 + 0.01 * np.cos(np.arange(12))
    found, common = henmi_copas(y, V), pool(y, V, method="EE", interval="wald")
    assert found.tau2 == 0
    assert found.mu == pytest.approx(common.mu, rel=1e-12)
    assert found.se == pytest.approx(common.se, rel=1e-12)
    assert found.critical < 1.96
    assert [caveat.code for caveat in found.caveats] == ["shorter-than-common-effect"]


def test_henmi_and_copas_refuses_one_study_and_names_a_giant():
    with pytest.raises(CannotEstimate, match="at least 2 studies"):
        henmi_copas([0.1], [0.1])
    assert henmi_copas([0.1, 0.5, 0.4], [0.001, 0.1, 0.1]).caveats[0].code == "one-study-decides"


def test_pet_gives_way_to_peese_when_it_finds_an_effect():
    se = np.linspace(0.05, 0.5, 12)
    real = pet_peese(0.6 + 0.2 * se + 0.01 * np.cos(np.arange(12)), se**2, favours="greater")
    none = pet_peese(1.5 * se + 0.01 * np.cos(np.arange(12)), se**2, favours="less")
    assert real.chosen == "PEESE"
    assert none.chosen == "PET"
    assert none.mu == none.pet.intercept
    assert real.mu == real.peese.intercept
    assert real.ci[0] < real.mu < real.ci[1]


def test_pet_peese_says_when_it_leaves_the_data():
    se = np.linspace(0.3, 0.5, 12)
    found = pet_peese(3 * se + 0.01 * np.cos(np.arange(12)), se**2, favours="greater")
    assert "beyond-the-data" in {caveat.code for caveat in found.caveats}
    with pytest.raises(InvalidData, match="favours: 'both' is no direction"):
        pet_peese(Y, V, favours="both")
    with pytest.raises(CannotEstimate, match="at least 10 studies"):
        pet_peese(Y[:5], V[:5], favours="less")


def test_rosenthals_studies_bring_stouffers_p_value_to_the_level():
    n = fail_safe_n_rosenthal(Y, V).n
    total = (Y / np.sqrt(V)).sum()
    assert norm.sf(total / np.sqrt(12 + n)) >= 0.05 > norm.sf(total / np.sqrt(12 + n - 1))


def test_orwins_studies_bring_the_mean_to_the_target():
    n = fail_safe_n_orwin(Y, V, target=0.1).n
    assert Y.sum() / (12 + n) <= 0.1 < Y.sum() / (12 + n - 1)
    with pytest.raises(InvalidData, match="target: 0 is no target"):
        fail_safe_n_orwin(Y, V, target=0)
    with pytest.raises(CannotEstimate, match="mean effect is 0"):
        fail_safe_n_orwin([1, -1], [1, 1])
    with pytest.raises(InvalidData, match="alpha: 1 is no significance level"):
        fail_safe_n_rosenthal(Y, V, alpha=1)


def test_power_of_a_study_is_the_chance_of_significance():
    found = excess_significance_test(Y, V, effect=0.4, tau2=0.1)
    draws = np.random.default_rng(0).normal(0.4, np.sqrt(V[2] + 0.1), 200_000)
    assert found.power[2] == pytest.approx((np.abs(draws) / np.sqrt(V[2]) > 1.96).mean(), abs=0.005)
    assert found.observed == np.count_nonzero(np.abs(Y) / np.sqrt(V) > 1.959964)


def test_excess_significance_refuses_certain_power():
    with pytest.raises(CannotEstimate, match="power of 0 or 1"):
        excess_significance_test([100.0] * 5, [1.0] * 5)
    with pytest.raises(InvalidData, match=r"alpha: 0 (?s:.*)tau2: -1"):
        excess_significance_test(Y, V, alpha=0, tau2=-1)


def test_gosh_of_few_studies_holds_every_subset_once():
    found = gosh(Y[:8], V[:8])
    assert found.complete
    assert len(found.mu) == 2**8 - 8 - 1
    assert len(np.unique(found.members, axis=0)) == len(found.mu)
    row = 100
    alone = pool(Y[:8][found.members[row]], V[:8][found.members[row]])
    assert found.mu[row] == pytest.approx(alone.mu, rel=1e-10)
    assert found.i2[row] == pytest.approx(alone.i2, rel=1e-8, abs=1e-10)


def test_gosh_draws_the_same_subsets_from_the_same_seed():
    first, same, other = (gosh(Y, V, subsets=300, seed=seed) for seed in (1, 1, 2))
    assert not first.complete
    assert np.array_equal(first.members, same.members)
    assert not np.array_equal(first.members, other.members)
    assert first.members.sum(axis=1).min() >= 2
    assert [caveat.code for caveat in first.caveats] == ["sample-of-subsets"]


def test_gosh_refuses_two_studies_and_no_subsets():
    with pytest.raises(CannotEstimate, match="at least 3 studies"):
        gosh(Y[:2], V[:2])
    with pytest.raises(InvalidData, match="subsets: 0 is no number"):
        gosh(Y, V, subsets=0)


def test_baujats_contributions_under_a_common_effect_add_up_to_q():
    found = baujat_plot(Y, V, method="EE")
    assert sum(found.heterogeneity) == pytest.approx(pool(Y, V, method="EE").q, rel=1e-12)
    assert found.caveats == ()
    assert baujat_plot(Y[:4], V[:4]).caveats[0].code == "few-studies"
    with pytest.raises(CannotEstimate, match="at least 2 studies"):
        baujat_plot([1.0], [1.0])


def test_the_exact_permutation_test_counts_all_sign_patterns():
    y, v = Y[:6], V[:6]

    def size(effects):
        return abs(pool(effects, v, interval="wald").statistic)

    extreme = [size(np.array(s) * y) >= size(y) * (1 - 1e-8) for s in product([1, -1], repeat=6)]
    found = permutation_test(y, v)
    assert found.exact
    assert found.permutations == 64
    assert found.p == np.mean(extreme)


def test_a_random_permutation_test_is_near_the_exact_one_and_never_0():
    exact = permutation_test(Y, V, permutations=4096)
    drawn = permutation_test(Y, V, permutations=4000, seed=5)
    assert exact.exact
    assert not drawn.exact
    assert drawn.p == pytest.approx(exact.p, abs=4 * np.sqrt(exact.p / 4000))
    strong = permutation_test(5 + 0.01 * np.cos(np.arange(30)), np.full(30, 0.1), permutations=500)
    assert strong.p == 1 / 501


def test_few_studies_cannot_reach_significance_by_permutation():
    found = permutation_test([1.0, 1.1, 0.9], [0.01, 0.01, 0.01])
    assert found.p == found.smallest_p == 0.25
    assert found.caveats[0].code == "coarse-p-value"
    with pytest.raises(CannotEstimate, match="at least 2 studies"):
        permutation_test([1.0], [1.0])
    with pytest.raises(CannotEstimate, match="All effects are 0"):
        permutation_test([0.0, 0.0], [1.0, 1.0])
    with pytest.raises(InvalidData, match="permutations: 0"):
        permutation_test(Y, V, permutations=0)


def test_the_exact_permutation_test_of_a_moderator_counts_all_orders():
    y, v, x = Y[:5], V[:5], X[:5]

    def statistic(order):
        return meta_regression(y, v, x[list(order)], ["dose"], interval="wald").coefficients[1].statistic

    observed = abs(statistic(range(5)))
    extreme = [abs(statistic(order)) >= observed * (1 - 1e-8) for order in permutations(range(5))]
    found = permutation_test_of_moderators(y, v, x, ["dose"])
    assert found.exact
    assert found.permutations == 120
    assert found.p == (np.mean(extreme),)
    assert found.omnibus_p == found.p[0]
    assert found.omnibus == pytest.approx(found.statistics[0] ** 2, rel=1e-9)


def test_several_moderators_each_have_a_p_value_and_one_together():
    columns = np.column_stack([X, np.tile([0.0, 1.0], 6)])
    found = permutation_test_of_moderators(Y, V, columns, ["dose", "leukocytes"], permutations=999)
    assert found.names == ("dose", "leukocytes")
    assert found.p[0] < 0.05 < found.p[1]
    assert found.permutations == 1000
    fit = meta_regression(Y, V, columns, ["dose", "leukocytes"], interval="wald")
    assert found.statistics == pytest.approx([c.statistic for c in fit.coefficients[1:]], rel=1e-8)
    assert found.omnibus == pytest.approx(fit.moderators.statistic, rel=1e-8)


def test_the_clustered_sandwich_is_the_sum_over_clusters():
    cluster = list("aabbccddeeff")
    found = robust_fit(Y, V, cluster=cluster)
    w = 1 / (V + found.tau2)
    mu = w @ Y / w.sum()
    scores = (w * (Y - mu)).reshape(6, 2).sum(axis=1)
    assert found.coefficients[0].estimate == pytest.approx(mu, rel=1e-12)
    assert found.coefficients[0].se == pytest.approx(np.sqrt((scores**2).sum() * 6 / 5) / w.sum(), rel=1e-12)
    assert (found.clusters, found.df) == (6, 5)


def test_the_sandwich_refuses_what_has_no_error():
    with pytest.raises(CannotEstimate, match="1 clusters cannot carry 1 coefficients"):
        robust_fit(Y, V, cluster=["a"] * 12)
    with pytest.raises(CannotEstimate, match="no residual"):
        robust_fit([1.0, 1.0, 1.0], [0.1, 0.2, 0.3])
    with pytest.raises(InvalidData, match="cluster has 2 values for 12 effects"):
        robust_fit(Y, V, cluster=["a", "b"])


def test_every_method_of_the_room_is_in_the_registry_of_dependence():
    public = {name for name in bias.__all__ if name.islower()} - {"check_independent", "dependence_of"}
    assert {entry.function for entry in DEPENDENCE} == public
    assert len(DEPENDENCE) == len(public)
    assert all(entry.how and entry.reason and entry.source for entry in DEPENDENCE)


def test_a_method_for_independent_effects_refuses_two_from_one_study():
    with pytest.raises(
        CannotEstimate, match=r"Trim and fill is not .* \(s2 gave several\).*Instead: use egger_test_by_study"
    ):
        check_independent("trim_and_fill", ["s1", "s2", "s2"])
    check_independent("trim_and_fill", ["s1", "s2", "s3"])
    check_independent("robust_fit", ["s1", "s1"])


def test_an_unknown_method_is_not_found_but_a_close_one_is_named():
    with pytest.raises(NotFound, match="Did you mean gosh"):
        dependence_of("gosch")


def test_the_room_exports_what_it_says():
    assert all(hasattr(bias, name) for name in bias.__all__)
    assert sorted(bias.__all__) == sorted(set(bias.__all__))


def test_every_result_of_the_room_carries_caveats():
    parts = {"Change", "Contour", "Dependence", "FunnelPoint", "WeightedLine", "WithoutStudy"}
    results = [getattr(bias, name) for name in bias.__all__ if name[0].isupper() and not name.isupper()]
    without = {result.__name__ for result in results if "caveats" not in result.__dataclass_fields__}
    assert without == parts
    assert all(result.__dataclass_params__.frozen for result in results)


def test_every_method_says_when_it_misleads_and_where_it_comes_from():
    for entry in DEPENDENCE:
        text = getattr(bias, entry.function).__doc__
        assert "When it misleads:" in text
        assert "doi:" in text
        assert "Raises:" in text
