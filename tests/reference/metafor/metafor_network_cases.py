"""Every number of the network reference sets, and our answer to it. Origin: data/README.md."""

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from metafor_files import csv_rows, sets_of_kind

from enthesis.statistics import network
from enthesis.statistics.network.solving import Solved, log_likelihoods
from enthesis.statistics.pooling.fit import fit_at
from enthesis.statistics.pooling.intervals import quantile, two_sided_p

Path_ = tuple[str | int, ...]

MODELS = ("EE", "REML", "ML")

#: Smoking cessation is a good event; HbA1c, off-time, exacerbations, stroke and death are not.
HIGHER_IS_BETTER = {"dat.hasselblad1998_net"}

#: Parts of the files that are no results.
NO_RESULTS = ("dataset", "held_out", "csv", "software", "kind", "measure", "reference", "treatments", "note")


def network_sets() -> dict[str, dict[str, Any]]:
    """Every network set by name."""
    return sets_of_kind("network")


@cache
def network_of(name: str) -> network.Network:
    """The network of a set, its treatments in the file's order."""
    case = network_sets()[name]
    rows = csv_rows(case["csv"])
    columns = {c: [float(row[c]) for row in rows] for c in ("n", "mean", "sd", "events") if c in rows[0]}
    labels = [row["treat"] for row in rows]
    order = list(dict.fromkeys([*case["treatments"], *labels]))
    return network.read_network(
        [row["study"] for row in rows], labels, case["measure"], treatments=order, **columns
    )


def numbers(content: Any, path: Path_ = ()) -> Iterator[tuple[Path_, float]]:
    """Every number of a set with its path."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from numbers(value, (*path, key))
    elif isinstance(content, list):
        for i, value in enumerate(content):
            yield from numbers(value, (*path, i))
    elif isinstance(content, int | float) and not isinstance(content, bool):
        yield path, float(content)


def results(name: str) -> dict[Path_, float]:
    """Every number of a set that is a result."""
    return {path: value for path, value in numbers(network_sets()[name]) if path[0] not in NO_RESULTS}


@cache
def answers(name: str) -> dict[Path_, float]:
    """Our answer to every result, from the arms on."""
    held = network_of(name)
    (part,) = held.components
    found: dict[str, Any] = {
        "n_studies": len(part.trials),
        "n_contrasts": len(part.equations.y),
        "contrasts": _contrasts(part),
        "Q": _q(part),
        "inconsistency_model_REML": _random_inconsistency(name),
    }
    for method in MODELS:
        found[method] = _model(
            name, network.network_meta_analysis(held, method=method, interval="wald").parts[0]
        )
    return dict(numbers(found))


@cache
def answers_at(name: str, method: str) -> dict[Path_, float]:
    """Our answers with tau2 not estimated but taken from the file."""
    analysis = network.network_meta_analysis(network_of(name), method=method, interval="wald").parts[0]
    tau2 = float(network_sets()[name][method]["tau2"])
    solved = analysis.solved
    scaled = np.array([tau2 / solved.problem.unit**2])
    fit = fit_at(solved.problem, scaled)
    solved = replace(solved, solution=replace(solved.solution, tau2=scaled), fit=fit)
    effects = np.concatenate([[0.0], fit.beta[0]])
    covariance = np.pad(fit.covariance[0], ((1, 0), (1, 0)))
    heterogeneity = replace(analysis.heterogeneity, tau2=tau2, **_likelihoods(analysis, solved))
    moved = replace(
        analysis, effects=effects, covariance=covariance, heterogeneity=heterogeneity, solved=solved
    )
    return dict(numbers({method: _model(name, moved)}))


def log_likelihood_of(name: str, tau2: float, gamma2: float = 0.0) -> float:
    """metafor's restricted log-likelihood at any two variances, by dense matrices from its own contrasts."""
    y, X, S, P, G = dense(name)
    V = S + tau2 * P + gamma2 * G
    inverse = np.linalg.inv(V)
    information = X.T @ inverse @ X
    residual = y - X @ np.linalg.solve(information, X.T @ inverse @ y)
    parts = (
        (len(y) - X.shape[1]) * math.log(2.0 * math.pi),
        np.linalg.slogdet(V)[1],
        np.linalg.slogdet(information)[1],
        -np.linalg.slogdet(X.T @ X)[1],
        float(residual @ inverse @ residual),
    )
    return -0.5 * sum(parts)


