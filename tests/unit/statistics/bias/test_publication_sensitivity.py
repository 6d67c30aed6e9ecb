"""Means under stated selection, against sums written out and against limits that can be known."""

import numpy as np
import pytest
from scipy.stats import t as student

from enthesis.errors import CannotEstimate, InvalidData
from enthesis.statistics import bias, pooling

Y = np.array([0.9, 0.7, 0.6, 0.5, 0.2, -0.1, 0.1, -0.3, 0.45, 0.05])
V = np.array([0.05, 0.04, 0.03, 0.02, 0.05, 0.06, 0.04, 0.09, 0.02, 0.03])
Z = 1.959963984540054
AFFIRMATIVE = Y / np.sqrt(V) >= Z


def test_without_selection_it_is_the_random_effects_mean():
    found = bias.publication_sensitivity(Y, V, favours="greater", ratios=[1])
    plain = pooling.pool(Y, V, interval="wald")
    assert found.tau2 == pytest.approx(plain.tau2, rel=1e-6)
    assert found.mu[0] == pytest.approx(plain.mu, rel=1e-6)
    assert found.affirmative == AFFIRMATIVE.sum() == 5


@pytest.mark.parametrize("ratio", [1.0, 3.0, 40.0])
def test_results_that_are_not_affirmative_weigh_the_ratio_times_more(ratio):
    found = bias.publication_sensitivity(Y, V, favours="greater", ratios=[ratio])
    w = np.where(AFFIRMATIVE, 1.0, ratio) / (V + found.tau2)
    assert found.mu[0] == pytest.approx(w @ Y / w.sum(), rel=1e-12)
    # CR2 with clusters of one and 1 / w as working variances: residuals over the root of 1 - leverage.
    residual, share = Y - found.mu[0], w / w.sum()
    weight = share / np.sqrt(1 - share)
    se = np.sqrt(np.sum((weight * residual) ** 2))
    gradient = weight[:, None] * (np.eye(10) - share)
    P = gradient @ np.diag(1 / w) @ gradient.T
    critical = student.ppf(0.975, np.trace(P) ** 2 / (P**2).sum())
    assert found.ci[0] == pytest.approx((found.mu[0] - critical * se, found.mu[0] + critical * se), rel=1e-8)


def test_the_worst_case_is_the_mean_of_the_others_alone():
    found = bias.publication_sensitivity(Y, V, favours="greater", ratios=[1e9])
    w = 1 / (V + found.tau2)[~AFFIRMATIVE]
    assert found.worst_mu == pytest.approx(w @ Y[~AFFIRMATIVE] / w.sum(), rel=1e-12)
    assert found.mu[0] == pytest.approx(found.worst_mu, abs=1e-7)
    assert found.worst_ci[0] < found.worst_mu < found.worst_ci[1]


def test_the_ratio_for_the_mean_moves_it_just_there():
    towards = 0.1
    found = bias.publication_sensitivity(Y, V, favours="greater", towards=towards)
    assert found.ratio_for_mu > 1
    there = bias.publication_sensitivity(Y, V, favours="greater", ratios=[found.ratio_for_mu])
    assert there.mu[0] == pytest.approx(towards, rel=1e-9)


def test_the_ratio_for_the_interval_moves_its_end_just_there():
    found = bias.publication_sensitivity(Y, V, favours="greater")
    assert 1 < found.ratio_for_ci < found.ratios[-1]
    there = bias.publication_sensitivity(Y, V, favours="greater", ratios=[found.ratio_for_ci])
    assert there.ci[0][0] == pytest.approx(0.0, abs=1e-8)


def test_an_interval_that_holds_the_value_already_needs_no_selection():
    found = bias.publication_sensitivity(Y, V, favours="greater", towards=0.5)
    assert found.ratio_for_ci == 1.0
    assert found.ratio_for_mu == 1.0


def test_no_ratio_is_named_where_none_would_do():
    y = np.array([0.9, 0.8, 0.85, 0.3, 0.25, 0.32])
    found = bias.publication_sensitivity(y, np.array([0.02] * 3 + [0.04] * 3), favours="greater")
    assert found.worst_mu > 0.2
    assert found.ratio_for_mu is None
    assert found.ratio_for_ci is None


def test_turning_all_signs_and_the_direction_turns_the_answer():
    up = bias.publication_sensitivity(Y, V, favours="greater", towards=0.1)
    down = bias.publication_sensitivity(-Y, V, favours="less", towards=-0.1)
    assert down.mu == pytest.approx([-mu for mu in up.mu], rel=1e-12)
    assert np.array(down.ci) == pytest.approx(-np.array(up.ci)[:, ::-1], rel=1e-9)
    assert down.ratio_for_mu == pytest.approx(up.ratio_for_mu, rel=1e-9)
    assert down.worst_mu == pytest.approx(-up.worst_mu, rel=1e-12)


def test_effects_of_one_study_count_as_one_for_the_interval():
    twice, study = np.tile(Y, 2), [*range(10), *range(10)]
    found = bias.publication_sensitivity(
        twice, np.tile(V, 2), favours="greater", study=study, ratios=[2.0], rho=0.0
    )
    naive = bias.publication_sensitivity(twice, np.tile(V, 2), favours="greater", ratios=[2.0])
    width = found.ci[0][1] - found.ci[0][0]
    assert width > 1.2 * (naive.ci[0][1] - naive.ci[0][0])


def test_where_selection_cannot_be_weighed_it_is_refused():
    with pytest.raises(CannotEstimate, match="All of the 2 results are affirmative"):
        bias.publication_sensitivity([1.0, 2.0], [0.01, 0.01], favours="greater")
    with pytest.raises(CannotEstimate, match="None of the 2 results are affirmative"):
        bias.publication_sensitivity([0.0, 0.1], [1.0, 1.0], favours="greater")
    with pytest.raises(CannotEstimate, match="One study only"):
        bias.publication_sensitivity([1.0, 0.0], [0.01, 0.01], favours="greater", study=["a", "a"])
    with pytest.raises(InvalidData, match=r"'up' is no direction") as refused:
        bias.publication_sensitivity(Y, V, favours="up", ratios=[0.5], alpha=2.0, towards=np.inf)
    assert len(refused.value.faults) == 4


def test_few_results_of_one_kind_are_a_caveat():
    found = bias.publication_sensitivity(Y[3:], V[3:], favours="greater")
    assert [caveat.code for caveat in found.caveats] == ["few-of-one-kind"]
