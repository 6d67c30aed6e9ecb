"""Cochran's Q of a network: heterogeneity inside designs, inconsistency between them."""

import numpy as np

from enthesis.statistics.distributions import chdtrc
from enthesis.statistics.network.evidence import Component
from enthesis.statistics.network.results import DesignQ, QDecomposition
from enthesis.statistics.network.solving import misfit

__all__ = ["decompose_q"]


def decompose_q(component: Component) -> QDecomposition:
    """Q in its parts, about common effects.

    A large part between designs says that direct and indirect evidence disagree; a large part within,
    that trials of the same comparison do, and then the test between designs is too sharp: use
    `inconsistency_test`, which allows for it.

    Source: Krahn, Binder & König 2013, doi:10.1186/1471-2288-13-35; Higgins et al. 2012,
        doi:10.1002/jrsm.1044.
    """
    equations = component.equations
    total, _ = misfit(equations, equations.X[:, 1:], 0.0)
    within, parts = misfit(equations, equations.apart, 0.0)
    n = len(equations.y)
    df_total = n - len(component.treatments) + 1
    df_between = component.inconsistency_df
    between = max(total - within, 0.0) if df_between else 0.0
    return QDecomposition(
        total=total,
        df_total=df_total,
        p_total=_p(total, df_total),
        within_designs=within,
        df_within=df_total - df_between,
        p_within=_p(within, df_total - df_between),
        between_designs=between,
        df_between=df_between,
        p_between=_p(between, df_between),
        by_design=_by_design(component, parts),
    )


def _by_design(component: Component, parts: np.ndarray) -> tuple[DesignQ, ...]:
    equations = component.equations
    q = np.bincount(equations.design, parts, minlength=len(equations.designs))
    found = []
    for i, design in enumerate(equations.designs):
        k = sum(trial.treatments == design for trial in component.trials)
        df = (k - 1) * (len(design) - 1)
        value = float(q[i]) if df else 0.0
        found.append(DesignQ(design, k, value, df, _p(value, df)))
    return tuple(found)


def _p(q: float, df: int) -> float | None:
    return float(chdtrc(df, q)) if df else None