@cache
def dense(name: str) -> tuple[np.ndarray, ...]:
    """y, X, the sampling covariance, and the patterns of trial and design deviations, all in full.

    The note in the files says how they are built; nothing here passes through our own equations.
    """
    case = network_sets()[name]
    c, order = case["contrasts"], case["treatments"]
    y = np.array(c["yi"])
    X = np.array(
        [[(t == a) - (t == b) for t in order[1:]] for a, b in zip(c["t1"], c["t2"], strict=True)], float
    )
    study, first, design = (np.array(c[key]) for key in ("study", "t1", "design"))
    (part,) = network_of(name).components
    S = np.zeros((len(y), len(y)))
    for trial in part.trials:
        rows = [int(np.flatnonzero((study == trial.study) & (first == t))[0]) for t in trial.treatments[1:]]
        S[np.ix_(rows, rows)] = trial.covariance
    half = 0.5 * (1.0 + (first[:, None] == first[None, :]))
    return y, X, S, half * (study[:, None] == study), half * (design[:, None] == design)


def _contrasts(part: network.Component) -> dict[str, list[float]]:
    return {
        "yi": [value for trial in part.trials for value in trial.y.tolist()],
        "vi": [value for trial in part.trials for value in np.diagonal(trial.covariance).tolist()],
    }


def _model(name: str, analysis: network.ComponentAnalysis) -> dict[str, Any]:
    table, found = analysis.league, analysis.heterogeneity
    se = np.sqrt(np.diagonal(analysis.covariance))[1:]
    beta = analysis.effects[1:]
    half = quantile(0.95, np.array([np.inf]))[0] * se
    ranking = network.rank_treatments(
        analysis, better="higher" if name in HIGHER_IS_BETTER else "lower", draws=100
    )
    X = dense(name)[1]
    return {
        "beta": beta.tolist(),
        "se": se.tolist(),
        "pval": two_sided_p(beta / se, np.full(len(se), np.inf)).tolist(),
        "ci_lb": (beta - half).tolist(),
        "ci_ub": (beta + half).tolist(),
        "vcov": analysis.covariance[1:, 1:].tolist(),
        "tau2": found.tau2,
        "QE": found.q,
        "QEdf": found.q_df,
        "QEp": found.q_p,
        "ll_ML": found.log_likelihood,
        "ll_REML": found.restricted_log_likelihood + 0.5 * float(np.linalg.slogdet(X.T @ X)[1]),
        "league": {
            "estimate_row_minus_col": table.estimate.tolist(),
            "se": table.se.ravel().tolist(),
            "p_score": ranking.p_score.tolist(),
        },
    }


def _likelihoods(analysis: network.ComponentAnalysis, solved: Solved) -> dict[str, float]:
    full, restricted = log_likelihoods(analysis.component.equations, solved)
    return {"log_likelihood": full, "restricted_log_likelihood": restricted}


def _q(part: network.Component) -> dict[str, float | None]:
    q = network.decompose_q(part)
    return {
        "total": q.total,
        "df_total": q.df_total,
        "within_designs": q.within_designs,
        "df_within": q.df_within,
        "between_designs": q.between_designs,
        "df_between": q.df_between,
        "p_within": q.p_within,
        "p_between": q.p_between,
    }


def _random_inconsistency(name: str) -> dict[str, Any]:
    found = network.random_inconsistency(network_of(name).components[0])
    X = dense(name)[1]
    return {
        "beta": found.effects[1:].tolist(),
        "se": np.sqrt(np.diagonal(found.covariance))[1:].tolist(),
        "tau2": found.tau2,
        "gamma2": found.gamma2,
        "ll": found.restricted_log_likelihood + 0.5 * float(np.linalg.slogdet(X.T @ X)[1]),
    }
