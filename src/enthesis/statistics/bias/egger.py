"""Egger's regression test of funnel-plot asymmetry, classical and random-effects."""

import numpy as np
from numpy.typing import ArrayLike

from enthesis.errors import Fault, InvalidData
from enthesis.statistics.bias.applicability import MINIMUM_K, asymmetry_caveats, check_enough_studies
from enthesis.statistics.bias.asymmetry import AsymmetryTest
from enthesis.statistics.bias.participants import check_participants
from enthesis.statistics.bias.studies import check_effects
from enthesis.statistics.bias.weighted_line import check_varies, weighted_line
from enthesis.statistics.pooling import meta_regression
from enthesis.statistics.pooling.data import Array, check_level
from enthesis.statistics.pooling.results import Caveat

__all__ = ["PREDICTORS", "VARIANTS", "egger_test", "predictor_values", "random_effects_asymmetry"]

VARIANTS = ("classical", "random-effects")
#: What the effects may be regressed on, and whether it vanishes for an infinitely large study.
PREDICTORS = {
    "standard-error": True,
    "variance": True,
    "n": False,
    "sqrt-n": False,
    "1/n": True,
    "1/sqrt-n": True,
}
# In these measures the standard error is a function of the effect itself: Pustejovsky & Rodgers 2019 (SMD),
# Harbord et al. 2006 and Peters et al. 2006 (ratios), doi in their own modules.
_LINKED = {"SMD": "pustejovsky_rodgers_test", "OR": "harbord_test", "RR": "peters_test"}


def egger_test(
    y: ArrayLike,
    v: ArrayLike,
    *,
    variant: str = "random-effects",
    predictor: str = "standard-error",
    n: ArrayLike | None = None,
    method: str = "REML",
    measure: str | None = None,
    level: float = 0.95,
    minimum_k: int = MINIMUM_K,
) -> AsymmetryTest:
    """Whether effects change with the size of the study.

    Args:
        y: Effect of each study, shape (k,), on one additive scale.
        v: Sampling variance of each y, shape (k,), in y's unit squared.
        variant: "classical": weights 1/v and one dispersion on all variances, t with k - 2 degrees of
            freedom. "random-effects": tau2 is added to the variances, normal distribution.
        predictor: One of ``PREDICTORS``.
        n: Participants of each study, shape (k,); for the predictors made of n.
        method: Estimator of tau2 in the random-effects variant.
        measure: Effect measure ("SMD", "OR", ...), so that a link between y and v can be named.
        level: Coverage of the interval of the limit effect.
        minimum_k: Refuse below this many studies; lower it only to validate the code.

    When it misleads: asymmetry also comes from small trials being different (sicker patients, worse blinding,
    another dose); large heterogeneity, or a measure whose error grows with the effect, gives false alarms; no
    finding with few studies is no reassurance.

    Raises:
        InvalidData: A value breaks a rule, or n is missing for a predictor made of it.
        CannotEstimate: Too few studies, or all of one size.

    Source: Egger et al. 1997, doi:10.1136/bmj.315.7109.629; variants: Sterne & Egger 2005,
        doi:10.1002/0470870168.ch6.
    """
    y, v = check_effects(y, v)
    _check_options(variant, predictor, level)
    x = predictor_values(predictor, v, n)
    check_enough_studies(len(y), minimum_k, "Egger's test")
    caveats = asymmetry_caveats(y, v) + _link_caveat(measure, predictor)
    limit = PREDICTORS[predictor]
    if variant == "classical":
        line = weighted_line(y, x, 1 / v, dispersion=True, name=predictor)
        return AsymmetryTest.from_line(
            line, test="Egger", predictor=predictor, level=level, limit=limit, caveats=caveats
        )
    return random_effects_asymmetry(
        y, v, x, test="Egger", predictor=predictor, method=method, level=level, limit=limit, caveats=caveats
    )


def random_effects_asymmetry(
    y: Array, v: Array, x: Array, *, test: str, predictor: str, method: str, level: float, limit: bool,
    caveats: tuple[Caveat, ...],
) -> AsymmetryTest:  # fmt: skip
    """The test by mixed-effects meta-regression of y on x, both (k,)."""
    check_varies(x, predictor)
    fit = meta_regression(y, v, x[:, None], [predictor], method=method, interval="wald", level=level)
    intercept, slope = fit.coefficients
    return AsymmetryTest(
        test=test,
        variant="random-effects",
        predictor=predictor,
        slope=slope.estimate,
        se=slope.se,
        statistic=slope.statistic,
        df=None,
        p=slope.p,
        limit=intercept.estimate if limit else None,
        limit_ci=intercept.ci if limit else None,
        level=level,
        tau2=fit.residual.tau2,
        k=len(y),
        caveats=caveats,
    )


def predictor_values(name: str, v: Array, n: ArrayLike | None) -> Array:
    """What the effects are regressed on, (k,).

    Raises:
        InvalidData: n is missing for a predictor made of it, or breaks a rule.
    """
    if name == "standard-error":
        return np.sqrt(v)
    if name == "variance":
        return v
    if n is None:
        text = f"The predictor {name} needs n, the participants of each study; none was given."
        raise InvalidData(Fault(text, "n"))
    size = check_participants("n", n, len(v))
    return {"n": size, "sqrt-n": np.sqrt(size), "1/n": 1 / size, "1/sqrt-n": size**-0.5}[name]


def _link_caveat(measure: str | None, predictor: str) -> tuple[Caveat, ...]:
    if measure not in _LINKED or predictor not in ("standard-error", "variance"):
        return ()
    text = f"The standard error of {measure} depends on the effect itself, which looks like asymmetry; "
    return (Caveat("linked-standard-error", f"{text}use {_LINKED[measure]} instead."),)


def _check_options(variant: str, predictor: str, level: float) -> None:
    check_level(level)
    faults = []
    if variant not in VARIANTS:
        faults.append(Fault(f"{variant!r} is unknown;", "variant", f"give one of {', '.join(VARIANTS)}."))
    if predictor not in PREDICTORS:
        known = ", ".join(PREDICTORS)
        faults.append(Fault(f"{predictor!r} is unknown;", "predictor", f"give one of {known}."))
    if faults:
        raise InvalidData(faults)
