"""The consistency model: every comparison is the difference of two treatment effects."""

import numpy as np

from enthesis.statistics.network.analysis import ComponentAnalysis, NetworkMetaAnalysis
from enthesis.statistics.network.design_interaction import inconsistency_test
from enthesis.statistics.network.doubts import component_doubts, network_doubts
from enthesis.statistics.network.evidence import Component, Network
from enthesis.statistics.network.q_decomposition import decompose_q
from enthesis.statistics.network.results import Heterogeneity
from enthesis.statistics.network.solving import Solved, check_network_method, log_likelihoods, solve
from enthesis.statistics.pooling.data import Array, check_level
from enthesis.statistics.pooling.heterogeneity import cochran_q, i2_h2_of
from enthesis.statistics.pooling.intervals import check_interval
from enthesis.statistics.pooling.prediction import check_prediction, prediction_df
from enthesis.statistics.pooling.profile import q_profile
from enthesis.statistics.pooling.tau2_error import tau2_standard_error

__all__ = ["network_meta_analysis"]


def network_meta_analysis(
    network: Network,
    *,
    method: str = "REML",
    interval: str = "hartung-knapp",
    level: float = 0.95,
    prediction: str = "t-k-minus-1",
) -> NetworkMetaAnalysis:
    """Every comparison of a network from direct and indirect evidence together.

    Indirect comparisons are observational: they hold only where trials of different comparisons could
    have had one another's patients. One tau2 serves every comparison of a part. With two treatments the
    answer is that of `pool`.

    Args:
        network: What `read_network` gave.
        method: Estimator of tau2: REML, ML, DL, PM, or EE for common effects.
        interval: "hartung-knapp", "hartung-knapp-floor", "wald" or "wald-t"; the t distribution has as many
            degrees of freedom as contrasts exceed effects.
        level: Coverage of every interval.
        prediction: "t-k-minus-1" (those same degrees of freedom), "t-k-minus-2" (one fewer) or "normal".

    Raises:
        InvalidData: A level outside (0, 1).
        ValueError: An unknown name of a method, interval or prediction.

    Source: Lu & Ades 2006, doi:10.1198/016214505000001302; Rücker 2012, doi:10.1002/jrsm.1058; White et al.
        2012, doi:10.1002/jrsm.1045; intervals of Jackson & Riley 2014, doi:10.1002/sim.5957.
    """
    check_network_method(method)
    check_interval(interval)
    check_level(level)
    check_prediction(prediction)
    parts = tuple(_analyse(c, method, interval, level, prediction) for c in network.components)
    return NetworkMetaAnalysis(network, parts, network_doubts(network))


def _analyse(
    component: Component, method: str, interval: str, level: float, prediction: str
) -> ComponentAnalysis:
    equations = component.equations
    solved = solve(equations, equations.X[None, :, 1:], method, interval)
    found = _heterogeneity(component, solved, method, level)
    df, known = solved.scaling.df[0], solved.residual_df > 0
    ahead = prediction_df(prediction, np.array([solved.residual_df + 1]), method)[0]
    test = inconsistency_test(component, method=method) if component.inconsistency_df else None
    used = "hartung-knapp-floor" if solved.scaling.degenerate[0] else interval
    doubts = component_doubts(
        component,
        solved,
        test,
        method=method,
        interval=used,
        heterogeneity=found,
        predicted=not np.isnan(ahead),
    )
    return ComponentAnalysis(
        component=component,
        effects=np.concatenate([[0.0], solved.fit.beta[0]]),
        covariance=np.pad(solved.covariance[0], ((1, 0), (1, 0))),
        heterogeneity=found,
        q=decompose_q(component),
        inconsistency=test,
        level=level,
        method=method,
        ci_method=used if known else "wald",
        df=None if np.isinf(df) else int(df),
        prediction_df=int(ahead) if np.isfinite(ahead) else None,
        prediction_distribution=None if np.isnan(ahead) else prediction,
        certificate=solved.solution.certificate(0),
        caveats=doubts,
        solved=solved,
    )


def _heterogeneity(component: Component, solved: Solved, method: str, level: float) -> Heterogeneity:
    full, restricted = log_likelihoods(component.equations, solved)
    if not solved.residual_df:
        return Heterogeneity(None, None, None, None, 0, None, None, None, full, restricted)
    model, square = solved.problem.model, solved.problem.unit**2
    q, p = cochran_q(model)
    i2, h2 = i2_h2_of(model, solved.solution.tau2, q, method)
    low, high = (q_profile(model, level)[0] * square).tolist()
    return Heterogeneity(
        tau2=float(solved.tau2[0]),
        tau2_ci=(low, high),
        tau2_se=_number(tau2_standard_error(model, solved.solution.tau2, method) * square),
        q=float(q[0]),
        q_df=solved.residual_df,
        q_p=float(p[0]),
        i2=float(i2[0]),
        h2=float(h2[0]),
        log_likelihood=full,
        restricted_log_likelihood=restricted,
    )


def _number(value: Array) -> float | None:
    return None if np.isnan(value[0]) else float(value[0])
