"""The same numbers by another route: full matrices, arms with trial levels, paths walked one by one."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enthesis.statistics import network
from made_networks import networks, read, size_of

methods = st.sampled_from(network.NETWORK_METHODS)
ROUTES = settings(max_examples=60, deadline=None)


@ROUTES
@given(networks(), methods)
def test_arms_with_an_intercept_per_trial_give_the_same_effects(rows, method):
    """Another route: no contrasts at all, arms of variance s + tau2 / 2 about their trial's level."""
    for part in network.network_meta_analysis(read(rows), method=method, interval="wald").parts:
        tau2 = part.heterogeneity.tau2 or 0.0
        studies = [trial.study for trial in part.component.trials]
        arms = [row for row in rows.rows if row.study in studies]
        X = np.array(
            [
                [float(row.treatment == name) for name in part.treatments[1:]]
                + [float(row.study == study) for study in studies]
                for row in arms
            ]
        )
        w = np.array([1.0 / (row.sd**2 / row.n + 0.5 * tau2) for row in arms])
        y = np.array([row.mean for row in arms])
        information = X.T @ (w[:, None] * X)
        beta = np.linalg.solve(information, X.T @ (w * y))
        size = len(part.treatments) - 1
        assert part.effects[1:] == pytest.approx(beta[:size], abs=1e-6 * size_of(rows))
        spread = np.linalg.inv(information)[:size, :size]
        assert part.covariance[1:, 1:] == pytest.approx(spread, abs=1e-6 * size_of(rows) ** 2)


@ROUTES
@given(networks(), st.sampled_from(("REML", "ML")))
def test_no_other_tau2_is_more_likely(rows, method):
    """Another route: the likelihood from full matrices of the trials' contrasts."""
    for part in network.network_meta_analysis(read(rows), method=method).parts:
        tau2 = part.heterogeneity.tau2
        if tau2 is None:
            continue
        best = dense_likelihood(part.component, tau2, restricted=method == "REML")
        typical = size_of(rows) ** 2
        for other in (0.0, 0.5 * tau2, 0.99 * tau2, 1.01 * tau2, 2.0 * tau2, 1e-3 * typical, typical):
            there = dense_likelihood(part.component, other, restricted=method == "REML")
            assert there <= best + 1e-7 * (1.0 + abs(best))


def dense_likelihood(component: network.Component, tau2: float, *, restricted: bool) -> float:
    """Log-likelihood of all contrasts, up to constants."""
    X, y, S, P = full_matrices(component)
    V = S + tau2 * P
    information = X.T @ np.linalg.solve(V, X)
    residual = y - X @ np.linalg.solve(information, X.T @ np.linalg.solve(V, y))
    value = np.linalg.slogdet(V)[1] + residual @ np.linalg.solve(V, residual)
    return -0.5 * float(value + (np.linalg.slogdet(information)[1] if restricted else 0.0))


def full_matrices(component: network.Component) -> tuple[np.ndarray, ...]:
    """Design, effects, sampling covariance and the pattern of the between-trial covariance."""
    sizes = [len(trial.y) for trial in component.trials]
    n, start = sum(sizes), np.concatenate([[0], np.cumsum(sizes)])
    X, S, P = np.zeros((n, len(component.treatments))), np.zeros((n, n)), np.zeros((n, n))
    for trial, first, m in zip(component.trials, start, sizes, strict=False):
        rows = np.arange(first, first + m)
        X[rows, [component.place(name) for name in trial.treatments[1:]]] = 1.0
        X[rows, component.place(trial.treatments[0])] = -1.0
        S[np.ix_(rows, rows)], P[np.ix_(rows, rows)] = trial.covariance, 0.5 * (np.eye(m) + 1.0)
    return X[:, 1:], np.concatenate([trial.y for trial in component.trials]), S, P


@ROUTES
@given(networks())
def test_dersimonian_and_lairds_tau2_is_that_of_full_matrices(rows):
    """Source of the moment: Jackson, White & Riley 2012, doi:10.1002/sim.5453, with one variance."""
    for part in network.network_meta_analysis(read(rows), method="DL").parts:
        if part.heterogeneity.tau2 is None:
            continue
        X, y, S, P = full_matrices(part.component)
        inverse = np.linalg.inv(S)
        projection = inverse - inverse @ X @ np.linalg.solve(X.T @ inverse @ X, X.T @ inverse)
        expected = (y @ projection @ y - (len(y) - X.shape[1])) / np.trace(projection @ P)
        found = part.heterogeneity.tau2
        assert found == pytest.approx(max(expected, 0.0), abs=1e-6 * size_of(rows) ** 2)


