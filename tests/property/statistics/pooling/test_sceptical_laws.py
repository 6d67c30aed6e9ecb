"""The sceptical coefficient against direct integration of likelihood times prior, and in its limits."""

from itertools import pairwise
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from enthesis.errors import InvalidData
from enthesis.statistics.pooling import sceptical_coefficient

# What adaptive quadrature itself promises for these densities.
INTEGRATED = 1e-9


def integrated(estimate, se, prior, df, start):
    """Integral of t likelihood times normal prior above ``start``, and of the coefficient times it."""

    def density(b):
        return stats.t.pdf((estimate - b) / se, df) * stats.norm.pdf(b, 0.0, prior)

    end = 12.0 * prior
    marks = (start, end, estimate - 5 * se, estimate - se, estimate, estimate + se, estimate + 5 * se)
    places = sorted({min(max(x, start), end) for x in marks})
    parts = [
        [integrate.quad(f, a, b, epsabs=0.0, epsrel=1e-11, limit=200)[0] for a, b in pairwise(places)]
        for f in (density, lambda b: b * density(b))
    ]
    return sum(parts[0]), sum(parts[1])


@pytest.mark.parametrize(
    ("estimate", "se", "unlikely", "df"), [(3, 1.2, 10, 3), (8, 4, 10, 1), (15, 0.3, 10, 2), (-4, 3, 5, 7)]
)
def test_the_mixture_is_the_product_of_likelihood_and_prior(estimate, se, unlikely, df):
    found = sceptical_coefficient(estimate, se, unlikely=unlikely, df=df)
    whole, moment = integrated(estimate, se, found.prior_sd, df, -12.0 * found.prior_sd)
    above, _ = integrated(estimate, se, found.prior_sd, df, 0.0)
    beyond, _ = integrated(estimate, se, found.prior_sd, df, found.interval[1])
    assert found.mean == pytest.approx(moment / whole, rel=INTEGRATED)
    assert found.probability_positive == pytest.approx(above / whole, rel=INTEGRATED)
    assert beyond / whole == pytest.approx(0.025, rel=1e-7)


def test_a_known_error_gives_the_closed_form():
    # Prior sd 1, standard error 1: the posterior lies half way, with half the variance.
    found = sceptical_coefficient(2.0, 1.0, unlikely=stats.norm.isf(0.05))
    assert (found.mean, found.sd) == pytest.approx((1.0, sqrt(0.5)), rel=1e-12)


@given(
    estimate=st.floats(-20, 20).filter(lambda x: abs(x) > 1e-3),
    se=st.floats(0.05, 20),
    unlikely=st.floats(0.1, 20),
    df=st.integers(1, 30),
)
def test_it_is_drawn_towards_nothing_and_never_past_it(estimate, se, unlikely, df):
    found = sceptical_coefficient(estimate, se, unlikely=unlikely, df=df)
    assert 0.0 < found.trust < 1.0
    assert found.interval[0] < found.mean < found.interval[1]
    assert found.sd <= found.prior_sd * 1.2
    turned = sceptical_coefficient(-estimate, se, unlikely=unlikely, df=df)
    assert turned.mean == pytest.approx(-found.mean, rel=1e-9)
    assert turned.probability_positive == pytest.approx(1.0 - found.probability_positive, abs=1e-9)


def test_many_degrees_of_freedom_become_a_known_error():
    many = sceptical_coefficient(3.0, 1.0, unlikely=4.0, df=1e7)
    known = sceptical_coefficient(3.0, 1.0, unlikely=4.0)
    assert many.mean == pytest.approx(known.mean, rel=1e-6)
    assert many.interval == pytest.approx(known.interval, rel=1e-6)


def test_every_wrong_number_is_named():
    with pytest.raises(InvalidData, match=r"se: .*\n.*unlikely: .*\n.*df: .*\n.*chance: "):
        sceptical_coefficient(1.0, 0.0, unlikely=-1.0, df=0.0, chance=0.5)
