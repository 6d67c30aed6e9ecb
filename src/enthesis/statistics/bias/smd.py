"""Pustejovsky and Rodgers' test of funnel-plot asymmetry for standardised mean differences."""

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.bias.applicability import MINIMUM_K, asymmetry_caveats, check_enough_studies
from enthesis.statistics.bias.asymmetry import AsymmetryTest
from enthesis.statistics.bias.egger import VARIANTS, random_effects_asymmetry
from enthesis.statistics.bias.participants import check_participants
from enthesis.statistics.bias.studies import check_effects
from enthesis.statistics.bias.weighted_line import weighted_line
from enthesis.statistics.pooling.data import check_level

__all__ = ["pustejovsky_rodgers_test"]

_PREDICTOR = "sqrt(1/n1 + 1/n2)"


def pustejovsky_rodgers_test(
    y: ArrayLike,
    v: ArrayLike,
    n1: ArrayLike,
    n2: ArrayLike,
    *,
    variant: str = "random-effects",
    method: str = "REML",
    level: float = 0.95,
    minimum_k: int = MINIMUM_K,
) -> AsymmetryTest:
    """Egger's test for SMDs on a standard error freed of the effect: sqrt(1/n1 + 1/n2).

    Args:
        y: Standardised mean difference of each study, shape (k,).
        v: Sampling variance of each y, shape (k,).
        n1: Participants of the first arm, shape (k,).
        n2: Participants of the second arm, shape (k,).
        variant: "classical": the freed error is predictor and weight, with a dispersion, t with k - 2
            degrees of freedom. "random-effects": it is the predictor, weights are 1/(v + tau2), normal.
        method: Estimator of tau2 in the random-effects variant.
        level: Coverage of the interval of the limit effect.
        minimum_k: Refuse below this many studies; lower it only to validate the code.

    When it misleads: as Egger's test, apart from the link between an SMD and its own standard error.

    Raises:
        InvalidData: A value breaks a rule.
        CannotEstimate: Too few studies, or all of one size.

    Source: Pustejovsky & Rodgers 2019, doi:10.1002/jrsm.1332.
    """
    y, v = check_effects(y, v)
    check_level(level)
    if variant not in VARIANTS:
        raise InvalidData(Fault(f"{variant!r} is unknown;", "variant", f"give one of {', '.join(VARIANTS)}."))
    x = np.sqrt(1 / check_participants("n1", n1, len(y)) + 1 / check_participants("n2", n2, len(y)))
    check_enough_studies(len(y), minimum_k, "Pustejovsky and Rodgers' test")
    names = {"test": "Pustejovsky-Rodgers", "predictor": _PREDICTOR}
    caveats = asymmetry_caveats(y, v)
    if variant == "classical":
        line = weighted_line(y, x, x**-2, dispersion=True, name=_PREDICTOR)
        return AsymmetryTest.from_line(line, level=level, limit=True, caveats=caveats, **names)
    return random_effects_asymmetry(y, v, x, method=method, level=level, limit=True, caveats=caveats, **names)
