"""Our answer to every number of a univariate reference set that pooling covers, by the same path."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from metafor_pooling_cases import Path_, design_of, effects_of, pooling_sets, rows_of

from enthesis.statistics import pooling

Answers = Iterable[tuple[Path_, float | None]]

INTERVALS = {"z": "wald", "knha": "hartung-knapp", "adhoc": "hartung-knapp-floor", "t": "wald-t"}
#: metafor predicts with a normal beside a normal interval, and with t on k - 1 beside a t interval.
PREDICTIONS = {"z": "normal", "knha": "t-k-minus-1", "adhoc": "t-k-minus-1", "t": "t-k-minus-1"}
#: Sidik and Jonkman's second step, repeated until it stands still, solves the Paule-Mandel equation.
METHODS = {"SJIT": "PM"}
CRITERIA = {"ll": "log_likelihood", "dev": "deviance", "AIC": "aic", "BIC": "bic", "AICc": "aicc"}
DIAGNOSTICS = {
    "fitted": "fitted",
    "resid": "residual",
    "rstandard": "standardized_residual",
    "rstudent": "rstudent",
    "rstudent_resid": "deleted_residual",
    "rstudent_se": "deleted_residual_se",
    "hat": "hat",
}
KINDS = {"QP": "q-profile", "PL": "profile-likelihood"}


def answers(name: str) -> dict[Path_, float | None]:
    """Every number that pooling answers for in one set."""
    case, (y, v) = pooling_sets()[name], effects_of(name)
    found = dict(_intercept(case["intercept"], y, v))
    for formula in case.get("meta_regression", ()):
        complete, X, names = design_of(name, formula)
        block = case["meta_regression"][formula]
        found |= _under(("meta_regression", formula), _regression(block, y[complete], v[complete], X, names))
    if "subgroup" in case:
        group = [row[case["subgroup"]["by"]] for row in rows_of(name)]
        labelled = [i for i, g in enumerate(group) if g]
        found |= _under(("subgroup",), _subgroups(y[labelled], v[labelled], [group[i] for i in labelled]))
    return found


def _under(prefix: Path_, found: Answers) -> dict[Path_, float | None]:
    return {prefix + path: value for path, value in found}


def _listed(field: str, values: Iterable[float]) -> Answers:
    for i, value in enumerate(values):
        yield (field, i), float(value)


def _intercept(block: dict[str, Any], y: np.ndarray, v: np.ndarray) -> Answers:
    for method, tests in block["fits"].items():
        criteria = dict(_criteria(y, v, None, (), METHODS.get(method, method)))
        for test in tests:
            prefix = ("intercept", "fits", method, test)
            yield from _under(prefix, _fit(y, v, method, test)).items()
            yield from _under(prefix, criteria.items()).items()
    yield from _under(("intercept", "confint"), _bounds(block["confint"], y, v)).items()
    yield from _under(("intercept", "diag_REML"), _diagnostics(y, v)).items()
    yield from _under(("intercept", "blup_REML"), _shrunken(y, v)).items()
    if "baujat" in block:
        case = pooling.influence(y, v)
        yield from _under(("intercept", "baujat"), _listed("x", case.q_contribution)).items()
        yield from _under(("intercept", "baujat"), _listed("y", case.mu_influence)).items()
    for kind, route in (("leave1out", pooling.leave_one_out), ("cumul", pooling.cumulative)):
        for method in ("REML", "DL"):
            if f"{kind}_{method}" in block:
                batch = route(y, v, method=method, interval="wald")
                prefix = ("intercept", f"{kind}_{method}")
                yield from _under(prefix, _batch(batch, with_p=kind == "leave1out")).items()


def _fit(y: np.ndarray, v: np.ndarray, method: str, test: str) -> Answers:
    method = METHODS.get(method, method)
    batch = pooling.pool_batch(y[None], v[None], method=method, interval=INTERVALS[test])
    one = pooling.pool(y, v, method=method, interval=INTERVALS[test], prediction=PREDICTIONS[test])
    yield from _effect(one, float(batch.scaling.factor[0]))
    ahead = one.prediction_interval or ()
    predicted = {"pred": [one.mu], "se": [one.se], "ci_lb": [one.ci[0]], "ci_ub": [one.ci[1]]}
    predicted |= {"pi_lb": list(ahead[:1]), "pi_ub": list(ahead[1:])}
    for field, values in predicted.items():
        yield from _under(("predict",), _listed(field, values)).items()


def _effect(one: pooling.PooledEffect, factor: float) -> Answers:
    """The fields of an rma object that has no moderators."""
    yield from {("k",): one.k, ("p",): 1}.items()
    yield from _listed("beta", [one.mu])
    yield from _listed("se", [one.se])
    yield from _listed("stat", [one.statistic])
    yield from _listed("pval", [one.p])
    yield from _listed("ci_lb", one.ci[:1])
    yield from _listed("ci_ub", one.ci[1:])
    yield ("vcov", 0, 0), one.se**2
    yield ("ddf", 0), one.df
    yield from {("tau2",): one.tau2, ("se_tau2",): one.tau2_se, ("QE",): one.q, ("QEp",): one.q_p}.items()
    yield from {("QM", 0): one.statistic**2, ("QMp",): one.p, ("R2",): None, ("s2w",): factor}.items()
    i2, h2 = (None if one.i2 is None else 100.0 * one.i2), one.h2
    yield from {("I2",): i2, ("H2",): h2}.items()


def _criteria(y: np.ndarray, v: np.ndarray, X: Any, names: Any, method: str) -> Answers:
    for likelihood in ("ML", "REML"):
        fit = pooling.fit_statistics(y, v, X, names, method=method, restricted=likelihood == "REML")
        for field, ours in CRITERIA.items():
            yield ("fit", likelihood, field), getattr(fit, ours)


def _bounds(block: dict[str, Any], y: np.ndarray, v: np.ndarray, X: Any = None, names: Any = ()) -> Answers:
    for method, kinds in block.items():
        for kind, field in kinds.items():
            if kind not in KINDS or field is None:
                continue
            one = pooling.tau2_interval(y, v, X, names, kind=KINDS[kind], method=METHODS.get(method, method))
            triples = {
                "tau^2": (one.tau2, *one.tau2_ci),
                "tau": (one.tau, *one.tau_ci),
                "I^2(%)": tuple(100.0 * x for x in (one.i2, *one.i2_ci)),
                "H^2": (one.h2, *one.h2_ci),
            }
            for row, values in triples.items():
                yield from _under((method, kind), _listed(row, values)).items()


def _diagnostics(y: np.ndarray, v: np.ndarray, X: Any = None, names: Any = ()) -> Answers:
    case = pooling.influence(y, v, X, names)
    for field, ours in DIAGNOSTICS.items():
        yield from _listed(field, getattr(case, ours))
    yield from _listed("weights", 100.0 * case.weight)
    se = np.abs(case.residual / case.standardized_residual)
    yield from _listed("rstandard_se", se)


def _shrunken(y: np.ndarray, v: np.ndarray, X: Any = None, names: Any = ()) -> Answers:
    one = pooling.blup(y, v, X, names, interval="wald")
    yield from _listed("pred", one.effect)
    yield from _listed("se", one.se)
    yield from _listed("pi_lb", one.ci[:, 0])
    yield from _listed("pi_ub", one.ci[:, 1])


def _batch(batch: pooling.PooledBatch, *, with_p: bool) -> Answers:
    yield from _listed("beta", batch.mu)
    yield from _listed("se", batch.se)
    yield from _listed("pval", batch.p)
    yield from _listed("ci_lb", batch.ci[:, 0])
    yield from _listed("ci_ub", batch.ci[:, 1])
    yield from _listed("Q", batch.q)
    yield from _listed("tau2", batch.tau2)
    yield from _listed("I2", 100.0 * batch.i2)
    yield from _listed("H2", batch.h2)
    if with_p:
        yield from _listed("Qp", batch.q_p)


def _regression(
    block: dict[str, Any], y: np.ndarray, v: np.ndarray, X: np.ndarray, names: list[str]
) -> Answers:
    for method, tests in block["fits"].items():
        criteria = dict(_criteria(y, v, X, names, METHODS.get(method, method)))
        for test in tests:
            yield from _under(("fits", method, test), _model(y, v, X, names, method, test)).items()
            yield from _under(("fits", method, test), criteria.items()).items()
    yield from _under(("confint",), _bounds(block["confint"], y, v, X, names)).items()
    yield from _under(("diag_REML",), _diagnostics(y, v, X, names)).items()
    yield from _under(("blup_REML",), _shrunken(y, v, X, names)).items()


def _model(y: np.ndarray, v: np.ndarray, X: np.ndarray, names: list[str], method: str, test: str) -> Answers:
    """The fields of an rma object with moderators."""
    method = METHODS.get(method, method)
    one = pooling.meta_regression(y, v, X, names, method=method, interval=INTERVALS[test])
    plain = pooling.meta_regression(y, v, X, names, method=method, interval="wald") if test != "z" else one
    rest, cells = one.residual, one.coefficients
    yield from {("k",): one.k, ("p",): len(cells)}.items()
    yield from _listed("beta", [c.estimate for c in cells])
    yield from _listed("se", [c.se for c in cells])
    yield from _listed("stat", [c.statistic for c in cells])
    yield from _listed("pval", [c.p for c in cells])
    yield from _listed("ci_lb", [c.ci[0] for c in cells])
    yield from _listed("ci_ub", [c.ci[1] for c in cells])
    for (i, j), value in np.ndenumerate(np.array(one.covariance)):
        yield ("vcov", i, j), float(value)
    yield ("ddf", 0), one.df
    yield from {("tau2",): rest.tau2, ("se_tau2",): rest.tau2_se, ("QE",): rest.q, ("QEp",): rest.p}.items()
    yield from {("QM", 0): one.moderators.statistic, ("QMp",): one.moderators.p}.items()
    yield from {("I2",): 100.0 * rest.i2, ("H2",): rest.h2}.items()
    yield ("R2",), None if one.r2 is None else 100.0 * one.r2
    yield ("s2w",), one.covariance[0][0] / plain.covariance[0][0]


def _subgroups(y: np.ndarray, v: np.ndarray, group: list[str]) -> Answers:
    found = pooling.subgroups(y, v, group, interval="wald")
    for one in found.groups:
        member = [g == one.name for g in group]
        yield from _under(("groups", one.name), _group(y[member], v[member], one.pooled)).items()
    yield from {("Q_between",): found.q_between, ("df",): found.df, ("p_between",): found.p_between}.items()
    order = sorted(set(group))
    X = np.array([[float(g == level) for level in order[1:]] for g in group])
    yield from _under(("common_tau2",), _model(y, v, X, order[1:], "REML", "z")).items()
    yield from _under(("common_tau2",), _criteria(y, v, X, order[1:], "REML")).items()


def _group(y: np.ndarray, v: np.ndarray, one: pooling.PooledEffect) -> Answers:
    yield from _effect(one, 1.0)
    if one.k > 1:
        yield from _criteria(y, v, None, (), "REML")
    else:
        yield from {("fit", kind, field): None for kind in ("ML", "REML") for field in CRITERIA}.items()