@ROUTES
@given(networks(most_arms=2))
def test_two_arm_trials_are_split_alike_by_both_routes_under_common_effects(rows):
    """Dias et al. 2010: back-calculation and node splitting are one where no trial has a third arm."""
    for part in network.network_meta_analysis(read(rows), method="EE", interval="wald").parts:
        parted = {(x.treatment, x.comparator): x for x in network.direct_and_indirect(part)}
        for split in network.split_nodes(part.component, method="EE", interval="wald").splits:
            other = parted[split.treatment, split.comparator]
            for name in ("direct", "indirect", "difference"):
                mine, theirs = getattr(split, name), getattr(other, name)
                # Back-calculation subtracts precisions that may nearly cancel.
                loss = 1e-9 / max(1.0 - other.direct_share, 1e-6)
                assert mine.estimate == pytest.approx(theirs.estimate, abs=loss * size_of(rows))
                assert mine.se == pytest.approx(theirs.se, rel=max(loss, 1e-9))


@ROUTES
@given(networks(), methods)
def test_contributions_are_shares_and_follow_every_path(rows, method):
    """Another route: every path walked one by one."""
    for part in network.network_meta_analysis(read(rows), method=method).parts:
        found = network.contributions(part)
        for table in (found.by_link, found.by_study):
            assert table.sum(axis=1) == pytest.approx(np.ones(len(table)), abs=1e-12)
            assert (table >= 0.0).all()
        flow = flows_of(part)
        for row, (a, b) in enumerate(found.comparisons):
            walked = walk(flow(a, b), a, b, found.links)
            assert found.by_link[row] == pytest.approx(walked, abs=1e-6)


def flows_of(part: network.ComponentAnalysis):
    """Evidence flow from a to b on every link, from the hat matrix of aggregate direct comparisons.

    Source: Rücker 2012, doi:10.1002/jrsm.1058: weights of arms w make conductors w_i w_j / sum(w).
    """
    names, tau2 = part.treatments, part.heterogeneity.tau2 or 0.0
    conductor = np.zeros((len(names), len(names)))
    for trial in part.component.trials:
        if len(trial.y) == 1:
            strengths = {trial.treatments: 1.0 / (trial.covariance[0, 0] + tau2)}
        else:
            # MD: the baseline's variance is what the contrasts share.
            base = trial.covariance[0, 1]
            s = np.concatenate([[base], np.diagonal(trial.covariance) - base]) + 0.5 * tau2
            w = dict(zip(trial.treatments, 1.0 / s, strict=True))
            strengths = {(x, y): w[x] * w[y] / sum(w.values()) for x, y in combinations(w, 2)}
        for (x, y), strength in strengths.items():
            i, j = names.index(x), names.index(y)
            conductor[i, j] += strength
            conductor[j, i] += strength
    laplacian = np.diag(conductor.sum(axis=1)) - conductor

    def flow(a: str, b: str) -> dict[tuple[str, str], float]:
        source = np.array([float(name == a) - float(name == b) for name in names])
        height = np.concatenate([[0.0], np.linalg.solve(laplacian[1:, 1:], source[1:])])
        return {
            (x, y): conductor[i, j] * (height[i] - height[j])
            for i, x in enumerate(names)
            for j, y in enumerate(names)
            if conductor[i, j] > 0.0 and conductor[i, j] * (height[i] - height[j]) > 1e-12
        }

    return flow


def walk(flow: dict[tuple[str, str], float], a: str, b: str, links) -> np.ndarray:
    """Each path's probability, spread evenly over its links."""
    share = np.zeros(len(links))
    paths = [((a,), 1.0)]
    while paths:
        path, probability = paths.pop()
        if path[-1] == b:
            for step in pairwise(path):
                place = links.index(step if step in links else step[::-1])
                share[place] += probability / (len(path) - 1)
            continue
        onward = {y: value for (x, y), value in flow.items() if x == path[-1]}
        total = sum(onward.values())
        paths += [((*path, y), probability * value / total) for y, value in onward.items()]
    return share


@ROUTES
@given(networks())
def test_no_neighbour_of_the_two_variances_is_more_likely(rows):
    """Another route: full matrices; deviations of designs are shared by the trials of one design."""
    for component in read(rows).components:
        if not component.inconsistency_df:
            continue
        found = network.random_inconsistency(component)
        best = two_variance_likelihood(component, found.tau2, found.gamma2)
        unit = size_of(rows) ** 2
        for t in (0.0, 0.9 * found.tau2, 1.1 * found.tau2, 1e-4 * unit):
            for g in (0.0, 0.9 * found.gamma2, 1.1 * found.gamma2, 1e-4 * unit):
                assert two_variance_likelihood(component, t, g) <= best + 1e-7 * (1.0 + abs(best))


def two_variance_likelihood(component: network.Component, tau2: float, gamma2: float) -> float:
    X, y, S, P = full_matrices(component)
    of = [(t.treatments, name) for t in component.trials for name in t.treatments[1:]]
    G = np.array([[(d == e) * (1.0 if x == z else 0.5) for e, z in of] for d, x in of])
    V = S + tau2 * P + gamma2 * G
    information = X.T @ np.linalg.solve(V, X)
    residual = y - X @ np.linalg.solve(information, X.T @ np.linalg.solve(V, y))
    value = np.linalg.slogdet(V)[1] + residual @ np.linalg.solve(V, residual)
    return -0.5 * float(value + np.linalg.slogdet(information)[1])
