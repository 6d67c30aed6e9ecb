"""Every refusal names the row, the value and what is allowed."""

import numpy as np
import pytest

from enthesis.errors import CannotEstimate, InvalidData
from enthesis.statistics import pooling

Y, V = [1.0, 2.0, 4.0], [0.1, 0.2, 0.3]


@pytest.mark.parametrize(
    ("y", "v", "message"),
    [
        ([1.0, 2.0], [0.1, 0.0], r"row 2: v is 0\.0; a sampling variance must lie above 0"),
        ([1.0, 2.0], [-0.3, 0.2], r"row 1: v is -0\.3"),
        ([1.0, float("nan")], [0.1, 0.2], r"row 2: y is nan; it must be a finite number"),
        ([1.0, float("inf")], [0.1, 0.2], r"row 2: y is inf"),
        ([1.0, 2.0], [0.1], "y has 2 values and v has 1"),
        ([], [], "No study was given"),
        ([[1.0]], [[0.1]], "y: has 2 dimensions"),
        (["a"], [0.1], "y: holds something that is not a number"),
        ([1e40], [0.1], r"row 1: y is 1e\+40; it must be a finite number within 1e\+20 of 0"),
    ],
)
def test_studies_that_are_no_studies_are_refused(y, v, message):
    for route in (pooling.pool, pooling.leave_one_out, pooling.cumulative, pooling.blup, pooling.influence):
        with pytest.raises(InvalidData, match=message):
            route(y, v)


def test_all_faults_are_reported_together():
    with pytest.raises(InvalidData, match="row 1") as caught:
        pooling.pool([float("nan"), 2.0, 3.0], [0.1, -1.0, 0.0])
    assert [fault.where for fault in caught.value.faults] == ["row 1", "row 2", "row 3"]


@pytest.mark.parametrize("level", [0.0, 1.0, 95, -0.1, float("nan")])
def test_a_level_outside_0_and_1_is_refused(level):
    for route in (pooling.pool, pooling.tau2_interval, pooling.blup):
        with pytest.raises(InvalidData, match=r"level: .* is not a coverage; give a number between 0 and 1"):
            route(Y, V, level=level)
    with pytest.raises(InvalidData, match="level"):
        pooling.bayes_pool(Y, V, tau_scale=1.0, level=level)


def test_unknown_names_are_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="Unknown method 'FE'; give one of REML, DL"):
        pooling.pool(Y, V, method="FE")
    with pytest.raises(ValueError, match="Unknown interval 'knha'; give one of hartung-knapp"):
        pooling.pool(Y, V, interval="knha")
    with pytest.raises(ValueError, match="Unknown prediction 'riley'; give one of normal"):
        pooling.pool(Y, V, prediction="riley")
    with pytest.raises(ValueError, match="Unknown kind 'QP'; give one of q-profile"):
        pooling.tau2_interval(Y, V, kind="QP")
    with pytest.raises(ValueError, match="profile likelihood needs method REML or ML, not 'DL'"):
        pooling.tau2_interval(Y, V, kind="profile-likelihood", method="DL")


def test_a_batch_of_shapes_that_do_not_fit_is_refused():
    with pytest.raises(InvalidData, match=r"one shape .* y \(1, 3\), v \(1, 2\)"):
        pooling.pool_batch([Y], [V[:2]])
    with pytest.raises(InvalidData, match=r"mask \(3,\)"):
        pooling.pool_batch([Y], [V], [True, True, False])


def test_moderators_that_do_not_fit_are_refused():
    with pytest.raises(InvalidData, match=r"shape \(2, 1\) do not fit 3 studies and 1 names"):
        pooling.meta_regression(Y, V, [[1.0], [2.0]], ["dose"])
    with pytest.raises(InvalidData, match="row 3: dose is nan"):
        pooling.meta_regression(Y, V, [1.0, 2.0, np.nan], ["dose"])
    with pytest.raises(InvalidData, match="moderators: hold something that is not a number"):
        pooling.meta_regression(Y, V, [["a"], ["b"], ["c"]], ["dose"])


def test_what_the_studies_cannot_carry_is_refused():
    with pytest.raises(CannotEstimate, match="2 studies cannot carry 2 coefficients; at least 3 are needed"):
        pooling.meta_regression(Y[:2], V[:2], [1.0, 2.0], ["dose"])
    with pytest.raises(CannotEstimate, match="say the same in these studies"):
        pooling.meta_regression(Y, V, [5.0, 5.0, 5.0], ["dose"])
    with pytest.raises(CannotEstimate, match="One study holds no between-study variance"):
        pooling.tau2_interval([1.0], [0.1])
    with pytest.raises(CannotEstimate, match="All studies are in one group"):
        pooling.subgroups(Y, V, ["a", "a", "a"])


def test_subgroup_labels_must_be_one_per_study():
    with pytest.raises(InvalidData, match="3 studies and 2 group labels"):
        pooling.subgroups(Y, V, ["a", "b"])


@pytest.mark.parametrize(
    ("priors", "message"),
    [
        ({"tau_scale": 0.0}, "tau_scale: 0.0 is not a scale; it must be finite and above 0"),
        ({"tau_scale": float("nan")}, "tau_scale: nan"),
        ({"tau_scale": 1.0, "mu_prior": (0.0, 0.0)}, r"mu_prior: .* is not a mean and a standard deviation"),
    ],
)
def test_priors_that_are_no_distributions_are_refused(priors, message):
    for route, data in ((pooling.bayes_pool, (Y, V)), (pooling.bayes_pool_batch, ([Y], [V]))):
        with pytest.raises(InvalidData, match=message):
            route(*data, **priors)


def test_predicting_needs_a_value_per_coefficient():
    found = pooling.meta_regression(
        [1.0, 2.0, 4.0, 3.0], [0.1, 0.2, 0.3, 0.1], [1.0, 2.0, 3.0, 4.0], ["dose"]
    )
    with pytest.raises(InvalidData, match="Each row needs 2 values, one per coefficient; got 1"):
        pooling.predict(found, [[1.0]])
