"""What monitoring answers, and what it refuses."""

import numpy as np
import pytest
from scipy.special import ndtri

from enthesis.errors import CannotEstimate, InvalidData
from enthesis.statistics import pooling, sequential

V = np.full(6, 4.0)
N = np.full(6, 60)
NEEDED = sequential.required_information_for_means(5.0, 20.0, d2=0.0, beta=0.1)


def run(y, **options):
    given = {
        "favours": "less",
        "timing": "prospective",
        "method": "EE",
        "interval": "wald",
        "least_studies": 1,
    }
    return sequential.monitor(y, V, N, NEEDED, **(given | options))


def codes(found) -> set[str]:
    return {c.code for c in found.caveats}


def test_one_look_is_the_ordinary_test():
    found = sequential.boundaries([1.0], futility="obrien-fleming")
    assert found.efficacy[0] == pytest.approx(-ndtri(0.025), abs=1e-10)
    assert found.power == pytest.approx(0.8, abs=1e-10)
    assert found.beta_spent[0] == pytest.approx(0.2, abs=1e-4)


def test_required_information_for_means_is_the_textbook_sample_size():
    """n per arm = 2 sd^2 (1.959964 + 1.281552)^2 / difference^2 = 336.2 with sd 20 and difference 5."""
    assert NEEDED.unadjusted == 673
    assert sequential.required_information_for_means(5.0, 20.0, d2=0.5, beta=0.1).participants == 1345
    assert NEEDED.drift == pytest.approx(1.959964 + 1.281552, abs=1e-5)


def test_unequal_arms_need_more():
    equal = sequential.required_information_for_means(5.0, 20.0)
    assert sequential.required_information_for_means(5.0, 20.0, allocation=2.0).unadjusted == pytest.approx(
        9.0 / 8.0 * equal.unadjusted, abs=2
    )


def test_a_fall_in_pain_crosses_benefit_and_a_rise_crosses_harm():
    benefit, harm = run(np.full(6, -4.5)), run(np.full(6, 4.5))
    assert benefit.status is sequential.Status.BENEFIT
    assert harm.status is sequential.Status.HARM
    assert benefit.decided_at == harm.decided_at
    assert "benefit" in benefit.words
    look = benefit.looks[benefit.decided_at]
    assert abs(look.z) >= look.efficacy
    assert look.adjusted_ci[1] < 0.0


def test_no_effect_ends_futile_and_few_data_stay_open():
    flat = run(np.array([0.5, -0.5, 0.3, -0.2, 0.1, 0.0]))
    assert flat.status is sequential.Status.FUTILE
    open_ = sequential.monitor(
        [-3.0], [4.0], [60], NEEDED, favours="less", timing="prospective", least_studies=1
    )
    assert open_.status is sequential.Status.OPEN
    assert "short-of-required-information" in codes(open_)


def test_without_futility_nothing_is_futile():
    found = run(np.zeros(6), futility=None)
    assert found.boundaries.futility is None
    assert {look.status for look in found.looks} == {sequential.Status.OPEN}


def test_looks_after_the_required_information_are_not_tested():
    small = sequential.required_information_for_means(10.0, 20.0)
    found = sequential.monitor(np.full(6, -4.5), V, N, small, favours="less", timing="retrospective")
    assert found.formal[-1] == 2
    assert [look.status for look in found.looks[3:]] == [sequential.Status.INFORMAL] * 3
    assert found.looks[5].efficacy is None
    assert found.looks[5].adjusted_ci is None
    assert {"after-required-information", "retrospective"} <= codes(found)


def test_a_crossing_that_is_not_kept_is_said():
    found = run(np.array([-9.0, -6.0, -6.0, 6.0, 6.0, 9.0]))
    assert found.status is sequential.Status.BENEFIT
    assert "crossing-not-kept" in codes(found)


def test_trials_of_one_stage_make_one_look():
    found = run(np.full(6, -2.0), stage=[2001, 2001, 2004, 2004, 2004, 2009])
    assert [look.k for look in found.looks] == [2, 5, 6]
    assert found.looks[-1].participants == 360


def test_by_default_one_trial_alone_is_not_tested():
    found = sequential.monitor(np.full(6, -4.0), V, N, NEEDED, favours="less", timing="prospective")
    assert found.looks[0].status is sequential.Status.INFORMAL
    assert found.ci_method == "hartung-knapp"


def test_each_look_is_the_cumulative_analysis():
    y = np.array([-3.0, 1.0, -4.0, -1.0, 2.0, -6.0])
    found = sequential.monitor(y, V, N, NEEDED, favours="less", timing="prospective")
    for look in found.looks:
        alone = pooling.pool(y[: look.k], V[: look.k])
        assert look.mu == pytest.approx(alone.mu, abs=1e-10)
        assert look.p == pytest.approx(alone.p, rel=1e-8)


