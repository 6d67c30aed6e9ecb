"""Whether designs disagree, allowing for heterogeneity inside them."""

import numpy as np

from enthesis.errors import CannotEstimate
from enthesis.statistics.distributions import chdtrc
from enthesis.statistics.network.evidence import Component
from enthesis.statistics.network.results import InconsistencyTest
from enthesis.statistics.network.solving import check_network_method, misfit, solve
from enthesis.statistics.pooling.results import Caveat

__all__ = ["inconsistency_test"]

UNKNOWN = Caveat(
    "no-replication",
    "No design has a second trial, so heterogeneity inside designs is unknown and counts as 0; the test "
    "may take heterogeneity for inconsistency.",
)
WEAK = Caveat(
    "low-power", "The test has little power: a large p-value does not show that the evidence is consistent."
)


def inconsistency_test(component: Component, *, method: str = "REML") -> InconsistencyTest:
    """Wald test of the full design-by-treatment interaction model against consistency.

    Its chi-square is what the weighted residual sum of squares grows by when designs must agree, at the
    tau2 of the interaction model.

    Args:
        component: A part of a network.
        method: Estimator of tau2: REML, ML, DL, PM, or EE for common effects.

    Raises:
        CannotEstimate: Designs have no way to disagree: a star, a tree, a single design.
        ValueError: An unknown method.

    Source: Higgins et al. 2012, doi:10.1002/jrsm.1044; White et al. 2012, doi:10.1002/jrsm.1045.
    """
    check_network_method(method)
    df = component.inconsistency_df
    if not df:
        raise CannotEstimate("No closed loop of independent trials: inconsistency cannot be assessed.")
    equations = component.equations
    solved = solve(equations, equations.apart[None], method, "wald")
    tau2 = float(solved.tau2[0])
    apart, _ = misfit(equations, equations.apart, tau2)
    together, _ = misfit(equations, equations.X[:, 1:], tau2)
    statistic = max(together - apart, 0.0)
    unknown = solved.residual_df == 0 and method != "EE"
    caveats = (UNKNOWN, WEAK) if unknown else (WEAK,)
    p = float(chdtrc(df, np.float64(statistic)))
    return InconsistencyTest(statistic, df, p, tau2, solved.solution.certificate(0), caveats)
