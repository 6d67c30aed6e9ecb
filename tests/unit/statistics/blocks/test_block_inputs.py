"""What block models refuse, with the name, the value and the place."""

import numpy as np
import pytest

from enthesis.errors import CannotEstimate, InvalidData
from enthesis.statistics import blocks
from enthesis.statistics.blocks import Multivariate, RandomIntercept, SamplingCovariance, ThreeLevel

Y = [0.1, 0.4, 0.2, 0.6, 0.3]
V = [0.1, 0.2, 0.1, 0.3, 0.1]
STUDY = ["a", "a", "b", "b", "c"]
THREE_LEVELS = (ThreeLevel(STUDY),)


def fit(y=Y, v=V, random=THREE_LEVELS, **options) -> blocks.BlockFit:
    """A small model with one thing changed."""
    return blocks.fit(y, v, random=random, **options)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"y": [0.1, np.nan, 0.2, 0.6, 0.3]}, "row 2: y is nan; it must be a finite number"),
        ({"v": [0.1, 0.2, -0.1, 0.3, 0.1]}, r"row 3: v is -0.1; a sampling variance must lie above 0"),
        ({"y": Y[:4]}, "y has 4 values and v has 5"),
        ({"v": "many"}, "v: holds something that is not a number"),
        ({"v": np.ones((5, 4))}, r"V: has shape \(5, 4\); give \(k,\) variances or a \(k, k\) matrix"),
        ({"random": [ThreeLevel(STUDY[:4])]}, "study: has 4 values for 5 effects; give one per effect"),
        ({"random": [ThreeLevel(STUDY, [1, 2])]}, "effect: has 2 values for 5 effects"),
        ({"random": [RandomIntercept(STUDY[:3], "centre")]}, "centre: has 3 values for 5 effects"),
        ({"random": [Multivariate(STUDY, [1, 2, 1])]}, "inner: has 3 values for 5 effects"),
        ({"random": [Multivariate(STUDY, ["p", "q", "p", "q", "p"], "CAR")]}, "inner: CAR needs the time"),
        ({"random": [Multivariate(STUDY, [1, 2, 1, 2.5, 1], "AR")]}, "AR counts whole steps.*Use CAR"),
        (
            {"random": [Multivariate(STUDY, [1, 2, 1, 2, 1], "CAR", [1, 2, 1])]},
            "distance: has 3 values for 5",
        ),
        (
            {"random": [Multivariate(STUDY, [1, 2, 1, 2, 1], "CAR", [4, 8, 4, 9, 4])]},
            r"row 2: distance is 8.0, but level 2 stands at 9.0",
        ),
        (
            {"random": [Multivariate(STUDY, [1, 2, 1, 2, 1], "CAR", [4, np.inf, 4, np.inf, 4])]},
            "row 2: distance is inf; it must be finite",
        ),
        (
            {"random": [Multivariate(STUDY, [1, 2, 1, 2, 1], "CAR", [4, 4, 4, 4, 4])]},
            "two levels have the same time",
        ),
        ({"X": [[1.0]], "names": ["x"]}, r"Moderators of shape \(1, 1\) do not fit 5 studies"),
        ({"level": 1.5}, "level: 1.5 is not a coverage"),
    ],
)
def test_wrong_data_are_named_with_their_place(changed: dict, message: str):
    with pytest.raises(InvalidData, match=message):
        fit(**changed)


def test_an_unknown_structure_is_refused_with_the_known_ones():
    with pytest.raises(InvalidData, match="structure: 'ARMA' is unknown; give one of AR, CAR, CS"):
        Multivariate(STUDY, STUDY, "ARMA")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"method": "DL"}, "Unknown method 'DL'; give one of REML, ML"),
        ({"interval": "hartung-knapp"}, "Unknown interval 'hartung-knapp'; give one of wald, wald-t"),
        ({"starts": 0}, "0 starts; give 1 to 8"),
    ],
)
def test_a_programmers_mistake_is_a_value_error(changed: dict, message: str):
    with pytest.raises(ValueError, match=message):
        fit(**changed)


def test_fewer_effects_than_coefficients_are_refused():
    with pytest.raises(CannotEstimate, match="1 studies cannot carry 1 coefficients"):
        blocks.fit([0.1], [0.1], random=[ThreeLevel(["a"])])


def test_a_matrix_that_is_not_positive_definite_is_named_by_its_rows():
    W = np.diag(V)
    W[2, 3] = W[3, 2] = 0.2
    with pytest.raises(
        InvalidData, match=r"V, rows 3, 4: the covariance is not positive definite: .*-0\.155"
    ):
        fit(v=W)


