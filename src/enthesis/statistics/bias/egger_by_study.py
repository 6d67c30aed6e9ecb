"""Egger's test for dependent effects: several effects of a study count as one study's."""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.bias.applicability import MINIMUM_K, asymmetry_caveats, check_enough_studies
from enthesis.statistics.bias.asymmetry import AsymmetryTest
from enthesis.statistics.bias.egger import PREDICTORS, predictor_values
from enthesis.statistics.bias.participants import check_participants
from enthesis.statistics.bias.weighted_line import check_varies
from enthesis.statistics.bias.working_model import (
    RHO,
    assumed_correlation,
    check_clusters,
    heterogeneity,
    working_fit,
)
from enthesis.statistics.pooling.data import Array, check_level

__all__ = ["PER_ARM", "egger_test_by_study"]

#: The predictor of Pustejovsky & Rodgers 2019, doi:10.1002/jrsm.1332, for standardised mean differences.
PER_ARM = "sqrt(1/n1 + 1/n2)"


def egger_test_by_study(
    y: ArrayLike,
    v: ArrayLike,
    study: Sequence[Hashable],
    *,
    predictor: str = "standard-error",
    n: ArrayLike | None = None,
    n1: ArrayLike | None = None,
    n2: ArrayLike | None = None,
    rho: float = RHO,
    level: float = 0.95,
    minimum_studies: int = MINIMUM_K,
) -> AsymmetryTest:
    """Whether effects change with the size of the study, where studies give several effects.

    A three-level meta-regression with correlated sampling errors; slope and limit are tested with CR2 errors
    by study and Satterthwaite's degrees of freedom, which hold whatever the dependence within studies is.

    Args:
        y: Effects, (k,), on one additive scale.
        v: Sampling variances, (k,), in y's unit squared.
        study: Study of each effect, k labels.
        predictor: One of ``PREDICTORS`` ("1/n" is that of Peters' test), or ``PER_ARM``, for SMDs.
        n: Participants of each effect, (k,); for the predictors made of n.
        n1: Participants of arm 1, (k,); for ``PER_ARM``.
        n2: Participants of arm 2, (k,); for ``PER_ARM``.
        rho: Correlation assumed between sampling errors of one study, in [0, 1).
        level: Coverage of the interval of the limit effect.
        minimum_studies: Refuse below this many studies; lower it only to validate the code.

    When it misleads: as for Egger's test; with few studies, or one much more precise than the others, the
    degrees of freedom are few (caveat) and the test finds nothing.

    Raises:
        InvalidData: A value breaks a rule, or n, n1 or n2 is missing for the predictor.
        CannotEstimate: Too few studies, or all of one size.

    Source: Rodgers & Pustejovsky 2021, doi:10.1037/met0000300; working model: Pustejovsky & Tipton 2022,
        doi:10.1007/s11121-021-01246-3.
    """
    y, v, study = check_clusters(y, v, study, rho)
    check_level(level)
    x, limit = _predictor(predictor, v, n, n1, n2)
    check_enough_studies(len(set(study)), minimum_studies, "Egger's test by study")
    check_varies(x, predictor)
    model, errors = working_fit(y, v, study, x[:, None], [predictor], rho, level)
    intercept, slope = errors.coefficients
    return AsymmetryTest(
        test="Egger",
        variant="three-level, CR2",
        predictor=predictor,
        slope=slope.estimate,
        se=slope.se,
        statistic=slope.statistic,
        df=errors.df[1],
        p=slope.p,
        limit=intercept.estimate if limit else None,
        limit_ci=intercept.ci if limit else None,
        level=level,
        tau2=heterogeneity(model),
        k=len(y),
        caveats=(*asymmetry_caveats(y, v), assumed_correlation(rho), *errors.caveats),
    )


def _predictor(
    name: str, v: Array, n: ArrayLike | None, n1: ArrayLike | None, n2: ArrayLike | None
) -> tuple[Array, bool]:
    """Values of the predictor, and whether it vanishes for an infinitely large study."""
    if name != PER_ARM:
        if name not in PREDICTORS:
            known = ", ".join((*PREDICTORS, PER_ARM))
            raise InvalidData(Fault(f"{name!r} is unknown;", "predictor", f"give one of {known}."))
        return predictor_values(name, v, n), PREDICTORS[name]
    if n1 is None or n2 is None:
        raise InvalidData(Fault(f"{name} needs the participants of both arms.", "n1, n2"))
    arms = check_participants("n1", n1, len(v)), check_participants("n2", n2, len(v))
    return np.sqrt(1 / arms[0] + 1 / arms[1]), True