def test_wald_with_estimated_heterogeneity_is_warned_about():
    y = np.array([-3.0, 1.0, -4.0, -1.0, 2.0, -6.0])
    assert "wald-crosses-too-often" in codes(run(y, method="REML"))
    assert "wald-crosses-too-often" not in codes(run(y))


def test_sequential_bayes_ends_with_the_posterior_of_all_trials():
    y = np.array([-3.0, -7.0, -4.0, -6.0])
    v = np.array([4.0, 3.0, 5.0, 2.0])
    found = sequential.sequential_bayes(y, v, mcid=2.0, favours="less", tau_scale=2.0)
    whole = pooling.bayes_pool(y, v, tau_scale=2.0)
    assert found.beyond[-1] == pytest.approx(float(whole.probability_below(-2.0)), abs=1e-9)
    assert found.new_beyond[-1] == pytest.approx(float(whole.new_effect_below(-2.0)), abs=1e-9)
    assert found.harm[-1] == pytest.approx(float(whole.probability_above(2.0)), abs=1e-9)
    assert found.median[-1] == pytest.approx(whole.median, abs=1e-8)
    assert found.interval[-1] == pytest.approx(whole.interval, abs=1e-8)
    assert found.k == (1, 2, 3, 4)
    assert codes(found) == {"prior-decides-tau"}


def test_diversity_of_agreeing_trials_is_none_and_says_so():
    found = sequential.diversity([1.0, 1.0, 1.0], [1.0, 2.0, 3.0])
    assert found.d2 == 0.0
    assert codes(found) == {"few-studies", "diversity-on-boundary"}


def test_tiny_information_has_no_boundary_yet_and_loses_no_alpha():
    found = sequential.boundaries([0.01, 0.02, 1.0])
    assert np.isinf(found.efficacy[:2]).all()
    assert found.alpha_spent[-1] == pytest.approx(0.05, abs=1e-10)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: sequential.boundaries([0.5, 0.4]), "look 2: 0.4 does not lie"),
        (lambda: sequential.boundaries([0.5, 1.0, 1.2]), "look 2: no look can follow one at full"),
        (lambda: sequential.boundaries([]), "give the share of the information"),
        (lambda: sequential.boundaries([0.5], alpha=0.0), "alpha: 0.0 is not a probability"),
        (lambda: sequential.spent([-0.1], 0.05), "below 0"),
        (lambda: sequential.boundaries([0.5], spending="power", rho=0.0), "rho: 0.0 is not a power"),
        (lambda: sequential.classic_boundary([1.0], shape=0.7), "shape: 0.7 is not a shape"),
        (lambda: sequential.inflation_factor([1.0], [1.96], power=0.01), "power: 0.01 is not a power"),
        (lambda: sequential.exit_probabilities([0.5, 1.0], [2.0]), "2 looks need as many boundaries"),
        (lambda: sequential.exit_probabilities([1.0], [2.0], [3.0]), "a wedge must lie between"),
        (lambda: sequential.exit_probabilities([1.0], [2.0], drift=np.nan), "give one finite number"),
        (lambda: sequential.required_information_for_means(0.0, -1.0, d2=1.0), "sd: -1.0 is not a standard"),
        (lambda: sequential.required_information_for_proportions(0.1, 0.1), "nothing to find"),
        (lambda: run(np.zeros(6), stage=[3, 2, 1, 0, 0, 0]), "2 comes after 3"),
        (
            lambda: sequential.monitor([0.0], [1.0], [0], NEEDED, favours="less", timing="prospective"),
            "row 1",
        ),
        (
            lambda: sequential.sequential_bayes([0.0], [1.0], mcid=0.0, favours="less", tau_scale=1.0),
            "mcid: 0",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(InvalidData, match=message):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: sequential.boundaries([0.5], spending="haybittle"), "Unknown spending function 'haybittle'"),
        (lambda: run(np.zeros(6), favours="up"), "Unknown direction 'up'"),
        (lambda: run(np.zeros(6), timing="later"), "Unknown timing 'later'"),
    ],
)
def test_an_unknown_name_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_what_cannot_be_answered_is_said():
    with pytest.raises(CannotEstimate, match="at least 2 are needed"):
        sequential.diversity([1.0], [1.0])
    with pytest.raises(CannotEstimate, match="1 studies hold"):
        sequential.monitor([1.0], [1.0], [10], NEEDED, favours="less", timing="prospective")