def test_a_matrix_that_is_not_symmetric_is_named_by_its_rows():
    W = np.diag(V)
    W[0, 1] = 0.05
    with pytest.raises(InvalidData, match=r"V, rows 1 and 2: 0\.05 stands one way and 0\.0 the other"):
        fit(v=W)


def test_every_fault_is_reported_at_once():
    with pytest.raises(InvalidData) as caught:
        fit(y=[0.1, np.nan, 0.2, np.inf, 0.3])
    assert [fault.where for fault in caught.value.faults] == ["row 2", "row 4"]
    with pytest.raises(InvalidData) as caught:
        blocks.sampling_covariance(V, STUDY, rho=1.5, phi=-0.2)
    assert [fault.where for fault in caught.value.faults] == ["rho", "phi", "phi", "outcome"]


@pytest.mark.parametrize("rho", [-1.0, 1.0, 1.4, np.nan])
def test_a_correlation_must_lie_strictly_inside(rho: float):
    with pytest.raises(InvalidData, match=f"rho: {rho} is out of range; a correlation lies strictly between"):
        blocks.sampling_covariance(V, STUDY, rho=rho)


def test_a_negative_correlation_of_many_effects_is_impossible():
    with pytest.raises(InvalidData, match="V, rows 1, 2, 3: the covariance is not positive definite"):
        blocks.sampling_covariance([0.1, 0.1, 0.1], ["a"] * 3, rho=-0.6)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "rho: neither rho nor phi was given"),
        ({"phi": 0.9}, "phi: phi and weeks belong together"),
        ({"phi": 1.0, "weeks": [4, 12, 4, 12, 4]}, "phi: 1.0 is out of range"),
        ({"phi": 0.9, "weeks": [4, 12, 4, np.nan, 4]}, "row 4: weeks is nan; it must be finite"),
        ({"phi": 0.9, "weeks": [4, 4, 4, 12, 4]}, "rows 1 and 2: one outcome at one time was given twice"),
        ({"phi": 0.9, "weeks": [4, 12]}, "weeks: has 2 values for 5 effects"),
        ({"rho": 0.5, "outcome": [1]}, "outcome: has 1 values for 5 effects"),
    ],
)
def test_a_stated_correlation_needs_what_belongs_to_it(options: dict, message: str):
    with pytest.raises(InvalidData, match=message):
        blocks.sampling_covariance(V, STUDY, **options)


def test_a_sampling_covariance_cannot_be_built_wrong():
    one, two = np.array([0]), np.array([1])
    with pytest.raises(InvalidData, match="rows 1 and 2: covariance is nan; it must be finite"):
        SamplingCovariance(np.array([0.1, 0.1]), one, two, np.array([np.nan]))
    with pytest.raises(InvalidData, match=r"row 2: v is 0\.0"):
        SamplingCovariance(np.array([0.1, 0.0]), one, two, np.array([0.0]))
    with pytest.raises(InvalidData, match="rows 1 and 3: a pair is two different rows of 2"):
        SamplingCovariance(np.array([0.1, 0.1]), one, two + 1, np.array([0.05]))
    with pytest.raises(InvalidData, match="cluster: has 4 values for 5 effects"):
        blocks.sampling_covariance(V, STUDY[:4], rho=0.5)


def test_clusters_may_not_tear_what_the_model_ties():
    with pytest.raises(InvalidData, match="cluster: the model ties effects of clusters x, y"):
        blocks.robust(fit(), ["x", "y", "z", "z", "w"])


def test_robust_errors_need_more_clusters_than_coefficients_and_a_residual():
    two = blocks.fit(Y, V, [1, 2, 3, 4, 6], ["x"], random=[RandomIntercept(["a", "a", "a", "b", "b"])])
    with pytest.raises(CannotEstimate, match="2 clusters cannot carry 2 coefficients under CR1"):
        blocks.robust(two, kind="CR1")
    with pytest.raises(CannotEstimate, match="The fit leaves no residual"):
        blocks.robust(fit(y=[0.3] * 5))
    with pytest.raises(ValueError, match="Unknown kind 'HC3'; give one of CR2, CR1"):
        blocks.robust(fit(), kind="HC3")


def test_an_unknown_component_is_a_key_error():
    with pytest.raises(KeyError, match="No component is called 'tau2'; there are sigma2"):
        fit().component("tau2")
    assert fit().component("sigma2[study]").term == "study"
