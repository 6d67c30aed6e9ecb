"""Whatever numbers come in, only our own errors come out, and no number is NaN."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from enthesis.errors import EnthesisError
from enthesis.statistics import pooling

METHODS = ("REML", "DL", "PM", "ML", "EB", "HE", "HS", "SJ", "EE", "HSk", "PMM")

anything = st.floats(allow_nan=True, allow_infinity=True)
effects = st.floats(-1e20, 1e20) | anything
variances = st.floats(1e-40, 1e40) | anything

tables = st.integers(0, 7).flatmap(
    lambda k: st.tuples(
        arrays(float, k, elements=effects),
        arrays(float, k, elements=variances),
        arrays(float, (k, 2), elements=st.floats(-1e6, 1e6) | anything),
    )
)


def interval(y: Any, v: Any, X: Any, method: str) -> Any:
    kind = "profile-likelihood" if method in ("REML", "ML") else "q-profile"
    return pooling.tau2_interval(y, v, kind=kind, method=method)


ROUTES: dict[str, Callable[..., Any]] = {
    "pool": lambda y, v, X, m: pooling.pool(y, v, method=m),
    "pool, common interval": lambda y, v, X, m: pooling.pool(y, v, method=m, interval="wald"),
    "meta-regression": lambda y, v, X, m: pooling.meta_regression(y, v, X, ["a", "b"], method=m),
    "interval": interval,
    "shrinkage": lambda y, v, X, m: pooling.blup(y, v, method=m),
    "fit": lambda y, v, X, m: pooling.fit_statistics(y, v, X, ["a", "b"], method=m),
    "subgroups": lambda y, v, X, m: pooling.subgroups(y, v, [i % 2 for i in range(len(y))], method=m),
    "bayes": lambda y, v, X, m: pooling.bayes_pool(y, v, tau_scale=1.0),
}


def has_nan(value: Any) -> bool:
    if dataclasses.is_dataclass(value):
        return any(has_nan(getattr(value, f.name)) for f in dataclasses.fields(value) if f.repr)
    if isinstance(value, tuple):
        return any(map(has_nan, value))
    return isinstance(value, float | np.ndarray) and bool(np.isnan(value).any())


@pytest.mark.parametrize("route", ROUTES)
@settings(max_examples=120, deadline=None)
@given(table=tables, method=st.sampled_from(METHODS))
def test_only_our_own_errors_come_out_and_never_nan(route, table, method):
    try:
        found = ROUTES[route](*table, method)
    except EnthesisError:
        return
    assert not has_nan(found)


@settings(max_examples=200, deadline=None)
@given(tables, st.sampled_from(METHODS))
def test_a_batch_flags_and_never_raises(table, method):
    y, v, _ = table
    batch = pooling.pool_batch(y[None], v[None], method=method)
    sound = len(y) > 0 and bool((np.abs(y) <= 1e20).all() and ((v >= 1e-40) & (v <= 1e40)).all())
    assert batch.valid[0] == sound
    assert np.isnan(batch.mu[0]) != sound
    assert batch.converged[0] == sound


@settings(max_examples=100, deadline=None)
@given(tables, st.sampled_from(METHODS))
def test_case_diagnostics_are_numbers_wherever_they_can_be_estimated(table, method):
    y, v, _ = table
    try:
        found = pooling.influence(y, v, method=method)
        pooling.leave_one_out(y, v, method=method)
    except EnthesisError:
        return
    assert found.estimable.all() == (len(y) > 2)
    if found.estimable.all():
        assert np.isfinite(found.rstudent).all()
