"""Imbens & Kolesár 2016, doi:10.1162/REST_a_00552: two groups of independent units.

Their closed forms for a difference of two means: the bias-reduced error is Welch's, and its degrees of
freedom under equal variances depend on the group sizes alone.
"""

import numpy as np
import pytest

from enthesis.statistics import blocks


@pytest.mark.parametrize(("n0", "n1"), [(3, 27), (5, 5), (10, 20)])
def test_cr2_of_a_difference_of_means_is_welchs_error(n0: int, n1: int):
    rng = np.random.default_rng(n0)
    x = np.repeat([0.0, 1.0], [n0, n1])
    y = rng.normal(0.3 * x, 1.0 + x)
    (_, slope) = blocks.robust(blocks.fit(y, np.full(n0 + n1, 0.5), x, ["x"], random=[])).coefficients
    low, high = y[x == 0.0], y[x == 1.0]
    assert slope.estimate == pytest.approx(high.mean() - low.mean())
    assert slope.se == pytest.approx(np.sqrt(low.var(ddof=1) / n0 + high.var(ddof=1) / n1))


@pytest.mark.parametrize(("n0", "n1"), [(3, 27), (5, 5), (10, 20)])
def test_degrees_of_freedom_of_a_difference_of_means(n0: int, n1: int):
    """(n0 + n1)^2 (n0 - 1)(n1 - 1) / (n1^2 (n1 - 1) + n0^2 (n0 - 1)): 2.5 for 3 against 27."""
    x, y = np.repeat([0.0, 1.0], [n0, n1]), np.random.default_rng(1).normal(size=n0 + n1)
    df = blocks.robust(blocks.fit(y, np.ones(n0 + n1), x, ["x"], random=[])).df[1]
    published = (n0 + n1) ** 2 * (n0 - 1) * (n1 - 1) / (n1**2 * (n1 - 1) + n0**2 * (n0 - 1))
    assert df == pytest.approx(published, rel=1e-10)
    if (n0, n1) == (3, 27):
        assert round(df, 1) == 2.5
