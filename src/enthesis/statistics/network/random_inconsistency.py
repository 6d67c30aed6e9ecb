"""The consistency model with random deviations of whole designs: heterogeneity and inconsistency apart."""

from dataclasses import dataclass

import numpy as np

from enthesis.errors import CannotEstimate
from enthesis.statistics.distributions import chdtrc
from enthesis.statistics.network.evidence import Component
from enthesis.statistics.network.solving import log_likelihoods, solve
from enthesis.statistics.network.two_variances import maximise_two_variances
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.heterogeneity import typical_variance
from enthesis.statistics.pooling.likelihood import log_likelihood
from enthesis.statistics.pooling.results import Caveat, Certificate

__all__ = ["RandomInconsistency", "random_inconsistency"]

#: A variance between designs needs designs to vary. Source: Jackson et al. 2014, doi:10.1002/sim.6188.
FEW_WAYS = 5

NOT_PROVED = Caveat(
    "not-proved", "The highest of the summits reached from four starts; a higher one is not excluded."
)


@dataclass(frozen=True, slots=True, eq=False)
class RandomInconsistency:
    """Average treatment effects over designs that may disagree.

    Attributes:
        treatments: Names, (T,).
        effects: Of every treatment against the first, (T,); logarithms for OR and RR.
        covariance: Of the effects, (T, T); inconsistency makes it larger than under consistency.
        tau2: Between-trial variance inside designs.
        gamma2: Variance of the deviations of designs, on the same scale.
        statistic: Twice the gain in restricted log-likelihood over the consistency model.
        p: Of gamma2 = 0, which lies on the boundary: from the even mixture of 0 and a chi-square with 1
            degree of freedom.
        restricted_log_likelihood: At the fit, without the term of X'X.
        certificate: How the variances were found.
        caveats: Doubts that the reader must see.
    """

    treatments: tuple[str, ...]
    effects: Array
    covariance: Array
    tau2: float
    gamma2: float
    statistic: float
    p: float
    restricted_log_likelihood: float
    certificate: Certificate
    caveats: tuple[Caveat, ...]


def random_inconsistency(component: Component) -> RandomInconsistency:
    """REML of heterogeneity inside designs and of inconsistency between them.

    With few designs gamma2 is hardly known, and 0 does not show consistency.

    Args:
        component: A part of a network.

    Raises:
        CannotEstimate: Designs have no way to disagree: a star, a tree, a single design.

    Source: Jackson et al. 2014, doi:10.1002/sim.6188; the test of a variance on its boundary: Self & Liang
        1987, doi:10.1080/01621459.1987.10478472.
    """
    ways = component.inconsistency_df
    if not ways:
        raise CannotEstimate("No closed loop of independent trials: inconsistency cannot be assessed.")
    equations = component.equations
    consistent = solve(equations, equations.X[None, :, 1:], "REML", "wald")
    unit, model = consistent.problem.unit, consistent.problem.model
    typical = float(typical_variance(model)[0])
    start = max(float(consistent.solution.tau2[0]), typical)
    found = maximise_two_variances(model.z[0], model.v[0], model.X[0], equations.deviations, start)
    alone = float(log_likelihood(model, consistent.solution.tau2, restricted=True)[0])
    gain = max(found.log_likelihood - alone, 0.0) if found.values[1] > 0.0 else 0.0
    tau2, gamma2 = (found.values * unit**2).tolist()
    return RandomInconsistency(
        treatments=component.treatments,
        effects=np.concatenate([[0.0], unit * found.beta]),
        covariance=np.pad(unit**2 * found.covariance, ((1, 0), (1, 0))),
        tau2=tau2,
        gamma2=gamma2,
        statistic=2.0 * gain,
        p=1.0 if gain == 0.0 else 0.5 * float(chdtrc(1, 2.0 * gain)),
        restricted_log_likelihood=log_likelihoods(equations, consistent)[1] + gain,
        certificate=found.certificate,
        caveats=_doubts(ways, found.certificate),
    )


def _doubts(ways: int, certificate: Certificate) -> tuple[Caveat, ...]:
    found = [NOT_PROVED]
    if ways < FEW_WAYS:
        text = f"Few independent ways in which designs can disagree ({ways}): gamma2 is hardly known."
        found.append(Caveat("few-loops", text))
    if certificate.boundary:
        text = "A variance was estimated as 0; that does not show that trials or designs agree."
        found.append(Caveat("variance-on-boundary", text))
    if certificate.roots > 1:
        found.append(Caveat("several-optima", "The likelihood has several peaks; the highest one was taken."))
    if not certificate.converged:
        found.append(Caveat("not-converged", "The search ended before the variances stood still."))
    return tuple(found)
