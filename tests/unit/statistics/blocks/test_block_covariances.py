"""Sampling covariances from stated correlations, shared controls and correlation matrices."""

import numpy as np
import pytest

from enthesis.errors import InvalidData
from enthesis.statistics import blocks

V = np.array([0.04, 0.09, 0.16, 0.25])


def test_one_correlation_ties_every_pair_of_a_trial():
    found = blocks.sampling_covariance(V, ["a", "b", "a", "a"], rho=0.5).dense()
    expected = np.diag(V)
    for i, j in ((0, 2), (0, 3), (2, 3)):
        expected[i, j] = expected[j, i] = 0.5 * np.sqrt(V[i] * V[j])
    assert found == pytest.approx(expected)


def test_time_wears_a_correlation_off_week_by_week():
    found = blocks.sampling_covariance(V, ["a"] * 4, phi=0.9, weeks=[4.0, 6.0, 12.0, 26.0]).dense()
    sd = np.sqrt(V)
    assert found / np.outer(sd, sd) == pytest.approx(
        0.9 ** np.abs(np.subtract.outer([4, 6, 12, 26], [4, 6, 12, 26]))
    )


def test_outcomes_and_weeks_multiply():
    found = blocks.sampling_covariance(
        V,
        ["a"] * 4,
        rho=0.6,
        outcome=["pain", "function", "pain", "function"],
        phi=0.8,
        weeks=[1.0, 1.0, 3.0, 3.0],
    ).dense()
    R = found / np.sqrt(np.outer(V, V))
    assert R[0] == pytest.approx([1.0, 0.6, 0.64, 0.6 * 0.64])


def test_a_shared_control_covaries_by_its_own_variance():
    """Arm means with known variances: the contrasts' covariance is C diag(v) C', which this must equal."""
    arms = np.array([0.5, 0.2, 0.3, 0.4, 0.1, 0.6])
    control = [0, 0, 3]
    treated = [1, 2, 4]
    C = np.zeros((3, 6))
    for row, (t, c) in enumerate(zip(treated, control, strict=True)):
        C[row, t], C[row, c] = 1.0, -1.0
    expected = C @ np.diag(arms) @ C.T
    found = blocks.shared_control_covariance(np.diagonal(expected), control, arms[control])
    assert found.dense() == pytest.approx(expected)


def test_a_control_cannot_vary_more_than_its_contrast():
    with pytest.raises(InvalidData, match=r"row 2: control_variance is 0.3; it must lie between 0 and"):
        blocks.shared_control_covariance([0.5, 0.2], ["a", "a"], [0.3, 0.3])
    with pytest.raises(InvalidData, match=r"rows 1 and 2: contrasts of one control give it 0.1 and 0.15"):
        blocks.shared_control_covariance([0.5, 0.2], ["a", "a"], [0.1, 0.15])


def test_standardised_differences_of_one_control_have_the_published_covariance():
    """1 / 20 + 0.4 * 0.6 / (2 * 60) = 0.052 (Gleser & Olkin 2009, ch. 19)."""
    v = [1 / 20 + 1 / 20 + 0.4**2 / 120, 1 / 20 + 1 / 20 + 0.6**2 / 120]
    found = blocks.shared_control_smd_covariance(v, [0.4, 0.6], ["c", "c"], [20, 20], [60, 60])
    assert found.dense()[0, 1] == pytest.approx(0.052)
    with pytest.raises(InvalidData, match=r"row 1: n_control is 70.0, n_trial 60.0; a control arm has"):
        blocks.shared_control_smd_covariance(v, [0.4, 0.6], ["c", "d"], [70, 20], [60, 60])


def test_covariances_of_correlations_are_those_of_large_normal_samples():
    """300 000 samples of 4 variables, n = 400: the covariance matrix of the six correlations.

    Five standard errors of a simulated covariance (about v sqrt(2 / 20 000) each) and the next term in 1 / n.
    """
    R = np.array([[1.0, 0.5, 0.3, 0.2], [0.5, 1.0, 0.4, 0.1], [0.3, 0.4, 1.0, 0.6], [0.2, 0.1, 0.6, 1.0]])
    i, j = np.triu_indices(4, 1)
    n, samples, rng = 400, 20_000, np.random.default_rng(8)
    # A Wishart matrix by Bartlett's decomposition, so that 400 participants need not be drawn one by one.
    A = np.tril(rng.normal(size=(samples, 4, 4)), -1)
    A[:, np.arange(4), np.arange(4)] = np.sqrt(rng.chisquare(n - 1 - np.arange(4), size=(samples, 4)))
    root = np.linalg.cholesky(R) @ A
    S = root @ root.swapaxes(1, 2)
    sd = np.sqrt(np.diagonal(S, axis1=1, axis2=2))
    simulated = np.cov((S / sd[:, :, None] / sd[:, None, :])[:, i, j], rowvar=False)
    found = blocks.correlation_covariance(R[i, j], [n] * 6, ["s"] * 6, i.tolist(), j.tolist()).dense()
    largest = np.diagonal(found).max()
    assert found == pytest.approx(simulated, abs=5.0 * largest * np.sqrt(2.0 / samples) + largest * 4.0 / n)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"r": [0.1, 1.2, 0.3]}, "row 2: r is 1.2; a correlation lies strictly between -1 and 1"),
        ({"n": [30, 3, 30]}, "row 2: n is 3.0; at least 4 participants"),
        ({"second": ["b", "c", "b"]}, "row 3: a pair of different variables stands once|row 1: a pair"),
        ({"first": ["a", "c", "b"], "second": ["b", "c", "c"]}, "row 2: a pair of different variables"),
        ({"study": ["s", "s"]}, "study: has 2 values for 3 effects"),
        ({"second": ["b", "c", "d"]}, "study s: lacks a correlation"),
    ],
)
def test_a_correlation_matrix_must_be_whole(changed: dict, message: str):
    given = {
        "r": [0.1, 0.2, 0.3],
        "n": [30] * 3,
        "study": ["s"] * 3,
        "first": ["a", "a", "b"],
        "second": ["b", "c", "c"],
    }
    given |= changed
    if changed == {"second": ["b", "c", "b"]}:
        given["first"] = ["a", "a", "a"]
    with pytest.raises(InvalidData, match=message):
        blocks.correlation_covariance(**given)
